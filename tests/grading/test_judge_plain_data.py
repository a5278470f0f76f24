"""Results that are nearly plain data: right ones pass in whatever class they come, wrong ones fail, nobody is accused."""

import itertools
import json

import pytest
import torch
from judge_stand_in import Graded
from test_judge_attacks import CHECK, IMPORTS, SOLUTION, answering, claimed

from course.check.observation import Observation, TensorSeen

PREPARED = "f = lambda *a: None"


def graded(test, answer, solution=PREPARED, rehearse=True):
    """What is made of `answer` in a cell that is rehearsed with `solution`."""
    cells = (IMPORTS, ("solution", solution), ("test", test))
    recorded = Graded(*cells).judge.recorded if rehearse else None
    if rehearse:
        assert recorded.passed == {"test0"}, "the solution itself must pass"
    return Graded(*cells, answers=[answer], rehearsal=recorded, timeout=10.0)


# Name: (test, solution, right answers in other classes, wrong ones of the same classes).
DERIVED = {
    "a dict that counts": (
        "assert f('abba') == {'a': 2, 'b': 2}", "def f(text):\n    return {one: text.count(one) for one in text}",
        ["import collections\nf = collections.Counter",
         "import collections\ndef f(text):\n    found = collections.defaultdict(int)\n    for one in text: found[one] += 1\n    return found"],
        ["import collections\nf = lambda text: collections.Counter(text[1:])",
         "import collections\nclass C(collections.Counter):\n    __eq__ = lambda self, other: True\nf = lambda text: C()"],
    ),
    "a tuple with names": (
        "values, place = f(torch.tensor([1.0, 7.0]))\nassert values == 7 and place == 1\nassert len(f(torch.ones(2))) == 2",
        "def f(x):\n    return x.max(), x.argmax()",
        ["f = lambda x: x.max(0)", "import collections\nBest = collections.namedtuple('Best', 'value place')\nf = lambda x: Best(x.max(), x.argmax())"],
        ["f = lambda x: x.min(0)",
         "class T(tuple):\n    __len__ = lambda self: 2\n    __iter__ = lambda self: iter([7, 1])\nf = lambda x: T([1, 2])"],
    ),
    "a number of a class": (
        "assert f(2) == 4 and isinstance(f(3), int) and f(1) > 0 and abs(f(5) - 10) < 1", "def f(x):\n    return 2 * x",
        ["class Metres(int): pass\nf = lambda x: Metres(2 * x)", "import enum\nE = enum.IntEnum('E', {f'n{n}': n for n in range(20)})\nf = lambda x: E(2 * x)"],
        ["class Metres(int): pass\nf = lambda x: Metres(3 * x)",
         "class N(int):\n    __eq__ = __gt__ = __lt__ = lambda self, other: True\n    __sub__ = lambda self, other: 0\nf = lambda x: N(3)"],
    ),
    "a number of the library": (
        "assert f(4) == 0.5 and f(1) * 4 == 2.0 and float(f(2)) == 0.5 and round(f(3)) == 0", "def f(x):\n    return 0.5",
        ["from fractions import Fraction\nf = lambda x: Fraction(1, 2)"], ["from fractions import Fraction\nf = lambda x: Fraction(1, 3)",
         "from decimal import Decimal\nf = lambda x: Decimal('1e999999')"],
    ),
    "a text of a class": (
        "assert f('ab') == 'ba' and f('x').startswith('x')", "def f(text):\n    return text[::-1]",
        ["class Text(str): pass\nf = lambda text: Text(text[::-1])"],
        ["class Text(str):\n    startswith = __eq__ = lambda self, other: True\nf = lambda text: Text('no')"],
    ),
    "a tensor of a class": (
        "assert torch.allclose(f(torch.ones(2)), 2 * torch.ones(2)) and f(torch.ones(3)).shape == (3,)", "def f(x):\n    return 2 * x",
        ["class T(torch.Tensor): pass\nf = lambda x: (2 * x).as_subclass(T)"],
        ["class T(torch.Tensor):\n    @classmethod\n    def __torch_function__(cls, *a, **k): return True\nf = lambda x: (3 * x).as_subclass(T)"],
    ),
    "an iterator": (
        "assert sorted(f(3)) == [0, 1, 4] and sum(f(4)) == 14\nfor one, due in zip(f(2), [0, 1], strict=True):\n    assert one == due",
        "def f(n):\n    return [i * i for i in range(n)]",
        ["def f(n):\n    for i in range(n): yield i * i", "f = lambda n: map(lambda i: i * i, range(n))", "f = lambda n: (i * i for i in range(n))",
         "f = lambda n: {i: i * i for i in range(n)}.values()", "import collections\nf = lambda n: collections.deque(i * i for i in range(n))"],
        ["def f(n):\n    for i in range(n): yield i", "f = lambda n: iter(())", "f = lambda n: {}.values()"],
    ),
}  # fmt: skip
RIGHT = [(name, place) for name, (_, _, right, _) in DERIVED.items() for place in range(len(right))]
WRONG = [(name, place) for name, (_, _, _, wrong) in DERIVED.items() for place in range(len(wrong))]


