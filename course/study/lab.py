"""JupyterLab opened on a learner's own copies in work/."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from course.study.copies import WORK


def open_lab(root, arguments=(), chapter=None):
    """Runs JupyterLab on work/ until it ends, with `chapter` open if one is given; `arguments` go to it.

    Returns its exit code. It runs in `root`, where nbgrader_config.py is, because the Validate button reads that from the
    current folder.
    """
    first = [f"--LabApp.default_url=/lab/tree/{chapter}/{chapter}.ipynb"] if chapter else []
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={Path(root) / WORK}", *first, *arguments]
    tools = str(Path(sys.executable).parent) + os.pathsep + os.environ.get("PATH", "")
    lab = subprocess.Popen(command, cwd=root, env={**os.environ, "PATH": tools})
    # Ctrl-C is JupyterLab's to answer: it asks whether to shut down.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return lab.wait()
