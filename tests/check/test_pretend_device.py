"""Claims about the pretend device: its rules are a real accelerator's, its values are the CPU's.

Every program runs in the worker process; nothing of the pretend device is set up here.
"""
import json
import pickle
import sys

import cloudpickle
import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from course.check import devices

# As from a notebook: the programs travel by value, and the worker does not import this file.
cloudpickle.register_pickle_by_value(sys.modules[__name__])


def on_pretend_device(program):
    """What became of `program(x)` with x = [0, 1, 2, 3] on the pretend device: its error, or where the result is."""

    def work():
        from course.check.devices.pretend import DEVICE

        try:
            result = program(torch.arange(4.0).to(DEVICE))
        except Exception as error:
            return json.dumps({"error": type(error).__name__}).encode()
        if not isinstance(result, torch.Tensor):
            return json.dumps({"result": result}).encode()
        return json.dumps({"device": str(result.device), "values": result.tolist()}).encode()

    return json.loads(devices.run(work, timeout=60))


# ---------------------------------------------------------------- what an accelerator refuses


def into_cpu_tensor(x):
    torch.zeros(4).add_(x)


def loss_with_cpu_targets(x):
    nn.functional.mse_loss(x, torch.ones(4))


def cross_entropy_with_cpu_labels(x):
    nn.functional.cross_entropy(x.view(1, 4), torch.tensor([1]))


def embedding_with_cpu_indices(x):
    nn.Embedding(4, 2).to(x.device)(torch.tensor([1, 2]))


def module_left_behind(x):
    nn.Linear(4, 1)(x)


def batch_left_behind(x):
    nn.Linear(4, 1).to(x.device)(torch.ones(2, 4))


def adam_with_cpu_gradient(x):
    parameter = nn.Parameter(x.clone())
    parameter.grad = torch.ones(4)
    torch.optim.Adam([parameter]).step()


MISMATCHES = {
    "addition": lambda x: x + torch.ones(4),
    "addition the other way": lambda x: torch.ones(4) + x,
    "one element that is not a number": lambda x: x + torch.ones(1),
    "CPU data with a number of the device": lambda x: torch.ones(4) * x.sum(),
    "matrix product": lambda x: x.view(1, 4) @ torch.ones(4, 1),
    "einsum": lambda x: torch.einsum("i,i->", x, torch.ones(4)),
    "concatenation": lambda x: torch.cat([x, torch.ones(4)]),
    "stack": lambda x: torch.stack([x, torch.ones(4)]),
    "stack of numbers": lambda x: torch.stack([x.sum(), torch.tensor(1.0)]),
    "CPU number changed in place": lambda x: torch.tensor(1.0).add_(x.sum()),
    "mask of CPU integers": lambda x: torch.arange(4)[x > 1],
    "where": lambda x: torch.where(x > 1, x, torch.ones(4)),
    "mask of CPU data": lambda x: torch.ones(4)[x > 1],
    "gather": lambda x: x.gather(0, torch.tensor([0, 1])),
    "index_select": lambda x: x.index_select(0, torch.tensor([0, 1])),
    "masked_fill": lambda x: x.masked_fill(torch.tensor([True, False, True, False]), 0.0),
    "assigned values": lambda x: x.clone().__setitem__(torch.tensor([0, 1]), torch.ones(2)),
    "clamp": lambda x: torch.clamp(x, min=torch.zeros(4)),
    "out": lambda x: torch.add(x, 1, out=torch.empty(4)),
    "foreach": lambda x: torch._foreach_add([x], [torch.ones(4)]),
    "generator": lambda x: torch.randn(2, generator=torch.Generator(), device=x.device),
    "in place into the CPU": into_cpu_tensor,
    "mse_loss": loss_with_cpu_targets,
    "cross_entropy": cross_entropy_with_cpu_labels,
    "embedding": embedding_with_cpu_indices,
    "module left on the CPU": module_left_behind,
    "batch left on the CPU": batch_left_behind,
}  # fmt: skip


@pytest.mark.parametrize("program", MISMATCHES.values(), ids=MISMATCHES)
def test_tensors_on_two_devices_are_refused(program):
    assert on_pretend_device(program) == {"error": "RuntimeError"}


REFUSED_OTHERWISE = {
    "numpy": (lambda x: x.numpy(), "TypeError"),
    "asarray": (lambda x: __import__("numpy").asarray(x), "TypeError"),
    "dlpack": (lambda x: __import__("numpy").from_dlpack(x), "BufferError"),
    "cuda": (lambda x: x + torch.ones(4, device="cuda"), "AssertionError"),
    "Adam with a CPU gradient": (adam_with_cpu_gradient, "RuntimeError"),
}


