"""The instructor's report in a browser: no error, no scrolling sideways on a phone, a table that sorts and can be searched."""

import io

import numpy
import pytest
from PIL import Image

from course.grading.outcomes import NOT_ATTEMPTED, RAISED, RIGHT, WRONG, CellOutcome
from course.grading.report.exercises import Exercise
from course.grading.report.gathering import Gathered, Mark, StudentReport
from course.grading.report.page import page

LONG = "train_parameters_linear_regression(tensor_number_tasks(12,1),tensor_number_questions(12,1))" + "x" * 60
OUTCOMES = (RIGHT, WRONG, RAISED, NOT_ATTEMPTED, "waiting")


def student(number):
    marks = tuple(Mark(None if outcome == "waiting" else 2.0 * (outcome == RIGHT), outcome)
                  for outcome in (OUTCOMES[(number * place) % 5 if place > 8 else 0] for place in range(15)))
    outcomes = {("review", "task1"): CellOutcome("task1", 1.0, WRONG, LONG, "sum-for-mean")} if number % 3 else {}
    return StudentReport(f"student{number:02}", "graded", LONG if number == 4 else "", LONG if number % 4 == 0 else "",
                         sum(mark.points or 0 for mark in marks), 0.5 * (number == 2), 2.0, marks, outcomes,
                         {"execute": 1.0 + number}, incidents=(LONG,) if number == 4 else (), early=10.0 - number,
                         full_name="Fatima Zahra Idrissi" if number == 6 else "")


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Address of a page with long names and messages, fifteen exercises and thirty students."""
    exercises = tuple(Exercise("review", f"7.{place}", f"a question of some length number {place}", {f"task{place}": 2.0})
                      for place in range(1, 15))
    exercises += (Exercise("review", "", "Challenge · the gradient of a round bowl", {"task15": 2.0}),)
    path = tmp_path_factory.mktemp("report") / "review.html"
    path.write_text(page(Gathered("review", exercises, tuple(map(student, range(30))))), encoding="utf-8")
    return path.as_uri()


def opened(browser, address, width, **more):
    """A page at this address, and the list of what its console and its errors say."""
    shown, said = browser.new_page(viewport={"width": width, "height": 900}, **more), []
    shown.on("console", lambda message: said.append(message.text))
    shown.on("pageerror", lambda error: said.append(str(error)))
    shown.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else said.append(request.url))
    shown.goto(address)
    return shown, said


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (1200, "dark"), (400, "light"), (400, "dark")])
def test_the_page_opens_without_errors_and_never_scrolls_sideways(browser, report, snap, width, scheme):
    shown, said = opened(browser, report, width, color_scheme=scheme)
    assert said == []
    assert shown.evaluate("document.documentElement.scrollWidth") == width
    assert shown.evaluate("[...document.images].every(one => one.complete && one.naturalWidth > 0)")
    snap(shown, f"report-{scheme}-{width}")
    shown.close()


@pytest.mark.parametrize(("scheme", "media", "is_light"), [("light", "screen", True), ("dark", "screen", False), ("dark", "print", True)])
def test_charts_have_the_ground_of_the_page_in_light_and_dark_and_on_paper(browser, report, scheme, media, is_light):
    shown, _ = opened(browser, report, 1200, color_scheme=scheme)
    shown.emulate_media(media=media, color_scheme=scheme)
    assert shown.locator("img").count() >= 3
    for chart in shown.locator("img").all():
        pixels = numpy.asarray(Image.open(io.BytesIO(chart.screenshot())).convert("L"))
        assert (numpy.median(pixels) > 200) == is_light and (numpy.median(pixels) < 60) != is_light
    shown.close()


def test_on_a_wide_screen_the_table_of_students_is_whole_and_its_heading_low(browser, report):
    shown, _ = opened(browser, report, 1200)
    assert shown.evaluate("(one => one.scrollWidth <= one.clientWidth)(document.querySelector('#students .wide'))")
    row, heading = (shown.evaluate(f"document.querySelector('#class {part} tr').offsetHeight") for part in ("tbody", "thead"))
    assert heading <= 4 * row
    shown.close()


def test_a_full_name_stands_below_the_name_of_the_folder(browser, report):
    shown, _ = opened(browser, report, 1200)
    heading = shown.locator("#class th", has_text="student06")
    below = heading.locator("span").bounding_box()
    assert below["y"] > heading.bounding_box()["y"] + 12 and below["x"] < heading.bounding_box()["x"] + 20
    shown.close()


def test_a_phone_gets_the_narrow_pictures(browser, report):
    widths = {}
    for width in (1200, 400):
        shown, _ = opened(browser, report, width)
        widths[width] = shown.evaluate("document.images[0].naturalWidth")
        shown.close()
    assert widths[400] < widths[1200] / 1.5


def test_headings_sort_and_the_field_finds(browser, report):
    shown, said = opened(browser, report, 1200)
    names = "[...document.querySelectorAll('#class tbody tr:not([hidden]) th')].map(one => one.textContent.trim())"
    by_name = shown.evaluate(names)
    shown.get_by_role("button", name="before due").click()
    assert shown.evaluate(names) == by_name[::-1]
    shown.get_by_role("button", name="before due").click()
    assert shown.evaluate(names) == by_name
    shown.get_by_role("button", name="points", exact=True).click()
    points = shown.evaluate("[...document.querySelectorAll('#class tbody tr')].map(one => +one.cells[1].dataset.v)")
    assert points == sorted(points) and len(set(points)) == 3
    shown.get_by_label("Find a student").fill("STUDENT07")
    assert shown.evaluate(names) == ["student07"]
    assert said == []
    shown.close()


def test_an_injected_script_would_not_run(browser, report, tmp_path):
    from urllib.parse import unquote, urlparse

    text = open(unquote(urlparse(report).path), encoding="utf-8").read()
    broken = tmp_path / "broken.html"
    broken.write_text(text.replace("<main>", "<main><script>document.title = 'taken over'</script>"
                                             "<img src=x onerror=\"document.title = 'taken over'\">"), encoding="utf-8")
    shown, said = opened(browser, broken.as_uri(), 1200)
    assert shown.title() == "review: report" and any("Content Security Policy" in line for line in said)
    shown.close()
