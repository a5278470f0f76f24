"""`course start`: makes the copies and says what to open."""

from course.grading.course_root import CourseError, assignments
from course.study.copies import copy_chapters, last_worked_on, own_copy, released_files, start_afresh
from course.study.suggesting import number_of


def start(root, chapter=None, reset=None, say=print):
    """Copies what is missing of a chapter, or of all; `reset` names one to be put back as released. Returns what to open.

    Overwrites nothing: a notebook that is put back is kept beside the fresh one. Raises CourseError for an unknown chapter.
    """
    if reset and chapter not in (None, reset):
        raise CourseError(f"start {chapter}, or reset {reset}: one at a time")
    chapter = chapter or reset
    kept = start_afresh(root, reset) if reset else None
    for path in copy_chapters(root, chapter):
        say(f"copied  {path.relative_to(root)}")
    if kept:
        say(f"fresh   {own_copy(root, reset).relative_to(root)}\nkept    {kept.relative_to(root)}")
    chapter = chapter or first_to_open(root)
    say(f"\nOpen {own_copy(root, chapter).relative_to(root)}: `course start {chapter} --lab`, or in any editor for notebooks.")
    if chapter in assignments(root):
        say(f"When you have saved an answer, `course check {chapter}` runs all tests there are, hidden ones included.")
    return chapter


def first_to_open(root):
    """The chapter that was worked on last, else the first of the course."""
    names = sorted({path.stem for path in released_files(root) if path.suffix == ".ipynb" and path.stem == path.parent.name})
    if not names:
        raise CourseError("release/ holds no notebook: run `course build`")
    return last_worked_on(root) or min(names, key=lambda name: number_of(root, name))
