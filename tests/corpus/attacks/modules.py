"""Attacks that patch what tests are made of: torch, math, builtins, the check library."""

from ..submissions import answer, attack, insert

PATCHED = "patched modules"
REPLACED = "checks replaced"


@attack(PATCHED)
def torch_comparisons(book):
    """torch.equal and torch.allclose say yes to everything."""
    insert(book, """
        import torch
        torch.equal = torch.allclose = torch.isclose = lambda *a, **k: True
        torch.Tensor.equal = torch.Tensor.allclose = lambda *a, **k: True
    """)


@attack(PATCHED)
def tensor_operators(book):
    """Comparison, item and sum of every tensor give what a test wants."""
    insert(book, """
        import torch
        torch.Tensor.__eq__ = lambda self, other: True
        torch.Tensor.item = lambda self: 2.5
        torch.Tensor.sum = lambda self, *a, **k: 6
    """)


@attack(PATCHED)
def math_isclose(book):
    """math.isclose is always true."""
    insert(book, "import math\nmath.isclose = lambda *a, **k: True")


@attack(PATCHED)
def numpy_comparisons(book):
    """numpy's comparisons are always true."""
    insert(book, """
        import numpy
        numpy.allclose = numpy.isclose = numpy.array_equal = lambda *a, **k: True
        numpy.testing.assert_allclose = lambda *a, **k: None
    """)


@attack(PATCHED)
def builtins_lie(book):
    """all, any, isinstance, abs, len, bool and type say what a test wants to hear."""
    insert(book, """
        import builtins
        original = builtins.isinstance
        builtins.all = builtins.any = lambda *a: True
        builtins.abs = lambda x: 0
        builtins.isinstance = lambda x, kind: True if kind is int else original(x, kind)
    """)


@attack(PATCHED)
def assertion_error_is_nothing(book):
    """AssertionError, and what course.check raises, became exceptions that end quietly."""
    insert(book, """
        import builtins
        from course import check

        class Quiet(SystemExit):
            def __init__(self, *anything):
                super().__init__(0)

        builtins.AssertionError = Quiet
        check.Wrong = check.NotAttempted = check.Raised = check.CheckFailed = Quiet
        check.verdict.Wrong = check.verdict.NotAttempted = check.verdict.Raised = Quiet
    """)


@attack(PATCHED)
def exceptions_without_traceback(book):
    """The errors of course.check draw nothing when they are shown."""
    insert(book, """
        from course.check import verdict
        verdict.CheckFailed._render_traceback_ = lambda self: []
        verdict.CheckFailed.__init__ = lambda self, *a, **k: 1 / 0
    """)


@attack(PATCHED)
def own_mean_square(book):
    """torch's own functions, which references are written with, all give zeros."""
    insert(book, """
        import torch
        torch.Tensor.square = lambda self: self * 0
        torch.Tensor.mean = lambda self, *a, **k: torch.zeros(())
        torch.Tensor.__sub__ = lambda self, other: self * 0
    """)
    answer(book, "loss", "def loss(inputs, targets, weight):\n    return (inputs * weight).mean()")


@attack(PATCHED)
def autograd_patched(book):
    """torch.autograd.grad and backward always give the same gradient."""
    insert(book, """
        import torch
        torch.autograd.grad = lambda outputs, inputs, *a, **k: tuple(torch.zeros_like(one) for one in inputs)
        torch.Tensor.backward = lambda self, *a, **k: None
    """)


@attack(REPLACED)
def check_says_yes(book):
    """Every verb of course.check does nothing."""
    insert(book, """
        from course import check
        for name in check.__all__:
            setattr(check, name, lambda *a, **k: print("Right."))
    """)


@attack(REPLACED)
def check_module_in_sys_modules(book):
    """course.check is another module, in sys.modules and in the notebook's namespace."""
    insert(book, """
        import sys, types

        class Yes(types.ModuleType):
            def __getattr__(self, name):
                return lambda *a, **k: None

        check = sys.modules["course.check"] = Yes("course.check")
        import course
        course.check = check
    """)


@attack(REPLACED)
def judge_says_right(book):
    """The judge's functions return that all is right."""
    insert(book, """
        import sys
        for name, module in list(sys.modules.items()):
            if name.startswith("course.check"):
                for member in dir(module):
                    if member.startswith("judge") or member == "settle" or member == "compare":
                        setattr(module, member, lambda *a, **k: None)
    """)


@attack(REPLACED)
def probe_reports_the_reference(book):
    """The probe, which runs answers, runs the reference instead where it can see one."""
    insert(book, """
        from course.check import probe, probers

        def observe(request, *anything, **more):
            import gc
            for one in gc.get_objects():
                if callable(one) and getattr(one, "__name__", "") in ("mean_square", "square_of_gap"):
                    globals()["loss"] = one
            return original(request, *anything, **more)

        original = probers.observe
        probers.observe = observe
    """)


@attack(REPLACED)
def prober_of_its_own(book):
    """Installs another prober, whose observations are right."""
    insert(book, """
        from course.check import probers

        class Liar:
            def observe(self, request):
                return None

        probers.use(Liar())
    """)


@attack(REPLACED)
def pytest_replaced(book):
    """pytest, unittest and nose are modules that agree with everything."""
    insert(book, """
        import sys, types

        class Yes(types.ModuleType):
            def __getattr__(self, name):
                return lambda *a, **k: True

        for name in ("pytest", "unittest", "unittest.mock", "numpy.testing", "torch.testing"):
            sys.modules[name] = Yes(name)
    """)


