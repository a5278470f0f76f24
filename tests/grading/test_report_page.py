"""The report's page: whole for every kind of class, harmless whatever learners wrote, and in need of nothing else."""

import base64
import datetime
import re
from html.parser import HTMLParser

import pytest
from report_class import FAILED, exercise, gathered, refused, student

from course.grading.outcomes import CellOutcome
from course.grading.report import pictures
from course.grading.report.anonymous import anonymised
from course.grading.report.exercises import columns
from course.grading.report.gathering import WAITING, StudentReport
from course.grading.report.numbers import spread
from course.grading.report.page import HERE, digest, early, page, points
from course.grading.report.themed import COLOURS
from course.grading.stopped import TIME, Stop
from course.plots import theme

NOW = datetime.datetime(2030, 1, 9, 8, 30, tzinfo=datetime.UTC)
ATTACK = "<script>alert('x')</script><img src=x onerror=alert(1)>"


class Elements(HTMLParser):
    """The elements of a page: list of (tag, attributes), and its text, without style and script."""

    def __init__(self, text):
        super().__init__()
        self.found, self.text, self.inside = [], "", ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))
        self.inside = tag

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        self.text += "" if self.inside in ("style", "script") else f" {data}"

    def of(self, tag):
        return [attributes for name, attributes in self.found if name == tag]


def whole_class(**more):
    """Twelve graded students, one of them flagged, and one whose submission could not be graded."""
    class_ = [student(f"name{n}", n % 2, int(n < 8), outcomes={"task1-values": refused("f gave 4, not 5", "sum-for-mean")},
                      early=n - 2.0, submitted=NOW, seconds={"execute": 1.5}) for n in range(12)]
    class_[3] = student("name3", 1, 0, status="flagged", suspicious=("it claimed twice",), penalty=0.5)
    return gathered(*class_, StudentReport("lost", FAILED, reason="it is a PDF", remark="not graded: it is a PDF"), **more)


def test_the_page_says_what_the_class_came_to():
    text = " ".join(Elements(page(whole_class(), NOW)).text.split())
    for said in ("Made 09 January 2030, 08:30 UTC", "submitted 13", "graded 12", "flagged 1", "not graded 1", "it claimed twice",
                 "it is a PDF", "the sum where the mean was due", "f gave 4, not 5", "−0.5", "1.50 s"):
        assert said in text, said


def test_the_share_of_points_is_called_facility_everywhere_and_never_difficulty():
    whole = page(whole_class(), NOW)
    told = Elements(whole).text + " ".join(one["alt"] for one in Elements(whole).of("img"))
    assert "Facility is the mean share" in " ".join(told.split()) and "facility (share of points)" in " ".join(told.split())
    assert "its facility, the mean share of the points" in told and "difficult" not in whole.lower()


def test_a_column_of_a_challenge_is_not_headed_by_its_long_name():
    long = "Challenge · the gradient of a round bowl that nobody has seen"
    one, other, adding = exercise(long, ""), exercise("Challenge · two", ""), exercise("adding", "1.1")
    assert columns([adding, one]) == ["1.1", "Challenge"] and columns([one, adding, other]) == ["Challenge 1", "1.1", "Challenge 2"]
    text = page(gathered(student("anna", 1, 0), exercises=[adding, one]), NOW)
    assert f'title="{long}"><span>Challenge</span>' in text


@pytest.mark.parametrize("where", ["name", "remark", "reason", "suspicious", "message", "mistake", "exercise", "assignment"])
def test_whatever_learners_wrote_is_shown_and_never_run(where):
    told = {where: ATTACK} if where in ("name", "remark") else {}
    outcomes = {"task1-values": refused(ATTACK if where == "message" else "x", ATTACK if where == "mistake" else "sum-for-mean")}
    one = student(told.pop("name", "anna"), 0, 1, status="flagged", outcomes=outcomes, **told,
                  suspicious=(ATTACK,) if where == "suspicious" else (), reason=ATTACK if where == "reason" else "why")
    exercises = [exercise(ATTACK if where == "exercise" else "task1", "1.1"), exercise("task2", "1.2")]
    class_ = gathered(one, exercises=exercises, persons=frozenset())
    if where == "assignment":
        object.__setattr__(class_, "assignment", ATTACK)
    found = Elements(page(class_, NOW))
    assert len(found.of("script")) == 1 and "<script>alert('x')" in found.text
    assert all(not key.startswith("on") for _, attributes in found.found for key in attributes)
    assert [one["src"][:26] for one in found.of("img")] == ["data:image/svg+xml;base64,"] * len(found.of("img"))


