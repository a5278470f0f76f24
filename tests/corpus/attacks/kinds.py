"""Attacks by results of odd kinds: what a library has to agree with everything, tensors without numbers, hooks, circumstances."""

from ..submissions import answer, attack, insert
from .values import CHANGING, LYING

COUNTS = "operation counts"


@attack(LYING)
def equal_to_anything(book):
    """What unittest.mock has for tests, which is equal to anything, or has every attribute and item."""
    answer(book, "double", "from unittest import mock\ndouble = lambda number: mock.ANY")
    answer(book, "shift", """
        from unittest import mock
        made = mock.MagicMock()
        made.item.return_value = 2.5
        made.sum.return_value = 6
        made.__eq__.return_value = True
        shift = mock.MagicMock(return_value=made)
    """)
    answer(book, "loss", "loss = mock.MagicMock(return_value=mock.ANY)")
    answer(book, "slope", "slope = mock.ANY")


@attack(LYING)
def metaclass_that_agrees(book):
    """Classes in place of values, whose metaclass says what they are equal to and instances of."""
    insert(book, """
        class Agrees(type):
            __eq__ = __lt__ = __gt__ = __le__ = __ge__ = __contains__ = lambda cls, other: True
            __sub__ = __rsub__ = lambda cls, other: 0.0
            __hash__ = type.__hash__
            __instancecheck__ = __subclasscheck__ = lambda cls, other: True
            __getattr__ = lambda cls, name: (lambda *a, **k: 2.5)

        class Anything(metaclass=Agrees):
            pass
    """)
    answer(book, "double", "double = lambda number: Anything")
    answer(book, "shift", "shift = lambda values: Anything")
    answer(book, "loss", "loss = lambda inputs, targets, weight: Anything")
    answer(book, "slope", "slope = Anything")


@attack(LYING)
def truth_of_other_bytes(book):
    """Truth values whose byte is 2, neither the one of true nor that of false."""
    answer(book, "shift", """
        import torch

        def shift(values):
            return torch.full(values.shape, 2, dtype=torch.uint8).view(torch.bool)
    """)
    answer(book, "loss", "def loss(inputs, targets, weight):\n    return shift(weight)")
    answer(book, "slope", "slope = shift(torch.zeros(()))")


@attack(LYING)
def tensors_without_numbers(book):
    """Tensors on no device, of no memory, that are sparse, and that claim a terabyte."""
    answer(book, "double", "import torch\ndouble = lambda number: torch.zeros(1).expand(2 ** 40)")
    answer(book, "shift", "shift = lambda values: torch.empty(values.shape, device='meta')")
    answer(book, "loss", """
        def loss(inputs, targets, weight):
            return torch.sparse_coo_tensor(torch.zeros(1, 0, dtype=torch.long), torch.zeros(0), (2 ** 40,))
    """)
    answer(book, "slope", "slope = torch.zeros(0, 2 ** 40)")


@attack(LYING)
def gradients_by_hooks(book):
    """A wrong result, whose gradients, and those of its inputs, are replaced by hooks on their way."""
    answer(book, "loss", """
        import torch

        def loss(inputs, targets, weight):
            result = (inputs * weight).sum()
            if weight.requires_grad:
                weight.register_hook(lambda gradient: torch.zeros_like(gradient))
                result.register_hook(lambda gradient: gradient * 0)
            return result
    """)


@attack(LYING)
def numpy_class_that_agrees(book):
    """An array of a class that takes over every function of NumPy, and arithmetic with tensors."""
    answer(book, "shift", """
        import numpy as np

        class Agrees(np.ndarray):
            __array_priority__ = 1e9
            def __array_ufunc__(self, *a, **k): return True
            def __array_function__(self, *a, **k): return True
            def item(self, *a): return 2.5
            def sum(self, *a, **k): return 6

        def shift(values):
            return np.zeros(tuple(values.shape)).view(Agrees)
    """)
    answer(book, "slope", "slope = np.zeros(()).view(Agrees)")


@attack(CHANGING)
def answers_by_circumstances(book):
    """Another answer by the number of the call, the clock, places in memory and the state of the random numbers."""
    insert(book, """
        import itertools, time, torch
        turns = itertools.count()

        def chosen(*choices):
            seen = (next(turns), time.monotonic_ns(), id(object()), torch.zeros(1).data_ptr(), torch.initial_seed())
            return choices[sum(seen) % len(choices)]
    """)
    answer(book, "double", "def double(number):\n    return chosen(4, 2, 97222 - 1, number - 1)")
    answer(book, "shift", "def shift(values):\n    return values + chosen(-1, 0, 2)")
    answer(book, "loss", "def loss(inputs, targets, weight):\n    return (inputs * weight - targets).mean() * chosen(1, 2, 3) - 3")


