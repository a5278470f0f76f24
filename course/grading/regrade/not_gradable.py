"""Finds out, for a dry run, which submissions a regrade would not run at all: what was handed in is no notebook of this assignment."""

from course.grading.engine.pipeline import Pipeline
from course.grading.engine.task import Result
from course.grading.submissions import NotGradable, require_one_of


def not_gradable(submissions, assignment):
    """{student: why}, of those of the submissions that cannot be graded. Nothing of them is run.

    submissions: Submissions, or the Result of one that cannot be read, as from `Desk.read`. assignment: an Assignment.
    """
    pipeline, found = Pipeline(assignment), {}
    for one in submissions:
        if isinstance(one, Result):
            found[one.student] = one.reason
            continue
        try:
            for name in require_one_of(one.files, [source.name for source in assignment.notebooks]):
                pipeline.sanitise(one, assignment.notebook(name))
        except NotGradable as error:
            found[one.student] = str(error)
    return found
