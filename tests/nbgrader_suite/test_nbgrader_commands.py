"""nbgrader's own tests of `nbgrader autograde` and `generate_feedback`, run on our configuration."""

from nbgrader.tests.apps import test_nbgrader_autograde, test_nbgrader_generate_feedback


class TestAutograde(test_nbgrader_autograde.TestNbGraderAutograde):
    pass


class TestFeedback(test_nbgrader_generate_feedback.TestNbGraderFeedback):
    pass
