"""Feedback on its way: written where it is out of date, by any number of processes, by nbgrader alike; released, packed."""

import shutil
import zipfile

import pytest
import tiny_class
from stock_command import nbgrader
from warm_engine import kept_warm

from course.cli import main
from course.grading import gradebook
from course.grading.course_root import CourseError
from course.grading.feedback import write
from course.grading.feedback.archive import pack_all, pack_each, pack_for_moodle
from course.grading.feedback.hand_back import check_worksheet
from course.grading.feedback.release import release
from course.grading.feedback.write import write_feedback

STUDENTS = ("right", "half", "brack[et] s")


@pytest.fixture(scope="module")
def with_pages(templates, tmp_path_factory):
    """A tiny course where three students were graded, with their pages."""
    root = shutil.copytree(templates[1], tmp_path_factory.mktemp("pages") / "course")
    for student in STUDENTS:
        tiny_class.submit(root, student, tiny_class.ANSWERS[student])
        for name, text in (("timestamp.txt", "2026-05-01 12:00:00 UTC"), ("submission_secret.txt", f"secret of {student}"),
                           ("evil.html", "<script>alert(1)</script>")):
            (root / "submitted" / student / "tiny" / name).write_text(text)
    with kept_warm():
        tiny_class.grade(root, "tiny")
    write_feedback(root, "tiny")
    return root


@pytest.fixture
def root(with_pages, tmp_path):
    return shutil.copytree(with_pages, tmp_path / "course")


def page(root, student):
    return root / "feedback" / student / "tiny" / "tiny.html"


def pages(root):
    return {student: page(root, student).read_bytes() for student in STUDENTS}


def all_pages(root):
    return [page(root, student) for student in sorted(STUDENTS)]


def set_comment(root, text):
    with gradebook.opened(root) as book:
        book.find_comment("double", "tiny", "tiny", "half").manual_comment = text
        book.db.commit()


def test_pages_that_are_up_to_date_are_left_alone(root):
    before = page(root, "half").stat().st_mtime_ns
    written = write_feedback(root, "tiny")
    assert written.unchanged == sorted(STUDENTS) and len(written.pages) == 3
    assert page(root, "half").stat().st_mtime_ns == before
    assert write_feedback(root, "tiny", force=True).unchanged == []


def test_a_comment_makes_one_page_out_of_date(root):
    set_comment(root, "Look at this again.")
    assert write_feedback(root, "tiny").unchanged == ["brack[et] s", "right"]
    assert "Look at this again." in page(root, "half").read_text()


@pytest.mark.parametrize("change", ["submitted", "autograded", "cut off", "gone", "code"])
def test_a_page_that_no_longer_says_what_it_would_is_written_again(root, change, monkeypatch):
    if change in ("submitted", "autograded"):
        path = root / change / "half" / "tiny" / "tiny.ipynb"
        path.chmod(0o644)
        path.write_text(path.read_text().replace("A tiny chapter", "Another title"))
    elif change == "cut off":
        page(root, "half").write_bytes(page(root, "half").read_bytes()[:-100])
    elif change == "gone":
        page(root, "half").unlink()
    else:
        monkeypatch.setattr("course.grading.feedback.current.of_the_code", lambda: b"another version")
    done = write_feedback(root, "tiny")
    assert "half" not in done.unchanged and len(done.unchanged) == (0 if change == "code" else 2)
    assert page(root, "half").read_text().endswith("-->\n") or page(root, "half").read_text().endswith("-->")


