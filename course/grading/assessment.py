"""What is assessed: each chapter's outcomes, the exercises that ask for them, and the mistakes that their checks tell apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from course.check import mistakes
from course.grading.answers import UNNAMED, AnswersError, read_chapter_answers
from course.grading.build import write_whole
from course.grading.chapter_text import is_draft, master_notebook
from course.grading.course_root import CourseError, chapters
from course.grading.mistake_ids import unknown_in_titles
from course.headings import Heading, begins_section, headings

PAGE = Path("docs") / "assessment.md"

_TITLE = re.compile(r"^# (?P<number>\d+) · (?P<name>.+)$", re.MULTILINE)
_OUTCOMES = re.compile(r"^\*\*You will be able to\*\*\n+(?P<list>(?:(?:\d+\. |   ).*\n?)+)", re.MULTILINE)


@dataclass
class Exercise:
    """One graded exercise. number: such as "4.5". announced: the points in its heading. minutes: for a learner.

    outcomes: numbers in the chapter's list. points, by_hand: what its graded cells are worth, those that a person grades
    counted apart. mistakes: ids that its wrong answers are named by, each once, in the order of the answers.
    """

    number: str
    name: str
    announced: int
    difficulty: str
    minutes: int
    outcomes: tuple[int, ...]
    points: float = 0.0
    by_hand: float = 0.0
    mistakes: list[str] = field(default_factory=list)
    refused: int = 0


@dataclass(frozen=True)
class ChapterAssessed:
    """One chapter. folder: its name in source/. outcomes: their texts, in order. exercises: in the chapter's order.

    draft: it is not finished.
    """

    folder: str
    number: int
    title: str
    outcomes: tuple[str, ...]
    exercises: tuple[Exercise, ...]
    draft: bool = False

    @property
    def points(self) -> float:
        return sum(exercise.points + exercise.by_hand for exercise in self.exercises)


def assessed(root: str | Path) -> list[ChapterAssessed]:
    """Every chapter in source/, in the order of their numbers. Raises CourseError where a chapter does not say its outcomes."""
    root = Path(root)
    return sorted((read_assessed(root, folder) for folder in chapters(root)), key=lambda chapter: chapter.number)


def read_assessed(root: Path, folder: str) -> ChapterAssessed:
    """What the chapter in source/<folder> assesses, from its text and its answers."""
    text = (root / "source" / folder / f"{folder}.py").read_text(encoding="utf-8")
    notebook = master_notebook(text, folder)
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    title, listed = _TITLE.search(prose), _OUTCOMES.search(prose)
    if title is None or listed is None:
        raise CourseError(f"{folder}: a chapter begins with '# 4 · name' and a numbered list under **You will be able to**")
    outcomes = re.split(r"^\d+\. ", listed["list"], flags=re.MULTILINE)[1:]
    answers = read_usable_answers(root, folder)
    return ChapterAssessed(
        folder, int(title["number"]), title["name"],
        tuple(" ".join(text.split()).rstrip(";.") for text in outcomes),
        tuple(_exercises(notebook, answers)), is_draft(text),
    )


def read_usable_answers(root: Path, folder: str) -> dict:
    """The chapter's answers, by exercise. Raises CourseError where a file of them makes no sense, or names an unknown mistake."""
    try:
        answers = read_chapter_answers(root / "tests" / "answers" / folder)
    except AnswersError as error:
        raise CourseError(str(error)) from None
    if wrong := unknown_in_titles(answers):
        raise CourseError(". ".join(wrong))
    return answers


def _exercises(notebook, answers) -> list[Exercise]:
    """The exercises of a notebook; a graded cell belongs to the heading of an exercise above it, up to the next section."""
    found: list[Exercise] = []
    current = None
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            begun = headings(cell.source)
            if begun:
                current = _exercise(begun[0], cell)
                found.append(current)
            elif begins_section(cell.source):
                current = None
        marks = cell.metadata.get("nbgrader", {})
        if current is not None:
            _count(current, marks, answers)
    return found


