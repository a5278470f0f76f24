"""Makes the folders that the tests open JupyterLab on: a learner's and an instructor's, configured as the course is."""

import shutil
from pathlib import Path

import nbformat
from warm_engine import kept_warm

from course.grading.answers import with_answers
from course.grading.build import build, generate
from course.grading.course_root import CONFIG_NAME, find_root
from course.grading.grade import grade

REPOSITORY = find_root(Path(__file__).parent)
CHAPTER = "linear_model"  # the chapter that learners' tests open
ONE_LOSS = "one_loss"  # the assignment that the formgrader shows
RIGHT_LOSS = "def loss(predictions, targets):\n    return ((predictions - targets) ** 2).mean()"
SUMMED_LOSS = "def loss(predictions, targets):\n    return ((predictions - targets) ** 2).sum()"
CLASS = {"ada": RIGHT_LOSS, "ben": SUMMED_LOSS}  # ada has all 3 points to get, ben 1

CONFIG = f'''"""A course folder of the tests, configured as the real one is."""

c = get_config()
load_subconfig({CONFIG_NAME!r}, path={str(REPOSITORY)!r})
'''


def learners_folder(root):
    """A clone as a learner has it: the release, and nothing in work/ yet."""
    root.mkdir(parents=True)
    (root / CONFIG_NAME).write_text(CONFIG)
    shutil.copytree(REPOSITORY / "release", root / "release", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return root


def own_copy(root, name):
    """A further copy of work/<chapter>/, as work/`name`/, for one test. Returns its path as JupyterLab knows it."""
    shutil.copytree(root / "work" / CHAPTER, root / "work" / name)
    return f"{name}/{CHAPTER}.ipynb"


def released_cell(grade_id):
    """The text of one cell of the released chapter."""
    notebook = nbformat.read(REPOSITORY / "release" / CHAPTER / f"{CHAPTER}.ipynb", as_version=4)
    return next(cell.source for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def instructors_folder(root):
    """A course of two assignments: the chapter's text, and one loss, released and handed in by CLASS; ada is graded."""
    text = root / "source" / ONE_LOSS / f"{ONE_LOSS}.py"
    text.parent.mkdir(parents=True)
    (root / CONFIG_NAME).write_text(CONFIG)
    shutil.copy(Path(__file__).with_name(text.name), text)
    build(root, [ONE_LOSS])
    generate(root, ONE_LOSS)
    released = nbformat.read(root / "release" / ONE_LOSS / f"{ONE_LOSS}.ipynb", as_version=4)
    for student, answer in CLASS.items():
        path = root / "submitted" / student / ONE_LOSS / f"{ONE_LOSS}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(with_answers(released, {"loss": answer}), path)
    with kept_warm():
        grade(root, ONE_LOSS, students=["ada"])
    chapter = Path("source", CHAPTER, f"{CHAPTER}.py")
    (root / chapter).parent.mkdir()
    shutil.copy(REPOSITORY / chapter, root / chapter)
    return root
