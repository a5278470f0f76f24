"""The picture of a chapter in the README: screenshots/chapter.png, for docs/images/chapter.png when it is good."""

from conftest import page_of
from course_folders import own_copy
from test_learner import RIGHT_LOSS, explanation, one_line

TALL = {"width": 1080, "height": 1150}
NEVER_ZEROED = '''def loss_history(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    return history'''


def test_one_screen_shows_prose_a_picture_and_a_refused_answer_with_its_mistake(
    browser, learners_server, learners_root, snap
):
    with page_of(browser, learners_server, screen=TALL, scale=2) as lab:
        chapter = lab.notebook(own_copy(learners_root, "readme"))
        chapter.hide_side_bar()
        chapter.run(grade_id="imports")
        chapter.run(text="tasks, questions = data.tasks_and_questions()")
        chapter.write(RIGHT_LOSS, grade_id="compute-loss")
        chapter.run(grade_id="compute-loss")
        chapter.write(NEVER_ZEROED, grade_id="loss-history")
        chapter.run(grade_id="loss-history")
        told = chapter.run(grade_id="loss-history-start")
        chapter.run(text="weight=-15, bias=-10)")
        chapter.cell(text="**Predict** roughly: on a day with 6 tasks")
        snap(lab.page, "chapter")
        assert explanation("gradients-never-zeroed") in one_line(told)
        assert chapter.cell(text="weight=-15, bias=-10)").locator("img").first.is_visible()
