"""Runs nbgrader's own command line as a person with an activated environment does."""

import os
import subprocess
import sys
from pathlib import Path


def nbgrader(root, *arguments):
    """`nbgrader …` in the course folder `root`. Returns what it printed; fails the test if it fails."""
    tools = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    environment.pop("COURSE_SEED", None)
    done = subprocess.run([tools / "nbgrader", *arguments], cwd=root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr
