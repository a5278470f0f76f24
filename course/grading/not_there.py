"""Says of a graded cell that found no answer whether there is one, and why it was not found: from the notebook alone.

What the student handed in and the text of the test are all that is read here. On a student's page the outputs are those of the
file, too, and nothing comes from the process that ran the submission; instructors are told of the error of the grading run.
"""

import ast
import builtins
import importlib.util
import re
import sys
import warnings

from nbformat import NotebookNode

from course.grading.cell_python import READ_AS, UNREADABLE, defined_names, python_of, tree_of
from course.grading.judge.statements import free_names
from course.grading.misspelt import nearest

AS_HANDED_OUT = "Not attempted: the answer is as it was handed out."
ONE_AS_HANDED_OUT = "Not attempted: an answer above this test is as it was handed out."
STANDS = "Not attempted: raise NotImplementedError still stands in the answer."
NOT_THERE = "Not there: "
EMPTY = f"{NOT_THERE}what this test looks for was left empty."
RAISES_IT = f"{NOT_THERE}NotImplementedError was raised, as by an answer that is not written; it may be one further up."
NOT_DEFINED = f"{NOT_THERE}what this test looks for was not defined when it ran."
HANDED_IN = "In the file that was handed in, the answer's cell had ended"
GRADED = "When it was graded, the answer's cell ended"
LEFT_EMPTY, NO_SUCH_NAME = " is empty:", "There is no `"  # in what course.check says
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS.*?(### END HIDDEN TESTS|\Z)", re.DOTALL)


def answers_above(cells):
    """{place: the solution cells, in order} of the cells that code grades; paired as in `stopped.stops_above`."""
    found, answers, tested = {}, (), False
    for place, cell in enumerate(cells):
        marks = cell.metadata.get("nbgrader", {}) if cell.cell_type == "code" else {}
        if marks.get("solution"):
            answers, tested = (() if tested else answers) + (cell,), False
        elif marks.get("grade"):
            found[place], tested = answers, True
    return found


def is_as_released(cell):
    """Whether an answer's cell is as it was handed out, but for white space at ends; True where nothing tells."""
    from nbgrader.utils import compute_checksum  # nbgrader takes seconds to import

    due = cell.metadata.nbgrader.get("checksum")
    source = cell.source.replace("\r\n", "\n")
    return not due or any(compute_checksum(NotebookNode({**cell, "source": one})) == due for one in (cell.source, source, source.rstrip()))


def nothing_found(cell, answers, cells, message, as_released=is_as_released, ended=HANDED_IN):
    """(headline, further sentences) of a graded cell that found no answer; `is_attempt` says of a headline what it amounts to.

    answers: the solution cells that it tests. cells: the notebook's. message: what the check said; only its kind is used.
    as_released: whether an answer's cell is as it was handed out. ended: how to begin of an error in the answer's outputs.
    """
    changed = [one for one in answers if not as_released(one)]
    if not changed:
        return AS_HANDED_OUT, ()
    if LEFT_EMPTY in message:
        return EMPTY, ()
    if message.startswith(NO_SUCH_NAME) and (reason := next(filter(None, (why_nothing(one, ended) for one in changed)), "")):
        return NOT_DEFINED, (reason,)
    if len(changed) < len(answers):
        return ONE_AS_HANDED_OUT, ()
    if any(re.search(r"^\s*raise NotImplementedError\b", one.source, re.MULTILINE) for one in changed):
        return STANDS, ()
    if not message.startswith(NO_SUCH_NAME):
        return RAISES_IT, ()
    return NOT_DEFINED, tuple(filter(None, [another_name(cell, changed, cells)]))


def is_attempt(headline):
    """Whether something was written, by a headline of `nothing_found`."""
    return headline.startswith(NOT_THERE)


def why_nothing(answer, ended):
    """Why the cell of an answer defined nothing, in a sentence; empty where that is not clear from the cell itself."""
    if answer.source.lstrip().startswith("%%timeit"):
        return "The answer's cell begins with %%timeit, which keeps no names: take that line out."
    if line := unreadable_line(answer.source):
        return f"The answer's cell is no Python that version {sys.version_info[0]}.{sys.version_info[1]} can read (line {line})."
    if module := next((one for one in imported(answer.source) if not is_installed(one)), ""):
        return f"The answer's cell imports {module}, which is not installed where this was graded."
    raised = [one.get("ename") for one in answer.get("outputs", []) if one.get("output_type") == "error"]
    kind = getattr(builtins, str(raised[-1]), None) if raised else None
    if isinstance(kind, type) and issubclass(kind, Exception) and kind is not NotImplementedError:
        return f"{ended} with {'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__} before it got there."
    return ""


def another_name(cell, answers, cells):
    """Which name was defined in place of the one that the test looks for; empty where nothing comes near."""
    wanted = looked_for(cell) - set().union(*(defined_names(one.source) for one in cells if one.cell_type == "code"))
    for name in sorted(set().union(*(defined_names(one.source) for one in answers))):
        if meant := nearest(name, wanted):
            return f"The answer defines {name}, and the test looks for {meant}."
    return ""


def looked_for(cell):
    """Names that a test looks for, as its student can read it: those that it gives its checks, else those that it reads."""
    text = HIDDEN.sub("", cell.source)
    if (tree := tree_of(text)) is None:
        return set()
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    first = (node.args[0].value for node in calls if isinstance(node.args[0], ast.Constant))
    return {one for one in first if isinstance(one, str) and one.isidentifier()} or free_names(python_of(text))


def unreadable_line(source):
    """The line of a cell, from 1, at which this Python cannot go on reading; 0 where it reads it all."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(python_of(source), "<answer>", "exec", READ_AS, dont_inherit=True)
    except SyntaxError as error:
        return error.lineno or 1
    except UNREADABLE:
        return 0
    return 0


def imported(source):
    """Names of the packages that a cell imports whatever happens, in order."""
    for node in getattr(tree_of(source), "body", ()):
        if isinstance(node, ast.Import):
            yield from (one.name.split(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


def is_installed(module):
    """Whether this Python, which is also the one that grades, could import a package; nothing is imported for it."""
    try:
        return module in sys.modules or importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return True  # not to be told
