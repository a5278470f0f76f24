"""Check verbs whose probe runs in the student's process while the test cell runs at the judge."""

import os

import judge_stand_in
import pytest
import torch
from judge_stand_in import Graded

IMPORTS = ("plain", "import torch\nfrom torch import nn\nfrom course import check")
DOUBLE = "def double(x):\n    return 2 * x"


def graded(solution, test, answer=None, before=(), **options):
    cells = [IMPORTS, *before, ("solution", solution), ("test", test)]
    return Graded(*cells, answers=None if answer is None else [answer], **options)


AGREES = """check.agrees("double", reference=lambda x: 2 * x, inputs=lambda draw: draw.normal(draw.rows))"""


def test_a_right_answer_passes_and_prints_its_line():
    seen = graded(DOUBLE, AGREES)
    assert seen.error() == ""
    assert seen.text().startswith("✓ double agrees")


def test_a_wrong_answer_is_refused_with_the_name_of_its_mistake():
    test = """check.agrees("double", reference=lambda x: 2 * x, inputs=lambda draw: draw.normal(draw.rows),
        mistaken={"factor-half": lambda x: x / 2})"""
    seen = graded(DOUBLE, test, "def double(x):\n    return x / 2")
    assert seen.error().startswith("Wrong: ") and seen.error().endswith(" · factor-half")


def test_a_stub_and_a_name_that_is_not_there_were_not_attempted():
    for answer in ("def double(x):\n    raise NotImplementedError()", "pass"):
        assert graded(DOUBLE, AGREES, answer).error().startswith("NotAttempted: ")


def test_an_error_is_told_with_the_students_own_line():
    seen = graded(DOUBLE, AGREES, "def double(x):\n    return x @ torch.ones(77, 3)")
    assert seen.error().startswith("Raised: ")
    shown = "\n".join(seen.judged["test0"].outputs[-1].traceback)
    assert "line 2:  return x @ torch.ones(77, 3)" in shown


def test_inputs_depend_on_the_seed_which_the_student_never_learns():
    solution = "import os\ndef double(x):\n    assert 'COURSE_SEED' not in os.environ\n    print(x[0].item())\n    return 2 * x"
    first, same, other = (graded(solution, AGREES, seed=seed) for seed in (1, 1, 2))
    assert first.error() == same.error() == other.error() == ""
    assert "COURSE_SEED" not in os.environ


def test_a_visible_helper_of_the_test_cell_runs_on_the_students_functions():
    test = """factor = 3
def thrice_double(x):
    return factor * double(x)
check.agrees("thrice_double", reference=lambda x: 6 * x, inputs=lambda draw: draw.normal(draw.rows))"""
    assert graded(DOUBLE, test).error() == ""
    assert graded(DOUBLE, test, "def double(x):\n    return x").error().startswith("Wrong: ")
    assert graded(DOUBLE, test, "pass").error().startswith("NotAttempted: There is no `double` yet")


def test_objects_of_open_cells_are_of_the_students_class():
    node = ("plain", "class Node:\n    def __init__(self, value):\n        self.value = value")
    solution = "def make(value):\n    return Node(value)"
    test = """def value_of(value):
    made = make(value)
    if not isinstance(made, Node):
        raise TypeError("not a Node")
    return made.value
check.example("value_of", 3.0, gives=3.0)"""
    assert graded(solution, test, before=[node]).error() == ""
    assert "not a Node" in graded(solution, test, "def make(value):\n    return value", before=[node]).error()


def test_arguments_of_a_locked_class_are_of_the_class_that_the_student_knows():
    locked = ("locked", "class Line(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
                        "        self.w = nn.Parameter(torch.tensor(2.0))\n    def forward(self, x):\n        return self.w * x")
    solution = "def is_line(model, x):\n    return isinstance(model, Line) and bool((model(x) == 2 * x).all())"
    test = "check.example('is_line', Line(), torch.ones(3), gives=True)"
    assert graded(solution, test, before=[locked]).error() == ""


def test_the_pretend_device_works_also_after_a_backward_pass():
    solution = """def step(x):
    w = torch.ones(1, device=x.device, requires_grad=True)
    (w * x).sum().backward()
    return w.grad"""
    used = ("plain", "torch.ones(1, requires_grad=True).sum().backward()")
    test = "check.any_device('step', inputs=lambda draw: draw.normal(draw.rows))"
    assert graded(solution, test, before=[used]).error() == ""
    assert "Wrong" in graded(solution, test, solution.replace(", device=x.device", ""), before=[used]).error()


