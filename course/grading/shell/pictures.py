"""Remembers matplotlib's pictures of the chapter's own cells, so that a forked shell need not draw them again.

    pictures.install()               # in the warm process, once
    with pictures.learning():        # still before any fork
        ...                          # run the cells whose pictures are to be remembered
    # From here on, in this process and in every fork: a figure with the same content is not drawn, its PNG is taken.

A picture is taken only where drawing would give the same bytes. Its key is a hash over everything that drawing can read:
the whole graph of objects reachable from the canvas (a pickle of it, unabridged), the arguments of `print_figure`, all
rcParams, and a few settings outside matplotlib; and nothing in the modules and classes that draw may have changed
since. Whatever is not known to be matplotlib's own (a subclass, a function put on an object, a foreign array) has no
key, and is drawn as ever.

Drawing also changes a figure: it lays it out. A figure whose picture was taken owes that, and so its artists have, for
the time being, a class that pays (draws into the void) before anything else is read or written on one of them.
"""

import abc
import ast
import builtins
import collections
import contextlib
import enum
import functools
import hashlib
import inspect
import io
import itertools
import locale
import logging
import operator
import pickle
import sys
import types
import warnings
import weakref

import contourpy
import matplotlib
import numpy
from matplotlib import artist, backend_bases, cbook, transforms
from matplotlib.axes._base import _AxesBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.contour import ContourSet

# A cell may replace these among the builtins, which must not go unnoticed here.
all, any, id, len, map, tuple, type, zip = (getattr(builtins, name) for name in ("all", "any", "id", "len", "map", "tuple", "type", "zip"))  # noqa: A001

MOST_BYTES = 64 * 2**20  # of remembered pictures
MOST_CONTENT = 16 * 2**20  # of one figure's content: a larger one is drawn
_DRAWN_BY = ("matplotlib", "mpl_toolkits", "course.plots", "numpy", "PIL", "kiwisolver", "contourpy", "cycler")
_USED_BY_THEM = frozenset({
    "abc", "builtins", "collections", "contextlib", "copy", "enum", "functools", "io", "itertools", "locale", "math", "numbers",
    "operator", "os", "posixpath", "re", "struct", "textwrap", "types", "weakref", "zlib"})
_OF_IPYTHON = frozenset({"get_ipython", "display", "exit", "quit", "_", "__IPYTHON__"})  # come and go among the builtins
_READ_WITHOUT_PAYING = frozenset({  # what a notebook reads of a figure that it has just shown; drawing changes none of it
    "alt", "get_figwidth", "bbox_inches", "_canvas_callbacks", "canvas", "figure", "manager", "callbacks", "mpl_disconnect",
    "_ipython_canary_method_should_not_exist_", "_ipython_display_", "_repr_mimebundle_", "_repr_html_", "_repr_markdown_",
    "_repr_svg_", "_repr_png_", "_repr_pdf_", "_repr_jpeg_", "_repr_latex_", "_repr_json_", "_repr_javascript_"})


class Album:
    """The pictures of this process. found, drawn, strange: how many were taken, were not there, and had no key."""

    def __init__(self):
        self.known = None
        self.pictures = {}
        self.learning = self.asleep = False
        self.found = self.drawn = self.strange = 0

    def picture(self, arguments):
        """Write the picture that `print_figure` is asked for, and tell whether that was possible.

        arguments: those of `print_figure` by name, "self" and "kwargs" included.
        """
        if self.asleep or not (self.learning or self.pictures) or not _plain_request(arguments):
            return False
        self.asleep = True
        try:
            return self._learn(arguments) if self.learning else self._take(arguments)
        except Exception:
            if self.learning:
                raise
            return False  # drawn, whatever went wrong here
        finally:
            self.asleep = False

    def _take(self, arguments):
        told = None if self.known.changed() else _told(self.known, arguments)
        png = told and self.pictures.get(told.key)
        self.strange += told is None
        self.drawn += png is None
        self.found += png is not None
        if png is None:
            return False
        _Debt(arguments, told.artists)
        arguments["filename"].write(png)
        return True

    def _learn(self, arguments):
        told = _told(self.known, arguments)
        if told is None:  # perhaps something that was imported meanwhile
            self.know_again()
            told = _told(self.known, arguments)
        file = io.BytesIO()
        with _silence() as said:
            _draw(arguments, file)
        png = file.getvalue()
        arguments["filename"].write(png)
        if told is None:
            self.strange += 1
        elif not said and not self.known.changed(code=True) and len(png) + sum(map(len, self.pictures.values())) <= MOST_BYTES:
            self.pictures[told.key] = png
            for thing in told.artists:
                _owing(type(thing))  # made once, here, and not in each fork
        return True

    def know_again(self):
        """Take what draws as it is now to be right; pictures drawn by other code are forgotten."""
        if self.known is not None and self.known.changed(code=True):
            self.pictures.clear()
        self.known = Known()


