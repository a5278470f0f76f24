"""Ordinary test cells of nbgrader courses: each passes with the solution below, and refuses it with one thing wrong.

IDIOMS: by name, (test cell, what to replace in SOLUTION, by what) or (test cell,) where there is nothing to get wrong.
OUTSIDE: idioms that cannot be judged from outside, with the start of what the judge says.
"""

IMPORTS = """import copy, inspect, io, itertools, math, random, contextlib
import numpy as np
import pytest
import torch
import torch.nn as nn
import matplotlib.pyplot as plt
from torch.utils.data import Dataset, DataLoader, TensorDataset"""

LOCKED = """def close(a, b):
    return torch.allclose(a, b, atol=1e-5)


class Scale(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.tensor([2.0]))

    def forward(self, x):
        return x * self.w"""

SOLUTION = '''
def f(x): return x + 1
def pair(x): return [x, (x, {"a": x})], {1, 2}, None, "s", b"q", 1 + 2j
def rows_softmax(x): return torch.as_tensor(x).float().softmax(-1)
def compute_loss(x, y, model): return ((model(x).squeeze(-1) - y) ** 2).mean()
class Net(nn.Module):
    def __init__(self, h=4):
        super().__init__()
        self.fc1 = nn.Linear(2, h)
        self.fc2 = nn.Linear(h, 1)
    def forward(self, x): return self.fc2(torch.tanh(self.fc1(x)))
def train(model=None, steps=60, lr=.1, X=None, Y=None, opt=None, cb=None):
    g = torch.Generator().manual_seed(0)
    if X is None:
        X = torch.randn(64, 2, generator=g)
        Y = X.sum(1)
    model = model or Net()
    opt = opt or torch.optim.SGD(model.parameters(), lr=lr)
    history = []
    for i in range(steps):
        opt.zero_grad()
        loss = compute_loss(X, Y, model)
        loss.backward()
        opt.step()
        history.append(loss.item())
        if cb: cb(i, loss.item())
    return model, history
class Squares(Dataset):
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
    def __getitem__(self, i):
        if i >= self.n: raise IndexError(i)
        return torch.tensor([float(i)]), i * i
def gen(n):
    for i in range(n): yield i * i
def count_up():
    i = 0
    while True:
        yield i
        i += 1
def shout(x):
    print("student says", x)
    return x
def plot():
    plt.figure()
    plt.plot([1, 2])
    return plt.gca()
class MyErr(ValueError): pass
def careful(x):
    if x < 0: raise ValueError("negative")
    if x > 9: raise MyErr("big")
    return math.sqrt(x)
def change(t, l):
    t.mul_(2)
    l.append(99)
def fill(m):
    with torch.no_grad():
        m.weight.fill_(3.)
        m.bias.zero_()
counter = 0
def tick():
    global counter
    counter += 1
    return counter
class Vec:
    def __init__(self, x, y): self.x, self.y = x, y
    def __add__(self, o): return Vec(self.x + o.x, self.y + o.y)
    def __eq__(self, o): return (self.x, self.y) == (o.x, o.y)
    def __len__(self): return 2
    def __repr__(self): return f"Vec({self.x}, {self.y})"
    @property
    def norm(self): return math.hypot(self.x, self.y)
def apply(fn, x): return fn(x) * 2
def slope(fn, x):
    x = x.clone().requires_grad_()
    fn(x).sum().backward()
    return x.grad
def noisy(n): return torch.randn(n)
def use_dataset(ds): return sum(len(b) for b in DataLoader(ds, batch_size=4)), len(ds)
def size_of_vocabulary(): return len(vocabulary)
vocabulary = {"a": 1}
table = np.arange(6).reshape(2, 3)
answer = 42
W = torch.ones(3, requires_grad=True)
numbers = [1, 2, 3]
def column_means(a): return a.mean(axis=0)
def double_(x): return x.mul_(2)
def count(model): return sum(p.numel() for p in model.parameters())
'''

WRONG_F = ("return x + 1\n", "return x + 2\n")
WRONG_LOSS = (" ** 2).mean()", " ** 2).sum()")
FROZEN = ("opt.step()", "pass")
WRONG_NET = ("self.fc2(torch.tanh(self.fc1(x)))", "self.fc2(self.fc1(x))")

