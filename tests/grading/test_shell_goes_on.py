"""The student process goes on, and is judged, whatever a cell does to what is around it."""

import pytest
from judge_stand_in import notebook
from shell_help import error_of, run, start, text_of

from course.grading.judge.judge import Judge
from course.grading.judge.plan import Plan
from course.grading.shell.client import Gone

IMPORTS = "import torch\nfrom course import check"
ANSWER = """
def double(x):
    return 2 * x

def halve(model, x):
    return model(x) / 2
"""
TEST = """
assert torch.equal(double(torch.ones(3)), torch.full((3,), 2.0))
check.agrees("double", reference=lambda x: 2 * x, inputs=lambda draw: draw.normal(draw.rows))
check.gradient("double", reference=lambda x: 2 * x, inputs=lambda draw: draw.normal(draw.rows), of=(0,))
"""


@pytest.fixture(params=[True, False], ids=["sandboxed", "plain"])
def student(request):
    with start(sandboxed=request.param) as student:
        yield student


def judged(student, test=TEST, answer=ANSWER):
    """(errors, what looked like forgery) of the judged cell `test`; the student's cells ran before."""
    judge = Judge(Plan.of(notebook(("locked", IMPORTS), ("solution", answer), ("test", test))), timeout=30, seed=0)
    result = judge.run("test0", student)
    return [f"{one.ename}: {one.evalue}" for one in result.outputs if one.output_type == "error"], result.suspicious


@pytest.mark.parametrize(
    "spoils",
    [
        "import sys\nsys.path.clear()",
        "import sys\nsys.modules.clear()",
        "import sys\nfor name in ('json', 'pickle', 'safetensors.torch', 'inspect', 'traceback', 'torch', 'numpy', 'asyncio'):\n"
        "    sys.modules[name] = None",
        "import sys\nsys.modules = None",
        "kept = []\nwhile True:\n    kept.append(open('/dev/null'))",
        "import torch\ntorch.set_default_device('meta')",
        "import torch\ntorch.set_default_dtype(torch.float64)",
        "import asyncio\nasyncio.get_event_loop().stop()",
        "import asyncio\nloop = asyncio.get_event_loop()\nloop.stop()\nloop.call_soon(loop.close)",
        "import asyncio\nloop = asyncio.get_event_loop()\nloop.call_later(0.2, loop.stop)\nawait asyncio.sleep(0.4)",
        "get_ipython().kernel.do_shutdown(True)",
        "import sys\nsys.stdout = sys.stderr = None",
        "import builtins, sys\ndef print(*a):\n    raise RuntimeError\nbuiltins.print = print\nsys.stdout = sys.stderr = 3",
        "import sys\nclass Odd:\n    def write(self, text):\n        raise RuntimeError\nsys.stdout = sys.stderr = Odd()",
        "import gc\ngc.disable()",
    ],
)  # fmt: skip
def test_answers_that_follow_are_defined_and_judged(student, spoils):
    run(student, [IMPORTS, spoils, ANSWER])
    assert judged(student) == ([], [])
    assert student.gone() is None and student.suspicious == []


def test_modules_spoiled_inside_a_call_do_not_keep_its_result(student):
    answer = "def double(x):\n    import sys\n    for name in ('json', 'pickle', 'safetensors', 'safetensors.torch'):\n        sys.modules[name] = None\n    sys.path.clear()\n    return 2 * x"
    run(student, [IMPORTS, answer])
    assert judged(student, "import torch\nassert torch.equal(double(torch.ones(3)), torch.full((3,), 2.0))", answer) == ([], [])


def test_a_stream_of_the_students_own_stays(student):
    own = "import io, sys\nsys.stdout = mine = io.StringIO()"
    cells = run(student, [own, "print('to mine')", "sys.stdout = sys.__stdout__", "get_ipython().run_line_magic('xmode', 'Plain')", "mine.getvalue()"]).cells
    assert cells[4].outputs[-1].data["text/plain"] == "'to mine\\n'"


