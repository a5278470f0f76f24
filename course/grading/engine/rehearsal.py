"""The instructor's own notebook, run once before any submission: what its solutions give is kept for their judges."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import pickle
from dataclasses import dataclass, field, replace

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbgrader.utils import is_locked

from ..first_failures import Failure, first_failures
from ..judge.judge import Judge
from ..judge.plan import Plan, is_judged
from ..judge.rehearsal import Rehearsal
from .messages import REHEARSAL_SECONDS
from .task import Assignment, NotebookSource


@dataclass(frozen=True)
class Rehearsed:
    """What came of it. of: by name of the notebook. warnings: one line for each notebook of which less is known."""

    of: dict[str, Rehearsal] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def is_wanted(source: NotebookSource, plan: Plan) -> bool:
    """Whether graded cells look at the student's objects themselves: the checks' verbs need no rehearsal."""
    return bool(plan.plain and source.grade_points)


def key_of(assignment: Assignment) -> str:
    """The same for assignments whose rehearsals are the same; the seed is no part of it."""
    texts = [(source.name, source.text, [cell.source for cell in source.cells]) for source in assignment.notebooks]
    said = pickle.dumps((texts, sorted(assignment.files.items()), assignment.allowance))
    return hashlib.sha256(said).hexdigest()


def rehearse(grader) -> Rehearsed:
    """Judges the instructor's notebooks as submissions are judged. Never raises for what is wrong with one of them."""
    of, warnings = {}, []
    wanted = [source for source in grader.assignment.notebooks if is_wanted(source, grader.plans[source.name])]
    allowance = grader.assignment.allowance
    seconds = min(allowance.notebook_seconds, REHEARSAL_SECONDS / max(1, len(wanted)))
    for source in wanted:
        plan = grader.plans[source.name]
        if not source.text:
            warnings.append(not_known(source.name, "the instructor's notebook is not in the source folder"))
            continue
        notebook = up_to_the_last(source.instructors_notebook(), plan.plain)
        judge = Judge(plan, timeout=allowance.cell_seconds, seed=grader.assignment.seed, student_source=code_of(notebook))
        try:
            grader.run_of(notebook, source, grader.assignment.files, replace(allowance, notebook_seconds=seconds), judge).run()
        except Exception as error:
            warnings.append(not_known(source.name, f"the instructor's notebook could not be run: {error}"))
            continue
        of[source.name] = judge.recorded
        if failed := plan.plain - judge.recorded.passed:
            warnings.append(not_known(source.name, not_passed(failed, first_failures(notebook))))
    return Rehearsed(of, tuple(line.replace("\n", " ") for line in warnings))


def not_known(name: str, why: str) -> str:
    """The warning: what is missing, and what that means."""
    return f"{name}: {why}; so an object that only pretends to be the right answer is not refused there"


def not_passed(failed: set[str], firsts: list[Failure]) -> str:
    """Which of these cells the solution does not pass, and which of them only follow from another that stopped."""
    told, left = [], set(failed)
    for first in firsts:
        following = [one.name for one in first.following if one.name in left]
        if first.name not in left and not following:
            continue
        left -= {first.name, *following}
        verb = "does not pass" if is_judged(first.cell) else "stops in"
        follow = f" ({', '.join(following)} follow{'s' if len(following) == 1 else ''} from that)" if following else ""
        told.append(f"{verb} {first.name}{follow}")
    told += [f"does not pass {', '.join(sorted(left))}"] if left else []
    return f"the solution in it {' and '.join(told)}"


def up_to_the_last(notebook: NotebookNode, cells: frozenset[str]) -> NotebookNode:
    """The notebook without what follows the last of these graded cells."""
    places = [place for place, cell in enumerate(notebook.cells)
              if is_judged(cell) and cell.metadata.nbgrader.grade_id in cells]
    notebook.cells = notebook.cells[: max(places) + 1]
    return notebook


def code_of(notebook: NotebookNode) -> str:
    """The text of the student's own code cells, one after the other, with magics as the calls that they stand for.

    A cell that is no Python defines nothing, and is left out.
    """
    return "\n\n".join(filter(None, (_as_python(cell.source) for cell in notebook.cells
                                     if cell.cell_type == "code" and not is_locked(cell) and not is_judged(cell))))


def _as_python(text: str) -> str:
    for code in (lambda: text, lambda: TransformerManager().transform_cell(text)):
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            compile(made := code(), "<cell>", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
            return made
    return ""
