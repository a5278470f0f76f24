"""Training functions are judged by what they do: every mistake by its name, every right style as right."""

import warnings

import numpy as np
import pytest
import torch
from torch.nn import functional as F
from torch.optim.optimizer import _global_optimizer_post_hooks, _global_optimizer_pre_hooks
from torch.utils.data import BatchSampler, DataLoader, TensorDataset
from training_answers import (
    given_objects,
    histories,
    mini_batches,
    raising_loops,
    right_loops,
    starts,
    two_mistakes,
    wrong_loops,
)
from training_answers.observing import observe_training

from course.check.training.diagnosis import diagnose
from course.check.training.float64_descent import Switches, Task, train
from course.check.training.named import BY_NUMBERS, MEANINGS
from course.check.training.observed import TrainingObserved
from course.check.training.reference import SEPARATED, SWITCHES, distance, make_task, problem, separation, table
from course.check.training.trace import TrainingTrace

EPOCHS = 4
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


@pytest.fixture(params=list(starts.STARTS))
def start(request):
    before = starts.current["start"]
    starts.current["start"] = request.param
    yield request.param
    starts.current["start"] = before


@pytest.fixture(params=[3, 1], ids=["three-inputs", "one-input"])
def task(request):
    return problem(inputs=request.param)


def name_of(value):
    return getattr(value, "__name__", str(value))


def judged(function, task, **options):
    observed = observe_training(function, (task.x, task.y, task.learning_rate, task.steps))
    if not observed.starts and observed.error is None:  # gradients by hand: the exercise has to fix the start
        options["start"] = starts.values(task.x)
    return diagnose(observed, task.data, task.learning_rate, task.steps, **options)


def judged_epochs(function, task, **options):
    torch.manual_seed(1)
    observed = observe_training(function, (task.x, task.y, task.learning_rate, EPOCHS), rows_of=task.x)
    return diagnose(observed, task.data, task.learning_rate, EPOCHS, batch_size=mini_batches.BATCH, **options)


def verdict(mistake):
    return mistake, mistake is None


# Names


@pytest.mark.parametrize(("mistake", "function"), wrong_loops.WRONG, ids=name_of)
def test_a_wrong_training_loop_is_named(mistake, function, task, start):
    diagnosis = judged(function, task)
    assert (diagnosis.mistake, diagnosis.matched) == (mistake, False)
    assert diagnosis.mistake in MEANINGS and diagnosis.evidence


@pytest.mark.parametrize(("mistake", "function"), raising_loops.RAISING, ids=name_of)
def test_a_training_loop_that_raises_is_named(mistake, function, task, start):
    diagnosis = judged(function, task)
    assert (diagnosis.mistake, diagnosis.matched) == (mistake, False)
    assert diagnosis.mistake in MEANINGS and diagnosis.evidence


@pytest.mark.parametrize("function", right_loops.RIGHT, ids=name_of)
def test_a_right_training_loop_is_right_in_any_style(function, task, start):
    diagnosis = judged(function, task)
    assert (diagnosis.mistake, diagnosis.matched) == (None, True)


@pytest.mark.parametrize(("mistake", "function"), mini_batches.SHUFFLED, ids=name_of)
def test_shuffled_mini_batches_are_judged_by_replaying_them(mistake, function, start):
    diagnosis = judged_epochs(function, problem(), shuffled=True)
    assert (diagnosis.mistake, diagnosis.matched) == verdict(mistake)


@pytest.mark.parametrize(("mistake", "function"), mini_batches.IN_ORDER, ids=name_of)
def test_mini_batches_in_order_are_judged(mistake, function, start):
    diagnosis = judged_epochs(function, problem(), shuffled=False)
    assert (diagnosis.mistake, diagnosis.matched) == verdict(mistake)


@pytest.mark.parametrize(("mistake", "function"), histories.PER_STEP, ids=name_of)
def test_a_loss_history_of_steps_is_judged(mistake, function, start):
    diagnosis = judged(function, problem(), history="steps")
    assert (diagnosis.mistake, diagnosis.matched) == verdict(mistake)


