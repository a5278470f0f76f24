"""How pytest-xdist spreads the tests: files that share a costly fixture go to one worker, all others singly."""

# The files that use the class graded once in tests/grading/conftest.py.
TOGETHER = ("test_grade.py", "test_feedback.py", "test_report.py", "test_stock_doors.py")


def pytest_xdist_make_scheduler(config, log):
    """A scheduler by file for TOGETHER and by test for the rest.

    Its own --dist loadgroup would do, but xdist 3.8 marks groups in a way that pytest 9 does not pass on.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Scheduler(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.split("::")[0]
            return "the graded class" if file.endswith(TOGETHER) else nodeid

    return Scheduler(config, log)
