"""What tests of the warm shells share: one server for all of them, and notebooks run in it."""

import atexit
import functools

from nbformat.v4 import new_code_cell, new_notebook

from course.grading.engine.servers import SandboxServer
from course.grading.shell.client import CellRunner, Limits, Student


@functools.cache
def warm_server(sandboxed=True):
    """A warm server for all tests of this process."""
    server = SandboxServer(confined=sandboxed)
    atexit.register(server.stop)
    return server


def start(*, sandboxed=True, files=None, environment=None, **limits):
    return Student.start(
        warm_server(sandboxed).address, files=files or {}, environment=environment or {}, limits=Limits(**limits)
    )


def notebook_of(sources):
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new_notebook(cells=[new_code_cell(source) for source in sources], metadata=metadata)


def run(student, sources, timeout=30, **settings):
    """The notebook after its cells ran."""
    notebook = notebook_of(sources)
    runner = CellRunner(student, notebook, **settings)
    for index, cell in enumerate(notebook.cells):
        runner.run(cell, index, timeout)
    runner.widgets_metadata()
    return notebook


def text_of(cell, name="stdout"):
    return "".join(output.text for output in cell.outputs if output.output_type == "stream" and output.name == name)


def error_of(cell):
    return next((f"{output.ename}: {output.evalue}" for output in cell.outputs if output.output_type == "error"), None)
