"""Chapter 1 says true things: the numbers in its prose are what PyTorch and its own solutions give."""

import re

import numpy
import pytest
import torch
from chapter import ROOT, Chapter, printed

from course import data
from course.check.mistakes import TOPICS
from course.check.verdict import CheckFailed
from course.grading.answers import read_chapter_answers

CHAPTER = Chapter("tensors")
cells, solutions, prose, says = CHAPTER.cells, CHAPTER.solutions, CHAPTER.prose, CHAPTER.says
# What learners get wrong with tensors, as far as a check can name it.
KNOWN_MISTAKES = {
    "argument-changed-in-place", "copy-taken-for-view", "shares-memory", "writes-into-expanded", "view-of-non-contiguous",
    "reshape-for-transpose", "elementwise-for-matmul", "mean-of-integers", "floor-division", "uint8-wraps",
    "double-for-float", "cat-for-stack", "wrong-dim", "no-dim", "max-pair", "shapes-do-not-broadcast",
    "squeeze-kills-batch", "unbiased-variance", "builtin-sum", "float-index", "device-mismatch", "result-on-other-device",
    "python-number-for-tensor", "loop-over-rows", "values-leave-pytorch", "n-by-n-intermediate",
}


def code(containing):
    """The namespace that the one code cell with this text leaves, after the imports and the solutions."""
    found = [cell.source for cell in cells() if cell.cell_type == "code" and containing in cell.source]
    assert len(found) == 1, f"{len(found)} cells hold {containing!r}"
    namespace = dict(solutions())
    exec(found[0], namespace)
    return namespace


def test_of_the_three_lines_two_tensors_are_ones_and_share_and_the_third_is_twos_and_does_not():
    namespace = code("b = a.cos_()")
    a, b, c = (namespace[name] for name in "abc")
    assert torch.equal(a, torch.ones(3, 2)) and torch.equal(b, torch.ones(3, 2)) and torch.equal(c, torch.full((3, 2), 2.0))
    assert solutions()["same_storage"](a, b) and not solutions()["same_storage"](a, c)
    assert solutions()["three_lines"] == "C" and says("`a` and `b` are all 1, `c` all 2; `a` and `b` share, `c` has its own")


def test_an_exchange_of_rows_and_columns_is_thousands_of_times_as_fast_as_a_copy():
    stopwatch = code("def seconds(")["seconds"]
    big = torch.rand(3000, 3000)
    assert stopwatch(big.clone) > 1000 * stopwatch(big.t, repeats=50)
    assert torch.equal(big.t()[1, :5], big[:5, 1]) and big.t().stride() == (1, 3000)


def test_the_sun_goes_out_at_54_and_stays_bright_in_the_solution():
    sky = data.evening_sky()
    sun = sky == 250
    assert sun.sum() == 1 and (sky + 60)[sun].item() == 54 and says("310 − 256 is 54")
    assert solutions()["brighten"](sky, 60)[sun].item() == 255


def test_the_table_of_random_numbers_is_as_the_exercise_describes_it():
    table = code("torch.manual_seed(23)")["table"]
    assert table.shape == (10, 10) and -99 <= table.min() and table.max() <= 99
    assert solutions()["multiples_of_four"](table).tolist() == [40, 36, -16]
    assert torch.equal(solutions()["top_right"](table), table[[0, 1, 2, 3, 4]][:, [5, 6, 7, 8, 9]])
    drawn_apart = torch.randint(-99, 100, (10, 10), generator=torch.Generator().manual_seed(23))
    assert torch.equal(table, drawn_apart), "the check's table is no longer the text's"


def test_the_trap_makes_a_tenth_into_26_tenths():
    namespace = code("guesses = torch.tensor(")
    guesses, lengths = namespace["guesses"], namespace["lengths"]
    assert (guesses - lengths).shape == (4, 4)
    assert f"{(guesses - lengths).abs().mean():.1f}" == "2.6" and says("PyTorch says 2.6")
    assert f"{(guesses.view(-1) - lengths).abs().mean():.1f}" == "0.1" and says("Each guess is off by 0.1")


def test_without_keepdim_the_means_meet_the_columns():
    temperatures = code("temperatures = torch.tensor(")["temperatures"]
    means = temperatures.mean(dim=1)
    assert means[1].item() == 17.25 and says("The second city's mean is 17.25.")
    assert (temperatures - means)[1, 0] == temperatures[1, 0] - means[0]
    assert (temperatures - means[:, None])[1, 0] == temperatures[1, 0] - means[1]


def test_the_two_standard_deviations_are_the_roots_that_the_prose_tells():
    four = torch.tensor([1.0, 2, 3, 4])
    assert four.std().item() == pytest.approx((5 / 3) ** 0.5) and says(r"$\sqrt{5/3}$")
    assert four.std(correction=0).item() == pytest.approx((5 / 4) ** 0.5) and says(r"$\sqrt{5/4}$")
    assert numpy.std(four.numpy()) == pytest.approx((5 / 4) ** 0.5) and says("NumPy divides by $n$.")


def test_the_loop_and_the_expression_drive_the_same_distance():
    namespace = code("def taxi_distance_loop(")
    assert namespace["taxi_distance_loop"](namespace["route"]).item() == 11
    route = torch.randn(57, 2)
    by_loop, by_expression = namespace["taxi_distance_loop"](route), solutions()["taxi_distance"](route)
    torch.testing.assert_close(by_loop, by_expression, rtol=1e-5, atol=1e-4)
    assert solutions()["taxi_distance"](route[:1]).item() == 0


