"""Shows authors what became of their answers, as a table: what `course answers CHAPTER` prints."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from course.grading.course_root import CourseError
from course.grading.mistake_ids import unknown_in_cells, unknown_in_titles

from . import Answer, AnswersError, read_chapter_answers
from .copied import copied
from .current import current
from .plan import Chapter, stubs
from .results import AnswerResult, coverage_faults, faults
from .runner import ChapterBroken, is_sandboxed, run_answers


def report(root: Path, options: argparse.Namespace) -> int:
    """Run and print. options: what `course answers` reads. Returns 0 when every answer is as its title says, 1 when one is not, 2 when nothing could run."""
    try:
        chapter, release = current(root, options.chapter)
        written = read_chapter_answers(root / "tests" / "answers" / options.chapter)
        released = [*stubs(chapter, release), *copied(chapter, release)] if release else []
        chosen = choose(chapter, written, released, options.exercise, options.only)
        unknown = [*unknown_in_cells(chapter.notebook), *unknown_in_titles(written)]
    except AnswersError as error:
        print(error, file=sys.stderr)
        return 2
    except CourseError as error:
        print(f"course: {error}", file=sys.stderr)
        return 2
    if unknown:
        print("\n".join(unknown), file=sys.stderr)
        return 2
    if not is_sandboxed():
        print("no sandbox can be had here: the answers, which are your own, run without one", file=sys.stderr)
    results, broken = collect(chapter, chosen, options.workers, options.limit, options.quiet)
    for result in results:
        print(described(result, options.show))
    if broken:
        print(f"{len(results)} of {len(chosen)} answers were run, then the chapter broke.\n{broken}", file=sys.stderr)
        return 2
    missing = [] if options.exercise or options.only else coverage_faults(chapter, written)
    for fault in missing:
        print(f"missing  {fault}")
    to_mend = sum(bool(faults(result)) for result in results)
    print(summed_up(len(results), to_mend, len(missing)))
    return 1 if to_mend or missing else 0


def summed_up(count: int, to_mend: int, missing: int) -> str:
    """The last line: "12 answers: 1 is not as its title says, see NOT OK above; 2 things are missing"."""
    answers = f"{count} answer{'' if count == 1 else 's'}"
    said = [f"{to_mend} {'is not as its title says' if to_mend == 1 else 'are not as their titles say'}, see NOT OK above"] if to_mend else []
    said += [f"{missing} {'thing is' if missing == 1 else 'things are'} missing"] if missing else []
    return f"{answers}: {'; '.join(said)}" if said else f"{answers}, {'as its title says' if count == 1 else 'all as their titles say'}"


def choose(
    chapter: Chapter, written: dict[str, list[Answer]], released: list[Answer], exercise: str | None, text: str
) -> list[Answer]:
    """The answers to run, by exercise in the chapter's order. Raises AnswersError when none is left."""
    if exercise is not None:
        chapter.exercise(exercise)
    everything = [*released, *(answer for answers in written.values() for answer in answers)]
    names = [known.name for known in chapter.exercises]
    chosen = [
        answer for answer in everything
        if answer.exercise in names and exercise in (None, answer.exercise) and text in answer.title
    ]
    if not chosen:
        raise AnswersError(f"no answer of {chapter.name} has such a title: the files in tests/answers/{chapter.name}/ hold them")
    return sorted(chosen, key=lambda answer: names.index(answer.exercise))


def collect(
    chapter: Chapter, answers: Sequence[Answer], workers: int, limit: float, quiet: bool = False
) -> tuple[list[AnswerResult], ChapterBroken | None]:
    """The results in the answers' order, and what ended the run early if something did; shows a progress bar on a terminal, unless quiet."""
    running = run_answers(chapter, answers, workers=workers, limit=limit)
    by_answer, broken = {}, None
    try:
        for result in tqdm(running, total=len(answers), unit="answer", leave=False, disable=quiet or None):
            by_answer[result.answer] = result
    except ChapterBroken as error:
        broken = error
    return [by_answer[answer] for answer in answers if answer in by_answer], broken


def described(result: AnswerResult, in_full: bool) -> str:
    """The answer's row, the message of the cell that refused it, and whatever is to be mended."""
    found = faults(result)
    answer, refusal = result.answer, result.refusal
    name = f", mistake {result.mistake}" if result.mistake else ""
    state = f"refused by {refusal.name}{name}" if refusal else "accepted"
    lines = [
        f"{'NOT OK' if found else 'ok':7}  {answer.exercise}: {answer.title}",
        f"{'':9}{result.points:g} of {result.max_points:g} points, {result.seconds:.2f} s: {state}",
    ]
    if in_full:
        for cell in result.graded:
            lines.append(f"{'':9}{cell.name}: {'accepted' if cell.passed else 'refused'}, {cell.seconds:.2f} s")
            lines += _indented(cell.printed + ("" if cell.passed else cell.message))
    elif refusal:
        lines += _indented(refusal.message)
    return "\n".join(lines + [f"{'':9}to mend: {fault}" for fault in found])


def _indented(text: str) -> list[str]:
    return [f"{'':11}| {line}" for line in text.strip("\n").splitlines()]
