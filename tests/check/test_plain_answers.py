"""Claims about the verbs for plain answers and for memory: what they accept, refuse, name, and never tell."""

import math
import re

import pytest
import torch
from answer_places import judged

from course import check
from course.check.verdict import NotAttempted, Raised, Wrong


def is_value(expected, **options):
    return lambda: check.value("answer", expected, **options)


# ---------------------------------------------------------------- check.value

TABLE = torch.arange(6.0).view(2, 3)
RIGHT_VALUES = [
    ("answer = 5.1976", 5.1976, {}),
    ("answer = 5.2", 5.1976, {"atol": 1e-2}),
    ("answer = torch.tensor(5.1976)", 5.1976, {}),
    ("answer = np.float64(5.1976)", 5.1976, {}),
    ("answer = 60.0", 60, {}),
    ("answer = torch.arange(6.).reshape(2, 3)", TABLE, {}),
    ("answer = nn.Parameter(torch.arange(6.).reshape(2, 3))", TABLE, {}),
    ("answer = torch.zeros(3, 4).shape", (3, 4), {}),
    ("answer = [3, 4]", (3, 4), {}),
    ("answer = {'loss': 0.25, 'steps': [1, 2]}", {"loss": 0.25, "steps": [1, 2]}, {}),
    ("answer = torch.tensor(0.5).dtype", torch.float32, {}),
    ("answer = torch.device('cpu')", torch.device("cpu"), {}),
    ("answer = {3, 'b', 1}", {1, 3, "b"}, {}),
    ("answer = None", None, {}),
    ("answer = float('nan')", math.nan, {}),
    ("answer = True", True, {}),
]
WRONG_VALUES = [
    ("answer = -5.1976", 5.1976, "values"),
    ("answer = '5.1976'", 5.1976, "type"),
    ("answer = torch.tensor([5.1976, 5.1976])", 5.1976, "shape"),
    ("answer = [5.1976]", 5.1976, "type"),
    ("answer = 1", True, "type"),
    ("answer = 5.1976", torch.tensor(5.1976), "type"),
    ("answer = torch.arange(6.)", TABLE, "shape"),
    ("answer = torch.arange(6).view(2, 3)", TABLE, "dtype"),
    ("answer = torch.arange(6.).view(2, 3).numpy()", TABLE, "type"),
    ("answer = torch.zeros(4, 3).shape", (3, 4), "values"),
    ("answer = (3,)", (3, 4), "shape"),
    ("answer = torch.float64", torch.float32, "values"),
    ("answer = {'steps': [1, 2]}", {"loss": 0.25, "steps": [1, 2]}, "shape"),
    ("answer = torch.full((2, 3), float('nan'))", TABLE, "values"),
    ("answer = 'Cpu'", "cpu", "values"),
]


@pytest.mark.parametrize("source,expected,options", RIGHT_VALUES)
def test_a_right_value_is_accepted(place, source, expected, options):
    assert judged(place, source, is_value(expected, **options)) is None


@pytest.mark.parametrize("source,expected,aspect", WRONG_VALUES)
def test_a_wrong_value_is_refused_by_the_first_thing_wrong_with_it(place, source, expected, aspect):
    failed = judged(place, source, is_value(expected))
    assert isinstance(failed, Wrong) and failed.verdict.aspect == aspect
    assert 2 <= len(failed.verdict.text().splitlines()) <= 7


@pytest.mark.parametrize("mistake,source,expected", [
    ("parentheses-missing", "answer = torch.ones(3).sum", torch.tensor(3.0)),
    ("parentheses-missing", "def answer():\n    return 3", 3),
    ("none-for-value", "losses = []\nanswer = losses.append(1)", [1]),
    ("transposed", "answer = torch.arange(6.).view(2, 3).t()", TABLE),
    ("sum-for-mean", "answer = 12.0", 2.5),
])
def test_a_recognised_value_is_named(place, mistake, source, expected):
    wrongs = {"sum-for-mean": 12.0} if mistake == "sum-for-mean" else {}
    failed = judged(place, source, is_value(expected, mistaken=wrongs))
    assert failed.verdict.mistake == mistake