IDIOMS = {
    "numbers and text": ('assert f(3) == 4; assert answer == 42; assert f(1.5) == 2.5; assert "s" in pair(1)', *WRONG_F),
    "names looked up": ('assert globals().get("f")(1) == 2 and globals().get("nope", 3) == 3; assert globals()["answer"] == 42', *WRONG_F),
    "a number": ("assert answer == 42", "answer = 42", "answer = 41"),
    "containers": ('r = pair(1); assert r[0] == [1, (1, {"a": 1})] and isinstance(r[1], set) and r[2] is None and r[4] == b"q" and r[5] == 1+2j',
                   '{"a": x}', '{"a": -x}'),
    "tensors": ("x = torch.randn(3, 4); out = rows_softmax(x); assert out.shape == (3, 4) and out.dtype == torch.float32\n"
                "assert isinstance(out, torch.Tensor); torch.testing.assert_close(out.sum(-1), torch.ones(3)); assert close(out, x.softmax(-1))",
                "softmax(-1)", "softmax(0)"),
    "dtypes and sizes": ("assert rows_softmax([1., 2.]).dtype is torch.float32; assert torch.is_tensor(rows_softmax([1.]))\n"
                         "assert torch.Size([2]) == rows_softmax([1., 2.]).shape", ".float().softmax", ".double().softmax"),
    "numpy": ("np.testing.assert_allclose(column_means(table), table.mean(0)); assert isinstance(column_means(table)[0], np.floating)",
              "mean(axis=0)", "mean(axis=1)"),
    "attributes and classes": ('m = Net(8); assert hasattr(m, "fc1") and not hasattr(m, "nope"); assert isinstance(m, nn.Module)\n'
                               "assert isinstance(m.fc1, nn.Linear) and isinstance(m, Net) and issubclass(Net, nn.Module) and callable(m)\n"
                               'assert m.fc1.out_features == 8; assert m.__class__.__name__ == "Net"', "nn.Linear(2, h)", "nn.Linear(2, 4)"),
    "not a module": ("assert issubclass(Net, nn.Module) and isinstance(Net(), nn.Module)", "class Net(nn.Module)", "class Net(Dataset)"),
    "signatures": ('s = inspect.signature(train); assert list(s.parameters)[:2] == ["model", "steps"] and s.parameters["lr"].default == .1\n'
                   'assert f.__name__ == "f" and train.__defaults__[1] == 60', "lr=.1", "lr=.2"),
    "source of a function": ('assert "while" not in inspect.getsource(f)', "def f(x): return x + 1\n", "def f(x):\n    while True: return x + 1\n"),
    "source of the notebook": ('import ast\nfn = next(n for n in ast.parse(judge.source).body if getattr(n, "name", "") == "f")\n'
                               "assert not any(isinstance(n, ast.While) for n in ast.walk(fn))",
                               "def f(x): return x + 1\n", "def f(x):\n    while True: return x + 1\n"),
    "training": ("torch.manual_seed(0); model, history = train(); assert len(history) == 60 and history[-1] < .3 * history[0]\n"
                 "X = torch.randn(50, 2); assert ((model(X).squeeze() - X.sum(1)) ** 2).mean() < 1.5\n"
                 "assert model.training; model.eval(); assert not model.training\n"
                 "with torch.no_grad(): out = model(X)\nassert not out.requires_grad", *FROZEN),
    "state and counts": ('model, _ = train(steps=1); assert set(model.state_dict()) == {"fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"}\n'
                         "assert sum(p.numel() for p in model.parameters()) == 17", "h=4", "h=5"),
    "named parameters": ('m = Net(); d = dict(m.named_parameters()); assert d["fc1.weight"].shape == (4, 2)\n'
                         'assert d["fc1.weight"] is m.fc1.weight', "h=4", "h=5"),
    "loss of a test's model": ("model = nn.Linear(2, 1); x = torch.randn(5, 2); y = torch.randn(5)\nloss = compute_loss(x, y, model)\n"
                               "assert loss.requires_grad and loss.grad_fn is not None\nloss.backward(); g = model.weight.grad.clone(); model.zero_grad()\n"
                               "((model(x).squeeze(-1) - y) ** 2).mean().backward(); assert torch.allclose(g, model.weight.grad)", *WRONG_LOSS),
    "loss of the student's model": ("m = Net(); x = torch.randn(5, 2); y = torch.randn(5); loss = compute_loss(x, y, m); loss.backward()\n"
                                    "assert m.fc1.weight.grad.shape == (4, 2) and m.fc1.weight.grad.abs().sum() > 0\n"
                                    "assert all(p.grad is not None for p in m.parameters())", "torch.tanh(self.fc1(x))", "torch.tanh(self.fc1(x)).detach()"),
    "gradient of an input": ("x = torch.randn(4, requires_grad=True); (rows_softmax(x * 2) ** 2).sum().backward(); g = x.grad\n"
                             "x2 = x.detach().clone().requires_grad_(); ((x2 * 2).softmax(-1) ** 2).sum().backward(); assert torch.allclose(g, x2.grad)",
                             "softmax(-1)", "sigmoid()"),
    "autograd.grad": ("m = Net(); x = torch.randn(5, 2); y = torch.randn(5); ps = list(m.parameters()); gs = torch.autograd.grad(compute_loss(x, y, m), ps)\n"
                      "assert len(gs) == 4 and gs[0].shape == ps[0].shape and (gs[0] != 0).any()", "torch.tanh(", "0 * torch.tanh("),
    "gradcheck": ("def d(x): return apply(torch.sin, x)\nx = torch.randn(3, dtype=torch.double, requires_grad=True); assert torch.autograd.gradcheck(d, (x,))",
                  "return fn(x) * 2", "return fn(x) * 2 + x.detach()"),
    "gradients there": ('y, g = judge.grad(Net(), torch.randn(5, 2)); assert y.shape == (5, 1) and g["fc2.bias"].item() == 5.0',
                        "return self.fc2(", "return 2 * self.fc2("),
    "a test's function differentiated": ("x = torch.randn(4); assert close(slope(lambda v: v ** 3, x), 3 * x ** 2)", "return x.grad", "return 2 * x.grad"),
    "a test's optimiser": ("m = Net(); opt = torch.optim.SGD(m.parameters(), lr=.05); w = m.fc1.weight; w0 = w.clone(); m2, h = train(m, steps=20, opt=opt)\n"
                           "assert not torch.equal(w, w0); assert m2 is m; assert h[-1] < h[0]", *FROZEN),
    "a test's model is trained": ("model = nn.Linear(2, 1); w0 = model.weight.clone(); m2, h = train(model, steps=40)\n"
                                  "assert m2 is model and not torch.equal(w0, model.weight); assert torch.allclose(model.weight, torch.ones(1, 2), atol=.2)", *FROZEN),
    "a test's loop": ("m = Net(); opt = torch.optim.SGD(m.parameters(), lr=.1); X = torch.randn(64, 2); Y = X.sum(1); ls = []\nfor i in range(20):\n"
                      "    opt.zero_grad(); l = compute_loss(X, Y, m); l.backward(); opt.step(); ls.append(l.item())\nassert ls[-1] < .5 * ls[0]",
                      " ** 2).mean()", " ** 2).mean() * 0 + 1"),
    "weights set by a test": ("m = Net()\nwith torch.no_grad():\n    for p in m.parameters(): p.fill_(.5)\n"
                              "assert abs(m(torch.ones(1, 2)).item() - (2 * math.tanh(1.5) + .5)) < 1e-5", *WRONG_NET),
    "loading a state": ("a, b = Net(), Net(); b.load_state_dict(a.state_dict()); x = torch.randn(3, 2); assert torch.equal(a(x), b(x))",
                        "return self.fc2(torch", "return torch.rand(1) + self.fc2(torch"),
    "seeds": ("torch.manual_seed(0); a = noisy(3); torch.manual_seed(0); assert torch.equal(a, torch.randn(3))\n"
              "torch.manual_seed(1); m = Net(); torch.manual_seed(1); r = nn.Linear(2, 4); assert torch.equal(m.fc1.weight, r.weight)",
              "return torch.randn(n)", "return torch.rand(n)"),
    "a data set": ("ds = Squares(10); dl = DataLoader(ds, batch_size=4); bs = list(dl)\n"
                   "assert len(bs) == 3 and bs[0][0].shape == (4, 1) and bs[1][1].tolist() == [16, 25, 36, 49]\n"
                   "assert len(ds) == 10 and ds[3][1] == 9 and isinstance(ds, Dataset)\nfor i, (a, b) in enumerate(ds): assert b == i * i\nassert i == 9",
                   "i * i\ndef gen", "2 * i\ndef gen"),
    "a shuffled loader": ("dl = DataLoader(Squares(10), batch_size=2, shuffle=True); assert sorted(torch.cat([b for _, b in dl]).tolist()) == [i * i for i in range(10)]",
                          "i * i\ndef gen", "2 * i\ndef gen"),
    "a loader with workers": ("dl = DataLoader(Squares(10), batch_size=4, num_workers=2); assert len(list(dl)) == 3", "return self.n\n", "return self.n - 2\n"),
    "generators": ("assert list(gen(4)) == [0, 1, 4, 9]; g = gen(3); assert next(g) == 0; assert sum(g) == 5\n"
                   "assert list(itertools.islice(count_up(), 3)) == [0, 1, 2]", "yield i * i", "yield i"),
    "printing": ('print("J1"); assert shout(5) == 5; print("J2")', "return x\ndef plot", "return -x\ndef plot"),
    "captured prints": ('b = io.StringIO()\nwith contextlib.redirect_stdout(b): shout(1)\nassert "student says 1" in b.getvalue()', "student says", "says"),
    "plots": ("ax = plot(); assert len(ax.lines) == 1", "plt.plot([1, 2])", "pass"),
    "exceptions": ('with pytest.raises(ValueError, match="neg"): careful(-1)\ntry: careful(-1)\nexcept ValueError as e: assert "neg" in str(e)\n'
                   "else: raise AssertionError\ntry: careful(10)\nexcept MyErr: pass\ntry: careful('a')\nexcept TypeError: pass", 'ValueError("negative")', 'KeyError("negative")'),
    "no exception": ('with pytest.raises(ValueError): careful(-1)', 'raise ValueError("negative")', "return 0"),
    "its own exception": ("try: careful(10)\nexcept MyErr: pass\nelse: raise AssertionError", 'raise MyErr("big")', 'raise ValueError("big")'),
    "changes in place, asked for": ("t = judge.inout(torch.ones(3)); l = judge.inout([1]); change(t, l); assert t.tolist() == [2, 2, 2] and l == [1, 99]", "t.mul_(2)", "t * 2"),
    "changes in place, noticed": ("t = torch.ones(3); f(t); assert not judge.mutated(t); double_(t); assert judge.mutated(t)", "return x.mul_(2)", "return x * 2"),
    "a result in place": ("x = torch.ones(3); r = double_(x); assert r.tolist() == [2, 2, 2]", "mul_(2)", "mul_(3)"),
    "parameters filled": ("lin = nn.Linear(2, 2); fill(lin); assert (lin.weight == 3).all() and (lin.bias == 0).all()", "fill_(3.)", "fill_(2.)"),
    "globals": ("a = counter; tick(); tick(); assert counter == a + 2; assert numbers == [1, 2, 3]; assert W.requires_grad and W.shape == (3,)", "counter += 1", "counter += 2"),
    "a global that the test sets": ('vocabulary = {"a": 1, "b": 2}; assert size_of_vocabulary() == 2', "return len(vocabulary)", "return 1"),
    "objects": ('v = Vec(1, 2) + Vec(2, 2); assert (v.x, v.y) == (3, 4) and v.norm == 5.0 and repr(v) == "Vec(3, 4)" and len(v) == 2; v.x = 0; assert v.norm == 4.0',
                "math.hypot(self.x, self.y)", "5.0"),
    "equality, asked for": ('assert judge.op("eq", Vec(1, 2), Vec(1, 2)) and not judge.op("eq", Vec(1, 2), Vec(1, 3))', "return (self.x, self.y) == (o.x, o.y)", "return self.x == o.x"),
    "callbacks": ("seen = []; train(steps=3, cb=lambda i, l: seen.append((i, l))); assert [i for i, _ in seen] == [0, 1, 2]", "if cb: cb(i,", "if cb: cb(0,"),
    "functions as arguments": ("assert apply(lambda x: x + 1, 3) == 8; assert apply(torch.sin, torch.zeros(1)).item() == 0", "fn(x) * 2", "fn(x * 2)"),
    "functions mapped": ("assert list(map(f, [1, 2])) == [2, 3]; assert sorted([3, 1], key=f) == [1, 3]", *WRONG_F),
    "helpers": ("class Case:\n    def __init__(s, a, b): s.a, s.b = a, b\n    def check(s): assert f(s.a) == s.b\ndef helper(n): return [f(i) for i in range(n)]\n"
                "for c in (Case(1, 2), Case(5, 6)): c.check()\nassert helper(3) == [1, 2, 3]; h = lambda q: f(q); assert h(1) == 2", *WRONG_F),
    "a test's module": ("class Dummy(nn.Module):\n    def __init__(s): super().__init__(); s.l = nn.Linear(2, 1)\n    def forward(s, x): return s.l(x)\n"
                        "d = Dummy(); assert count(d) == 3; compute_loss(torch.randn(3, 2), torch.randn(3), d).backward(); assert d.l.weight.grad is not None",
                        "p.numel() for p", "1 for p"),
    "a test's module, shared": ("@judge.share\nclass Dummy(nn.Module):\n    def __init__(s): super().__init__(); s.l = nn.Linear(2, 1)\n    def forward(s, x): return s.l(x)\n"
                                "assert count(Dummy()) == 3", "p.numel() for p", "1 for p"),
    "a locked module": ("l = Scale(); assert count(l) == 1; loss = compute_loss(torch.ones(2, 1), torch.zeros(2), l); loss.backward(); assert l.w.grad.item() == 4.", *WRONG_LOSS),
    "a test's data set": ("class Six:\n    def __len__(s): return 6\n    def __getitem__(s, i):\n        if i >= 6: raise IndexError\n        return torch.tensor([float(i)])\n"
                          "assert use_dataset(Six()) == (6, 6)", ", len(ds)", ", 5"),
    "a library's data set": ("assert use_dataset(TensorDataset(torch.arange(8.)))[1] == 8", ", len(ds)", ", 5"),
    "mocks": ('from unittest.mock import patch\nwith patch("torch.sort", side_effect=AssertionError("no sort")): assert f(1) == 2', *WRONG_F),
    "hooks": ("m = Net(); seen = []; hook = m.fc1.register_forward_hook(lambda mod, i, o: seen.append(o.shape)); m(torch.randn(3, 2))\n"
              "assert seen == [torch.Size([3, 4])]; hook.remove(); m(torch.randn(3, 2)); assert len(seen) == 1", "h=4", "h=5"),
    "copies": ("m = Net(); c = copy.deepcopy(m); assert torch.equal(m.fc1.weight, c.fc1.weight); train(m, steps=2); assert not torch.equal(m.fc1.weight, c.fc1.weight)", *FROZEN),
    "modules around modules": ("m = nn.Sequential(Net(), nn.ReLU()); assert m(torch.randn(3, 2)).shape == (3, 1); assert len(list(m.parameters())) == 4", "self.fc2 = nn.Linear(h, 1)", "self.fc2 = nn.Linear(h, 2)"),
    "magics": ("%timeit -n1 -r1 f(1)\nassert f(1) == 2", *WRONG_F),
    "time": ("import time; t0 = time.time(); assert f(1) == 2; assert time.time() - t0 < 5", *WRONG_F),
    "a replaced function": ("kept = f\nf = lambda x: 100\ntry: assert apply(f, 1) == 200\nfinally: f = kept\nassert f(1) == 2", *WRONG_F),
}  # fmt: skip

OUTSIDE = {
    "a second derivative": ("x = torch.randn(4, requires_grad=True); g, = torch.autograd.grad(rows_softmax(x)[0], x, create_graph=True); g.sum().backward()",
                            "JudgeError: a second derivative"),
    "torch.func": ("g = torch.func.grad(lambda x: rows_softmax(x)[0])(torch.randn(3))", "JudgeError: torch.func cannot go"),
    "objects' own equality": ("assert Vec(1, 2) == Vec(1, 2)", "JudgeError: whether two student's objects are equal"),
    "objects' own order": ("assert Vec(1, 2) < Vec(1, 2)", "JudgeError: the order of a student's object"),
    "objects' own truth": ("assert Vec(1, 2)", "JudgeError: the truth of a student's object"),
    "changes in place of plain inputs": ("t = torch.ones(3); change(t, []); assert t.tolist() == [2, 2, 2]", "AssertionError"),
    "a hidden module": ("### BEGIN HIDDEN TESTS\nclass Dummy(nn.Module):\n    pass\nassert count(Dummy()) == 0\n### END HIDDEN TESTS", "JudgeError: the class Dummy is in a hidden test"),
    "commands": ("!true", "JudgeError: a test cell cannot run"),
}  # fmt: skip
