"""The picture of a chapter for the README: screenshots/chapter.png, copied to docs/images/ when it is good."""

from conftest import page_of
from course_folders import own_copy
from PIL import Image
from test_learner import MODEL, explanation, one_line

TALL = {"width": 1080, "height": 1720}
LARGEST = 300_000  # bytes of a picture that is committed
NEVER_DIVIDED = '''def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    total = 0.0
    for number_tasks, number_questions in zip(tensor_number_tasks, tensor_number_questions):
        total = total + (model_number_questions(number_tasks) - number_questions) ** 2
    return total.squeeze()'''


def reduce_to_palette(path):
    """Rewrites the picture with 128 colours: text stays crisp, and the file becomes a third of its size."""
    Image.open(path).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)


def test_one_screen_shows_prose_a_picture_and_a_refused_answer_with_its_mistake(
    browser, learners_server, learners_root, snap
):
    with page_of(browser, learners_server, screen=TALL, scale=2) as lab:
        chapter = lab.notebook(own_copy(learners_root, "readme"))
        chapter.hide_side_bar()
        chapter.run(grade_id="imports")
        chapter.run(text="tasks, questions = data.tasks_and_questions()")
        chapter.write(MODEL, grade_id="model-number-questions")
        chapter.run(grade_id="model-number-questions")
        chapter.run(text="class Constant(nn.Module)")
        chapter.run(text="weight=2, bias=8)")
        chapter.run(text="constant.load_state_dict({\"level\": questions.mean()")
        chapter.write(NEVER_DIVIDED, grade_id="compute-loss-loop")
        chapter.run(grade_id="compute-loss-loop")
        told = chapter.run(grade_id="compute-loss-loop-values")
        chapter.cell(text="## The loss\n")
        picture = snap(lab.page, "chapter")
        assert explanation("sum-for-mean") in one_line(told)
        for which in ({"text": "weight=2, bias=8)"}, {"grade_id": "compute-loss-loop-values"}):
            shown = lab.page.locator(f".jp-Notebook [data-windowed-list-index='{chapter.index(**which)}'] .jp-OutputArea")
            assert shown.bounding_box()["y"] + shown.bounding_box()["height"] < TALL["height"]
    reduce_to_palette(picture)
    assert picture.stat().st_size < LARGEST
