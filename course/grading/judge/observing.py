"""The student's half of a check: runs the probe on the judge's request and answers with an encoded Observation."""

from __future__ import annotations

from course.check import encoding, probe
from course.check.observation import MISSING, RAISED, ErrorSeen, Observation

from . import arrivals
from .pretend_host import LARGEST, PretendHost

PRETEND = "sim"
_encode, _observe = encoding.encode, probe.observe
# A line of the cell that asks: the probe tells that cell's helpers from the student's code by the file of its caller.
_CALL = "answer = observe(request, namespace)"


def observe(blob: bytes, asking: str, seconds: float, namespace: dict, host: PretendHost | None) -> bytes:
    """Run the packed request on the student's namespace.

    blob: a packed pair (request, what test cells define of the names that it needs). asking: the file name of the test
    cell. seconds: the time there is. host: where requests for the pretend device run.
    Returns the encoded Observation; one that cannot be encoded becomes an error.
    """
    try:
        request, defined = arrivals.unpack(blob)
    except arrivals.NotThere as missing:
        return _encode(Observation(missing.name, MISSING))
    names = {**namespace, **defined} if defined else namespace
    if request.device == PRETEND:
        needed = {name: names[name] for name in request.names() if name in names}
        return (host or PretendHost()).run(observed, (request, needed, asking), seconds)
    return observed((request, names, asking))


def observed(payload: tuple) -> bytes:
    """The encoded Observation of (request, namespace, file name of the test cell)."""
    request, namespace, asking = payload
    place = {"observe": _observe, "request": request, "namespace": namespace}
    exec(compile(_CALL, asking, "exec"), place)
    try:
        data = _encode(place["answer"])
    except (ValueError, RuntimeError, TypeError, OverflowError) as error:
        return _unencodable(request.subject, type(error).__name__)
    return data if len(data) <= LARGEST else _unencodable(request.subject, f"more than {LARGEST >> 20} MiB")


def _unencodable(subject: str, why: str) -> bytes:
    message = f"what {subject} gave cannot be looked at: {why}"
    return _encode(Observation(subject, RAISED, call=subject, error=ErrorSeen("ValueError", ("Exception",), message)))
