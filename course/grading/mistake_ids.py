"""Ids of mistakes that tests and answers name and the catalogue has not: a check finds out only with a wrong answer."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from course.grading.answers import UNNAMED, Answer
from course.grading.course_root import CourseError
from course.grading.judge.plan import is_judged
from course.grading.misspelt import did_you_mean

KEYWORDS = ("mistaken", "other_data")  # of the checks' verbs: dicts from a mistake's id to what the mistake gives
_NOT_FOUND = re.compile(r"no mistake '([^']*)' in the catalogue")


def known_mistakes() -> dict:
    """The catalogue, by id. Raises CourseError, on one line, where an entry of it cannot be used."""
    # Here, since it brings PyTorch, which commands that run no cell can do without.
    from course.check.mistakes import CatalogueError, catalogue

    try:
        return catalogue()
    except CatalogueError as error:
        raise CourseError(str(error)) from None


def unknown(name: str) -> str:
    """Such as "the mistake 'men', which course/check/catalogue/ has not: did you mean …? …"; empty where the catalogue has it."""
    known = known_mistakes()
    if name in known:
        return ""
    meant = did_you_mean(name, known) or "its files list those that there are. "
    return f"the mistake {name!r}, which course/check/catalogue/ has not: {meant}A new one is added there, see docs/authors.md"


def unknown_in_cells(notebook) -> list[str]:
    """A sentence for each id in the notebook's graded cells: "loss-values names the mistake …"."""
    return _told((name, cell.metadata.nbgrader.grade_id) for cell in notebook.cells if is_judged(cell)
                 for name in named_in(cell.source))


def unknown_in_titles(answers: Mapping[str, Sequence[Answer]]) -> list[str]:
    """A sentence for each id in the titles of answers, by exercise: "tests/answers/…:7 names the mistake …"."""
    return _told((answer.mistake, f"tests/answers/{answer.chapter}/{answer.exercise}.py:{answer.line}")
                 for each in answers.values() for answer in each if answer.mistake not in (None, UNNAMED))


def _told(named: Iterable[tuple[str, str]]) -> list[str]:
    """named: an id, and a place that names it."""
    places: dict[str, dict[str, None]] = {}
    for name, place in named:
        places.setdefault(name, {})[place] = None
    return [f"{' and '.join(there)} {'names' if len(there) == 1 else 'name'} {says}"
            for name, there in places.items() if (says := unknown(name))]


def unknown_in_error(ename: str, evalue: str) -> str:
    """The clause of `unknown` on the id that stopped a check with this error; empty for any other error."""
    found = _NOT_FOUND.search(evalue) if ename == KeyError.__name__ else None
    return unknown(found[1]) if found else ""


def named_in(source: str) -> list[str]:
    """The ids that a cell writes out in `mistaken={…}`, or in a dict of its own that `mistaken` is given by name.

    In their order; none where the cell is no Python by itself.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return []
    return [key.value for one in _dicts(tree) for key in one.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]


def _dicts(tree: ast.Module) -> Iterator[ast.Dict]:
    assigned = {target.id: node.value for node in ast.walk(tree) if isinstance(node, ast.Assign)
                for target in node.targets if isinstance(target, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in KEYWORDS:
            given = assigned.get(node.value.id) if isinstance(node.value, ast.Name) else node.value
            if isinstance(given, ast.Dict):
                yield given
