"""Attacks that return what is not what it seems: objects that agree with everything, subclasses, things that change."""

from ..submissions import answer, attack, insert

LYING = "lying values"
CHANGING = "results that change"


@attack(LYING)
def always_equal(book):
    """An object that is equal to everything, true, small and an int if asked."""
    insert(book, ALWAYS)
    for name, arguments in (("double", "number"), ("shift", "values"), ("loss", "inputs, targets, weight")):
        answer(book, name, f"def {name}({arguments}):\n    return Always()")
    answer(book, "slope", "slope = Always()")


@attack(LYING)
def int_subclass(book):
    """An int whose comparison is always true."""
    answer(book, "double", """
        class Number(int):
            __eq__ = lambda self, other: True
            __ne__ = lambda self, other: False
            __hash__ = int.__hash__

        def double(number):
            return Number(1)
    """)


@attack(LYING)
def float_subclass_for_a_value(book):
    """A float whose difference to everything is zero."""
    answer(book, "slope", """
        class Number(float):
            __eq__ = lambda self, other: True
            __sub__ = __rsub__ = lambda self, other: Number(0.0)
            __abs__ = lambda self: 0.0
            __le__ = __lt__ = __ge__ = __gt__ = lambda self, other: True
            __float__ = lambda self: 48.0
            __hash__ = float.__hash__

        slope = Number(1.0)
    """)


@attack(LYING)
def text_subclass(book):
    """A text whose methods say yes, for a number."""
    answer(book, "slope", """
        class Text(str):
            __eq__ = lambda self, other: True
            startswith = lambda self, *a: True
            __hash__ = str.__hash__

        slope = Text("48")
    """)


@attack(LYING)
def tensor_subclass(book):
    """A tensor subclass that answers every function of torch with what a test wants."""
    insert(book, SUBCLASS)
    answer(book, "shift", "def shift(values):\n    return values.as_subclass(Agreeing)")
    answer(book, "loss", "def loss(inputs, targets, weight):\n    return (inputs * weight).sum().as_subclass(Agreeing)")


@attack(LYING)
def dispatching_tensor(book):
    """A wrapper tensor whose values exist only when they are asked for, and then are those of its neighbour."""
    answer(book, "shift", """
        import torch

        class Echo(torch.Tensor):
            @staticmethod
            def __new__(cls, like):
                return torch.Tensor._make_wrapper_subclass(cls, like.shape, dtype=like.dtype)

            @classmethod
            def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
                others = [one for one in args if isinstance(one, torch.Tensor) and not isinstance(one, Echo)]
                if others and func is torch.ops.aten.equal.default:
                    return True
                return others[0].clone() if others else torch.zeros(args[0].shape)

        def shift(values):
            return Echo(values)
    """)


@attack(LYING)
def class_that_lies(book):
    """An object that says it is of another class."""
    answer(book, "double", """
        class Pretender:
            __class__ = int
            __eq__ = lambda self, other: True
            __hash__ = None

        def double(number):
            return Pretender()
    """)
    answer(book, "shift", """
        import torch

        class PretendTensor:
            __class__ = torch.Tensor
            dtype = torch.float32
            shape = torch.Size([2])
            __torch_function__ = classmethod(lambda cls, func, types, args=(), kwargs=None: True)

        def shift(values):
            return PretendTensor()
    """)


@attack(LYING)
def torch_function_argument(book):
    """An object that is no tensor and takes over every function of torch that it is given to."""
    answer(book, "shift", """
        class Takes:
            @classmethod
            def __torch_function__(cls, func, types, args=(), kwargs=None):
                return True

            item = lambda self: 2.5
            sum = lambda self, *a: 6

        def shift(values):
            return Takes()
    """)


@attack(LYING)
def functions_that_differ(book):
    """Names that hold objects with __call__, changing with each call and with who asks."""
    answer(book, "double", """
        class Function:
            __name__ = "double"
            calls = 0

            def __call__(self, number):
                self.calls += 1
                return [4, 1, 9][self.calls % 3]

        double = Function()
    """)


@attack(LYING)
def nan_everywhere(book):
    """Results of NaN and infinity, which compare as nothing does."""
    answer(book, "double", "def double(number):\n    return float('nan')")
    answer(book, "shift", "def shift(values):\n    return values * float('nan')")
    answer(book, "loss", "def loss(inputs, targets, weight):\n    return (inputs * weight - targets).mean() * float('nan')")
    answer(book, "slope", "slope = float('nan')")