@pytest.mark.parametrize("program, error", REFUSED_OTHERWISE.values(), ids=REFUSED_OTHERWISE)
def test_what_no_accelerator_does_is_refused(program, error):
    assert on_pretend_device(program) == {"error": error}


def test_the_cpu_without_the_pretend_device_would_hide_every_mismatch():
    hidden = [name for name, program in MISMATCHES.items() if name != "generator"]
    for name in hidden:
        MISMATCHES[name](torch.arange(4.0))


# ---------------------------------------------------------------- programs, told apart


def own_constant(x):
    return x * torch.arange(len(x), dtype=x.dtype, device=x.device)


def own_constant_forgotten(x):
    return x * torch.arange(len(x))


def in_place_shapes(x):
    y = x.clone()
    y.unsqueeze_(0).t_().squeeze_()
    y.resize_(2, 2)
    return y + torch.ones(2, 2, device=x.device)


def data_assigned(x):
    parameter = nn.Parameter(x.clone())
    parameter.data = parameter.data - 1
    return parameter


def data_moved(x):
    parameter = nn.Parameter(torch.ones(4))
    parameter.data = parameter.data.to(x.device)
    return parameter * x


def moved_in_a_loop(x):
    model = nn.Linear(4, 1)
    for _ in range(3):
        model.to(x.device)
        loss = model(x.view(1, 4)).sum()
        loss.backward()
    return model.weight.grad


AGNOSTIC = {
    "mean": lambda x: (x - x.mean()) ** 2,
    "own constant": own_constant,
    "like": lambda x: torch.zeros_like(x) + torch.ones_like(x),
    "new": lambda x: x.new_zeros(4) + x,
    "a CPU number in a pointwise operation": lambda x: x + torch.tensor(2.0),
    "CPU indices": lambda x: x[torch.tensor([0, 2])],
    "CPU mask": lambda x: x[torch.tensor([True, False, True, False])],
    "a number assigned": lambda x: x.clone().index_put_((torch.tensor([0]),), torch.tensor(5.0)),
    "there and back": lambda x: x.cpu().add(1).to(x.device),
    "item": lambda x: x / x.max().item(),
    "formatted": lambda x: x + float(f"{x.sum():.2f}"),
    "generator of the device": lambda x: torch.randn(
        2, generator=torch.Generator(device=x.device).manual_seed(1), device=x.device),
    "in-place shapes": in_place_shapes,
    "out": lambda x: torch.add(x, 1, out=torch.empty(0, device=x.device)),
    "data assigned": data_assigned,
    "data moved": data_moved,
    "moved in a loop": moved_in_a_loop,
    "attention": lambda x: nn.functional.scaled_dot_product_attention(*[x.view(1, 1, 2, 2)] * 3),
    "vmap": lambda x: torch.vmap(lambda value: value * 2)(x),
    "autocast": lambda x: exec("with torch.autocast('sim', torch.bfloat16): y = x @ x", {"torch": torch, "x": x}) or x,
}  # fmt: skip

LEFT_BEHIND = {
    "zeros": lambda x: torch.zeros(len(x)),
    "cpu at the end": lambda x: (x * 2).cpu(),
    "hard-coded cpu": lambda x: x.to("cpu") + torch.ones(4, device="cpu"),
    "through numpy": lambda x: torch.from_numpy(x.cpu().numpy() * 2),
    "through lists": lambda x: torch.tensor([value * 2 for value in x.tolist()]),
    "filled row by row": lambda x: torch.zeros(4).copy_(x),
}

BROKEN = {
    "constant forgotten": own_constant_forgotten,
    "cpu in the middle": lambda x: x + x.cpu().mul(2),
    "numpy in the middle": lambda x: x + torch.from_numpy(x.cpu().numpy()),
    "zeros inside": lambda x: torch.zeros(4).add(x),
}


@pytest.mark.parametrize("program", AGNOSTIC.values(), ids=AGNOSTIC)
def test_device_agnostic_programs_give_a_result_on_the_device(program):
    assert on_pretend_device(program)["device"] == "sim:0"


@pytest.mark.parametrize("program", LEFT_BEHIND.values(), ids=LEFT_BEHIND)
def test_a_result_left_on_the_cpu_can_be_seen(program):
    assert on_pretend_device(program)["device"] == "cpu"


@pytest.mark.parametrize("program", BROKEN.values(), ids=BROKEN)
def test_programs_that_mix_devices_fail(program):
    assert on_pretend_device(program) == {"error": "RuntimeError"}