@pytest.mark.parametrize(("name", "place"), RIGHT)
def test_a_right_result_of_a_derived_class_passes_where_data_is_due(name, place):
    test, solution, right, _ = DERIVED[name]
    seen = graded(test, right[place], solution)
    assert seen.error() == "" and seen.suspicious == []


@pytest.mark.parametrize(("name", "place"), WRONG)
def test_a_wrong_one_fails_whatever_its_methods_say(name, place):
    test, solution, _, wrong = DERIVED[name]
    assert graded(test, wrong[place], solution).error()


def test_gradients_flow_through_a_tensor_of_a_derived_class():
    test = "w = torch.tensor(3.0, requires_grad=True)\nf(w).sum().backward()\nassert w.grad == 2"
    answer = "class T(torch.Tensor): pass\nf = lambda w: (2 * w).as_subclass(T)"
    assert graded(test, answer, "f = lambda w: 2 * w").error() == ""
    assert graded(test, answer.replace("2 *", "4 *"), "f = lambda w: 2 * w").error().startswith("AssertionError")


ODD_TRUTHS = "def f(x):\n    return torch.full(x.shape, {}, dtype=torch.uint8).view(torch.bool)"
TRUTHS = {
    "equal": "assert torch.equal(f(x), x > 0)", "all of equals": "assert (f(x) == (x > 0)).all()", "none differs": "assert not (f(x) != (x > 0)).any()",
    "exclusive or": "assert not (f(x) ^ (x > 0)).any()", "a count": "assert f(x).sum() == 2 and f(x).dtype == torch.bool",
    "NumPy": "import numpy as np\nassert np.array_equal(f(x).numpy(), (x > 0).numpy())",
}  # fmt: skip


@pytest.mark.parametrize("test", TRUTHS.values(), ids=TRUTHS)
@pytest.mark.parametrize("byte", [2, 3, 254, 255])
def test_a_truth_value_that_is_neither_0_nor_1_is_true_and_nothing_else(test, byte):
    drawn = "x = torch.cat([torch.ones(2), -torch.ones(62)])\n"
    assert graded(drawn + test, ODD_TRUTHS.format(byte), "f = lambda x: x > 0").error()
    assert graded("x = torch.ones(2)\n" + test, ODD_TRUTHS.format(byte), "f = lambda x: x > 0").error() == ""


@pytest.mark.parametrize("byte", [2, 255])
def test_nor_does_a_check_believe_it(byte):
    values = torch.full((5,), byte, dtype=torch.uint8).view(torch.bool)
    check = "check.example('double', torch.ones(5), gives=torch.zeros(5, dtype=torch.bool))"
    seen = Graded(IMPORTS, ("solution", SOLUTION), ("test", check), answers=[""],
                  serve=claimed(Observation("double", "returned", call="double(x)", result=TensorSeen(values))))
    assert seen.error()


STOPS = {
    "map": "assert all(map(f, [1, 2, 3]))", "zip": "for one, due in zip(map(f, [1, 2]), [1, 2]):\n    assert one == due",
    "a loop over map": "for one in map(f, [5]):\n    assert one == 5",
}  # fmt: skip


