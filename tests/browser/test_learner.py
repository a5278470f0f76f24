"""What a learner meets in JupyterLab: unwritten exercises, wrong answers and right ones, explained by the Validate button."""

import pytest
from course_folders import own_copy, released_cell

from course.check.mistakes import find

MODEL = '''class ModelNumberQuestions(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(1, 1)

    def forward(self, tensor_number_tasks):
        return self.linear(tensor_number_tasks)
'''
SUMMED_LOSS = '''def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    residuals = model_number_questions(tensor_number_tasks) - tensor_number_questions
    return (residuals ** 2).sum()
'''
RIGHT_LOSS = SUMMED_LOSS.replace("sum()", "mean()")


def one_line(text):
    """The text with every run of white space as one space: messages are wrapped."""
    return " ".join(text.split())


def explanation(mistake):
    """What the catalogue says of a mistake."""
    return find(mistake).explanation


@pytest.fixture
def chapter(learners_lab, learners_root, request):
    """The released chapter, a fresh copy, open in JupyterLab."""
    return learners_lab.notebook(own_copy(learners_root, request.node.name))


def test_running_all_cells_stops_at_the_first_unwritten_exercise_and_its_checks_say_not_attempted(chapter, snap):
    chapter.run_all()
    told = chapter.output(grade_id="model-number-questions").strip()
    snap(chapter.page, "learner-not-attempted")
    assert told.startswith("Not written yet")
    assert "\n" not in told
    assert chapter.page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 1

    chapter.run(grade_id="count-parameters")
    told = chapter.run(grade_id="count-parameters-values").strip()
    assert told.startswith("Not attempted\n`count_parameters` is not written yet")
    assert "Traceback" not in told


def test_validate_names_the_mistake_in_a_wrong_answer_and_has_nothing_to_say_about_a_right_one(chapter, snap):
    values = released_cell("compute-loss-values")
    chapter.write(MODEL, grade_id="model-number-questions")
    chapter.write(SUMMED_LOSS, grade_id="compute-loss")
    results = chapter.validate()
    refused = one_line(results.inner_text())
    results.get_by_text(values.split("\n")[0]).first.scroll_into_view_if_needed()
    snap(chapter.page, "validate-wrong")
    assert one_line(values) in refused
    assert explanation("sum-for-mean") in refused
    assert "Not attempted `compute_loss_loop`" in refused
    assert "Traceback" not in refused
    chapter.close(results)

    chapter.write(RIGHT_LOSS, grade_id="compute-loss")
    results = chapter.validate()
    accepted = one_line(results.inner_text())
    snap(chapter.page, "validate-right")
    assert one_line(values) not in accepted
    assert explanation("sum-for-mean") not in accepted
    assert "Not attempted `compute_loss_loop`" in accepted