def _exercise(heading: Heading, cell) -> Exercise:
    return Exercise(heading.number, heading.name, heading.points, heading.difficulty, heading.minutes,
                    tuple(cell.metadata.get("outcomes", ())))


def _count(exercise: Exercise, marks: dict, answers: dict) -> None:
    """Add a cell's points to its exercise, and the mistakes of the answers to it."""
    if marks.get("grade") and (marks.get("solution") or marks.get("task")):
        exercise.by_hand += marks.get("points", 0)
    elif marks.get("grade"):
        exercise.points += marks.get("points", 0)
    if marks.get("solution"):
        wrong = [answer for answer in answers.get(marks["grade_id"], ()) if answer.kind == "wrong"]
        named = dict.fromkeys(answer.mistake for answer in wrong if answer.mistake != UNNAMED)
        exercise.mistakes += [mistake for mistake in named if mistake not in exercise.mistakes]
        exercise.refused += len(wrong)


def page(chapters_assessed: list[ChapterAssessed]) -> str:
    """docs/assessment.md: a table of outcomes, exercises and mistakes for each chapter."""
    return "\n".join([_HEAD, *(_chapter(chapter) for chapter in chapters_assessed)])


def differs(root: str | Path) -> bool:
    """Whether docs/assessment.md is not what the chapters and their answers say."""
    path = Path(root) / PAGE
    return not path.is_file() or path.read_text(encoding="utf-8") != page(assessed(root))


def write_page(root: str | Path) -> Path:
    """Write docs/assessment.md. Returns its path."""
    path = Path(root) / PAGE
    write_whole(path, page(assessed(root)).encode())
    return path


_HEAD = """<!-- What the course assesses, written by `course assessment` from the chapters and their answers: do not edit. -->
# What is assessed

For each chapter: what learners will be able to do, the exercises that ask for it, how many wrong answers their checks are
held to refuse, and the mistakes that a message tells apart by name. Every mistake listed is made by at least one answer in
`tests/answers/`; CI runs them all, and fails when one is accepted or named otherwise.
"""


def _chapter(chapter: ChapterAssessed) -> str:
    points = sum(exercise.by_hand for exercise in chapter.exercises)
    by_hand = f", {points:g} of them graded by hand" if points else ""
    count = f"{len(chapter.exercises)} exercise{'s' if len(chapter.exercises) != 1 else ''}"
    lines = [
        f"## {chapter.number} · {chapter.title}", "",
        f"`{chapter.folder}`{', a draft' if chapter.draft else ''}: {count}, {chapter.points:g} points{by_hand}, "
        f"{sum(exercise.minutes for exercise in chapter.exercises)} minutes of exercises.", "",
        "| outcome | exercise | points | wrong answers refused | mistakes told apart |", "| --- | --- | ---: | ---: | --- |",
    ]
    told: set[str] = set()
    for number, outcome in enumerate(chapter.outcomes, 1):
        asking = [exercise for exercise in chapter.exercises if number in exercise.outcomes]
        for place, exercise in enumerate(asking):
            first = f"{number}. {outcome}" if place == 0 else ""
            cells = (first, f"{exercise.number} {exercise.name}", _points(exercise), *_refused(exercise, told))
            lines.append(f"| {' | '.join(cells)} |")
            told.add(exercise.number)
    return "\n".join([*lines, ""])


def _points(exercise: Exercise) -> str:
    parts = [f"{exercise.points:g}"] if exercise.points else []
    parts += [f"{exercise.by_hand:g} by hand"] if exercise.by_hand else []
    return " + ".join(parts) or "0"


def _refused(exercise: Exercise, told: set[str]) -> tuple[str, str]:
    """How many wrong answers are refused, and which mistakes are told apart; an exercise is told in full only once."""
    if exercise.number in told:
        return "", "see above"
    if not exercise.refused:
        return "", "read by a person, with a marking scheme" if exercise.by_hand else ""
    return str(exercise.refused), "; ".join(mistakes.find(mistake).name for mistake in exercise.mistakes).replace("|", "\\|")
