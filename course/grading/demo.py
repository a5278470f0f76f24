"""The demo: a made-up class graded in demo/, a course folder of its own, so that nothing real is touched."""

import shutil
from pathlib import Path

import nbformat

from course.grading.answers import read_chapter_answers, with_answers
from course.grading.build import write_whole
from course.grading.course_root import CONFIG_NAME, CourseError, require_assignment
from course.grading.demo_class import made_up_class
from course.grading.feedback.write import write_feedback
from course.grading.grade import grade
from course.grading.report.writing import write_report
from course.grading.sandbox import bubblewrap
from course.grading.stock import generate_assignment

CONFIG = '''"""The demo's own course folder, configured as the real one is."""

from pathlib import Path

c = get_config()
load_subconfig("nbgrader_config.py", path=str(Path(__file__).resolve().parent.parent))
'''
TIMEOUT = 15


def run_demo(root, assignment, *, fresh=False, jobs=1, grading=None, progress=iter, say=print):
    """Generates `assignment` in demo/, hands in for a made-up class, grades it, writes feedback, tells what to open.

    fresh: start over instead of going on with what demo/ holds. jobs: submissions graded at a time.
    grading: called as the `progress` of `grade.grade`. progress: wraps the students whose feedback is being written.
    """
    root = Path(root)
    require_assignment(root, assignment)
    answers = exercises_in_order(root, assignment)
    demo = root / "demo"
    if fresh or has_changed(root, demo, assignment):
        shutil.rmtree(demo, ignore_errors=True)
    say(f"1/4  generate {assignment} with nbgrader, in {demo}")
    set_up(root, demo, assignment)
    students = hand_in(demo, assignment, made_up_class(answers))
    say(f"2/4  grade {len(students)} submissions (a cell may run {TIMEOUT} s)")
    trouble = bubblewrap.availability()
    if trouble:  # what is handed in here is the course's own
        say(f"     without a sandbox, which real submissions need: {trouble}")
    results = grade(demo, assignment, timeout=TIMEOUT, jobs=jobs, sandbox=not trouble, progress=grading)
    unchanged = sum(not result.is_new for result in results)
    if unchanged:
        say(f"     {unchanged} were graded before and have not changed (--fresh starts over)")
    say("3/4  write feedback")
    written = write_feedback(demo, assignment, progress=progress, jobs=jobs)
    say("4/4  the report\n")
    table, reports = write_report(demo, assignment)
    say(table)
    say(what_to_open(demo, reports, written.pages, written.failed))


def exercises_in_order(root, assignment):
    """{exercise: its answers} in the chapter's order, of the exercises that have answers. Raises CourseError if none."""
    folder = root / "tests" / "answers" / assignment
    answers = read_chapter_answers(folder)
    if not answers:
        raise CourseError(f"no demo for {assignment}: there are no answers in {folder.relative_to(root)}")
    source = nbformat.read(root / "source" / assignment / f"{assignment}.ipynb", as_version=4)
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in source.cells]
    return {exercise: answers[exercise] for exercise in ids if exercise in answers}


def has_changed(root, demo, assignment):
    """Whether demo/ holds an older version of the assignment: nbgrader lets nobody add cells to one that was submitted."""
    name = Path("source") / assignment / f"{assignment}.ipynb"
    return (demo / name).is_file() and (demo / name).read_bytes() != (root / name).read_bytes()


def set_up(root, demo, assignment):
    """Makes demo/ a course folder with the assignment's source in it, and generates the assignment there."""
    demo.mkdir(exist_ok=True)
    write_whole(demo / CONFIG_NAME, CONFIG.encode())
    source = root / "source" / assignment
    for path in sorted(path for path in source.rglob("*") if path.is_file() and path.suffix != ".py"):
        write_whole(demo / path.relative_to(root), path.read_bytes())
    generate_assignment(demo, assignment)


def hand_in(demo, assignment, submissions):
    """Writes each submission to demo/submitted/ unless it is there as it should be. Returns the students' names."""
    released = nbformat.read(demo / "release" / assignment / f"{assignment}.ipynb", as_version=4)
    for one in submissions:
        path = demo / "submitted" / one.student / assignment / f"{assignment}.ipynb"
        content = one.content
        if content is None:
            content = (nbformat.writes(with_answers(released, one.sources)) + "\n").encode()
        if not path.is_file() or path.read_bytes() != content:
            write_whole(path, content)
    return [one.student for one in submissions]


def what_to_open(demo, reports, pages, failed):
    """The lines that end the demo: where to look."""
    lines = ["", "open"] + [f"  report       {path}" for path in reports]
    lines += [f"  feedback     {pages[0]}"] if pages else []
    lines += [f"               … and {len(pages) - 1} more under {demo / 'feedback'}"] if len(pages) > 1 else []
    lines += [f"  no feedback  {student}: {reason}" for student, reason in failed.items()]
    lines += [
        f"  autograded   {demo / 'autograded'}",
        f"  formgrader   cd {demo} && jupyter lab   (then the menu Nbgrader, Formgrader)",
    ]
    return "\n".join(lines)