@pytest.mark.parametrize("test", STOPS.values(), ids=STOPS)
@pytest.mark.parametrize("error", ["StopIteration", "type('Own', (StopIteration,), {})"])
def test_stop_iteration_out_of_a_call_does_not_end_a_loop_of_the_test(test, error):
    assert graded(test, f"def f(x):\n    raise {error}", "f = lambda x: x").error().startswith("RuntimeError")


def test_stop_iteration_is_an_answer_where_the_solution_gives_it():
    test = "import pytest\nwith pytest.raises(StopIteration):\n    f(0)\nassert f(1) == 1"
    solution = "def f(x):\n    if x == 0: raise StopIteration\n    return x"
    assert graded(test, solution, solution).error() == ""
    assert graded(test, "def f(x):\n    return x", solution).error()


def test_an_iterator_of_the_students_own_may_end():
    answer = "class F:\n    def __init__(self, n): self.n = n\n    def __iter__(self): return self\n    def __next__(self):\n" \
             "        if self.n == 0: raise StopIteration\n        self.n -= 1\n        return self.n\nf = F"
    assert graded("assert list(f(3)) == [2, 1, 0]", answer, answer).error() == ""


CALLED_BACK = "def must(x):\n    assert x > 0, 'only numbers above 0'\n    return x\nassert f(must) == 1"
SWALLOWS = "def f(g):\n    try:\n        g(-1)\n    except BaseException:\n        pass\n    return 1"


def test_an_assertion_of_a_function_that_is_called_back_cannot_be_swallowed():
    seen = graded(CALLED_BACK, SWALLOWS, "f = lambda g: g(1)")
    assert seen.error() == "AssertionError: only numbers above 0"
    assert graded(CALLED_BACK, "f = lambda g: g(1)", "f = lambda g: g(1)").error() == ""


def test_it_may_be_caught_where_the_solution_catches_it():
    assert graded(CALLED_BACK, SWALLOWS, SWALLOWS).error() == ""


def test_another_error_of_a_called_back_function_is_the_students_to_handle():
    test = "def fails(x):\n    raise ValueError\nassert f(fails) == 1"
    assert graded(test, SWALLOWS, "def f(g):\n    try:\n        g(1)\n    except ValueError:\n        return 1").error() == ""


