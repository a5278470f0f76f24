"""A pretend accelerator, `sim`: device-agnostic code is told from CPU-only code on a machine without a GPU.

Values live on the CPU and are the CPU's bit for bit, but for recurrent layers and attention, where the CPU has fused
kernels of its own and results agree to rounding; the rules about devices are a real accelerator's. Setting it up
makes `torch.accelerator.is_available()` true and cannot be undone, so it happens only in the child process of
`course.check.devices.worker`.
"""
import torch
from torch import nn

from course.check.devices import pretend_kernels
from course.check.devices.pretend_tensor import DEVICE, PretendTensor

__all__ = ["DEVICE", "from_device", "install", "to_device"]

NAME = "sim"
_installed = False


class _DeviceModule:
    """What PyTorch asks of `torch.sim`."""

    def is_available(self):
        return True

    def is_initialized(self):
        return True

    def device_count(self):
        return 1

    def current_device(self):
        return 0

    def synchronize(self, device=None):
        pass

    def manual_seed_all(self, seed):
        pass  # the pretend device draws from the CPU's generator

    def _is_in_bad_fork(self):
        return False

    def get_amp_supported_dtype(self):
        return [torch.float16, torch.bfloat16]


def install() -> None:
    """Sets the pretend device up in this process, once.

    Raises RuntimeError if this PyTorch lacks the private function it rests on, or does not do what it did.
    """
    global _installed
    if _installed:
        return
    try:
        from torch.utils.backend_registration import _setup_privateuseone_for_python_backend as set_up
    except ImportError as error:
        raise RuntimeError(f"PyTorch {torch.__version__} has no _setup_privateuseone_for_python_backend: the pretend "
                           "device needs the version pinned in requirements.txt") from error  # fmt: skip
    set_up(NAME, backend_module=_DeviceModule())
    pretend_kernels.register_kernels()
    pretend_kernels.keep_identity_when_moved()
    pretend_kernels.allow_saving()
    torch.Generator = pretend_kernels.Generator
    torch.Tensor.pin_memory = lambda tensor, device=None: tensor
    _smoke_test()
    _installed = True


def _smoke_test() -> None:
    made = torch.ones(2, device=NAME) + 1
    works = isinstance(made, PretendTensor) and made.device == DEVICE and str(DEVICE) == "sim:0"
    works = works and made.cpu().tolist() == [2.0, 2.0] and type(made.cpu()) is torch.Tensor
    try:
        made + torch.ones(2)
        refuses = False
    except RuntimeError:
        refuses = True
    if not (works and refuses):
        raise RuntimeError(f"the pretend device does not work with PyTorch {torch.__version__}: use the version pinned "
                           "in requirements.txt")  # fmt: skip


def to_device(tree, device: torch.device | str = DEVICE):
    """Moves the tensors and modules of nested lists, tuples and dictionaries; everything else stays.

    Tensors become new leaves with the same `requires_grad`, the same tensor in two places stays one tensor, and
    modules are moved in place.
    """
    return _move(tree, torch.device(device), {})


def from_device(tree):
    """The same on the CPU; tensors that are there already stay the objects they are."""
    return _move(tree, torch.device("cpu"), {})


def _move(tree, device, moved):
    if id(tree) in moved:
        return moved[id(tree)][1]
    if isinstance(tree, nn.Module):
        result = tree.to(device)
    elif isinstance(tree, torch.Tensor):
        result = _move_tensor(tree, device)
    elif isinstance(tree, dict):
        result = type(tree)({key: _move(value, device, moved) for key, value in tree.items()})
    elif isinstance(tree, tuple) and hasattr(tree, "_fields"):
        result = type(tree)(*(_move(value, device, moved) for value in tree))
    elif isinstance(tree, (list, tuple)):
        result = type(tree)(_move(value, device, moved) for value in tree)
    else:
        return tree
    moved[id(tree)] = (tree, result)  # holding the original keeps its id from being used again
    return result


def _move_tensor(tensor, device):
    if tensor.device.type == device.type:
        return tensor
    result = tensor.detach().to(device)
    if isinstance(tensor, nn.Parameter):
        return nn.Parameter(result, tensor.requires_grad)
    return result.requires_grad_(tensor.requires_grad)
