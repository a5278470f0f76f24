"""A chapter in pictures: screenshots/verdict.png for the README, screenshots/chapter.png for docs/, see docs/make_pictures.py."""

from course_folders import own_copy
from lab_pages import page_of
from PIL import Image
from test_learner import MODEL, RIGHT_LOSS, explanation, one_line

WIDTH, TALLEST = 1080, 1950
BELOW = 32  # pixels from the last output to the lower edge of the window: the status bar
LARGEST = 350_000  # bytes of a picture that is committed
NEVER_ZEROED = '''def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions'''


def reduce_to_palette(path):
    """Rewrites the picture with its 256 most frequent colours: text stays crisp, and the file becomes half its size.

    Those are exact, as Pillow's own choices of a palette are not, which tint a ground or take orange for red.
    """
    picture = Image.open(path).convert("RGB")
    frequent = sorted(picture.getcolors(picture.width * picture.height), reverse=True)[:256]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in frequent for part in colour])
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)


def around(page, first, last):
    """The part of the page that two cells and those between them take, as a screenshot's `clip`."""
    top, bottom = (page.locator(f".jp-Notebook [data-windowed-list-index='{index}']").bounding_box() for index in (first, last))
    return {"x": top["x"], "y": top["y"], "width": top["width"], "height": bottom["y"] + bottom["height"] - top["y"]}


def test_one_screen_shows_prose_a_refused_answer_with_its_mistake_and_a_picture_of_what_it_does(
    browser, learners_server, learners_root, snap
):
    with page_of(browser, learners_server, screen={"width": WIDTH, "height": TALLEST}, scale=2) as lab:
        chapter = lab.notebook(own_copy(learners_root, "readme"))
        chapter.hide_side_bar()
        chapter.run(grade_id="imports")
        chapter.run(text="tasks, questions = data.tasks_and_questions()")
        for grade_id, answer in {"model-number-questions": MODEL, "compute-loss": RIGHT_LOSS,
                                 "train-parameters": NEVER_ZEROED}.items():
            chapter.write(answer, grade_id=grade_id)
            chapter.run(grade_id=grade_id)
        told = chapter.run(grade_id="train-parameters-steps")
        chapter.run(text="model = train_parameters_linear_regression(tasks, questions)")
        chapter.run(text="regression.residuals(tasks, questions, weight, bias)")
        last = chapter.cell(text="regression.residuals(tasks, questions, weight, bias)").locator(".jp-OutputArea")
        chapter.cell(text="### Exercise 4.5")
        box = last.bounding_box()
        height = int(box["y"] + box["height"]) + BELOW
        lab.page.set_viewport_size({"width": WIDTH, "height": height})
        chapter.cell(text="### Exercise 4.5")
        picture = snap(lab.page, "chapter")
        verdict = picture.with_name("verdict.png")
        lab.page.screenshot(path=verdict, clip=around(lab.page, chapter.index(grade_id="train-parameters"),
                                                      chapter.index(grade_id="train-parameters-steps")))
        assert explanation("gradients-never-zeroed") in one_line(told)
        assert last.locator("img").is_visible()
        assert height <= TALLEST
    for made in (picture, verdict):
        reduce_to_palette(made)
        assert made.stat().st_size < LARGEST
