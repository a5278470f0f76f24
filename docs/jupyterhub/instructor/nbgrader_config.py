"""Where the instructor's course folder is; what nbgrader does there is in the file nbgrader_config.py of that folder."""

from pathlib import Path

c = get_config()  # noqa: F821  (traitlets puts get_config into the namespace of this file)

c.CourseDirectory.root = str(Path.home() / "pytorch")
