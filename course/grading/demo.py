"""The demo: a made-up class graded in demo/, a course folder of its own, so that nothing real is touched."""

import hashlib
import json
import shutil
from pathlib import Path

import nbformat

from course.grading.answers import read_chapter_answers, with_answers
from course.grading.build import write_whole
from course.grading.course_root import CONFIG_NAME, CourseError, require_assignment
from course.grading.demo_class import DUE, EXTENDED, NAMES, made_up_class
from course.grading.demo_desk import (
    answers_in_words,
    chapter_in_words,
    class_in_words,
    enter_names,
    mark_some,
    set_dates,
)
from course.grading.feedback.write import write_feedback
from course.grading.grade import grade
from course.grading.report.writing import write_report
from course.grading.sandbox import bubblewrap
from course.grading.stock import generate_assignment

CONFIG = '''"""The demo's own course folder, configured as the real one is, but that lateness costs something."""

from pathlib import Path

c = get_config()
load_subconfig("nbgrader_config.py", path=str(Path(__file__).resolve().parent.parent))
c.LateDays.percent_a_day = 10
'''
TIMEOUT = 15
MADE_FROM = ".made_from.json"


def run_demo(root, assignment, *, fresh=False, jobs=1, grading=None, progress=iter, say=print):
    """Generates `assignment` in demo/, hands in for a made-up class, grades it, writes feedback, tells what to open.

    Where nothing in `assignment` is marked by hand, four students hand in a chapter that has such answers, too.
    fresh: start over instead of going on with what demo/ holds. jobs: submissions graded at a time.
    grading: called as the `progress` of `grade.grade`. progress: wraps the students whose feedback is being written.
    """
    root = Path(root)
    require_assignment(root, assignment)
    answers = exercises_in_order(root, assignment)
    other = chapter_in_words(root, assignment)
    names = list(filter(None, (assignment, other)))
    demo = root / "demo"
    if fresh or has_changed(root, demo, names):
        shutil.rmtree(demo, ignore_errors=True)
    say(f"1/4  generate {' and '.join(names)} with nbgrader, in {demo}")
    set_up(root, demo, names)
    students = hand_in(demo, assignment, made_up_class(answers))
    set_dates(demo, assignment, f"{DUE:%Y-%m-%dT%H:%M:%S%z}", [EXTENDED], students)
    graded = {assignment: students}
    if other:
        words = answers_in_words(demo, other)
        graded[other] = hand_in(demo, other, class_in_words(exercises_in_order(root, other), words, NAMES[:4]))
    enter_names(demo, [student for handed_in in graded.values() for student in handed_in])
    grade_all(demo, graded, jobs=jobs, grading=grading, say=say)
    if other:
        mark_some(demo, other, words, NAMES[0], NAMES[2])
    say("3/4  write feedback")
    written = [write_feedback(demo, name, progress=progress, jobs=jobs) for name in graded]
    say("4/4  the report\n")
    reports = [write_report(demo, name) for name in graded]
    say(reports[0][0])
    say(what_to_open(demo, [path for _, paths in reports for path in paths], [page for one in written for page in one.pages],
                     {student: why for one in written for student, why in one.failed.items()}))
    say(what_to_try(assignment, other))


def grade_all(demo, graded, *, jobs, grading, say):
    """Grades what was handed in. graded: {assignment: students}."""
    counts = " and ".join(f"{len(students)} submissions of {name}" for name, students in graded.items())
    say(f"2/4  grade {counts} (a cell may run {TIMEOUT} s)")
    trouble = bubblewrap.availability()
    if trouble:  # what is handed in here is the course's own
        say(f"     without a sandbox, which real submissions need: {trouble}")
    bars = [grading, *[None] * (len(graded) - 1)]  # the bar counts one assignment, and the other is a handful
    results = [one for name, bar in zip(graded, bars, strict=True)
               for one in grade(demo, name, timeout=TIMEOUT, jobs=jobs, sandbox=not trouble, progress=bar)]
    unchanged = sum(not result.is_new for result in results)
    if unchanged:
        say(f"     {unchanged} were graded before and have not changed (--fresh starts over)")


