"""Frames on a Unix stream socket between the two sides of the sandbox: a JSON message and raw bytes, bounded, never unpickled."""

import json
import select
import socket
import struct
import threading
from time import monotonic

HEADER = struct.Struct("<II")
MOST_BYTES = 64 << 20
# What is parsed grows in memory to a multiple of its text, so the text has a smaller limit of its own.
MOST_JSON = 16 << 20
MOST_DEPTH = 100
CHUNK = 1 << 20


class FrameError(Exception):
    """The conversation over this socket cannot go on."""


class Closed(FrameError):
    """The other side closed the socket, or ended."""


class TooLarge(FrameError):
    """A frame over the limit; a sender raises it before sending anything."""


class Malformed(FrameError):
    """Bytes that are no frame."""


class Channel:
    """Sends and receives frames; a thread may send while another receives.

    A frame is `<II` (bytes of JSON, bytes of blob), a JSON object in ASCII, and the blob. ASCII lets lone surrogates
    through, which students print; NaN and the infinities pass too.

    `most_bytes` bounds a frame in both directions, `most_json` its JSON, before anything is allocated for it.
    """

    def __init__(self, sock: socket.socket, most_bytes: int = MOST_BYTES, most_json: int = MOST_JSON):
        sock.setblocking(False)
        self.sock = sock
        self.most_bytes = most_bytes
        self.most_json = min(most_json, most_bytes)
        self.received = 0  # bytes, of all frames so far
        self._lock = threading.RLock()
        self._broken: FrameError | None = None
        self._sizes: tuple[int, int] | None = None
        self._buffer = bytearray(HEADER.size)
        self._filled = 0

    def fileno(self) -> int:
        return self.sock.fileno()

    def close(self) -> None:
        self.sock.close()

    def send(self, message: dict, blob: bytes = b"", *, deadline: float | None = None) -> None:
        """Sends one frame, whole or not at all, unless `deadline` (of `time.monotonic()`) passes while it is sent.

        Raises Closed, TooLarge, TimeoutError (after which the channel is of no more use), and TypeError or ValueError
        for a message that is not JSON.
        """
        self.send_text(json.dumps(message, separators=(",", ":")).encode("ascii"), blob, deadline=deadline)

    def send_text(self, text: bytes, blob: bytes = b"", *, deadline: float | None = None) -> None:
        """`send` for a message that is JSON already."""
        blob = memoryview(blob).cast("B") if blob else b""
        self._check_sizes(len(text), len(blob))
        parts = [HEADER.pack(len(text), len(blob)) + text, blob]
        with self._lock:
            if self._broken:
                raise self._broken
            try:
                for part in parts:
                    self._send_all(memoryview(part), deadline)
            except BaseException:
                self._broken = Closed("a frame was sent only in part")
                raise

    def _send_all(self, data, deadline) -> None:
        while data:
            try:
                data = data[self.sock.send(data[:CHUNK], socket.MSG_NOSIGNAL) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, deadline)
            except OSError as error:
                raise Closed(f"the other side is gone: {error}") from error

    def receive(self, deadline: float | None = None) -> tuple[dict, bytes]:
        """The next frame.

        Raises Closed, TooLarge, Malformed, and TimeoutError when `deadline` (of `time.monotonic()`) passes; after a
        TimeoutError it may be called again, what had arrived is kept.
        """
        if self._broken:
            raise self._broken
        try:
            if self._sizes is None:
                self._fill(deadline)
                sizes = HEADER.unpack(self._buffer)
                self._check_sizes(*sizes)
                self._sizes, self._filled = sizes, 0
                self._buffer = bytearray(sum(sizes))
            self._fill(deadline)
            length, _ = self._sizes
            message = parsed(self._buffer[:length])
            blob = bytes(memoryview(self._buffer)[length:])
        except FrameError as error:
            self._broken = error
            raise
        self._sizes, self._filled = None, 0
        self._buffer = bytearray(HEADER.size)
        return message, blob

    def _fill(self, deadline) -> None:
        while self._filled < len(self._buffer):
            try:
                with memoryview(self._buffer) as view:
                    count = self.sock.recv_into(view[self._filled : self._filled + CHUNK])
            except BlockingIOError:
                self._wait(select.POLLIN, deadline)
                continue
            except OSError as error:
                raise Closed(f"the connection broke: {error}") from error
            if not count:
                raise Closed("the other side closed the connection")
            self._filled += count
            self.received += count

    def _wait(self, event, deadline) -> None:
        poll = select.poll()
        poll.register(self.sock, event)
        milliseconds = None if deadline is None else max(0.0, deadline - monotonic()) * 1000
        if not poll.poll(milliseconds):
            raise TimeoutError("nothing moved before the deadline")

    def _check_sizes(self, length: int, blob: int) -> None:
        if length > self.most_json or length + blob > self.most_bytes:
            raise TooLarge(f"a frame of {length} bytes of JSON and {blob} bytes; at most {self.most_json}, and {self.most_bytes} together")


def parsed(text: bytes) -> dict:
    """The JSON object that `text` is. Raises Malformed, also where it is nested deeper than MOST_DEPTH."""
    try:
        message = json.loads(text.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON: {error}") from error
    if not isinstance(message, dict):
        raise Malformed(f"a {type(message).__name__} in place of an object")
    if deeper_than(MOST_DEPTH, message):
        raise Malformed(f"nested deeper than {MOST_DEPTH}")
    return message


def deeper_than(most: int, value: object) -> bool:
    """Whether lists and dicts in `value` are nested more than `most` deep."""
    level = [value]
    for _ in range(most + 1):
        level = [
            item
            for container in level
            for item in (container.values() if isinstance(container, dict) else container)
            if isinstance(item, (dict, list))
        ]
        if not level:
            return False
    return True