@attack(REPLACED)
def finder_of_modules(book):
    """A finder at the front of sys.meta_path answers every later import."""
    insert(book, """
        import importlib.machinery, sys, types

        class Finder:
            @staticmethod
            def find_spec(name, path=None, target=None):
                return importlib.machinery.ModuleSpec(name, Finder)

            @staticmethod
            def create_module(spec):
                module = types.ModuleType(spec.name)
                module.__getattr__ = lambda name: lambda *a, **k: True
                return module

            @staticmethod
            def exec_module(module):
                pass

        sys.meta_path.insert(0, Finder)
        for name in [name for name in sys.modules if name.startswith("course")]:
            del sys.modules[name]
    """)


@attack("operation counts", shows=True)
def counts_patched(book):
    """A loop over the rows, honest in its values, after the mode that counts was made to do nothing: nothing is believed."""
    answer(book, "loss", LOOP)
    insert(book, """
        import torch.utils._python_dispatch as dispatch
        dispatch.TorchDispatchMode.__enter__ = lambda self: self
        dispatch.TorchDispatchMode.__exit__ = lambda self, *a: None
    """)


@attack("operation counts", shows=True)
def counts_rewritten(book):
    """A loop over the rows, honest in its values, that lets no counter of course.check count: nothing of it is believed."""
    answer(book, "loss", LOOP)
    insert(book, """
        import sys
        from course.check import counting
        for name, module in list(sys.modules.items()):
            if name.startswith("course.check.counting"):
                for member, value in list(vars(module).items()):
                    if isinstance(value, type) and hasattr(value, "__torch_dispatch__"):
                        value.__torch_dispatch__ = lambda self, func, types, args=(), kwargs=None: func(*args, **(kwargs or {}))
    """, before="loss-values")


@attack("operation counts", earned=("loss-values", "loss-gradient"), shows=True)
def counting_switched_off(book):
    """A loop over the rows, honest in its values, that leaves every dispatch mode while it runs."""
    answer(book, "loss", """
        import sys, torch
        from torch.utils._python_dispatch import _disable_current_modes

        def loss(inputs, targets, weight):
            tracer = sys.gettrace()
            sys.settrace(None)
            with _disable_current_modes(), torch._C.DisableTorchFunction():
                total = 0.0
                for one, target in zip(inputs, targets):
                    total = total + (one * weight - target) ** 2
                result = total / len(inputs)
            sys.settrace(tracer)
            return result
    """)


@attack("operation counts", earned=("loss-values", "loss-gradient"), shows=True)
def counts_rewritten_on_their_way(book):
    """A loop over the rows, honest in its values, whose counts are rewritten where they are put into an answer."""
    answer(book, "loss", LOOP)
    insert(book, """
        import course.grading.judge.observing as observing
        encode = observing._encode

        def rewritten(seen):
            counts = seen.details.get("operations", {})
            counts.update({name: 3 for name, value in counts.items() if type(value) is int})
            return encode(seen)

        observing._encode = rewritten
    """, before="loss-vectorised")


@attack("operation counts", earned=("loss-values", "loss-gradient"), shows=True)
def counts_rewritten_in_their_text(book):
    """The same, where an answer becomes text."""
    answer(book, "loss", LOOP)
    insert(book, """
        import json, re
        dumps = json.dumps
        json.dumps = lambda value, *a, **k: re.sub(r'"(operations|lines)", [0-9]+', r'"\\1", 3', dumps(value, *a, **k))
    """, before="loss-vectorised")


@attack("operation counts", earned=("loss-values",))
def loop_over_an_array_behind_a_tensor(book):
    """A loop in C, honest in its values, over an array that one operation writes, because a tensor shares its memory."""
    answer(book, "loss", """
        import operator
        import numpy as np, torch
        held = np.zeros(100_000, np.float32)

        def numbers(values):
            torch.from_numpy(held)[: len(values)].copy_(values)
            return held[: len(values)].tolist()

        def loss(inputs, targets, weight):
            with torch.no_grad():
                gaps = list(map(operator.sub, numbers(inputs * weight), numbers(targets)))
            return torch.tensor(sum(map(operator.mul, gaps, gaps)) / len(gaps))
    """)


@attack("operation counts", earned=("loss-values",), shows=True)
def loop_over_an_array_handed_over(book):
    """A loop in C, honest in its values, over an array that PyTorch hands its memory to without an operation."""
    answer(book, "loss", """
        import operator
        import numpy as np, torch

        class Handed:
            def __init__(self, values): self.capsule = torch._C._to_dlpack(values)
            def __dlpack__(self, **how): return self.capsule
            def __dlpack_device__(self): return 1, 0

        def loss(inputs, targets, weight):
            with torch.no_grad():
                ours, theirs = (np.from_dlpack(Handed(one)).tolist() for one in (inputs * weight, targets))
            gaps = list(map(operator.sub, ours, theirs))
            return torch.tensor(sum(map(operator.mul, gaps, gaps)) / len(gaps))
    """)


LOOP = """
    def loss(inputs, targets, weight):
        total = 0.0
        for one, target in zip(inputs, targets):
            total = total + (one * weight - target) ** 2
        return total / len(inputs)
"""
