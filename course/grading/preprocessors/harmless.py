"""Makes the formgrader's page of a submission harmless and readable: what a student wrote is shown there, and never run.

That page belongs to the server that holds the gradebook, so a script in an answer could give itself points with the rights
of whoever opens it. nbconvert's own sanitising would also take pictures, headings and most of every table away. Formulas are
made here, as on feedback pages, and not by a script from the network.
"""

import html
from pathlib import Path

from nbformat import from_dict
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import List

from course.grading.preprocessors.marking import is_page_for_grading

HTML = "text/html"
OURS = ("nbgrader", "course")  # the metadata of a cell that grading wrote
TEMPLATES = Path(__file__).parents[1] / "feedback" / "templates"
# What the formgrader's own style sheet leaves cramped, or takes away: the space in tables, the triangle before what is folded.
STYLE = ("<style>.rendered_html th, .rendered_html td { padding: 3px 16px 3px 0; text-align: left; } "
         ".rendered_html table { margin-bottom: 10px; } .rendered_html summary { display: list-item; cursor: pointer; } "
         ".rendered_html math { font-size: 115%; } .text_cell { margin-bottom: 12px; }</style>")


class HarmlessPage(NbGraderPreprocessor):
    """Leaves of text cells and outputs what cannot run: text, formulas, pictures, tables. Only on the page for grading."""

    # The HTML exporter configures this of every step; a step that does not take it logs a warning.
    display_data_priority = List().tag(config=True)

    def __init__(self, **given):
        super().__init__(**given)
        without_network(self.parent)

    def preprocess(self, nb, resources):
        if not is_page_for_grading(resources):
            return nb, resources
        # Imported here: graders import this package, and have no page to make.
        from course.grading.feedback.markdown import markdown
        from course.grading.feedback.outputs import data_html

        nb.metadata.pop("widgets", None)
        style = STYLE
        for cell in nb.cells:
            # What else stands there is the student's: it can hide a cell, or be of a kind that the template breaks on.
            cell.metadata = from_dict({name: cell.metadata[name] for name in OURS if name in cell.metadata})
            if cell.cell_type == "raw":
                cell.cell_type, cell.source = "markdown", one_block(f"<pre>{html.escape(cell.source)}</pre>")
            elif cell.cell_type == "markdown":
                cell.source = style + one_block(markdown(cell.source, cell.pop("attachments", None)))
                style = ""
            for output in cell.get("outputs", []):
                if "metadata" in output:
                    output.metadata = from_dict({})
                if "data" in output:
                    output.data = {HTML: data_html(output.data)}
        return nb, resources


def without_network(exporter):
    """Has the formgrader's exporter take MathJax, which nbgrader's template loads from the network, from TEMPLATES.

    The formgrader itself sets what nbgrader_config.py could say of it. exporter: what a step is part of, or None.
    """
    if getattr(exporter, "template_name", "") == "formgrade" and str(TEMPLATES) not in exporter.template_paths:
        exporter.template_paths = [str(TEMPLATES), *exporter.template_paths]


def one_block(text):
    """HTML as a piece of Markdown that Markdown leaves alone: in one line, for at an empty one it would begin anew."""
    return "<div>" + text.replace("\r", "").replace("\n", "&#10;") + "</div>"
