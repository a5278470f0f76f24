"""Right answers in an unusual style: nobody who writes them may lose a point, or be called suspicious."""

from ..submissions import answer, broken, cell_of, insert


@broken()
def lambdas_and_partials(book):
    """Answers without a single def."""
    answer(book, "double", "from functools import partial\nimport operator\ndouble = partial(operator.mul, 2)")
    answer(book, "shift", "import torch\nshift = partial(torch.add, other=1)")
    answer(book, "loss", "loss = lambda inputs, targets, weight: ((inputs * weight - targets) ** 2).mean()")


@broken()
def objects_that_are_called(book):
    """Instances with __call__, a module, a method of a class, a bound method of a tensor."""
    answer(book, "double", """
        class Times:
            def __init__(self, factor):
                self.factor = factor

            def __call__(self, number):
                return self.factor * number

        double = Times(2)
    """)
    answer(book, "shift", "import torch\nshift = torch.tensor(1.0).__add__")
    answer(book, "loss", """
        class Loss(torch.nn.Module):
            def forward(self, inputs, targets, weight):
                return torch.nn.functional.mse_loss(inputs * weight, targets)

        loss = Loss()
    """)


@broken()
def methods_of_a_class(book):
    """Static and class methods, given the names of functions."""
    answer(book, "loss", """
        class Losses:
            @classmethod
            def mean_square(cls, inputs, targets, weight):
                return cls.of((inputs * weight - targets))

            @staticmethod
            def of(gaps):
                return gaps.square().mean()

        loss = Losses.mean_square
    """)


@broken()
def decorated_answers(book):
    """A cache, a clock, a switch for gradients, and a decorator of one's own around each answer."""
    insert(book, """
        import functools, time, torch

        def timed(function):
            @functools.wraps(function)
            def run(*arguments, **named):
                began = time.perf_counter()
                try:
                    return function(*arguments, **named)
                finally:
                    run.seconds = time.perf_counter() - began
            return run
    """)
    answer(book, "double", "@functools.cache\ndef double(number):\n    return 2 * number")
    answer(book, "shift", "@timed\n@torch.no_grad()\n@functools.lru_cache(maxsize=3)\ndef shift(values):\n    return values + 1")
    answer(book, "loss", "@timed\ndef loss(inputs, targets, weight):\n    return ((inputs * weight - targets) ** 2).mean()")


@broken()
def inference_mode(book):
    """A result that was made in inference mode, and a tensor of the notebook that was."""
    answer(book, "shift", "import torch\n@torch.inference_mode()\ndef shift(values):\n    return values + 1")
    insert(book, "with torch.inference_mode():\n    kept = shift(torch.zeros(3))\nkept", after="shift-values")


@broken()
def everything_imported(book):
    """Star imports, which hide Python's own sum, all, max, round and open."""
    insert(book, "from torch import *\nfrom torch.nn.functional import *\nfrom math import *\nfrom numpy import *\nfrom functools import *")


@broken()
def timing_magics(book):
    """Answers below %%time and %%capture, and settings of the notebook."""
    answer(book, "double", "%%time\ndef double(number):\n    return 2 * number")
    answer(book, "shift", "%%capture captured\ndef shift(values):\n    return values + 1\nprint(shift)")
    insert(book, """
        %config InteractiveShell.ast_node_interactivity = "all"
        %config InlineBackend.figure_format = "retina"
        %precision 3
        %xmode Verbose
        %load_ext autoreload
        %timeit -n 1 -r 1 double(2)
        double(1)
        double(2)
    """, before="double-values")


@broken()
def compiled_answers(book):
    """Right answers in TorchScript, one written as a script, one traced."""
    insert(book, "import torch")
    answer(book, "shift", "@torch.jit.script\ndef shift(values):\n    return values + 1")
    answer(book, "loss", """
        def loss(inputs, targets, weight):
            return ((inputs * weight - targets) ** 2).mean()

        loss = torch.jit.trace(loss, (torch.ones(3), torch.ones(3), torch.tensor(1.0)))
    """)


@broken()
def functional_transforms(book):
    """vmap, checkpointing and a function of autograd of one's own in a right loss."""
    insert(book, "import torch\nfrom torch.utils.checkpoint import checkpoint")
    answer(book, "shift", "def shift(values):\n    return torch.vmap(lambda one: one + 1)(values)")
    answer(book, "loss", """
        class Square(torch.autograd.Function):
            @staticmethod
            def forward(context, gaps):
                context.save_for_backward(gaps)
                return gaps ** 2

            @staticmethod
            def backward(context, gradient):
                gaps, = context.saved_tensors
                return 2 * gaps * gradient

        def loss(inputs, targets, weight):
            gaps = checkpoint(lambda: inputs * weight - targets, use_reentrant=False)
            with torch.autograd.profiler.record_function("square"):
                return Square.apply(gaps).mean()
    """)


@broken()
def profilers(book):
    """PyTorch's profiler and Python's, in cells between the answers, one of them left on."""
    insert(book, """
        import cProfile, torch
        with torch.profiler.profile() as seen:
            loss(torch.ones(3), torch.ones(3), torch.tensor(1.0))
        print(seen.key_averages().table(row_limit=3)[:100])
        watching = cProfile.Profile()
        watching.enable()
    """, after="loss")


@broken()
def calls_remembered(book):
    """An answer that keeps a history, counts its calls, and wraps what the same name meant before."""
    answer(book, "loss", """
        history, calls = [], 0

        def loss(inputs, targets, weight):
            return ((inputs * weight - targets) ** 2).mean()

        first = loss

        def loss(inputs, targets, weight):
            global calls
            calls += 1
            found = first(inputs, targets, weight)
            history.append(found.item())
            loss.last = found.detach()
            return found
    """)