@pytest.mark.parametrize(("mistake", "function"), histories.PER_EPOCH, ids=name_of)
def test_a_loss_history_of_epochs_is_judged(mistake, function, start):
    diagnosis = judged_epochs(function, problem(), shuffled=True, history="epochs")
    assert (diagnosis.mistake, diagnosis.matched) == verdict(mistake)


def test_a_history_that_is_not_judged_is_only_noted():
    diagnosis = judged(histories.with_graph, problem())
    assert diagnosis.matched and diagnosis.notes == ("history-of-tensors",)


@pytest.mark.parametrize(("mistakes", "function"), two_mistakes.PAIRS, ids=name_of)
def test_two_mistakes_together_are_both_named(mistakes, function, start):
    diagnosis = judged(function, problem())
    assert not diagnosis.matched
    assert {diagnosis.mistake, *diagnosis.also} == set(mistakes)


@pytest.mark.parametrize(("mistakes", "function"), two_mistakes.PAIRS, ids=name_of)
def test_two_mistakes_in_a_run_too_long_for_pairs_get_no_false_name(mistakes, function):
    task = problem()
    observed = observe_training(function, (task.x, task.y, 0.015, 40))
    diagnosis = diagnose(observed, task.data, 0.015, 40)
    assert not diagnosis.matched
    assert diagnosis.mistake in (*mistakes, None)


def test_the_answers_are_many_and_make_most_known_mistakes():
    named = [m for m, _ in wrong_loops.WRONG + raising_loops.RAISING + mini_batches.SHUFFLED + mini_batches.IN_ORDER]
    assert len(wrong_loops.WRONG) >= 40 and len(right_loops.RIGHT) >= 12
    missing = set(MEANINGS) - set(named) - {m for m, _ in given_objects.WRONG.values()} - {m for m, _ in histories.PER_STEP + histories.PER_EPOCH}
    elsewhere = {
        "parameters-never-change",  # made more exact by the trace
        "momentum-left-out", "weight-decay-left-out", "squared-error-of-logits", "sigmoid-before-bce-with-logits",
        "diverged", "start-ignored", "graph-kept-over-steps", "history-one-too-long", "in-place-on-saved",
        "device-mismatch",
        "by-hand-for-autograd",  # where an exercise asks for autograd: test_training_options.py
        "history-not-returned",  # answers/linear_model/train-from.py
    }  # fmt: skip
    assert missing <= elsewhere


def test_every_switch_has_a_meaning():
    assert set(SWITCHES) == set(BY_NUMBERS)


# Other tasks


def logistic(loss_of, zero=True):
    def function(x, y, learning_rate, steps):
        linear = starts.model(x)
        optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
        for _ in range(steps):
            if zero:
                optimiser.zero_grad()
            loss_of(linear(x)[:, 0], y).backward()
            optimiser.step()
        return linear

    return function


@pytest.mark.parametrize(
    ("mistake", "function"),
    [
        (None, logistic(F.binary_cross_entropy_with_logits)),
        (None, logistic(lambda z, y: F.binary_cross_entropy(torch.sigmoid(z), y))),
        ("sigmoid-before-bce-with-logits", logistic(lambda z, y: F.binary_cross_entropy_with_logits(z.sigmoid(), y))),
        ("squared-error-of-logits", logistic(F.mse_loss)),
        ("sum-for-mean", logistic(lambda z, y: F.binary_cross_entropy_with_logits(z, y, reduction="sum"))),
        ("broadcast-n-by-n", logistic(lambda z, y: (F.softplus(z[:, None]) - y * z[:, None]).mean())),
        ("gradients-never-zeroed", logistic(F.binary_cross_entropy_with_logits, zero=False)),
        ("wrong-sign", logistic(lambda z, y: -F.binary_cross_entropy_with_logits(z, y))),
    ],
)
def test_logistic_regression_is_judged_too(mistake, function, start):
    x = problem().x
    y = (x.sum(1) + problem().y / 4 > 1).float()
    observed = observe_training(function, (x, y, 0.3, 9))
    diagnosis = diagnose(observed, (x, y), 0.3, 9, loss="bce")
    assert (diagnosis.mistake, diagnosis.matched) == verdict(mistake)


