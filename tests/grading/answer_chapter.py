"""A tiny chapter for the tests of the answer runner: checks that name mistakes, a plain assert, a plot, a widget."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.grading.answers import Answer
from course.grading.answers.plan import Chapter, chapter_of

CHECKS = '''
import os, sys
class CheckFailed(AssertionError): pass
class NotAttempted(CheckFailed):
    def _render_traceback_(self): return ["Not attempted", str(self)]
class Raised(CheckFailed): pass
class Wrong(CheckFailed): pass

def give(name, arguments, value):
    if name not in globals():
        raise NotAttempted(f"{name} is not there yet")
    try:
        came = globals()[name](*arguments)
    except NotImplementedError:
        raise NotAttempted(f"{name} still holds its stub") from None
    except Exception as error:
        raise Raised(f"{name} raised {type(error).__name__}") from None
    if came != value:
        raise Wrong(f"{name} gave {came}" + (" · one-step-too-many" if came == value + 1 else ""))
    print("right:", name)
'''

STUB = "# YOUR CODE HERE\nraise NotImplementedError()"


def marked(source, grade_id, points=None, kind=new_code_cell):
    """A cell with nbgrader's marks: graded when it has points, a solution otherwise."""
    marks = {"grade": points is not None, "grade_id": grade_id, "solution": points is None, "locked": points is not None,
             "schema_version": 3, "task": False} | ({} if points is None else {"points": points})
    return kind(source, metadata={"nbgrader": marks})


def by_hand(source, grade_id):
    """A Markdown cell that a person grades."""
    cell = marked(source, grade_id, points=3, kind=new_markdown_cell)
    cell.metadata.nbgrader.update(solution=True, locked=False)
    return cell


def notebook(*, double="def double(x):\n    return 2 * x", after=()):
    """Two exercises, `double` (two graded cells) and `area` (one), and cells that use what was written."""
    return new_notebook(cells=[
        new_markdown_cell("# Numbers"),
        new_code_cell(CHECKS),
        marked(double, "double"),
        marked("give('double', (2,), 4)", "double-two", points=1),
        new_code_cell("print('between', double(1))"),
        marked("assert double(0) == 0\nprint('note', file=sys.stderr)", "double-zero", points=2),
        by_hand("Because.", "why"),
        new_code_cell("doubled = [double(n) for n in range(5)]\ndoubled"),
        marked("def area(a, b):\n    return a * b", "area"),
        marked("give('area', (double(1), 3), 6)", "area-values", points=4),
        *after,
    ])


def chapter(folder=None, **changes) -> Chapter:
    return chapter_of(notebook(**changes), "numbers", folder)


def answer(kind, source, exercise="double", how="so", mistake=None, cell=None) -> Answer:
    if kind == "wrong":
        mistake, cell = mistake or "unnamed", cell or f"{exercise}-two"
    return Answer("numbers", exercise, kind, how, mistake, cell, source, 1)


def written(folder, name="numbers", **changes):
    """Write the chapter's source and release under a course's root, the release with stubs for solutions."""
    source, release = notebook(**changes), notebook(**changes)
    for cell in release.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = STUB
    for part, content in (("source", source), ("release", release)):
        path = folder / part / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(content, path)
