"""Training functions that are given the number of epochs, a model, a loss function, an optimiser and a loader.

As text, with each one's mistake (None: right): they are loaded like a notebook that has objects of the same names.
"""

NOTEBOOK = """
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(4)
model = nn.Linear(3, 2)
opt = torch.optim.SGD(model.parameters(), lr=1e-5)
loss_fn = F.mse_loss
train_dl = DataLoader(TensorDataset(torch.randn(23, 3), torch.randn(23, 2)), batch_size=5, shuffle=True)
"""

_LOOP = """
def fit(num_epochs, model, loss_fn, opt, train_dl):
    for epoch in range(num_epochs):
        for inputs, targets in train_dl:
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            opt.zero_grad()
"""


def _with(old: str, new: str) -> str:
    assert old in _LOOP, old
    return _LOOP.replace(old, new)


RIGHT = {
    "the loop": _LOOP,
    "zeroed first, other names": """
def fit(epochs, net, criterion, optimiser, loader):
    net.train()
    for _ in range(epochs):
        for batch in loader:
            optimiser.zero_grad()
            criterion(net(batch[0]), batch[1]).backward()
            optimiser.step()
""",
    "returns the model": _LOOP + "    return model\n",
    "returns losses": _with("        for inputs", "        losses = []\n        for inputs") + "    return losses\n",
    "batches counted": _with("for inputs, targets in train_dl", "for number, (inputs, targets) in enumerate(train_dl)"),
}

WRONG = {
    "never zeroed": ("gradients-never-zeroed", _with("            opt.zero_grad()\n", "")),
    "no backward": ("no-backward", _with("            loss.backward()\n", "")),
    "no step": ("no-step", _with("            opt.step()\n", "")),
    "a step an epoch": ("one-update-an-epoch", _with("            opt.step()\n            opt.zero_grad()\n", "        opt.step()\n        opt.zero_grad()\n")),
    "a step an epoch, with the last batch's gradient": ("one-update-an-epoch", _with("            loss.backward()\n            opt.step()\n            opt.zero_grad()\n", "            opt.zero_grad()\n            loss.backward()\n        opt.step()\n")),
    "zeroed too early": ("zeroed-between-backward-and-step", _with("            opt.step()\n            opt.zero_grad()", "            opt.zero_grad()\n            opt.step()")),
    "only the first batch": ("one-batch-only", _with("            opt.zero_grad()\n", "            opt.zero_grad()\n            break\n")),
    "next of iter": ("always-first-batch", _with("for inputs, targets in train_dl:", "for _ in range(len(train_dl)):\n            inputs, targets = next(iter(train_dl))")),
    "the last batch lost": ("last-batch-lost", _with("loss = loss_fn", "if len(inputs) < train_dl.batch_size:\n                continue\n            loss = loss_fn")),
    "one epoch": ("one-epoch-only", _with("            opt.zero_grad()\n", "            opt.zero_grad()\n        return\n")),
    "one epoch more": ("wrong-epochs", _with("range(num_epochs)", "range(num_epochs + 1)")),
    "seeded in the loop": ("reseeded-each-epoch", _with("        for inputs", "        torch.manual_seed(0)\n        for inputs")),
    "batches drawn once": ("no-shuffle", _with("    for epoch in", "    train_dl = list(train_dl)\n    for epoch in")),
    "the notebook's model": ("globals-for-arguments", _with("num_epochs, model, loss_fn, opt, train_dl", "num_epochs, net, loss_fn, opt, train_dl")),
    "the notebook's model and optimiser": ("globals-for-arguments", _with("num_epochs, model, loss_fn, opt, train_dl", "num_epochs, net, loss_fn, optimiser, train_dl")),
    "the notebook's loader": ("argument-not-used", _with("loss_fn, opt, train_dl", "loss_fn, opt, loader")),
    "the notebook's optimiser": ("argument-not-used", _with("loss_fn, opt, train_dl", "loss_fn, optimiser, train_dl")),
    "another loss function": ("argument-not-used", _with("loss_fn(model(inputs), targets)", "F.mse_loss(model(inputs), targets)")),
    "an optimiser of its own": ("argument-not-used", _with("    for epoch in", "    opt = torch.optim.SGD(model.parameters(), lr=opt.param_groups[0]['lr'])\n    for epoch in")),
    "a model of its own": ("argument-not-used", _with("    for epoch in", "    model = nn.Linear(3, 2)\n    opt = torch.optim.SGD(model.parameters(), lr=1e-5)\n    for epoch in")),
    "no graph": ("no-grad-around-forward", _with("loss = loss_fn(model(inputs), targets)", "with torch.no_grad():\n                loss = loss_fn(model(inputs), targets)")),
    "a number": ("number-in-graph", _with("loss.backward()", "loss.item().backward()")),
    "left in evaluation mode": ("eval-not-switched-back", _with("        for inputs", "        model.eval()\n        for inputs")),
    "up": ("wrong-sign", _with("loss.backward()", "(-loss).backward()")),
    "the sum": ("sum-for-mean", _with("loss.backward()", "(loss * targets.numel()).backward()")),
    "nothing at all": ("no-backward", "def fit(num_epochs, model, loss_fn, opt, train_dl):\n    return None\n"),
}

_HISTORY = """
def fit(num_epochs, model, loss_fn, opt, train_dl):
    history = []
    for _ in range(num_epochs):
        total = 0.0
        for inputs, targets in train_dl:
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            opt.zero_grad()
            total += loss.item() * len(inputs)
        history.append(total / len(train_dl.dataset))
    return history
"""

HISTORIES = {
    "weighted by size": (None, _HISTORY),
    "the mean of batch means": ("mean-of-batch-means", _HISTORY.replace(" * len(inputs)", "").replace("len(train_dl.dataset)", "len(train_dl)")),
    "batches for samples": ("batches-taken-for-samples", _HISTORY.replace("len(train_dl.dataset)", "len(train_dl)")),
    "samples for batches": ("samples-taken-for-batches", _HISTORY.replace(" * len(inputs)", "")),
    "the last batch's": ("last-batch-for-epoch", _HISTORY.replace("total += loss.item() * len(inputs)", "total = loss.item()").replace(" / len(train_dl.dataset)", "")),
    "tensors": ("history-of-tensors", _HISTORY.replace("loss.item()", "loss")),
    "not returned": (None, None),
}
