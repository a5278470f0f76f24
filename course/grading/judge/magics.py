"""The few IPython magics that a test cell may use at the judge; what one runs, runs in the judge's namespace."""

from __future__ import annotations

import re
from collections.abc import Callable

from .errors import JudgeError

_RUNS = {"time", "timeit", "capture"}
_IDLE = {"matplotlib", "config", "precision", "autoreload", "load_ext"}
_FILE = "<grade cell magic>"
_OPTIONS = re.compile(r"(\s*-[a-z]+\d*)*\s*")


class Shell:
    """What `get_ipython()` gives in a test cell. hide: called with a file's name, keeps all code of that file here."""

    def __init__(self, namespace: dict, hide: Callable[[str], None]):
        self._namespace, self._hide = namespace, hide

    def run_line_magic(self, name: str, line: str, *_) -> None:
        """Runs the line of %time and %timeit once; setting up pictures does nothing. Raises JudgeError for others."""
        self._run(name, _OPTIONS.sub("", line, count=1))

    def run_cell_magic(self, name: str, line: str, cell: str) -> None:
        self._run(name, cell)

    def system(self, command: str) -> None:
        raise JudgeError("a test cell cannot run a command of the system")

    getoutput = system

    def _run(self, name: str, code: str) -> None:
        if name in _RUNS:
            self._hide(_FILE)  # its lines are not those of the cell
            exec(compile(code, _FILE, "exec"), self._namespace)
        elif name not in _IDLE:
            raise JudgeError(f"a test cell cannot use %{name}")
