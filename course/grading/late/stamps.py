"""Which timestamp.txt of an assignment are read otherwise than they were meant, and what is said of them."""

from pathlib import Path

from course.grading.late.dates import misread
from course.grading.submissions import TIMESTAMP

MOST = 10
EXPECTED = "write it in UTC, as 2026-12-01 22:59:59 UTC, and grade again"


def unreadable(root, assignment, students=()):
    """(student, what is wrong and what is expected) for each of them. students: only theirs, and all if none are named."""
    for path in sorted(Path(root).glob(f"submitted/*/{assignment}/{TIMESTAMP}")):
        student = path.parent.parent.name
        if not path.is_file() or students and student not in students:
            continue
        said = misread(path.read_text(encoding="utf-8", errors="replace"))
        if said:
            yield student, f"{said}; {EXPECTED}"


def told(root, assignment, students=()):
    """Lines about these: the first few, and how many more there are."""
    lines = [f"{TIMESTAMP}  {student}: {said}" for student, said in unreadable(root, assignment, students)]
    more = [f"and {len(lines) - MOST} more, which `course late {assignment}` lists"] if len(lines) > MOST else []
    return [*lines[:MOST], *more]
