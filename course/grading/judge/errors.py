"""What can keep the judge from deciding: errors of test cells, and of a student's process that is gone or lies."""


class JudgeError(Exception):
    """A test cell asks for something that cannot be judged from outside; its author has to change it."""


class StudentError(Exception):
    """Base of the exceptions that stand for the student's own exception classes."""


class Undecided(BaseException):
    """Base of what ends a test cell whatever it catches: none of these is an answer to anything."""


class KernelDied(Undecided):
    """The student's process is gone."""


class CellTimeoutError(Undecided):
    """The cell's time was over, in the test cell itself or in the student's code that it called."""


class BadAnswer(Undecided):
    """What the student's process answered cannot be read, or is not what was asked for."""


class NoAnswer(Undecided):
    """The student's process says that it cannot answer: too large a result, no memory for it. Nobody's forgery."""

    shown_as = "BadAnswer"


class TamperedWith(Undecided):
    """The student's code changed what the checks rest on in its process."""
