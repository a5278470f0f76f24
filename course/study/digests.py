"""Tells whether two answers are the same in all but spelling: comments, layout, docstrings."""

import ast
import hashlib
import warnings


def digest(source, kind="code"):
    """A short digest of an answer; equal for answers that differ in nothing that is run, or for a text, in no word."""
    text = meaning(source) if kind == "code" else None
    if text is None:
        text = " ".join(source.split())
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def is_broken(cell_type, text):
    """Whether a cell of code is none that Python can read; IPython's own signs, such as %time, are no error."""
    from IPython.core.inputtransformer2 import TransformerManager

    return cell_type == "code" and meaning(text) is None and meaning(TransformerManager().transform_cell(text)) is None


def meaning(source):
    """The code without comments, layout and docstrings; None where it is not Python."""
    try:
        with warnings.catch_warnings(action="ignore"):  # what Python finds odd is for the learner's own kernel to say
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.dump(tree)
