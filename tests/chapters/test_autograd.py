"""Chapter 2 says true things: its numbers are those of its solutions, its engine and PyTorch agree on the graph."""

import json
import math
import re

import nbformat
import pytest
import torch
from chapter import ROOT, Chapter, outputs

from course.plots import worked_graph

CHAPTER = Chapter("autograd", gives=("def ", "class "))
cells, solutions, prose, says = CHAPTER.cells, CHAPTER.solutions, CHAPTER.prose, CHAPTER.says
POINT = 0.6, 1.5
PLACES = [POINT, (math.pi / 6, 2.0), (-0.4, 0.9), (0.0, 3.0), (1.1, -1.3)]


def by_pytorch(x, y):
    """The eight values and the eight adjoints of the graph, in float64."""
    w1, w2 = (torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in (x, y))
    w3 = w1 * w2
    w4 = w3.cos()
    w5 = w4 ** 2
    w6 = 2 * w5
    w7 = w4.log()
    w8 = w6 + w7
    w = [w1, w2, w3, w4, w5, w6, w7, w8]
    for number in w[2:]:
        number.retain_grad()
    w8.backward()
    return [number.item() for number in w], [number.grad.item() for number in w]


def by_formulas(x, y):
    """The adjoints as the syllabus publishes them."""
    w3 = x * y
    w4 = math.cos(w3)
    w4_bar = 1 / w4 + 4 * w4
    w3_bar = -math.sin(w3) * w4_bar
    return [y * w3_bar, x * w3_bar, w3_bar, w4_bar, 2.0, 1.0, 1.0, 1.0]


@pytest.mark.parametrize("place", PLACES)
def test_the_engine_agrees_with_pytorch_on_every_value_and_adjoint_of_the_graph(place):
    nodes = solutions()["build"](*place)
    solutions()["run_backward"](nodes[-1])
    values, adjoints = by_pytorch(*place)
    assert [node.value for node in nodes] == pytest.approx(values, rel=1e-14, abs=1e-15)
    assert [node.adjoint for node in nodes] == pytest.approx(adjoints, rel=1e-14, abs=1e-15)


@pytest.mark.parametrize("place", PLACES)
def test_walking_back_by_hand_gives_the_published_adjoints(place):
    found = solutions()["walk_back"](*place)
    assert found == pytest.approx(by_formulas(*place), rel=1e-14, abs=1e-15)
    assert found == pytest.approx(by_pytorch(*place)[1], rel=1e-14, abs=1e-15)


@pytest.mark.parametrize("place", PLACES)
def test_the_published_partial_derivatives_are_the_adjoints_of_the_leaves(place):
    x, y = place
    by_product = -4 * math.cos(x * y) * math.sin(x * y) - math.sin(x * y) / math.cos(x * y)
    assert by_pytorch(x, y)[1][:2] == pytest.approx([y * by_product, x * by_product], rel=1e-14, abs=1e-15)


@pytest.mark.parametrize("place", PLACES)
def test_the_drawn_graph_has_pytorchs_values_and_adjoints(place):
    values = worked_graph.values(*place)
    expected_values, expected_adjoints = by_pytorch(*place)
    assert values == pytest.approx(expected_values, rel=1e-14, abs=1e-15)
    assert worked_graph.adjoints(values) == pytest.approx(expected_adjoints, rel=1e-14, abs=1e-15)


def test_a_second_run_of_the_engine_gives_the_same():
    nodes = solutions()["build"](*POINT)
    for _ in range(2):
        solutions()["run_backward"](nodes[-1])
    assert nodes[0].adjoint == pytest.approx(by_formulas(*POINT)[0], rel=1e-14)


@pytest.mark.parametrize(("rows", "columns"), [(5, 3), (2, 4), (1, 1)])
def test_the_gradient_of_half_a_squared_length_is_what_jacobian_finds(rows, columns):
    generator = torch.Generator().manual_seed(rows)
    matrix = torch.randn(rows, columns, generator=generator, dtype=torch.float64)
    x = torch.randn(columns, generator=generator, dtype=torch.float64)
    found = torch.autograd.functional.jacobian(lambda x: 0.5 * (matrix @ x).square().sum(), x)
    torch.testing.assert_close(solutions()["half_squared_length_gradient"](matrix, x), found)
    torch.testing.assert_close(found, matrix.T @ matrix @ x)


def test_the_numbers_of_the_first_section_are_those_of_the_curve():
    wave, t = solutions()["wave"], torch.tensor(0.9)
    slope = solutions()["slopes"](wave, torch.tensor([0.9], dtype=torch.float64)).item()
    far, near = (((wave(t + h) - wave(t)) / h).item() for h in (1e-7, 0.01))
    assert says("settle near −3.21") and says("−3.2078535") and slope == pytest.approx(-3.2078535, abs=5e-8)
    assert abs(near - slope) < 0.01 < 1 < abs(far - slope)


def test_the_best_step_is_smaller_in_double_precision():
    wave, two_sided = solutions()["wave"], solutions()["two_sided"]
    errors = {
        dtype: min(abs(two_sided(wave, torch.tensor(0.9, dtype=dtype), h).item() + 3.207853479306729) for h in
                   (1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7))
        for dtype in (torch.float32, torch.float64)
    }
    assert errors[torch.float64] < 1e-9 < 1e-7 < errors[torch.float32]


