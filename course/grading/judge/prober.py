"""The prober of the judge: ships each check's Request to the student's process and reads the Observation it claims."""

from __future__ import annotations

from course.check.observation import Observation
from course.check.probe import observe
from course.check.request import Request

from .claims import clean, read_observation
from .errors import BadAnswer, JudgeError, TamperedWith
from .shipping import Shipper


class RemoteProber:
    """Runs requests in the student's process. Installed with `course.check.probers.use` while a test cell runs.

    ask: asks that process, `ask(kind, header, blob, answer) -> (header, blob)`, within the time that the cell has left.
    answer: answers what it asks meanwhile of functions that stayed here.
    asking: gives the file name of the test cell that runs. seconds_left: gives the time it has left.
    """

    def __init__(self, shipper: Shipper, ask, answer, asking, seconds_left):
        self.shipper, self.ask, self.answer, self.asking, self.seconds_left = shipper, ask, answer, asking, seconds_left

    def observe(self, request: Request) -> Observation:
        """Raises KernelDied, CellTimeoutError, BadAnswer, TamperedWith; JudgeError for what cannot be asked outside."""
        helper = self.shipper.namespace.get(request.subject)
        if self.shipper.is_shipped(request.subject) and self.shipper.is_hidden(helper):
            return self._here(request, helper)
        stayed = self.shipper.stayed
        blob = self.shipper.pack((request, self._defined(request)))
        if self.shipper.stayed != stayed:
            self._refuse_watching(request, "a function of a hidden test is among its arguments")
        header = {"asking": self.asking(), "seconds": self.seconds_left()}
        answer, data = self.ask("observe", header, blob, self.answer)
        if answer.get("failed"):
            raise JudgeError(f"the check could not be run there: {clean(str(answer['failed']), 500)}")
        tampered = answer.get("tampered")
        if type(tampered) is not list:
            raise BadAnswer("an observation without a word on what was changed")
        if tampered:
            named = ", ".join(clean(str(name), 100) for name in tampered[:3])
            raise TamperedWith(f"the checks were tampered with ({named})")
        return read_observation(data)

    def _here(self, request: Request, helper) -> Observation:
        """Run a hidden helper at the judge; the student's functions that it calls are handles."""
        self._refuse_watching(request, f"{request.subject} is a function of a hidden test")
        return observe(request, {request.subject: helper})

    def _refuse_watching(self, request: Request, why: str) -> None:
        if request.device != "cpu" or request.watch:
            what = f"its work on {request.device}" if request.device != "cpu" else "what it does"
            raise JudgeError(f"{what} cannot be watched, since {why}: put that function outside the hidden tests")

    def _defined(self, request: Request) -> dict:
        """What test cells and locked cells define of the names that the request needs."""
        return {name: self.shipper.namespace[name] for name in request.names() if self.shipper.is_shipped(name)}
