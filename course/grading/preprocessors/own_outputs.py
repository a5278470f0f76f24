"""Shows a student the outputs that they handed in, and never those of the grading run."""

from collections import defaultdict, deque

from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Integer, List

from course.grading.feedback.current import coursedir_of, notebook_files
from course.grading.judge.plan import is_judged
from course.grading.reading import read_notebook
from course.grading.submissions import NotGradable


class OwnOutputs(NbGraderPreprocessor):
    """Puts the outputs of the submitted file into the graded notebook's cells.

    The process that runs a submission is called with hidden inputs, and could print them, or draw them, into any later
    output. What the student handed in was made before there was anything to learn.
    """

    display_data_priority = List().tag(config=True)
    most_characters = Integer(1_000_000, help="Outputs of a cell that are longer are left out.").tag(config=True)

    def preprocess(self, nb, resources):
        submitted = self._submitted(resources)
        by_source = defaultdict(deque)
        for cell in submitted:
            if cell.cell_type == "code":
                by_source[cell.source].append(cell)
        for cell in nb.cells:
            if cell.cell_type != "code" or is_judged(cell):
                continue
            same = by_source[cell.source]
            own = same.popleft() if same else None
            cell.execution_count = own.get("execution_count") if own else None
            cell.outputs = self._bounded(own.get("outputs", [])) if own else []
        nb.metadata.pop("widgets", None)
        return nb, resources

    def _submitted(self, resources):
        """Cells of the file as it was handed in; none where it is gone or cannot be read."""
        about = resources["nbgrader"]
        coursedir = coursedir_of(self)
        if coursedir is None:
            return []
        path = notebook_files(coursedir, about["student"], about["assignment"], about["notebook"])[1]
        try:
            return read_notebook(path.name, path.read_bytes()).cells
        except (NotGradable, OSError):
            return []

    def _bounded(self, outputs):
        kept = [output for output in outputs if isinstance(output, dict) and "output_type" in output]
        return kept if len(str(kept)) <= self.most_characters else []
