"""Makes up a class for the demo: who hands in what, from the answers that the tests hold."""

import datetime
from dataclasses import dataclass, replace

NAMES = (
    "amara", "benoit", "chiara", "dario", "elif", "farid", "greta", "hanna", "imran", "jonas", "kofi", "leila",
    "mateo", "nadia", "oskar", "priya", "quentin", "rosa", "sami", "tomoko", "ulla", "viktor", "wanjiru", "yusuf",
)
FAMILY_NAMES = (
    "Obi", "Laurent", "Ruiz", "Bianchi", "Demir", "Haddad", "Lindqvist", "Novak", "Qureshi", "Weber", "Mensah", "Farahani",
    "Silva", "Petrova", "Berg", "Nair", "Dubois", "Ferrari", "Mansour", "Sato", "Keller", "Horvat", "Kamau", "Yilmaz",
)
LOOPS = "while True:\n    pass"
RAISES = 'raise RuntimeError("this notebook stops here")'
DIES = "import os\n\nos._exit(1)"
FORGES = "import torch\n\ntorch.equal = torch.allclose = lambda *arguments, **options: True"
NOT_A_NOTEBOOK = b"%PDF-1.4\nthis is a report, renamed\n"


DUE = datetime.datetime(2026, 3, 20, 18, tzinfo=datetime.UTC)
LATE, EXTENDED = "benoit", "chiara"  # both after the due date; one has an extension


@dataclass(frozen=True)
class Submission:
    """What one student hands in: {exercise: source of the answer}, or `content` in place of a notebook. when: a datetime, or None."""

    student: str
    sources: dict
    content: bytes | None = None
    when: datetime.datetime | None = None


def made_up_class(answers):
    """List of Submission, the same every time.

    answers: {exercise: list of answers with `kind` ('right' or 'wrong') and `source`}, in the chapter's order.
    Six students are right, each in other styles; three stop part of the way; two hand in the untouched notebook; eight
    are wrong in one to three known ways; then one notebook each that raises, loops, kills its kernel, tries to forge its
    result, and is a PDF. One of those who are right is late, another has an extension.
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
    handed_in.append(Submission(next(names), forged(answers)))
    handed_in.append(Submission(next(names), {}, NOT_A_NOTEBOOK))
    return [replace(one, when=handed_in_at(place, one.student))
            for place, one in enumerate(sorted(handed_in, key=lambda one: one.student))]


def handed_in_at(place, student):
    """When a student handed in: the first of the class some days before the due date, the last minutes before it."""
    if student in (LATE, EXTENDED):
        return DUE + datetime.timedelta(hours=20 if student == LATE else 30)
    return DUE - datetime.timedelta(minutes=7 + 191 * (len(NAMES) - place))


def forged(answers):
    """{exercise: source}: the first exercise wrong, and a line in it that would have every comparison say yes."""
    first = next(iter(answers))
    wrong = [one.source for one in answers[first] if one.kind == "wrong"] or [""]
    return right_answers(answers, 0) | {first: f"{wrong[0]}\n\n{FORGES}".lstrip()}


def right_answers(answers, style):
    """{exercise: source}: of each exercise's right answers the one that `style`, a number, falls on."""
    chosen = {}
    for exercise, choices in answers.items():
        right = [one.source for one in choices if one.kind == "right"]
        chosen[exercise] = right[style % len(right)]
    return chosen


def wrong_answers(answers, students=8):
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
