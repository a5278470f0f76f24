"""Refuses an assignment with a graded cell that cannot be judged outside the student's process."""

import secrets
from pathlib import Path

import nbformat
from nbgrader.preprocessors import NbGraderPreprocessor

from course.grading.course_root import CourseError
from course.grading.judge.errors import JudgeError
from course.grading.judge.plan import RUN_INSIDE, is_judged
from course.grading.preprocessors.saying import said_first


class RequireJudgeable(NbGraderPreprocessor):
    """Runs the instructor's notebook as a submission would be run, and looks at what its graded cells say.

    A cell that asks for something that only the student's own process can tell stops the assignment from being generated.
    One that fails with the instructor's own solution is warned of: nobody could get its points.
    """

    def preprocess(self, nb, resources):
        with said_first(self.log):
            return self._require(nb, resources)

    def _require(self, nb, resources):
        ran = self._run(nb, resources)
        refused, failing = [], []
        for cell in ran.cells:
            errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
            if is_judged(cell) and errors:
                last = errors[-1]
                found = refused if last.ename == JudgeError.__name__ else failing
                found.append((cell.metadata.nbgrader.grade_id, last))
        for grade_id, last in failing:
            self.log.warning("%s fails with the solution of this notebook: %s: %s", grade_id, last.ename, first_line(last))
        if refused:
            raise CourseError("; ".join(f"{grade_id} cannot be judged outside the student's process: {first_line(last)}"
                                        for grade_id, last in refused) + how_to_go_on(len(refused)))
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


def first_line(output):
    """What an error says, on one line."""
    return (output.evalue.strip() or output.ename).split("\n")[0]


def how_to_go_on(count):
    cells, them = ("cells", "them") if count > 1 else ("the cell", "it")
    return (f". Change {cells}, or give {them} the tag {RUN_INSIDE}: {them} would then run in the student's process, where a "
            "submission can read the test (see docs/authors.md)")