def losses_only(x, y, learning_rate, steps, start):
    """Trains a layer, whose graph lists the bias before the weight, from `start`, and returns nothing but losses."""
    layer = starts.model(x)
    with torch.no_grad():
        for parameter, value in zip(layer.parameters(), start, strict=True):
            parameter.copy_(value.reshape(parameter.shape))
    optimiser, losses = torch.optim.SGD(layer.parameters(), learning_rate), []
    for _ in range(steps):
        optimiser.zero_grad()
        loss = F.mse_loss(layer(x)[:, 0], y)
        losses.append(loss.item())
        loss.backward()
        optimiser.step()
    return losses


@pytest.mark.parametrize(("begun_at", "mistake"), [(1.0, None), (2.0, "start-ignored")])
def test_a_given_start_is_found_though_only_losses_come_back(begun_at, mistake):
    task = problem()
    given = torch.full((1, 3), 1.0), torch.full((1,), -4.0)
    begun = given[0] * begun_at, given[1]
    observed = observe_training(losses_only, (task.x, task.y, task.learning_rate, task.steps, begun))
    diagnosis = diagnose(observed, task.data, task.learning_rate, task.steps, start=given, history="steps")
    assert (diagnosis.mistake, diagnosis.matched) == verdict(mistake)


def crops(zero, reduction="mean", momentum=0.0, weight_decay=0.0):
    def function(x, y, learning_rate, steps):
        linear = torch.nn.Linear(x.shape[1], y.shape[1])
        optimiser = torch.optim.SGD(linear.parameters(), learning_rate, momentum, weight_decay=weight_decay)
        for _ in range(steps):
            if zero:
                optimiser.zero_grad()
            F.mse_loss(linear(x), y, reduction=reduction).backward()
            optimiser.step()
        return linear

    return function


@pytest.mark.parametrize(
    ("mistake", "function"),
    [(None, crops(True)), ("gradients-never-zeroed", crops(False)), ("sum-for-mean", crops(True, "sum"))],
)
@pytest.mark.parametrize("seed", range(3))
def test_several_outputs_are_judged_from_any_start(mistake, function, seed):
    task = problem(outputs=2)
    torch.manual_seed(seed)
    diagnosis = judged(function, task)
    assert (diagnosis.mistake, diagnosis.matched) == verdict(mistake)


@pytest.mark.parametrize(
    ("mistake", "function"),
    [
        (None, crops(True, momentum=0.9, weight_decay=0.1)),
        ("momentum-left-out", crops(True, weight_decay=0.1)),
        ("weight-decay-left-out", crops(True, momentum=0.9)),
    ],
)
def test_momentum_and_weight_decay_can_be_the_task(mistake, function):
    diagnosis = judged(function, problem(outputs=2), momentum=0.9, weight_decay=0.1)
    assert (diagnosis.mistake, diagnosis.matched) == verdict(mistake)


def test_a_model_without_bias_can_be_the_task():
    def function(x, y, learning_rate, steps):
        w = starts.values(x)[0].requires_grad_()
        for _ in range(steps):
            ((x @ w - y) ** 2).mean().backward()
            with torch.no_grad():
                w -= learning_rate * w.grad
            w.grad = None
        return w

    assert judged(function, problem(), bias=False).matched
    assert judged(function, problem()).matched is False


def test_a_start_that_was_given_must_be_used():
    task = problem()
    given = torch.ones(3), torch.ones(1)
    diagnosis = judged(right_loops.by_hand, task, start=given)
    assert diagnosis.mistake == "start-ignored"
    assert judged(right_loops.by_hand, task, start=starts.values(task.x)).matched