RANDOM_OR_NAMED = ("autocast", "moved in a loop", "generator of the device")


@pytest.mark.parametrize("name", [name for name in AGNOSTIC if name not in (*RANDOM_OR_NAMED, "attention")])
def test_values_on_the_device_are_the_cpus_bit_for_bit(name):
    there = on_pretend_device(AGNOSTIC[name])["values"]
    assert there == AGNOSTIC[name](torch.arange(4.0)).tolist()


def test_attention_on_the_device_is_the_cpus_up_to_rounding():
    there = on_pretend_device(AGNOSTIC["attention"])["values"]
    torch.testing.assert_close(torch.tensor(there), AGNOSTIC["attention"](torch.arange(4.0)))


def test_tensors_changed_in_place_know_their_new_shape():
    def shapes(x):
        empty = torch.empty(0, device=x.device)
        torch.add(x, 1, out=empty)
        row, square, transposed = x.clone(), x.clone(), x.clone().view(1, 4)
        row.unsqueeze_(0)
        square.resize_(2, 2)
        transposed.t_()
        return [list(tensor.shape) for tensor in (empty, row, square, transposed)] + [list(transposed.stride())]

    expected = [[4], [1, 4], [2, 2], [4, 1], [1, 4]]
    assert shapes(torch.arange(4.0)) == expected
    assert on_pretend_device(shapes) == {"result": expected}


def test_a_generator_of_the_device_draws_what_a_cpu_generator_draws():
    expected = torch.randn(2, generator=torch.Generator().manual_seed(1)).tolist()
    assert on_pretend_device(AGNOSTIC["generator of the device"])["values"] == expected


# ---------------------------------------------------------------- training


def train(device, make_optimiser, move_batches=True):
    """Losses and final parameters of a small training with DataLoader, optimiser and `.item()` logging."""
    torch.manual_seed(0)
    X = torch.randn(24, 3)
    y = X @ torch.tensor([[1.0], [-2.0], [0.5]]) + 0.1 * torch.randn(24, 1)
    model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 1)).to(device)
    optimiser = make_optimiser(model.parameters())
    losses = []
    for _ in range(3):
        for inputs, targets in DataLoader(TensorDataset(X, y), batch_size=6, shuffle=True):
            if move_batches:
                inputs, targets = inputs.to(device), targets.to(device)
            optimiser.zero_grad()
            loss = nn.functional.mse_loss(model(inputs), targets)
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
    return losses, {name: value.cpu().tolist() for name, value in model.state_dict().items()}


OPTIMISERS = {
    "SGD": lambda parameters: torch.optim.SGD(parameters, lr=0.05),
    "momentum": lambda parameters: torch.optim.SGD(parameters, lr=0.05, momentum=0.9, nesterov=True),
    "Adam": lambda parameters: torch.optim.Adam(parameters, lr=0.05),
    "AdamW": lambda parameters: torch.optim.AdamW(parameters, lr=0.05),
    "RMSprop": lambda parameters: torch.optim.RMSprop(parameters, lr=0.05),
}


@pytest.mark.parametrize("make_optimiser", OPTIMISERS.values(), ids=OPTIMISERS)
def test_training_on_the_device_equals_the_cpus_bit_for_bit(make_optimiser):
    def work():
        return pickle.dumps(train("sim", make_optimiser))

    assert pickle.loads(devices.run(work)) == train("cpu", make_optimiser)


def test_a_model_that_was_moved_and_batches_that_were_not_are_refused():
    def program(x):
        train(x.device, OPTIMISERS["SGD"], move_batches=False)

    assert on_pretend_device(program) == {"error": "RuntimeError"}


def test_an_optimiser_made_before_the_move_still_holds_the_parameters():
    def program(x):
        model = nn.Linear(4, 1)
        nn.init.zeros_(model.weight)
        optimiser = torch.optim.SGD(model.parameters(), lr=1.0)
        model.to(x.device)
        before = model.weight.detach().clone()
        model(x.view(1, 4)).sum().backward()
        optimiser.step()
        return before - model.weight

    assert on_pretend_device(program) == {"device": "sim:0", "values": [[0.0, 1.0, 2.0, 3.0]]}


LAYERS = {
    "convolution": lambda: (nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.MaxPool2d(2)), (2, 1, 8, 8)),
    "batch norm": lambda: (nn.BatchNorm1d(3), (4, 3)),
    "LSTM": lambda: (nn.LSTM(3, 4, batch_first=True), (2, 5, 3)),
    "GRU": lambda: (nn.GRU(3, 4), (2, 5, 3)),
    "transformer": lambda: (nn.TransformerEncoderLayer(4, 2, 8, 0.0, batch_first=True), (2, 3, 4)),
}


