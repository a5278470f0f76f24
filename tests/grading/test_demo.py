"""The demo: a class of every kind, graded in a folder of its own."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from warm_engine import kept_warm

from course.cli import main
from course.grading import demo_class, demo_desk, gradebook
from course.grading.answers import Answer
from course.grading.build import build
from course.grading.course_root import CourseError
from course.grading.demo import has_changed, run_demo, set_up
from course.grading.demo_class import FAMILY_NAMES, NAMES, forged, made_up_class
from course.grading.demo_desk import answers_in_words
from course.grading.new_chapter import new_chapter
from course.grading.records import Records

ROOT = Path(__file__).parent.parent.parent

FILES = {
    "double": "# Answers to double of tiny\n# %% right: sum\ndef double(number):\n    return number + number\n"
              '\n# %% wrong: triple -> unnamed cell="double-values"\ndef double(number):\n    return 3 * number\n',
    "area": "# Answers to area of tiny\n# %% right: product\ndef area(radius):\n    return math.pi * radius * radius\n",
}


def answers(exercises=4):
    """{exercise: three right and two wrong answers}."""
    def one(exercise, kind, number):
        return Answer("tiny", exercise, kind, str(number), None, None, f"{exercise} {kind} {number}", 1)

    names = [f"exercise-{number}" for number in range(exercises)]
    return {name: [one(name, "right", n) for n in range(3)] + [one(name, "wrong", n) for n in range(2)] for name in names}


def test_the_made_up_class_has_every_kind_and_is_the_same_every_time():
    handed_in = made_up_class(answers())
    assert handed_in == made_up_class(answers())
    assert len({one.student for one in handed_in}) == len(handed_in) >= 20
    kinds = Counter()
    for one in handed_in:
        sources = list(one.sources.values())
        kinds["untouched"] += not sources and one.content is None
        kinds["not a notebook"] += one.content is not None
        kinds["partly"] += 0 < len(sources) < 4
        kinds["all right"] += len(sources) == 4 and all(" right " in source for source in sources)
        kinds["wrong"] += any(" wrong " in source and demo_class.FORGES not in source for source in sources)
        kinds["forging"] += any(demo_class.FORGES in source for source in sources)
        kinds["late"] += one.when > demo_class.DUE
        kinds["broken"] += any(source in (demo_class.RAISES, demo_class.LOOPS, demo_class.DIES) for source in sources)
    assert kinds == {"untouched": 2, "not a notebook": 1, "partly": 3, "all right": 6, "wrong": 8, "broken": 3, "forging": 1, "late": 2}
    right = {one.student for one in handed_in if len(one.sources) == 4 and all(" right " in text for text in one.sources.values())}
    assert {demo_class.LATE, demo_class.EXTENDED} <= right
    used = {source.removesuffix(f"\n\n{demo_class.FORGES}") for one in handed_in for source in one.sources.values()}
    assert {choice.source for choices in answers().values() for choice in choices} <= used


@pytest.mark.usefixtures("warm_engine")
def test_the_demo_grades_in_its_own_folder_and_touches_nothing_else(course, monkeypatch):
    for exercise, text in FILES.items():
        path = course / "tests" / "answers" / "tiny" / f"{exercise}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    there = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    few = ("amara", "greta", "jonas", "leila", "yusuf")  # right, partly, untouched, wrong, not a notebook
    monkeypatch.setattr(
        "course.grading.demo.made_up_class", lambda all_of_them: [s for s in made_up_class(all_of_them) if s.student in few]
    )
    said = []
    run_demo(course, "tiny", say=said.append)
    text = "\n".join(said)
    lines = {line.split()[0]: line for line in text.splitlines() if line.split()[:1] and line.split()[0] in few}
    assert set(lines) == set(few)
    assert "6 / 6" in lines["amara"] and "not attempted" in lines["jonas"] and "PDF" in lines["yusuf"]
    assert "4 / 6" in lines["leila"] and "3 / 6" in lines["greta"]
    feedback = course / "demo" / "feedback" / "amara" / "tiny" / "tiny.html"
    assert feedback.is_file() and str(feedback) in text
    page = course / "demo" / "reports" / "tiny.html"
    assert "amara" in page.read_text(encoding="utf-8") and f"  report       {page}" in text
    assert {path: path.read_bytes() for path in there} == there
    assert {path.name for path in course.iterdir()} == {"nbgrader_config.py", "source", "release", "tests", "demo"}

    said.clear()
    run_demo(course, "tiny", say=said.append)
    assert "5 were graded before and have not changed" in "\n".join(said)


@pytest.fixture(scope="module")
def two_chapters(tmp_path_factory):
    """A course with a chapter that computes and another that asks for words, too, and its demo, made once; lines that it said."""
    root = tmp_path_factory.mktemp("two") / "course"
    root.mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", root)
    new_chapter(root, "counted")
    new_chapter(root, "told", by_hand=True)
    build(root)
    few = ("amara", "benoit", "chiara")  # right, late, with an extension
    said = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("course.grading.demo.made_up_class", lambda answers: [
            one for one in made_up_class(answers) if one.student in few or one.sources == forged(answers)])
        with kept_warm():
            run_demo(root, "counted", say=said.append)
    return root, "\n".join(said)


def test_the_demo_has_a_flagged_forgery_a_late_submission_and_an_extension(two_chapters):
    root, said = two_chapters
    flagged = [one.student for one in made_up_class(answers()) if demo_class.FORGES in "".join(one.sources.values())]
    assert {student: Records(root / "demo", "counted").get(student).status for student in ("amara", *flagged)} == {
        "amara": "graded", flagged[0]: "flagged"}
    with gradebook.opened(root / "demo") as book:
        late = {one.student.id: (one.total_seconds_late, one.late_submission_penalty or 0, one.extension)
                for one in book.assignment_submissions("counted")}
    assert late["amara"] == (0, 0, None)
    assert late["benoit"][0] == 20 * 3600 and late["benoit"][1] > 0
    assert late["chiara"][0] == 0 and late["chiara"][2].days == 2
    assert "course late counted --all" in said


def test_the_demos_students_have_names_and_addresses_and_one_given_by_a_person_stays(two_chapters):
    assert len({*FAMILY_NAMES}) == len(FAMILY_NAMES) == len(NAMES)
    demo = two_chapters[0] / "demo"
    with gradebook.opened(demo) as book:
        people = {one.id: (one.first_name, one.last_name, one.email) for one in book.students}
        book.update_or_create_student("dario", first_name="Dario", last_name="Other")
    assert people["amara"] == ("Amara", "Obi", "amara@example.org") and set(people) > {*NAMES[:4]}
    assert all(all(said) for said in people.values())
    demo_desk.enter_names(demo, people)
    with gradebook.opened(demo) as book:
        assert {one.id: one.last_name for one in book.students} == {name: said[1] for name, said in people.items()} | {"dario": "Other"}


def marks_by_hand(root):
    """{student: (points by hand, whether it waits, comment)} of the chapter with words."""
    (grade_id,) = answers_in_words(root, "told")
    with gradebook.opened(root / "demo") as book:
        found = {name: book.find_grade(grade_id, "told", "told", name) for name in NAMES[:4]}
        return {name: (one.manual_score, one.needs_manual_grade, book.find_comment(grade_id, "told", "told", name).comment)
                for name, one in found.items()}


def test_some_answers_in_words_are_marked_by_hand_and_some_wait_and_a_persons_marks_stay(two_chapters):
    root, said = two_chapters
    marked = marks_by_hand(root)
    assert marked["amara"][0] > 0 and not marked["amara"][1] and marked["amara"][2] == demo_desk.FULL
    assert marked["chiara"] == (0, False, demo_desk.NOTHING)
    assert [marked[name][:2] for name in ("benoit", "dario")] == [(None, True)] * 2
    assert "Manual Grading, told" in said
    (grade_id,) = answers_in_words(root, "told")
    with gradebook.opened(root / "demo") as book:
        book.find_grade(grade_id, "told", "told", "amara").manual_score = 0.5
        book.db.commit()
    demo_desk.mark_some(root / "demo", "told", [grade_id], "amara", "chiara")
    assert marks_by_hand(root)["amara"][0] == 0.5


def test_the_chapters_text_can_be_changed_and_rebuilt_in_the_demo(two_chapters, tmp_path):
    demo = shutil.copytree(two_chapters[0], tmp_path / "course", symlinks=True) / "demo"
    text = demo / "source" / "counted" / "counted.py"
    text.write_text(text.read_text(encoding="utf-8").replace("Exercise 1.1 · ", "Exercise 1.1 · another "), encoding="utf-8")
    assert main(["--root", str(demo), "generate", "counted"]) == 0
    assert "Exercise 1.1 · another " in (demo / "release" / "counted" / "counted.ipynb").read_text(encoding="utf-8")


def test_the_demo_starts_over_when_the_chapter_has_changed_but_not_over_changes_made_in_it(course):
    demo = course / "demo"
    assert not has_changed(course, demo, ["tiny"])
    set_up(course, demo, ["tiny"])
    assert not has_changed(course, demo, ["tiny"])
    (demo / "source" / "tiny" / "tiny.py").write_text("# # changed in the demo")
    assert not has_changed(course, demo, ["tiny"])
    with (course / "source" / "tiny" / "tiny.py").open("a") as file:
        file.write("# changed\n")
    with pytest.raises(CourseError, match="demo/source/tiny was changed, too: give --fresh"):
        has_changed(course, demo, ["tiny"])
    shutil.copy(course / "source" / "tiny" / "tiny.ipynb", demo / "source" / "tiny")
    (demo / ".made_from.json").unlink()
    assert has_changed(course, demo, ["tiny"])


def test_a_chapter_without_answers_has_no_demo(course):
    with pytest.raises(CourseError, match="no demo for tiny: there are no answers in tests/answers/tiny"):
        run_demo(course, "tiny")
    assert not (course / "demo").exists()
