"""Which mistakes graded cells name that the catalogue does not have: a check finds out only with a student's wrong answer."""

import ast

from course.grading.judge.plan import is_judged
from course.grading.misspelt import did_you_mean

KEYWORD = "mistaken"  # of the checks' verbs: a dict from a mistake's id to a wrong answer


def unknown_mistakes(nb):
    """A sentence for each, for the author: the graded cell, the id, and the nearest that there is."""
    from course.check.mistakes import catalogue

    known = catalogue()
    return [f"{cell.metadata.nbgrader.grade_id} names the mistake {name!r}, which course/check/catalogue/ has not: "
            f"{did_you_mean(name, known) or 'docs/assessment.md lists those that there are'}".rstrip()
            for cell in nb.cells if is_judged(cell) for name in named_in(cell.source) if name not in known]


def named_in(source):
    """The ids that a cell writes out in `mistaken={…}`, in their order; none where the cell is no Python by itself."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return []
    written = [node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == KEYWORD]
    return [key.value for value in written if isinstance(value, ast.Dict) for key in value.keys
            if isinstance(key, ast.Constant) and isinstance(key.value, str)]
