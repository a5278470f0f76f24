"""The formgrader's page of a submission runs nothing of it, and still shows all that chapters and answers hold."""

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config

from course.grading.course_root import load_config
from course.grading.feedback.sanitise import sanitised

ROOT = Path(__file__).parent.parent.parent
ON_THE_PAGE = {"submission_id": "1", "assignment_id": "none", "notebook_id": "none", "base_url": "", "index": 0, "total": 1}
SCRIPTS = {
    "script": "<script>stolen()</script>",
    "event": '<img src="x" onerror="stolen()">',
    "link": '<a href="javascript:stolen()">here</a>',
    "link with data": '<a href="data:text/html,<script>stolen()</script>">here</a>',
    "frame": '<iframe src="https://example.org/stolen"></iframe>',
    "picture": '<svg onload="stolen()"><script>stolen()</script></svg>',
    "form": '<form action="/stolen"><button formaction="/stolen">Next</button></form>',
    "style": "<style>.stolen { display: none }</style>",
    "half a tag": '<img src="x" onerror="stolen()"',
    "in capitals": '<SCRIPT SRC="//example.org/stolen.js"></SCRIPT>',
}


def page(notebook, resources=ON_THE_PAGE, template="formgrade"):
    """What the exporter, configured as the formgrader's by this course, makes of a notebook."""
    config = load_config(ROOT)
    config.merge(Config({"HTMLExporter": {"template_name": template, "extra_template_basedirs": [handlers.template_path]}}))
    return HTMLExporter(config=config).from_notebook_node(notebook, resources=dict(resources))[0]


class WhatRuns(HTMLParser):
    """Finds in a page what of SCRIPTS would run there: tags and attributes, not text that is merely shown."""

    def __init__(self, page):
        super().__init__()
        self.found, self.within = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.within = tag
        for name, value in attributes:
            target = (value or "").lower()
            if "stolen" in target and (name.startswith("on") or tag in ("script", "iframe", "form", "button")
                                       or target.startswith(("javascript:", "data:text/html"))):
                self.found.append((tag, name))

    def handle_endtag(self, tag):
        self.within = ""

    def handle_data(self, data):
        if "stolen" in data and self.within in ("script", "style"):
            self.found.append((self.within, "content"))


def with_scripts(where):
    """A notebook with a cell for each of SCRIPTS, in Markdown, in raw cells or in an output."""
    if where == "markdown":
        return new_notebook(cells=[new_markdown_cell(f"Before\n\n{text}\n\nafter") for text in SCRIPTS.values()])
    if where.startswith("raw"):
        metadata = {"raw_mimetype": "text/html"} if where == "raw html" else {}
        return new_notebook(cells=[new_raw_cell(text, metadata=metadata) for text in SCRIPTS.values()])
    outputs = [new_output("display_data", data={where: text, "text/plain": "shown instead"}) for text in SCRIPTS.values()]
    return new_notebook(cells=[new_code_cell("1", outputs=[output]) for output in outputs])


@pytest.mark.parametrize("where", ["markdown", "raw", "raw html", "text/html", "text/markdown", "application/javascript", "image/svg+xml"])
def test_no_script_of_a_student_gets_onto_the_page(where):
    assert WhatRuns(page(with_scripts(where))).found == []


@pytest.mark.parametrize("where", ["markdown", "text/html"])
def test_elsewhere_each_of_them_is_left_as_it_is_and_would_run(where):
    found = WhatRuns(page(with_scripts(where), {}, "classic")).found
    assert {"script", "img", "a", "iframe", "svg", "form", "style"} <= {tag for tag, _ in found}


def test_an_id_of_a_student_cannot_stand_for_a_box_of_the_page():
    assert 'id="slope-values"' not in page(new_notebook(cells=[new_markdown_cell('# slope-values\n\n<p id="slope-values">x</p>')]))


@pytest.mark.parametrize("path", sorted((ROOT / "release").glob("*/*.ipynb")), ids=lambda path: path.stem)
def test_every_tag_of_a_chapters_own_text_stays(path):
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    exporter = HTMLExporter()
    for source in cells:
        before = exporter.markdown2html({}, source)
        after = sanitised(before)
        for tag in ("<table", "<th", "<details", "<summary", "<h3", "<code", "<img", "<li", "<pre", "<em", "<strong", "<p"):
            assert after.count(tag) == before.count(tag), source


def test_formulas_are_made_on_the_page_itself_and_need_nothing_from_the_network():
    shown = page(new_notebook(cells=[new_markdown_cell("For $a < b$:\n\n$$\\frac12 \\sum_i x_i$$")]))
    assert shown.count("<math") == 2 and "<mfrac>" in shown and "$" not in shown.partition("For ")[2].partition("</div>")[0]


def test_the_page_loads_nothing_from_the_network_and_other_pages_keep_what_they_load():
    notebook = new_notebook(cells=[new_markdown_cell("For $a < b$")])
    loaded = re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]*)"', page(notebook))
    assert loaded and all(address.startswith("/formgrader/static/") for address in loaded)
    assert "cdnjs" not in page(notebook) and "cdnjs" in page(notebook, {}, "classic")


def test_code_with_empty_lines_and_angle_brackets_in_an_answer_stays_code():
    shown = page(new_notebook(cells=[new_markdown_cell("```\na < b\n\n<script>stolen()</script>\n\n# no heading\n```")]))
    text = html.unescape(re.sub(r"<[^>]+>", "", shown.partition("<pre>")[2].partition("</pre>")[0]))
    assert text.splitlines() == ["a < b", "", "<script>stolen()</script>", "", "# no heading"]


def test_a_raw_cell_is_shown_as_its_text():
    shown = page(new_notebook(cells=[new_raw_cell("a < b\n\n# no heading", metadata={"raw_mimetype": "text/x-else"})]))
    assert "<h1" not in shown and html.unescape(shown.partition("<pre>")[2].partition("</pre>")[0]) == "a < b\n\n# no heading"


ODD = {"transient": "x", "raw_mimetype": ["text/html"]}
HIDES = {"transient": {"remove_source": True}, "tags": ["remove_cell", "remove_input"]}


@pytest.mark.parametrize("metadata", [ODD, HIDES], ids=["of odd kinds", "that hides"])
@pytest.mark.parametrize("make", [new_code_cell, new_markdown_cell, new_raw_cell])
def test_metadata_of_a_student_neither_hides_a_cell_nor_breaks_the_page(make, metadata):
    output = new_output("display_data", data={"text/html": "<p>drawn</p>"}, metadata={"text/html": "x"})
    code = new_code_cell("drawing", outputs=[output], metadata=metadata)
    notebook = new_notebook(cells=[make("answered", metadata=metadata), code])
    shown = page(notebook)
    assert "answered" in shown and "drawing" in shown and "<p>drawn</p>" in shown


def test_pictures_and_tables_of_outputs_stay():
    picture = '<table><tr><th>x</th></tr></table><img src="data:image/png;base64,AAAA" alt="a plot">'
    output = new_output("display_data", data={"text/html": picture, "application/javascript": "stolen()"})
    shown = page(new_notebook(cells=[new_code_cell("1", outputs=[output])]))
    assert "<th>x</th>" in shown and 'src="data:image/png;base64,AAAA"' in shown
