"""Grades for other programs, as nbgrader's export plugins: `nbgrader export --exporter=course.grading.exports.CanvasExport`."""

from .canvas import CanvasExport
from .moodle import MoodleExport
from .plain import PlainExport

BY_FORMAT = {"nbgrader": PlainExport, "canvas": CanvasExport, "moodle": MoodleExport}

__all__ = ["BY_FORMAT", "CanvasExport", "MoodleExport", "PlainExport"]
