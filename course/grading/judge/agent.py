"""The judge's other half, inside the student's process: runs what the judge asks for and answers with data.

Everything that it says is a claim. It is imported, and an Agent made, before any student's code runs.
"""

from __future__ import annotations

from . import arrivals, observing
from .integrity import Watch
from .pretend_host import PretendHost


class Agent:
    """Answers the judge on the objects of one notebook.

    namespace: the student's globals. channel: frames to and from the judge, for calling it back while it waits.
    """

    def __init__(self, namespace: dict, channel):
        self.namespace, self.channel = namespace, channel
        self.watch = Watch()
        self.host = PretendHost()
        arrivals.settle_in(namespace, self.call_judge)

    def handle(self, message: dict, blob: bytes) -> tuple[dict, bytes]:
        """Answer one question. Never raises but for KeyboardInterrupt: what fails is part of the answer."""
        try:
            if message["kind"] == "observe":
                return self._observe(message, blob)
            return {"failed": f"unknown question {message['kind']!r}"}, b""
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            return {"failed": f"{type(error).__name__}: {error}"[:500]}, b""

    def _observe(self, message: dict, blob: bytes) -> tuple[dict, bytes]:
        before = self.watch.changed()
        data = observing.observe(blob, message["asking"], message["seconds"], self.namespace, self.host)
        return {"tampered": before or self.watch.changed()}, data

    def call_judge(self, message: dict, blob: bytes) -> tuple[dict, bytes]:
        """Ask the judge, which waits for an answer of ours, to do something first."""
        raise NotImplementedError