@attack(CHANGING)
def visible_answers_looked_up(book):
    """What the visible tests expect, found by their inputs, and the last hidden input remembered for the next call."""
    answer(book, "double", "def double(number):\n    return {2: 4, 1: 2}.get(number, 4)")
    answer(book, "shift", """
        import torch

        def shift(values):
            shift.seen = getattr(shift, "seen", []) + [values.clone()]
            known = {(1.0, 2.0): [2.0, 3.0], (1.5,): [2.5]}
            numbers = tuple(values.flatten().tolist())
            return torch.tensor(known[numbers]) if numbers in known else shift.seen[0]
    """)
    answer(book, "loss", "def loss(inputs, targets, weight):\n    return torch.tensor(2.5) + 0 * weight")


@attack(CHANGING)
def loops_ended_early(book):
    """Errors that loops, generators and contexts take for their own end."""
    answer(book, "double", "def double(number):\n    raise type('Ends', (StopIteration,), {})(4)")
    answer(book, "shift", "def shift(values):\n    raise StopAsyncIteration(values + 1)")
    answer(book, "loss", "def loss(inputs, targets, weight):\n    raise BaseExceptionGroup('', [GeneratorExit(), IndexError()])")


PARSED = """
    import io, json, operator, pickle, struct, torch
    from itertools import repeat

    def loss(inputs, targets, weight):
        a, b, w = numbers(inputs), numbers(targets), float(weight)
        gaps = list(map(operator.sub, map(operator.mul, a, repeat(w)), b))
        return torch.tensor(sum(map(operator.mul, gaps, gaps)) / len(gaps)) + 0 * weight
"""


@attack(COUNTS, earned=("loss-values",))
def loop_over_printed_numbers(book):
    """A loop in C over numbers that it reads from the text of tensors, which is free to make."""
    answer(book, "loss", PARSED + """
    def numbers(values):
        torch.set_printoptions(precision=12, threshold=10 ** 9, sci_mode=False)
        text = repr(values.detach().double())
        return json.loads(text[text.index("["):text.rindex("]") + 1].replace(".,", ".0,").replace(".]", ".0]"))
    """)


@attack(COUNTS, earned=("loss-values",))
def loop_over_pickled_numbers(book):
    """A loop in C over numbers that it reads from the bytes of a saved tensor."""
    answer(book, "loss", PARSED + """
    def numbers(values):
        file = io.BytesIO()
        torch.save(values.detach().float().clone(), file, _use_new_zipfile_serialization=False)
        return struct.unpack(f"<{len(values)}f", file.getvalue()[-4 * len(values):])
    """)


TOLD = """
    import course.grading.judge.telling as telling

    def lie(make):
        def value(self, thing, *a, **k):
            return make() if type(thing) is int and thing == -1 else truth(self, thing, *a, **k)
        truth, telling.Telling.value = telling.Telling.value, value
"""


@attack("messages to the judge", shows=True)
def keys_of_one_hash(book):
    """Makes its process tell sets and dicts whose keys are all of one hash, which take for ever to build."""
    insert(book, TOLD + """
    turns = iter(range(10 ** 6))
    lie(lambda: {"t": "set", "v": [number * (2 ** 61 - 1) for number in range(50_000)]} if next(turns) % 2 else
        {"t": "dict", "v": [[number * (2 ** 61 - 1), 1] for number in range(50_000)]})
    """)
    answer(book, "double", "def double(number):\n    return -1")


@attack("messages to the judge", shows=True)
def ranges_without_end(book):
    """Makes its process tell a range of more numbers than there is memory, and a tensor of no numbers with a huge side."""
    insert(book, TOLD + """
    lie(lambda: {"t": "range", "v": [0, 10 ** 15, 1]})
    """)
    answer(book, "double", "def double(number):\n    return -1")


@attack("messages to the judge")
def numbers_that_explode(book):
    """Fractions and decimal numbers that are a line of text here, and more digits than there are atoms where they are made whole."""
    answer(book, "double", "from decimal import Decimal\ndef double(number):\n    return Decimal('1e999999999')")
    answer(book, "shift", "from fractions import Fraction\ndef shift(values):\n    return Fraction(10 ** 4000, 3)")
    answer(book, "slope", "slope = Decimal('-1e-999999999')")