def test_gradcheck_accepts_the_curve_in_double_precision_and_not_in_single():
    points = torch.tensor([0.2, 0.5, 0.9], requires_grad=True)
    wave = solutions()["wave"]
    assert torch.autograd.gradcheck(wave, points.detach().double().requires_grad_())
    with pytest.warns(UserWarning), pytest.raises(RuntimeError):
        torch.autograd.gradcheck(wave, points)


def test_gradcheck_refuses_a_function_that_leaves_the_graph():
    points = torch.tensor([0.2, 0.5], dtype=torch.float64, requires_grad=True)
    with pytest.raises(RuntimeError):
        torch.autograd.gradcheck(solutions()["half_detached"], points)


def test_the_cautious_loss_has_the_gradient_that_the_exercise_gives():
    predictions = torch.tensor([-1.0, 3.0], requires_grad=True)
    solutions()["cautious_loss"](predictions, torch.tensor([2.0, 2.0])).backward()
    assert predictions.grad.tolist() == [-0.75, 0.5] and says("= -0.75$") and says("= 0.5$")


def test_there_are_ten_graded_exercises_and_they_are_numbered_in_order():
    numbers = re.findall(r"^### Exercise 2\.(\d+) · ", prose(), re.M)
    assert [int(number) for number in numbers] == list(range(1, 11))


def test_every_outcome_of_the_chapter_is_exercised():
    front = next(cell.source for cell in cells() if "**You will be able to**" in cell.source)
    promised = {int(number) for number in re.findall(r"^(\d)\. ", front, re.M)}
    exercised = {number for cell in cells() if "### Exercise" in cell.source for number in cell.metadata["outcomes"]}
    assert promised == exercised == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(("dtype", "digits"), [(torch.float32, 1e-6), (torch.float64, 1e-9)])
def test_the_slopes_of_the_wave_are_as_near_to_the_numeric_ones_as_the_text_says(dtype, digits):
    wave, points = solutions()["wave"], torch.tensor([0.2, 0.5, 0.9], dtype=dtype)
    gap = solutions()["largest_gap"](wave, points, solutions()["slopes"](wave, points))
    assert gap.dtype == torch.float64 and 0 < gap < digits
    found = solutions()["slopes"](wave, points).tolist()
    assert says("about −1, −2.2 and −3.2") and found == pytest.approx([-1, -2.2, -3.2], abs=0.05)


def test_the_paper_example_of_the_numeric_check_is_right():
    points, claimed = torch.tensor([1.0, 2.0, -1.0]), torch.tensor([3.75, 12.25, -4.0])
    gap = solutions()["largest_gap"](lambda t: t ** 3, points, claimed)
    assert says("the largest gap is 7") and gap.item() == pytest.approx(7.0, abs=1e-8)


def test_the_challenge_has_no_slope_at_the_origin_and_a_unit_one_elsewhere():
    points = torch.tensor([[0.0, 0.0], [3.0, 4.0]], requires_grad=True)
    solutions()["lengths"](points).sum().backward()
    torch.testing.assert_close(points.grad, torch.tensor([[0.0, 0.0], [0.6, 0.8]]))


def test_the_headings_that_the_catalogue_sends_learners_to_are_there():
    headings = re.findall(r"^## (.*)$", prose(), re.M)
    assert {"Backward", "The computational graph", "Gradients add up", "Leaving the graph"} <= set(headings)


def test_the_derivation_is_marked_by_hand_and_nothing_of_it_is_released():
    marked = [cell for cell in cells() if cell.metadata.get("nbgrader", {}).get("grade_id") == "half-squared-length"]
    marks = marked[0].metadata["nbgrader"]
    assert (marked[0].cell_type, marks["grade"], marks["solution"], marks["points"]) == ("markdown", True, True, 4)
    assert "BEGIN MARK SCHEME" in marked[0].source
    secret = [line for line in marked[0].source.splitlines() if len(line) > 12 and not line.startswith("| ---")]
    released = json.dumps(nbformat.read(ROOT / "release/autograd/autograd.ipynb", as_version=4), ensure_ascii=False)
    assert [line for line in secret if json.dumps(line, ensure_ascii=False)[1:-1] in released] == []


def test_the_marking_scheme_adds_up():
    source = next(cell.source for cell in cells() if "BEGIN MARK SCHEME" in cell.source)
    assert sum(int(points) for points in re.findall(r"^\| (\d) \|", source, re.M)) == 4


def test_the_chapter_runs_from_top_to_bottom_with_its_solutions(tmp_path):
    assert outputs(CHAPTER.run(tmp_path))


def test_no_graded_cell_leans_on_what_another_defines_after_its_first_check():
    """A cell whose check fails stops there; a name that it would have defined below may not cost the next cell its points."""
    late = {}
    for cell in cells():
        marks = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code" or not marks.get("grade"):
            continue
        before, _, after = cell.source.partition("check.")
        own = {"check", *re.findall(r"^def (\w+)", cell.source, re.M), *re.findall(r"^(\w+) = ", cell.source, re.M)}
        used = set(re.findall(r"\w+", cell.source)) - own
        assert used & set(late) == set(), (marks["grade_id"], used & set(late))
        late |= dict.fromkeys(re.findall(r"^def (\w+)", after, re.M) + re.findall(r"^(\w+) = ", after, re.M))