def results_of_layer(device, make):
    torch.manual_seed(0)
    layer, shape = make()
    inputs = torch.randn(shape)
    layer, inputs = layer.to(device), inputs.to(device)
    result = layer(inputs)
    result = result[0] if isinstance(result, tuple) else result
    result.square().sum().backward()
    return [result.detach().cpu().tolist(), *(parameter.grad.cpu().tolist() for parameter in layer.parameters())]


@pytest.mark.parametrize("make", LAYERS.values(), ids=LAYERS)
def test_layers_give_the_cpus_results_and_gradients(make):
    there = json.loads(devices.run(lambda: json.dumps(results_of_layer("sim", make)).encode()))
    here = results_of_layer("cpu", make)
    for mine, theirs in zip(here, there, strict=True):
        torch.testing.assert_close(torch.tensor(mine), torch.tensor(theirs))


# ---------------------------------------------------------------- copies, files, moving trees


def test_copies_and_state_dicts_stay_on_the_device():
    def work():
        import copy

        model = nn.Linear(2, 1).to("sim")
        twin = copy.deepcopy(model)
        twin.load_state_dict(model.state_dict())
        equal = torch.equal(twin.weight, model.weight) and twin.weight is not model.weight
        return json.dumps([str(twin.weight.device), equal, isinstance(twin.weight, nn.Parameter)]).encode()

    assert json.loads(devices.run(work)) == ["sim:0", True, True]


def test_saved_tensors_come_back_where_they_are_asked_to():
    def work():
        import io

        def saved(model, **options):
            file = io.BytesIO()
            torch.save(model.state_dict(), file)
            file.seek(0)
            return str(torch.load(file, **options)["weight"].device)

        there, here = nn.Linear(2, 1).to("sim"), nn.Linear(2, 1)
        found = [saved(there), saved(there, map_location="cpu"), saved(there, map_location="sim"),
                 saved(here, map_location="sim")]  # fmt: skip
        return json.dumps(found).encode()

    assert json.loads(devices.run(work)) == ["sim:0", "cpu", "sim:0", "sim:0"]


def test_trees_are_moved_there_and_back():
    def work():
        import collections

        from course.check.devices.pretend import DEVICE, from_device, to_device

        Pair = collections.namedtuple("Pair", "x y")
        weight = torch.ones(2, requires_grad=True)
        tree = {"a": [weight, weight, 3], "b": Pair(nn.Parameter(torch.ones(1)), "text"), "c": nn.Linear(1, 1)}
        there = to_device(tree)
        first, second, number = there["a"]
        facts = {
            "device": first.device == there["b"].x.device == there["c"].weight.device == DEVICE,
            "shared": first is second,
            "leaf": first.is_leaf and first.requires_grad,
            "parameter": isinstance(there["b"].x, nn.Parameter),
            "rest": (number, there["b"].y) == (3, "text"),
            "original": weight.device.type == "cpu",
            "back": from_device(there)["a"][0].tolist() == [1.0, 1.0],
            "back is plain": type(from_device(there["a"])[0]) is torch.Tensor,
            "untouched": from_device(weight) is weight,
        }
        return json.dumps([name for name, holds in facts.items() if not holds]).encode()

    assert json.loads(devices.run(work)) == []


# ---------------------------------------------------------------- the private function it rests on


def test_this_process_has_no_pretend_device():
    assert not torch.accelerator.is_available() or torch.accelerator.current_accelerator().type != "sim"
    assert not hasattr(torch, "sim")


def set_up_without(change):
    """What `install()` says in a fresh process after `change`, which spoils PyTorch."""
    import subprocess

    program = f"import torch\n{change}\nfrom course.check.devices import pretend\npretend.install()"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)


def test_a_pytorch_without_the_set_up_function_is_told_plainly():
    done = set_up_without(
        "import torch.utils.backend_registration as b; del b._setup_privateuseone_for_python_backend"
    )
    assert done.returncode != 0 and "RuntimeError: PyTorch" in done.stderr and "requirements.txt" in done.stderr


def test_a_pytorch_whose_device_rules_changed_is_told_plainly():
    done = set_up_without("import course.check.devices.pretend_tensor as p; p._refuse_mixed_devices = lambda *a: None")
    assert done.returncode != 0 and "RuntimeError: the pretend device does not work" in done.stderr
