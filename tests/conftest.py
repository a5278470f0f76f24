"""How pytest-xdist spreads the tests: those that share a costly fixture go to one worker, all others singly."""

import os
import re

# A gradebook of the person who runs the tests is no place for theirs.
os.environ.pop("COURSE_DB", None)

# The files that use the class graded once in tests/grading/conftest.py.
TOGETHER = ("test_grade.py", "test_feedback.py", "test_report.py", "test_stock_doors.py")
# Each of these grades a class of its own once.
CLASSES = ("test_broken_submissions.py", "test_attacks.py")


def pytest_xdist_make_scheduler(config, log):
    """A scheduler that keeps together what shares something costly, and spreads all other tests singly.

    Its own --dist loadgroup would do, but xdist 3.8 marks groups in a way that pytest 9 does not pass on.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Scheduler(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return shared_by(nodeid)

    return Scheduler(config, log)


def shared_by(nodeid):
    """What a test shares with others: a class graded once, JupyterLab, the hub, a chapter run once; else itself."""
    file, _, name = nodeid.partition("::")
    if file.endswith(TOGETHER):
        return "the graded class"
    if file.endswith("test_postgres.py"):
        return "the two gradebooks"
    if file.endswith(CLASSES):
        return file
    if "/browser/" in file:
        return "the browser"
    if "/hub/" in file:
        return "the hub"
    if file.endswith("test_answers.py") and "[" in name:
        return "answers of " + re.match(r"\w+", name.partition("[")[2])[0]
    return nodeid
