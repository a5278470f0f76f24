"""Steps of our own in nbgrader's pipelines, named in nbgrader_config.py; one class, one job."""

from course.grading.preprocessors.execute import ExecuteOutside
from course.grading.preprocessors.harmless import HarmlessPage
from course.grading.preprocessors.hide import HideTests
from course.grading.preprocessors.judgeable import RequireJudgeable
from course.grading.preprocessors.locks import RequireLocks
from course.grading.preprocessors.marking import ShowMarkingScheme
from course.grading.preprocessors.marks import ReadMarks
from course.grading.preprocessors.mend import MendingExporter
from course.grading.preprocessors.own_outputs import OwnOutputs
from course.grading.preprocessors.regions import RequireRegions
from course.grading.preprocessors.repair import ForgetDuplicates, RestoreCells, RestoreMetadata
from course.grading.preprocessors.score import ScoreErrorsOnly
from course.grading.preprocessors.verdicts import TellVerdicts

__all__ = [
    "ExecuteOutside", "ForgetDuplicates", "HarmlessPage", "HideTests", "MendingExporter", "OwnOutputs", "ReadMarks",
    "RequireJudgeable", "RequireLocks", "RequireRegions", "RestoreCells", "RestoreMetadata", "ScoreErrorsOnly",
    "ShowMarkingScheme", "TellVerdicts",
]
