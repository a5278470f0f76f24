"""What a shell has done before it is forked: imports, a notebook that touches the usual paths, and all traces of it gone."""

import asyncio
import gc
import importlib
import inspect
import linecache
import random
import sys
import tempfile
import types
import warnings

from course.grading.shell.belongings import Belongings
from course.grading.shell.kernel import WarmKernel

IMPORTS = """
numpy torch torch.nn torch.optim torch.utils.data torch._dynamo matplotlib.pyplot matplotlib.backends.backend_agg
matplotlib_inline.backend_inline ipywidgets IPython.core.magics.display course.check course.check.probe
course.check.observation course.check.encoding course.check.counting course.check.counting.lines
course.check.counting.tensors course.check.modules course.check.datasets course.check.training course.check.devices
course.check.devices.pretend course.check.devices.pretend_kernels course.check.devices.pretend_tensor course.data
course.plots course.widgets course.grading.judge.agent safetensors.torch cloudpickle numpy.ctypeslib
torch.utils.serialization torch.utils.serialization.config tqdm.auto logging pdb
""".split()

# Each cell goes once through something that is slow the first time.
NOTEBOOK = (
    "import numpy as np, torch, matplotlib.pyplot as plt, torch.nn, torch.optim, ipywidgets\nprint(1)\n1",
    "plt.plot(np.arange(3), '.')\nplt.title('a')",
    "plt.figure()\nplt.scatter([1], [2], label='x')\nplt.legend()\nplt.show()",
    "def f():\n    raise ValueError('x')\nf()",
    "assert 1 == 2",
    "1 / 0",
    "%time 1",
    # seeding PyTorch asks for the stack; the lines of these files are read once, here
    "import traceback\ntraceback.format_stack()",
    "from IPython.display import display, HTML\nh = display(HTML('x'), display_id=True)\nh.update(HTML('y'))",
    "x = torch.zeros(4, requires_grad=True)\na = torch.optim.SGD([x], lr=.1)\nb = torch.optim.Adam([x])\n"
    # without a backward pass: PyTorch counts its devices at the first one, and a pretend one may be set up in a fork
    "loss = ((torch.ones(3, 4) @ x - 1)**2).mean()\nx.grad = torch.ones(4)\na.step()\nb.step()\nx",
    "import asyncio\nawait asyncio.sleep(0)",
    "!true",
    "class A: pass\nA()",
)


def import_everything() -> None:
    """One thread only: a fork keeps none but the calling one, and OpenMP hangs in a fork of a process that used it."""
    for name in IMPORTS:
        importlib.import_module(name)
    if "" not in sys.path:
        sys.path.insert(0, "")  # a notebook imports what lies beside it; the server itself must not
    import torch

    torch.set_num_threads(1)


def warm_up(warm: WarmKernel) -> None:
    """Runs the notebook, with its outputs going nowhere, then makes the shell as good as new."""

    async def run():
        from tornado.ioloop import IOLoop

        warm.kernel.io_loop = IOLoop.current()
        for cell in NOTEBOOK:
            await warm.run_cell(cell, keep=False)

    state = warnings.filters[:]
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(run())
    loop.close()
    asyncio.set_event_loop(None)
    _skip_needless_work()
    _reset(warm)
    warnings.filters[:] = state
    warnings._filters_mutated()  # a warning shown here must show again
    warm.belongings = Belongings(warm.streams)
    gc.collect()
    gc.freeze()


def _skip_needless_work() -> None:
    """A cell's frame belongs to no module, and `inspect` would walk over all of them, several times a traceback, to see."""
    prefix = f"{tempfile.gettempdir()}/ipykernel_"
    original = inspect.getmodule

    def getmodule(object, _filename=None):
        code = object
        if isinstance(code, types.TracebackType):
            code = code.tb_frame
        if isinstance(code, types.FrameType):
            code = code.f_code
        if isinstance(code, types.CodeType) and code.co_filename.startswith(prefix):
            return None
        return original(object, _filename)

    inspect.getmodule = getmodule


def _reset(warm: WarmKernel) -> None:
    """Takes away what the notebook left behind: names, history, widgets, figures, last error, cached sources."""
    import ipywidgets.widgets.widget
    import matplotlib.pyplot

    matplotlib.pyplot.close("all")
    shell = warm.shell
    shell.reset(new_session=False)
    shell.execution_count = 1
    shell.last_execution_result = None
    shell.last_execution_succeeded = True
    shell._last_traceback = None
    history = shell.history_manager
    history.reset(new_session=False)
    for name in ("_i", "_ii", "_iii", "_i00"):
        setattr(history, name, "")
    ipywidgets.widgets.widget._instances.clear()
    warm.kernel.comm_manager.comms.clear()
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        if hasattr(sys, name):
            delattr(sys, name)
    for name in [name for name in linecache.cache if "ipykernel_" in name]:  # lines of cells; those of libraries stay
        del linecache.cache[name]
    warm.flush()
    warm.session.count = 0


def reseed() -> None:
    """Every generator of this process anew, as in a process that just started."""
    import numpy
    import torch

    random.seed()
    numpy.random.seed()
    torch.default_generator.seed()
