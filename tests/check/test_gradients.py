"""Claims about gradients: they must flow, to every tensor that is asked about, and be the definition's."""

import pytest
import suite

from course import check
from course.check import probers
from course.check.request import Request

ANSWERS = [a for a in suite.read_answers() if a.file == "gradients"]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda a: f"{a.how}, {a.exercise}")
def test_an_answer_is_accepted_or_named_by_its_mistake(answer):
    assert suite.named_here(answer) == answer.mistake


def test_gradients_of_a_module_among_the_arguments_are_those_of_its_parameters():
    source = (
        "class Line(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.linear = nn.Linear(1, 1)\n"
        "    def forward(self, x):\n        return self.linear(x)\n"
        "def loss(x, y, model):\n    return ((model(x) - y) ** 2).mean()\n"
        "def half(x, y, model):\n    return ((model(x) - y) ** 2).mean() / 2\n"
        "def cut(x, y, model):\n    return ((model(x).detach() - y) ** 2).mean()\n"
    )
    namespace = suite.load("a model", source)
    says = (
        "from course import check\nline = lambda d: (d.normal(d.rows, 1), d.normal(d.rows, 1), check.instance('Line', "
        "parameters=(d.normal(1, 1), d.normal(1)), like=nn.Linear(1, 1)))\n"
        "check.gradient({!r}, reference=lambda x, y, m: ((m(x) - y) ** 2).mean(), inputs=line, of=(2,))"
    )
    exec(says.format("loss"), namespace)
    for name, mistake in [("half", "factor-half"), ("cut", "detached-result")]:
        with pytest.raises(check.Wrong) as refused:
            exec(says.format(name), namespace)
        assert refused.value.verdict.mistake == mistake


def test_a_tensor_that_is_lost_is_told_before_a_gradient_that_is_wrong():
    source = "def f(a, b):\n    return (a * a * a).sum()\n"
    namespace = suite.load("a lost tensor", source)
    with pytest.raises(check.Wrong) as refused:
        exec("from course import check\ncheck.gradient('f', reference=lambda a, b: (a * b).sum(), "
             "inputs=lambda d: (d.normal(3), d.normal(3)), of=(0, 1))", namespace)
    assert refused.value.verdict.mistake == "gradient-disconnected"
    assert "with respect to" not in refused.value.verdict.text() and "b" in refused.value.verdict.message[0]


def test_arguments_of_the_request_are_left_without_gradients():
    import torch

    x = torch.ones(3)
    seen = probers.InProcess(suite.load("a copy", "def f(x):\n    return x.sum()\n")).observe(
        Request("f", (x,), gradients=(0,)))
    assert seen.gradients["x"].values.tolist() == [1, 1, 1]
    assert not x.requires_grad and x.grad is None