def test_returned_parameters_that_keep_the_graph_are_noted():
    def function(x, y, learning_rate, steps):
        w, b = starts.leaves(x)
        for _ in range(steps):
            w_slope, b_slope = torch.autograd.grad(F.mse_loss(x @ w + b, y), (w, b))
            w, b = w - learning_rate * w_slope, b - learning_rate * b_slope
        return w, b

    diagnosis = judged(function, problem())
    assert diagnosis.matched and diagnosis.notes == ("graph-kept-over-steps",)


def test_torch_func_gradients_are_right_with_a_given_start():
    def function(x, y, learning_rate, steps):
        w, b = starts.values(x)
        slopes = torch.func.grad(lambda w, b: F.mse_loss(x @ w + b, y), argnums=(0, 1))
        for _ in range(steps):
            w_slope, b_slope = slopes(w, b)
            w, b = w - learning_rate * w_slope, b - learning_rate * b_slope
        return w, b

    task = problem()
    assert judged(function, task, start=starts.values(task.x)).matched


def test_values_overwritten_before_backward_are_named():
    def function(x, y, learning_rate, steps):
        w, b = starts.leaves(x)
        predictions = (x @ w + b).exp()
        predictions -= y
        predictions.mean().backward()
        return w, b

    assert judged(function, problem()).mistake == "in-place-on-saved"


def test_a_function_that_trains_the_model_it_is_given_need_not_return_it():
    task = problem()
    linear = starts.model(task.x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=task.learning_rate)

    def fit(epochs, model, loss_of, optimiser, x, y):
        for _ in range(epochs):
            optimiser.zero_grad()
            loss_of(model(x)[:, 0], y).backward()
            optimiser.step()

    observed = observe_training(fit, (task.steps, linear, F.mse_loss, optimiser, task.x, task.y))
    assert diagnose(observed, task.data, task.learning_rate, task.steps).matched


# Whatever comes back

NAN = float("nan")


@pytest.mark.parametrize(
    "result",
    [
        None, "a string", 3, object(), (), [], {}, (1.0,), ("w", "b"), torch.ones(2, 3), (torch.ones(7), torch.ones(5)),
        (torch.full((3,), NAN), torch.zeros(1)), (torch.tensor([float("inf")] * 3), torch.zeros(1)),
        (torch.zeros(3, dtype=torch.long), torch.zeros(1, dtype=torch.bool)), (np.zeros(3), np.float32(2)),
        (torch.zeros(3, dtype=torch.complex64), 0), (torch.zeros(3).to_sparse(), torch.zeros(1)),
        (torch.zeros(3, device="meta"), torch.zeros(1)), (torch.zeros(3), torch.zeros(1), ["x", None]),
        (torch.zeros(3), torch.zeros(1), [torch.zeros(2)]), torch.nn.Linear(2, 2), (torch.nn.Linear(3, 1), [NAN]),
        {"w": torch.zeros(3), "b": torch.zeros(1)}, (torch.tensor([]), torch.tensor([])), (True, False),
    ],
    ids=lambda result: repr(result)[:40].split(" at 0x")[0],
)  # fmt: skip
@pytest.mark.parametrize("trained", [False, True])
def test_any_result_is_judged_wrong_without_raising(result, trained):
    task = problem()

    def function(x, y, learning_rate, steps):
        if trained:
            F.mse_loss(starts.model(x)(x)[:, 0], y).backward()
        return result

    assert judged(function, task).matched is False
    assert judged(function, task, history="steps").matched is False
    assert judged_epochs(function, task, shuffled=True, history="epochs").matched is False


@pytest.mark.parametrize(
    "error", [KeyError("x"), ZeroDivisionError(), AssertionError(), AttributeError(), NameError("y")]
)
def test_an_error_that_is_no_known_mistake_gets_no_name(error):
    def function(x, y, learning_rate, steps):
        raise error

    diagnosis = judged(function, problem())
    assert (diagnosis.mistake, diagnosis.matched) == (None, False)
    assert type(error).__name__ in diagnosis.evidence


