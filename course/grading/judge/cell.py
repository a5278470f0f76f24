"""Runs one test cell in the judge's namespace as a notebook would, and keeps its outputs."""

from __future__ import annotations

import ast
import contextlib
import io
import linecache
import signal
import traceback

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbformat.v4 import new_output

from ..told_seconds import still_running
from .claims import clean
from .errors import CellTimeoutError, Undecided

MOST_OUTPUT = 100_000  # characters that a cell prints
MOST_MESSAGE = 5_000
GRACE = 8.0  # seconds that asking the student's process may take to interrupt it, before the cell itself is ended


class Source:
    """A test cell's text, compiled: statements, then the last expression, whose value is shown."""

    def __init__(self, text: str, filename: str, hidden: tuple[range, ...] = ()):
        self.filename = filename
        code = TransformerManager().transform_cell(text)
        # line numbers must stay those of the notebook: they decide what is hidden
        code = "\n" * _blank_lines(text) + code
        self.keeps_lines = code.rstrip().count("\n") == text.rstrip().count("\n")
        linecache.cache[filename] = (len(code), None, code.splitlines(True), filename)
        tree = ast.parse(code, filename)
        self.hidden_classes = {n.name for n in ast.walk(tree) if isinstance(n, ast.ClassDef) and _within(n, hidden)}
        self.hidden_names = {
            inner.id for statement in tree.body if _within(statement, hidden) for inner in ast.walk(statement)
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
        }
        shows = tree.body and isinstance(tree.body[-1], ast.Expr) and not code.rstrip().endswith(";")
        last = tree.body.pop() if shows else None
        self.statements = compile(tree, filename, "exec")
        self.last = compile(ast.Expression(last.value), filename, "eval") if last else None


def _blank_lines(text: str) -> int:
    lines = text.split("\n")
    return next((number for number, line in enumerate(lines) if line.strip()), 0)


def _within(node: ast.AST, hidden: tuple[range, ...]) -> bool:
    return any(node.lineno in region or node.end_lineno in region for region in hidden)


class Outputs(io.TextIOBase):
    """What a cell shows, in order: text of the judge and of the student's calls, pictures, and at most one error."""

    def __init__(self):
        self.shown: list[NotebookNode] = []
        self.room = MOST_OUTPUT

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        kept = clean(text, MOST_OUTPUT)[: self.room]
        self.room -= len(kept)
        if kept and self.shown and self.shown[-1].output_type == "stream":
            self.shown[-1].text += kept
        elif kept:
            self.shown.append(new_output("stream", name="stdout", text=kept))
        return len(text)

    def add(self, output: NotebookNode) -> None:
        self.shown.append(output)

    def fail(self, name: str, value: str, lines: list[str]) -> None:
        value = clean(value, MOST_MESSAGE)
        self.add(new_output("error", ename=name, evalue=value, traceback=[clean(line, MOST_MESSAGE) for line in lines]))


def run_cell(source: Source, namespace: dict, seconds: float, outputs: Outputs, shown=repr) -> BaseException | None:
    """Run the cell in the main thread; everything it shows, an error too, goes to `outputs`. Returns the error.

    seconds: after which it is ended. shown: gives the text of the last expression's value, None for nothing.
    """
    before = signal.signal(signal.SIGALRM, _over(seconds))
    signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
    try:
        with contextlib.redirect_stdout(outputs), contextlib.redirect_stderr(outputs):
            exec(source.statements, namespace)
            value = eval(source.last, namespace) if source.last else None
            text = None if value is None else shown(value)
        if text is not None:
            data = {"text/plain": clean(text, MOST_OUTPUT)}
            outputs.add(new_output("execute_result", data=data, metadata={}, execution_count=None))
    except BaseException as error:
        signal.setitimer(signal.ITIMER_REAL, 0)
        show_error(error, outputs)
        return error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return None


def _over(seconds: float):
    def over(*_):
        raise CellTimeoutError(still_running(seconds))

    return over


def show_error(error: BaseException, outputs: Outputs) -> None:
    """Show an error as a notebook does, without a frame of the judge's own."""
    name = getattr(type(error), "shown_as", type(error).__name__)
    text = _text_of(error)
    if isinstance(error, Undecided):
        outputs.fail(name, text, [f"{name}: {text}"])
        return
    if hasattr(type(error), "_render_traceback_"):  # as IPython does for every class of errors that shows itself
        outputs.fail(name, text, error._render_traceback_())
        return
    lines = ["-" * 75 + "\n", "Traceback (most recent call last)\n"]
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith("<")]
    lines += traceback.format_list(frames)
    lines += getattr(error, "students_lines", [])
    outputs.fail(name, text, [*lines, f"{name}: {text}"])


def _text_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception as trouble:
        return f"<{type(trouble).__name__} while reading the error's text>"
