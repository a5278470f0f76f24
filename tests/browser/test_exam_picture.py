"""The picture of the mock exam for docs/: screenshots/mock_exam.png, made by `python docs/make_pictures.py`."""

import shutil

from lab_pages import page_of
from test_exhibit_pictures import add_margin
from test_mock_exam import EXAM, ExamOnPage
from test_readme_picture import LARGEST, reduce_to_palette

SCREEN = {"width": 1100, "height": 1300}
ANSWERS = {"hold-99": 'hold_99 = ["a", "c"]', "batch-facts": "batch_facts = ((32, 28, 20), (6, 1), 3)"}


def test_one_picture_shows_the_score_sheet_with_a_question_right_one_not_right_and_those_that_are_open(
    browser, learners_server, learners_root, snap
):
    shutil.copytree(learners_root / "work" / "review", learners_root / "work" / "exam-picture")
    with page_of(browser, learners_server, screen=SCREEN, scale=2) as lab:
        notebook = lab.notebook("exam-picture/review.ipynb")
        notebook.hide_side_bar()
        notebook.run(grade_id="imports")
        notebook.run(**EXAM)
        exam = ExamOnPage(notebook)
        exam.press("Start")
        exam.reads("0 of 15 answered")
        for grade_id, answer in ANSWERS.items():
            exam.answer(answer, grade_id)
        exam.press("Hand in")
        exam.press("Yes, hand in")
        exam.reads("1 of 20 points")
        exam.reads("Read again: chapter tensors")
        picture = snap(notebook.cell(**EXAM).locator(".jp-OutputArea-output").first, "mock_exam")
    add_margin(picture)
    reduce_to_palette(picture)
    assert picture.stat().st_size < LARGEST
