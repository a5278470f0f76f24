"""Reads a date and a time in words of any language, by the names of months and days that Babel has from Unicode's locale data."""

import datetime
import functools
import re

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?(?!\d)")
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
YEAR_FIRST = re.compile(r"\s*(20\d\d)\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})(?!\d)")
SHORT = 3  # letters of a word before the year that says nothing, such as "de"
NOON = 12


def in_any_language(text):
    """The datetime that a text such as "martes, 24 de noviembre de 2026, 15:05" says; None where that is not certain.

    A day of the week must be that of the date. Beside an hour up to 12 stands no word that may tell morning from evening in
    a way that is not known here: "am" and "pm" are.
    """
    clocks, years = CLOCK.findall(text), YEAR.findall(text)
    if len(clocks) != 1 or len(years) != 1:
        return None
    words = [word.casefold() for word in WORD.findall(text)]
    halves = {"am", "pm"} & set(words)
    words = [word for word in words if word not in halves]
    fits = languages_of(words)
    day = year_first(text) or in_words(CLOCK.sub(" ", text), int(years[0]), words, fits)
    if day is None or not on_that_day(day, words, fits):
        return None
    hour = hour_of(int(clocks[0][0]), halves, is_said_in_part(text, fits, halves))
    try:
        return None if hour is None else datetime.datetime(*day, hour, int(clocks[0][1]), int(clocks[0][2] or 0))
    except ValueError:
        return None


def in_words(text, year, words, fits):
    """(year, month, day) of a text without its time, the month in words; None where there is not one of each."""
    months = {months[word] for months, _ in fits for word in words if word in months}
    days = NUMBER.findall(text)
    return (year, months.pop(), int(days[0])) if len(months) == 1 and len(days) == 1 else None


def year_first(text):
    """(year, month, day) of a text that begins with them as numbers, as in 2026年11月24日; else None."""
    found = YEAR_FIRST.match(text)
    return tuple(map(int, found.groups())) if found else None


def on_that_day(day, words, fits):
    """Whether the date exists, and is on the day of the week that the words name, if they do."""
    try:
        weekday = datetime.date(*day).weekday()
    except ValueError:
        return False
    named = {days[word] for _, days in fits for word in words if word in days}
    return not named or weekday in named


def hour_of(hour, halves, in_part):
    """The hour of the day; None where it may be that of the morning or of the evening."""
    if len(halves) == 1 and 1 <= hour <= NOON:
        return hour % NOON + (NOON if "pm" in halves else 0)
    return None if halves or in_part and hour <= NOON else hour


def is_said_in_part(text, fits, halves):
    """Whether there are words that may be of the time: neither names of months and days, nor short ones before the year."""
    year, known = YEAR.search(text).start(), {word for names in fits for each in names for word in each} | halves
    return any(found[0].casefold() not in known and not (found.start() < year and len(found[0]) <= SHORT) and found[0] not in "年月日년월일"
               for found in WORD.finditer(text))


def languages_of(words):
    """List of ({name: month}, {name: weekday, Monday 0}) of the languages that know most of the words."""
    known = [(sum(word in months or word in days for word in words), months, days) for months, days in languages()]
    most = max(count for count, _, _ in known)
    return [(months, days) for count, months, days in known if count == most and most]


@functools.cache
def languages():
    """({name: month}, {name: weekday, Monday 0}) of every language, its names in small letters."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    locales = [Locale.parse(name) for name in locale_identifiers() if "_" not in name and name != "root"]
    return [(names(locale.months), names(locale.days)) for locale in locales]


def names(data):
    """{name: number} of what a locale calls months or days in full, alone and within a date."""
    return {name.casefold(): number for context in ("format", "stand-alone") for number, name in data[context]["wide"].items()}