album = Album()


def install():
    """Have `print_figure` ask here first. Returns whether that was possible; if not, all is drawn as ever.

    The question is put into the function's own code, so that a traceback of a drawing shows the lines that it always has.
    """
    function = backend_bases.FigureCanvasBase.print_figure
    if function.__code__ in _installed:
        return True
    tree = ast.parse(inspect.getsource(backend_bases))
    tree.body = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "FigureCanvasBase"]
    for body in [node.body for node in tree.body]:
        body[:] = [node for node in body if isinstance(node, ast.FunctionDef) and node.name == "print_figure"]
    if len(tree.body) != 1 or len(tree.body[0].body) != 1:
        return False
    node = tree.body[0].body[0]
    ask = ast.parse(f"if __import__('sys').modules[{__name__!r}].album.picture(locals()): return").body[0]
    for part in ast.walk(ask):
        if hasattr(part, "lineno"):
            ast.copy_location(part, node.body[0])
    node.body.insert(1, ask)
    code = compile(tree, function.__code__.co_filename, "exec", dont_inherit=True)
    for name in ("FigureCanvasBase", "print_figure"):
        code = next(const for const in code.co_consts if isinstance(const, types.CodeType) and const.co_name == name)
    if code.co_freevars or code.co_varnames[:code.co_argcount] != function.__code__.co_varnames[:code.co_argcount]:
        return False
    function.__code__ = code
    _installed.append(code)
    return True


_installed = []


@contextlib.contextmanager
def learning():
    """While this is open, pictures are drawn and remembered. Run trusted cells only; call `install` before."""
    album.know_again()
    album.learning = True
    try:
        yield album
    finally:
        album.learning = False
        album.know_again()


def _plain_request(arguments):
    """Whether a PNG is wanted in an empty buffer from matplotlib's own canvas."""
    file = arguments["filename"]
    return (type(arguments["self"]) is FigureCanvasAgg and type(file) is io.BytesIO and not file.getbuffer().nbytes
            and type(arguments["format"]) is str and arguments["format"] == "png" and arguments["backend"] is None)


def _options(arguments):
    """What `print_figure` was given beside the canvas and the file."""
    return {name: value for name, value in arguments.items() if name not in ("self", "filename", "kwargs")} | arguments["kwargs"]


def _draw(arguments, file):
    arguments["self"].print_figure(file, **_options(arguments))


@contextlib.contextmanager
def _silence():
    """Collects what a drawing says (warnings, logged lines): its picture is not all that it does."""
    said = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = said.append
    loggers = [logging.getLogger(name) for name in ("matplotlib", "PIL", "fontTools")]
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        for logger in loggers:
            logger.addHandler(handler)
        try:
            yield said
        finally:
            for logger in loggers:
                logger.removeHandler(handler)
            said += warned


# ---- A figure that has not been drawn although its picture was shown

class _Debt:
    """The drawing that a figure still owes, with the settings it was to be drawn with."""

    def __init__(self, arguments, artists):
        self.arguments = {**arguments, "kwargs": dict(arguments["kwargs"])}
        self.settings, self.errors = dict(dict.items(matplotlib.rcParams)), numpy.geterr()
        self.artists = [(thing, type(thing)) for thing in artists]
        for thing, kind in self.artists:
            thing.__dict__["_owed_drawing"] = self
            thing.__class__ = _owing(kind)

    def pay(self):
        for thing, kind in self.artists:
            object.__setattr__(thing, "__class__", kind)
            thing.__dict__.pop("_owed_drawing", None)
        now, asleep = dict(dict.items(matplotlib.rcParams)), album.asleep
        album.asleep = True
        dict.update(matplotlib.rcParams, self.settings)
        try:
            with numpy.errstate(**self.errors):
                _draw(self.arguments, io.BytesIO())
        finally:
            dict.update(matplotlib.rcParams, now)
            album.asleep = asleep


def _pay(thing):
    debt = object.__getattribute__(thing, "__dict__").get("_owed_drawing")
    if debt is not None:
        debt.pay()


