"""A class whose cells loop without end, end Python or are killed, graded once by the real engine with two seconds a cell."""

import nbformat
import tiny_class
from nbformat.v4 import new_code_cell

from course.grading.answers import with_answers
from course.grading.grade import grade

LOOP = "while True:\n    pass"
SECONDS = 2
ANSWERS = {
    "endless": {"double": LOOP},
    "ended": {"double": "import os\nos._exit(0)"},
    "killed": {"double": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"},
    "right_then_loops": {"double": f"{tiny_class.DOUBLE}\n\n{LOOP}"},
    "wrong_then_loops": {"double": f"def double(number):\n    return 3 * number\n\n{LOOP}"},
    "test_loops": {"double": f"def double(number):\n    {LOOP.replace(chr(10), chr(10) + '    ')}"},
}
# A cell of the student's own before the answer `double`, which is right but for one that needs what that cell should have made.
OWN_CELLS = {
    "own_loops": (LOOP, tiny_class.DOUBLE),
    "own_ends": ("import os\nos._exit(0)", tiny_class.DOUBLE),
    "own_helper": (f"{LOOP}\nhelper = 2", "def double(number):\n    return helper * number"),
    "own_and_stub": (LOOP, None),
}
FORGED = {"stopped": "time", "seconds": 31337, "lost": False}


def graded_class(root):
    """{student: its Result} of the class, after it handed in at `root`, where the tiny course is generated."""
    for student, sources in ANSWERS.items():
        tiny_class.submit(root, student, tiny_class.RIGHT | sources)
    for student, (own, answer) in OWN_CELLS.items():
        tiny_class.submit(root, student, with_own_cell(root, own, answer))
    forged = with_answers(tiny_class.released(root), tiny_class.RIGHT)
    for cell in forged.cells:
        cell.metadata["course"] = dict(FORGED)
    tiny_class.submit(root, "forger", forged)
    return {one.student: one for one in grade(root, "tiny", timeout=SECONDS, jobs=2)}


def with_own_cell(root, own, answer):
    """The released notebook with right answers, but for `double`, and a cell above that."""
    answers = {"area": tiny_class.AREA} | ({"double": answer} if answer else {})
    notebook = with_answers(tiny_class.released(root), answers)
    place = next(place for place, cell in enumerate(notebook.cells) if tiny_class.marks(cell).get("grade_id") == "double")
    notebook.cells.insert(place, new_code_cell(own))
    return notebook


def autograded(root, student):
    """The student's autograded notebook."""
    return nbformat.read(root / "autograded" / student / "tiny" / "tiny.ipynb", as_version=4)