@pytest.mark.parametrize("source", ["", "answer = ...", "other = 5.1976"])
def test_a_value_that_is_not_there_is_not_attempted(place, source):
    assert isinstance(judged(place, source, is_value(5.1976)), NotAttempted)


@pytest.mark.parametrize("source,expected", [
    ("answer = 3.5", 8765.25), ("answer = torch.zeros(2)", torch.tensor([8765.25, 1.0])),
    ("answer = {'loss': 3}", {"loss": 8765.25}), ("answer = 'view'", "8765"), ("answer = 'x'", 8765),
    ("answer = None", 8765), ("answer = [1]", [8765]), ("answer = 8766", 8765),
    ("answer = 0.0", 8765.25), ("answer = 1", 8765.25), ("answer = 2 * 8765.25", 8765.25), ("answer = 100.0", 8765),
    ("answer = torch.ones(3)", torch.full((3,), 8765.0)), ("answer = torch.arange(3.)", torch.arange(3.0) + 8765),
    ("answer = torch.ones(3, 1)", torch.full((3,), 8765.0)), ("answer = torch.ones(3).int()", torch.full((3,), 8765.0)),
])
def test_no_message_tells_a_hidden_value(place, source, expected):
    failed = judged(place, source, is_value(expected))
    assert "8765" not in str(failed) + failed.verdict.text()


def test_like_asks_for_the_kind_and_not_for_the_numbers(place):
    kind = lambda: check.value("answer", like={"slope": 0.0, "table": TABLE, "names": ["x"]})  # noqa: E731
    ours = "answer = {'slope': %s, 'table': %s, 'names': %s}"
    assert judged(place, ours % ("4", "torch.ones(2, 3)", "['any']"), kind) is None
    assert judged(place, ours % ("torch.tensor(4)", "torch.ones(2, 3)", "['any']"), kind) is None
    for parts, aspect in [(("'4'", "torch.ones(2, 3)", "['any']"), "type"),
                          (("4", "torch.ones(3, 2)", "['any']"), "shape"),
                          (("4", "torch.ones(2, 3).double()", "['any']"), "dtype"),
                          (("4", "torch.ones(2, 3)", "[1]"), "type"),
                          (("4", "torch.ones(2, 3)", "[]"), "shape")]:
        assert judged(place, ours % parts, kind).verdict.aspect == aspect


def test_an_author_cannot_compare_what_plain_data_cannot_hold():
    for thing in (print, object(), [lambda: 1], {"a": int}):
        with pytest.raises(TypeError, match="cannot compare"):
            check.value("answer", thing)
    with pytest.raises(TypeError, match="either"):
        check.value("answer")


# ---------------------------------------------------------------- check.choice

def chooses(answer="B", options="ABCD", **more):
    return lambda: check.choice("answer", answer, options=options, **more)


@pytest.mark.parametrize("written", ["'B'", "'b'", "' b '", "'(b)'", "'B.'", "'b)'"])
def test_a_right_choice_is_accepted_however_it_is_written(place, written):
    assert judged(place, f"answer = {written}", chooses()) is None


@pytest.mark.parametrize("written,options,answer", [
    ("True", (True, False), True), ("'false'", (True, False), False), ("2", (1, 2, 3), 2), ("'2'", (1, 2, 3), 2),
    ("2.0", (1, 2, 3), 2), ("'a  View'", ("a view", "a copy"), "a view"), ("torch.float32", ("torch.float32", "x"),
                                                                            "torch.float32"),
])
def test_choices_may_be_words_numbers_and_truths(place, written, options, answer):
    assert judged(place, f"answer = {written}", chooses(answer, options)) is None


@pytest.mark.parametrize("written", ["'A'", "'c'", "' D'"])
def test_another_choice_is_refused_without_telling_the_right_one(place, written):
    failed = judged(place, f"answer = {written}", chooses())
    assert isinstance(failed, Wrong) and failed.verdict.aspect == "values"
    assert not re.search(r"\bB\b", failed.verdict.text())


