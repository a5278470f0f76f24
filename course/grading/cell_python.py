"""A cell's text as Python, behind its magics: its syntax tree, and which names it defines."""

import ast
import re
import warnings

READ_AS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT  # as IPython reads a cell
LONGEST = 100_000  # characters of a cell; what is longer is not looked into
# Cell magics whose body is Python; of %%timeit, which keeps no names, these are the names that were meant.
CELL_MAGIC = re.compile(r"\s*%%(?:time|timeit|capture|prun)\b[^\n]*(?:\n|\Z)")
BLANK_LINES = re.compile(r"(?:[^\S\n]*\n)*")
# What reading may raise: the text is anybody's, and IPython gives up with a RuntimeError on some hundreds of magics.
UNREADABLE = (SyntaxError, ValueError, RuntimeError, MemoryError, OverflowError)
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def python_of(source):
    """A cell's text as Python, with as many lines as before: cell magics that run Python are blank lines, others calls.

    Empty where it is too long to be looked into. Raises what is in UNREADABLE.
    """
    from IPython.core.inputtransformer2 import TransformerManager

    if len(source) > LONGEST:
        return ""
    body = source
    while magic := CELL_MAGIC.match(body):
        body = body[magic.end():]
    body = body[BLANK_LINES.match(body).end():]
    above = source[: len(source) - len(body)].count("\n")
    return "\n" * above + TransformerManager().transform_cell(body)


def tree_of(source):
    """A cell's syntax tree, or None where it cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd escapes, for one
            return compile(python_of(source), "<cell>", "exec", READ_AS | ast.PyCF_ONLY_AST, dont_inherit=True)
    except UNREADABLE:
        return None


def defined_names(source, imports=True):
    """Names that a cell defines in the notebook's namespace, by assignment, definition or, unless unwanted, import.

    What functions, classes and comprehensions name inside is their own. Empty where the cell cannot be read.
    """
    names, waiting = set(), [*getattr(tree_of(source), "body", ())]
    while waiting:
        node = waiting.pop()
        if isinstance(node, SCOPES):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(one.asname or one.name).split(".")[0] for one in node.names if imports} - {"*"}
        elif isinstance(node, COMPREHENSIONS):
            names |= {one.target.id for one in ast.walk(node) if isinstance(one, ast.NamedExpr)}
        elif not isinstance(node, ast.Lambda):
            names |= {node.id} if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else set()
            waiting += ast.iter_child_nodes(node)
    return names
