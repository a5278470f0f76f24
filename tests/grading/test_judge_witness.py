"""Counting that is switched off while it counts is noticed, and what right answers do with the same libraries is not."""

import pytest
from judge_stand_in import Graded

IMPORTS = ("plain", "import functools, contextlib, sys, threading, torch\nfrom torch import nn\nfrom torch.nn import functional as F\nfrom course import check")
SOLUTION = "def loss(x, y, w):\n    return ((x @ w - y) ** 2).mean()"
INPUTS = "inputs=lambda draw: (draw.normal(draw.rows, 3), draw.normal(draw.rows), draw.normal(3).requires_grad_())"
VECTORISED = f"check.vectorised('loss', {INPUTS})"
BOTH_PASSES = f"check.vectorised('loss', want_gradient=True, {INPUTS})"
LOOP = """
def loop(x, y, w):
    total = torch.zeros(())
    for row, target in zip(x, y):
        total = total + ((row * w).sum() - target) ** 2
    return total / len(x)
def watched():
    return torch._C._len_torch_dispatch_stack() > 0
"""


def graded(answer, test=VECTORISED):
    return Graded(IMPORTS, ("solution", SOLUTION), ("test", test), answers=[answer])


HIDDEN = {
    "dispatch modes disabled, tracer and functions too": """
from torch.utils._python_dispatch import _disable_current_modes
def loss(x, y, w):
    tracer = sys.gettrace()
    sys.settrace(None)
    with _disable_current_modes(), torch._C.DisableTorchFunction():
        result = loop(x, y, w)
    sys.settrace(tracer)
    return result
""",
    "dispatch disabled, and called a compiled region": """
from torch.utils._python_dispatch import _disable_current_modes
def loss(x, y, w):
    with torch.profiler.record_function("Torch-Compiled Region: 0/0"), _disable_current_modes():
        return functools.reduce(torch.add, map(torch.square, map(torch.sub, map(torch.dot, x, [w] * len(x)), y))) / len(x)
""",
    "dispatch disabled in C": """
def loss(x, y, w):
    with torch._C._DisableTorchDispatch():
        return functools.reduce(torch.add, map(torch.square, map(torch.sub, map(torch.dot, x, [w] * len(x)), y))) / len(x)
""",
    "a mode popped and pushed": """
from torch.utils._python_dispatch import _pop_mode, _push_mode
def loss(x, y, w):
    if not watched():
        return loop(x, y, w)
    mode = _pop_mode()
    try:
        return loop(x, y, w)
    finally:
        _push_mode(mode)
""",
    "the counter left and entered again": """
def loss(x, y, w):
    if not watched():
        return loop(x, y, w)
    counter = torch._C._get_dispatch_stack_at(0)
    counter.__exit__(None, None, None)
    try:
        return loop(x, y, w)
    finally:
        counter.__enter__()
""",
    "the key of dispatch modes excluded": """
def loss(x, y, w):
    with torch._C._ExcludeDispatchKeyGuard(torch._C.DispatchKeySet(torch._C.DispatchKey.Python)):
        return loop(x, y, w)
""",
    "the counter paused": """
def loss(x, y, w):
    if not watched():
        return loop(x, y, w)
    counter = torch._C._get_dispatch_stack_at(0)
    counter.paused = True
    result = loop(x, y, w)
    counter.paused = False
    return result
""",
    "the count set back": """
def loss(x, y, w):
    result = loop(x, y, w)
    if watched():
        torch._C._get_dispatch_stack_at(0).operations = 9
    return result
""",
    "in a function of autograd": """
class Hidden(torch.autograd.Function):
    @staticmethod
    def forward(context, x, y, w):
        context.save_for_backward(x, y, w)
        with torch._C._DisableTorchDispatch():
            return loop(x, y, w)
    @staticmethod
    def backward(context, gradient):
        x, y, w = context.saved_tensors
        return None, None, gradient * 2 * ((x @ w - y)[:, None] * x).mean(0)
def loss(x, y, w):
    return Hidden.apply(x, y, w)
""",
    "in its backward pass alone": """
class Hidden(torch.autograd.Function):
    @staticmethod
    def forward(context, x, y, w):
        context.save_for_backward(x, y, w)
        return ((x @ w - y) ** 2).mean()
    @staticmethod
    def backward(context, gradient):
        with torch._C._DisableTorchDispatch():
            parts = [row * ((row * context.saved_tensors[2]).sum() - target) for row, target in zip(*context.saved_tensors[:2])]
            return None, None, gradient * 2 * sum(parts) / len(parts)
def loss(x, y, w):
    return Hidden.apply(x, y, w.clone().requires_grad_())
""",
    "PyTorch's recorder stopped": """
def loss(x, y, w):
    if not watched():
        return loop(x, y, w)
    torch._C._autograd._disable_profiler_legacy()
    with torch._C._DisableTorchDispatch():
        return loop(x, y, w)
""",
    "PyTorch's recorder on before": """
from torch.profiler import profile
running = profile()
running.start()
def loss(x, y, w):
    with torch._C._DisableTorchDispatch():
        return loop(x, y, w)
""",
    "a thread": """
def loss(x, y, w):
    found = []
    thread = threading.Thread(target=lambda: found.append(loop(x, y, w)))
    thread.start()
    thread.join()
    return found[0]
""",
    "a pool of threads": """
from concurrent.futures import ThreadPoolExecutor
def loss(x, y, w):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(loop, x, y, w).result()
""",
    "a thread without threading": """
import _thread
def loss(x, y, w):
    found, done = [], threading.Event()
    _thread.start_new_thread(lambda: (found.append(loop(x, y, w)), done.set()), ())
    done.wait()
    return found[0]
""",
    "a thread from before": """
import queue
asked, answered = queue.Queue(), queue.Queue()
def work():
    while True:
        answered.put(loop(*asked.get()))
threading.Thread(target=work, daemon=True).start()
def loss(x, y, w):
    asked.put((x, y, w))
    return answered.get()
""",
    "another process": """
import os, pickle
def loss(x, y, w):
    reads, writes = os.pipe()
    if os.fork() == 0:
        try:
            total = w.detach().requires_grad_()
            result = loop(x, y, total)
            os.write(writes, pickle.dumps(result.item()))
        finally:
            os._exit(0)
    value = pickle.loads(os.read(reads, 1000))
    return (w * 0).sum() + value
""",
    "a program": """
import subprocess
def loss(x, y, w):
    subprocess.run(["true"])
    return ((x @ w - y) ** 2).mean()
""",
    "native code": """
import ctypes
def loss(x, y, w):
    ctypes.CDLL(None).getpid()
    return ((x @ w - y) ** 2).mean()
""",
    "values taken while functions are disabled": """
def loss(x, y, w):
    with torch._C.DisableTorchFunction():
        numbers = x.tolist()
    return ((x @ w - y) ** 2).mean() + 0 * sum(map(sum, numbers))
""",
    "values taken while their counter rests": """
def loss(x, y, w):
    counter = torch._C._get_function_stack_at(0) if watched() else torch
    counter.paused = True
    numbers = x.tolist()
    counter.paused = False
    return ((x @ w - y) ** 2).mean() + 0 * sum(map(sum, numbers))
""",
    "values handed over through DLPack": """
import numpy as np
class Handed:
    hand = torch._C._to_dlpack
    def __init__(self, values): self.capsule = Handed.hand(values)
    def __dlpack__(self, **how): return self.capsule
    def __dlpack_device__(self): return 1, 0
def loss(x, y, w):
    numbers = np.from_dlpack(Handed(x.detach())).tolist()
    return ((x @ w - y) ** 2).mean() + 0 * sum(map(sum, numbers))
""",
    "the profiler taken away": """
def loss(x, y, w):
    before = sys.getprofile()
    sys.setprofile(None)
    result = ((x @ w - y) ** 2).mean()
    sys.setprofile(before)
    return result
""",
    "the tracer taken away by a library": """
import bdb
def loss(x, y, w):
    return bdb.Bdb().runcall(loop, x, y, w)
""",
}


