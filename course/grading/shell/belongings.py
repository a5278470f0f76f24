"""What the student process needs to go on, whatever a cell took away: its modules, and streams that can be written to."""

import sys

from course.grading.shell.streams import OutStream


class Belongings:
    """Holds what was there before any of the student's code ran."""

    def __init__(self, streams: list[OutStream]):
        """streams: standard output and standard error."""
        self._streams = dict(zip(("stdout", "stderr"), streams, strict=True))
        # The table that imports look into, even if a cell puts another in its place.
        self._table = sys.modules
        self._modules = {name: module for name, module in sys.modules.items() if module is not None}
        self._sys = sys

    def put_back(self) -> None:
        """To be called before anything runs: modules that are missing or barred, and streams that are none.

        What a student puts in their place stays, such as a stream of their own.
        """
        for name, module in self._modules.items():
            if self._table.get(name) is None:
                self._table[name] = module
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