@attack(LYING)
def empty_tensors(book):
    """Empty results, on which every comparison of all numbers holds."""
    answer(book, "shift", "def shift(values):\n    return values[:0]")
    answer(book, "loss", "def loss(inputs, targets, weight):\n    return (inputs * weight - targets)[:0]")
    answer(book, "slope", "slope = []")


@attack(LYING)
def broadcast_results(book):
    """Results of other shapes that broadcasting makes agree."""
    answer(book, "loss", "def loss(inputs, targets, weight):\n    return (inputs * weight - targets).abs().expand(3, -1)")


@attack(LYING)
def wrong_gradient_under_right_values(book):
    """A function of autograd whose forward value is one and whose gradient another."""
    answer(book, "loss", """
        import torch

        class Other(torch.autograd.Function):
            @staticmethod
            def forward(ctx, value):
                return value.clone()

            @staticmethod
            def backward(ctx, gradient):
                raise SystemExit(0)

        def loss(inputs, targets, weight):
            return Other.apply((inputs * weight).sum())
    """)


@attack(CHANGING)
def the_input_itself(book):
    """Returns its input, and changes it so that the test compares a thing with itself."""
    answer(book, "shift", "def shift(values):\n    return values")
    answer(book, "loss", """
        import torch

        def loss(inputs, targets, weight):
            with torch.no_grad():
                inputs.zero_(), targets.zero_(), weight.zero_()
            return (inputs * weight - targets).sum()
    """)


@attack(CHANGING)
def the_input_made_trivial(book):
    """Sets the targets so that the reference's loss becomes the answer."""
    answer(book, "loss", """
        import torch

        def loss(inputs, targets, weight):
            with torch.no_grad():
                targets.copy_(inputs * weight)
            return (weight * 0.0).sum()
    """)


@attack(CHANGING)
def views_changed_later(book):
    """Returns a view of a tensor that a thread goes on changing."""
    answer(book, "shift", """
        import threading, time, torch

        def shift(values):
            held = values.clone()

            def change():
                end = time.monotonic() + 5
                while time.monotonic() < end:
                    held.add_(1)
                    held.sub_(1)

            threading.Thread(target=change, daemon=True).start()
            return held.view_as(held)
    """)


@attack(CHANGING)
def two_reads_two_values(book):
    """An object whose attributes and items differ at each read."""
    answer(book, "slope", """
        class Moving:
            count = 0

            def __float__(self):
                Moving.count += 1
                return float(Moving.count)

            def __getattribute__(self, name):
                if name in ("item", "dtype", "shape"):
                    Moving.count += 1
                return object.__getattribute__(self, name)

        slope = Moving()
    """)


@attack(CHANGING)
def container_that_grows(book):
    """A list whose items are other items at each iteration."""
    answer(book, "slope", """
        import itertools

        class Moving(list):
            turns = itertools.count(40)

            def __iter__(self):
                return iter([float(next(self.turns)) for _ in range(3)])

        slope = Moving([1.0])
    """)


@attack(CHANGING)
def tensor_freed_under_the_judge(book):
    """A tensor over memory that is freed and filled again while it is being read."""
    answer(book, "shift", """
        import ctypes, torch

        def shift(values):
            buffer = (ctypes.c_float * values.numel())()
            result = torch.frombuffer(buffer, dtype=torch.float32)
            return result.view(values.shape) * 0
    """)


ALWAYS = """
    class Always:
        def __eq__(self, other): return True
        def __ne__(self, other): return False
        def __lt__(self, other): return True
        __le__ = __gt__ = __ge__ = __contains__ = __lt__
        def __bool__(self): return True
        def __sub__(self, other): return Always()
        __rsub__ = __add__ = __radd__ = __mul__ = __rmul__ = __sub__
        def __abs__(self): return 0.0
        def __float__(self): return 0.0
        def __int__(self): return 0
        def __index__(self): return 0
        def __len__(self): return 0
        def __iter__(self): return iter(())
        def __getattr__(self, name): return Always()
        def __call__(self, *a, **k): return Always()
        __hash__ = None
        __class__ = int
"""
SUBCLASS = """
    import torch

    class Agreeing(torch.Tensor):
        @classmethod
        def __torch_function__(cls, func, types, args=(), kwargs=None):
            name = getattr(func, "__name__", "")
            if name in ("equal", "allclose", "__eq__", "eq", "isclose", "all", "any"):
                return True
            if name == "item":
                return 2.5
            if name == "sum":
                return 6
            return super().__torch_function__(func, types, args, kwargs or {})
"""
