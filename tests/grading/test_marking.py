"""The marking scheme on the formgrader's page: there for who grades by hand, and in nothing that a student gets."""

import copy
import shutil

import nbformat
import pytest
from exchange_course import DERIVED, MODEL, SCHEME, answer, slope_course
from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config
from warm_engine import kept_warm

from course.grading.build import generate
from course.grading.course_root import load_config
from course.grading.feedback.write import write_feedback
from course.grading.grade import grade
from course.grading.preprocessors import ShowMarkingScheme

ON_THE_PAGE = {"submission_id": "1", "assignment_id": "slope", "notebook_id": "slope", "base_url": "", "index": 0, "total": 1}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course with the chapter `slope`, handed in by ada and graded."""
    root = slope_course(tmp_path_factory.mktemp("marking") / "course")
    generate(root, "slope")
    submitted = root / "submitted" / "ada" / "slope"
    shutil.copytree(root / "release" / "slope", submitted)
    answer(submitted / "slope.ipynb", slope_by_hand=DERIVED)
    with kept_warm():
        grade(root, "slope")
    return root


def graded_notebook(course):
    return nbformat.read(course / "autograded" / "ada" / "slope" / "slope.ipynb", as_version=4)


def page(course, resources):
    """What the formgrader's exporter, configured by the course, makes of the graded notebook."""
    config = load_config(course)
    config.merge(Config({"HTMLExporter": {"template_name": "formgrade", "extra_template_basedirs": [handlers.template_path]}}))
    path = course / "autograded" / "ada" / "slope" / "slope.ipynb"
    return HTMLExporter(config=config).from_filename(str(path), resources=resources)[0]


def test_the_page_for_grading_shows_scheme_and_model_answer_above_the_students_own(course):
    shown = page(course, ON_THE_PAGE)
    assert shown.count("Marking scheme") == 1
    assert shown.index(SCHEME) < shown.index(MODEL) < shown.index("Their mean is")
    assert "MARK SCHEME" not in shown and "BEGIN SOLUTION" not in shown


def test_cells_that_are_graded_by_a_test_get_no_scheme(course):
    notebook = graded_notebook(course)
    seen, _ = ShowMarkingScheme(config=load_config(course)).preprocess(copy.deepcopy(notebook), ON_THE_PAGE)
    assert len(seen.cells) == len(notebook.cells) + 1
    assert "inputs @ targets" not in str(seen)


def test_no_file_holds_the_scheme_but_the_source_and_the_graders_own_records(course):
    page(course, ON_THE_PAGE)
    write_feedback(course, "slope")
    files = [path for path in course.rglob("*") if path.is_file() and SCHEME.encode() in path.read_bytes()]
    assert {path.relative_to(course).parts[0] for path in files if ".grading" not in path.parts} == {"source"}
    assert (course / "feedback" / "ada" / "slope" / "slope.html").is_file()


@pytest.mark.parametrize("resources", [
    {}, {"nbgrader": {"student": "ada", "assignment": "slope", "notebook": "slope"}}, ON_THE_PAGE | {"nbgrader": {}},
], ids=["plain export", "feedback", "both"])
def test_any_other_page_is_left_as_it_is(course, resources):
    notebook = graded_notebook(course)
    assert ShowMarkingScheme(config=load_config(course)).preprocess(copy.deepcopy(notebook), resources)[0] == notebook


def test_without_the_source_the_page_is_made_without_a_scheme(course):
    notebook = graded_notebook(course)
    step = ShowMarkingScheme(config=load_config(course, source_directory="gone"))
    assert step.preprocess(copy.deepcopy(notebook), ON_THE_PAGE)[0] == notebook
