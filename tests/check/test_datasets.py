"""Claims about check.dataset: which data sets it accepts, which it refuses, and the mistake it names."""

import pytest
import torch
from answer_places import judged
from torch.utils.data import TensorDataset

from course import check
from course.check.verdict import NotAttempted, Raised

LINE = """
class LineDataset(Dataset):
    def __init__(self):
        torch.manual_seed(1)
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.f = self.x - 1
        self.y = self.f + 0.1 * torch.randn(self.x.size())
        self.len = self.x.shape[0]

    def __getitem__(self, index):
        return self.x[index], self.y[index]

    def __len__(self):
        return self.len
"""


def line(**parts):
    """The right answer with what __init__ ends with, what an item is, or what the length is, replaced."""
    source = LINE
    if "init" in parts:
        source = source.replace("        self.len = self.x.shape[0]\n", f"        self.len = 60\n        {parts['init']}\n")
    if "item" in parts:
        source = source.replace("return self.x[index], self.y[index]", parts["item"])
    if "length" in parts:
        source = source.replace("return self.len", parts["length"])
    return source


def published():
    generator = torch.Generator().manual_seed(1)
    x = torch.arange(-3, 3, 0.1).view(-1, 1)
    return TensorDataset(x, x - 1 + 0.1 * torch.randn(x.size(), generator=generator))


def by_numbers():
    check.dataset("LineDataset", items=published())


def near_the_line(index, x, y):
    return abs(x.item() - (-3 + 0.1 * index)) < 1e-4 and abs(y.item() - (x.item() - 1)) < 0.5


def by_relation():
    check.dataset("LineDataset", length=60, like=(torch.zeros(1), torch.zeros(1)), holds=near_the_line)


RIGHT = {
    "as in the lecture": LINE,
    "len from the tensor": line(length="return len(self.x)"),
    "items as a list": line(item="return [self.x[index], self.y[index]]"),
    "a named tuple": "from collections import namedtuple\nPair = namedtuple('Pair', 'x y')\n"
                     + line(item="return Pair(self.x[index], self.y[index])"),
    "pairs made beforehand": line(init="self.pairs = list(zip(self.x, self.y))", item="return self.pairs[index]"),
    "derived from TensorDataset": "class LineDataset(TensorDataset):\n    def __init__(self):\n"
        "        torch.manual_seed(1)\n        x = torch.arange(-3, 3, 0.1).view(-1, 1)\n"
        "        super().__init__(x, x - 1 + 0.1 * torch.randn(60, 1))",
}
# right where noise may be drawn in any order, and not the published numbers
OTHER_NOISE = {
    "no seed": LINE.replace("        torch.manual_seed(1)\n", ""),
    "NumPy's noise": LINE.replace("torch.randn(self.x.size())",
                                  "torch.from_numpy(np.random.randn(60, 1)).float()"),
}

