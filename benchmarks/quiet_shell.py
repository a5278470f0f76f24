"""An IPython shell without a front end: runs one cell at a time and tells, as plain data, how it ended.

It compiles cells under the file names that ipykernel gives them, keeps their output, and shows nothing: pictures are
drawn by matplotlib's agg, displays are formatted and dropped, widgets talk to a comm that leads nowhere.
"""

from __future__ import annotations

import io
import os
import re
import sys
import time

from ipykernel.compiler import XCachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

MOST_TEXT = 20_000  # characters kept of what one cell prints, and of one traceback
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Output(io.TextIOBase):
    """Stands in for stdout and stderr, which share the list of what was written."""

    encoding = "utf-8"

    def __init__(self, written: list[str]):
        self.written = written

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.written.append(text)
        return len(text)


class DroppedDisplays(DisplayPublisher):
    """Takes what `display` has formatted and shows it to nobody."""

    def publish(self, data, metadata=None, source=None, *, transient=None, update=False, **others):
        pass

    def clear_output(self, wait=False):
        pass


class BareResults(DisplayHook):
    """Writes the value of a cell's last expression without the prompt `Out[1]:`."""

    def write_output_prompt(self):
        pass


class QuietShell(InteractiveShell):
    """See the module. One a process, as IPython's own."""

    compiler_class = Type(XCachingCompiler)
    display_pub_class = Type(DroppedDisplays)
    displayhook_class = Type(BareResults)

    def enable_gui(self, gui=None):
        pass

    def enable_matplotlib(self, gui=None):
        """`%matplotlib inline` and its kin leave agg in force: nobody looks at the pictures."""
        return "agg", "agg"

    def ask_exit(self):
        """`exit()` in a cell ends nothing: the cells after it are still judged."""

    def init_history(self):
        super().init_history()
        # A cell is stored nowhere, so that shells running side by side never meet at IPython's database.
        self.history_manager.enabled = False

    def leave_figures_undrawn(self):
        """From now on a figure that a cell shows is not drawn, which is most of what the chapter's own cells take.

        Nothing judged can change by it: drawing binds no name, draws no random number, and its picture goes nowhere.
        """
        formatter = self.display_formatter.ipython_display_formatter
        formatter.for_type_by_name("matplotlib.figure", "Figure", lambda figure: None)

    def _showtraceback(self, etype, evalue, stb):
        self.failure = {"ename": etype.__name__, "evalue": _text_of(evalue), "message": _plain("\n".join(stb))}

    def run(self, source: str) -> dict:
        """Run one cell. Returns {passed, ename, evalue, message, printed, seconds}; the first four are about its error."""
        self.failure = None
        self.written.clear()
        started = time.perf_counter()
        outcome = self.run_cell(source, store_history=True)
        seconds = time.perf_counter() - started
        error = outcome.error_before_exec or outcome.error_in_exec
        if error is not None and self.failure is None:  # KeyboardInterrupt and SystemExit have no traceback shown
            self.failure = {"ename": type(error).__name__, "evalue": _text_of(error), "message": repr(error)}
        _close_figures()
        printed = _plain("".join(self.written))
        none = {"ename": "", "evalue": "", "message": ""}
        return {"passed": self.failure is None, **(self.failure or none), "printed": printed, "seconds": seconds}


def start_shell() -> QuietShell:
    """Make this process's shell, and give it stdout and stderr. To be called once."""
    os.environ["MPLBACKEND"] = "agg"
    config = Config()
    config.HistoryManager.hist_file = ":memory:"  # no thread that saves: threads do not survive a fork
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.separate_in = ""
    shell = QuietShell.instance(config=config)
    shell.written = []
    sys.stdout, sys.stderr = Output(shell.written), Output(shell.written)
    sys.displayhook = shell.displayhook
    sys.path.insert(0, "")  # a kernel finds modules in its working folder
    return shell


def _close_figures() -> None:
    """What the inline backend does after each cell."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close("all")


def _text_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception as trouble:  # a learner's own exception class may fail here
        return f"<{type(trouble).__name__} while reading the error's text>"


def _plain(text: str) -> str:
    text = _COLOURS.sub("", text)
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}\n… {len(text) - MOST_TEXT} characters more"
