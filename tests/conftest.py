"""How pytest-xdist spreads the tests: in files, the longest first; what is long in a file goes singly, what shares goes together."""

import os
import re

# A gradebook of the person who runs the tests is no place for theirs.
os.environ.pop("COURSE_DB", None)

# The files that use the class graded once in tests/grading/conftest.py.
TOGETHER = ("test_grade.py", "test_feedback.py", "test_report.py", "test_stock_doors.py")
# Their tests are long, and share nothing that is costly.
SINGLY = re.compile(r"/test_exchange\.py::|/test_docs\.py::test_the_commands_of_the_pages_run|/test_answer_suite\.py::")
# The longest, by what `shared_by` calls them: one that began last would keep one worker busy while the others have nothing to do.
LONGEST = (
    "answers of dataloader", "answers of classification", "the browser", "test_interrupted_runs.py", "the graded class",
    "answers of linear_model", "answers of gradient_descent", "the exhibits", "answers of tensors", "test_exchange.py",
    "the hub", "answers of review", "answers of autograd", "test_engine_local.py", "test_cluster.py", "test_broken_submissions.py",
    "test_devices.py", "test_postgres.py", "test_hints_keep_the_answer.py", "test_answer_suite.py", "test_engine_merge.py",
    "test_docs.py", "test_build.py", "test_formgrader_log.py", "test_late_course.py", "test_attacks.py", "test_training_diagnosis.py",
    "test_recognise_totals.py", "test_marking.py", "test_feedback_back.py", "test_rehearsal.py", "test_reader_gone.py",
)
PLACES = {name: number for number, name in enumerate(LONGEST)}


def pytest_xdist_make_scheduler(config, log):
    """A scheduler that hands out what `shared_by` puts together, in the order that the tests are in.

    Its own --dist loadgroup would do, but xdist 3.8 marks groups in a way that pytest 9 does not pass on.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Scheduler(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return shared_by(nodeid)

        def _reschedule(self, node):
            # A worker begins a test when it knows the next one. More than that, taken in advance, might wait behind a long one.
            if self._pending_of(self.assigned_work[node]) < 2:
                super()._reschedule(node)

    config.option.loadscopereorder = False  # not what has the most tests first, but what takes longest
    return Scheduler(config, log)


def pytest_collection_modifyitems(config, items):
    """With several workers the longest come first, else the tests stay in the order of their files."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: place(item.nodeid))


def place(nodeid):
    """Where in the order of LONGEST a test belongs; behind them all if it is none of them."""
    return min(PLACES.get(shared_by(nodeid), len(LONGEST)), PLACES.get(file_of(nodeid), len(LONGEST)))


def shared_by(nodeid):
    """What a test shares with others: a class graded once, JupyterLab, the hub, a chapter run once; its file; else itself."""
    file, _, name = nodeid.partition("::")
    if file.endswith(TOGETHER):
        return "the graded class"
    if "/browser/test_exhibit" in file:
        return "the exhibits"
    if "/browser/" in file:
        return "the browser"
    if "/hub/" in file:
        return "the hub"
    if file.endswith("test_answers.py") and "[" in name:
        return "answers of " + re.match(r"\w+", name.partition("[")[2])[0]
    return nodeid if SINGLY.search(nodeid) else file


def file_of(nodeid):
    """The name of the test's file, without its folder."""
    return nodeid.partition("::")[0].rpartition("/")[2]
