"""Makes the formgrader's page of a submission harmless: what a student wrote or printed is shown there, and never run.

That page belongs to the server that holds the gradebook, so a script in an answer could give itself points with the rights
of whoever opens it. nbconvert's own sanitising would also take pictures, headings and most of every table away.
"""

import base64

from jinja2 import pass_context
from nbconvert.filters import strip_files_prefix
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import List

from course.grading.feedback.sanitise import sanitised
from course.grading.preprocessors.marking import is_page_for_grading

SHOWN = ("text/plain", "text/latex", "image/png", "image/jpeg")
HTML, SVG = "text/html", "image/svg+xml"


class HarmlessPage(NbGraderPreprocessor):
    """Leaves of each output what cannot run: text, pictures, and HTML without scripts. Only on the page for grading.

    Its Markdown becomes HTML after all steps: `clean_on_page`, a filter of the template, does the same for that.
    """

    # The HTML exporter configures this of every step; a step that does not take it logs a warning.
    display_data_priority = List().tag(config=True)

    def preprocess(self, nb, resources):
        if not is_page_for_grading(resources):
            return nb, resources
        nb.metadata.pop("widgets", None)
        for cell in nb.cells:
            cell.metadata.pop("tags", None)
            for output in cell.get("outputs", []):
                if "data" in output:
                    output.data = harmless(output.data)
        return nb, resources


def harmless(data):
    """The formats of an output that can be shown as they are, or that can be made so: {MIME type: content}."""
    kept = {kind: content for kind, content in data.items() if kind in SHOWN}
    if HTML in data:
        kept[HTML] = sanitised(as_text(data[HTML]))
    elif SVG in data:  # a picture that is loaded, other than one that is written into the page, runs nothing
        encoded = base64.b64encode(as_text(data[SVG]).encode()).decode()
        kept[HTML] = f'<img src="data:{SVG};base64,{encoded}">'
    return kept


def as_text(content):
    """The content of an output, which may be a list of lines."""
    return content if isinstance(content, str) else "".join(content)


@pass_context
def clean_on_page(context, html):
    """In the place of nbconvert's `strip_files_prefix`, which templates put each Markdown cell through: cleans it, too."""
    html = strip_files_prefix(html)
    return sanitised(html) if is_page_for_grading(context["resources"]) else html
