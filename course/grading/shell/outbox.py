"""What a student process sends of its outputs: only those of the cell that runs, and no more bytes than allowed."""

import json
import os

from jupyter_client.jsonutil import json_clean, json_default

from course.grading.shell.frames import MOST_JSON, Channel, FrameError, TooLarge

# Of what a submission may send, so much for one cell: an endless loop of prints leaves something to the others.
CELL_SHARE = 4
# Messages that carry no output are let through beyond it, as long as they are small and few.
SMALL = 64 << 10
# An error says why a cell failed, and always goes through, with these many characters of its traceback.
LONGEST_LINE = 16 << 10
LONGEST_TRACEBACK = 1 << 20


class Outbox:
    """Packs the kernel's messages into frames for the cell or question that runs."""

    def __init__(self):
        self.channel: Channel | None = None
        self.owner = 0
        self.running: int | None = None

    def attach(self, channel: Channel, most_bytes: int) -> None:
        """Called in the student process. most_bytes: for all outputs of the submission."""
        self.channel, self.owner = channel, os.getpid()
        self.left = most_bytes
        self.most_of_cell = max(SMALL, most_bytes // CELL_SHARE)

    def begin(self, number: int) -> None:
        """The run or question `number` starts: messages caused by it go out from now on, others are dropped."""
        self.running = number
        self.cell_left = min(self.most_of_cell, self.left)
        self.told = False

    def end(self) -> None:
        self.running = None

    def put(self, message: dict, buffers=()) -> None:
        """Sends a kernel message as a frame, unless its cell is over or had its share."""
        if self.channel is None or self.owner != os.getpid():
            return
        if self.running is None or message["parent_header"].get("msg_id") != str(self.running):
            return
        buffers = [memoryview(buffer).cast("B") for buffer in buffers or ()]
        if message["msg_type"] == "error":
            message = {**message, "content": shortened(message["content"])}
        text = self._packed(message, buffers)
        size = len(text) + sum(map(len, buffers))
        if size > self.cell_left or len(text) > MOST_JSON:
            if message["msg_type"] != "error" and not self._is_small_change(message, size):
                return self._tell(message)
        self.cell_left -= size
        self.left -= size
        self.channel.send_text(text, b"".join(buffers))

    def _packed(self, message, buffers) -> bytes:
        frame = {"op": "message", "id": self.running, "msg": message}
        if buffers:
            frame["buflens"] = list(map(len, buffers))
        return packed(frame)

    def _is_small_change(self, message, size) -> bool:
        """Messages that only arrange outputs, and few of them."""
        return message["msg_type"] not in ("stream", "display_data", "execute_result") and size < SMALL < self.cell_left + self.most_of_cell

    def _tell(self, message) -> None:
        if self.told:
            return
        self.told = True
        text = f"\n[more output than {self.most_of_cell / 1e6:.1f} MB a cell is not kept]\n"
        notice = {**message, "msg_type": "stream", "metadata": {}, "content": {"name": "stderr", "text": text}}
        notice["header"] = {**message["header"], "msg_type": "stream"}
        self.channel.send_text(self._packed(notice, ()))

    def reply(self, message: dict, blob: bytes = b"") -> None:
        """Sends what ends a run or answers a question; it counts against no limit but the frame's own. Raises TooLarge."""
        if self.owner == os.getpid():
            try:
                self.channel.send_text(packed(message), blob)
            except TooLarge:
                raise
            except FrameError:
                os._exit(0)  # nobody listens any more


def packed(message: dict) -> bytes:
    """ASCII JSON of a message that may hold dates, arrays' numbers, NaN: whatever kernels put into theirs."""
    try:
        return json.dumps(message, default=json_default, allow_nan=False, separators=(",", ":")).encode("ascii")
    except (TypeError, ValueError):
        return json.dumps(json_clean(message), default=str, separators=(",", ":")).encode("ascii")


def shortened(content: dict) -> dict:
    """An error's content with its lines cut to LONGEST_LINE, and the middle of a very long traceback left out."""
    if "evalue" not in content:
        return content
    lines = [cut(line) for line in content.get("traceback", [])]
    if sum(map(len, lines)) > LONGEST_TRACEBACK:
        most = LONGEST_TRACEBACK // LONGEST_LINE // 2
        lines = [*lines[:most], f"… {len(lines) - 2 * most} entries left out …", *lines[-most:]]
    return {**content, "evalue": cut(content["evalue"]), "traceback": lines}


def cut(text: str) -> str:
    if len(text) <= LONGEST_LINE:
        return text
    half = LONGEST_LINE // 2
    return f"{text[:half]} … {len(text) - 2 * half} characters left out … {text[-half:]}"
