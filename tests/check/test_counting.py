"""Claims about counting: vectorised code is accepted however it is written, loops are refused however they hide."""
import array
import ast
import functools
import operator
import statistics
import subprocess
import sys
import tempfile
import threading
import types

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, Dataset, TensorDataset

from course.check.counting import Counts, Problem, count, not_vectorised
from course.check.counting.lines import MonitoredLines, TracedLines, free_tool, is_learners_file, learners_lines

ROWS, FEATURES = (64, 512), (8, 128)


def inputs_for(rows, features):
    generator = torch.Generator().manual_seed(rows + features)
    X = torch.randn(rows, features, generator=generator)
    w = torch.randn(features, 1, generator=generator, requires_grad=True)
    return X, w, torch.randn(rows, 1, generator=generator)


def problem_of(function, by="rows", want_gradient=True):
    """What `not_vectorised` says of `function(X, w, y)`; shapes (rows, features), (features, 1), (rows, 1)."""
    counts = []
    sizes = ROWS if by == "rows" else FEATURES
    for size in sizes:
        rows, features = (size, 3) if by == "rows" else (16, size)
        arguments = inputs_for(rows, features)
        function(*arguments)
        counts.append(count(lambda arguments=arguments: function(*arguments), want_gradient))
    elements = max(tensor.numel() for tensor in arguments)
    return not_vectorised(*counts, *sizes, elements, want_gradient)


# ---------------------------------------------------------------- versions of a loss that are vectorised


def mean_of_squares(X, w, y):
    return ((X @ w - y) ** 2).mean()


def library_loss(X, w, y):
    return F.mse_loss(X @ w, y)


def einsum_loss(X, w, y):
    error = torch.einsum("nf,fk->nk", X, w) - y
    return torch.einsum("nk,nk->", error, error) / len(X)


def linear_loss(X, w, y):
    return (F.linear(X, w.T) - y).square().sum() / y.numel()


