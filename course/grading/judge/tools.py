"""What a test cell may ask for by name: `judge.op`, `judge.grad`, `judge.inout`, `judge.mutated`, `judge.share`, `judge.source`.

A learner's notebook has no `judge`: only cells that are graded outside may use it.
"""

from __future__ import annotations


class Tools:
    """The object that test cells know as `judge`."""

    def __init__(self, session, source: str):
        self._session, self.source = session, source

    def op(self, name: str, *values):
        """A function of `operator`, `copy` or the builtins, applied where the student's objects live.

        For what is refused of a student's object because its own methods would answer: judge.op("eq", a, b),
        judge.op("contains", x, y), judge.op("truth", x), judge.op("add", x, 1). What comes is the student's own word.
        """
        return self._session.do("operator", name, *values)

    def grad(self, function, *arguments, wrt: tuple | None = None):
        """(result, gradients of its sum), computed where the student's objects live.

        wrt: places of the arguments whose gradients are wanted, as a list; None means the parameters of a module, by name.
        """
        return self._session.do("gradient", function, arguments, wrt)

    def inout(self, value):
        """The value; calls may change it in place, as they cannot change any other tensor, list, dict or set of a test."""
        self._session.inout[id(value)] = value
        return value

    def mutated(self, value) -> bool:
        """Whether a call changed this argument in place, over there; here it is as it was."""
        return id(value) in self._session.mutated

    def share(self, kind: type) -> type:
        """The class; its instances go to the student's process, where others of test cells' classes stay at the judge.

        Raises JudgeError for a class in a hidden test: its text would go with them.
        """
        self._session.shipper.check_class(kind)
        self._session.shipper.shared.add(kind)
        return kind