@functools.cache
def _owing(kind):
    """The class that an artist or canvas has while its drawing is owed: like its own, but the first use of it pays."""
    def read(self, name):
        if name == "__class__":  # asked by isinstance, also by those who look through all objects there are
            return kind
        if name not in _READ_WITHOUT_PAYING:
            _pay(self)
        return kind.__getattribute__(self, name)

    def write(self, name, value):
        _pay(self)
        setattr(self, name, value)

    def delete(self, name):
        _pay(self)
        delattr(self, name)

    body = {"__slots__": (), "__module__": kind.__module__, "__qualname__": kind.__qualname__, "__getattribute__": read,
            "__setattr__": write, "__delattr__": delete}
    if issubclass(kind, artist.Artist):
        body["set"] = _pay  # or else matplotlib writes a new one for each class, which takes long; it is never reached
    return type(kind)(kind.__name__, (kind,), body)


# ---- What draws, and whether it still is as it was

_CODE = (types.FunctionType, types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType, types.ModuleType,
         types.MethodWrapperType, types.ClassMethodDescriptorType, types.GetSetDescriptorType, types.MemberDescriptorType,
         numpy.ufunc, type(numpy.mean), functools._lru_cache_wrapper)
_KINDS_OF_CLASSES = (type, abc.ABCMeta, enum.EnumMeta)
_IN_C = {object, list, dict, tuple, str, int, float, set, frozenset, bytes}


class Known:
    """Modules, classes and functions that draw, and what each of them was made of."""

    def __init__(self):
        self.things = {}  # id -> the module, class, function or mark (a bare object()) itself
        self.codes = {}  # id -> code object, those of inner functions included
        self.globals = {}  # id of a module's namespace -> the namespace
        self.layouts = {}  # id of a class whose instances' content can be told -> names of its slots
        self._spaces, self._functions, self._lists = [], [], {}
        for name, module in sys.modules.copy().items():
            drawing = name.startswith(_DRAWN_BY) and any(name == part or name.startswith(f"{part}.") for part in _DRAWN_BY)
            if isinstance(module, types.ModuleType) and (drawing or name in _USED_BY_THEM):
                self.things[id(module)] = module
                self.globals[id(vars(module))] = vars(module)
                self._look_into(vars(module), drawing)
        for thing in (matplotlib.font_manager.fontManager, matplotlib.colormaps):
            self._keep(vars(thing), *vars(thing).values())
        self._codes = [list(map(operator.attrgetter(name), self._functions)) for name in _PARTS]

    def _look_into(self, space, drawing):
        kept = {name: thing for name, thing in space.items() if drawing or name not in _OF_IPYTHON}
        self._spaces.append((space, tuple(kept), tuple(kept.values()), drawing))
        for thing in list(space.values()):
            for part in _parts(thing):
                self._know(part)
        if drawing and str(space.get("__module__", space.get("__name__"))).startswith("matplotlib"):
            self._keep(*(thing for name, thing in space.items() if name != "__builtins__"))

    def _keep(self, *things):
        """Note what lists and dicts hold, such as the names of colours."""
        for thing in things:
            if isinstance(thing, dict | list) and not isinstance(thing, matplotlib.RcParams) and thing is not _COLOURS_SEEN:
                self._lists[id(thing)] = thing, tuple(_inside(thing))

    def _know(self, thing):
        if id(thing) in self.things:
            return
        if type(thing) is object or isinstance(thing, _CODE):
            self.things[id(thing)] = thing
        elif isinstance(thing, type):
            self.things[id(thing)] = thing
            self._know_class(thing)
        if isinstance(thing, types.FunctionType):
            self._functions.append(thing)
            self._know_code(thing.__code__)
            held = [*(thing.__defaults__ or ()), *(thing.__kwdefaults__ or {}).values(), *map(_cell, thing.__closure__ or ())]
            for part in held:
                if type(part) is object or isinstance(part, types.FunctionType | type):
                    self._know(part)

    def _know_code(self, code):
        self.codes[id(code)] = code
        for inner in code.co_consts:
            if isinstance(inner, types.CodeType):
                self._know_code(inner)

    def _know_class(self, cls):
        if not str(cls.__module__).startswith(_DRAWN_BY):
            return
        self._look_into(vars(cls), drawing=True)
        if type(cls) in _KINDS_OF_CLASSES and all(base in _IN_C or _is_python(base) for base in cls.__mro__):
            self.layouts[id(cls)] = tuple({name for base in cls.__mro__ for name, thing in vars(base).items()
                                           if isinstance(thing, types.MemberDescriptorType)})
        for base in cls.__mro__:
            self._know(base)

    def changed(self, code=False):
        """Names of what was changed, added or taken away since; none as long as all is as it was.

        code: only functions, classes and modules; a class may keep a first result for later.
        """
        names = []
        for space, keys, values, closed in self._spaces:
            if not all(map(operator.is_, map(space.get, keys), values)):
                names += [f"{_whose(space)}.{key}" for key, value in zip(keys, values, strict=True)
                          if space.get(key, _made) is not value and not (code and _is_data(value) and _is_data(space.get(key)))]
            if closed and len(space) > len(keys):
                names += [f"{_whose(space)}.{key}" for key in space.keys() - set(keys)
                          if key != "__warningregistry__" and not isinstance(space[key], types.ModuleType)
                          and not (code and _is_data(space[key]))]
        for part, were in zip(_PARTS, self._codes, strict=True):
            names += [part] * (not all(map(operator.is_, map(operator.attrgetter(part), self._functions), were)))
        if not code:
            names += ["lists"] * any(len(were) != len(now) or not all(map(operator.is_, were, now))
                                     for thing, were in self._lists.values() for now in [list(_inside(thing))])
        return names