LARGE = {
    "a range": ("range(10**15)", "assert list(f(1)) == [1]"), "a range beyond all bounds": ("range(10**5000)", "assert list(f(1)) == [1]"),
    "a text": ("'x' * 20_000_000", "assert f(1) == 1"), "bytes": ("bytes(20_000_000)", "assert f(1) == 1"),
    "long numbers": ("[2 ** 4000 + i for i in range(20_000)]", "assert f(1) == 1"),
    "numbers of one hash": ("[i * (2**61 - 1) for i in range(60_000)]", "assert len(set(f(1))) == 1"),
    "pairs of one hash": ("__import__('itertools').product([-1, -2], repeat=16)", "assert len(set(f(1))) == 1"),
    "a tensor of no numbers": ("torch.zeros(0, 2**40)", "assert f(1).sum(0).sum() == 1"),
    "a tensor that claims a terabyte": ("torch.zeros(1).expand(2**40)", "assert f(1).sum() == 1"),
    "a tensor on no device": ("torch.zeros(2**40, device='meta')", "assert f(1).sum() == 1"),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
@pytest.mark.parametrize("rehearse", [True, False])
def test_a_large_result_fails_its_cell_in_its_time(name, rehearse):
    result, test = LARGE[name]
    answer = f"def f(x):\n    found = {result}\n    return found if isinstance(found, (list, str, bytes, range, torch.Tensor)) else list(found)"
    seen = graded(test, answer, f"f = lambda x: {'[1]' if 'list' in test or 'set' in test else 'torch.tensor(1)' if 'sum' in test else 1}",
                  rehearse)  # fmt: skip
    assert seen.error() and not seen.error().startswith("KernelDied")


@pytest.mark.parametrize("name", ["a text", "bytes", "long numbers", "a range"])
def test_nobody_is_accused_of_a_large_result(name):
    result, test = LARGE[name]
    assert graded(test, f"f = lambda x: {result}", rehearse=False).suspicious == []


ODD_NUMBERS = ["np.longdouble(1) / 3", "np.array([1.0], dtype='>f8')", "np.array([1, 2], dtype=np.uint32)", "np.array(3.5, dtype=np.float16)",
               "np.array(['a'])", "np.datetime64('2026-01-01')", "torch.fft.fft(torch.arange(4.0)).conj()", "torch.arange(4.0).to(torch.float8_e4m3fn)",
               "torch.complex(torch.ones(2), torch.ones(2)).conj().imag", "torch.quantize_per_tensor(torch.ones(3), 0.1, 0, torch.qint8)",
               "torch.eye(3).to_sparse()", "torch.nested.nested_tensor([torch.ones(2), torch.ones(3)])"]  # fmt: skip


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_an_odd_kind_of_number_ends_nothing_and_accuses_nobody(number):
    seen = Graded(("plain", "import torch\nimport numpy as np"), ("solution", "kept = f = None"), ("test", "assert kept is None"),
                  ("test", "assert f() is None"), ("test", "assert g() == 1"), ("solution", "g = lambda: 1"),
                  answers=[f"kept = {number}\nf = lambda: {number}\ng = lambda: 1"])
    assert seen.error("test0") and seen.error("test1")
    assert seen.error("test2") == "" and seen.suspicious == [] and seen.wire == []


def test_views_with_a_bit_for_their_sign_are_told_as_their_numbers():
    view = "torch.complex(torch.zeros(2), -x).conj().imag"
    test = "x = torch.tensor([1.0, 2.0])\nassert torch.equal(f(x), x) and torch.equal(kept, x)\ncheck.example('f', x, gives=x)"
    answer = f"f = lambda x: {view}\nx = torch.tensor([1.0, 2.0])\nkept = {view}"
    cells = (IMPORTS, ("solution", "f = lambda x: x\nkept = None"), ("test", test))
    assert Graded(*cells, answers=[answer]).error() == ""
    assert Graded(*cells, answers=[answer.replace("-x", "x")]).error()


ERRORS = ["ExceptionGroup('several', [ValueError(1)])", "UnicodeDecodeError('utf-8', b'x', 0, 1, 'no')", "SyntaxError('bad', ('f', 1, 2, 'x', 1, 3))",
          "KeyError('k')", "FileNotFoundError(2, 'none')", "BaseExceptionGroup('all', [KeyboardInterrupt()])", "StopAsyncIteration", "Warning('w')"]  # fmt: skip


@pytest.mark.parametrize("error", ERRORS)
def test_every_kind_of_error_is_told_by_its_name(error):
    seen = graded("f(1)", f"def f(x):\n    raise {error}", rehearse=False)
    assert seen.error().startswith(error.partition("(")[0] + ":") and seen.suspicious == []


def test_keys_of_one_hash_in_a_message_are_refused():
    items = [i * (2**61 - 1) for i in range(1000)]
    for told in ({"t": "set", "v": items}, {"t": "dict", "v": [[one, 1] for one in items]},
                 {"t": "set", "v": [{"t": "tuple", "v": list(one)} for one in itertools.product([-1, -2], repeat=10)]}):
        seen = Graded(IMPORTS, ("solution", SOLUTION), ("test", "assert double(4) == 8"), answers=[""],
                      serve=answering(lambda *_, told=told: ({"value": told}, b"")))  # fmt: skip
        assert seen.error().startswith("BadAnswer"), json.dumps(told)[:80]
    assert graded("assert len(f(1000)) == 1000", "f = lambda n: set(range(n))", "f = lambda n: set(range(n))").error() == ""
    assert graded("assert sum(f(1000)) == 2**80 * 1000", "f = lambda n: [2**80] * n", "f = lambda n: [2**80] * n").error() == ""


def test_a_check_still_works_beside_all_this():
    assert Graded(IMPORTS, ("solution", SOLUTION), ("test", CHECK)).error() == ""


def test_a_long_name_of_a_class_accuses_nobody():
    answer = "def f(x):\n    raise type('Long' * 500, (ValueError,), {})('no')"
    test = "import pytest\nwith pytest.raises(ValueError):\n    f(1)\n{}"
    solution = "def f(x):\n    raise ValueError"
    assert graded(test.format(""), answer, solution).error() == ""
    seen = graded(test.format("f(1)"), answer, rehearse=False)
    assert seen.error().startswith("LongLong") and seen.suspicious == []
