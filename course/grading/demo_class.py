"""Makes up a class for the demo: who hands in what, from the answers that the tests hold."""

from dataclasses import dataclass

NAMES = (
    "amara", "benoit", "chiara", "dario", "elif", "farid", "greta", "hanna", "imran", "jonas", "kofi", "leila",
    "mateo", "nadia", "oskar", "priya", "quentin", "rosa", "sami", "tomoko", "ulla", "viktor", "wanjiru", "yusuf",
)
LOOPS = "while True:\n    pass"
RAISES = 'raise RuntimeError("this notebook stops here")'
DIES = "import os\n\nos._exit(1)"
NOT_A_NOTEBOOK = b"%PDF-1.4\nthis is a report, renamed\n"


@dataclass(frozen=True)
class Submission:
    """What one student hands in: {exercise: source of the answer}, or `content` in place of a notebook."""

    student: str
    sources: dict
    content: bytes | None = None


def made_up_class(answers):
    """List of Submission, the same every time.

    answers: {exercise: list of answers with `kind` ('right' or 'wrong') and `source`}, in the chapter's order.
    Six students are right, each in other styles; three stop part of the way; two hand in the untouched notebook; nine
    are wrong in one to three known ways; then one notebook each that raises, loops, kills its kernel, and is a PDF.
    """
    exercises = list(answers)
    names = iter(NAMES)
    handed_in = [Submission(next(names), right_answers(answers, style)) for style in range(6)]
    for part in (1, 2, 3):
        done = exercises[: max(1, len(exercises) * part // 4)]
        sources = right_answers(answers, part)
        handed_in.append(Submission(next(names), {name: sources[name] for name in done}))
    handed_in += [Submission(next(names), {}) for _ in range(2)]
    handed_in += [Submission(next(names), sources) for sources in wrong_answers(answers)]
    for source in (RAISES, LOOPS, DIES):
        middle = exercises[len(exercises) // 2]
        handed_in.append(Submission(next(names), right_answers(answers, 0) | {middle: source}))
    handed_in.append(Submission(next(names), {}, NOT_A_NOTEBOOK))
    return sorted(handed_in, key=lambda one: one.student)


def right_answers(answers, style):
    """{exercise: source}: of each exercise's right answers the one that `style`, a number, falls on."""
    chosen = {}
    for exercise, choices in answers.items():
        right = [one.source for one in choices if one.kind == "right"]
        chosen[exercise] = right[style % len(right)]
    return chosen


def wrong_answers(answers, students=9):
    """List of {exercise: source}, one a student: right but for one, two or three wrong answers.

    The wrong answers are taken in turn over the exercises, spread evenly when there are more than the class can make.
    """
    by_exercise = {name: [one.source for one in choices if one.kind == "wrong"] for name, choices in answers.items()}
    rounds = range(max(map(len, by_exercise.values())))
    wrong = [(name, sources[turn]) for turn in rounds for name, sources in by_exercise.items() if turn < len(sources)]
    slots = sum(1 + number % 3 for number in range(students))
    step = max(1.0, len(wrong) / slots)
    chosen, slot = [], 0
    for number in range(students):
        sources = right_answers(answers, number)
        for _ in range(1 + number % 3 if wrong else 0):
            name, source = wrong[int(slot * step) % len(wrong)]
            sources[name] = source
            slot += 1
        chosen.append(sources)
    return chosen