@pytest.mark.parametrize("rate", [5.0, 40.0])
def test_a_run_that_diverges_is_named_by_its_first_losses(rate):
    task = problem()
    right = observe_training(right_loops.optimiser, (task.x, task.y, rate, 60))
    summed = observe_training(wrong_loops.summed, (task.x, task.y, rate, 60))
    assert not torch.isfinite(right.parameters[0]).all()
    assert diagnose(right, task.data, rate, 60).matched
    assert diagnose(summed, task.data, rate, 60).mistake == "sum-for-mean"


def test_a_run_that_diverges_for_no_known_reason_is_called_diverged():
    def function(x, y, learning_rate, steps):
        return wrong_loops.by_hand(x, y, learning_rate, 50, lambda *a: 777 * wrong_loops.mean_square(*a) ** 2)

    assert judged(function, problem()).mistake == "diverged"


# The reference


def torch_run(task, loss_of, optimiser_of, batches):
    """The same training in PyTorch, float64."""
    w, b = task.w.double().requires_grad_(), task.b.double().requires_grad_()
    optimiser, losses = optimiser_of([w, b]), []
    for rows in batches:
        optimiser.zero_grad()
        loss = loss_of(task.x[rows].double() @ w + b, task.y[rows].double())
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return torch.cat([w.detach(), b.detach()]).numpy(), losses


LOSSES = {
    "mean": F.mse_loss,
    "sum": lambda z, y: F.mse_loss(z, y, reduction="sum"),
    "n-1": lambda z, y: ((z - y) ** 2).sum() / (len(y) - 1),
    "absolute": F.l1_loss,
    "root": lambda z, y: F.mse_loss(z, y).sqrt(),
    "residual": lambda z, y: (z - y).mean(),
    "square-of-mean": lambda z, y: (z - y).mean() ** 2,
}


@pytest.mark.parametrize("error", LOSSES)
def test_the_reference_agrees_with_pytorch_for_each_loss(error):
    data = problem()
    task = make_task(data.data, 0.04, 7, (torch.randn(3), torch.randn(1)))
    end, losses = torch_run(task, LOSSES[error], lambda p: torch.optim.SGD(p, lr=0.04), [slice(None)] * 7)
    run = train(task, Switches(error=error))
    assert distance(run.end, end) < 1e-12 and np.allclose(run.losses, losses, rtol=1e-12)


@pytest.mark.parametrize(
    ("settings", "switches", "make"),
    [
        ({"momentum": 0.9}, Switches(), lambda p: torch.optim.SGD(p, lr=0.04, momentum=0.9)),
        ({"weight_decay": 0.1}, Switches(), lambda p: torch.optim.SGD(p, lr=0.04, weight_decay=0.1)),
        (
            {"weight_decay": 0.1, "momentum": 0.5}, Switches(),
            lambda p: torch.optim.SGD(p, lr=0.04, momentum=0.5, weight_decay=0.1),
        ),
        ({}, Switches(adam=True), lambda p: torch.optim.Adam(p, lr=0.04)),
    ],
)  # fmt: skip
def test_the_reference_agrees_with_pytorch_for_each_optimiser_and_with_batches(settings, switches, make):
    data = problem()
    batches = [[[0, 5, 2], [7, 1]], [[9], [3, 4, 22]]]
    task = Task(data.x, data.y, torch.randn(3), torch.randn(1), 0.04, 2, batches=batches, **settings)
    end, losses = torch_run(task, F.mse_loss, make, [rows for epoch in batches for rows in epoch])
    run = train(task, switches)
    assert distance(run.end, end) < 1e-12 and np.allclose(run.losses, losses, rtol=1e-12)


def test_the_logistic_reference_agrees_with_pytorch():
    data = problem()
    y = (data.y > data.y.mean()).float()
    task = make_task((data.x, y), 0.3, 7, (torch.randn(3), torch.randn(1)), loss="bce")
    make = [slice(None)] * 7
    end, losses = torch_run(task, F.binary_cross_entropy_with_logits, lambda p: torch.optim.SGD(p, lr=0.3), make)
    run = train(task)
    assert distance(run.end, end) < 1e-12 and np.allclose(run.losses, losses, rtol=1e-12)