WRONG = {
    "length-off-by-one": [
        line(length="return self.len - 1"),
        line(length="return len(self.x) + 1"),
        LINE.replace("torch.arange(-3, 3, 0.1)", "torch.arange(-3, 2.85, 0.1)"),
    ],
    "item-keeps-dimension": [
        line(item="return self.x[index:index + 1], self.y[index:index + 1]"),
        line(item="return self.x[[index]], self.y[[index]]"),
        line(item="return self.x[index].unsqueeze(0), self.y[index].unsqueeze(0)"),
    ],
    "broadcast-n-by-n": [LINE.replace("torch.randn(self.x.size())", "torch.randn(60)")],
    "item-drops-dimension": [
        line(item="return self.x[index, 0], self.y[index, 0]"),
        LINE.replace(".view(-1, 1)", ""),
    ],
    "item-dtype": [
        line(item="return self.x[index].item(), self.y[index].item()"),
        line(item="return self.x[index].double(), self.y[index].double()"),
        line(item="return self.x[index].numpy().astype('float64'), self.y[index]"),
    ],
    "array-for-tensor": [line(item="return self.x[index].numpy(), self.y[index].numpy()")],
    "item-not-a-pair": [
        line(item="return self.x[index]"),
        line(item="return torch.stack((self.x[index], self.y[index]))"),
        line(item="return {'x': self.x[index], 'y': self.y[index]}"),
        line(item="return self.x[index], self.y[index], index"),
    ],
    "no-return": [line(item="self.x[index], self.y[index]")],
    "item-ignores-index": [
        line(item="return self.x[0], self.y[0]"),
        line(item="return self.x, self.y"),
    ],
    "item-off-by-one": [
        line(item="return self.x[index - 1], self.y[index - 1]"),
        line(item="return self.x[(index + 1) % 60], self.y[(index + 1) % 60]"),
    ],
    "pair-exchanged": [line(item="return self.y[index], self.x[index]")],
    "pairs-broken": [
        line(init="self.x = self.x[torch.randperm(60)]"),
        line(init="self.x, self.y = self.x[torch.randperm(60)], self.y[torch.randperm(60)]"),
        line(init="self.y = self.y.sort(0).values.flip(0)"),
    ],
    "wrong-order": [line(item="return self.x[59 - index], self.y[59 - index]")],
    "noise-drawn-per-item": [
        line(item="return self.x[index], self.f[index] + 0.1 * torch.randn(1)"),
    ],
    "ragged-items": [
        line(item="return self.x[index], self.y[index:index + 2, 0][:1 + (index % 2)]"),
        line(item="return self.x[index], self.y[index] if index else self.y"),
    ],
    "not-a-dataset": [LINE.replace("(Dataset)", "")],
    "object-for-class": [LINE + "\nLineDataset = LineDataset()"],
    "dataset-method-missing": [
        LINE.replace("def __len__", "def _len_"),
        LINE.replace("def __getitem__", "def getitem"),
        LINE.replace("def __len__", "def len"),
    ],
    "length-not-whole": [
        line(length="return 60.0"),
        line(length="self.len"),
        line(length="return self.x.shape"),
    ],
    "another-signature": [LINE.replace("def __getitem__(self, index)", "def __getitem__(self)")],
    # refused, and of no known kind
    None: [
        line(length="return 2"),
        line(item="return self.x[index], self.f[index]"),
        line(item="return self.x[index] / 3, self.y[index]"),
        line(item="return self.data[index]"),
    ],
}


@pytest.mark.parametrize("title", RIGHT)
def test_a_right_data_set_is_accepted(place, title):
    assert judged(place, RIGHT[title], by_numbers) is None
    assert judged(place, RIGHT[title], by_relation) is None


@pytest.mark.parametrize("title", OTHER_NOISE)
def test_other_noise_is_accepted_by_a_relation_and_refused_by_numbers(place, title):
    assert judged(place, OTHER_NOISE[title], by_relation) is None
    assert judged(place, OTHER_NOISE[title], by_numbers).verdict.mistake is None


@pytest.mark.parametrize("mistake,source", [(m, s) for m, sources in WRONG.items() for s in sources])
def test_a_wrong_data_set_is_refused_and_its_mistake_named(place, mistake, source):
    failed = judged(place, source, by_numbers)
    assert failed is not None
    assert failed.verdict.mistake == mistake
    assert 2 <= len(failed.verdict.text().splitlines()) <= 7


@pytest.mark.parametrize("mistake", ["pairs-broken", "pair-exchanged", "item-ignores-index", "noise-drawn-per-item"])
def test_a_relation_names_the_mistakes_that_numbers_name(place, mistake):
    about_the_line = lambda: check.dataset(  # noqa: E731
        "LineDataset", length=60, like=(torch.zeros(1), torch.zeros(1)),
        holds=lambda index, x, y: abs(y.item() - (x.item() - 1)) < 0.45 or "the target is not near x − 1.")
    for source in WRONG[mistake]:
        if "self.x[0]" not in source:  # one right pair, always: the line holds for it
            assert judged(place, source, about_the_line).verdict.mistake == mistake


@pytest.mark.parametrize("source", ["", "LineDataset = ...", line(item="raise NotImplementedError()"),
                                    line(length="raise NotImplementedError()"),
                                    line(init="raise NotImplementedError()")])
def test_an_unwritten_data_set_is_not_attempted(place, source):
    assert isinstance(judged(place, source, by_numbers), NotAttempted)


def test_an_error_in_an_item_is_shown_with_index_and_line(place):
    failed = judged(place, line(item="return self.data[index]"), by_numbers)
    assert isinstance(failed, Raised)
    assert failed.verdict.message[0].startswith("LineDataset(…)[0] raised AttributeError")
    assert "return self.data[index]" in failed.verdict.text()


PAIRS = """
class Pairs(Dataset):
    def __init__(self, inputs, targets):
        self.inputs, self.targets = inputs, targets

    def __len__(self):
        return len(self.inputs)

    def __getitem__(self, index):
        return self.inputs[index], self.targets[index]
"""


