"""Claims about the verbs for modules: which classes they accept, which they refuse, and the mistake they name."""

import pytest
import torch
import torch.nn.functional as F
from answer_places import judged
from torch import nn

from course import check
from course.check.verdict import NotAttempted, Raised


def rows_of_three(draw):
    return draw.normal(draw.rows, 3, mean=0.5)


def whole(inputs=rows_of_three, reference=None, **options):
    reference = reference or nn.Linear(3, 2)
    return lambda: check.module("Model", inputs=inputs, reference=reference, **options)


def one_of(verb, **options):
    return lambda: verb("Model", inputs=rows_of_three, reference=F.linear, parameters=[(2, 3), (2,)], **options)


LAYER = """
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 2)

    def forward(self, x):
        return self.linear(x)
"""
OWN = """
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(2, 3))
        self.bias = nn.Parameter(torch.zeros(2))

    def forward(self, x):
        return x @ self.weight.T + self.bias
"""


def layer(**parts):
    """The right answer with its `init` or `forward` replaced."""
    source = LAYER
    if "init" in parts:
        source = source.replace("self.linear = nn.Linear(3, 2)", parts["init"])
    if "forward" in parts:
        source = source.replace("return self.linear(x)", parts["forward"])
    return source.replace("nn.Module", parts.get("base", "nn.Module"))


RIGHT = {
    "one layer": LAYER,
    "own parameters": OWN,
    "own parameters, bias first": OWN.replace(
        "self.weight = nn.Parameter(torch.randn(2, 3))\n        self.bias = nn.Parameter(torch.zeros(2))",
        "self.bias = nn.Parameter(torch.zeros(2))\n        self.weight = nn.Parameter(torch.randn(2, 3))"),
    "a sequential around the layer": layer(init="self.net = nn.Sequential(nn.Linear(3, 2))",
                                           forward="return self.net(x)"),
    "a class derived from nn.Linear": "class Model(nn.Linear):\n    def __init__(self):\n"
                                      "        super().__init__(3, 2)",
    "the functional form": OWN.replace("x @ self.weight.T + self.bias", "F.linear(x, self.weight, self.bias)"),
    "einsum": OWN.replace("x @ self.weight.T", "torch.einsum('nf,of->no', x, self.weight)"),
    "a module list": layer(init="self.layers = nn.ModuleList([nn.Linear(3, 2)])", forward="return self.layers[0](x)"),
    "prints as it goes": layer(forward="print('seen', x.shape)\n        return self.linear(x)"),
    "constants kept as plain tensors beside the layer": layer(
        init="self.linear = nn.Linear(3, 2)\n        self.zero = torch.zeros(1)",
        forward="return self.linear(x) + self.zero"),
}

