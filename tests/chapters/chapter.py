"""A chapter under test: its cells, its prose, what its solutions define, and its notebook run from top to bottom."""

import re
from functools import cached_property
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]


class Chapter:
    """The chapter of this name. gives: how given cells begin whose functions and classes its solutions lean on."""

    def __init__(self, name, gives=()):
        self.name, self.gives = name, tuple(gives)
        self.source = ROOT / "source" / name / f"{name}.py"

    def cells(self):
        return self._cells

    @cached_property
    def _cells(self):
        return jupytext.read(self.source).cells

    def solutions(self):
        """The namespace after the chapter's imports, its solutions, and what it gives, run once."""
        return self._solutions

    @cached_property
    def _solutions(self):
        namespace = {}
        for cell in self.cells():
            marks = cell.metadata.get("nbgrader", {})
            if cell.cell_type != "code":
                continue
            if marks.get("solution") or marks.get("grade_id") == "imports":
                exec(cell.source, namespace)
            elif not marks.get("grade") and self.gives and cell.source.startswith(self.gives):
                exec(_definitions(cell.source), namespace)
        return namespace

    def prose(self):
        """The Markdown cells, one below the other."""
        return "\n".join(cell.source for cell in self.cells() if cell.cell_type == "markdown")

    def says(self, text):
        """True; fails where the prose does not hold the text, wherever its lines break."""
        assert joined(text) in joined(self.prose()), f"the chapter no longer says {text!r}: mend this test with it"
        return True

    def graded(self):
        """What nbgrader knows of each graded cell."""
        return [cell.metadata["nbgrader"] for cell in self.cells() if cell.metadata.get("nbgrader", {}).get("grade")]

    def run(self, folder=None, released=False):
        """The built notebook, executed: with its solutions, where nothing may fail, or as learners get it, where cells may."""
        where = "release" if released else "source"
        notebook = nbformat.read(ROOT / where / self.name / f"{self.name}.ipynb", as_version=4)
        NotebookClient(notebook, timeout=300, kernel_name="python3", allow_errors=released,
                       resources={"metadata": {"path": str(folder or self.source.parent)}}).execute()
        assert released or not [output for output in outputs(notebook) if output.output_type == "error"]
        return notebook


def joined(text):
    """A text with each run of white space made one space, as it is read."""
    return " ".join(text.split())


def outputs(notebook):
    """Everything that the cells of a notebook showed, in order."""
    return [output for cell in notebook.cells for output in cell.get("outputs", ())]


def printed(notebook):
    return "".join(output.get("text", "") for output in outputs(notebook))


def _definitions(source):
    """The functions and classes of a cell, without what it shows at its end."""
    blocks = re.split(r"\n(?=\S)", source)
    return "\n".join(block for block in blocks if block.startswith(("def ", "class ")))