_COLOURS_SEEN = matplotlib.colors.ColorConverter.cache  # grows with each colour that is named
_PARTS = ("__code__", "__defaults__", "__kwdefaults__")


def _whose(space):
    return ".".join(str(space[name]) for name in ("__module__", "__name__", "__qualname__") if name in space)


def _parts(thing):
    """A thing in a namespace, and the functions that it stands for."""
    if isinstance(thing, staticmethod | classmethod):
        thing = thing.__func__
    yield from (thing.fget, thing.fset, thing.fdel) if isinstance(thing, property) else (thing,)
    wrapped = getattr(thing, "__wrapped__", None) if isinstance(thing, types.FunctionType | functools._lru_cache_wrapper) else None
    if wrapped is not None:
        yield from _parts(wrapped)


def _inside(thing):
    return itertools.chain(dict.keys(thing), dict.values(thing)) if isinstance(thing, dict) else list.__iter__(thing)


def _is_data(thing):
    return not callable(thing) and not isinstance(thing, property | classmethod | staticmethod | types.ModuleType)


def _is_python(cls):
    """Whether a class is written in Python: its instances keep all that they hold in __dict__ and slots."""
    module = sys.modules.get(cls.__module__)
    return bool(cls.__flags__ & 1 << 9) and str(getattr(module, "__file__", "")).endswith(".py")


# ---- A figure's content

class Unknown(Exception):
    """This figure's content cannot be told."""


class _Told:
    """A figure's key, and the artists and canvases met on the way."""

    def __init__(self, key, artists):
        self.key, self.artists = key, artists


def _told(known, arguments):
    """The key of a request for a picture, or None where there is none."""
    file = _Hash()
    content = _Content(known, file)
    try:
        content.dump((arguments["self"], _options(arguments), matplotlib.rcParams, numpy.geterr(), locale.setlocale(locale.LC_ALL)))
    except Exception:  # whatever a stranger's object does when it is looked at
        return None
    return _Told(file.hash.digest(), content.artists)


class _Hash:
    """The file that a content is written to."""

    def __init__(self):
        self.hash, self.left = hashlib.blake2b(digest_size=32), MOST_CONTENT

    def write(self, data):
        self.left -= len(data)
        if self.left < 0:
            raise Unknown("large")
        self.hash.update(data)


def _made(*what):
    """Stands in the pickle for how an object is made. The pickle is never read."""