@pytest.mark.parametrize("how", HIDDEN)
def test_a_loop_hidden_from_the_counting_is_refused_and_reported(how):
    seen = graded(LOOP + HIDDEN[how], BOTH_PASSES)
    assert seen.error().startswith("TamperedWith: the checks were tampered with")
    assert seen.suspicious


RIGHT = {
    "plainly": SOLUTION,
    "with the library's own loss": "def loss(x, y, w):\n    return F.mse_loss(F.linear(x, w), y)",
    "without gradients on the way": """
def loss(x, y, w):
    with torch.no_grad():
        scale = x.std()
    return ((x @ w - y) ** 2).mean() + 0 * scale.item()
""",
    "printing tensors": """
def loss(x, y, w):
    result = ((x @ w - y) ** 2).mean()
    for one in (x, y, w, result):
        print(one, repr(one), f"{result:.3f}")
    return result
""",
    "under a context manager of one's own": """
@contextlib.contextmanager
def quietly():
    with torch.set_grad_enabled(True):
        yield
@functools.cache
def two():
    return torch.tensor(2.0)
@functools.wraps(print)
def loss(x, y, w):
    with quietly():
        return (torch.tensor([1.0]).squeeze() * (x @ w - y) ** two()).mean()
""",
    "with vmap": "def loss(x, y, w):\n    return torch.vmap(lambda row, target: ((row * w).sum() - target) ** 2)(x, y).mean()",
    "with a function of autograd": """
class Square(torch.autograd.Function):
    @staticmethod
    def forward(context, value):
        context.save_for_backward(value)
        return value * value
    @staticmethod
    def backward(context, gradient):
        return 2 * gradient * context.saved_tensors[0]
def loss(x, y, w):
    return Square.apply(x @ w - y).mean()
""",
    "with numbers of an array": """
import numpy as np
kept = torch.from_numpy(np.ones(1, np.float32))
def loss(x, y, w):
    return kept * ((x @ w - y) ** 2).mean() + torch.from_dlpack(np.zeros(1, np.float32))
""",
    "with layers": """
layers = nn.Sequential(nn.Identity(), nn.Dropout(0.0), nn.Flatten())
def loss(x, y, w):
    layers.train()
    return nn.MSELoss()(layers(x) @ w, y)
""",
    "with torch.func": """
def loss(x, y, w):
    value = lambda w: ((x @ w - y) ** 2).mean()
    return value(w) + 0 * torch.func.grad(value)(w).sum()
""",
    "from a loader of one batch": """
from torch.utils.data import DataLoader, TensorDataset
def loss(x, y, w):
    (inputs, targets), = DataLoader(TensorDataset(x, y), batch_size=len(x))
    return ((inputs @ w - targets) ** 2).mean()
""",
    "looking at its own name and its tracer's": """
import inspect, warnings, logging
def loss(x, y, w):
    inspect.currentframe().f_code.co_name
    inspect.stack()
    warnings.warn("slow")
    logging.getLogger(__name__).warning("slow")
    return ((x @ w - y) ** 2).mean()
""",
    "with a lock, a random state, a thread's name": """
lock = threading.Lock()
def loss(x, y, w):
    with lock, torch.random.fork_rng():
        torch.manual_seed(0)
        threading.current_thread().name
        return ((x @ w - y) ** 2).mean() + 0 * torch.randn(3).sum()
""",
    "while a thread from before sleeps": """
import time
def idle():
    while True:
        time.sleep(0.05)
threading.Thread(target=idle, daemon=True).start()
""" + SOLUTION,
    "compiled": "@torch.compile(backend='eager')\n" + SOLUTION,
    "compiled, of many operations": "@torch.compile(backend='eager')\ndef far(x, y, w):\n    return "
                                    "((((x @ w - y) * 2 + 1 - 1) / 2 * 3 + 2 - 2) / 3 * 4 / 4).square()\n"
                                    "def loss(x, y, w):\n    return (far(x, y, w) + far(x, y, w)).mean() / 2",
    "scripted": "@torch.jit.script\n" + SOLUTION,
    "with Python's profiler left on": "import cProfile\nwatching = cProfile.Profile()\nwatching.enable()\n" + SOLUTION,
    "with marks for a profiler and a count of FLOPs": """
from torch.utils.flop_counter import FlopCounterMode
def loss(x, y, w):
    with torch.profiler.record_function("loss"), FlopCounterMode(display=False):
        return ((x @ w - y) ** 2).mean()
""",
    "with a copy, a file and a picture": """
import copy, io
import matplotlib.pyplot as plt
def loss(x, y, w):
    kept = copy.deepcopy(w.detach())
    plt.figure()
    plt.close("all")
    io.StringIO().write(f"{kept}")
    return ((x @ w - y) ** 2).mean() + 0 * kept.sum()
""",
    "with a progress bar and checkpoints": """
from tqdm import tqdm
from torch.utils.checkpoint import checkpoint
def loss(x, y, w):
    for _ in tqdm(range(1)):
        gaps = checkpoint(lambda: x @ w - y, use_reentrant=False)
    return (gaps ** 2).mean()
""",
    "in a precision that is chosen by hand": """
def loss(x, y, w):
    with torch.autocast("cpu", enabled=False), torch.autograd.set_detect_anomaly(True):
        return torch.einsum("n,n->", *[(x @ w - y).double()] * 2).div(len(x)).to(x.dtype)
""",
    "after inference mode was entered for good": "torch.inference_mode().__enter__()\n" + SOLUTION,
}  # fmt: skip


