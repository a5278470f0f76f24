"""Where the desk of a chapter stands: on a learner's own copy in JupyterLab, or somewhere that wants one line and no more.

Only the standard library is imported here: graders, Validate and page makers run the cell, too.
"""

import os
import sys
from pathlib import Path

ROOT_MARK = "nbgrader_config.py"
ELSEWHERE = ("[The desk is for learners on their own: in JupyterLab, on a chapter in work/ of the cloned course, a panel here checks "
             "all exercises. In a class, hand in instead.]")
NOT_YOUR_COPY = "[The desk works on your own copy of this chapter: run `course start {chapter} --lab`, and come back here.]"


class Notice:
    """One line in place of the desk."""

    def __init__(self, line):
        self.line = line

    def __repr__(self):
        return self.line


def desk_at(chapter):
    """The panel, or a Notice where there is no page to show it, no source/ to learn from, or another notebook."""
    notebook = open_notebook()
    root = None if notebook is None else root_above(notebook.parent)
    if root is None or not (root / "source" / chapter / f"{chapter}.ipynb").is_file():
        return Notice(ELSEWHERE)
    if notebook != root / "work" / chapter / f"{chapter}.ipynb":
        return Notice(NOT_YOUR_COPY.format(chapter=chapter))
    from course.study.panel import Panel

    return Panel(root, chapter)


def open_notebook():
    """The file of the notebook that a person has open with this kernel; None where nobody has, as when it is graded.

    Jupyter's server names it to the kernels that it starts for a page, VS Code in a variable. nbclient does neither.
    """
    named = os.environ.get("JPY_SESSION_NAME", "")
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None and not named:
        named = shell.user_ns.get("__vsc_ipynb_file__", "")
    if shell is None or not str(named).endswith(".ipynb"):
        return None
    path = Path.cwd().resolve() / Path(named).name
    return path if path.is_file() else None


def root_above(folder):
    """The course's folder around this one, or None."""
    return next((one for one in (folder, *folder.parents) if (one / ROOT_MARK).is_file()), None)
