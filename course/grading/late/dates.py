"""Dates that people write and read, with their time zone; in the gradebook they are UTC without one, as nbgrader's are."""

import datetime
import re

from dateutil import parser, tz
from nbgrader.utils import parse_utc

from course.grading.course_root import CourseError

END_OF_DAY = datetime.time(23, 59, 59)
MOST_SHOWN = 60  # characters of a text that should have been a date
DATE_ALONE = re.compile(r"\d{4}-\d{2}-\d{2}")
HOW = "write it as 2026-12-01, 2026-12-01T18:00, or with its offset from UTC as 2026-12-01T18:00+01:00"


def zone_of(config):
    """(name, tzinfo) of the zone that dates are meant in: nbgrader's own NbGraderAPI.timezone, else UTC."""
    name = str(config.NbGraderAPI.get("timezone", "") or "UTC")
    zone = tz.UTC if name.upper() == "UTC" else tz.gettz(name)
    if zone is None:
        raise CourseError(f"NbGraderAPI.timezone in nbgrader_config.py is '{name}', which is no time zone: "
                          "give one such as 'Europe/Berlin'")
    return name, zone


def read_date(text, zone_name, zone):
    """The moment (UTC, naive) that a person means; a date alone is the end of that day. Raises CourseError."""
    text = text.strip()
    try:
        if DATE_ALONE.fullmatch(text):
            meant = datetime.datetime.combine(datetime.date.fromisoformat(text), END_OF_DAY)
        else:
            meant = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise CourseError(f"'{text}' is no date: {HOW}") from None
    if meant.tzinfo is None:
        meant = meant.replace(tzinfo=zone)
        if not tz.datetime_exists(meant):
            raise CourseError(f"there is no {text} in {zone_name}, where clocks go forward over it: {HOW}")
        if tz.datetime_ambiguous(meant):
            raise CourseError(f"{text} comes twice in {zone_name}, where clocks go back: {HOW}")
    return meant.astimezone(tz.UTC).replace(tzinfo=None)


def shown(moment, zone_name, zone):
    """'2026-12-01 23:59:59 in Europe/Berlin (2026-12-01 22:59:59 UTC)' of a moment (UTC, naive); only UTC where that is all."""
    utc = f"{moment:%Y-%m-%d %H:%M:%S} UTC"
    if zone is tz.UTC:
        return utc
    return f"{moment.replace(tzinfo=tz.UTC).astimezone(zone):%Y-%m-%d %H:%M:%S} in {zone_name} ({utc})"


def clock(moment, zone):
    """'2026-12-01 23:59' by the clock of the zone."""
    return f"{moment.replace(tzinfo=tz.UTC).astimezone(zone):%Y-%m-%d %H:%M}"


def span(seconds):
    """'2 d 3 h', '3 h 5 min', '5 min', '40 s': a length of time, by its two largest units."""
    seconds = round(seconds)
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    sizes = (("d", 86400), ("h", 3600), ("min", 60), ("s", 1))
    first = next((place for place, (_, size) in enumerate(sizes) if seconds >= size), len(sizes) - 1)
    parts = []
    for name, size in sizes[first:first + 2]:
        count, seconds = divmod(seconds, size)
        parts += [f"{count} {name}"] if count or not parts else []
    return sign + " ".join(parts)


def in_short(text):
    """A text on one line, and not a long one."""
    text = " ".join(text.split())
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def misread(text):
    """What is wrong with a timestamp.txt, in words, or None where nbgrader reads it as it was meant.

    nbgrader takes a zone that it does not know (CEST, PDT) for UTC, and an offset after a blank (+0100) for seconds.
    """
    text = text.strip()
    if not text:
        return "it is empty, and is passed over"
    try:
        read = parse_utc(text)
    except (ValueError, OverflowError):
        return f"'{in_short(text)}' is no date and time, and is passed over"
    if not re.search(r"\d{4}", text):
        return f"'{in_short(text)}' is read by nbgrader as {read:%Y-%m-%d %H:%M}"
    if re.match(r"\d{1,2}[./-]\d{1,2}[./-]\d", text):
        return f"'{text}' is read by nbgrader as {read:%-d %B %Y}: write the year first, {read:%Y}-month-day"
    zone = re.fullmatch(r"\S+ \S+ (?P<zone>\S+)", text)
    if not zone:
        return None
    if re.fullmatch(r"[+-]\d{2}:?\d{2}", zone["zone"]):
        meant = parser.parse(text).astimezone(tz.UTC).replace(tzinfo=None)
        return None if meant == read else f"'{text}' is read by nbgrader as {read:%Y-%m-%d %H:%M:%S} UTC"
    if zone["zone"] not in ("Z", "UTC", "GMT") and tz.gettz(zone["zone"]) is None:
        return f"'{text}' is read by nbgrader as UTC: it does not know {zone['zone']}"
    return None
