"""A tensor on the pretend device: its values are a CPU tensor's, the rules about devices are a real accelerator's.

Every operation that involves such a tensor comes to `PretendTensor.__torch_dispatch__`, which refuses mixed devices
where CUDA would, runs the operation on the CPU values and wraps what comes out.
See https://docs.pytorch.org/docs/stable/notes/extending.html#extending-torch-native-api.
"""
import weakref

import torch
from torch.utils._pytree import tree_leaves, tree_map

DEVICE = torch.device("privateuseone", 0)
"""The pretend device. It prints as `sim:0` once `pretend.install()` has run."""

_aten = torch.ops.aten
_INDEXING = {_aten.index.Tensor, _aten.index_put_.default, _aten.index_put.default, _aten._index_put_impl_.default}
_FILLING = {_aten.masked_fill.Tensor, _aten.masked_fill_.Tensor, _aten.fill_.Tensor, _aten.fill.Tensor}
device_generators: weakref.WeakValueDictionary = weakref.WeakValueDictionary()
"""Generators of the pretend device, by the address of their C++ part (`_cdata`)."""


class PretendTensor(torch.Tensor):
    """A tensor whose device is `DEVICE`; `values` is the CPU tensor that holds its numbers."""

    __torch_function__ = torch._C._disabled_torch_function_impl

    @staticmethod
    def __new__(cls, values: torch.Tensor):
        tensor = torch.Tensor._make_wrapper_subclass(
            cls,
            values.size(),
            strides=values.stride(),
            storage_offset=values.storage_offset(),
            dtype=values.dtype,
            device=DEVICE,
        )
        tensor.values_on_cpu = values.detach()
        return tensor

    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        kwargs = dict(kwargs or {})
        if func is _aten.copy_.default:  # the one operation that may cross devices
            unwrap(args[0]).copy_(unwrap(args[1]))
            return args[0]
        tensors = [leaf for leaf in tree_leaves((args, kwargs)) if isinstance(leaf, torch.Tensor)]
        _refuse_mixed_devices(func, args, tensors)
        _refuse_foreign_generator(kwargs.get("generator"))
        target = torch.device(kwargs.get("device") or DEVICE)
        if "device" in kwargs:
            kwargs["device"] = torch.device("cpu")
        result = func(*tree_map(unwrap, args), **tree_map(unwrap, kwargs))
        if func._schema.is_mutable:
            _follow_changed_shapes(tensors)
        if target.type != DEVICE.type:
            return result
        wrappers = {id(tensor.values_on_cpu): tensor for tensor in tensors if isinstance(tensor, PretendTensor)}
        return tree_map(lambda value: _wrap(value, wrappers), result)

    def __repr__(self, **options):
        return f"{repr(self.values_on_cpu)[:-1]}, device='{DEVICE}')"

    def __format__(self, specification):
        return format(self.values_on_cpu.item() if self.dim() == 0 else str(self), specification)

    def __reduce_ex__(self, protocol):
        return on_device, (self.values_on_cpu, self.requires_grad, isinstance(self, torch.nn.Parameter))

    def tolist(self):
        """The values as nested lists; a real accelerator copies them to the CPU for this too."""
        return self.values_on_cpu.tolist()

    def numpy(self, *args, **options):
        """Raises TypeError, as for every tensor that is not on the CPU."""
        raise TypeError(f"can't convert {DEVICE} device type tensor to numpy. Use Tensor.cpu() to copy the tensor to "
                        "host memory first.")  # fmt: skip

    __array__ = numpy

    def __dlpack__(self, *args, **options):
        """Raises BufferError: CPU libraries cannot read the memory of an accelerator."""
        raise BufferError(f"cannot export a tensor on {DEVICE} to a library that works on the CPU")


def unwrap(value):
    """The CPU values of a pretend tensor; anything else as it is."""
    return value.values_on_cpu if isinstance(value, PretendTensor) else value


def on_device(values: torch.Tensor, requires_grad: bool = False, parameter: bool = False) -> torch.Tensor:
    """A tensor (or parameter) on the pretend device with these CPU values, which it shares."""
    tensor = PretendTensor(values)
    return torch.nn.Parameter(tensor, requires_grad) if parameter else tensor.requires_grad_(requires_grad)


def _wrap(value, wrappers):
    if not isinstance(value, torch.Tensor):
        return value
    return wrappers.get(id(value)) if id(value) in wrappers else PretendTensor(value)


def _refuse_mixed_devices(func, args, tensors) -> None:
    written = func._schema.is_mutable and not isinstance(tensors[0], PretendTensor)
    if written or not all(_may_take_part(tensor, func, args) for tensor in tensors):
        name = func._schema.name.split("::")[1]
        shapes = ", ".join(f"{list(tensor.shape)} on {tensor.device}" for tensor in tensors)
        raise RuntimeError(f"Expected all tensors to be on the same device, but found at least two devices, {DEVICE} "
                           f"and cpu! ({name}: {shapes})")  # fmt: skip


def _may_take_part(tensor, func, args) -> bool:
    """Accelerators accept, of tensors on the CPU, single numbers in pointwise operations and integer indices."""
    if isinstance(tensor, PretendTensor):
        return True
    if tensor.dim() == 0 and (torch.Tag.pointwise in func.tags or func in _FILLING):
        return True
    index_or_number = not tensor.is_floating_point() or tensor.dim() == 0
    return func in _INDEXING and isinstance(args[0], PretendTensor) and index_or_number


def _refuse_foreign_generator(generator) -> None:
    if generator is not None and generator._cdata not in device_generators:
        raise RuntimeError(f"Expected a '{DEVICE.type}' device type for generator but found 'cpu'")


def _follow_changed_shapes(tensors) -> None:
    """Gives wrappers the shape of values that were resized, transposed, … in place."""
    for tensor in tensors:
        if isinstance(tensor, PretendTensor):
            values = tensor.values_on_cpu
            if tensor.shape != values.shape or tensor.stride() != values.stride():
                raw_data.__set__(tensor, PretendTensor(values))


raw_data = torch._C.TensorBase.data
"""PyTorch's own `data` attribute, which knows nothing of `values_on_cpu`."""
