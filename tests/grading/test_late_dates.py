"""Dates mean what the person who wrote them meant, or are refused; a timestamp.txt that nbgrader misreads is told."""

import datetime

import pytest
from dateutil import tz
from nbgrader.utils import parse_utc
from traitlets.config import Config

from course.grading.course_root import CourseError
from course.grading.late.dates import misread, read_date, shown, span, zone_of

BERLIN = ("Europe/Berlin", tz.gettz("Europe/Berlin"))
UTC = ("UTC", tz.UTC)


@pytest.mark.parametrize(("text", "zone", "moment"), [
    ("2026-12-01", UTC, "2026-12-01T23:59:59"), ("2026-12-01", BERLIN, "2026-12-01T22:59:59"),
    ("2026-07-01", BERLIN, "2026-07-01T21:59:59"), ("2026-12-01T18:00", BERLIN, "2026-12-01T17:00:00"),
    ("2026-12-01 18:00:30", UTC, "2026-12-01T18:00:30"), ("2026-12-01T18:00+05:30", BERLIN, "2026-12-01T12:30:00"),
    ("2026-12-01T18:00Z", BERLIN, "2026-12-01T18:00:00"), ("2026-10-25T02:30+01:00", BERLIN, "2026-10-25T01:30:00"),
])
def test_a_date_is_read_by_the_clock_of_the_courses_zone_unless_it_tells_its_offset(text, zone, moment):
    assert read_date(text, *zone) == datetime.datetime.fromisoformat(moment)


@pytest.mark.parametrize(("text", "why"), [
    ("tomorrow", "is no date"), ("2026-13-01", "is no date"), ("01.12.2026", "is no date"),
    ("2026-03-29T02:30", "there is no 2026-03-29T02:30 in Europe/Berlin"), ("2026-10-25T02:30", "comes twice in Europe/Berlin"),
])
def test_what_is_no_date_or_not_one_moment_is_refused_in_one_line_that_says_how_to_write_it(text, why):
    with pytest.raises(CourseError, match=why) as error:
        read_date(text, *BERLIN)
    assert "write it as 2026-12-01" in str(error.value) and "\n" not in str(error.value)


def test_a_date_is_shown_with_its_zone_and_in_utc():
    moment = datetime.datetime(2026, 7, 1, 21, 59, 59)
    assert shown(moment, *BERLIN) == "2026-07-01 23:59:59 in Europe/Berlin (2026-07-01 21:59:59 UTC)"
    assert shown(moment, *UTC) == "2026-07-01 21:59:59 UTC"


def test_the_zone_is_the_formgraders_and_utc_by_default():
    assert zone_of(Config()) == ("UTC", tz.UTC)
    assert zone_of(Config({"NbGraderAPI": {"timezone": "Europe/Berlin"}}))[1] == BERLIN[1]
    with pytest.raises(CourseError, match="'Berlin', which is no time zone"):
        zone_of(Config({"NbGraderAPI": {"timezone": "Berlin"}}))


@pytest.mark.parametrize(("text", "moment"), [
    ("2026-07-01 18:00:00 UTC", "2026-07-01T18:00:00"), ("2026-07-01 18:00:00.123456 UTC", "2026-07-01T18:00:00.123456"),
    ("2026-07-01T18:00:00+02:00", "2026-07-01T16:00:00"), ("2026-07-01 18:00:00+0200", "2026-07-01T16:00:00"),
    ("2026-07-01T18:00:00Z", "2026-07-01T18:00:00"), ("2026-07-01 18:00:00 Z", "2026-07-01T18:00:00"),
    ("2026-07-01 18:00:00", "2026-07-01T18:00:00"), ("2026-07-01 18:00:00 Europe/Berlin", "2026-07-01T16:00:00"),
    ("2026-12-01 18:00:00 CET", "2026-12-01T17:00:00"),
])
def test_a_timestamp_that_nbgrader_reads_rightly_is_not_told(text, moment):
    assert parse_utc(text) == datetime.datetime.fromisoformat(moment)
    assert misread(text) is None


@pytest.mark.parametrize("text", [
    "2026-07-01 18:00:00 +0200", "2026-07-01 18:00:00 +02:00", "2026-07-01 18:00:00 -0500", "2026-07-01 18:00:00 CEST",
    "2026-07-01 18:00:00 PDT",
])
def test_a_timestamp_that_nbgrader_misreads_is_told_with_what_it_reads(text):
    assert abs(parse_utc(text) - datetime.datetime(2026, 7, 1, 18)) < datetime.timedelta(minutes=15)  # not hours away
    assert "read by nbgrader as" in misread(text)


@pytest.mark.parametrize("text", ["05.11.2026 17:00", "11/05/2026", "5-11-2026"])
def test_a_timestamp_whose_year_is_not_first_is_told_with_what_nbgrader_takes_it_for(text):
    assert f"read by nbgrader as {parse_utc(text):%-d %B} 2026: write the year first" in misread(text)


@pytest.mark.parametrize("text", ["12", "Nov-24", "18:00"])
def test_a_timestamp_without_a_year_is_told_with_what_nbgrader_takes_it_for(text):
    assert misread(text).startswith(f"'{text}' is read by nbgrader as {parse_utc(text):%Y}-")


@pytest.mark.parametrize(("text", "said"), [("", "it is empty, and is passed over"), ("soon", "'soon' is no date and time, and is passed over"),
                                            ("1" * 100, f"'{'1' * 60}…' is no date and time, and is passed over")])
def test_a_timestamp_without_a_time_is_told(text, said):
    assert misread(text) == said


@pytest.mark.parametrize(("seconds", "text"), [
    (40, "40 s"), (300, "5 min"), (3 * 3600 + 300, "3 h 5 min"), (2 * 86400 + 3 * 3600 + 59, "2 d 3 h"), (86400, "1 d"), (0, "0 s"),
])
def test_a_length_of_time_is_told_by_its_two_largest_units(seconds, text):
    assert span(seconds) == text
