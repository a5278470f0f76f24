"""What goes from the judge into the student's process: values by cloudpickle, code only if a release shows its text."""

from __future__ import annotations

import dis
import functools
import io
import linecache
import marshal
import pickle
import types
from collections.abc import Callable

import cloudpickle
import torch

from . import arrivals
from .errors import JudgeError, Undecided
from .handles import Handle
from .plan import Plan

PROTOCOL = 5


class Shipper:
    """Packs values of one notebook's judge for its student's process.

    plan: says which lines are hidden, and which names a function finds at the student's. namespace: the judge's own
    names. keep: registers a function of the judge that the student's process may call, and returns its number.
    of_trusted: names in `namespace` that the notebook's own cells bound, and not a test cell.
    """

    def __init__(self, plan: Plan, namespace: dict, keep: Callable[[object], str]):
        self.plan, self.namespace, self.keep = plan, namespace, keep
        self.of_trusted: dict[str, object] = {}
        self.hidden_classes: set[str] = set()
        self.hidden_names: set[str] = set()
        self.closed_files: set[str] = set()
        self.shared: set[type] = set()  # classes of test cells whose instances go, and do not stay
        self.stayed = 0  # functions that were mentioned and did not go
        self.texts_sent: set[str] = set()

    def pack(self, value) -> bytes:
        """The value as bytes that `arrivals.unpack` reads. Raises JudgeError where hidden code would have to go with it."""
        return self.pack_with(value, _Pickler)

    def pack_with(self, value, pickler: Callable) -> bytes:
        """The same with another pickler, made by `pickler(stream, self)`."""
        stream = io.BytesIO()
        try:
            pickler(stream, self).dump(value)
        except (JudgeError, Undecided):
            raise
        except Exception as error:
            raise JudgeError(f"{_name(value)} cannot be sent to the student's process: {error}") from error
        return stream.getvalue()

    def is_shipped(self, name: str) -> bool:
        """Whether code that goes there takes the judge's value of this global name along; else it finds the student's."""
        if not dict.__contains__(self.namespace, name):
            return False
        own = dict.__getitem__(self.namespace, name)
        return not (name in self.plan.open_names and self.of_trusted.get(name, self) is own)

    def value_for(self, name: str, function: types.FunctionType):
        """The judge's value of a global name of a function that is shipped."""
        value = dict.__getitem__(self.namespace, name)
        if name in self.hidden_names and not isinstance(value, (types.FunctionType, type, types.ModuleType)):
            raise JudgeError(f"{function.__name__} would enter the student's process, with `{name}` of a hidden test: "
                             "bind that name above the hidden tests")  # fmt: skip
        return value

    def is_visible(self, code: types.CodeType) -> bool:
        """Whether a release shows the text of this code and of all functions inside it."""
        inner = (constant for constant in code.co_consts if isinstance(constant, types.CodeType))
        if code.co_filename in self.closed_files:
            return False
        return self.plan.is_visible(code) and all(self.is_visible(one) for one in inner)

    def is_hidden(self, value) -> bool:
        """Whether a value is a function of the notebook whose text a release does not show."""
        return type(value) is types.FunctionType and self.is_ours(value) and not self.is_visible(value.__code__)

    def is_ours(self, function: types.FunctionType) -> bool:
        """Whether a function is the notebook's, and not a library's."""
        return function.__globals__ is self.namespace

    def trusted_class(self, kind: type) -> str | None:
        """The name by which the student's process knows a class of the notebook's own cells, if it is one."""
        name = kind.__qualname__
        return name if self.of_trusted.get(name) is kind else None

    def visible_text(self, filename: str) -> str:
        """The text of a cell without its hidden lines, for tracebacks; "" when it was sent before or is not known."""
        if filename in self.texts_sent | self.closed_files or filename not in linecache.cache:
            return ""
        self.texts_sent.add(filename)
        hidden = {line for region in self.plan.hidden_lines.get(filename, ()) for line in region}
        lines = linecache.getlines(filename)
        return "".join("\n" if number in hidden else line for number, line in enumerate(lines, 1))

    def check_class(self, kind: type) -> None:
        """Raises JudgeError for a class of the notebook whose text a release does not show."""
        if kind.__module__ != self.namespace.get("__name__") or self.trusted_class(kind) is not None:
            return
        members = (getattr(m, "__func__", None) or getattr(m, "fget", None) or m for m in vars(kind).values())
        codes = [code for m in members if isinstance(code := getattr(m, "__code__", None), types.CodeType)]
        if kind.__qualname__.split(".")[0] in self.hidden_classes or not all(map(self.is_visible, codes)):
            raise JudgeError(f"the class {kind.__name__} is in a hidden test, and would have to enter the student's process: "
                             "define it in a locked cell")  # fmt: skip