WRONG = {
    "missing-super-init": [
        layer().replace("        super().__init__()\n", ""),
        layer().replace("super().__init__()", "super().__init__"),
        OWN.replace("        super().__init__()\n", "").replace("nn.Parameter(", "("),
    ],
    "not-a-module": [
        layer(base="object"),
        "def Model(x):\n    return x @ torch.randn(3, 2)",
    ],
    "object-for-class": ["Model = nn.Linear(3, 2)"],
    "plain-tensor-parameters": [
        OWN.replace("nn.Parameter(torch.randn(2, 3))", "torch.randn(2, 3, requires_grad=True)"),
        OWN.replace("nn.Parameter(torch.zeros(2))", "nn.Parameter(torch.zeros(2)) * 1.0"),
        layer(init="self.layers = [nn.Linear(3, 2)]", forward="return self.layers[0](x)"),
        "class Model(nn.Module):\n    linear = nn.Linear(3, 2)\n    def forward(self, x):\n        return self.linear(x)",
    ],
    "no-parameters": [
        layer(init="linear = nn.Linear(3, 2)"),
        layer().replace("__init__(self)", "_init_(self)"),
        "class Model(nn.Module):\n    pass",
    ],
    "no-bias": [layer(init="self.linear = nn.Linear(3, 2, bias=False)")],
    "wrong-layer-size": [
        layer(init="self.linear = nn.Linear(2, 3)"),
        layer(init="self.linear = nn.Linear(3, 1)"),
        layer(init="self.linear = nn.Linear(1, 2)"),
        OWN.replace("torch.zeros(2)", "torch.zeros(1)"),
    ],
    "extra-parameters": [
        layer(init="self.linear = nn.Linear(3, 2)\n        self.other = nn.Linear(2, 2)"),
        layer(init="self.linear = nn.Linear(3, 8)\n        self.second = nn.Linear(8, 2)",
              forward="return self.second(self.linear(x))"),
    ],
    "double-for-float": [layer(init="self.linear = nn.Linear(3, 2, dtype=torch.float64)")],
    "frozen-parameters": [layer().replace("nn.Linear(3, 2)", "nn.Linear(3, 2).requires_grad_(False)")],
    "weight-not-transposed": [
        OWN.replace("torch.randn(2, 3)", "torch.randn(3, 2)").replace("self.weight.T", "self.weight"),
        OWN.replace("self.weight.T", "self.weight"),
    ],
    "forward-missing": [layer().replace("def forward", "def foward")],
    "forward-returns-none": [layer(forward="self.linear(x)"), layer(forward="print(self.linear(x))")],
    "layer-not-called": [layer(forward="return self.linear")],
    "layer-made-in-forward": [
        layer(forward="return nn.Linear(3, 2)(x)"),
        layer(init="pass", forward="return nn.Linear(3, 2)(x)"),
        layer(forward="self.linear = nn.Linear(3, 2)\n        return self.linear(x)"),
        layer(init="pass", forward="self.linear = nn.Linear(3, 2)\n        return self.linear(x)"),
    ],
    "forward-applies-extra": [
        layer(forward="return torch.relu(self.linear(x))"),
        layer(forward="return torch.sigmoid(self.linear(x))"),
        layer(forward="return self.linear(x).softmax(dim=1)"),
        layer(forward="return self.linear(x) + 1"),
        layer(forward="return 2 * self.linear(x)"),
        layer(forward="return self.linear(x).flatten()"),
        layer(forward="return self.linear(x).mean()"),
        layer(forward="return -self.linear(x)"),
    ],
    "shared-layer": [
        "shared = nn.Linear(3, 2)\n" + layer(init="self.linear = shared"),
        "def make(layer=nn.Linear(3, 2)):\n    return layer\n" + layer(init="self.linear = make()"),
    ],
    "another-constructor": [
        LAYER.replace("__init__(self)", "__init__(self, x)"),
        LAYER.replace("__init__(self)", "__init__()").replace("super()", "super(Model, self)"),
    ],
    "another-forward": [LAYER.replace("forward(self, x)", "forward(x)"), LAYER.replace("forward(self, x)", "forward(self, x, y)")],
    "forward-changes-parameters": [
        layer(forward="with torch.no_grad():\n            self.linear.bias += 1\n        return self.linear(x)"),
    ],
    "forward-is-random": [
        layer(forward="return self.linear(x) + 0.1 * torch.randn(len(x), 2)"),
        layer(forward="return F.dropout(self.linear(x))"),
    ],
    "gradient-disconnected": [OWN.replace(" + self.bias", "")],
    "detached-result": [layer(forward="return self.linear(x).detach()")],
    "argument-changed-in-place": [layer(forward="y = self.linear(x)\n        x *= 2\n        return y.clone()").replace(
        "y = self.linear(x)", "y = self.linear(x.clone())")],
    # refused, and of no known kind
    None: [
        layer(forward="return self.linear(x ** 2)"),
        layer(forward="return self.linear(x.flip(0))"),
        layer(forward="return self.linear(x), x"),
        layer(forward="return self.lin(x)"),
    ],
}


@pytest.mark.parametrize("title", RIGHT)
def test_a_right_module_is_accepted(place, title):
    assert judged(place, RIGHT[title], whole()) is None


@pytest.mark.parametrize("mistake,source", [(m, s) for m, sources in WRONG.items() for s in sources])
def test_a_wrong_module_is_refused_and_its_mistake_named(place, mistake, source):
    failed = judged(place, source, whole())
    assert failed is not None
    if mistake is not None:
        assert failed.verdict.mistake == mistake
    assert 2 <= len(failed.verdict.text().splitlines()) <= 7


@pytest.mark.parametrize("source", ["", "Model = ...", layer(init="raise NotImplementedError()"),
                                    layer(forward="raise NotImplementedError()")])
def test_an_unwritten_module_is_not_attempted(place, source):
    assert isinstance(judged(place, source, whole()), NotAttempted)


def test_an_error_in_forward_is_shown_with_the_learners_line(place):
    failed = judged(place, layer(forward="return self.lin(x)"), whole())
    assert isinstance(failed, Raised)
    assert "return self.lin(x)" in failed.verdict.text()


def test_each_verb_holds_one_idea(place):
    squashed, detached = layer(forward="return torch.relu(self.linear(x))"), layer(
        forward="return self.linear(x).detach()")
    structure = lambda: check.module_parameters("Model", parameters=[(2, 3), (2,)])  # noqa: E731
    assert judged(place, squashed, structure) is None
    assert judged(place, detached, structure) is None
    assert judged(place, detached, one_of(check.module_forward)) is None
    assert judged(place, squashed, one_of(check.module_forward)).verdict.mistake == "forward-applies-extra"
    assert judged(place, detached, one_of(check.module_gradients)).verdict.aspect == "gradient"
    assert judged(place, LAYER, one_of(check.module_gradients)) is None


