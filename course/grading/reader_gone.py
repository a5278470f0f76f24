"""A reader of stdout who has enough, such as `head`, ends no command: what is printed after that goes nowhere."""

import contextlib
import os
import sys


class Printed:
    """A text stream in whose place nothing is written to once its reader has gone. All else is the stream's own."""

    def __init__(self, stream):
        self._stream = stream

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def write(self, text):
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            self._to_nowhere()
            return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        try:
            self._stream.flush()
        except BrokenPipeError:
            self._to_nowhere()

    def _to_nowhere(self):
        """What the stream still holds must go somewhere, or Python complains of it at its end."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)
        self._stream.flush()


@contextlib.contextmanager
def heeded():
    """Within the block the work goes on to its end, and to its own exit code, whoever reads what it prints."""
    before = sys.stdout
    if before is None:  # closed before Python began; print() knows that
        yield
        return
    sys.stdout = Printed(before)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stdout = before
