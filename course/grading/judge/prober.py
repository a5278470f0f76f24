"""The prober of the judge: ships each check's Request to the student's process and reads the Observation it claims."""

from __future__ import annotations

from course.check.observation import Observation
from course.check.request import Request

from .claims import clean, read_observation
from .errors import BadAnswer, JudgeError, TamperedWith
from .shipping import Shipper


class RemoteProber:
    """Runs requests in the student's process. Installed with `course.check.probers.use` while a test cell runs.

    ask: asks that process, `ask(kind, header, blob) -> (header, blob)`, within the time that the cell has left.
    asking: gives the file name of the test cell that runs. seconds_left: gives the time it has left.
    """

    def __init__(self, shipper: Shipper, ask, asking, seconds_left):
        self.shipper, self.ask, self.asking, self.seconds_left = shipper, ask, asking, seconds_left

    def observe(self, request: Request) -> Observation:
        """Raises KernelDied, CellTimeoutError, BadAnswer, TamperedWith; JudgeError for what cannot be asked outside."""
        blob = self.shipper.pack((request, self._defined(request)))
        header = {"asking": self.asking(), "seconds": self.seconds_left()}
        answer, data = self.ask("observe", header, blob)
        if answer.get("failed"):
            raise JudgeError(f"the check could not be run there: {clean(str(answer['failed']), 500)}")
        tampered = answer.get("tampered")
        if type(tampered) is not list:
            raise BadAnswer("an observation without a word on what was changed")
        if tampered:
            named = ", ".join(clean(str(name), 100) for name in tampered[:3])
            raise TamperedWith(f"the checks were tampered with ({named})")
        return read_observation(data)

    def _defined(self, request: Request) -> dict:
        """What test cells and locked cells define of the names that the request needs."""
        return {name: self.shipper.namespace[name] for name in request.names() if self.shipper.is_shipped(name)}
