"""Standard output and error of a student process: Python's own, and what C code and other processes write to 1 and 2."""

import codecs
import contextlib
import fcntl
import io
import os
import select
import threading
import weakref
from contextvars import ContextVar

from jupyter_client.session import extract_header

FLUSH_SECONDS = 0.2
FLUSH_CHARACTERS = 1 << 20
PIPE_BYTES = 1 << 18

_streams: "weakref.WeakSet[OutStream]" = weakref.WeakSet()


class OutStream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of a kernel: text goes out as stream messages of the cell that wrote it.

    Its descriptor is a pipe once `capture` was called; what arrives there is taken in before each write and each
    flush, so that text of C code and of Python keep their order.
    """

    encoding = "UTF-8"
    errors = None

    def __init__(self, name: str, descriptor: int, session):
        self._name = name
        self._descriptor = descriptor
        self._session = session
        self._pipe: int | None = None
        self._foreign = False
        self._parent: ContextVar[dict] = ContextVar(f"parent of {name}")
        self._last_parent: dict = {}
        self._renew()
        _streams.add(self)

    def _renew(self) -> None:
        self._lock = threading.RLock()
        self._parts: list[tuple[dict, str]] = []
        self._size = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    @property
    def name(self) -> str:
        return self._name

    def fileno(self) -> int:
        return self._descriptor

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    @property
    def parent_header(self) -> dict:
        """Header of the request that text written now belongs to."""
        return self._parent.get(self._last_parent)

    def set_parent(self, parent: dict) -> None:
        """Text written from now on, by this task and by threads, belongs to the request `parent`."""
        self._last_parent = extract_header(parent)
        self._parent.set(self._last_parent)

    def capture(self) -> None:
        """Makes this stream's descriptor a pipe that it reads; called in the student process."""
        reading, writing = os.pipe()
        os.dup2(writing, self._descriptor)
        os.close(writing)
        os.set_blocking(reading, False)
        with contextlib.suppress(OSError):  # a user may not have as much as that in many pipes
            fcntl.fcntl(reading, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self._pipe = reading
        self._foreign = False

    def write(self, string: str) -> int:
        if not isinstance(string, str):
            raise TypeError(f"write() argument must be str, not {type(string)}")
        with self._lock:
            if self._foreign:
                self._add({}, string)
                if "\n" in string:
                    self._pass_on()
                return len(string)
            self._take_in()
            self._add(self.parent_header, string)
            if self._size > FLUSH_CHARACTERS:
                self.flush()
        return len(string)

    def _add(self, parent, text) -> None:
        self._parts.append((parent, text))
        self._size += len(text)

    def _take_in(self) -> None:
        """What lies in the pipe, at most a pipe full: a process that never stops writing does not hold us up."""
        if self._pipe is None:
            return
        try:
            data = os.read(self._pipe, PIPE_BYTES)
        except (BlockingIOError, OSError):
            return
        if data:
            self._add(self._last_parent, self._decoder.decode(data))

    def flush(self) -> None:
        with self._lock:
            if self._foreign:
                return self._pass_on()
            self._take_in()
            parts, self._parts, self._size = self._parts, [], 0
            while parts:
                parent = parts[0][0]
                count = next((i for i, part in enumerate(parts) if part[0] is not parent), len(parts))
                text = "".join(text for _, text in parts[:count])
                del parts[:count]
                if text:
                    self._session.send(None, "stream", {"name": self._name, "text": text}, parent)


    def _pass_on(self) -> None:
        """From a fork, in whole lines, to the process that reads the pipe."""
        parts, self._parts, self._size = self._parts, [], 0
        data = memoryview("".join(text for _, text in parts).encode("utf-8", "replace"))
        while data:
            data = data[os.write(self._descriptor, data) :]


def watch(streams: list[OutStream]) -> None:
    """Starts the thread that empties the streams' pipes, lest a writer block, and flushes what waits long."""
    poll = select.poll()
    for stream in streams:
        poll.register(stream._pipe, select.POLLIN)

    def loop():
        while True:
            ready = {descriptor for descriptor, _ in poll.poll(FLUSH_SECONDS * 1000)}
            for stream in streams:
                with stream._lock:
                    if stream._pipe in ready:
                        stream._take_in()
                    if stream._parts and (not ready or stream._size > FLUSH_CHARACTERS):
                        stream.flush()

    threading.Thread(target=loop, name="IOPub", daemon=True).start()


def _after_fork() -> None:
    """A fork of a student process has no thread that reads: it writes to the pipe, as any other process would."""
    for stream in _streams:
        stream._renew()
        stream._foreign = True


os.register_at_fork(after_in_child=_after_fork)
