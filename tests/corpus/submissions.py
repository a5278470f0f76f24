"""What the submissions of the corpus are made of: the notebooks they start from, and the changes made to them."""

import copy
import importlib
import json
import pkgutil
from dataclasses import dataclass, field
from textwrap import dedent
from typing import Any

from nbformat.v4 import new_code_cell

ASSIGNMENT = "corpus"
NOTEBOOK = f"{ASSIGNMENT}.ipynb"
POINTS = {"double-values": 2, "shift-values": 2, "loss-values": 2, "loss-gradient": 1, "loss-vectorised": 1, "slope-value": 1}
RIGHT = {
    "double": "def double(number):\n    return number + number",
    "shift": "def shift(values):\n    return values + 1",
    "loss": "def loss(inputs, targets, weight):\n    return ((inputs * weight - targets) ** 2).mean()",
    "slope": "slope = 48.625",
}
# Wrong in every graded cell, the vectorised one included.
WRONG = {
    "double": "def double(number):\n    return number - 1",
    "shift": "def shift(values):\n    return values - 1",
    "loss": dedent('''
        def loss(inputs, targets, weight):
            total = 0.0
            for one, target in zip(inputs, targets):
                total = total + (one * weight - target)
            return total - 3
    ''').strip(),
    "slope": "slope = -1.0",
}


@dataclass(frozen=True)
class Files:
    """What a student hands in: {path below the submission's folder: content}."""

    content: dict[str, bytes]


@dataclass
class Item:
    """One submission of the corpus.

    name: of the student who hands it in. about: what it does, a line. make: changes a notebook in place, or returns
    Files, or returns bytes to stand in the notebook's place, or returns {path: text} to lie beside the notebook.
    """

    name: str
    about: str
    make: Any = field(repr=False)

    def files(self, released):
        """The Files of this submission, made from the released notebook."""
        book = with_sources(released, self.start)
        made = self.make(book)
        if isinstance(made, Files):
            return made
        if isinstance(made, bytes):
            return Files({NOTEBOOK: made})
        beside = {path: as_bytes(content) for path, content in (made or {}).items()}
        return Files({NOTEBOOK: as_file(book)} | beside)


@dataclass
class Broken(Item):
    """A submission that somebody could hand in without meaning harm, or with no more in mind than to break things.

    lost: the graded cells that it may not be paid for; it must be paid for all others. flagged: what the reason says
    (a regular expression) where it cannot be graded at all. says: what the reason or the lost cells' errors must say.
    """

    lost: tuple = ()
    flagged: str = ""
    says: str = ""
    start = RIGHT

    @property
    def points(self):
        """{grade_id: points} that it must get."""
        return {cell: 0 if cell in self.lost or self.flagged else points for cell, points in POINTS.items()}


@dataclass
class Attack(Item):
    """A submission whose answers are wrong and that wants points, or wants to know what it must not.

    family: what it turns to. earned: graded cells that it honestly gets right. shows: whether its grader can tell that
    somebody tried, and must say so.
    """

    family: str = ""
    earned: tuple = ()
    shows: bool = False
    start = WRONG

    @property
    def wants_to_know(self):
        """Whether it is about reading or telling, so that its feedback page matters too."""
        return self.family.startswith(("reading", "telling", "forged", "edited", "messages"))

    @property
    def points(self):
        """{grade_id: points} that it must get."""
        return {cell: points if cell in self.earned else 0 for cell, points in POINTS.items()}


_found = {Broken: {}, Attack: {}}


def broken(*, lost=(), flagged="", says=""):
    """Enters the function under it as a Broken submission, called as the function is; its docstring says what it is."""
    return _entering(Broken, lost=tuple(lost) if not isinstance(lost, str) else (lost,), flagged=flagged, says=says)


def attack(family, *, earned=(), shows=False):
    """Enters the function under it as an Attack, called as the function is; its docstring says what it does."""
    return _entering(Attack, family=family, earned=tuple(earned), shows=shows)


def _entering(kind, **expected):
    def enter(make):
        name = make.__name__.replace("_", "-")
        if name in _found[kind]:
            raise ValueError(f"two submissions are called {name}")
        _found[kind][name] = kind(name, make.__doc__.strip(), make, **expected)
        return make

    return enter


def all_broken():
    """{name: Broken} of tests/corpus/broken."""
    return _all(Broken, "broken")


def all_attacks():
    """{name: Attack} of tests/corpus/attacks."""
    return _all(Attack, "attacks")


def _all(kind, package):
    folder = importlib.import_module(f"{__package__}.{package}")
    for module in pkgutil.iter_modules(folder.__path__):
        importlib.import_module(f"{folder.__name__}.{module.name}")
    return dict(_found[kind])


def with_sources(notebook, sources):
    """A copy of the notebook whose cells named in `sources` (grade_id: source) hold those sources."""
    result = copy.deepcopy(notebook)
    for name, source in sources.items():
        answer(result, name, source)
    return result


def cell_of(book, grade_id):
    """The notebook's cell of that grade_id."""
    return next(cell for cell in book.cells if marks(cell).get("grade_id") == grade_id)


def marks(cell):
    """The cell's nbgrader metadata; empty where there is none, or nothing that could be it."""
    metadata = cell.get("metadata") if isinstance(cell, dict) else None
    found = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return found if isinstance(found, dict) else {}


def answer(book, grade_id, source):
    """Puts a source, however indented, into the cell `grade_id`."""
    cell_of(book, grade_id).source = dedent(source).strip("\n")


def insert(book, source, *, after="imports", before=None):
    """Puts a new code cell behind (or before) the cell of that grade_id. Returns it."""
    cell = new_code_cell(dedent(source).strip("\n"))
    place = book.cells.index(cell_of(book, before or after)) + (0 if before else 1)
    book.cells.insert(place, cell)
    return cell


def as_file(book):
    """The notebook as a file's bytes. Not by nbformat, which would refuse what is broken, or mend it."""
    return json.dumps(book).encode()


def as_bytes(content):
    return content if isinstance(content, bytes) else dedent(content).lstrip("\n").encode()
