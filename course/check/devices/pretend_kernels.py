"""What PyTorch must be taught before tensors can be made on the pretend device: kernels, generators, `data`.

Everything here changes the running process for good, so only `pretend_device.install()` calls it.
"""
import torch

from course.check.devices.pretend_tensor import DEVICE, PretendTensor, device_generators, on_device, raw_data, unwrap

_libraries: list[torch.library.Library] = []  # kernels go when their libraries are collected


def register_kernels() -> None:
    """Kernels that no tensor argument brings to `__torch_dispatch__`, and those PyTorch has for accelerators only."""
    library = torch.library.Library("aten", "IMPL")
    # Autocast changes nothing on the pretend device; without this every operation under it would be an error.
    autocast = torch.library.Library("_", "IMPL", "AutocastPrivateUse1")
    autocast.fallback(torch.library.fallthrough_kernel)
    _libraries.extend([library, autocast])
    for name, kernel in (
        ("empty.memory_format", _empty),
        ("empty_strided", _empty_strided),
        ("_copy_from", _copy_from),
        ("_fused_sdp_choice", lambda *args, **options: 0),  # 0: plain matrix products
    ):
        library.impl(name, kernel, "PrivateUse1")
    library.impl("_thnn_fused_lstm_cell", _lstm_cell, "AutogradPrivateUse1")
    library.impl("_thnn_fused_gru_cell", _gru_cell, "AutogradPrivateUse1")


def _empty(size, *, dtype=None, layout=None, device=None, pin_memory=None, memory_format=None):
    memory_format = memory_format or torch.contiguous_format
    return PretendTensor(torch.empty(size, dtype=dtype, device="cpu", memory_format=memory_format))


def _empty_strided(size, stride, *, dtype=None, layout=None, device=None, pin_memory=None):
    return PretendTensor(torch.empty_strided(size, stride, dtype=dtype, device="cpu"))


def _copy_from(source, target, non_blocking=False):
    unwrap(target).copy_(unwrap(source))
    return target


def _lstm_cell(input_gates, hidden_gates, cell, input_bias=None, hidden_bias=None):
    gates = input_gates + hidden_gates
    if input_bias is not None:
        gates = gates + (input_bias + hidden_bias)
    inward, forget, candidate, outward = gates.chunk(4, 1)
    new_cell = forget.sigmoid() * cell + inward.sigmoid() * candidate.tanh()
    return outward.sigmoid() * new_cell.tanh(), new_cell, gates


def _gru_cell(input_gates, hidden_gates, hidden, input_bias=None, hidden_bias=None):
    if input_bias is not None:
        input_gates, hidden_gates = input_gates + input_bias, hidden_gates + hidden_bias
    (reset, update, new), (hidden_reset, hidden_update, hidden_new) = input_gates.chunk(3, 1), hidden_gates.chunk(3, 1)
    reset, update = (reset + hidden_reset).sigmoid(), (update + hidden_update).sigmoid()
    new = (new + reset * hidden_new).tanh()
    return new + update * (hidden - new), input_gates


class _AnyGenerator(type(torch._C.Generator)):
    def __instancecheck__(cls, value):
        return isinstance(value, torch._C.Generator)


class Generator(torch._C.Generator, metaclass=_AnyGenerator):
    """`torch.Generator` that may be made for the pretend device too; it draws what a CPU generator draws."""

    def __new__(cls, device="cpu"):
        device = torch.device(device)
        if device.type != DEVICE.type:
            return torch._C.Generator(device)
        generator = torch._C.Generator.__new__(cls)
        device_generators[generator._cdata] = generator
        return generator

    def __init__(self, device="cpu"):
        super().__init__()

    @property
    def device(self) -> torch.device:
        """The pretend device."""
        return DEVICE


def _set_data(tensor, value) -> None:
    if isinstance(tensor, PretendTensor) and isinstance(value, PretendTensor):
        raw_data.__set__(tensor, value)
        tensor.values_on_cpu = value.values_on_cpu
    elif isinstance(tensor, PretendTensor) or isinstance(value, PretendTensor):
        parameter = isinstance(tensor, torch.nn.Parameter)
        moved = value.detach()
        moved = torch.nn.Parameter(moved, tensor.requires_grad) if parameter else moved.requires_grad_(tensor.requires_grad)
        torch.utils.swap_tensors(tensor, moved)
    else:
        raw_data.__set__(tensor, value)


def keep_identity_when_moved() -> None:
    """`tensor.data = …` and `module.to(…)` keep the tensor object, as between the CPU and CUDA."""
    torch.Tensor.data = property(lambda tensor: raw_data.__get__(tensor), _set_data)
    torch.__future__.set_swap_module_params_on_conversion(True)


def allow_saving() -> None:
    """`torch.save` and `torch.load` take tensors of the pretend device, `map_location` included."""
    torch.serialization.add_safe_globals([on_device])
    load = torch.load

    def load_and_move(f, map_location=None, **options):
        if not isinstance(map_location, (str, torch.device)):
            return load(f, map_location=map_location, **options)
        # Files hold the values as CPU tensors, so they are read to the CPU and moved afterwards.
        location = torch.device(map_location)
        read_to = "cpu" if location.type == DEVICE.type else location
        return _moved_in_place(load(f, map_location=read_to, **options), location)

    torch.load = load_and_move


def _moved_in_place(loaded, location):
    if isinstance(loaded, torch.Tensor):
        return loaded.detach().to(location).requires_grad_(loaded.requires_grad)
    if isinstance(loaded, (dict, list)):
        for key, value in loaded.items() if isinstance(loaded, dict) else enumerate(loaded):
            loaded[key] = _moved_in_place(value, location)
    return loaded
