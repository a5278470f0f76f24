"""A learner's own copies of the released chapters in work/, and JupyterLab opened on them."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from course.grading.course_root import CourseError


def copy_chapters(root):
    """Copies each released chapter's files to work/<chapter>/ where they are not there yet; overwrites nothing.

    Returns the files copied, sorted. Raises CourseError when nothing has been released.
    """
    root = Path(root)
    released = [path for path in sorted((root / "release").glob("*/**/*")) if path.is_file() and not is_hidden(root, path)]
    if not released:
        raise CourseError("release/ holds no chapter yet: run `course build`")
    copied = []
    for path in released:
        target = root / "work" / path.relative_to(root / "release")
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_name(f".{target.name}.partial")
            shutil.copyfile(path, partial)
            os.replace(partial, target)
            copied.append(target)
    return copied


def is_hidden(root, path):
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def open_lab(root, arguments=()):
    """Runs JupyterLab on work/ until it ends; `arguments` go to it. Returns its exit code.

    It runs in `root`, where nbgrader_config.py is, because the Validate button reads that from the current folder.
    """
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={Path(root) / 'work'}", *arguments]
    tools = str(Path(sys.executable).parent) + os.pathsep + os.environ.get("PATH", "")
    lab = subprocess.Popen(command, cwd=root, env={**os.environ, "PATH": tools})
    # Ctrl-C is JupyterLab's to answer: it asks whether to shut down.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return lab.wait()
