"""Chapter 7 says true things: its paper examples, derivations and markings agree with PyTorch, and it runs as a whole."""

import math
import re

import pytest
import torch
from chapter import Chapter
from torch.nn import functional

from course.headings import headings

CHAPTER = Chapter("review")
cells, solutions, prose, says = CHAPTER.cells, CHAPTER.solutions, CHAPTER.prose, CHAPTER.says


def says_in_code(text):
    return any(text in cell.source for cell in cells() if cell.cell_type == "code")


def test_the_two_spellings_of_the_logistic_loss_are_one_number_for_every_label_and_lowest_where_p_is_the_label():
    z = torch.linspace(-5, 5, 41, dtype=torch.float64, requires_grad=True)
    for y in (0.0, 0.3, 0.8, 1.0):
        entropy = functional.binary_cross_entropy_with_logits(z, torch.full_like(z, y), reduction="none")
        torch.testing.assert_close(entropy, torch.log(1 + torch.exp(z)) - y * z)
        slope = torch.autograd.grad(entropy.sum(), z)[0]
        torch.testing.assert_close(slope, z.sigmoid().detach() - y)
    assert says("(0.50 for $y = 0.8$)") and says(r"$\ln 4 \approx 1.39$")
    lowest = math.log(1 + 4) - 0.8 * math.log(4)
    assert lowest == pytest.approx(0.50, abs=0.005) and math.log(4) == pytest.approx(1.39, abs=0.005)
    assert lowest == pytest.approx(-0.8 * math.log(0.8) - 0.2 * math.log(0.2))


def test_the_gradient_with_a_price_on_long_weights_is_zero_at_the_closed_form():
    torch.manual_seed(3)
    x, y, strength = torch.randn(4, 6, dtype=torch.float64), torch.randn(4, dtype=torch.float64), 0.7
    weight = torch.linalg.solve(x.T @ x + strength * torch.eye(6, dtype=torch.float64), x.T @ y).requires_grad_()
    loss = 0.5 * (x @ weight - y).square().sum() + 0.5 * strength * weight.square().sum()
    gradient = torch.autograd.grad(loss, weight)[0]
    torch.testing.assert_close(gradient, torch.zeros(6, dtype=torch.float64), rtol=0, atol=1e-12)
    assert torch.linalg.matrix_rank(x.T @ x) == 4


def test_the_hinge_with_a_limit_has_a_derivative_at_both_joints_and_the_hinge_has_none():
    def slopes(loss, joint):
        return [(loss(joint + step) - loss(joint)) / step for step in (-1e-6, 1e-6)]

    def limited(s):
        return 0.0 if s <= 0 else s * s if s <= 1 else 2 * s - 1

    assert slopes(limited, 0.0) == pytest.approx([0, 0], abs=1e-5)
    assert slopes(limited, 1.0) == pytest.approx([2, 2], abs=1e-5)
    assert slopes(lambda s: max(0.0, s), 0.0) == pytest.approx([0, 1])


def test_the_row_scores_of_the_margin_example_are_those_of_the_text():
    assert says("The four rows $(2, 1)$, $(1, \\tfrac32)$, $(0, 1)$ and $(1, -1)$") and says("and −1, and the scores 3, ½, −1 and 3.")
    rows = torch.tensor([[2.0, 1.0], [1.0, 1.5], [0.0, 1.0], [1.0, -1.0]])
    assert (rows @ torch.tensor([2.0, -1.0])).tolist() == [3, 0.5, -1, 3]


@pytest.mark.parametrize(("lead", "cost"), [(math.log(3), math.log(4 / 3)), (0.0, math.log(2)), (-math.log(3), math.log(4)),
                                            (-1000.0, 1000.0), (1000.0, 0.0)])
def test_a_pair_of_films_costs_what_the_text_says(lead, cost):
    assert says(r"a pair costs $\ln \tfrac43$ where the liked film is $\ln 3$ ahead, $\ln 2$ where both scores are equal")
    loss = solutions()["ranking_loss"]
    assert loss(torch.tensor([lead]), torch.tensor([0.0])).item() == pytest.approx(cost, abs=1e-6)


