"""The judge's globals: its own names, and the student's where the instructor's notebook says that they are the student's."""

from __future__ import annotations

import builtins

from .handles import Handle


class JudgeNamespace(dict):
    """A notebook's globals at the judge.

    student_names: whose values come from the student's process. session: asks it, set when there is one.
    """

    def __init__(self, student_names: frozenset[str]):
        super().__init__(__name__="__main__", __builtins__=builtins)
        self.student_names, self.session = student_names, None

    def __missing__(self, name):
        if name not in self.student_names:
            raise KeyError(name)
        try:
            return self.session.look_up(name)
        except KeyError:
            raise KeyError(name) from None

    def __contains__(self, name):
        """Whether the notebook has it, for a test that asks for `"f" in globals()`."""
        if super().__contains__(name):
            return True
        try:
            return self.__missing__(name) is not self
        except KeyError:
            return False

    def get(self, name, default=None):
        """For a test that asks for `globals().get("f")`, and finds what `f` would."""
        try:
            return self[name]
        except KeyError:
            return default

    def __setitem__(self, name, value):
        """A test that replaces a student's function does so where the student's other functions find it."""
        if name in self.student_names and (type(value) is Handle or callable(value)):
            self.pop(name, None)
            self.session.do("set_name", name, value)
        else:
            super().__setitem__(name, value)

    def __delitem__(self, name):
        if name in self.student_names and not dict.__contains__(self, name):
            self.session.do("delete_name", name)
        else:
            super().__delitem__(name)