@pytest.mark.parametrize("written", ["'E'", "'AB'", "3", "None", "['B']", "torch.ones(2)", "'B because of it'"])
def test_what_is_no_option_is_told_apart_from_a_wrong_choice(place, written):
    failed = judged(place, f"answer = {written}", chooses())
    assert failed.verdict.aspect == "type"
    assert "A, B, C and D" in failed.verdict.text().replace("\n", " ")


@pytest.mark.parametrize("source", ["", "answer = ...", "answer = ''", "answer = '  '"])
def test_no_choice_is_not_attempted(place, source):
    assert isinstance(judged(place, source, chooses()), NotAttempted)


def test_a_wrong_choice_teaches_where_the_author_says_why(place, capsys):
    teaching = chooses(why={"A": "A slice shares memory, so a changes, too.", "B": "Both look at one storage."})
    assert "shares memory" in judged(place, "answer = 'a'", teaching).verdict.text()
    assert "one storage" not in judged(place, "answer = 'c'", teaching).verdict.text()


def test_a_visible_cell_may_ask_for_the_form_alone(place):
    for written in "ABCD":
        assert judged(place, f"answer = '{written}'", chooses(None)) is None
    assert judged(place, "answer = 'E'", chooses(None)).verdict.aspect == "type"


def test_an_author_cannot_ask_for_what_is_no_option():
    with pytest.raises(ValueError, match="not one of the options"):
        check.choice("answer", "E", options="ABCD")
    with pytest.raises(ValueError, match="not one of the options"):
        check.choice("answer", "A", options="ABCD", why={"E": "because"})


# ---------------------------------------------------------------- check.text

def says(**options):
    return lambda: check.text("answer", **(options or {"accept": ["mean", "the mean"]}))


@pytest.mark.parametrize("written", ["mean", "Mean", " the   mean. ", "`mean`", "“mean”", "MEAN\\n"])
def test_a_right_text_is_accepted_however_it_is_written(place, written):
    assert judged(place, f'answer = "{written}"', says()) is None


@pytest.mark.parametrize("written", ["sum", "means", "a mean", "the"])
def test_another_text_is_refused_without_telling_the_right_one(place, written):
    failed = judged(place, f"answer = '{written}'", says(accept=["average"]))
    assert failed.verdict.aspect == "values" and "average" not in failed.verdict.text()


@pytest.mark.parametrize("written", ["5", "None", "['mean']", "torch.mean"])
def test_what_is_no_text_is_told_so(place, written):
    assert judged(place, f"answer = {written}", says()).verdict.aspect == "type"


@pytest.mark.parametrize("source", ["", "answer = ...", "answer = ''", "answer = ' . '"])
def test_no_text_is_not_attempted(place, source):
    assert isinstance(judged(place, source, says()), NotAttempted)


def test_a_pattern_must_match_the_whole_text(place):
    matching = says(pattern=r"(n|the number of) (rows|samples)")
    assert judged(place, "answer = 'The number of ROWS.'", matching) is None
    assert judged(place, "answer = 'n rows and more'", matching).verdict.aspect == "values"
    with pytest.raises(re.error):
        check.text("answer", pattern="(")


def test_a_wrong_text_teaches_where_the_author_says_why(place):
    teaching = says(accept=["mean"], why={"sum": "A sum grows with the number of rows."})
    assert "grows with" in judged(place, "answer = ' Sum'", teaching).verdict.text()


def test_a_visible_cell_may_ask_for_any_text(place):
    asks = lambda: check.text("answer")  # noqa: E731
    assert judged(place, "answer = 'anything'", asks) is None
    assert isinstance(judged(place, "answer = ''", asks), NotAttempted)


# ---------------------------------------------------------------- memory

def share(expected=True):
    return lambda: check.shares_storage("b", "a", expected=expected)


SHARING = ["b = a.view(6)", "b = a[1]", "b = a.t()", "b = a", "b = a.cos_()", "b = a.numpy()", "b = a.detach()",
           "b = a[:, 1].expand(4, 2)", "b = nn.Parameter(a)", "b = a[1:].numpy()"]
