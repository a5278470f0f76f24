"""Reads the answers that exercises must accept or refuse, and puts answers into a notebook.

A file `tests/answers/<chapter>/<exercise>.py` belongs to the solution cell whose grade_id is `<exercise>`. Its first line
is a comment saying its job; then comes one percent cell an answer, each the whole content of the solution cell:

    # Answers to compute-loss of linear_model
    # %% right: with torch's own mse_loss
    # %% wrong: sum for mean -> sum-for-mean cell="compute-loss-values"
    # %% right: in words [markdown]

`cell` is the first graded cell that must refuse the wrong answer; the mistake `unnamed` means that none need be
recognised. A `[markdown]` answer may be written with or without the leading `# ` of jupytext's percent format.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

UNNAMED = "unnamed"

_HEADER = re.compile(r"^#\s*%%(?P<rest>.*)$")
_MARKDOWN = re.compile(r"\s+\[markdown\]$")
_CELL = re.compile(r"\s+cell=(?P<quote>[\"'])(?P<cell>[^\"']*)(?P=quote)$")
_MISTAKE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class AnswersError(ValueError):
    """An answers file, or a request for an answer, that makes no sense; the text says where and what."""


@dataclass(frozen=True)
class Answer:
    """One answer to one exercise.

    kind: 'right' or 'wrong' as written in files, 'stub' for what learners start from and 'copied' for what they could
    copy from visible checks (both made from the release).
    how: what is done right or wrong. mistake, cell: only for wrong answers, else None. line: of its header, from 1.
    """

    chapter: str
    exercise: str
    kind: str
    how: str
    mistake: str | None
    cell: str | None
    source: str
    line: int

    @property
    def title(self) -> str:
        """`right: how` or `wrong: how`, unique within the exercise."""
        return f"{self.kind}: {self.how}"

    @property
    def name(self) -> str:
        """The claim a test is named by: `linear_model/compute-loss: wrong: sum for mean`."""
        return f"{self.chapter}/{self.exercise}: {self.title}"


def read_answers(path: str | Path) -> list[Answer]:
    """All answers of one file, in its order. Raises AnswersError (`file:line: what is wrong`)."""
    path = Path(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    headers = [number for number, line in enumerate(lines, 1) if _HEADER.match(line)]
    _check_preamble(path, lines, headers)
    answers: list[Answer] = []
    first_with: dict[str, int] = {}
    for start, end in zip(headers, [*headers[1:], len(lines) + 1], strict=True):
        answer = _answer(path, start, lines[start - 1], lines[start : end - 1])
        if answer.title in first_with:
            raise _error(path, start, f"'{answer.title}' is already the title of line {first_with[answer.title]}")
        first_with[answer.title] = start
        answers.append(answer)
    return answers


def read_chapter_answers(folder: str | Path) -> dict[str, list[Answer]]:
    """The answers of every exercise file in `tests/answers/<chapter>`, by exercise, in order of name."""
    return {path.stem: read_answers(path) for path in sorted(Path(folder).glob("*.py"))}


def with_answers(notebook: NotebookNode, sources: Mapping[str, str]) -> NotebookNode:
    """A copy of the notebook whose solution cells named in `sources` (grade_id: source) hold those sources.

    Everything else stays as it is. Raises AnswersError when there is not exactly one solution cell of a given name.
    """
    result = copy.deepcopy(notebook)
    cells: dict[str, list[NotebookNode]] = {}
    for cell in result.cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("solution"):
            cells.setdefault(marks["grade_id"], []).append(cell)
    for exercise, source in sources.items():
        found = cells.get(exercise, [])
        if not found:
            known = ", ".join(cells) or "none"
            raise AnswersError(f"no solution cell has the grade_id '{exercise}'; the notebook's are: {known}")
        if len(found) > 1:
            raise AnswersError(f"{len(found)} solution cells share the grade_id '{exercise}'")
        found[0].source = source
    return result


def _error(path: Path, line: int, what: str) -> AnswersError:
    return AnswersError(f"{path}:{line}: {what}")


def _check_preamble(path: Path, lines: list[str], headers: list[int]) -> None:
    """The first line says the file's job, and nothing but comments stands before the first answer."""
    if not lines or not lines[0].startswith("#") or _HEADER.match(lines[0]) or not lines[0].strip("# "):
        raise _error(path, 1, "the first line must be a comment saying what the file is for")
    if not headers:
        raise _error(path, len(lines), "there is no answer: none of the lines starts with '# %%'")
    for number, line in enumerate(lines[: headers[0] - 1], 1):
        if line.strip() and not line.startswith("#"):
            raise _error(path, number, "code before the first '# %% right: …' or '# %% wrong: …' belongs to no answer")


