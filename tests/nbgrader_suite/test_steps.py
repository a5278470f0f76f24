"""nbgrader's own tests of single steps, run on the steps that stand in their place here."""

import pytest
from nbgrader.preprocessors import SaveCells
from nbgrader.tests.preprocessors import test_clearhiddentests, test_deduplicateids, test_saveautogrades
from nbgrader.tests.preprocessors.test_saveautogrades import gradebook, resources  # noqa: F401  (fixtures)

from course.grading.preprocessors import ForgetDuplicates, HideTests, ScoreErrorsOnly


class TestScoreErrorsOnly(test_saveautogrades.TestSaveAutoGrades):
    @pytest.fixture
    def preprocessors(self):
        return SaveCells(), ScoreErrorsOnly()


class TestForgetDuplicates(test_deduplicateids.TestDeduplicateIds):
    @pytest.fixture
    def preprocessor(self):
        return ForgetDuplicates()


class TestHideTests(test_clearhiddentests.TestClearHiddenTests):
    @pytest.fixture
    def preprocessor(self):
        return HideTests()