def test_module_of_the_students_own_stays_away(student):
    cells = run(student, ["import sys, types\nsys.modules['mine'] = types.ModuleType('mine')\nimport mine", "del sys.modules['mine']", "import mine"]).cells
    assert error_of(cells[2]).startswith("ModuleNotFoundError")


def test_what_students_code_makes_is_on_its_own_default_device(student):
    run(student, ["import torch\ntorch.set_default_device('meta')\ndef made():\n    return torch.zeros(2).device.type"])
    assert judged(student, "assert made() == 'meta'", "def made():\n    return 'meta'") == ([], [])


def test_arguments_that_belong_together_are_made_on_the_cpu(student):
    test = """
def together(draw):
    return check.together(lambda x: (torch.nn.Linear(2, 1), x), draw.normal(draw.rows, 2))

check.agrees("halve", reference=lambda model, x: model(x) / 2, inputs=together)
"""
    run(student, [IMPORTS, "torch.set_default_device('meta')\ntorch.set_default_dtype(torch.float64)", ANSWER])
    assert judged(student, test) == ([], [])


def test_memory_of_a_call_that_failed_is_free_again(student):
    """Each error holds 300 MB as long as its traceback is held."""
    answer = "def double(x):\n    kept = bytearray(300_000_000)\n    kept[::4096] = b'1' * len(kept[::4096])\n    raise MemoryError"
    look = "int(open('/proc/self/status').read().split('RssAnon:')[1].split()[0])"
    run(student, [IMPORTS, answer])

    def held():
        return int(run(student, [look]).cells[0].outputs[-1].data["text/plain"]) - before

    before = 0
    before = held()
    assert judged(student, "double(1)", answer)[0] == ["MemoryError: "]
    in_plain_call = held()
    assert "MemoryError" in judged(student, TEST.split("\n", 2)[2], answer)[0][0]
    in_check = held()
    assert error_of(run(student, ["double(1)"]).cells[0]) == "MemoryError: "
    assert max(in_plain_call, in_check, held()) < 100_000, (in_plain_call, in_check, held())


def test_exception_classes_without_a_module_are_errors_like_others(student):
    answer = """
def double(x):
    scope = {}
    exec("def f():\\n    raise type('Odd', (ValueError,), {})('some text')", scope)
    scope["f"]()
"""
    run(student, [IMPORTS, answer])
    assert judged(student, "double(1)", answer) == (["Odd: some text"], [])
    assert judged(student, "import pytest\nwith pytest.raises(ValueError):\n    double(1)", answer) == ([], [])


@pytest.mark.parametrize("attribute", ["__module__ = 5", "__module__ = None", "__qualname__ = 'a.b'", "__name__ = 7"])
def test_exception_classes_that_say_odd_things_of_themselves_are_no_forgery(student, attribute):
    answer = f"class Odd(ValueError):\n    {attribute}\ndef double(x):\n    raise Odd('some text')"
    run(student, [IMPORTS, answer])
    errors, suspicious = judged(student, "double(1)", answer)
    assert errors[0].endswith(": some text") and suspicious == []


def test_a_process_that_cannot_go_on_says_so_in_words(student):
    breaks = "import course.grading.shell.student as module\nasync def gone(self, *_):\n    raise RuntimeError\nmodule.StudentProcess._answer = gone"
    run(student, [breaks])
    with pytest.raises(Gone, match="it broke down: a cell had taken away what Python needs"):
        student.ask("anything", {}, timeout=20)


def test_outputs_of_a_cell_after_stdout_was_taken_away_are_shown(student):
    cells = run(student, ["import sys\nsys.stdout = None", "print('shown')", "1 + 1"]).cells
    assert text_of(cells[1]) == "shown\n" and cells[2].outputs[0].data["text/plain"] == "2"
