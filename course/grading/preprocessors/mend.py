"""Reads submissions for nbgrader's own commands and the formgrader as `course grade` does."""

from nbconvert.exporters import NotebookExporter

from course.grading.preprocessors.saying import said_first
from course.grading.reading import read_notebook


class MendingExporter(NotebookExporter):
    """What Autograde reads and writes notebooks with: a broken file is mended before the first step sees it.

    No preprocessor could do that, for nbformat refuses such files before there is a notebook. One that cannot be mended
    raises NotGradable, which nbgrader logs before it goes on with the next student.
    """

    def from_file(self, file_stream, resources=None, **kw):
        # nbconvert opens files as UTF-8; what is no UTF-8 is for our own reader to say.
        content = getattr(file_stream, "buffer", file_stream).read()
        if isinstance(content, str):
            content = content.encode("utf-8", "surrogatepass")
        name = f"{(resources or {}).get('unique_key', 'the notebook')}.ipynb"
        with said_first(self.log):
            notebook = read_notebook(name, content)
        return self.from_notebook_node(notebook, resources=resources, **kw)