def test_several_processes_write_the_same_pages(root, monkeypatch):
    before = pages(root)
    monkeypatch.setattr(write, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(write, "AT_A_TIME", 1)
    shutil.rmtree(root / "feedback" / "half")
    assert write_feedback(root, "tiny", force=True, jobs=2).failed == {}
    assert pages(root) == before


def test_nbgraders_own_command_writes_the_same_pages(root):
    before = pages(root)
    shutil.rmtree(root / "feedback")
    nbgrader(root, "generate_feedback", "tiny")
    brackets = before.pop("brack[et] s")  # which nbgrader takes for a pattern, and passes over
    assert {student: page(root, student).read_bytes() for student in before} == before and brackets
    assert write_feedback(root, "tiny").unchanged == ["half", "right"]


def test_one_page_that_fails_costs_nobody_else_theirs(root):
    path = root / "autograded" / "half" / "tiny" / "tiny.ipynb"
    path.chmod(0o644)
    path.write_text("{")
    done = write_feedback(root, "tiny", force=True)
    assert list(done.failed) == ["half"] and "JSON" in done.failed["half"]
    assert len(done.pages) == 2 and not page(root, "half").exists()


def test_no_other_file_of_a_student_is_put_beside_a_page_to_be_opened(root):
    assert (root / "autograded" / "half" / "tiny" / "evil.html").exists()
    assert sorted(path.name for path in page(root, "half").parent.iterdir()) == ["submission_secret.txt", "timestamp.txt", "tiny.html"]


def test_one_zip_has_a_folder_a_student_and_the_same_bytes_each_time(root, tmp_path):
    first = pack_all(all_pages(root), tmp_path / "a.zip").read_bytes()
    page(root, "half").touch()
    assert pack_all(reversed(all_pages(root)), tmp_path / "b.zip").read_bytes() == first
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == [f"{student}/tiny.html" for student in sorted(STUDENTS)]
        assert archive.read("half/tiny.html") == page(root, "half").read_bytes()
    assert not list(tmp_path.glob(".*.zip.*"))


def test_a_zip_for_each_student_holds_their_pages_alone(root, tmp_path):
    packed = pack_each(all_pages(root), tmp_path / "mails")
    assert [path.name for path in packed] == [f"{student}.zip" for student in sorted(STUDENTS)]
    with zipfile.ZipFile(tmp_path / "mails" / "half.zip") as archive:
        assert archive.namelist() == ["tiny.html"] and archive.read("tiny.html") == page(root, "half").read_bytes()


WORKSHEET = """Identifier,Full name,Username,Email address,Grade
Participant 5023,Half_Way O'Neil,HALF,half@example.org,
Participant 5024,Ríght,x,right,
Participant 5025,Somebody Else,y,y@example.org,
"""


def test_moodles_zip_names_folders_as_moodle_reads_them(root, tmp_path):
    (tmp_path / "worksheet.csv").write_text("\ufeff" + WORKSHEET, encoding="utf-8")
    path, left_out = pack_for_moodle(root, all_pages(root), tmp_path / "worksheet.csv", tmp_path / "moodle.zip")
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["Half Way O'Neil_5023_assignfeedback_file/tiny.html", "Ríght_5024_assignfeedback_file/tiny.html"]
    assert left_out == ["brack[et] s"]


@pytest.mark.parametrize("text, said", [("Name,Grade\nA,1\n", "no column Identifier"), ("", "holds no students"),
                                        ("Identifier,Username\nParticipant 1,nobody\n", "knows none of the students")])
def test_a_worksheet_that_is_none_is_refused(root, tmp_path, text, said):
    (tmp_path / "w.csv").write_text(text)
    with pytest.raises(CourseError, match=said):
        pack_for_moodle(root, all_pages(root), tmp_path / "w.csv", tmp_path / "moodle.zip")
    assert not (tmp_path / "moodle.zip").exists()


# As Moodle writes it where user names are not shown to teachers.
GRADING_WORKSHEET = """Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,\
Last modified (submission),Last modified (grade),Feedback comments
Participant 5023,Hal Way,hal@uni.example,Submitted for grading,,6.00,Yes,"Tuesday, 24 November 2026, 3:05 PM",-,
Participant 5024,Rita Right,someone@else.example,Submitted for grading,,6.00,Yes,-,-,
Participant 5025,Somebody Else,y@uni.example,No submission,,6.00,Yes,-,-,
"""


def test_moodles_grading_worksheet_finds_students_by_what_the_gradebook_has_for_them(root, tmp_path):
    (tmp_path / "worksheet.csv").write_text(GRADING_WORKSHEET)
    with gradebook.opened(root) as book:
        book.update_or_create_student("half", email="HAL@uni.example")
        book.update_or_create_student("right", first_name="Rita", last_name="Right")
    path, left_out = pack_for_moodle(root, all_pages(root), tmp_path / "worksheet.csv", tmp_path / "moodle.zip")
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["Hal Way_5023_assignfeedback_file/tiny.html", "Rita Right_5024_assignfeedback_file/tiny.html"]
        assert archive.read("Hal Way_5023_assignfeedback_file/tiny.html") == page(root, "half").read_bytes()
    assert left_out == ["brack[et] s"]


def test_a_name_that_two_people_have_gives_nobody_anothers_feedback(root, tmp_path):
    (tmp_path / "worksheet.csv").write_text(GRADING_WORKSHEET.replace("Somebody Else", "Rita Right"))
    with gradebook.opened(root) as book:
        book.update_or_create_student("half", email="hal@uni.example")
        book.update_or_create_student("right", first_name="Rita", last_name="Right")
    assert "right" in pack_for_moodle(root, all_pages(root), tmp_path / "worksheet.csv", tmp_path / "moodle.zip")[1]


def test_a_worksheet_that_knows_nobody_is_refused_before_pages_are_written(root, tmp_path, capsys):
    (tmp_path / "worksheet.csv").write_text(GRADING_WORKSHEET)
    shutil.rmtree(root / "feedback")
    arguments = ["--root", str(root), "feedback", "tiny", "--quiet", "--zip", str(tmp_path / "m.zip"), "--moodle", str(tmp_path / "worksheet.csv")]
    assert main(arguments) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1 and "knows none of the students" in said[0] and "nbgrader db student import" in said[0]
    assert not (root / "feedback").exists() and not (tmp_path / "m.zip").exists()


def with_exchange(root, exchange, *lines):
    config = (root / "nbgrader_config.py").read_text()
    (root / "nbgrader_config.py").write_text("\n".join([config, f'c.Exchange.root = "{exchange}"', *lines]))


def test_released_pages_are_where_the_exchange_looks_for_them(root, tmp_path):
    from nbgrader.utils import notebook_hash

    (tmp_path / "exchange").mkdir(mode=0o777)
    with_exchange(root, tmp_path / "exchange")
    (root / "feedback" / "right" / "tiny" / "submission_secret.txt").unlink()
    assert release(root, "tiny", all_pages(root)) == ["right"]
    released = {path.stem: path.read_bytes() for path in (tmp_path / "exchange" / "pytorch" / "feedback").iterdir()}
    assert released == {notebook_hash(secret=f"secret of {student}", notebook_id="tiny"): page(root, student).read_bytes()
                        for student in ("half", "brack[et] s")}


@pytest.mark.parametrize("case, said", [("gone", "there is no exchange at .*/nowhere"), ("nameless", "set c.CourseDirectory.course_id"),
                                        ("not through it", "came through nbgrader's exchange")])
def test_a_release_that_cannot_be_says_what_to_do(root, tmp_path, case, said):
    (tmp_path / "exchange").mkdir(mode=0o777)
    with_exchange(root, tmp_path / ("nowhere" if case == "gone" else "exchange"),
                  'c.CourseDirectory.course_id = ""' if case == "nameless" else "")
    if case == "not through it":
        for student in STUDENTS:
            (root / "feedback" / student / "tiny" / "timestamp.txt").unlink()
    with pytest.raises(CourseError, match=said):
        release(root, "tiny", all_pages(root))


def test_the_command_writes_and_packs_and_tells_what_it_did(root, tmp_path, capsys):
    assert main(["--root", str(root), "feedback", "tiny", "--zip", "--zip-each", str(tmp_path / "each"), "--jobs", "1"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "pages of 0 students written under feedback/, 3 up to date", f"packed {root / 'feedback' / 'tiny.zip'}",
        f"packed 3 zips in {tmp_path / 'each'}"]


@pytest.mark.parametrize("way", [["--zip"], ["--zip", "--moodle", "worksheet.csv"], ["--zip-each", "each"]], ids=lambda way: " ".join(way))
def test_who_still_waits_for_marks_is_named_where_pages_are_packed_and_packed_all_the_same(root, tmp_path, capsys, monkeypatch, way):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "worksheet.csv").write_text(WORKSHEET)
    assert main(["--root", str(root), "feedback", "tiny", "--jobs", "1", *way]) == 0
    assert "marked by hand" not in capsys.readouterr().out
    with gradebook.opened(root) as book:
        for student in ("half", "right"):
            book.find_grade("double-values", "tiny", "tiny", student).needs_manual_grade = True
        book.db.commit()
    assert main(["--root", str(root), "feedback", "tiny", "--jobs", "1", *way]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "to be marked by hand yet  half, right: their pages say that points may still change"
    assert any(line.startswith("packed ") for line in said) and all(page(root, student).is_file() for student in STUDENTS)
    assert main(["--root", str(root), "feedback", "tiny", "--jobs", "1"]) == 0
    assert "marked by hand" not in capsys.readouterr().out


def test_who_has_no_page_is_told_with_the_reason_and_left_out_of_the_zips(root, tmp_path, capsys):
    for student, name in (("felix", "felix.pdf"), ("gina", "tiny.ipynb")):
        (root / "submitted" / student / "tiny").mkdir(parents=True)
        (root / "submitted" / student / "tiny" / name).write_bytes(b"%PDF-1.4")
    tiny_class.grade(root, "tiny")
    for student in ("hugo", "ida"):
        tiny_class.submit(root, student, tiny_class.RIGHT)
    assert main(["--root", str(root), "feedback", "tiny", "--zip-each", str(tmp_path / "each"), "--jobs", "1"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "pages of 0 students written under feedback/, 3 up to date, none for 4:",
        "no feedback  felix: not graded: no tiny.ipynb in it; found felix.pdf: ask for the .ipynb file as Jupyter saved it",
        "no feedback  gina: not graded: tiny.ipynb is not a notebook but a PDF: ask for the .ipynb file as Jupyter saved it",
        "no feedback  hugo, ida: not graded yet", f"packed 3 zips in {tmp_path / 'each'}"]
    assert sorted(path.stem for path in (tmp_path / "each").iterdir()) == sorted(STUDENTS)


def test_whose_feedback_was_asked_for_and_cannot_be_is_told_why_and_nobody_else_is(root, capsys):
    tiny_class.submit(root, "hugo", tiny_class.RIGHT)
    with pytest.raises(CourseError, match="^there is no feedback on tiny for hugo: not graded yet$"):
        write_feedback(root, "tiny", students=["half", "hugo"])
    assert write_feedback(root, "tiny", students=["half"]).told() == "pages of 0 students written under feedback/, 1 up to date"


def test_a_worksheet_without_a_zip_is_refused(root):
    with pytest.raises(CourseError, match="give --zip too"):
        check_worksheet(root, "tiny", (), None, "w.csv")
