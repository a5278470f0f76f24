"""What a regrade keeps: of cells for which nothing changed the outputs, points and comments that they had."""

from dataclasses import dataclass, field, replace

import nbformat
from nbgrader import utils

from course.grading.engine.pipeline import reason_of
from course.grading.engine.task import FLAGGED, GRADED, NotebookGrades, Result
from course.grading.outcomes import incidents_of, is_judged
from course.grading.stopped import forget, note, noted


@dataclass(frozen=True)
class Kept:
    """A Result to be merged. unsteady: cells for which nothing changed, and which came out otherwise all the same."""

    result: Result
    unsteady: list = field(default_factory=list)


def notebooks_of(folder):
    """{name: notebook} of the graded notebooks in an autograded folder."""
    return {path.stem: nbformat.read(path, as_version=4) for path in sorted(folder.glob("*.ipynb"))}


def combined(work, result, before, record, assignment):
    """Kept: the new result for the cells to be judged again, what was there `before` for all others.

    before: {name: notebook} as graded earlier. record: of that grading.
    """
    unsteady, grades, files, notebooks = [], [], {}, dict(before)
    fresh = {one.name: one for one in result.notebooks}
    for name, text in ((one.name, result.files[f"{one.name}.ipynb"]) for one in result.notebooks):
        notebooks[name] = nbformat.reads(text, as_version=4)
        unsteady += put_back(notebooks[name], before[name], work.judge[name])
    for name, notebook in notebooks.items():
        judged = work.judge.get(name, {}) if name in fresh else {}
        scores = {cell: score for cell, score in fresh[name].scores.items() if cell in judged} if judged else {}
        comments = {cell: said for cell, said in fresh[name].comments.items() if cell in judged} if judged else {}
        others = {cell: points for cell, points in work.points.get(name, {}).items() if cell not in judged}
        scores |= with_points(notebook, others, assignment.notebook(name))
        grades.append(NotebookGrades(name, scores, comments))
        files[f"{name}.ipynb"] = nbformat.writes(notebook) + "\n"
    incidents = [line for notebook in notebooks.values() for line in incidents_of(notebook)]
    suspicious = list(dict.fromkeys((*record.suspicious, *result.suspicious)))
    return Kept(replace(
        result, status=FLAGGED if suspicious else GRADED, reason=reason_of(incidents, suspicious), notebooks=tuple(grades),
        files=files, incidents=tuple(incidents), suspicious=tuple(suspicious)), unsteady)


def unrun(work, record, before, fingerprint, assignment):
    """Kept, of a submission that is not run again: as it was but for points, and noted to be judged on today's tests."""
    there = Result(work.student, record.status, record.reason, seconds=dict(record.seconds), seed=record.seed,
                   fingerprint=fingerprint, suspicious=record.suspicious, incidents=record.incidents,
                   cell_seconds=record.cell_seconds)
    kept = combined(replace(work, judge={}), there, before, record, assignment)
    return replace(kept, result=replace(kept.result, status=record.status, reason=record.reason, incidents=record.incidents))


def put_back(notebook, before, judged):
    """Gives graded code cells that are not among those judged again their earlier outputs. Returns the unsteady ones."""
    earlier = {grade_id(cell): cell for cell in before.cells if utils.is_grade(cell)}
    unsteady = []
    for cell in notebook.cells:
        then = earlier.get(grade_id(cell))
        if then is None or not is_judged(cell) or grade_id(cell) in judged:
            continue
        if passed(cell) != passed(then):
            unsteady.append(grade_id(cell))
        cell.outputs, cell.execution_count = then.outputs, then.execution_count
        forget(cell)
        if stop := noted(then):
            note(cell, stop)
    return unsteady


def with_points(notebook, points, source):
    """Marks cells with what they are worth now. Returns {grade_id: (points, False)} of those that code decides.

    points: {grade_id: (then, now)}. A cell that a person decides keeps what that person gave.
    """
    sources, scores = {cell.name: cell for cell in source.cells}, {}
    for cell in notebook.cells:
        name = grade_id(cell)
        if name in points:
            cell.metadata["nbgrader"] = nbformat.from_dict(source.marks(sources[name]))
            if is_judged(cell):
                scores[name] = (points[name][1] if passed(cell) else 0, False)
    return scores


def passed(cell):
    """Whether a graded code cell was run to its end without an error."""
    return not any(output.output_type == "error" for output in cell.outputs)


def grade_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")