def test_newtons_first_step_is_that_of_the_text_and_six_of_them_arrive():
    newton = solutions()["newton"]
    assert newton(torch.tensor([[2.0]]), torch.tensor([1.0]), 1.0, 1).tolist() == [0.5]
    assert says("six steps for a thousand")
    torch.manual_seed(5)
    inputs, labels = torch.randn(40, 3), (torch.rand(40) < 0.5).float()
    weight = newton(inputs, labels, 0.5, 6)
    gradient = inputs.T @ (torch.sigmoid(inputs @ weight) - labels) + 0.5 * weight
    assert gradient.norm() < 1e-4


def test_the_experiment_ends_near_the_noise_that_the_text_names():
    assert says("the noise in the targets has a standard deviation of 0.5")
    torch.manual_seed(7)
    inputs = torch.randn(60, 3)
    targets = inputs @ torch.tensor([[2.0], [-1.0], [0.5]]) + 1 + 0.5 * torch.randn(60, 1)
    _, training, validation = solutions()["experiment"](inputs, targets, 45, 0.02, 30, 8)
    assert 0.1 < training[-1] < 0.5 and 0.1 < validation[-1] < 0.5
    assert training[0] > 1


@pytest.fixture(scope="module")
def run_with_solutions():
    """The built chapter, executed from top to bottom without an error."""
    return CHAPTER.run()


def test_executed_from_top_to_bottom_the_exam_has_not_begun_and_every_check_speaks(run_with_solutions):
    for cell in run_with_solutions.cells:
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code":
            printed = "".join(output.get("text", "") for output in cell.outputs)
            assert "✓" in printed and "recorded" not in printed, cell.source


def test_the_exam_finds_its_paper_and_shows_it_where_there_are_no_widgets(run_with_solutions):
    cell = next(cell for cell in run_with_solutions.cells if cell.source.startswith("exam = MockExam"))
    shown = next(output.data for output in cell.outputs if "text/html" in output.get("data", {}))
    assert "15 questions, 20 points, 3 h 00 min" in shown["text/plain"]
    assert "a hinge with a limit" in shown["text/html"]


def test_no_graded_cell_leaves_a_picture_behind(run_with_solutions):
    for cell in run_with_solutions.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            assert not [output for output in cell.get("outputs", []) if "image/png" in output.get("data", {})]


def test_the_released_chapter_fails_nowhere_but_with_not_attempted():
    notebook = CHAPTER.run(released=True)
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
        if cell.cell_type == "code" and marks.get("grade"):
            assert [error.ename for error in errors] == ["NotAttempted"], cell.source
        elif marks.get("solution") and cell.cell_type == "code":
            assert {error.ename for error in errors} <= {"NotImplementedError"}, cell.source
        else:
            needs = "experiment(inputs" in cell.source or cell.source.startswith("figure = plot_history")
            assert needs or not errors, cell.source


def test_the_points_on_the_front_page_are_those_of_the_graded_cells():
    graded = CHAPTER.graded()
    by_hand = sum(marks["points"] for marks in graded if marks["solution"])
    assert says(f"{sum(marks['points'] for marks in graded)} points, of which {by_hand} are given by a person")


def test_the_minutes_of_the_questions_fit_into_the_exam_with_some_to_spare():
    minutes = [heading.minutes for heading in headings(prose())]
    assert len(minutes) == 15
    assert says("three hours for the questions as an exam") and says_in_code("MockExam(minutes=180)")
    assert says(f"they add up to {sum(minutes)} minutes") and sum(minutes) <= 165


def test_no_hint_stands_between_the_questions():
    questions = prose().split("## Hints, after the exam")[0]
    assert "<details>" not in questions and prose().count("<details>") >= 15


def test_every_question_has_a_hint_and_every_derivation_its_marking():
    hints = set(re.findall(r"<summary><b>(7\.\d+) ·", prose()))
    assert hints == {f"7.{number}" for number in range(1, 16)}
    assert re.findall(r"^### Marking (7\.\d+)", prose(), re.M) == ["7.8", "7.10", "7.13"]


def test_there_are_three_derivations_each_with_a_marking_scheme_of_its_points():
    derivations = [cell for cell in cells() if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "markdown"]
    assert len(derivations) == 3
    worth = {"1": 1, "½": 0.5}
    for cell in derivations:
        scheme = cell.source.split("### BEGIN MARK SCHEME")[1].split("### END MARK SCHEME")[0]
        rows = re.findall(r"^\| (1|½) \|", scheme, re.M)
        assert sum(worth[row] for row in rows) == cell.metadata["nbgrader"]["points"]
