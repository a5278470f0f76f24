"""What every nbgrader command, the formgrader and the Validate button read when started from the repository root."""

import sys
from pathlib import Path

from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.preprocessors import (
    AssignLatePenalties,
    ClearSolutions,
    DeduplicateIds,
    Execute,
    OverwriteCells,
    SaveAutoGrades,
)

from course.grading import preprocessors as ours
from course.grading.course_root import CourseError, refuse_pattern
from course.grading.late.settle import SettleLatePenalties

try:
    refuse_pattern(Path(__file__).resolve().parent)
except CourseError as error:
    # Not raised: nbgrader logs an error in this file and goes on without it.
    sys.exit(str(error))

c = get_config()  # noqa: F821  (traitlets puts get_config into the namespace of this file)

c.CourseDirectory.course_id = "pytorch"

# source/<chapter>/<chapter>.py is the text a chapter is edited in, and hints.toml beside it what `course hint` tells: the
# solutions are in one, nearly told in the other, and neither may be released.
c.CourseDirectory.ignore = [
    "*.py", "*.toml", "*.pyc", "__pycache__", ".ipynb_checkpoints", ".virtual_documents", ".DS_Store", "feedback",
]

# The release is committed, so it is there before the gradebook is: generating must not stop because it exists.
c.GenerateAssignment.force = True
# While the solutions are still there: a misspelt line around hidden tests, an answer's cell marked as locked, and a graded cell
# that could not be judged later, are refused now.
release = list(GenerateAssignment.preprocessors.default())
place = release.index(ClearSolutions)
release[place:place] = [ours.RequireRegions, ours.RequireLocks, ours.RequireJudgeable]
c.GenerateAssignment.preprocessors = release

# Grading: files are mended while they are read, before any step could see them; then nbgrader's own steps in their order,
# ours beside them or in their place.
c.Autograde.exporter_class = ours.MendingExporter
sanitize = [
    ours.ForgetDuplicates if step is DeduplicateIds else step for step in Autograde.sanitize_preprocessors.default()
]
sanitize.insert(0, ours.RestoreMetadata)
sanitize.insert(sanitize.index(OverwriteCells) + 1, ours.RestoreCells)
in_place_of = {
    Execute: ours.ExecuteOutside, SaveAutoGrades: ours.ScoreErrorsOnly, AssignLatePenalties: SettleLatePenalties,
}
c.Autograde.sanitize_preprocessors = sanitize
c.Autograde.autograde_preprocessors = [
    in_place_of.get(step, step) for step in Autograde.autograde_preprocessors.default()
]
# A cell's seconds are nbgrader's own setting, so that `nbgrader autograde --Execute.timeout=60` is obeyed.
c.Execute.timeout = 30
c.ExecuteOutside.notebook_timeout = 600

# Lateness costs nothing until percent_a_day says so; `course due` sets due dates, `course late` shows what they cost.
c.AssignLatePenalties.plugin_class = "course.grading.late.LateDays"
# c.LateDays.free_days = 4        # days that each student may be late for nothing, over all assignments
# c.LateDays.percent_a_day = 10   # of the points earned, for each day begun after those
# c.LateDays.most_percent = 50    # no submission loses more
# c.LateDays.grace_minutes = 15   # after the due time, and after the end of each late day
# c.NbGraderAPI.timezone = "Europe/Berlin"  # of the dates that you write and read, in the formgrader too; default UTC

# Feedback shows what was handed in and our own words on it: no hidden test, and nothing of the run that saw hidden inputs.
c.GenerateFeedback.preprocessors = [ours.OwnOutputs, ours.TellVerdicts, ours.HideTests, ours.ReadMarks]
c.GenerateFeedback.exporter_class = "course.grading.feedback.page.FeedbackPage"
# Where students read the chapters, if that is anywhere: c.FeedbackPage.chapter_link = "https://example.org/{chapter}.html#{section}"

# The formgrader's page of a submission: nothing that a student wrote runs there, and the marking scheme stands beside what is
# graded by hand. Feedback's exporter reads this, too; these steps leave everything but that page alone.
c.HTMLExporter.preprocessors = [ours.ShowMarkingScheme, ours.HarmlessPage]

# Exhibits need a running kernel; the still picture beside them does not, so pages show that. Said to what chooses alone: said to
# every step, each that does not choose would log a warning.
c.DataTypeFilter.display_data_priority = [
    "text/html", "application/pdf", "text/latex", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/plain",
]

# The Validate button has a fixed list of steps, calls anything on stderr a failure, and reads the value at the end of a
# graded cell as its score; so its kernel sends neither.
c.Execute.extra_arguments = [
    "--IPKernelApp.outstream_class=course.grading.quiet_stderr.QuietStderr",
    "--InteractiveShell.ast_node_interactivity=none",
]
c.ExecuteOutside.extra_arguments = []
