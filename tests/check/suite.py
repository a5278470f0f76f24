"""Runs small answers through the real verbs: in this process, over encoded bytes, and in another process.

A file of `tests/check/answers` holds exercises. One exercise is a percent cell with its check, then a cell an answer:

    # %% check: the mean of each row
    # %% right: with mean
    # %% wrong: of each column -> wrong-dim
    # %% wrong: something nobody can name -> unnamed
"""

from __future__ import annotations

import contextlib
import functools
import io
import linecache
import multiprocessing
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from course.check import CheckFailed, comparison, encoding, probers
from course.check import judge as judging
from course.check.observation import Observation
from course.check.probe import observe
from course.check.request import Request
from course.check.verdict import Verdict

FOLDER = Path(__file__).parent / "answers"
UNNAMED = "unnamed"
_CELL = re.compile(r"^# %% (check|right|wrong): (.*?)(?: -> ([a-z0-9-]+))?$", re.MULTILINE)
_PRELUDE = """
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
"""
_FOR_CHECKS = "from course import check\nfrom course.check import families\n"


@dataclass(frozen=True)
class Answer:
    """One answer to one exercise: kind "right" or "wrong"; mistake is None for right ones."""

    file: str
    exercise: str
    how: str
    kind: str
    mistake: str | None
    source: str
    check: str

    @property
    def name(self) -> str:
        return f"{self.file}: {self.exercise}: {self.kind}: {self.how}"


def read_answers(folder: Path = FOLDER) -> list[Answer]:
    """Every answer of every file, in order. Raises ValueError for a wrong answer without a mistake, and the reverse."""
    answers = []
    for path in sorted(folder.glob("*.py")):
        parts = _CELL.split(path.read_text(encoding="utf-8"))[1:]
        exercise = check = ""
        for kind, how, mistake, text in zip(*[iter(parts)] * 4, strict=True):
            if kind == "check":
                exercise, check = how, text
                continue
            if (kind == "wrong") != bool(mistake):
                raise ValueError(f"{path.name}: '{kind}: {how}' must {'not ' * (kind == 'right')}name a mistake")
            answers.append(Answer(path.stem, exercise, how, kind, mistake, text, check))
    return answers


class OverBytes:
    """Observes here, and hands on only what survives encoding."""

    def __init__(self, namespace: dict):
        self.namespace = namespace

    def observe(self, request: Request) -> Observation:
        return encoding.decode(encoding.encode(observe(request, self.namespace)))


class OtherProcess:
    """A child process that runs learners' code; requests go in, encoded observations come out."""

    def __init__(self):
        context = multiprocessing.get_context("spawn")
        self.ours, theirs = context.Pipe()
        self.child = context.Process(target=_serve, args=(theirs,), daemon=True)
        self.child.start()

    def load(self, name: str, source: str) -> None:
        self.ours.send((name, source))

    def observe(self, request: Request) -> Observation:
        self.ours.send(request)
        return encoding.decode(self.ours.recv_bytes())

    def close(self) -> None:
        self.ours.send(None)
        self.child.join(10)


def _serve(pipe) -> None:
    """The child: a pair (name, source) starts a fresh namespace, a Request is observed in it, None ends it."""
    namespace: dict = {}
    while (message := pipe.recv()) is not None:
        if isinstance(message, Request):
            pipe.send_bytes(encoding.encode(observe(message, namespace)))
        else:
            namespace = load(*message)


def load(name: str, source: str) -> dict:
    """Run an answer as a notebook cell runs: its text is kept where tracebacks look for it."""
    namespace: dict = {"__name__": "__main__"}
    exec(_PRELUDE, namespace)
    filename = f"<cell {name}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec"), namespace)
    return namespace


def judge(answer: Answer, way: str, child: OtherProcess | None = None, through=None) -> Verdict | None:
    """Run an answer's check; the Verdict that refused it, or None when it was accepted.

    way: "here", "bytes" or "process" (through `child`; the checks' own process then never runs the answer).
    through: a class of probers, made with the answer's namespace, in place of the way's own.
    """
    if way == "process":
        child.load(answer.name, answer.source)
        prober, namespace = child, load("no answer", "")
    else:
        namespace = load(answer.name, answer.source)
        through = OverBytes if way == "bytes" else through
        prober = through(namespace) if through else None
    exec(_FOR_CHECKS, namespace)
    with contextlib.redirect_stdout(io.StringIO()), probers.use(prober) if prober else contextlib.nullcontext():
        try:
            exec(compile(answer.check, f"<check {answer.exercise}>", "exec"), namespace)
        except CheckFailed as failed:
            return failed.verdict
    return None


@functools.cache
def judged_here(answer: Answer) -> tuple[Verdict | None, tuple]:
    """The Verdict of an answer in this process, and every (value that came, value due) compared, worked out once."""
    due = []

    def noting(seen, wanted, *rest):
        due.append((seen, wanted))
        return comparison.compare(seen, wanted, *rest)

    with mock.patch.object(judging, "compare", noting):
        return judge(answer, "here"), tuple(due)


def verdict_here(answer: Answer) -> Verdict | None:
    return judged_here(answer)[0]


def named_here(answer: Answer) -> str | None:
    """The mistake an answer is named by, UNNAMED when it is refused without a name, None when it is accepted."""
    verdict = verdict_here(answer)
    return verdict and (verdict.mistake or UNNAMED)


def numbers_due(seen) -> Iterator[float]:
    """Every floating point number inside an expected value."""
    if hasattr(seen, "values") and hasattr(seen.values, "flatten"):
        yield from (float(v) for v in seen.values.flatten().tolist() if isinstance(v, float))
    elif isinstance(getattr(seen, "value", None), float):
        yield seen.value
    elif isinstance(getattr(seen, "items", None), tuple):
        for item in seen.items:
            yield from numbers_due(item)
