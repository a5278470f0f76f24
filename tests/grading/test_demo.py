"""The demo: a class of every kind, graded in a folder of its own."""

from collections import Counter

import pytest

from course.grading import demo_class
from course.grading.answers import Answer
from course.grading.course_root import CourseError
from course.grading.demo import has_changed, run_demo
from course.grading.demo_class import made_up_class

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
        kinds["wrong"] += any(" wrong " in source for source in sources)
        kinds["broken"] += any(source in (demo_class.RAISES, demo_class.LOOPS, demo_class.DIES) for source in sources)
    assert kinds == {"untouched": 2, "not a notebook": 1, "partly": 3, "all right": 6, "wrong": 9, "broken": 3}
    used = {source for one in handed_in for source in one.sources.values()}
    assert {choice.source for choices in answers().values() for choice in choices} <= used


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


def test_the_demo_starts_over_when_the_chapter_has_changed(course):
    old = course / "demo" / "source" / "tiny" / "tiny.ipynb"
    old.parent.mkdir(parents=True)
    new = course / "source" / "tiny" / "tiny.ipynb"
    assert not has_changed(course, course / "elsewhere", "tiny")
    old.write_bytes(new.read_bytes())
    assert not has_changed(course, course / "demo", "tiny")
    old.write_bytes(new.read_bytes() + b" ")
    assert has_changed(course, course / "demo", "tiny")


def test_a_chapter_without_answers_has_no_demo(course):
    with pytest.raises(CourseError, match="no demo for tiny: there are no answers in tests/answers/tiny"):
        run_demo(course, "tiny")
    assert not (course / "demo").exists()
