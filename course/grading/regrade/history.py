"""A regrade under way, on disk until it is over, and what each one that is over has moved: regrades.jsonl."""

import datetime
import json

from nbgrader.api import BaseCell, Grade, Notebook, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import select

from course.grading.records import write_text_whole

PENALTY = "late penalty"


class History:
    """Beside the records of an assignment: `regrade` while one is under way, and a line for each that is over."""

    def __init__(self, folder):
        self.under_way, self.path = folder / "regrade", folder / "regrades.jsonl"

    def begin(self, points, reasons):
        """Remembers everybody's points before anything moves; those of a regrade that was stopped are older, and stay.

        points: {student: {cell: points}}. reasons: {student: {cell: why}}; a later reason adds to an earlier one.
        Returns (when it began, points, reasons).
        """
        told = self.stopped() or {"began": now(), "points": {}, "reasons": {}}
        told["points"] = {**points, **told["points"]}
        for student, cells in reasons.items():
            told["reasons"].setdefault(student, {}).update(cells)
        write_text_whole(self.under_way, json.dumps(told))
        return told["began"], told["points"], told["reasons"]

    def stopped(self):
        """What is known of a regrade that was stopped before its end, or None."""
        try:
            told = json.loads(self.under_way.read_text(encoding="utf-8"))
            return told if {"began", "points", "reasons"} <= told.keys() else None
        except (OSError, ValueError, AttributeError):
            return None

    def end(self, entry):
        """The regrade is over: its line is written, then it is forgotten."""
        earlier = self.path.read_text(encoding="utf-8") if self.path.exists() else ""
        write_text_whole(self.path, earlier + json.dumps(entry, ensure_ascii=False) + "\n")
        self.under_way.unlink(missing_ok=True)


def points_of_class(db, assignment_id):
    """{student: {"notebook/grade_id": points, "late penalty": points below 0}} of everybody with submitted notebooks."""
    asked = select(
        SubmittedAssignment.student_id, Notebook.name, BaseCell.name, Grade.auto_score, Grade.manual_score, Grade.extra_credit,
    ).join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id).join(
        Notebook, Notebook.id == SubmittedNotebook.notebook_id).join(
        Grade, Grade.notebook_id == SubmittedNotebook.id).join(BaseCell, BaseCell.id == Grade.cell_id)
    found = {}
    for student, notebook, cell, auto, manual, extra in db.execute(
            asked.where(SubmittedAssignment.assignment_id == assignment_id)):
        score = (manual if manual is not None else auto or 0.0) + (extra or 0.0)
        found.setdefault(student, {})[f"{notebook}/{cell}"] = score
    penalties = select(SubmittedAssignment.student_id, SubmittedNotebook.late_submission_penalty).join(
        SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id).where(
        SubmittedAssignment.assignment_id == assignment_id)
    for student, penalty in db.execute(penalties):
        if student in found:
            found[student][PENALTY] = found[student].get(PENALTY, 0.0) - (penalty or 0.0)
    db.commit()
    return found


def now():
    """The moment, UTC, as text."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