def test_weights_may_have_any_shape_that_fits():
    data = problem(outputs=2)
    w, b = torch.randn(2, 3), torch.randn(2)
    linear, product = (make_task(data.data, 0.04, 5, (start, b)) for start in (w, w.T.contiguous()))
    assert torch.equal(train(linear).w, train(product).w.T)
    single = problem(inputs=1)
    for shape in ((), (1,), (1, 1)):
        assert train(make_task(single.data, 0.04, 5, (torch.ones(shape), torch.ones(())))).w.shape == shape


@pytest.mark.parametrize("shapes", [((5, 3), (4,), (3,), (1,)), ((5, 3), (5,), (2,), (1,)), ((5, 3), (5,), (3,), (2,))])
def test_shapes_that_do_not_belong_together_are_refused(shapes):
    x, y, w, b = (torch.zeros(shape) for shape in shapes)
    with pytest.raises(ValueError):
        Task(x, y, w, b, 0.1, 3)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("inputs", [1, 2, 3, 5])
def test_the_default_problem_keeps_all_mistakes_apart(inputs, seed):
    task = problem(inputs=inputs, seed=seed)
    assert separation(task.data, task.learning_rate, task.steps) >= SEPARATED
    assert torch.equal(task.x, problem(inputs=inputs, seed=seed).x)


def test_data_that_hide_a_mistake_have_no_separation():
    """On one row mean and sum, and the first row and all rows, are the same."""
    assert separation((torch.tensor([[2.0]]), torch.tensor([1.0])), 0.1, 3) < 1e-12


def test_the_table_has_right_training_and_every_mistake_that_can_be_made():
    task = problem()
    found = table(make_task(task.data, 0.04, 7))
    assert "correct" in found and len(found) >= 30
    assert all(len(run.losses) >= 1 and run.w.shape == (3,) for run in found.values())
    batches = table(make_task(task.data, 0.04, 3, batch_size=5))
    assert {"last-batch-lost", "always-first-batch"} <= set(batches)


def test_the_reference_does_not_hear_what_is_set_in_torch():
    task = problem()
    before = train(make_task(task.data, 0.04, 7)).end
    torch.set_default_dtype(torch.float16)
    torch.set_default_device("meta")
    try:
        with torch.inference_mode():
            after = train(Task(task.x, task.y, *(torch.zeros(n, device="cpu") for n in (3, 1)), 0.04, 7)).end
    finally:
        torch.set_default_device(None)
        torch.set_default_dtype(torch.float32)
    assert np.array_equal(before, after)


# The trace


def all_answers():
    pairs = wrong_loops.WRONG + mini_batches.SHUFFLED + [(None, function) for function in right_loops.RIGHT]
    return [function for _, function in pairs]


@pytest.mark.parametrize("function", all_answers(), ids=name_of)
def test_a_run_under_the_trace_is_bit_identical(function):
    task, ends = problem(), []
    for trace in (False, True):
        torch.manual_seed(5)
        arguments = (task.x.clone(), task.y.clone(), task.learning_rate, EPOCHS)
        if trace:
            with TrainingTrace(rows_of=arguments[0]):
                result = function(*arguments)
        else:
            result = function(*arguments)
        parts = list(result.parameters()) if isinstance(result, torch.nn.Module) else flat(result)
        ends.append(([part.detach().numpy().tobytes() for part in parts], torch.get_rng_state()))
        assert torch.equal(arguments[0], task.x) and torch.equal(arguments[1], task.y)
    assert ends[0][0] == ends[1][0] and torch.equal(ends[0][1], ends[1][1])


def flat(result):
    for part in result.values() if isinstance(result, dict) else result:
        if isinstance(part, torch.nn.Module):
            yield from part.parameters()
        elif isinstance(part, (list, tuple)):
            yield from flat(part)
        else:
            yield torch.as_tensor(part)


