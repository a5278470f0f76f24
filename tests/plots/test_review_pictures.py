"""The review's pictures show the numbers that their questions ask about."""

import pytest
import torch

from course.plots import review

SERIES = torch.tensor([3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0])


def test_a_window_and_its_target_lie_where_the_item_says():
    axes = review.windows(SERIES, width=3, item=1).axes[0]
    inputs, target = (line.get_data() for line in axes.get_lines()[1:])
    assert (list(inputs[0]), list(inputs[1])) == ([1, 2, 3], [1.0, 4.0, 1.0])
    assert (list(target[0]), list(target[1])) == ([4], [5.0])


def test_the_graph_has_eight_boxes_and_two_arrows_that_leave_the_weight():
    figure = review.neuron_graph()
    assert [name for name, _, _ in review.NEURON] == ["w₁", "w₂", "w₃", "w₄", "w₅", "w₆", "w₇", "w₈"]
    assert sorted(end for start, end in review.ARROWS if start == 1) == [3, 7]
    assert "w₄ = w₃ + w₂" in figure.alt


def test_each_arrow_of_the_graph_is_a_number_that_its_formula_names():
    formulas = [formula for _, formula, _ in review.NEURON]
    subscripts = "₁₂₃₄₅₆₇₈"
    for end in range(3, 9):
        named = {1 + subscripts.index(sign) for sign in formulas[end - 1] if sign in subscripts}
        assert named == {start for start, target in review.ARROWS if target == end}


def test_the_three_losses_meet_what_the_questions_say_of_them():
    lines = {line.get_label().split(",")[0]: line.get_data() for line in review.margin_losses().axes[0].get_lines()[:3]}
    margin, squared = lines["squared hinge"]
    assert squared[margin >= 1].max() == 0 and squared[margin < 0.99].min() > 0
    limited, hinge = lines["hinge with a limit"][1], lines["hinge"][1]
    inside, far = (margin >= 0) & (margin <= 1), margin < 0
    assert limited[inside] == pytest.approx(squared[inside]) and limited[margin > 1].max() == 0
    assert limited[far] == pytest.approx(1 - 2 * margin[far]) and (limited[far] < squared[far]).all()
    assert hinge[abs(margin).argmin()] == pytest.approx(1, abs=0.01)
