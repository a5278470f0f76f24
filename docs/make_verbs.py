"""Writes docs/verbs.md anew, from the signatures and docstrings of `course.check`: `.venv/bin/python docs/make_verbs.py`."""

import inspect
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "verbs.md"
HEAD = """<!-- The verbs of course.check, written by docs/make_verbs.py from their docstrings: do not edit. -->
# The verbs of a test cell

What a test cell may ask, after `from course import check`. Which one to take for what: [for authors](authors.md#2-the-graded-cells-three-minutes).
In a terminal or a notebook, `help(check.agrees)` says the same. `subject` is always a **name**, as text; `rtol` and `atol` are the
relative and the absolute difference that counts as none; a star alone means that what follows is given by name.
"""
INPUTS = """## What inputs are made of

`inputs` of a verb is a function of a `Draw`, which returns the tuple of arguments.
"""


def page():
    """The text of the page."""
    from course import check

    functions = [name for name in check.__all__ if inspect.isfunction(getattr(check, name))]
    verbs = [name for name in functions if next(iter(inspect.signature(getattr(check, name)).parameters)) in ("subject", "first")]
    made = [name for name in functions if name not in verbs]
    parts = [HEAD, *(told(name, getattr(check, name)) for name in verbs), INPUTS, told("Draw", check.Draw), drawn(check.Draw)]
    return "\n".join([*parts, *(told(name, getattr(check, name)) for name in made)])


def told(name, thing):
    """A section: how it is called, and its docstring, with that of what does the work behind it."""
    more = [inspect.getdoc(behind()[name])] if name in behind() else []
    return "\n".join([f"### `{name}`", "", "```python", f"check.{name}{signature(thing)}", "```", "",
                      "\n\n".join([inspect.getdoc(thing), *more]), ""])


def behind():
    """By name of a verb, what its docstring sends its reader to."""
    from course.check.request import Instance, Together
    from course.check.training.diagnosis import diagnose

    return {"instance": Instance, "together": Together, "trains": diagnose}


def drawn(draw):
    """A list of what a Draw can give."""
    methods = [(name, method) for name, method in inspect.getmembers(draw, inspect.isfunction) if not name.startswith("_")]
    return "\n".join([*(f"- `draw.{name}{signature(method)}`: {first_line(method)}" for name, method in methods), ""])


def first_line(thing):
    return inspect.getdoc(thing).splitlines()[0]


def signature(thing):
    """Names and defaults, without annotations: "(subject, *, reference, rows=(5, 12, 1))"."""
    parameters = [one.replace(annotation=one.empty, default=readable(one.default))
                  for one in inspect.signature(thing).parameters.values() if one.name != "self"]
    return str(inspect.Signature(parameters))


class Shown:
    """A default that is shown as this text."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text


def readable(default):
    """A default as an author would write it; `…` for an object that only means "not given"."""
    if inspect.isclass(default) and default is not inspect.Parameter.empty:
        return Shown(default.__name__)
    return Shown("…") if type(default) is object else default


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.relative_to(ROOT))