def patched():
    """Everything that the trace replaces while it is open."""
    return [
        torch.optim.Optimizer.__dict__["__init__"], torch.optim.Optimizer.__dict__["zero_grad"], torch.manual_seed,
        torch.random.manual_seed, torch.nn.Module.__dict__["train"], DataLoader.__dict__["__iter__"],
        BatchSampler.__dict__["__iter__"], len(_global_optimizer_pre_hooks),
        len(_global_optimizer_post_hooks), torch.overrides._get_current_function_mode(),
    ]  # fmt: skip


def test_everything_is_put_back_also_after_an_exception_and_when_nested():
    before, task = patched(), problem()
    with TrainingTrace() as outer:
        with TrainingTrace() as inner:
            wrong_loops.summed(task.x, task.y, 0.01, 3)
        with pytest.raises(KeyError):
            with TrainingTrace():
                raise KeyError
        right_loops.optimiser(task.x, task.y, 0.01, 2)
    assert patched() == before
    assert inner.counts()["backwards"] == 3 and outer.counts()["backwards"] == 5
    assert outer.counts()["steps"] == 2


def test_a_failing_optimiser_step_leaves_nothing_behind():
    class Failing(torch.optim.SGD):
        def step(self, closure=None):
            raise ValueError("no step")

    before = patched()

    def function(x, y, learning_rate, steps):
        linear = starts.model(x)
        optimiser = Failing(linear.parameters(), lr=0.1)
        linear(x).mean().backward()
        optimiser.step()

    assert judged(function, problem()).mistake is None
    assert patched() == before


def test_a_trace_records_one_run_only():
    trace = TrainingTrace()
    with trace:
        pass
    with pytest.raises(RuntimeError):
        trace.__enter__()


def test_the_events_tell_the_order_of_things():
    task, trace = problem(), TrainingTrace()
    with trace:
        torch.manual_seed(3)
        right_loops.optimiser(task.x, task.y, 0.1, 2)
    round_ = [("zeroing", "gradient", True), ("backward", "loss", True), ("step", "with gradient", True)]
    assert [event for event in trace.events() if event[0] != "detach"] == [("seed", "3", True), *round_, *round_]
    assert trace.counts() == {
        "steps": 2, "updates": 0, "backwards": 2, "zeroings": 2, "epochs": 0, "batches": 0, "samples": 0,
        "dropped": 0, "unreadable": 0,
    }  # fmt: skip


def test_updates_by_hand_are_recorded_outside_gradient_mode():
    task, trace = problem(), TrainingTrace()
    with trace:
        right_loops.by_hand(task.x, task.y, 0.1, 1)
    assert trace.events() == [
        ("backward", "loss", True), ("number", "connected", True), ("update", "parameter", False),
        ("update", "parameter", False), ("zeroing", "gradient", True), ("zeroing", "gradient", True),
    ]  # fmt: skip


def test_batches_are_recorded_with_their_rows():
    task, trace = problem(rows=7), TrainingTrace()
    with trace:
        for _ in range(2):
            for inputs, _ in DataLoader(TensorDataset(task.x, task.y), batch_size=3):
                assert len(inputs)
    assert [batch["rows"] for batch in trace.loaders.batches] == [[0, 1, 2], [3, 4, 5], [6]] * 2
    assert trace.counts()["samples"] == 14 and trace.counts()["epochs"] == 2
    assert len({iteration["source"] for iteration in trace.loaders.iterations}) == 1


def test_what_the_optimiser_holds_is_recorded():
    task = problem()
    observed = observe_training(wrong_loops.half_momentum, (task.x, task.y, 0.04, 3))
    (facts,) = observed.optimisers
    assert (facts["type"], facts["lr"], facts["momentum"], facts["weight_decay"]) == ("SGD", 0.04, 0.5, 0)
    assert (facts["holds"], facts["of"], facts["steps"]) == (2, 2, 3)
    assert observed.in_place