def module_loss(X, w, y):
    class Line(nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = nn.Parameter(w.detach().clone())

        def forward(self, inputs):
            return inputs @ self.weight

    return nn.MSELoss()(Line()(X), y)


def vmapped_loss(X, w, y):
    return torch.vmap(lambda row, target: (row @ w - target) ** 2)(X, y).mean()


def eight_chunks_loss(X, w, y):
    total = torch.zeros(())
    for rows, targets in zip(X.chunk(8), y.chunk(8), strict=True):
        total = total + ((rows @ w - targets) ** 2).sum()
    return total / len(X)


def norm_loss(X, w, y):
    return torch.linalg.vector_norm(X @ w - y) ** 2 / len(X)


def printing_loss(X, w, y):
    loss = ((X @ w - y) ** 2).mean()
    print(X, f"{y}", f"{loss:.3f}", loss.item(), X.shape)
    return loss


def checking_loss(X, w, y):
    if len(X) != len(y) or not torch.isfinite(X).all():
        raise ValueError("rows differ")
    return ((X @ w - y) ** 2).mean()


@torch.jit.script
def scripted_loss(X, w, y):
    return ((X @ w - y) ** 2).mean()


def column_by_column_loss(X, w, y):
    prediction = sum(X[:, j : j + 1] * w[j] for j in range(X.shape[1]))
    return ((prediction - y) ** 2).mean()


def shuffled_loss(X, w, y):
    order = torch.randperm(len(X)).tolist()
    return ((X[order] @ w - y[order]) ** 2).mean()


def dictionary_loss(X, w, y):
    return {"loss": ((X @ w - y) ** 2).mean(), "parts": [X @ w]}


class OwnBackward(torch.autograd.Function):
    @staticmethod
    def forward(context, error):
        context.save_for_backward(error)
        return error.square().mean()

    @staticmethod
    def backward(context, gradient):
        (error,) = context.saved_tensors
        return gradient * 2 * error / error.numel()


def own_backward_loss(X, w, y):
    return OwnBackward.apply(X @ w - y)


def array_read(X, w, y):
    return torch.from_numpy(np.full((1,), 2, np.float32)) * ((X @ w - y) ** 2).mean()


def written_in_place(X, w, y):
    error = torch.empty_like(y)
    error.copy_(X @ w).sub_(y).square_()
    torch.mul(y, 2, out=torch.zeros(y.shape))
    kept = torch.tensor([0.0] * len(y))
    kept += 1
    return error.mean() * kept.mean()


VECTORISED = [
    mean_of_squares, library_loss, einsum_loss, linear_loss, module_loss, vmapped_loss, eight_chunks_loss, norm_loss,
    printing_loss, checking_loss, scripted_loss, shuffled_loss, dictionary_loss, own_backward_loss,
    array_read, written_in_place,
]  # fmt: skip


@pytest.mark.parametrize("function", [*VECTORISED, column_by_column_loss], ids=lambda f: getattr(f, "__name__", "?"))
def test_vectorised_code_is_accepted_by_rows(function):
    assert problem_of(function) is None


@pytest.mark.parametrize("function", VECTORISED, ids=lambda f: getattr(f, "__name__", "?"))
def test_vectorised_code_is_accepted_by_features(function):
    assert problem_of(function, by="features") is None


# ---------------------------------------------------------------- versions that loop over rows


def row_loop(X, w, y):
    total = torch.zeros(())
    for i in range(len(X)):
        total = total + (X[i] @ w - y[i]).sum() ** 2
    return total / len(X)


def while_loop(X, w, y):
    total, i = 0, 0
    while i < len(X): total, i = total + (X[i] @ w - y[i]).sum() ** 2, i + 1  # noqa: E701
    return total / len(X)


def iterating(X, w, y):
    total = 0
    for row, target in zip(X, y, strict=True):
        total += ((row @ w - target) ** 2).sum()
    return total / len(X)


def comprehension(X, w, y):
    return torch.stack([((row @ w - target) ** 2).sum() for row, target in zip(X, y, strict=True)]).mean()


def generator_expression(X, w, y):
    return sum(((X[i] @ w - y[i]) ** 2).sum() for i in range(len(X))) / len(X)


def mapped_lambda(X, w, y):
    return sum(map(lambda row, target: ((row @ w - target) ** 2).sum(), X, y)) / len(X)


def recursion(X, w, y):
    def total(i):
        return (X[i] @ w - y[i]).sum() ** 2 + (total(i + 1) if i + 1 < len(X) else 0)

    return total(0) / len(X)


def helper_in_a_string(X, w, y):
    namespace = {}
    exec("def total(X, w, y):\n t = 0\n for i in range(len(X)): t = t + ((X[i] @ w - y[i])**2).sum()\n return t", namespace)
    return namespace["total"](X, w, y) / len(X)


def thread_pool(X, w, y):
    totals = []

    def work():
        for i in range(len(X)):
            totals.append(((X[i] @ w - y[i]) ** 2).sum())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return sum(totals) / len(X)


def per_row_vectorize(X, w, y):
    error = (X @ w - y).detach().numpy()
    return torch.tensor(np.vectorize(lambda e: e * e)(error)).mean() + 0 * w.sum()


def apply_loop(X, w, y):
    return (X @ w - y).detach().apply_(lambda e: e * e).mean() + 0 * w.sum()


LINE_LOOPS = [
    row_loop, while_loop, iterating, comprehension, generator_expression, mapped_lambda, recursion, helper_in_a_string,
    thread_pool, per_row_vectorize, apply_loop,
]  # fmt: skip


def mapped_operation(X, w, y):
    return sum(map(torch.dot, X, w.T.expand(len(X), -1))) / len(X)


def built_in_sum(X, w, y):
    return sum((X @ w - y).flatten() ** 2) / len(X)


def reduced(X, w, y):
    return functools.reduce(torch.add, ((X @ w - y) ** 2).flatten().unbind()) / len(X)


def list_operations(X, w, y):
    errors = list((X @ w - y).detach())
    torch._foreach_mul_(errors, errors)
    return torch.stack(errors).mean() + 0 * w.sum()


def unbound_and_stacked(X, w, y):
    return torch.cat((X @ w - y).unbind()).square().mean()


@torch.jit.script
def scripted_loop(X, w, y):
    total = torch.zeros(())
    for i in range(X.shape[0]):
        total = total + ((X[i] @ w - y[i]) ** 2).sum()
    return total / X.shape[0]


@torch.jit.script
def scripted_numbers(X, w, y):
    errors = X @ w - y
    total = 0.0
    for i in range(errors.shape[0]):
        total += float(errors[i])
    return total + 0 * w.sum()


OPERATION_LOOPS = [
    mapped_operation, built_in_sum, reduced, list_operations, unbound_and_stacked, scripted_loop, scripted_numbers,
]  # fmt: skip


class LoopInBackward(torch.autograd.Function):
    @staticmethod
    def forward(context, error):
        context.save_for_backward(error)
        return error.square().mean()

    @staticmethod
    def backward(context, gradient):
        (error,) = context.saved_tensors
        return torch.stack(list(map(torch.mul, error, (2 * gradient / error.numel()).expand(len(error)))))


def loop_in_backward(X, w, y):
    return LoopInBackward.apply(X @ w - y)


def sum_of_list(X, w, y):
    return sum((X @ w - y).flatten().tolist()) / len(X) + 0 * w.sum()


def numpy_mean(X, w, y):
    return torch.tensor(((X @ w - y).detach().numpy() ** 2).mean()) + 0 * w.sum()


def numpy_function(X, w, y):
    return torch.tensor(np.square((X @ w - y).detach()).tolist()).mean() + 0 * w.sum()


def dlpack(X, w, y):
    return float(np.from_dlpack((X @ w - y).detach()).sum()) + 0 * w.sum()


def raw_memory(X, w, y):
    import ctypes

    error = (X @ w - y).detach()
    numbers = (ctypes.c_float * error.numel()).from_address(error.data_ptr())
    return sum(numbers) + 0 * w.sum()


def storage_bytes(X, w, y):
    return sum((X @ w - y).detach().untyped_storage().tolist()) + 0 * w.sum()


held = np.zeros(100_000, np.float32)


def array_written(X, w, y):
    error = (X @ w - y).detach().flatten()
    torch.from_numpy(held)[: len(error)].copy_(error)
    return sum(held[: len(error)].tolist()) / len(error) + 0 * w.sum()


def array_exported_before_and_written(X, w, y):
    error = (X @ w - y).detach().flatten()
    torch.mul(error, error, out=exported[: len(error)])
    return sum(held_of_exported[: len(error)].tolist()) / len(error) + 0 * w.sum()


exported = torch.zeros(100_000)
held_of_exported = exported.numpy()


def buffer_written(X, w, y):
    error = (X @ w - y).detach().flatten()
    numbers = array.array("f", bytes(4 * len(error)))
    torch._foreach_copy_([torch.frombuffer(numbers, dtype=torch.float32)], [error])
    return sum(numbers) / len(error) + 0 * w.sum()


def file_written(X, w, y):
    error = (X @ w - y).detach().flatten()
    with tempfile.NamedTemporaryFile() as file:
        torch.from_file(file.name, shared=True, size=len(error), dtype=torch.float32).copy_(error)
        return sum(array.array("f", file.read())) / len(error) + 0 * w.sum()


def statistics_mean(X, w, y):
    return statistics.fmean((X @ w - y).flatten().tolist()) + 0 * w.sum()


def mapped_products(X, w, y):
    error = (X @ w - y).flatten().tolist()
    return sum(map(operator.mul, error, error)) / len(X) + 0 * w.sum()


@torch.jit.script
def scripted_list(X, w, y):
    numbers: list[float] = torch.flatten(X @ w - y).tolist()
    total = 0.0
    for number in numbers:
        total += number * number
    return total + 0 * w.sum()


ESCAPES = [
    sum_of_list, numpy_mean, numpy_function, dlpack, raw_memory, storage_bytes, statistics_mean, mapped_products,
    scripted_list, array_written, array_exported_before_and_written, buffer_written, file_written,
]  # fmt: skip


def everything_with_everything(X, w, y):
    return ((X @ w).flatten() - y).square().mean()


def detached(X, w, y):
    return ((X @ w - y) ** 2).mean().detach()


REFUSED = (
    [("lines", function) for function in LINE_LOOPS]
    + [("operations", function) for function in OPERATION_LOOPS]
    + [("escaped", function) for function in ESCAPES]
    + [("backward", loop_in_backward), ("blow-up", everything_with_everything), ("no-graph", detached)]
)


@pytest.mark.parametrize("kind, function", REFUSED, ids=lambda value: getattr(value, "__name__", str(value))[:24])
def test_a_loop_over_rows_is_refused_and_its_kind_is_told(kind, function):
    problem = problem_of(function)
    if function in (storage_bytes, scripted_numbers, scripted_list):
        assert problem.kind in ("operations", "escaped")
    else:
        assert problem.kind == kind


def feature_loop(X, w, y):
    prediction = torch.zeros_like(y)
    for j in range(X.shape[1]):
        prediction = prediction + X[:, j : j + 1] * w[j]
    return ((prediction - y) ** 2).mean()


def feature_columns(X, w, y):
    return (sum(map(torch.mul, X.unbind(1), w)) - y.flatten()).square().mean()


def weights_as_numbers(X, w, y):
    return F.linear(X, torch.tensor([w.flatten().tolist()])).sub(y).square().mean() + 0 * w.sum()


@pytest.mark.parametrize(
    "kind, function",
    [("lines", feature_loop), ("operations", feature_columns), ("escaped", weights_as_numbers),
     ("lines", column_by_column_loss)],
    ids=lambda value: getattr(value, "__name__", str(value)),
)  # fmt: skip
def test_a_loop_over_features_is_refused_by_features(kind, function):
    assert problem_of(function, by="features").kind == kind


# ---------------------------------------------------------------- training functions, by batch size


def batches(size, number=4):
    X, _, y = inputs_for(size * number, 3)
    return [(X[i : i + size], y[i : i + size]) for i in range(0, size * number, size)]


def train_on_batches(data, model):
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    losses = []
    for X, y in data:
        optimiser.zero_grad()
        loss = F.mse_loss(model(X), y)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return losses


def train_row_by_row(data, model):
    losses = []
    for X, y in data:
        loss = torch.zeros(())
        for row, target in zip(X, y, strict=True):
            loss = loss + ((model(row) - target) ** 2).sum()
        (loss / len(X)).backward()
        losses.append(loss.item())
    return losses


def train_and_keep_every_error(data, model):
    errors = []
    for X, y in data:
        errors.extend((model(X) - y).flatten().tolist())
    return errors


def problem_by_batch_size(function, make):
    counts = []
    for size in (8, 64):
        data, model = make(size), nn.Linear(3, 1)
        function(data, model)
        counts.append(count(lambda data=data, model=model: function(data, model), want_gradient=False))
    return not_vectorised(*counts, 8, 64, input_elements=64 * 4 * 3, want_gradient=False)


class RowDataset(Dataset):
    def __init__(self, size):
        self.X, _, self.y = inputs_for(4 * size, 3)

    def __len__(self):
        return len(self.X)

    def __getitem__(self, i):
        return self.X[i], self.y[i]


LOADERS = {
    "slices": batches,
    "TensorDataset": lambda size: DataLoader(TensorDataset(*inputs_for(4 * size, 3)[::2]), size, shuffle=True),
    "own Dataset": lambda size: DataLoader(RowDataset(size), batch_size=size, shuffle=True),
}


@pytest.mark.parametrize("make", LOADERS.values(), ids=LOADERS)
def test_training_on_batches_is_accepted_by_batch_size(make):
    assert problem_by_batch_size(train_on_batches, make) is None


@pytest.mark.parametrize("make", LOADERS.values(), ids=LOADERS)
def test_training_row_by_row_is_refused_by_batch_size(make):
    assert problem_by_batch_size(train_row_by_row, make).kind == "lines"


def test_training_that_keeps_every_error_as_a_number_is_refused_by_batch_size():
    problem = problem_by_batch_size(train_and_keep_every_error, batches)
    assert problem == Problem("escaped", 32, 256, ["tolist"])


def test_reading_the_whole_loader_leaves_the_loader_as_it_was():
    before = DataLoader.__iter__
    count(lambda: list(LOADERS["own Dataset"](8)), want_gradient=False)
    assert DataLoader.__iter__ is before


# ---------------------------------------------------------------- the counts themselves


def test_counts_are_plain_numbers_that_can_be_told_by_hand():
    x = torch.ones(6)
    counts = count(lambda: (x * 2).tolist(), want_gradient=True)
    assert counts == Counts(1, 0, 1, 6, ["tolist"], 6, False)


def test_each_further_product_adds_one_backward_operation():
    w = torch.ones(6, requires_grad=True)
    one, two = count(lambda: w * 2), count(lambda: w * 2 * 3)
    assert (one.operations, two.operations) == (1, 2) and one.has_graph
    assert two.backward_operations == one.backward_operations + 1


def test_counting_imports_neither_sympy_nor_the_compiler():
    program = (
        "import sys, torch; from course.check.counting import count; w = torch.ones(6, requires_grad=True);"
        "count(lambda: (w * 2).sum()); count(lambda: w * 2);"
        "sys.exit(bool({'sympy', 'torch._dynamo'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


def test_backward_is_not_run_when_no_gradient_is_wanted():
    w = torch.ones(6, requires_grad=True)
    counts = count(lambda: w * 2, want_gradient=False)
    assert (counts.backward_operations, counts.has_graph) == (0, True)


def test_gradients_of_the_learner_are_left_alone():
    w = torch.ones(3, requires_grad=True)
    w.grad = torch.full((3,), 7.0)
    count(lambda: (w**2).sum())
    assert w.grad.tolist() == [7.0, 7.0, 7.0]


def test_list_operations_count_once_for_each_tensor():
    tensors = [torch.ones(2) for _ in range(5)]
    assert count(lambda: torch._foreach_add(tensors, 1.0)).operations == 5
    assert count(lambda: torch._foreach_add_(tensors, 1.0)).operations == 5


def test_an_expanded_view_is_not_a_blow_up():
    assert count(lambda: torch.ones(100, 1).expand(100, 100)).largest == 100


def test_the_largest_tensor_of_the_backward_pass_counts():
    w = torch.ones(4, requires_grad=True)
    assert count(lambda: w[:1] * 2, want_gradient=False).largest == 1
    assert count(lambda: w[:1] * 2).largest == 4


def squared_sum_of_printed_numbers(X, w, y):
    torch.set_printoptions(precision=12, threshold=10**9, edgeitems=10**9, sci_mode=False)
    numbers = ast.literal_eval(repr(y.flatten()).removeprefix("tensor(").removesuffix(")"))
    return torch.tensor(sum(map(operator.mul, numbers, numbers))) * w.sum()


def test_the_text_of_a_long_tensor_gives_only_its_ends_away_and_options_last():
    options = torch._tensor_str.get_printoptions()
    try:
        with pytest.raises(TypeError, match="ellipsis"):
            problem_of(squared_sum_of_printed_numbers)
        assert torch._tensor_str.get_printoptions() | {"linewidth": 80} == {
            "precision": 12, "threshold": 10**9, "edgeitems": 10**9, "linewidth": 80, "sci_mode": False}
        assert len(ast.literal_eval(repr(torch.zeros(500)).removeprefix("tensor(").removesuffix(")"))) == 500
    finally:
        torch.set_printoptions(**options)


def test_a_function_that_prints_its_tensors_is_vectorised(capsys):
    def printing(X, w, y):
        print(X, f"{y}", X[0, 0])
        return ((X @ w - y) ** 2).mean()

    assert problem_of(printing) is None
    assert "..." in capsys.readouterr().out


def test_the_error_of_the_call_is_raised_and_everything_is_put_back():
    tracer, iterate, call = sys.gettrace(), DataLoader.__iter__, torch._C.ScriptFunction.__call__
    with pytest.raises(ZeroDivisionError):
        count(lambda: 1 / 0)
    assert (sys.gettrace(), DataLoader.__iter__, torch._C.ScriptFunction.__call__) == (tracer, iterate, call)


def test_a_tracer_that_was_there_is_put_back():
    def tracer(frame, event, argument):
        return None

    before, threads_before = sys.gettrace(), threading.gettrace()
    sys.settrace(tracer)
    threading.settrace(tracer)
    try:
        count(lambda: torch.ones(2))
        after = sys.gettrace(), threading.gettrace()
    finally:
        sys.settrace(before)
        threading.settrace(threads_before)
    assert after == (tracer, tracer)


@pytest.mark.parametrize("filename", ["<ipython-input-3-a1b2>", "/tmp/ipykernel_12/34.py", "<string>", __file__])
def test_notebook_cells_strings_and_test_files_are_the_learners(filename):
    assert is_learners_file(filename)


@pytest.mark.parametrize("module", [functools, torch, np, pytest, sys.modules["course.check.counting"]])
def test_installed_packages_and_this_course_are_not_the_learners(module):
    assert not is_learners_file(module.__file__)


def test_sizes_that_cannot_tell_a_loop_are_refused():
    counts = Counts(1, 1, 1, 0, [], 5, True)
    with pytest.raises(ValueError):
        not_vectorised(counts, counts, 1, 5, 5)


def test_each_growth_is_allowed_up_to_the_limit_and_not_beyond():
    small = Counts(10, 10, 10, 10, [], 64, True)
    within = Counts(14, 14, 14, 14, ["item"], 64, True)
    assert not_vectorised(small, within, 64, 512, 64) is None
    assert not_vectorised(small, within, 64, 512, 64, allowed_growth=3) == Problem("lines", 10, 14)


# ---------------------------------------------------------------- sys.monitoring, for Python 3.12 and later


class ImitatedMonitoring:
    """Enough of `sys.monitoring` to drive `MonitoredLines` where there is none."""

    events = types.SimpleNamespace(PY_START=1, LINE=32, JUMP=256)
    DISABLE = object()

    def __init__(self, taken=()):
        self.tools, self.callbacks, self.set = set(taken), {}, {}

    def get_tool(self, tool):
        return "someone" if tool in self.tools else None

    def use_tool_id(self, tool, name):
        self.tools.add(tool)

    def free_tool_id(self, tool):
        self.tools.remove(tool)

    def register_callback(self, tool, event, callback):
        self.callbacks[event] = callback

    def set_events(self, tool, events):
        self.set[tool] = events

    def restart_events(self):
        pass


def first_offset(code, line):
    return next(start for start, _, number in code.co_lines() if number == line)


def test_monitored_lines_take_a_free_tool_and_give_it_back():
    monitoring = ImitatedMonitoring(taken=[4])
    with MonitoredLines(monitoring):
        assert monitoring.tools == {3, 4} and monitoring.set == {3: 1 | 32 | 256}
    assert monitoring.tools == {4} and monitoring.set == {3: 0}
    assert list(monitoring.callbacks.values()) == [None, None, None]


def test_a_jump_back_counts_only_within_a_line():
    monitoring = ImitatedMonitoring()
    one_line = compile("for i in x: f(i)", "<string>", "exec")
    two_lines = compile("for i in x:\n  f(i)", "<string>", "exec")
    start, end = first_offset(one_line, 1), len(one_line.co_code) - 2
    with MonitoredLines(monitoring) as counter:
        jump = monitoring.callbacks[256]
        assert jump(one_line, end, start) is None and counter.lines == 1
        assert jump(one_line, start, end) is monitoring.DISABLE
        assert jump(two_lines, first_offset(two_lines, 2), first_offset(two_lines, 1)) is monitoring.DISABLE
    assert counter.lines == 1


def test_the_start_of_a_one_line_function_counts_once_with_or_without_its_line_event():
    monitoring = ImitatedMonitoring()
    code = (lambda i: i + 1).__code__
    with MonitoredLines(monitoring) as counter:
        start, line = monitoring.callbacks[1], monitoring.callbacks[32]
        start(code, 0)
        start(code, 0)
        assert counter.lines == 2
        line(code, code.co_firstlineno)
        assert counter.lines == 2
        line(code, code.co_firstlineno)
        assert counter.lines == 3


def test_code_of_others_is_switched_off():
    monitoring = ImitatedMonitoring()
    code = functools.singledispatch.__code__
    with MonitoredLines(monitoring) as counter:
        assert monitoring.callbacks[32](code, code.co_firstlineno) is monitoring.DISABLE
        assert monitoring.callbacks[1](code, 0) is monitoring.DISABLE
    assert counter.lines == 0


def test_a_paused_counter_counts_nothing():
    monitoring = ImitatedMonitoring()
    with MonitoredLines(monitoring) as counter:
        counter.paused = True
        monitoring.callbacks[32](row_loop.__code__, 1)
    assert counter.lines == 0


def test_no_free_tool_is_told():
    assert free_tool(ImitatedMonitoring(taken=range(6))) is None


COUNTERS = [TracedLines, MonitoredLines] if hasattr(sys, "monitoring") else [TracedLines]


@pytest.mark.parametrize("counter", COUNTERS)
@pytest.mark.parametrize("function", [row_loop, while_loop, generator_expression, comprehension, mapped_lambda])
def test_every_way_of_counting_lines_gives_the_same_number(counter, function):
    arguments = inputs_for(16, 3)
    with TracedLines() as traced:
        function(*arguments)
    with counter() as counted:
        function(*arguments)
    assert counted.lines == traced.lines >= 16


def test_this_python_counts_lines_the_best_way_it_has():
    assert isinstance(learners_lines(), COUNTERS[-1])
