"""Keeps hidden tests out of the feedback: out of the cells, the tracebacks, and whatever the student's code printed."""

import re

from nbconvert.filters import strip_ansi
from nbgrader.preprocessors import ClearHiddenTests
from traitlets import List

HIDDEN = "(hidden test)"
# What may stand before a source line in a traceback: an arrow, a line number.
TRACEBACK_MARGIN = re.compile(r"^\s*(?:-+>\s*)?\d*\s*")


class HideTests(ClearHiddenTests):
    """Removes hidden regions from the cells' sources, and every line of theirs from the cells' outputs."""

    # The HTML exporter configures this of every step; a step that does not take it logs a warning.
    display_data_priority = List(ClearHiddenTests.display_data_priority.default()).tag(config=True)

    def preprocess(self, nb, resources):
        full = {index: cell.source for index, cell in enumerate(nb.cells)}
        nb, resources = super().preprocess(nb, resources)
        hidden = set()
        for index, cell in enumerate(nb.cells):
            hidden |= lines(full[index]) - lines(cell.source)
        for cell in nb.cells:
            for output in cell.get("outputs", []):
                hide_in_output(output, hidden)
        return nb, resources


def lines(text):
    """The lines of `text` that say something, without indentation; brackets alone say nothing."""
    return {line.strip() for line in text.split("\n") if len(line.strip()) > 3}


def hide_in_output(output, hidden):
    """Replaces hidden lines in one output, in place."""
    if output.output_type == "error":
        output.traceback = [hide_in_text(part, hidden) for part in output.traceback]
        output.evalue = hide_in_text(output.evalue, hidden)
    elif output.output_type == "stream":
        output.text = hide_in_text(output.text, hidden)
    else:
        for kind, value in output.get("data", {}).items():
            if isinstance(value, str) and kind.startswith("text/"):
                output.data[kind] = hide_in_text(value, hidden)


def hide_in_text(text, hidden):
    """`text` with every line that holds a hidden line replaced; runs of such lines become one."""
    kept = []
    for line in text.split("\n"):
        if not holds_hidden(line, hidden):
            kept.append(line)
        elif not kept or kept[-1] != HIDDEN:
            kept.append(HIDDEN)
    return "\n".join(kept)


def holds_hidden(line, hidden):
    """Whether this line of an output shows a hidden line, as it is, in colours, or as part of a repr."""
    plain = strip_ansi(line)
    bare = TRACEBACK_MARGIN.sub("", plain).strip()
    return bool(bare) and (bare in hidden or any(secret in plain for secret in hidden if len(secret) > 12))
