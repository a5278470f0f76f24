"""Claims about errors: the learner's own line is shown, and the mistake is told by state, never by PyTorch's words."""

import dataclasses

import pytest
import suite
import torch

from course.check import mistakes, probers, recognise
from course.check.observation import ErrorSeen, Observation, TensorSeen
from course.check.recognise import errors as recognise_errors
from course.check.request import Request
from course.check.seeing import see

ANSWERS = [a for a in suite.read_answers() if a.file.startswith("errors_")]
WRONG = [a for a in ANSWERS if a.kind == "wrong"]


def observed(source: str, *arguments) -> Observation:
    return probers.InProcess(suite.load("of a test", source)).observe(Request("f", arguments))


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda a: f"{a.how}, {a.exercise}")
def test_an_error_is_named_by_its_mistake(answer):
    assert suite.named_here(answer) == answer.mistake


@pytest.mark.parametrize("answer", WRONG, ids=lambda a: f"{a.how}, {a.exercise}")
def test_the_words_of_an_error_do_not_matter(answer, monkeypatch):
    def without_words(observation):
        error = observation.error and dataclasses.replace(observation.error, message="")
        return told(dataclasses.replace(observation, error=error))

    told = recognise.error
    monkeypatch.setattr(recognise, "error", without_words)
    verdict = suite.judge(answer, "here")
    assert (verdict.mistake or suite.UNNAMED) == answer.mistake


def test_the_failing_part_of_a_line_is_known():
    seen = observed("def f(x):\n    return x + (x @ x[:,\n        :2]) + 1\n", _table(3, 3)).error
    assert (seen.type, seen.line_number, seen.function) == ("RuntimeError", 2, "f")
    assert seen.line == "return x + (x @ x[:,"
    assert seen.expression == "x + (x @ x[:,\n        :2])"
    assert seen.source.startswith("def f(x):")


def test_columns_after_characters_of_several_bytes_are_right():
    seen = observed("def f(größe):\n    return größe.sum() + größe.größer\n", _table(2, 2)).error
    assert seen.expression == "größe.größer"


def test_names_of_the_notebook_are_seen_where_the_line_uses_them():
    seen = observed("weights, unused = torch.ones(4), torch.ones(5)\ndef f(x):\n    return x @ weights\n", _table(2, 3)).error
    assert {"x", "weights"} <= set(seen.locals) and "unused" not in seen.locals


def test_leaves_without_a_gradient_are_found_inside_modules():
    seen = observed("model = nn.Linear(3, 1)\ndef f(x):\n    return model.weight.grad + x\n", _table(2, 3)).error
    assert seen.grads_missing == ("model.weight", "model.bias")


def test_an_error_without_columns_is_still_read_by_its_line():
    seen = observed("def f(x):\n    return x @ x\n", _table(2, 3))
    bare = dataclasses.replace(seen, error=dataclasses.replace(seen.error, expression=""))
    assert recognise.error(bare).mistake == "matrix-product-shapes"


@pytest.mark.parametrize("line", ["", "return (", "x @", "\x00", "return x @ w", "if"])
def test_a_line_that_says_nothing_is_not_named(line):
    error = ErrorSeen("RuntimeError", ("Exception",), "size mismatch", line=line, line_number=1)
    assert recognise.error(Observation("f", "raised", "f()", error=error)) is None


def test_two_devices_are_told_apart_by_type_and_numbers_may_cross():
    table = _table(2, 2)
    for shape, mistake in [((2, 2), "device-mismatch"), ((), None)]:
        other = TensorSeen(table.new_zeros(shape), device="cuda:0")
        places = {"x": TensorSeen(table), "w": other}
        error = ErrorSeen("RuntimeError", (), "", line="return x * w", line_number=1, expression="x * w", locals=places)
        found = recognise.error(Observation("f", "raised", "f(x (2, 2))", error=error))
        assert (found and found.mistake) == mistake


def test_the_learners_tensors_are_not_changed_by_looking_at_them():
    seen = observed("def f(x):\n    y = x.clone().requires_grad_()\n    return (y @ x.view(-1)).sum()\n", _table(2, 3))
    before = {name: value.values.clone() for name, value in seen.error.locals.items()}
    recognise.error(seen)
    assert all(value.values.equal(before[name]) for name, value in seen.error.locals.items())
    assert not any(value.values.requires_grad for value in seen.error.locals.values())


def test_looking_never_calls_the_learners_code():
    source = "calls = []\nclass T:\n    def mean(self):\n        calls.append(1)\n        raise RuntimeError\n"
    namespace = suite.load("of calls", source + "def f(x):\n    t = T()\n    return t.mean()\n")
    seen = probers.InProcess(namespace).observe(Request("f", (_table(2, 2),)))
    recognise.error(seen)
    assert namespace["calls"] == [1]


def _table(*shape):
    return torch.arange(1.0, 1 + torch.Size(shape).numel()).reshape(shape)


LINES = [
    "x @ w", "x + w", "x.view(-1)", "x.view()", "x.mean()", "torch.mean()", "x[w]", "x[w, w, 1:w]", "x[None]", "w.grad.zero_()",
    "w.grad = 0", "w -= x.grad", "x.backward()", "torch.autograd.grad()", "loss.backward(x)", "torch.optim.SGD()",
    "SGD(m, lr=w)", "SGD([x, *w])", "SGD((p for p in m))", "DataLoader(x, shuffle=w, sampler=x)", "F.cross_entropy(x, w)",
    "nn.CrossEntropyLoss()(x, x.long())", "m(x)", "m(x, w)", "m.linear(x)", "m.weight = x", "m.a.b.c = x", "stack(x)",
    "torch.stack(items)", "torch.stack()", "float(x)", "int()", "x.item()", "np.array()", "np.sum(x)", "x.numpy()",
    "if x > w: pass", "while x: pass", "assert x == w", "lambda: x", "x if w else x", "[y for y in x]", "x.grad.data + w",
    "-x.grad", "f(*x, **m)", "x.requires_grad = True", "torch.tensor(x, requires_grad=True)", "x.sum(dim=w)",
    "F.binary_cross_entropy(x, w)", "x.reshape((2, w))", "x ** w ** w", "x @ (w @ (x @ w))", "await x", "del x", "x: int = w",
]


@pytest.mark.parametrize("line", LINES)
def test_no_line_upsets_the_recognisers(line):
    table = _table(2, 3)
    values = [table, table.long(), table[0, 0], table[:0], table.numpy(), torch.nn.Linear(3, 2), 3, 0.5, None, "t", [table],
              [], (p for p in []), table.clone().requires_grad_(), torch.nn.Parameter(table), table.to(torch.complex64)]
    seen = [see(value) for value in values]
    for kind in ("RuntimeError", "TypeError", "ValueError", "IndexError", "AttributeError"):
        for position, one in enumerate(seen):
            places = {"x": one, "w": seen[position - 1], "m": seen[position - 2], "items": seen[position - 3], "loss": one}
            error = ErrorSeen(kind, (), "", line, 1, "f", places, ("w",), "", line if position % 2 else "",
                              f"def f(x):\n    for _ in x:\n        {line}\n        x.backward()")
            found = recognise_errors.recognise(Observation("f", "raised", "f(x (1, 3))", error=error))
            assert found is None or found.mistake in mistakes.catalogue()
