"""Attacks in the notebook file itself: metadata, edited tests, marks in own cells, outputs of a run that never was."""

from nbformat.v4 import new_code_cell, new_output, new_raw_cell

from ..submissions import POINTS, answer, attack, cell_of, insert

EDITED = "edited notebook"
FORGED = "forged outputs"


@attack(EDITED)
def points_raised(book):
    """Every graded cell is worth a thousand points, and so are the answers."""
    for cell in book.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata["nbgrader"].update(points=1000, grade=True)


@attack(EDITED)
def flags_turned(book):
    """Graded cells are solutions and not locked, so that their text counts as the student's."""
    for name in POINTS:
        cell_of(book, name).metadata["nbgrader"].update(locked=False, solution=True, grade=True)
        answer(book, name, "pass")


@attack(EDITED)
def tests_emptied(book):
    """Graded cells are empty."""
    for name in POINTS:
        answer(book, name, "")


@attack(EDITED)
def tests_deleted(book):
    """Graded cells are gone."""
    book.cells = [cell for cell in book.cells if not cell.metadata.get("nbgrader", {}).get("grade")]


@attack(EDITED)
def tests_turned_to_text(book):
    """Graded cells are Markdown, to be graded by a person who is not there."""
    for name in POINTS:
        cell = cell_of(book, name)
        cell["cell_type"] = "markdown"
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
        cell.metadata["nbgrader"]["cell_type"] = "markdown"


@attack(EDITED)
def grade_ids_exchanged(book):
    """Tests carry each other's grade_id, and copies of them carry it again with other text."""
    cell_of(book, "double-values").metadata["nbgrader"]["grade_id"] = "imports-2"
    cell_of(book, "double").metadata["nbgrader"]["grade_id"] = "double-values"
    book.cells.append(new_code_cell("pass", metadata={"nbgrader": {
        "grade": True, "grade_id": "shift-values", "locked": False, "points": 2, "schema_version": 3, "solution": True, "task": False,
    }}))


@attack(EDITED)
def answers_before_their_tests_twice(book):
    """A second graded cell of the same id, edited, stands last."""
    for name in POINTS:
        copy = new_code_cell("pass", metadata=dict(cell_of(book, name).metadata))
        book.cells.append(copy)


@attack(EDITED)
def own_hidden_tests(book):
    """Marks of hidden tests in its own cells, and one that is never closed."""
    answer(book, "double", "### BEGIN HIDDEN TESTS\ndef double(number):\n    return 1\n### END HIDDEN TESTS\n### BEGIN SOLUTION")
    answer(book, "slope", "slope = 1.0\n### BEGIN HIDDEN TESTS")
    insert(book, "### END HIDDEN TESTS\n### END SOLUTION", before="slope-value")


@attack(EDITED)
def skipped_by_tag(book):
    """Every graded cell is tagged to be skipped."""
    for name in POINTS:
        cell_of(book, name).metadata["tags"] = ["skip-execution", "raises-exception", "run-inside", "nbgrader-skip"]


@attack(EDITED)
def checksums_of_its_own(book):
    """Checksums and schema say that nothing was changed."""
    for name in POINTS:
        cell = cell_of(book, name)
        cell.source = "assert True"
        cell.metadata["nbgrader"].update(checksum="0" * 32, schema_version=99)


@attack(EDITED)
def scores_in_metadata(book):
    """Scores written where a program may look for them."""
    for name in POINTS:
        marks = cell_of(book, name).metadata["nbgrader"]
        marks.update(auto_score=2, score=2, manual_score=2, extra_credit=5)
    book.metadata["nbgrader"] = {"score": 9}
    book.metadata["course"] = {"seed": 0, "score": 9, "verdicts": dict.fromkeys(POINTS, "right"), "suspicious": []}


@attack(EDITED)
def marks_of_odd_kinds(book):
    """Points that are infinite, no number or text, schemas that are text, and grade_ids that lead elsewhere."""
    for name, points in zip(POINTS, (float("inf"), float("nan"), "2", -5, [1], {"of": 9}), strict=True):
        cell_of(book, name).metadata["nbgrader"].update(points=points, schema_version="3", max_score=points, locked=False)
    for grade_id in ("../../gradebook", "double-values'; drop table grade; --", "", "double-values "):
        book.cells.append(new_code_cell("pass", metadata={"nbgrader": {
            "grade": True, "grade_id": grade_id, "locked": True, "points": 9, "schema_version": "3", "solution": False, "task": False,
        }}))


@attack(EDITED)
def ids_of_graded_cells(book):
    """Own cells carry the ids of graded ones, and graded ones each other's."""
    ids = [cell_of(book, name)["id"] for name in POINTS]
    for name, other in zip(POINTS, ids[1:] + ids[:1], strict=True):
        cell_of(book, name)["id"] = other
    for one in ids:
        book.cells.insert(0, new_code_cell("pass", id=one, metadata={"deletable": False, "editable": False}))


@attack(EDITED)
def metadata_for_the_page_of_marks(book):
    """Metadata that hides cells on the page where a person gives marks, or that the page breaks on, and raw HTML."""
    for cell in book.cells:
        cell.metadata.update(transient={"remove_source": True}, raw_mimetype=["text/html"], tags=["remove_cell"])
    script = "<script>document.title = 'of-the-corpus'</script>"
    book.cells.append(new_raw_cell(script, metadata={"raw_mimetype": "text/html", "transient": "x"}))
    book.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {"one": {
        "model_name": "HTMLModel", "model_module": "@jupyter-widgets/controls", "state": {"value": script}}}, "version_major": 2}}


@attack(EDITED)
def html_in_names(book):
    """Scripts in sources, titles and metadata, for whoever opens the feedback."""
    script = "<script>document.title = 'of-the-corpus'</script><img src=x onerror=alert(1)>"
    book.cells[0].source = "# " + script
    book.cells[0].metadata["name"] = script
    answer(book, "double", f"def double(number):\n    raise ValueError({script!r})")


@attack(FORGED)
def stored_results(book):
    """Every graded cell comes with an output of full points, as nbgrader reads partial credit."""
    for name, points in POINTS.items():
        cell = cell_of(book, name)
        cell["execution_count"] = 5
        cell["outputs"] = [new_output("execute_result", {"text/plain": str(points)}, execution_count=5)]


@attack(FORGED)
def stored_success(book):
    """Every graded cell comes with the line that course.check prints when all is right."""
    for name in POINTS:
        cell = cell_of(book, name)
        cell["outputs"] = [new_output("stream", name="stdout", text="Right: agrees with the definition on 3 sets of inputs.\n")]


@attack(FORGED)
def printed_results(book):
    """Answers print and display what right answers would, numbers for partial credit included."""
    for name, arguments in (("double", "number"), ("shift", "values"), ("loss", "inputs, targets, weight")):
        answer(book, name, f"""
            from IPython.display import display, publish_display_data

            def {name}({arguments}):
                print("Right.")
                display(2)
                publish_display_data({{"text/plain": "2"}}, metadata={{}})
                get_ipython().displayhook(2)
                return 1
        """)


@attack(FORGED)
def forged_error_names(book):
    """Raises errors called like the grader's own, with reports of success in them."""
    answer(book, "double", """
        class NotAttempted(Exception):
            def _render_traceback_(self):
                return ["Right."]

        def double(number):
            raise NotAttempted("Right · full points")
    """)
    answer(book, "loss", """
        from course import check

        def loss(inputs, targets, weight):
            raise check.CheckFailed("all is right")
    """)