@pytest.mark.parametrize("how", RIGHT)
def test_a_right_answer_is_not_accused(how):
    seen = graded(RIGHT[how])
    assert (seen.error(), seen.suspicious) == ("", [])


@pytest.mark.parametrize("how", ["a loop", "numbers taken"])
def test_what_counts_as_a_mistake_stays_one(how):
    answer = {"a loop": LOOP + "loss = loop", "numbers taken": "def loss(x, y, w):\n    x.tolist()\n" + SOLUTION.partition("\n")[2]}[how]
    seen = graded(answer)
    assert seen.error().startswith("Wrong: ") and seen.suspicious == []


def test_outside_of_counting_threads_and_tracers_are_nobodys_business():
    answer = """
def loss(x, y, w):
    tracer = sys.gettrace()
    sys.settrace(None)
    found = []
    thread = threading.Thread(target=lambda: found.append(((x @ w - y) ** 2).mean()))
    thread.start(), thread.join()
    sys.settrace(tracer)
    return found[0]
"""
    seen = graded(answer, f"check.agrees('loss', reference=lambda x, y, w: ((x @ w - y) ** 2).mean(), {INPUTS})")
    assert (seen.error(), seen.suspicious) == ("", [])


def test_one_who_is_caught_is_not_accused_of_it_again():
    other = "def other(x):\n    return 2 * x"
    seen = Graded(IMPORTS, ("solution", SOLUTION), ("solution", other), ("test", VECTORISED),
                  ("test", "check.vectorised('other', inputs=lambda draw: draw.normal(draw.rows).requires_grad_())"),
                  answers=[LOOP + HIDDEN["a mode popped and pushed"], other])  # fmt: skip
    assert seen.error("test0").startswith("TamperedWith: ") and seen.error("test1") == ""