class _Pickler(cloudpickle.Pickler):
    def __init__(self, stream: io.BytesIO, shipper: Shipper):
        super().__init__(stream, PROTOCOL)
        self.shipper = shipper

    def reducer_override(self, value):
        kind = type(value)
        if kind is Handle:
            return arrivals.students_own, (value._number,)
        if kind is torch.Tensor or kind is torch.nn.Parameter:
            return _tensor(value) if _is_plain(value) else NotImplemented
        if kind is types.FunctionType and self.shipper.is_ours(value):
            return self._function(value)
        if isinstance(value, type) and value.__module__ == self.shipper.namespace.get("__name__"):
            name = self.shipper.trusted_class(value)
            if name is not None:
                return arrivals.class_named, (name,)
            self.shipper.check_class(value)
        return super().reducer_override(value)

    def _function(self, function: types.FunctionType):
        shipper, code = self.shipper, function.__code__
        if not shipper.is_visible(code):
            shipper.stayed += 1
            return arrivals.function_of_judge, (shipper.keep(function), function.__name__)
        names = _global_names(code)
        ours = {name: shipper.value_for(name, function) for name in names if shipper.is_shipped(name)}
        bound = tuple(_content(cell) for cell in function.__closure__ or ())
        state = (ours, function.__defaults__, function.__kwdefaults__, bound, function.__dict__, function.__doc__)
        text = shipper.visible_text(code.co_filename)
        made = (marshal.dumps(code), function.__name__, function.__qualname__, len(bound), code.co_filename, text)
        return arrivals.new_function, made, state, None, None, arrivals.fill_function


class _Message(pickle.Pickler):
    """For what is data, save that a plain tensor goes as its numbers: PyTorch's own way is a small file for each."""

    def reducer_override(self, value):
        if type(value) in (torch.Tensor, torch.nn.Parameter) and _is_plain(value):
            return _tensor(value)
        return NotImplemented


def pack_message(message: dict) -> bytes:
    """A message of data, and of values that a Shipper packed, as bytes that `pickle.loads` reads."""
    stream = io.BytesIO()
    _Message(stream, PROTOCOL).dump(message)
    return stream.getvalue()


def _tensor(tensor: torch.Tensor):
    numbers = tensor.detach().reshape(-1).view(torch.uint8).numpy().tobytes() if tensor.numel() else b""
    of_class = isinstance(tensor, torch.nn.Parameter)
    return arrivals.tensor, (numbers, str(tensor.dtype)[6:], tuple(tensor.shape), tensor.requires_grad, of_class)


def _is_plain(tensor: torch.Tensor) -> bool:
    """Whether a tensor is nothing but its numbers: dense, on the CPU, its storage to itself, without attributes."""
    if torch._C._functorch.peek_interpreter_stack() is not None:  # within torch.func tensors are not what they seem
        return False
    if tensor.device.type != "cpu" or tensor.layout != torch.strided or tensor.is_quantized or tensor.grad_fn is not None:
        return False
    fills = tensor.is_contiguous() and tensor.untyped_storage().nbytes() == tensor.numel() * tensor.element_size()
    return fills and not tensor.is_conj() and not tensor.is_neg() and tensor.grad is None and not vars(tensor)


@functools.lru_cache(maxsize=4096)
def _global_names(code: types.CodeType) -> frozenset[str]:
    """Names that the code looks up in its globals; names of attributes are none."""
    names = {one.argval for one in dis.get_instructions(code) if one.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
    inner = (_global_names(constant) for constant in code.co_consts if isinstance(constant, types.CodeType))
    return frozenset(names.union(*inner))


def _content(cell: types.CellType):
    try:
        return (cell.cell_contents,)
    except ValueError:  # not filled yet
        return ()


def _name(value) -> str:
    return getattr(value, "subject", None) or type(value).__name__