def test_gradients_counts_refusals_values_and_training_are_observed_there():
    test = """check.gradient("double", reference=lambda x: 2 * x, inputs=lambda draw: draw.normal(draw.rows))
check.vectorised("double", inputs=lambda draw: draw.normal(draw.rows))
check.refuses("double", "text", error=TypeError)
check.value("seven", 7)"""
    solution = "def double(x):\n    if isinstance(x, str):\n        raise TypeError('no text')\n    return 2 * x\nseven = 7"
    assert graded(solution, test).error() == ""
    looping = solution.replace("return 2 * x", "return torch.stack([2 * number for number in x])")
    assert graded(solution, test, looping).error().startswith("Wrong")


def test_a_call_that_never_ends_fails_its_cell_and_says_so():
    seen = Graded(IMPORTS, ("solution", DOUBLE), ("test", AGREES), timeout=1.0,
                  answers=["def double(x):\n    while True:\n        pass"])
    assert seen.error() == "CellTimeoutError: still running after 1 s"


@pytest.mark.parametrize("calls", [1, 2])
def test_a_call_that_is_stopped_while_its_operations_are_counted_is_not_held_against_later_answers(calls):
    # nearly all of its time is spent in what watches it
    slow = f"calls = []\ndef double(x):\n    calls.append(1)\n    while len(calls) > {calls}:\n        abs(1)\n    return 2 * x"
    thrice = "def thrice(x):\n    return 3 * x"
    counted = 'check.vectorised("{}", inputs=lambda draw: draw.normal(draw.rows))'.format
    for _ in range(3):  # the interrupt comes where it comes
        seen = Graded(IMPORTS, ("solution", DOUBLE), ("solution", thrice), ("test", counted("double")),
                      ("test", counted("thrice")), timeout=1.0, answers=[slow])
        assert seen.error() == "CellTimeoutError: still running after 1 s"
        assert seen.error("test1") == "" and seen.suspicious == []


def test_a_process_that_dies_in_a_check_is_called_so_and_later_cells_too():
    seen = Graded(IMPORTS, ("solution", DOUBLE), ("test", AGREES), ("test", AGREES),
                  answers=["import os\ndef double(x):\n    os._exit(3)"])
    assert seen.error().startswith("KernelDied: the Python process died while this cell was running")
    assert seen.error("test1").startswith("KernelDied: ")


def test_a_test_cell_that_is_at_fault_shows_its_line_and_none_of_the_judges():
    seen = graded(DOUBLE, "x = 1\n1 / 0")
    shown = "\n".join(seen.judged["test0"].outputs[-1].traceback)
    assert seen.error() == "ZeroDivisionError: division by zero"
    assert "line 2" in shown and "course/grading" not in shown


def test_the_last_expression_is_shown_and_what_is_printed_is_kept():
    seen = graded(DOUBLE, "print('one')\n[1, 2]")
    assert seen.text() == "one\n"
    assert seen.judged["test0"].outputs[-1].data["text/plain"] == "[1, 2]"


@pytest.mark.parametrize("first", ["def double(x):\n    torch.equal = lambda *a: True\n    return x",
                                   "import builtins\nbuiltins.id = lambda *a: 0\ndef double(x):\n    return 2 * x"])
def test_who_patches_torch_or_builtins_is_refused_and_noted(first):
    kept = torch.equal
    seen = graded(DOUBLE, AGREES, first)
    assert seen.error().startswith("TamperedWith: the checks were tampered with")
    assert seen.suspicious and torch.equal is kept
    assert all(note.startswith("the checks were tampered with") for note in seen.suspicious)  # the run names the cell


def test_a_process_that_cannot_host_the_pretend_device_has_another_do_it(monkeypatch):
    def serve(channel):
        torch.ones(1, requires_grad=True).sum().backward()  # as the warm process must not
        judge_stand_in._serve(channel)

    solution = "def step(x):\n    w = torch.ones(1, device=x.device, requires_grad=True)\n    (w * x).sum().backward()\n    return w.grad"
    test = "check.any_device('step', inputs=lambda draw: draw.normal(draw.rows))"
    assert graded(solution, test, serve=serve).error() == ""


