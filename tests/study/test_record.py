"""work/progress.json: small, readable, written whole; a damaged one is set aside, and nothing else hangs on it."""

import json

import pytest

from course.grading.course_root import CourseError
from course.study import record
from course.study.record import Record, better, changing, read_record


@pytest.fixture
def file(course):
    (course / "work").mkdir()
    return course / "work" / "progress.json"


def test_what_is_changed_is_there_when_it_is_read_again(course):
    with changing(course) as known:
        known.exercise("small", "double")["hints_shown"] = 2
    assert read_record(course).exercise("small", "double")["hints_shown"] == 2


def test_the_file_holds_what_was_done_and_not_what_was_not(course, file):
    with changing(course) as known:
        known.exercise("small", "double")["tries"].append("ab12")
        known.exercise("small", "area")
    assert json.loads(file.read_text()) == {"version": 1, "chapters": {
        "small": {"checked": None, "seed": None, "exercises": {"double": {"tries": ["ab12"]}}}}}
    assert file.read_text().startswith('{\n "version": 1,\n')


def test_an_error_while_it_is_changed_leaves_the_file_as_it_was(course, file):
    with changing(course) as known:
        known.exercise("small", "double")["hints_shown"] = 1
    before = file.read_bytes()
    with pytest.raises(KeyboardInterrupt), changing(course) as known:
        known.exercise("small", "double")["hints_shown"] = 3
        raise KeyboardInterrupt
    assert file.read_bytes() == before


def test_an_error_while_it_is_written_leaves_the_file_as_it_was_and_nothing_beside_it(course, file, monkeypatch):
    with changing(course) as known:
        known.exercise("small", "double")["hints_shown"] = 1
    before = file.read_bytes()

    def full(*paths):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(record.os, "replace", full)
    with pytest.raises(OSError, match="No space"), changing(course) as known:
        known.exercise("small", "double")["hints_shown"] = 2
    assert file.read_bytes() == before
    assert sorted(path.name for path in file.parent.iterdir() if not path.name.endswith(".lock")) == ["progress.json"]


@pytest.mark.parametrize("content", [
    b"", b"{", b"\xff\xfe\x00", b"[]", b"7", b'{"version": 1}', b'{"version": 0, "chapters": {}}',
    b'{"version": 1, "chapters": {"small": {"exercises": {"double": {"tries": 3}}}}}',
    b'{"version": 1, "chapters": {"small": {"exercises": {"double": {"checks": {"a": {"best": "fine", "last": "right"}}}}}}}',
])
def test_a_damaged_file_is_set_aside_with_a_line(course, file, content):
    file.write_bytes(content)
    said = []
    assert read_record(course, said.append).data == Record().data
    aside = next(file.parent.glob("progress-damaged-*.json"))
    assert aside.read_bytes() == content and not file.exists()
    assert len(said) == 1 and aside.name in said[0] and "your notebooks are untouched" in said[0]


def test_damaged_files_of_one_moment_are_all_kept(course, file):
    for content in (b"one", b"two"):
        file.write_bytes(content)
        read_record(course)
    assert sorted(path.read_bytes() for path in file.parent.glob("progress-damaged-*")) == [b"one", b"two"]


def test_a_file_of_a_newer_course_is_left_alone(course, file):
    file.write_text('{"version": 2, "chapters": {}}')
    with pytest.raises(CourseError, match="newer course"):
        read_record(course)
    assert file.exists()


def test_a_writer_that_does_not_end_is_told_after_a_while(course, file, monkeypatch):
    monkeypatch.setattr(record, "LOCK_SECONDS", 0.1)
    with record.FileLock(file.parent / ".progress.json.lock"):
        with pytest.raises(CourseError, match="try again"), changing(course):
            pass


def test_the_better_of_two_outcomes():
    assert better("wrong", "not attempted") == "wrong" and better("raised", "right") == "right"
