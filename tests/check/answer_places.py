"""Runs a learner's answer, given as text, where checks may find it: in this process, or in another one."""

from __future__ import annotations

import contextlib
import io
import itertools
import linecache
import os
import pickle
import struct
import subprocess
import sys

import cloudpickle

from course.check import encoding, probers
from course.check.verdict import CheckFailed

PREAMBLE = """
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import Dataset, TensorDataset
"""
_numbers = itertools.count(1)


def run_cell(source: str) -> dict:
    """The namespace that a learner's cell leaves, its lines readable as a notebook's are."""
    name = f"<answer {next(_numbers)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    namespace: dict = {"__name__": "__main__"}
    exec(PREAMBLE, namespace)
    exec(compile(source, name, "exec"), namespace)
    return namespace


class Here:
    """Answers in this process."""

    def learner_writes(self, source: str) -> None:
        self.namespace = run_cell(source)

    def observe(self, request):
        return probers.InProcess(self.namespace).observe(request)

    def close(self) -> None:
        """Nothing to end."""


class Elsewhere:
    """Answers in another process; requests go there pickled, observations come back encoded."""

    def __init__(self):
        environment = {**os.environ, "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        env=environment)

    def learner_writes(self, source: str) -> None:
        self._ask(("write", source))

    def observe(self, request):
        return encoding.decode(self._ask(("observe", request)))

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=20)

    def _ask(self, message) -> bytes:
        _send(self.process.stdin, cloudpickle.dumps(message))
        return _receive(self.process.stdout)


def judged(place, source: str, check) -> CheckFailed | None:
    """What `check` raises for the answer `source` at this place; None where it accepts it, after printing one line."""
    place.learner_writes(source)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), probers.use(place):
        try:
            check()
        except CheckFailed as failed:
            return failed
    last = printed.getvalue().splitlines()[-1]
    assert last.startswith("✓ "), f"an accepted answer must end with its line, not {last!r}"
    return None


def _send(stream, data: bytes) -> None:
    stream.write(struct.pack("<Q", len(data)) + data)
    stream.flush()


def _receive(stream) -> bytes:
    return stream.read(struct.unpack("<Q", stream.read(8))[0])


def _serve() -> None:
    """The other process: run cells and observe requests until stdin ends."""
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what an answer prints while its cell runs is none of the protocol's
    namespace: dict = {}
    while header := incoming.read(8):
        kind, content = pickle.loads(incoming.read(struct.unpack("<Q", header)[0]))
        if kind == "write":
            namespace = run_cell(content)
            _send(outgoing, b"written")
        else:
            _send(outgoing, encoding.encode(probers.InProcess(namespace).observe(content)))


if __name__ == "__main__":
    _serve()
