"""Reads what became of each graded cell from an autograded notebook: outcome, message, recognised mistake."""

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat

from course.grading.elsewhere import said_of
from course.grading.stopped import Stop, noted, stops_above

NOT_ATTEMPTED = "not attempted"
RAISED = "raised"
WRONG = "wrong"
RIGHT = "right"
UNPAID = "(challenge, no points)"  # before a remark, as tables cut the ends of long ones
# How the errors of course.check are called, and what the errors of a plain nbgrader cell amount to.
BY_ERROR = {"NotAttempted": NOT_ATTEMPTED, "Raised": RAISED, "Wrong": WRONG,
            "NotImplementedError": NOT_ATTEMPTED, "AssertionError": WRONG}
# How the engine calls what kept a cell from being run to its end.
INCIDENTS = ("KernelDied", "CellTimeoutError", "NotRun")
# The errors of a graded cell that found nothing where an answer should be.
FOUND_NOTHING = ("NotAttempted", "NotImplementedError", "NameError")
MESSAGE = re.compile(r"(?P<said>.*?)(?: · (?P<mistake>[a-z0-9-]+))?", re.DOTALL)


@dataclass(frozen=True)
class CellOutcome:
    """What one graded cell came to.

    cell: its grade_id. points: what it is worth. outcome: right, wrong, raised or not attempted. message: the first
    line of what the check said, empty when right. mistake: the catalogue's id, or None. stopped: why this cell, or the
    answer without which it found nothing, was not run to its end; else None.
    """

    cell: str
    points: float
    outcome: str
    message: str = ""
    mistake: str | None = None
    stopped: Stop | None = None


def read_outcomes(path):
    """List of CellOutcome, in the notebook's order, of the graded code cells in the autograded notebook at `path`.

    Only those cells become notebook cells: of a class of thousands the rest, mostly pictures, takes much longer to check. What
    was written and not found is wrong, and the message says what feedback says of it.
    """
    cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    above = stops_above(cells)
    graded = ((place, nbformat.from_dict(cell)) for place, cell in enumerate(cells)
              if cell["metadata"].get("nbgrader", {}).get("grade"))
    found = [(place, outcome_under(cell, above.get(place))) for place, cell in graded if is_judged(cell)]
    return looked_at(found, cells) if any(one.outcome == NOT_ATTEMPTED for _, one in found) else [one for _, one in found]


def looked_at(found, cells):
    """List of CellOutcome of a list of (place, CellOutcome), where nothing was found by what stands in the answers.

    cells: the notebook's, as the file has them.
    """
    from course.grading import not_there  # it needs nbgrader, which takes seconds to import

    whole = [nbformat.from_dict(cell | {"source": "".join(cell["source"])}) for cell in cells]
    answers = not_there.answers_above(whole)
    for number, (place, one) in enumerate(found):
        if one.outcome == NOT_ATTEMPTED:
            told = not_there.nothing_found(whole[place], answers.get(place, ()), whole, one.message, ended=not_there.GRADED)
            found[number] = place, as_told(one, *told)
    return [one for _, one in found]


def as_told(outcome, headline, why):
    """The CellOutcome of a cell that found nothing, after what `not_there.nothing_found` says of it."""
    from course.grading import not_there

    if not not_there.is_attempt(headline):
        return outcome
    return replace(outcome, outcome=WRONG, message=" ".join([headline.removeprefix(not_there.NOT_THERE), *why]))


def incidents_of(notebook):
    """One line for each cell of an executed notebook that was not run to its end, or not found for certain, saying why."""
    lines = []
    for number, cell in enumerate(notebook.cells, 1):
        name = cell.metadata.get("nbgrader", {}).get("grade_id", f"cell {number}")
        errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
        lines += [f"{name}: {one.evalue or 'still running at the time limit'}" for one in errors if one.ename in INCIDENTS]
        lines += [f"{name}: {said}"] if (said := said_of(cell)) else []
    return lines


def is_judged(cell):
    """Whether code decides over this cell's points: a graded cell that is not itself the student's answer."""
    from nbgrader import utils  # nbgrader takes seconds to import, and learners' commands ask for names alone

    return cell.cell_type == "code" and utils.is_grade(cell) and not utils.is_solution(cell)


def outcome_of(cell):
    """The CellOutcome of one executed graded cell; the last error in it counts."""
    about = {"cell": cell.metadata["nbgrader"]["grade_id"], "points": float(cell.metadata["nbgrader"]["points"])}
    errors = [output for output in cell.outputs if output.output_type == "error"]
    if not errors:
        return CellOutcome(outcome=RIGHT, **about)
    name, value = errors[-1].ename, errors[-1].evalue
    known = MESSAGE.fullmatch(value) if name in ("NotAttempted", "Raised", "Wrong") else None
    said = known["said"] if known else f"{name}: {value}"
    stop = noted(cell) if name in INCIDENTS else None
    first_line = stop.of("the function that it called") if stop and stop.called else said.strip().split("\n")[0]
    return CellOutcome(outcome=BY_ERROR.get(name, RAISED), message=first_line,
                       mistake=known["mistake"] if known else None, stopped=stop, **about)


def outcome_under(cell, above):
    """The CellOutcome of a graded cell where something above it was stopped. above: a `stopped.Above`, or None.

    An answer that was stopped before it had defined anything was attempted.
    """
    outcome = outcome_of(cell)
    errors = [output.ename for output in cell.outputs if output.output_type == "error"]
    if not (above and above.answer and errors and errors[-1] in FOUND_NOTHING):
        return outcome
    return replace(outcome, outcome=RAISED, message=above.answer.of("the answer"), mistake=None, stopped=above.answer)


def is_untouched(outcomes):
    """Whether nothing of the notebook was attempted."""
    return bool(outcomes) and all(one.outcome == NOT_ATTEMPTED for one in outcomes)


def mostly(outcomes):
    """What went wrong most, in a few words: the commonest named mistake, else the commonest outcome; '' if nothing.

    Where points were lost, of the cells that cost them; a challenge without points is told, and marked, only where none were.
    """
    wrong = [one for one in outcomes if one.outcome != RIGHT]
    if not wrong:
        return ""
    if is_untouched(outcomes):
        return NOT_ATTEMPTED
    paid = [one for one in wrong if one.points]
    return _commonest(paid) if paid else f"{UNPAID} {_commonest(wrong)}"


def _commonest(lost):
    """The commonest mistake or outcome of these cells, none of which is right; what was attempted comes first."""
    named = Counter(one.mistake for one in lost if one.mistake)
    if named:
        return mistake_name(named.most_common(1)[0][0])
    attempted = [one for one in lost if one.outcome != NOT_ATTEMPTED]
    blank = len(lost) - len(attempted)
    if not attempted:
        return cells_not_attempted(blank)
    commonest, count = Counter(one.outcome for one in attempted).most_common(1)[0]
    first = next(one for one in attempted if one.outcome == commonest)
    many = f"{count} cells {commonest}, the first" if count > 1 else commonest
    return f"{many}: {first.message}" + (f"; {cells_not_attempted(blank)}" if blank else "")


def cells_not_attempted(count):
    """Such as "2 cells not attempted"."""
    return f"{count} cell{'' if count == 1 else 's'} {NOT_ATTEMPTED}"


def mistake_name(mistake):
    """The catalogue's one-line name of a mistake; the id itself when the catalogue does not have it."""
    from course.check import mistakes

    try:
        return mistakes.find(mistake).name
    except KeyError:
        return mistake
