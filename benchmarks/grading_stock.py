"""Stock nbgrader on the benchmark's submissions: its own command, its own configuration, one submission after the other."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from grading_meter import meter

from course.grading.stock import tools_on_path


def measure(root: Path, assignment: str, students: list[str]) -> dict:
    """Grades the first student in one run and the others in a second one, so that the start-up can be told apart.

    cpu_alone: seconds of CPU of a submission that has the command to itself.
    """
    first = autograde(root, assignment, "--student", students[0])
    others = autograde(root, assignment)
    graded = len(list((root / "autograded").glob(f"*/{assignment}/{assignment}.ipynb")))
    # Both runs pay the start-up once.
    more = len(students) - 2
    wall, cpu = ((others[what] - first[what]) / more for what in ("wall", "cpu"))
    return {
        "how": first["how"], "submissions": len(students), "graded": graded, "start_up": max(0.0, first["wall"] - wall),
        "wall_each": wall, "cpu_each": cpu, "cpu_alone": first["cpu"], "wall": wall * len(students),
    }


def autograde(root: Path, assignment: str, *options: str) -> dict:
    """One `nbgrader autograde`: seconds of wall clock and of CPU, of all its processes."""
    use = meter()
    try:
        with tools_on_path(), open(os.devnull, "w") as null:
            began = time.monotonic()
            process = use.start(
                [sys.executable, "-m", "nbgrader", "autograde", assignment, *options], cwd=root, stdin=subprocess.DEVNULL,
                stdout=null, stderr=null, env={**os.environ, "JUPYTER_CONFIG_DIR": str(root)},
            )
            process.wait()  # a submission that it cannot grade makes it end with 1, and the others are graded
        return {"wall": time.monotonic() - began, "cpu": use.cpu(), "how": use.how}
    finally:
        use.close()