def _answer(path: Path, number: int, header: str, body: list[str]) -> Answer:
    """One answer from its header line and the lines below it."""
    title = _HEADER.match(header)["rest"].rstrip()
    cell, title = _taken_from_end(_CELL, title)
    markdown, title = _taken_from_end(_MARKDOWN, title)
    kind, colon, how = title.strip().partition(":")
    if kind not in ("right", "wrong") or not colon:
        raise _error(path, number, f"an answer is titled 'right: …' or 'wrong: … -> mistake', not '{title.strip()}'")
    how, mistake = _mistake(path, number, kind, how)
    if "cell=" in how or (mistake and "cell=" in mistake):
        raise _error(path, number, 'the graded cell is given at the very end of the header as cell="graded-cell-id"')
    if not how:
        raise _error(path, number, f"say in a few words what is {kind} after '{kind}:'")
    if kind == "wrong" and not (cell and cell["cell"]):
        raise _error(path, number, 'a wrong answer ends with cell="…", the first graded cell that must refuse it')
    if kind == "right" and cell:
        raise _error(path, number, "a right answer is refused by no cell, so it has no cell=")
    source = _source(body, bool(markdown))
    if not source:
        raise _error(path, number, f"nothing is written under '{kind}: {how}'")
    chapter, exercise = path.resolve().parent.name, path.stem
    return Answer(chapter, exercise, kind, how, mistake, cell["cell"] if cell else None, source, number)


def _taken_from_end(pattern: re.Pattern[str], title: str) -> tuple[re.Match[str] | None, str]:
    """What the pattern finds at the end of the title (or None), and the title without it."""
    found = pattern.search(title)
    return found, title[: found.start()] if found else title


def _mistake(path: Path, number: int, kind: str, how: str) -> tuple[str, str | None]:
    """Splits `what -> mistake-id`, which wrong answers have and right ones do not."""
    what, arrow, mistake = how.rpartition("->")
    if kind == "right":
        # An arrow may be part of the words ('int -> float first'), but a mistake's id after it is a slip.
        if arrow and _MISTAKE.fullmatch(mistake.strip()) and ("-" in mistake.strip() or mistake.strip() == UNNAMED):
            raise _error(path, number, f"a right answer makes no mistake, but '-> {mistake.strip()}' follows")
        return how.strip(), None
    if not arrow:
        raise _error(path, number, f"a wrong answer names its mistake: 'wrong: … -> mistake-id', or '-> {UNNAMED}'")
    if "cell=" not in mistake and not _MISTAKE.fullmatch(mistake.strip()):
        raise _error(path, number, f"'{mistake.strip()}' is no mistake's id (small letters, digits and hyphens)")
    return what.strip(), mistake.strip()


def _source(body: list[str], markdown: bool) -> str:
    """The lines without blank ones at both ends; in Markdown without the comment marks, if every line has them."""
    if markdown and all(line.startswith("#") for line in body if line.strip()):
        body = [re.sub(r"^# ?", "", line) for line in body]
    return "\n".join(body).strip("\n").rstrip()
