"""Refuses an assignment with a graded cell that the instructor's own solution fails, or that cannot be judged outside."""

import re
import secrets
from pathlib import Path

import nbformat
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_solution
from traitlets import Bool

from course.grading.course_root import CourseError
from course.grading.first_failures import first_failures
from course.grading.judge.errors import JudgeError
from course.grading.judge.plan import RUN_INSIDE, is_judged
from course.grading.mistake_ids import unknown_in_cells
from course.grading.preprocessors.saying import said_first
from course.headings import begins_section, headings

MISTAKE = re.compile(r" · [a-z0-9-]+\Z")  # the id behind what a check says: an author reads the sentence


class RequireJudgeable(NbGraderPreprocessor):
    """Runs the instructor's notebook as a submission would be run, and looks at what its graded cells say.

    The assignment is not generated where a cell asks for something that only the student's own process can tell, nor where
    one fails with the instructor's own solution: nobody could get its points.
    """

    allow_failing = Bool(False, help="Whether an assignment is generated all the same where its own solution fails a test; that is "
                                     "warned of then.").tag(config=True)

    def preprocess(self, nb, resources):
        with said_first(self.log):
            return self._require(nb, resources)

    def _require(self, nb, resources):
        unjudgeable, failing = [], []
        for first in first_failures(self._run(nb, resources)):
            (unjudgeable if is_judged(first.cell) and first.error.ename == JudgeError.__name__ else failing).append(first)
        told = [failure_told(nb, first) for first in failing]
        reasons = unknown_in_cells(nb)
        if unjudgeable:
            reasons.append("; ".join(f"{first.name} cannot be judged outside the student's process: {first_line(first.error)}"
                                     f"{what_follows(first)}" for first in unjudgeable) + how_to_go_on(len(unjudgeable)))
        if told and not self.allow_failing:
            lost = sum(is_judged(first.cell) + len(first.following) for first in failing)
            reasons.append("; ".join(told) + how_to_release(resources["nbgrader"]["assignment"], lost))
        if reasons:
            raise CourseError(". ".join(reasons))
        for line in told:
            self.log.warning("%s", line)
        return nb, resources

    def _run(self, nb, resources):
        """The notebook with the outputs of such a run."""
        from course.grading.engine.grader import Notebook
        from course.grading.engine.shared import run_notebook
        from course.grading.engine.snapshot import files_below
        from course.grading.engine.task import Assignment, NotebookSource
        from course.grading.preprocessors.execute import ExecuteOutside
        from course.grading.sandbox import bubblewrap

        about = resources["nbgrader"]
        text = nbformat.writes(nb)
        source = NotebookSource(about["notebook"], None, (), {}, {}, (), text)
        assignment = Assignment(about["assignment"], "", (source,), allowance=ExecuteOutside(parent=self).allowance(),
                                seed=secrets.randbelow(2**31))
        folder = Path(resources["metadata"]["path"])
        beside = files_below(folder, ["*.py", "*.pyc", ".*"]) if folder.is_dir() else {}
        # The instructor's own code: where no sandbox can be had, it runs without.
        ran = run_notebook(assignment, Notebook(about["notebook"], text, beside), sandbox=bubblewrap.availability() is None)
        return nbformat.reads(ran.text, as_version=4)


def failure_told(nb, first):
    """A failure that no other one explains, with those that follow from it: one sentence."""
    if is_judged(first.cell):
        said = f"{test_named(nb, first.name)} fails with the solution of this notebook: "
    elif is_solution(first.cell):
        said = f"{test_named(nb, first.name, 'solution')} stops with an error: "
    else:
        said = f"the cell that begins `{first.name}` stops with an error: "
    return said + verdict(first.error) + what_follows(first)


def what_follows(first):
    """Such as " (f-more follows from this: it needs helper, which that cell would have made)"; empty where nothing does."""
    if not first.following:
        return ""
    follow, need = ("follows", "it needs") if len(first.following) == 1 else ("follow", "they need")
    why = f": {need} {', '.join(first.wanted)}, which that cell would have made" if first.wanted else ""
    return f" ({', '.join(one.name for one in first.following)} {follow} from this{why})"


def test_named(nb, grade_id, what="test"):
    """A cell with the exercise that it belongs to: "exercise 4.4 (a loop), test loss-values"."""
    exercise = ""
    for cell in nb.cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("grade_id") == grade_id:
            break
        text = cell.source if cell.cell_type == "markdown" else ""
        if begun := headings(text):
            exercise = f"{begun[0].kind.lower()} {begun[0].number} ({begun[0].name}), "
        elif begins_section(text):
            exercise = ""
        elif is_solution(cell) and "(" not in exercise:
            exercise = f"exercise {marks['grade_id']}, "
    return f"{exercise}{what} {grade_id}"


def verdict(output):
    """What a learner would be told, on one line: "Not right yet, f(x) gave 3"; for another error its name."""
    # Here, since it brings PyTorch, which commands that run no cell can do without.
    from course.check.verdict import NotAttempted, Raised, Wrong

    headings_of = {kind.__name__: kind.heading for kind in (NotAttempted, Raised, Wrong)}
    heading, said = headings_of.get(output.ename), first_line(output)
    said = MISTAKE.sub("", said) if heading else said
    return f"{heading or output.ename}{', ' if heading else ': '}{said}".rstrip(".")


def first_line(output):
    """What an error says, on one line."""
    return (output.evalue.strip() or output.ename).split("\n")[0]


def how_to_go_on(count):
    cells, them = ("cells", "them") if count > 1 else ("the cell", "it")
    return (f". Change {cells}, or give {them} the tag {RUN_INSIDE}: {them} would then run in the student's process, where a "
            "submission can read the test (see docs/authors.md)")


def how_to_release(assignment, count):
    these, them = ("these", "they were passed") if count > 1 else ("this", "it was passed")
    return (f". Nobody could get the points of {these}, so no new version of {assignment} is released: mend the test or the solution, "
            f"and generate again. To release it as if {them}: course generate {assignment} --allow-failing, or "
            "c.RequireJudgeable.allow_failing = True in nbgrader_config.py")
