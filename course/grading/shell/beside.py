"""The files beside a notebook: they go straight into its own process, since what passes the server's memory is every later fork's to read."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from course.grading.shell.frames import Channel, FrameError


def send(channel: Channel, files: dict[str, bytes], deadline: float) -> str | None:
    """Puts files (contents by name) into the folder of the process at the other end, before anything else is said to it.

    deadline: of `time.monotonic()`. Returns None, or why they could not be put there. Raises FrameError, TimeoutError.
    """
    channel.send({"files": [[name, len(content)] for name, content in files.items()]}, b"".join(files.values()), deadline=deadline)
    answer, _ = channel.receive(deadline)
    return answer["refused"]


def receive(sock: socket.socket) -> bool:
    """The other half, in the student process, in its empty folder. Whether all files are there; the other side knows why not."""
    channel = Channel(sock)
    try:
        message, blob = channel.receive()
        for name, content in unpacked(message["files"], blob).items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        refused = None
    except (FrameError, OSError, ValueError, KeyError, TypeError) as error:
        refused = f"{type(error).__name__}: {error}"
    channel.send({"refused": refused})
    return refused is None


def unpacked(files: list, blob: bytes) -> dict[str, bytes]:
    """Names and contents, from a list of [name, size] and the contents one after the other.

    ValueError for a name that leads out of the folder.
    """
    result, position = {}, 0
    for name, size in files:
        if os.path.isabs(name) or ".." in name.split("/") or "\0" in name:
            raise ValueError(f"not a name inside the folder: {name}")
        result[name] = blob[position : position + size]
        position += size
    return result
