"""What an exercise may ask of training beside the numbers: autograd, the data that were given, the rate that was given."""

import pytest
import torch
from training_answers import right_loops, starts
from training_answers.observing import observe_training
from training_answers.wrong_loops import by_hand, mean_square

from course.check.training.diagnosis import diagnose
from course.check.training.reference import problem

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
TASK, NOTEBOOK = problem(), problem(rows=31, seed=4)


def judged(function, learning_rate=TASK.learning_rate, **options):
    observed = observe_training(function, (TASK.x, TASK.y, learning_rate, TASK.steps))
    return diagnose(observed, TASK.data, learning_rate, TASK.steps, start=starts.values(TASK.x), **options)


def right(x, y, learning_rate, steps):
    return by_hand(x, y, learning_rate, steps, mean_square)


def without_autograd(x, y, learning_rate, steps):
    w, b = starts.values(x)
    for _ in range(steps):
        error = x @ w + b - y
        w, b = w - learning_rate * 2 * x.T @ error / len(x), b - learning_rate * 2 * error.mean()
    return w, b


def on_the_notebooks_data(x, y, learning_rate, steps):
    return by_hand(*NOTEBOOK.data, learning_rate, steps, mean_square)


def test_gradients_by_hand_are_refused_where_autograd_is_due_and_accepted_where_it_is_not():
    diagnosis = judged(without_autograd, autograd=True)
    assert (diagnosis.mistake, diagnosis.matched) == ("by-hand-for-autograd", False)
    assert judged(without_autograd).matched


@pytest.mark.parametrize("function", right_loops.RIGHT, ids=lambda function: function.__name__)
def test_every_style_with_a_backward_pass_is_autograd(function):
    made = observe_training(function, (TASK.x, TASK.y, TASK.learning_rate, TASK.steps)).backwards
    assert judged(function, autograd=True).matched is bool(made)


def test_training_on_other_data_that_are_known_is_named_by_their_mistake():
    other = {"globals-for-arguments": NOTEBOOK.data}
    assert judged(on_the_notebooks_data, other_data=other).mistake == "globals-for-arguments"
    assert judged(on_the_notebooks_data).mistake != "globals-for-arguments"
    assert judged(right, other_data=other).matched


@pytest.mark.parametrize("written", [0.1, 0.05, 0.001])
def test_a_usual_learning_rate_written_into_the_code_is_named(written):
    diagnosis = judged(lambda x, y, learning_rate, steps: right(x, y, written, steps), learning_rate=0.037)
    assert diagnosis.mistake == "learning-rate-hard-coded" and f"of {written:g}, 0.037 was given" in diagnosis.evidence


def test_an_unusual_factor_on_the_step_is_no_learning_rate():
    diagnosis = judged(lambda x, y, learning_rate, steps: right(x, y, 0.0613, steps), learning_rate=0.037)
    assert diagnosis.mistake is None and not diagnosis.matched


def test_a_parameter_that_is_zeroed_before_training_starts_is_no_mistake():
    def from_zero(x, y, learning_rate, steps):
        w, b = torch.empty(x.shape[1]).zero_().requires_grad_(), torch.ones(1).zero_().requires_grad_()
        for _ in range(steps):
            mean_square(x, y, w, b).backward()
            with torch.no_grad():
                w -= learning_rate * w.grad
                b -= learning_rate * b.grad
            w.grad = b.grad = None
        return w, b

    assert judged(from_zero).matched