def test_names_are_asked_for_only_where_the_author_gives_names(place):
    due = {"linear.weight": (2, 3), "linear.bias": (2,)}
    named = lambda: check.module_parameters("Model", parameters=due)  # noqa: E731
    assert judged(place, LAYER, named) is None
    assert judged(place, OWN, named).verdict.mistake == "wrong-state-dict-key"


def test_a_buffer_must_be_registered_where_it_is_asked_for(place):
    with_buffer = lambda: check.module_parameters(  # noqa: E731
        "Model", parameters=[(2, 3), (2,)], buffers={"mean": (3,)})
    registered = layer(init="self.linear = nn.Linear(3, 2)\n        self.register_buffer('mean', torch.zeros(3))")
    assert judged(place, registered, with_buffer) is None
    plain = registered.replace("self.register_buffer('mean', torch.zeros(3))", "self.mean = torch.zeros(3)")
    assert judged(place, plain, with_buffer).verdict.mistake == "buffer-not-registered"
    other = registered.replace("torch.zeros(3)", "torch.zeros(1)")
    assert judged(place, other, with_buffer).verdict.aspect == "structure"


def test_constructor_arguments_reach_the_class(place):
    sized = LAYER.replace("__init__(self)", "__init__(self, columns, outputs)").replace(
        "nn.Linear(3, 2)", "nn.Linear(columns, outputs)")
    assert judged(place, sized, whole(arguments=(3, 2))) is None
    hard_coded = sized.replace("nn.Linear(columns, outputs)", "nn.Linear(3, 2)")
    wider = whole(inputs=lambda draw: draw.normal(draw.rows, 4), reference=nn.Linear(4, 5), arguments=(4, 5))
    assert judged(place, sized, wider) is None
    assert judged(place, hard_coded, wider).verdict.mistake == "wrong-layer-size"


def test_a_layer_that_was_given_may_be_shared(place):
    given = LAYER.replace("__init__(self)", "__init__(self, layer)").replace("nn.Linear(3, 2)", "layer")
    assert judged(place, given, whole(arguments=(nn.Linear(3, 2),))) is None


def test_a_column_made_flat_is_told_from_other_shapes(place):
    column = LAYER.replace("nn.Linear(3, 2)", "nn.Linear(3, 1)")
    flat = column.replace("self.linear(x)", "self.linear(x).squeeze(1)")
    assert judged(place, column, whole(reference=nn.Linear(3, 1))) is None
    assert judged(place, flat, whole(reference=nn.Linear(3, 1))).verdict.mistake == "column-made-flat"


def test_a_square_weight_the_wrong_way_round_is_named(place):
    square = OWN.replace("torch.randn(2, 3)", "torch.randn(3, 3)").replace("torch.zeros(2)", "torch.zeros(3)")
    check_square = whole(reference=nn.Linear(3, 3))
    assert judged(place, square, check_square) is None
    turned = square.replace("self.weight.T", "self.weight")
    assert judged(place, turned, check_square).verdict.mistake == "weight-not-transposed"


def test_a_module_with_dropout_may_be_random_where_the_reference_is(place):
    class Reference(nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = nn.Linear(3, 2)

        def forward(self, x):
            return F.dropout(self.linear(x), 0.5, self.training)

    with_dropout = layer(forward="return F.dropout(self.linear(x), 0.5, self.training)")
    assert judged(place, with_dropout, whole(reference=Reference())) is None
    assert judged(place, with_dropout, whole(reference=Reference(), training=False)) is None
    always = with_dropout.replace("self.training", "True")
    assert judged(place, always, whole(reference=Reference(), training=False)).verdict.mistake == "forward-is-random"


def test_a_mistake_costs_the_batch_of_one_too(place):
    squeezing = layer(init="self.linear = nn.Linear(3, 1)", forward="y = self.linear(x)\n"
                      "        return y if len(y) > 1 else y.squeeze()")
    failed = judged(place, squeezing, whole(reference=nn.Linear(3, 1)))
    assert "(1, 3)" in failed.verdict.message[0]


def test_no_message_tells_the_references_numbers(place):
    class Seven(nn.Linear):
        def forward(self, x):
            return super().forward(x) * 0 + 7777.25

    failed = judged(place, LAYER, whole(reference=Seven(3, 2)))
    assert "7777" not in failed.verdict.text()


def test_an_author_must_say_the_shapes_of_a_written_reference():
    with pytest.raises(ValueError, match="parameters="):
        check.module("Model", inputs=rows_of_three, reference=F.linear)
    with pytest.raises(ValueError, match="the reference has"):
        check.module("Model", inputs=rows_of_three, reference=nn.Linear(3, 2), parameters=[(1, 1)])


def test_the_learners_random_numbers_go_on_as_if_nothing_was_checked(place):
    all_of_it = whole()
    torch.manual_seed(3)
    due = torch.rand(2)
    torch.manual_seed(3)
    assert judged(place, LAYER, all_of_it) is None
    assert torch.equal(torch.rand(2), due)