def test_apples_cost_two_and_pears_three():
    assert torch.linalg.solve(torch.tensor([[2.0, 1.0], [1.0, 3.0]]), torch.tensor([7.0, 11.0])).tolist() == pytest.approx([2, 3])
    assert says("Apples 2, pears 3.")


def test_the_eigenvector_is_only_stretched():
    namespace = code("M = torch.tensor(")
    values, vectors = (part.real for part in torch.linalg.eig(namespace["M"]))
    torch.testing.assert_close(values, torch.tensor([2.5, 0.5]))
    torch.testing.assert_close(namespace["M"] @ vectors[:, 0], 2.5 * vectors[:, 0])


@pytest.mark.parametrize(("quoted", "error", "does"), [
    ("mean(): could not infer output dtype", RuntimeError, lambda: torch.tensor([1, 2]).mean()),
    ("Boolean value of Tensor with more than one value is ambiguous", RuntimeError, lambda: bool(torch.ones(2) > 0)),
    ("The size of tensor a (4) must match the size of tensor b (3)", RuntimeError, lambda: torch.ones(4) - torch.ones(3)),
    ("The size of tensor a (4) must match the size of tensor b (2)", RuntimeError,
     lambda: torch.ones(2, 4) - torch.ones(2)),
    ("unsupported operation: more than one element of the written-to tensor", RuntimeError,
     lambda: torch.zeros(3).expand(2, 3).add_(1)),
    ("too many indices for tensor", IndexError, lambda: torch.ones(3, 4)[torch.ones(3, 4) > 0, 3]),
    ("The size of tensor a (3) must match the size of tensor b (2)", RuntimeError, lambda: torch.ones(2, 3) * torch.ones(2)),
    ("The input tensor A must have at least 2 dimensions", RuntimeError,
     lambda: torch.linalg.solve(torch.ones(2), torch.ones(2, 2))),
    ("expected Tensor as element 1", TypeError, lambda: torch.stack([torch.ones(3), 1])),
    ("stack expects each tensor to be equal size", RuntimeError, lambda: torch.stack([torch.ones(3), torch.ones(4)])),
    ("name 'float32' is not defined", NameError, lambda: exec("float32", {})),
    ("setStorage: sizes", RuntimeError, lambda: torch.arange(5).as_strided((3, 3), (3, 1))),
    ("size mismatch", RuntimeError, lambda: torch.ones(3, 5) @ torch.ones(3)),
    ("same dtype", RuntimeError, lambda: torch.ones(3).double() @ torch.ones(3)),
])
def test_an_error_that_a_hint_quotes_is_the_one_that_pytorch_gives(quoted, error, does):
    assert says(quoted)
    with pytest.raises(error, match=re.escape(quoted)):
        does()


def test_the_answers_hold_every_mistake_with_tensors_that_can_be_named():
    answers = read_chapter_answers(ROOT / "tests/answers/tensors")
    named = {answer.mistake for file in answers.values() for answer in file}
    assert KNOWN_MISTAKES <= named, KNOWN_MISTAKES - named


def visible_verdict(exercise, title, checked):
    """What the cell `checked` says to one of the answers to an exercise where a learner runs it: without hidden tests."""
    answer = next(one for one in read_chapter_answers(ROOT / "tests/answers/tensors")[exercise] if one.how == title)
    shown = next(cell.source for cell in cells() if cell.metadata.get("nbgrader", {}).get("grade_id") == checked)
    namespace = dict(solutions())
    exec(answer.source, namespace)
    with pytest.raises(CheckFailed) as failed:
        exec(re.sub(r"### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS", "", shown, flags=re.DOTALL), namespace)
    return failed.value.verdict


@pytest.mark.parametrize(("exercise", "title", "mistake"), [
    ("read-cell", "the offset forgotten", "offset-forgotten"), ("read-cell", "strides exchanged", "strides-exchanged"),
    ("read-cell", "columns counted, as if it were x", None), ("top-right", "stops taken for included", "off-by-one-slice"),
    ("top-right", "a row and a column too many", "off-by-one-slice"), ("top-right", "the bottom right", None),
])
def test_a_learner_is_told_the_mistake_before_handing_in(exercise, title, mistake):
    assert visible_verdict(exercise, title, f"{exercise}-values").mistake == mistake


def test_the_chapter_runs_from_top_to_bottom_with_its_solutions():
    assert printed(CHAPTER.run()).count("RuntimeError: ") == 4


def test_the_released_chapter_runs_until_the_first_unwritten_exercise_and_then_says_so_in_one_line():
    notebook = CHAPTER.run(released=True)
    failed = [(cell, output) for cell in notebook.cells for output in cell.get("outputs", [])
              if output.output_type == "error"]
    first = next(place for place, cell in enumerate(notebook.cells) if cell.metadata.get("nbgrader", {}).get("solution"))
    assert all(notebook.cells.index(cell) >= first for cell, _ in failed)
    for cell, error in failed:
        graded = cell.metadata.get("nbgrader", {}).get("grade")
        assert error.ename == ("NotAttempted" if graded else "NotImplementedError"), cell.source
        assert len("\n".join(error.traceback).splitlines()) <= 3, cell.source
    graded = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    assert len([cell for cell, _ in failed if cell in graded]) == len(graded)


def test_the_catalogue_sends_readers_to_headings_that_are_there():
    headings = set(re.findall(r"^## (.*)$", prose(), re.M))
    assert {heading for chapter, heading in TOPICS.values() if chapter == "tensors"} <= headings