class _Content(pickle.Pickler):
    """Writes all that is reachable from an object, each thing as its type and what it holds, at its place in the graph.

    The objects' own pickling is not used: it leaves things out.
    """

    def __init__(self, known, file):
        super().__init__(file, protocol=5)
        self.known, self.artists = known, []

    def reducer_override(self, thing):
        if thing is _made:
            return NotImplemented
        number = id(thing)
        if number in self.known.things:
            return _made, ("known", number)
        kind = type(thing)
        slots = self.known.layouts.get(id(kind))
        if slots is not None:
            return _made, (id(kind),), self._held(thing, kind, slots)
        tell = _TOLD.get(id(kind))
        if tell is not None:
            return _made, (kind.__name__,), (tell(self, thing),)
        if id(kind) in self.known.things and issubclass(kind, numpy.generic) and not thing.dtype.hasobject and not thing.dtype.names:
            return _made, ("number", thing.dtype.str, thing.tobytes())
        raise Unknown(repr(kind))

    def _held(self, thing, kind, slots):
        """What an instance of a known Python class holds."""
        state = dict(object.__getattribute__(thing, "__dict__")) if kind.__dictoffset__ else {}
        held = [state]
        for slot in slots:
            with contextlib.suppress(AttributeError):
                held.append((slot, object.__getattribute__(thing, slot)))
        held += [content(thing) for base, content in _IN_C_CONTENT if issubclass(kind, base)]
        if issubclass(kind, transforms.TransformNode):
            # By address, those that are to hear of its changes: they matter only if a stranger is among them.
            for parent in state.pop("_parents", {}).values():
                if (parent := parent()) is not None and id(type(parent)) not in self.known.layouts:
                    raise Unknown("parent of a transform")
        elif kind is cbook.CallbackRegistry:
            state.pop("_func_cid_map", None)  # by address, what `callbacks` says the other way round
        elif issubclass(kind, artist.Artist | FigureCanvasAgg):
            self.artists.append(thing)
            if issubclass(kind, ContourSet) and isinstance(state.get("_contour_generator"), contourpy.ContourGenerator):
                del state["_contour_generator"]  # it has made the lines, which are told; drawing does not ask it
            if issubclass(kind, _AxesBase):  # which axes share a range is kept in the class
                held.append([group.get_siblings(thing) for group in (*thing._shared_axes.values(), thing._twinned_axes)])
        return tuple(held)

    def function(self, thing):
        """What a function made within a known function was made with."""
        if id(thing.__code__) not in self.known.codes or id(thing.__globals__) not in self.known.globals:
            raise Unknown(thing.__qualname__)
        return id(thing.__code__), thing.__closure__, thing.__defaults__, thing.__kwdefaults__, thing.__dict__

    def array(self, thing):
        if thing.dtype.names or thing.nbytes > MOST_CONTENT:
            raise Unknown("array")
        data = thing.tolist() if thing.dtype.hasobject else thing.tobytes()
        return thing.dtype.str, thing.shape, thing.strides, thing.flags.writeable, data


def _cell(cell):
    try:
        return cell.cell_contents
    except ValueError:
        return _made  # empty


_IN_C_CONTENT = (
    (dict, lambda thing: list(dict.items(thing))), (list, lambda thing: list(list.__iter__(thing))),
    (tuple, lambda thing: list(tuple.__iter__(thing))), (set, lambda thing: list(set.__iter__(thing))),
    (frozenset, lambda thing: list(frozenset.__iter__(thing))), (bytes, lambda thing: list(bytes.__iter__(thing))),
    (str, str.__str__), (int, int.__int__), (float, float.__float__),
)
_TOLD = {
    object: lambda content, mark: None,  # a mark that nobody else knows, or else it were known
    types.FunctionType: _Content.function,
    types.CellType: lambda content, cell: _cell(cell),
    types.MethodType: lambda content, method: (method.__func__, method.__self__),
    types.BuiltinFunctionType: lambda content, method: (method.__name__, method.__self__),
    functools.partial: lambda content, call: (call.func, call.args, call.keywords, call.__dict__),
    numpy.ndarray: _Content.array,
    numpy.ma.MaskedArray: lambda content, array: (content.array(numpy.ndarray.view(array, numpy.ndarray)), dict(array.__dict__)),
    weakref.ref: lambda content, ref: ref(),
    weakref.KeyedRef: lambda content, ref: ref(),
    weakref.WeakMethod: lambda content, ref: ref(),
    weakref.WeakKeyDictionary: lambda content, mapping: [(ref(), value) for ref, value in mapping.data.items()],
    itertools.count: lambda content, count: repr(count),
    types.MappingProxyType: lambda content, mapping: dict(mapping),
    slice: lambda content, part: (part.start, part.stop, part.step),
    range: lambda content, part: (part.start, part.stop, part.step),
    complex: lambda content, number: (number.real, number.imag),
    collections.OrderedDict: lambda content, mapping: list(mapping.items()),
    collections.defaultdict: lambda content, mapping: (mapping.default_factory, list(mapping.items())),
    **{type(numpy.dtype(kind)): lambda content, dtype: dtype.str for kind in "?bBhHiIlLqQefdgFD"},
}
_TOLD = {id(kind): tell for kind, tell in _TOLD.items()}
