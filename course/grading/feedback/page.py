"""The feedback page of one notebook: an nbconvert exporter, so that nbgrader's own command writes the same pages."""

import functools
import html
import re
from pathlib import Path
from urllib.parse import quote

import jinja2
import nbformat
from markupsafe import Markup
from nbconvert.exporters import Exporter
from pygments.formatters import HtmlFormatter
from traitlets import Unicode

from course.grading.marks import Mark, Marks
from course.grading.reading import read_notebook

from . import explain
from .cells import PageCell, cell_views
from .current import coursedir_of, page_mark
from .summary import Summary, exercises_of, short

TEMPLATES = Path(__file__).parent / "templates"
HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)


class FeedbackPage(Exporter):
    """A page that stands alone: no script, nothing from the network, light and dark, readable on a phone and on paper."""

    output_mimetype = "text/html"
    chapter_link = Unicode(
        "", help="Where students read the chapters, such as https://example.org/{chapter}.html#{section}: what to read again in "
                 "another chapter is then a link; without it, the chapter is named.").tag(config=True)

    def _file_extension_default(self):
        return ".html"

    def from_notebook_node(self, nb, resources=None, **kw):
        nb, resources = self._preprocess(nb, self._init_resources(resources))
        return self.render(nb, resources), resources

    def from_file(self, file_stream, resources=None, **kw):
        # Not nbformat.read, which validates: what is no valid notebook by the letter has a page all the same.
        text = file_stream.read()
        try:
            nb = nbformat.v4.reads(text)
            whole = nb.nbformat == 4 and all("source" in cell and "metadata" in cell for cell in nb.cells)
        except (ValueError, AttributeError, KeyError, TypeError):
            whole = False
        nb = nb if whole else read_notebook(resources["metadata"]["name"] if resources else "", text.encode())
        return self.from_notebook_node(nb, resources, **kw)

    def _preprocess(self, nb, resources):
        """The steps in their order, on the notebook itself, which nobody else needs.

        nbconvert copies and validates it between them, which takes longer than the page, and refuses a student's own
        output for a field too many.
        """
        for step in self._preprocessors:
            nb, resources = step(nb, resources)
        return nb, resources

    def render(self, nb, resources):
        """The page of a notebook whose steps have left verdicts and marks in the resources."""
        about, course = resources["nbgrader"], resources["course"]
        marks = course.get("marks") or Marks()
        anchors = {}
        explained = explanations(nb, marks, course.get("told", {}))
        cells = list(placed(cell_views(nb.cells, explained, marks.comments), anchors))
        summary = Summary(exercises_of(nb.cells, explained, anchors), marks)
        return template().render(
            about=about, marks=marks, summary=summary, cells=cells, css=Markup(stylesheet()), number=explain.number,
            read_again=functools.partial(self.read_again, anchors=anchors), mark=self.mark(about, marks))

    def mark(self, about, marks):
        directory = coursedir_of(self)
        names = about["student"], about["assignment"], about["notebook"]
        return page_mark(directory, *names, marks, self.chapter_link) if directory else ""

    def read_again(self, told, anchors):
        """HTML of what to read again: a link where there is something to link to, else the chapter's name."""
        if not told.section:
            return ""
        section = html.escape(f"section “{told.section}”")
        if told.section in anchors:
            return Markup(f'<a href="#{anchors[told.section]}">{section}</a>')
        if not told.chapter:
            return Markup(section)
        if self.chapter_link:
            address = self.chapter_link.replace("{chapter}", quote(told.chapter)).replace("{section}", quote(told.section))
            return Markup(f'chapter {html.escape(told.chapter)}, <a href="{html.escape(address)}">{section}</a>')
        return Markup(f"{section} of the chapter <strong>{html.escape(told.chapter)}</strong>, in your copy of "
                      f"<code>{html.escape(told.chapter)}.ipynb</code>")


def explanations(nb, marks, told):
    """{grade_id: Explained} of the graded cells and tasks of a notebook."""
    found = {}
    for cell in nb.cells:
        about = cell.metadata.get("nbgrader", {})
        grade_id = about.get("grade_id")
        if about.get("grade") or about.get("task"):
            mark = marks.cells.get(grade_id) or Mark(float(about.get("points", 0)))
            comment = grade_id in marks.comments
            found[grade_id] = explain.explain(grade_id, mark, told.get(grade_id), comment)
    return found


def placed(views, anchors):
    """The PageCells with a name for each heading, to link to, and no level left out. Fills `anchors`: {heading: name}."""
    level = 2

    def place(found):
        nonlocal level
        level = min(int(found[1]), level + 1)
        text = short(html.unescape(re.sub(r"<[^>]+>", "", found[2])).strip())
        name = f"section-{len(taken) + 1}"
        taken.append(name)
        anchors.setdefault(text, name)
        return f'<h{level} id="{name}">{found[2]}</h{level}>'

    taken = []
    for view in views:
        yield view if not view.text else PageCell(**{**vars(view), "text": Markup(HEADING.sub(place, view.text))})


@functools.cache
def template():
    """The compiled template; what it is given is escaped unless it is marked as HTML."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True,
                                     undefined=jinja2.StrictUndefined)
    return environment.get_template("page.html.j2")


@functools.cache
def stylesheet():
    """The page's CSS with the colours of code, light and dark."""
    light = HtmlFormatter(style="default").get_style_defs("pre.code")
    dark = HtmlFormatter(style="github-dark").get_style_defs("pre.code")
    code = "\n".join([only_tokens(light), "@media screen and (prefers-color-scheme: dark) {", only_tokens(dark), "}"])
    return (TEMPLATES / "page.css").read_text(encoding="utf-8") + code


def only_tokens(css):
    """Pygments' rules for tokens, without those for line numbers and the box, which are the page's own."""
    return "\n".join(line.split(" /*")[0] for line in css.splitlines() if line.startswith("pre.code ."))