SEPARATE = ["b = a.clone()", "b = a[[0, 1]]", "b = a + 0", "b = a[a > -1]", "b = a.t().reshape(6)",
            "b = torch.tensor(a.tolist())", "b = a.numpy().copy()", "b = torch.empty(0)"]


@pytest.mark.parametrize("source", SHARING)
def test_shared_memory_is_told_from_copies(place, source):
    source = f"a = torch.arange(6.).view(2, 3)\n{source}"
    assert judged(place, source, share()) is None
    assert judged(place, source, share(False)).verdict.mistake == "shares-memory"


@pytest.mark.parametrize("source", SEPARATE)
def test_copies_are_told_from_shared_memory(place, source):
    source = f"a = torch.arange(6.).view(2, 3)\n{source}"
    assert judged(place, source, share(False)) is None
    assert judged(place, source, share()).verdict.mistake == "does-not-share-memory"


@pytest.mark.parametrize("source", ["a = torch.ones(2)", "b = torch.ones(2)", "a = torch.ones(2)\nb = ...",
                                    "a = ...\nb = torch.ones(2)"])
def test_memory_of_a_name_that_is_not_there_is_not_attempted(place, source):
    assert isinstance(judged(place, source, share()), NotAttempted)


def test_memory_is_asked_of_tensors_only(place):
    assert judged(place, "a = torch.ones(2)\nb = [1, 1]", share(False)).verdict.aspect == "type"


def test_the_result_of_a_function_shares_memory_with_its_argument_or_not(place):
    x = torch.arange(12.0).view(3, 4)
    view = lambda: check.result_shares_storage("corner", x, expected=True)  # noqa: E731
    copy = lambda: check.result_shares_storage("corner", x, expected=False)  # noqa: E731
    slicing = "def corner(x):\n    return x[:2, :2]"
    cloning = slicing.replace("[:2, :2]", "[:2, :2].clone()")
    assert judged(place, slicing, view) is None
    assert judged(place, cloning, copy) is None
    assert judged(place, slicing, copy).verdict.mistake == "shares-memory"
    assert judged(place, cloning, view).verdict.mistake == "does-not-share-memory"
    assert isinstance(judged(place, "def corner(x):\n    raise NotImplementedError()", view), NotAttempted)
    assert isinstance(judged(place, "def corner(x):\n    return y", view), Raised)
    with pytest.raises(IndexError):
        check.result_shares_storage("corner", x, position=1)



def is_same_storage():
    def shares(x, y):
        return x.untyped_storage().data_ptr() == y.untyped_storage().data_ptr()

    for pick in range(5):
        check.agrees("same_storage", reference=shares, inputs=lambda draw, pick=pick: (
            x := draw.normal(draw.rows, 3), [x.t(), x[:, 1:], x.clone(), draw.normal(2), x][pick]))


@pytest.mark.parametrize("body,is_right", [
    ("x.untyped_storage().data_ptr() == y.untyped_storage().data_ptr()", True),
    ("x.data_ptr() == y.data_ptr()", False),
    ("x is y", False),
    ("torch.equal(x, y) if x.shape == y.shape else False", False),
    ("True", False),
])
def test_arguments_that_share_memory_still_do_so_where_the_learners_code_runs(place, body, is_right):
    failed = judged(place, f"def same_storage(x, y):\n    return {body}", is_same_storage)
    assert (failed is None) == is_right


def test_a_change_through_one_argument_is_seen_through_the_other(place):
    def add_and_read(x, y):
        x.add_(1)
        return y.sum()

    check_it = lambda: check.agrees("f", reference=add_and_read, may_change=("x", "y"),  # noqa: E731
                                    inputs=lambda draw: (x := draw.normal(draw.rows, 2), x[:1]))
    assert judged(place, "def f(x, y):\n    x.add_(1)\n    return y.sum()", check_it) is None
    assert judged(place, "def f(x, y):\n    s = y.sum()\n    x.add_(1)\n    return s", check_it) is not None
