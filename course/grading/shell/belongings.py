"""What the student process needs to go on, whatever a cell took away: its modules, and streams that can be written to."""

import sys

from course.grading.shell.streams import OutStream


class Belongings:
    """Holds what was there before any of the student's code ran; made once, in the server, for all of its forks."""

    def __init__(self, streams: list[OutStream]):
        """streams: standard output and standard error."""
        self._streams = dict(zip(("stdout", "stderr"), streams, strict=True))
        # The table that imports look into, even if a cell puts another in its place.
        self._table = sys.modules
        self._modules = {name: module for name, module in sys.modules.items() if module is not None}
        self._count = len(self._table)
        self._mentioned = False
        self._sys = sys

    def heed(self, code: str) -> None:
        """Code that will run: what does not even mention the table of modules is not expected to bar one in it."""
        self._mentioned = self._mentioned or "modules" in code

    def put_back(self) -> None:
        """To be called before anything runs: modules that are missing or barred, and streams that are none.

        What a student puts in their place stays, such as a stream of their own. Looking at every module costs a copy of
        nearly every page that this process shares with the server, so that is done where there is reason to.
        """
        if self._mentioned or len(self._table) < self._count:
            for name, module in self._modules.items():
                if self._table.get(name) is None:
                    self._table[name] = module
        self._count = max(self._count, len(self._table))
        if not isinstance(self._sys.modules, dict):
            self._sys.modules = self._table
        for name, stream in self._streams.items():
            if not _writes(getattr(self._sys, name, None)):
                setattr(self._sys, name, stream)


def _writes(stream) -> bool:
    try:
        return callable(stream.write)
    except Exception:  # None, or an object of the student's that breaks when it is touched
        return False