def test_hidden_functions_among_the_arguments_stay_and_let_gradients_through():
    solution = """def slopes(f, x):
    x = x.clone().requires_grad_()
    f(x).sum().backward()
    return x.grad
def slopes_by_func(f, x):
    return torch.func.vmap(torch.func.grad(f))(x)
def bends(f, x):
    x = x.clone().requires_grad_()
    first, = torch.autograd.grad(f(x).sum(), x, create_graph=True)
    return torch.autograd.grad(first.sum(), x)[0]"""
    test = """### BEGIN HIDDEN TESTS
def cube(x):
    return x ** 3
for name in ("slopes", "slopes_by_func"):
    check.agrees(name, reference=lambda f, x: 3 * x ** 2, inputs=lambda draw: (cube, draw.normal(draw.rows)))
check.agrees("bends", reference=lambda f, x: 6 * x, inputs=lambda draw: (cube, draw.normal(draw.rows)))
### END HIDDEN TESTS"""
    assert graded(solution, test).error() == ""
    assert graded(solution, test, solution.replace("return x.grad", "return 2 * x.grad")).error().startswith("Wrong")


def test_derivatives_taken_forward_go_through_hidden_functions():
    solution = """import torch.autograd.forward_ad as forward_ad
def by_jvp(f, x):
    return torch.func.jvp(f, (x,), (torch.ones_like(x),))[1]
def by_rows(f, x):
    return torch.func.vmap(torch.func.jacfwd(f))(x)
def by_dual_numbers(f, x):
    with forward_ad.dual_level():
        return forward_ad.unpack_dual(f(forward_ad.make_dual(x, torch.ones_like(x)))).tangent
def bends(f, x):
    return torch.func.vmap(torch.func.hessian(f))(x)"""
    test = """### BEGIN HIDDEN TESTS
def cube(x):
    return x ** 3
for name in ("by_jvp", "by_rows", "by_dual_numbers"):
    check.agrees(name, reference=lambda f, x: 3 * x ** 2, inputs=lambda draw: (cube, draw.normal(draw.rows)))
check.agrees("bends", reference=lambda f, x: 6 * x, inputs=lambda draw: (cube, draw.normal(draw.rows)))
### END HIDDEN TESTS"""
    assert graded(solution, test).error() == ""
    for right, wrong in ((".tangent", ".primal"), (",))[1]", ",))[0]")):
        assert graded(solution, test, solution.replace(right, wrong)).error().startswith("Wrong")


def test_a_hidden_helper_runs_at_the_judge_and_cannot_be_watched():
    hidden = "### BEGIN HIDDEN TESTS\ndef twice(x):\n    return double(double(x))\n%s\n### END HIDDEN TESTS"
    agrees = hidden % "check.agrees('twice', reference=lambda x: 4 * x, inputs=lambda draw: draw.normal(draw.rows))"
    assert graded(DOUBLE, agrees).error() == ""
    assert graded(DOUBLE, agrees, "def double(x):\n    return x").error().startswith("Wrong")
    assert graded(DOUBLE, agrees, "pass").error().startswith("NotAttempted")
    counted = hidden % "check.vectorised('twice', inputs=lambda draw: draw.normal(draw.rows))"
    assert graded(DOUBLE, counted).error().startswith("JudgeError: what it does cannot be watched")
    moved = hidden % "check.any_device('twice', inputs=lambda draw: draw.normal(draw.rows))"
    assert graded(DOUBLE, moved).error().startswith("JudgeError: its work on sim cannot be watched")


def test_a_hidden_class_or_value_never_goes_with_a_request():
    test = """### BEGIN HIDDEN TESTS
class Secret(nn.Module):
    def forward(self, x):
        return x
check.agrees("apply", reference=lambda m, x: x, inputs=lambda draw: (check.instance("Model", like=Secret()), draw.normal(3)))
### END HIDDEN TESTS"""
    solution = "class Model(nn.Module):\n    def forward(self, x):\n        return x\ndef apply(m, x):\n    return m(x)"
    assert graded(solution, test).error().startswith("JudgeError: the class Secret is in a hidden test")
    test = "def pad(x):\n    return x + number\n### BEGIN HIDDEN TESTS\nnumber = 77\ncheck.example('double', pad, gives=1)\n### END HIDDEN TESTS"
    assert "of a hidden test" in graded(DOUBLE, test).error()


def test_blank_lines_and_magics_at_the_top_do_not_shift_what_is_hidden():
    for top in ("\n\n\n", "%%time\n", "\n  \n\n"):
        test = top + "1\n### BEGIN HIDDEN TESTS\ndef rule(x):\n    return 2 * x\n### END HIDDEN TESTS\ncheck.example('shown', rule, gives='')"
        solution = "def shown(f):\n    import inspect, linecache\n    linecache.cache\n    return '' if f.__code__.co_filename.endswith('calling_judge.py') else 'seen'"
        assert graded(solution, test).error() == ""
