"""Odd cells that a warm shell must run as a stock kernel does: what notebooks do beside computing."""

CELLS = r'''
1 + 1
===
print("a"); import sys; print("b", file=sys.stderr); print("c")
===
_, __, ___, In[1], Out
===
_i, _ii, _iii, _i1
===
from IPython.display import *; display(HTML("<b>x</b>")); handle = display("one", display_id="d1"); print("mid"); handle.update("two")
===
update_display("three", display_id="d1")
===
display("again", display_id="d1")
===
import time
for i in range(3):
    clear_output(wait=True); print(i)
===
print("x"); clear_output(); print("y")
===
input("q")
===
import getpass; getpass.getpass()
===
import os; os.system("echo fromsystem"); time.sleep(0.1); print("after")
===
os.write(1, b"raw1\n"); os.write(1, b"raw2\n"); time.sleep(0.1)
===
!echo bang; echo err >&2
===
%%bash
echo hi; echo bad >&2
===
%%bash
exit 3
===
%%sh
echo from sh
===
import subprocess; subprocess.run(["echo", "sub"]); time.sleep(0.1)
===
x = !echo cap
x
===
%timeit -n1 -r1 pass
===
%%time
pass
===
def f(x):
    return g(x)
def g(x): raise KeyError("k")
f(1)
===
try:
    f(1)
except KeyError as error:
    raise RuntimeError("second") from error
===
%xmode Plain
===
f(2)
===
%xmode Context
===
def recursive(): return recursive()
recursive()
===
import ipywidgets as w
s = w.IntSlider(value=3); s
===
s.value = 7
===
@w.interact(x=(0, 10))
def h(x=4): print("x is", x); return x
===
out = w.Output()
with out: print("in out"); display("d")
out
===
with out: 1 / 0
===
out.outputs
===
out.clear_output()
===
w.Image(value=b"not an image", format="png")
===
import asyncio
async def co(): await asyncio.sleep(.01); return 5
await co()
===
t = asyncio.create_task(co()); asyncio.get_event_loop().is_running()
===
await t
===
c = co(); asyncio.run(c)
===
c.close()
===
async def failing(): raise OSError("in a task")
await asyncio.gather(co(), failing())
===
async for x in co(): pass
===
import threading
th = threading.Thread(target=lambda: print("thread")); th.start(); th.join()
===
import warnings; warnings.warn("w!")
===
import numpy as np; np.array([1.0]) / 0
===
import logging; logging.warning("logw"); logging.getLogger("a").error("loge")
===
foo bar
===
  bad indent
 x
===
"unfinished
===
print("\N{nonsense}")
===
return 3
===
sys.exit(3)
===
raise SystemExit
===
raise KeyboardInterrupt
===
?len
===
len?
===
%who
===
%whos
===
%matplotlib inline
===
import matplotlib.pyplot as plt; fig, ax = plt.subplots(); ax.plot([1, 2]); "end"
===
fig
===
plt.figure(); plt.plot([1]); plt.show(); print("post")
===
plt.plot([1, 3, 2]); plt.title("left open")
===
plt.get_backend(), plt.get_fignums(), plt.isinteractive()
===
%config InlineBackend.figure_formats = ["svg"]
===
os.environ["SOURCE_DATE_EPOCH"] = "0"; plt.rcParams["svg.hashsalt"] = "x"; plt.plot([1, 2])
===
%config InlineBackend.close_figures = False
===
%history -n
===
get_ipython().__class__, __name__, sys.argv[:1], __file__ if "__file__" in globals() else None
===
from tqdm.auto import tqdm
===
tqdm
===
for i in tqdm(range(2), disable=True): pass
===
get_ipython().execution_count, len(In)
===
class R:
    def _repr_html_(self): return "<i>r</i>"
    def _repr_latex_(self): raise ValueError("bad repr")
R()
===
class NoRepr:
    def __repr__(self): raise ZeroDivisionError("no repr")
NoRepr()
===
class Display:
    def _ipython_display_(self): print("displays itself")
Display()
===
class Bundle:
    def _repr_mimebundle_(self, **k): return {"text/plain": "p", "application/json": {"a": [1, None]}}, {"m": 1}
Bundle()
===
print("before \ud800 after"); sys.stdout.flush(); time.sleep(0.5)
===
for i in range(3): print(i, end="\r", flush=True)
===
print("ab\b\bcd"); print("\x1b[31mred\x1b[0m")
===
raise ExceptionGroup("eg", [ValueError(1), TypeError("t")])
===
error = ValueError("noted"); error.add_note("a note"); raise error
===
sys.stdout.isatty(), sys.stdout.encoding, type(sys.stdout).__name__, sys.stdout.name, sys.stdout.writable()
===
sys.stdout.write(3)
===
sys.stdout.write("no newline")
===
assert False, "msg"
===
os.getcwd() == get_ipython().run_line_magic("pwd", "") == _dh[0]
===
%debug
===
%pdb
===
%pdb
===
breakpoint()
===
import numpy as np; np.array([1.5, 2]); np.arange(4)
===
help(len)
===
sorted(name for name in os.environ if name.startswith(("NBG", "TERM", "CLI", "FORCE", "PAGER", "GIT_P", "MPLB", "JPY_S")))
===
import plotly
===
import torch; torch.tensor([1.0], requires_grad=True)
===
torch.manual_seed(3); inputs = torch.linspace(-1, 1, 40)[:, None]; targets = 2 * inputs + 0.1 * torch.randn(40, 1)
model = torch.nn.Sequential(torch.nn.Linear(1, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1)); model
===
optimizer, losses = torch.optim.Adam(model.parameters(), lr=0.05), []
for step in range(50):
    loss = ((model(inputs) - targets) ** 2).mean(); optimizer.zero_grad(); loss.backward(); optimizer.step(); losses.append(loss.item())
losses[-1]
===
%config InlineBackend.figure_formats = ["png"]
===
fig, (left, right) = plt.subplots(1, 2, figsize=(6, 2), layout="constrained"); left.plot(losses, label=r"$\ell$"); left.legend(); left.set_yscale("log")
right.scatter(inputs, targets, c=targets[:, 0], s=4); right.imshow(np.eye(3), extent=(-1, 1, -1, 1), alpha=0.3); plt.show()
===
torch.tensor(1.0, requires_grad=True).sin().backward(); torch.zeros(2, 3) @ torch.zeros(2, 3)
===
%load_ext nothing_such
===
%nosuchmagic
===
%%nosuchcellmagic
x
===
%precision 3
===
3.14159265
===
%env NBGRADER_EXECUTION
===
%run nosuchfile.py
===
%%writefile made.py
print("made", __name__)
===
%run made.py
===
%cat made.py
===
%alias_magic t timeit
===
%reset -f
===
"x" in globals(), "In" in globals()
===
1; 2;
===
3;
===
Markdown("x") if "Markdown" in globals() else "gone"
===
quit()
===
exit
===
"still here"
===
%%javascript
console.log(1)
===
%%html
<p>
===
%%latex
x^2
===
import faulthandler; faulthandler.is_enabled()
===
import builtins; builtins._ is _
===
import sys; sys.displayhook(5); sys.excepthook
===
get_ipython().set_next_input("next")
===
get_ipython().run_cell("1/0").success
===
get_ipython().user_ns is globals(), __builtins__ is not None
===
import multiprocessing as mp, os
p = mp.get_context("fork").Process(target=print, args=("from a fork",)); p.start(); p.join(); p.exitcode
===
import inspect
def source_of(): return 1
print(inspect.getsource(source_of)); inspect.getmodule(source_of)
===
%%capture kept
print("captured"); 5
===
kept.stdout
===
import random; random.seed(1); random.random()
===
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()) as text: print("aside")
text.getvalue()
'''.strip("\n").split("\n===\n")  # fmt: skip