def test_a_browser_may_run_the_pages_own_script_and_nothing_else():
    text = page(whole_class(), NOW)
    [policy] = [one["content"] for one in Elements(text).of("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    own = re.search(r"<script>(.*?)</script>", text, re.DOTALL)[1]
    assert f"script-src '{digest(own)}'" in policy and policy.startswith("default-src 'none'")
    assert own == (HERE / "page.js").read_text(encoding="utf-8")


def test_nothing_is_fetched_from_anywhere():
    text = page(whole_class(), NOW)
    found = Elements(text)
    addresses = [value for _, attributes in found.found for key, value in attributes.items() if key in ("src", "srcset", "href")]
    assert addresses and all(one.startswith(("data:image/svg+xml;base64,", "#")) for one in addresses)
    assert "http://" not in text and "https://" not in text and "@import" not in text and "url(" not in text


def test_every_picture_has_alt_text_that_tells_its_numbers():
    pictures = Elements(page(whole_class(due=NOW), NOW)).of("img")
    assert len(pictures) == 4
    told = " ".join(one["alt"] for one in pictures)
    assert "Histogram of the points of 12 students" in told and "1.1 task1: 6 right, 6 wrong" in told
    assert all(len(one["alt"]) > 40 for one in pictures)


def test_the_number_of_pictures_does_not_grow_with_the_class():
    few, many = (page(gathered(*(student(f"s{n}", n % 2, 1) for n in range(size))), NOW) for size in (12, 300))
    assert len(Elements(few).of("img")) == len(Elements(many).of("img")) == 3
    assert len(many) - len(few) < 288 * 500


@pytest.mark.parametrize("class_", [
    gathered(student("only", 1)), gathered(student("only", 0, 1), due=NOW), gathered(student("only", None, waits=1.0)),
    gathered(StudentReport("only", WAITING), exercises=[exercise()]), gathered(StudentReport("only", FAILED), exercises=[]),
    gathered(student("only"), exercises=[]), gathered(student("only", 0), exercises=[exercise(points=0.0)]),
    gathered(*(student(f"s{n}", 1, 1) for n in range(12)))], ids=lambda one: f"{len(one.students)}-{one.students[0].status}")
def test_a_class_of_any_size_and_state_has_a_page(class_):
    found = Elements(page(class_, NOW))
    assert "In short" in found.text and found.text.count("only") >= (len(class_.students) == 1)
    assert "nan" not in found.text.lower() and "None" not in found.text.replace("None.", "")


@pytest.mark.parametrize(("size", "said"), [(9, "can be said from 10 graded students on; here are 9."), (1, "students on; here is 1."),
                                            (10, "With 10 students a correlation is uncertain")])
def test_discrimination_is_explained_where_it_can_be_told_and_else_how_many_students_that_takes(size, said):
    whole = page(gathered(*(student(f"s{n}", n % 2, 1) for n in range(size))), NOW)
    text = " ".join(Elements(whole).text.split())
    assert said in text and "fewer than" not in text
    assert ("is the correlation of the points" in text) == (">discrimination</th>" in whole) == (size >= 10)


def test_nothing_graded_says_what_to_do():
    assert "course grade sums" in page(gathered(StudentReport("a", WAITING), exercises=[exercise()]), NOW)


def test_points_that_wait_for_a_person_are_said_to_wait():
    class_ = gathered(student("anna", 1, None, waits=2.0), exercises=[exercise("a"), exercise("b", "1.2", 2.0, by_hand=["b-values"])])
    text = " ".join(Elements(page(class_, NOW)).text.split())
    assert "2 points of 1 student wait to be given by hand" in text and "1 waiting for points by hand" in text


def test_a_reason_that_was_noted_in_many_cells_is_one_line_on_the_page():
    lines = tuple(f"cell-{number}: the checks were tampered with" for number in range(14))
    text = Elements(page(gathered(student("anna", 0, status="flagged", suspicious=lines)), NOW)).text
    assert text.count("tampered with") == 1 and "cell-0: the checks were tampered with (and in 13 more cells)" in text


def test_that_stopped_answers_count_as_raised_is_said_where_there_are_any():
    stopped = CellOutcome("task1-values", 1.0, "raised", "the answer was still running", stopped=Stop(TIME, 30.0))
    with_one, without = (page(gathered(student("anna", 0, outcomes=found)), NOW) for found in ({"task1-values": stopped}, {}))
    assert "counts as raised" in with_one and "counts as raised" not in without


def test_several_notebooks_are_named_beside_their_exercises():
    class_ = gathered(student("anna", 1, 1), exercises=[exercise(notebook="one"), exercise(notebook="two")])
    text = Elements(page(class_, NOW)).text
    assert "one: 1.1 adding" in text and "two: 1.1 adding" in text


def test_numbers_are_written_as_people_write_them():
    assert (points(2.0), points(2.25), points(None), points(-0.5)) == ("2", "2.25", "–", "−0.5")
    assert (early(26.5), early(-2), early(None)) == ("1 d 2 h", "2 h late", "–")


def test_as_many_submissions_are_to_look_at_as_the_section_lists():
    flagged, stopped = student("a", 1, status="flagged", suspicious=("it claimed twice",)), student("b", 1, incidents=("x: stopped",))
    lost = StudentReport("c", FAILED, reason="it is a PDF")
    for class_, said in (((flagged, stopped, lost), "3 submissions to look at"), ((stopped,), "1 submission to look at")):
        whole = page(gathered(*class_, exercises=[exercise()]), NOW)
        assert said in Elements(whole).text
        listed = whole.split('<section id="look">')[1].split("</section>")[0]
        assert listed.count("<dt>") == len(class_)
    assert "to look at</b>" not in page(gathered(student("a", 1)), NOW)


def test_full_names_stand_beside_the_students_and_not_in_an_anonymous_report():
    class_ = gathered(student("s1", 1, full_name="Amara Okafor"), student("s2", 0))
    assert "Amara Okafor" in Elements(page(class_, NOW)).text
    assert "Okafor" not in page(anonymised(class_), NOW)


def test_a_facility_of_some_answers_says_of_how_many_in_table_and_alt_text():
    marked, waits = student("a", 1, 2.0), student("b", 1, None, waits=2.0)
    whole = page(gathered(marked, waits, exercises=[exercise("a"), exercise("b", "1.2", 2.0, by_hand=["b-values"])]), NOW)
    assert "100% (1 of 2)</td>" in whole and "1.2 b 100% (1 of 2)" in whole


def test_pictures_have_no_colour_of_the_light_theme_that_the_dark_does_not_replace():
    for one in Elements(page(whole_class(due=NOW), NOW)).of("img"):
        svg = base64.b64decode(one["src"].partition(",")[2]).decode()
        style = re.search(r"<style>:root.*?</style>", svg)[0]
        drawn = svg.replace(style, "")
        assert "prefers-color-scheme: dark" in style and "var(--panel)" in drawn and "var(--ink)" in drawn
        assert not any(light.lower() in drawn for light, _ in COLOURS.values())


def test_words_of_pictures_are_legible_in_the_dark_whose_ground_is_the_pages():
    dark = {name: colour for name, (_, colour) in COLOURS.items()}
    assert min(theme.contrast(dark[name], dark["panel"]) for name in ("ink", "muted")) >= theme.LEGIBLE
    assert f"--ground: {dark['panel']}" in (HERE / "page.css").read_text(encoding="utf-8")


def test_the_points_picture_says_what_a_bar_holds_and_draws_nothing_through_its_number():
    figure = pictures.points([(0, 1, 1), (1, 2, 7), (2, 3, 2)], spread([0.5, *[1.4] * 7, 2, 2.5]), 2.0, pictures.WIDE)
    [axes] = figure.axes
    figure.canvas.draw()
    assert "a bar at 3 holds 3 to less than 4" in axes.get_xlabel()
    marks = [one.get_window_extent() for one in axes.lines]
    assert len(marks) == 2 and not any(mark.overlaps(text.get_window_extent()) for mark in marks for text in axes.texts)
    assert "5 points" in pictures.what_a_bar_holds(5)