def test_an_observation_is_plain_data():
    def plain(value):
        if isinstance(value, (list, tuple)):
            return all(map(plain, value))
        if isinstance(value, dict):
            return all(isinstance(key, str) for key in value) and all(map(plain, value.values()))
        return value is None or type(value) in (str, int, float, bool, torch.Tensor)

    task = problem()
    for function in [f for _, f in wrong_loops.WRONG + raising_loops.RAISING] + right_loops.RIGHT:
        data = observe_training(function, (task.x, task.y, 0.04, 3)).to_data()
        assert plain(data)
        again = diagnose(TrainingObserved(**data), task.data, 0.04, 3)
        assert again == diagnose(observe_training(function, (task.x, task.y, 0.04, 3)), task.data, 0.04, 3)


def test_nothing_is_said_on_stderr_or_as_a_warning():
    task = problem()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert judged(right_loops.by_hand, task).matched
        assert judged(wrong_loops.rate_divides, task).mistake == "divided-by-learning-rate"


# Data on which mistakes lie close together, or on top of each other


def tasks_and_questions():
    x = torch.tensor([1.0, 2, 4, 4, 5, 6, 6, 6, 8, 8, 9, 10]).view(-1, 1)
    return x, torch.tensor([5.0, 11, 21, 22, 26, 31, 32, 31, 41, 42, 48, 52]).view(-1, 1)


def column_model(x, y, learning_rate, steps, rate=None, factor=1.0, sgd=True):
    torch.manual_seed(2)
    linear = torch.nn.Linear(1, 1)
    optimiser = torch.optim.SGD(linear.parameters(), lr=rate or learning_rate)
    for _ in range(steps):
        linear.zero_grad()
        (factor * F.mse_loss(linear(x), y)).backward()
        if sgd:
            optimiser.step()
        else:
            with torch.no_grad():
                for parameter in linear.parameters():
                    parameter -= (rate or learning_rate) * parameter.grad
    return linear


@pytest.mark.parametrize("sgd", [True, False])
@pytest.mark.parametrize(
    ("mistake", "options"),
    [(None, {}), ("factor-half", {"factor": 0.5}), ("learning-rate-hard-coded", {"rate": 0.01})],
)
def test_at_a_rate_of_two_hundredths_half_the_loss_is_told_from_a_hard_coded_rate(mistake, options, sgd):
    data = tasks_and_questions()
    observed = observe_training(lambda *task: column_model(*task, sgd=sgd, **options), (*data, 0.02, 200))
    diagnosis = diagnose(observed, data, 0.02, 200)
    assert (diagnosis.mistake, diagnosis.matched) == verdict(mistake)


def test_equal_numbers_without_a_trace_to_tell_them_apart_get_no_name():
    data = tasks_and_questions()

    def by_formula(x, y, learning_rate, steps):
        w, b = torch.zeros(1, 1), torch.zeros(1)
        for _ in range(steps):
            residual = x @ w.T + b - y
            w, b = w - learning_rate * (residual * x).mean(), b - learning_rate * residual.mean()
        return w, b

    observed = observe_training(by_formula, (*data, 0.02, 20))
    diagnosis = diagnose(observed, data, 0.02, 20, start=(torch.zeros(1, 1), torch.zeros(1)))
    assert (diagnosis.mistake, diagnosis.matched) == (None, False)
    assert BY_NUMBERS["factor-half"] in diagnosis.evidence


def test_a_mistake_within_the_tolerance_of_right_is_still_told_from_it():
    """With a tiny rate one step more changes the parameters by less than the tolerance."""
    task = problem()
    starts.current["start"] = "far"
    try:
        wrong_run, right_run = (
            observe_training(function, (task.x, task.y, 1e-6, 7))
            for function in (wrong_loops.up_the_gradient, right_loops.by_hand)
        )
        assert diagnose(wrong_run, task.data, 1e-6, 7).mistake == "wrong-sign"
        assert diagnose(right_run, task.data, 1e-6, 7).matched
    finally:
        starts.current["start"] = "zeros"


@pytest.mark.parametrize("steps", [200, 2000])
def test_long_right_runs_are_right(steps):
    data = tasks_and_questions()
    observed = observe_training(column_model, (*data, 0.02, steps))
    assert diagnose(observed, data, 0.02, steps).matched