def fresh_pairs():
    check.dataset("Pairs", reference=TensorDataset,
                  inputs=lambda draw: (draw.normal(draw.rows, 3), draw.integers(0, 3, draw.rows)))


def test_a_data_set_of_given_tensors_is_compared_on_fresh_ones(place):
    assert judged(place, PAIRS, fresh_pairs) is None
    floats = PAIRS.replace("self.targets[index]", "self.targets[index].float()")
    assert judged(place, floats, fresh_pairs).verdict.mistake == "labels-as-floats"
    hard_coded = PAIRS.replace("return len(self.inputs)", "return 5")
    assert judged(place, hard_coded, fresh_pairs).verdict.aspect == "length"
    exchanged = PAIRS.replace("self.inputs[index], self.targets[index]", "self.targets[index], self.inputs[index]")
    assert judged(place, exchanged, fresh_pairs).verdict.mistake == "pair-exchanged"


def test_the_end_is_asked_for_only_where_the_author_asks(place):
    wrapping = PAIRS.replace("[index]", "[index % len(self)]")
    fixed = dict(arguments=(torch.arange(5.0), torch.arange(5.0)), length=5,
                 items=lambda index: (torch.tensor(index % 5.0), torch.tensor(index % 5.0)))
    assert judged(place, wrapping, lambda: check.dataset("Pairs", **fixed)) is None
    ending = lambda: check.dataset("Pairs", ends=True, **fixed)  # noqa: E731
    assert judged(place, wrapping, ending).verdict.mistake == "no-end-of-items"
    assert judged(place, PAIRS, ending) is None


def test_negative_indices_are_asked_for_only_where_the_author_asks(place):
    refusing = PAIRS.replace("return self.inputs[index], self", "if index < 0:\n            raise IndexError('below 0')\n"
                             "        return self.inputs[index], self")
    fixed = dict(arguments=(torch.arange(5.0), torch.arange(5.0)),
                 items=TensorDataset(torch.arange(5.0), torch.arange(5.0)))
    assert judged(place, refusing, lambda: check.dataset("Pairs", **fixed)) is None
    assert isinstance(judged(place, refusing, lambda: check.dataset("Pairs", also=(-1,), **fixed)), Raised)
    assert judged(place, PAIRS, lambda: check.dataset("Pairs", also=(-1,), **fixed)) is None


def test_all_items_together_may_be_asked_for(place):
    centred = lambda: check.dataset(  # noqa: E731
        "Pairs", inputs=lambda draw: (draw.normal(draw.rows, 2) + 3, draw.normal(draw.rows)), reference=TensorDataset,
        holds=lambda index, x, y: True,
        overall=lambda x, y: bool(x.mean(0).abs().max() < 1e-5) or "the mean of the inputs is not zero.")
    assert "is not zero" in judged(place, PAIRS, centred).verdict.text()
    centring = PAIRS.replace("inputs, targets\n", "inputs - inputs.mean(0), targets\n")
    assert judged(place, centring, centred) is None


def test_an_authors_own_wrong_items_are_named(place):
    scaled = line(item="return self.x[index] / 3, self.y[index]")
    data = published()
    named = lambda: check.dataset(  # noqa: E731
        "LineDataset", items=data, mistaken={"sum-for-mean": lambda index: (data[index][0] / 3, data[index][1])})
    assert judged(place, scaled, named).verdict.mistake == "sum-for-mean"


def test_a_large_data_set_is_looked_at_from_first_to_last(place):
    numbers = torch.arange(1000.0).view(-1, 1)
    large = lambda: check.dataset("Pairs", arguments=(numbers, numbers), items=TensorDataset(numbers, numbers))  # noqa: E731
    assert judged(place, PAIRS, large) is None
    last_row_off = PAIRS.replace("self.targets[index]", "self.targets[min(index, 998)]")
    assert judged(place, last_row_off, large).verdict.aspect == "values"


def test_an_author_must_say_what_the_items_are():
    with pytest.raises(ValueError, match="one of"):
        check.dataset("LineDataset", length=60)
    with pytest.raises(ValueError, match="holds"):
        check.dataset("LineDataset", length=60, like=(torch.zeros(1),))
    with pytest.raises(ValueError, match="length="):
        check.dataset("LineDataset", items=lambda index: torch.zeros(1))
