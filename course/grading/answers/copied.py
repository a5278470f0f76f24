"""Answers that a learner could copy from the checks which the release shows: none of them may be accepted."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nbformat import NotebookNode

from . import Answer
from .plan import Chapter

# The arguments of the verbs that say what is right.
TELLING = ("reference", "like")


def copied(chapter: Chapter, release: NotebookNode) -> list[Answer]:
    """Answers of kind 'copied': to each exercise on a function, what its locked cells in the release could stand in for it.

    That is each function there that takes as many arguments, and each reference that a visible check gives.
    """
    found = []
    for name, (stub, locked) in _by_exercise(release).items():
        function = _only_function(stub)
        shown = [tree for source in locked if (tree := _parsed(source))]
        if function is None or name not in {exercise.name for exercise in chapter.exercises}:
            continue
        for expression in dict.fromkeys(_candidates(function, shown)):
            source = f"def {function.name}(*arguments, **named):\n    return ({expression})(*arguments, **named)"
            found.append(Answer(chapter.name, name, "copied", expression, None, None, source, 0))
    return found


def _by_exercise(release: NotebookNode) -> dict[str, tuple[str, list[str]]]:
    """By exercise: its released stub, and the sources of the locked cells up to the next exercise."""
    found: dict[str, tuple[str, list[str]]] = {}
    locked: list[str] = []
    for cell in release.cells:
        marks = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and marks.get("solution"):
            locked = []
            found[marks["grade_id"]] = (cell.source, locked)
        elif cell.cell_type == "code" and marks.get("locked"):
            locked.append(cell.source)
    return found


def _parsed(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except SyntaxError:  # a magic, such as %timeit
        return None


def _only_function(source: str) -> ast.FunctionDef | None:
    tree = _parsed(source)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)] if tree else []
    return functions[0] if len(functions) == 1 else None


def _candidates(function: ast.FunctionDef, shown: list[ast.Module]) -> Iterator[str]:
    """Expressions that give a function which could be returned for `function`."""
    wanted = len(function.args.args)
    for tree in shown:
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name != function.name and _takes(node.args, wanted):
                yield node.name
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if call.args and isinstance(call.args[0], ast.Constant) and call.args[0].value == function.name:
                yield from (ast.unparse(given.value) for given in call.keywords if given.arg in TELLING)


def _takes(arguments: ast.arguments, count: int) -> bool:
    most = len(arguments.args)
    return most - len(arguments.defaults) <= count and (count <= most or arguments.vararg is not None)