def exercises_in_order(root, assignment):
    """{exercise: its answers} in the chapter's order, of the exercises that have answers. Raises CourseError if none."""
    folder = root / "tests" / "answers" / assignment
    answers = read_chapter_answers(folder)
    if not answers:
        raise CourseError(f"no demo for {assignment}: there are no answers in {folder.relative_to(root)}")
    source = nbformat.read(root / "source" / assignment / f"{assignment}.ipynb", as_version=4)
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in source.cells]
    return {exercise: answers[exercise] for exercise in ids if exercise in answers}


def has_changed(root, demo, names):
    """Whether demo/ holds an older version of an assignment: nbgrader lets nobody add cells to one that was submitted.

    Raises CourseError where somebody has changed the older version in demo/, which starting over would throw away.
    """
    made_from = made_from_in(demo)
    old = [name for name in names if (demo / "source" / name).is_dir() and made_from.get(name) != digests(root, name)]
    edited = [name for name in old if name in made_from and made_from[name] != digests(demo, name)]
    if edited:
        raise CourseError(f"source/{edited[0]} has changed since the demo was made, and demo/source/{edited[0]} was changed, too: "
                          "give --fresh to throw the demo away and make a new one")
    return bool(old)


def made_from_in(demo):
    """{assignment: digests of the files that the demo was made from}."""
    try:
        return json.loads((demo / MADE_FROM).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def digests(root, name):
    """{path below source/<name>: digest of its content}, of the files that belong to the assignment."""
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in source_files(root, name)}


def source_files(root, name):
    found = (root / "source" / name).rglob("*")
    return sorted(path for path in found if path.is_file() and not any(part.startswith((".", "__")) for part in path.parts[-2:]))


def set_up(root, demo, names):
    """Makes demo/ a course folder with the assignments' texts and notebooks in it, and generates the assignments there.

    What somebody has changed in demo/source/ since stays.
    """
    demo.mkdir(exist_ok=True)
    write_whole(demo / CONFIG_NAME, CONFIG.encode())
    made_from = made_from_in(demo)
    for name in names:
        if name not in made_from:
            for path in source_files(root, name):
                write_whole(demo / path.relative_to(root), path.read_bytes())
            made_from[name] = digests(root, name)
        generate_assignment(demo, name, try_tests=name == names[0])
    write_whole(demo / MADE_FROM, json.dumps(made_from, indent=1).encode())


def hand_in(demo, assignment, submissions):
    """Writes each submission to demo/submitted/ unless it is there as it should be. Returns the students' names."""
    released = nbformat.read(demo / "release" / assignment / f"{assignment}.ipynb", as_version=4)
    for one in submissions:
        folder = demo / "submitted" / one.student / assignment
        content = one.content
        if content is None:
            content = (nbformat.writes(with_answers(released, one.sources)) + "\n").encode()
        files = {f"{assignment}.ipynb": content}
        if one.when:
            files["timestamp.txt"] = f"{one.when:%Y-%m-%d %H:%M:%S} UTC".encode()
        for name, text in files.items():
            if not (folder / name).is_file() or (folder / name).read_bytes() != text:
                write_whole(folder / name, text)
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


def what_to_try(assignment, other):
    """The lines that end the demo: what lies on the desk, and the commands for it, to be given in demo/."""
    lines = ["", "try, in the folder demo", f"  course late {assignment} --all      who was late, what it cost, who has an extension",
             f"  course grade {assignment}           what was flagged, and what could not be graded"]
    if other:
        lines += [f"  formgrader, Manual Grading, {other}: answers in words, two marked and two that wait"]
    lines += [f"  source/{assignment}/{assignment}.py: change the text, then course generate {assignment}"]
    return "\n".join(lines)
