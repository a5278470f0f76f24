"""What generating an assignment would enter into the gradebook now, found out without touching it."""

import shutil
import tempfile
from pathlib import Path

from nbgrader.api import Gradebook

from course.grading.build import generate, throwaway_gradebook
from course.grading.chapter_text import master_notebook, notebook_bytes
from course.grading.course_root import CourseError, chapters, course_directory, load_config
from course.grading.engine.snapshot import snapshot
from course.grading.stock import generate_assignment


def as_generated_now(root, name, allowance):
    """The Assignment as `course generate` would make it from source/ as it is. Raises CourseError when it cannot be made."""
    root = Path(root)
    with tempfile.TemporaryDirectory(prefix="course-regrade-") as folder:
        away = Path(folder).resolve()
        source = away / "source" / name
        shutil.copytree(root / "source" / name, source, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
        if name in chapters(root):
            text = (source / f"{name}.py").read_text(encoding="utf-8")
            (source / f"{name}.ipynb").write_bytes(notebook_bytes(master_notebook(text, name)))
        settings = {"db_url": throwaway_gradebook(away), "source_directory": str(away / "source"),
                    "release_directory": str(away / "release")}
        generate_assignment(root, name, try_tests=False, **settings)
        directory = course_directory(root, **settings)
        with Gradebook(directory.db_url, directory.course_id or None) as book:
            return snapshot(book, directory, load_config(root), name, allowance)


def bring_up_to_date(root, about):
    """Generates the assignment if source/ has changed since. about: the Assignment as the gradebook has it.

    Returns the lines to say, none where nothing had changed. Raises CourseError where nbgrader refuses.
    """
    if as_generated_now(root, about.name, about.allowance).digest == about.digest:
        return []
    try:
        warnings = generate(root, about.name)
    except CourseError as error:
        if "submissions associated" in str(error):
            raise CourseError(
                f"{about.name} cannot be generated: nbgrader adds or removes no cell once there are submissions. Keep the "
                "graded cells' ids; a cell that must not count any more gets 0 points") from error
        raise
    return [f"generated  {about.name}: source/ had changed since it was entered into the gradebook",
            *(f"warning  {line}" for line in warnings)]