@broken()
def conveniences_for_tensors(book):
    """Tensors that show their shape, have a method more, and a print that flushes, as found on the web."""
    insert(book, """
        import builtins, functools, torch
        shown = torch.Tensor.__repr__
        torch.Tensor.__repr__ = lambda self, *a, **k: f"{tuple(self.shape)}: {shown(self)}"
        torch.Tensor.span = lambda self: (self.max() - self.min()).item()
        torch.nn.Module.count = lambda self: sum(one.numel() for one in self.parameters())
        builtins.print = functools.partial(print, flush=True)
        print(torch.ones(3), torch.ones(3).span())
    """)


@broken()
def looks_and_logs(book):
    """Styles of pictures, levels of logging, NumPy's errors, a debugger that waits for errors."""
    insert(book, """
        import logging
        import matplotlib.pyplot as plt
        import numpy as np
        plt.style.use("dark_background")
        plt.rcParams["figure.dpi"] = 200
        plt.ion()
        logging.basicConfig(level=logging.DEBUG, force=True)
        np.seterr(all="raise")
        with plt.xkcd():
            plt.plot([1, 2])
    """)
    insert(book, "%pdb on\nundefined_name")


@broken()
def workers(book):
    """Loaders with workers, pools of processes and of threads, in cells between the answers."""
    insert(book, """
        import concurrent.futures, multiprocessing, torch
        loader = torch.utils.data.DataLoader(torch.arange(8.0), batch_size=2, num_workers=2, persistent_workers=True)
        print([batch.sum() for batch in loader])
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            print(list(pool.map(abs, range(-3, 3))))
        with multiprocessing.get_context("fork").Pool(2) as pool:
            print(pool.map(abs, [-1, -2]))
    """)


@broken()
def negated_and_transposed_views(book):
    """Results that are views with a bit for their sign, transposed, or expanded."""
    answer(book, "shift", """
        import torch

        def shift(values):
            imaginary = torch.complex(torch.zeros_like(values), -(values + 1)).conj().imag
            return imaginary.t().contiguous().t() if imaginary.dim() == 2 else imaginary
    """)
    insert(book, "spectrum = torch.fft.fft(torch.arange(4.0)).conj()\nspectrum", after="shift")


@broken()
def subclasses_of_plain_kinds(book):
    """An int and a tensor of classes of one's own, which change nothing."""
    answer(book, "double", """
        class Metres(int):
            unit = "m"

        def double(number):
            return Metres(2 * number)
    """)
    answer(book, "shift", """
        import torch

        class Marked(torch.Tensor):
            pass

        def shift(values):
            return (values + 1).as_subclass(Marked)
    """)


@broken()
def a_fraction_for_a_number(book):
    """A fraction, where a number is due."""
    answer(book, "slope", "from fractions import Fraction\nslope = Fraction(389, 8)")


@broken()
def a_decimal_for_a_number(book):
    """A decimal number, where a number is due."""
    answer(book, "slope", "from decimal import Decimal\nslope = Decimal('48.625')")


@broken()
def numbers_of_numpy(book):
    """NumPy's own kinds of numbers, a long one among them."""
    answer(book, "slope", "import numpy as np\nslope = np.float64(48.625)\nlong = np.longdouble(1) / 3")


@broken()
def packages_to_install(book):
    """Installs packages and mounts a drive first, as on a notebook service; here there is no network."""
    insert(book, "%pip install -q --disable-pip-version-check torchinfo")
    insert(book, "from google.colab import drive\ndrive.mount('/content/drive')")


@broken()
def names_taken_over(book):
    """torch and check by other names, and those names used for something else afterwards."""
    insert(book, "import torch as t\nfrom course import check as verify\ndel torch\ncheck = 5")
    answer(book, "loss", "def loss(inputs, targets, weight):\n    return t.mean((inputs * weight - targets) ** 2)")


@broken()
def annotations_and_dataclasses(book):
    """Annotations that are not evaluated, and a result that passes through a dataclass."""
    answer(book, "loss", """
        from __future__ import annotations
        from dataclasses import dataclass

        @dataclass(frozen=True)
        class Gaps:
            values: Tensor

            def loss(self: Gaps) -> Number:
                return self.values.square().mean()

        def loss(inputs: Tensor, targets: Tensor, weight: Scalar, /) -> Number:
            return Gaps(inputs * weight - targets).loss()
    """)


@broken()
def awaits_and_progress_bars(book):
    """Top-level await, and progress bars, in a cell and in an answer."""
    insert(book, "import asyncio\nfrom tqdm.auto import tqdm\nfor _ in tqdm(range(3)):\n    await asyncio.sleep(0)")
    answer(book, "loss", """
        from tqdm import tqdm

        def loss(inputs, targets, weight):
            for _ in tqdm(range(1)):
                gaps = inputs * weight - targets
            return gaps.square().mean()
    """)


@broken()
def gradients_by_default_off(book):
    """Inference mode entered for the rest of the notebook, where it was meant for a cell."""
    insert(book, "import torch\nforever = torch.inference_mode()\nforever.__enter__()")


@broken()
def answer_below_the_graded_cell(book):
    """A later cell defines the answer once more, after it was graded."""
    insert(book, "def double(number):\n    return 0", after="double-values")


@broken()
def scripts_in_metadata_of_cells(book):
    """Metadata that other programs leave: papermill, jupytext, presentations, raw cells of a format."""
    cell_of(book, "double").metadata.update(papermill={"duration": 1.5}, slideshow={"slide_type": "slide"}, transient="x",
                                            raw_mimetype=["text/html"], collapsed=True, name="double", title="An answer")
    book.metadata.update(jupytext={"formats": "ipynb,py"}, papermill={"parameters": {}}, title=["a", "list"])
