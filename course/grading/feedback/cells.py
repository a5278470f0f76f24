"""The cells of a notebook as the page shows them: text, code, outputs, and what was said of them."""

import functools
import html
from dataclasses import dataclass

from markupsafe import Markup
from nbgrader import utils
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from course.grading.judge.plan import is_judged
from course.grading.stopped import noted, sentence

from .markdown import markdown
from .outputs import output_html
from .summary import last_heading

OWN, TEST, TASK, PLAIN = "own", "test", "task", "plain"
MOST_CHARACTERS = 200_000


@dataclass(frozen=True)
class PageCell:
    """One cell. kind: OWN for a student's answer, TEST for a graded cell, TASK, else PLAIN. text, code: HTML, or empty.

    outputs: list of HTML. explained: its Explained, or None. comment: HTML of what a person wrote about it, or empty.
    stopped: sentences about what kept it from being run to its end, empty if nothing did. place: in the notebook, from 0.
    under: the heading above it, or empty.
    """

    kind: str
    grade_id: str
    text: str
    code: str
    outputs: list
    explained: object = None
    comment: str = ""
    stopped: tuple = ()
    place: int = 0
    under: str = ""

    @property
    def called(self):
        """What a list of cells calls it: by its grade_id where it has one, else by the heading above it."""
        if self.kind == OWN:
            return f"Your answer {self.grade_id}"
        if self.grade_id:
            return f"The cell {self.grade_id}"
        return f"A cell under “{self.under}”" if self.under else "A cell before the first heading"


def cell_views(cells, explained, comments):
    """The PageCells of a notebook's cells. explained: {grade_id: Explained}. comments: {grade_id: markdown}."""
    under = ""
    for place, cell in enumerate(cells):
        under = cell.cell_type == "markdown" and last_heading(cell.source) or under
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        said = explained.get(grade_id)
        comment = comments.get(grade_id, "")
        outputs = [] if cell.cell_type != "code" or is_judged(cell) else [safe_output(one) for one in cell.outputs]
        yield PageCell(
            kind_of(cell), grade_id,
            Markup(markdown(cell.source, cell.get("attachments"))) if cell.cell_type == "markdown" else "",
            Markup(code(cell.source)) if cell.cell_type != "markdown" and cell.source.strip() else "",
            [Markup(one) for one in outputs if one], said, Markup(markdown(comment)) if comment else "", stopped(cell), place, under)


def stopped(cell):
    """Sentences about a cell that was stopped, or never begun. A test's are its verdict."""
    stop = None if is_judged(cell) else noted(cell)
    return (sentence(stop.of("this cell")), *stop.consequences()) if stop else ()


def kind_of(cell):
    if utils.is_solution(cell):
        return OWN
    if utils.is_task(cell):
        return TASK
    return TEST if utils.is_grade(cell) else PLAIN


def safe_output(output):
    """HTML of an output; of one that is none, as a changed file may hold, an empty text."""
    try:
        return output_html(output)
    except Exception:  # anything at all may be in a file that was handed in
        return ""


@functools.lru_cache(maxsize=4096)
def code(source):
    """Code with its tokens marked for colours."""
    if len(source) > MOST_CHARACTERS:
        return html.escape(source)
    return highlight(source, lexer(), HtmlFormatter(nowrap=True))


@functools.cache
def lexer():
    return get_lexer_by_name("ipython3", stripnl=False)
