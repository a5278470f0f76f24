"""Runs functions in the process that hosts the pretend device, and finds a real accelerator.

    encoded = run(probe, payload)      # probe(payload) -> bytes, run where course.check.devices.pretend is installed

The process starts when first needed and stays warm until this one ends. The environment variable
`COURSE_DEVICE_WORKER` (what `worker_address()` returns) names one to share instead.
"""
import atexit
import os
import subprocess
import sys
import threading
from pathlib import Path

START_SECONDS = 60.0
MOST_BYTES = 1 << 28
SHARED = "COURSE_DEVICE_WORKER"


class DeviceWorkerError(RuntimeError):
    """A function could not be run on the pretend device.

    `reason` is `start`, `send` (it cannot be pickled), `raised`, `time-out`, `crashed` or `misused` (its result was
    not bytes, or too large).
    """

    def __init__(self, reason: str, message: str):
        super().__init__(message)
        self.reason = reason


class _Worker:
    """A worker process of our own."""

    def __init__(self):
        root = str(Path(__file__).resolve().parents[3])
        path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
        environment = {**os.environ, "PYTHONPATH": path, "CUDA_VISIBLE_DEVICES": "", "OMP_NUM_THREADS": "1"}
        environment["OBJC_DISABLE_INITIALIZE_FORK_SAFETY"] = "YES"  # macOS ends forked children otherwise
        environment.pop(SHARED, None)
        self.owner = os.getpid()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "course.check.devices.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=os.name == "posix",
        )
        self._address = None

    def address(self) -> str:
        """Waits for the worker to say where it is. Raises DeviceWorkerError if it does not come up."""
        if self._address is None:
            watchdog = threading.Timer(START_SECONDS, self.process.kill)
            watchdog.start()
            line = self.process.stdout.readline().decode().strip()
            watchdog.cancel()
            if "@" not in line:
                raise DeviceWorkerError("start", f"the pretend device did not start:\n{self.last_words()}")
            self._address = line
        return self._address

    def last_words(self) -> str:
        """What a worker that has ended wrote to its standard error."""
        self.process.kill()
        return self.process.communicate()[1].decode(errors="replace").strip()[-2000:]

    def ended(self) -> bool:
        """Whether it ended; a forked child cannot know of its parent's worker, and asks it."""
        return self.owner == os.getpid() and self.process.poll() is not None

    def end(self) -> None:
        """Closes its standard input, which it takes as the sign to leave, and makes sure that it left."""
        if self.owner != os.getpid() or self.process.returncode is not None:
            return
        self.process.stdin.close()
        try:
            self.process.wait(1.0)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()


_lock = threading.RLock()
_worker: _Worker | None = None


def start_in_background() -> None:
    """Starts the worker without waiting for it, so that the first `run` need not. Does nothing if there is one."""
    if SHARED not in os.environ:
        _own_worker()


def _own_worker() -> _Worker:
    global _worker
    with _lock:
        if _worker is not None and _worker.ended():
            _forget(_worker)
        if _worker is None:
            _worker = _Worker()
            atexit.register(_worker.end)
        return _worker


def _forget(worker) -> None:
    global _worker
    with _lock:
        if worker is not None and worker is _worker:
            atexit.unregister(worker.end)
            worker.end()
            _worker = None


def stop() -> None:
    """Ends this process's own worker, if there is one; the next `run` starts another."""
    _forget(_worker)


def worker_address() -> str:
    """What to set `COURSE_DEVICE_WORKER` to, so that other processes share this one's worker; starts it if need be.

    Whoever knows it may run code in the worker.
    """
    return os.environ.get(SHARED) or _own_worker().address()


def run(function, payload: object = None, timeout: float = 20.0) -> bytes:
    """Calls `function()`, or `function(payload)` if there is a payload, where the pretend device is installed.

    Functions of the notebook (of `__main__`), also inside the payload, are sent by value with the globals they use;
    functions of modules are imported there by name. The result must be bytes. `timeout` is in seconds, from when the worker is up.

    Raises DeviceWorkerError.
    """
    pickled = _pickled((function,) if payload is None else (function, payload))
    worker = None if SHARED in os.environ else _own_worker()
    try:
        reply = _ask(worker_address() if worker is None else worker.address(), pickled, timeout)
    except DeviceWorkerError as error:
        # Without fork the worker itself is stuck; with it, only the request's own child, which ends itself.
        if error.reason in ("time-out", "crashed") and not hasattr(os, "fork"):
            _forget(worker)
        raise
    return _result(reply)


def _pickled(request) -> bytes:
    from course.check.devices.sending import by_value

    try:
        return by_value(request)
    except Exception as error:  # whatever an object's own pickling raises
        raise DeviceWorkerError("send", f"{type(error).__name__}: {error}") from error


def _ask(address, pickled, timeout) -> bytes:
    import json
    import multiprocessing.connection

    from course.check.devices.worker import decode_address

    request = {"directory": os.getcwd(), "path": sys.path, "seconds": timeout + 1.0}
    try:
        token, _, place = address.partition("@")
        connection = multiprocessing.connection.Client(decode_address(place))
    except (OSError, ValueError) as error:
        raise DeviceWorkerError("start", f"no worker at {SHARED}={address}: {error}") from error
    with connection:
        try:
            for frame in (token.encode(), json.dumps(request).encode(), pickled):
                connection.send_bytes(frame)
            if not connection.poll(timeout):
                raise DeviceWorkerError("time-out", f"no answer within {timeout:g} seconds")
            return connection.recv_bytes(MOST_BYTES)
        except EOFError as error:
            raise DeviceWorkerError("crashed", "the process that ran the function ended without an answer") from error
        except OSError as error:
            if error.errno is None:  # how `recv_bytes` says that a frame is longer than allowed
                raise DeviceWorkerError("misused", f"the result is larger than {MOST_BYTES} bytes") from error
            raise DeviceWorkerError("crashed", f"the connection broke: {error}") from error


def _result(reply) -> bytes:
    from course.check.devices.worker import MISUSED, RAISED, RESULT

    kind, body = reply[:1], reply[1:]
    if kind == RESULT:
        return body
    reason = {RAISED: "raised", MISUSED: "misused"}.get(kind, "misused")
    raise DeviceWorkerError(reason, body.decode(errors="replace"))


def available_accelerator() -> str | None:
    """`'cuda'` or `'mps'` where PyTorch can use one, else None; the pretend device is not one."""
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else None
