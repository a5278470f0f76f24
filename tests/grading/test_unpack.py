"""Unpacking what Moodle and Canvas pack: whose each file is, nothing overwritten, nothing lost, nothing from outside the zip."""

import stat
import zipfile

import nbformat
import pytest
import tiny_class

from course.cli import main
from course.grading import gradebook
from course.grading.answers import with_answers
from course.grading.course_root import CourseError
from course.grading.grade import grade
from course.grading.unpack import unpack
from course.grading.unpack.placing import moment

WORKSHEET = """Identifier,Full name,Username,Email address,Status,Grade,Last modified (submission)
Participant 1001,Zoë Šimková,zoe,zoe@uni.example,Submitted,,"Tuesday, 24 November 2026, 3:05 PM"
Participant 1002,Benoît d'Arc,benoit,benoit@uni.example,Submitted,,-
Participant 1003,李 明,ming,ming@uni.example,Submitted,,"Dienstag, 24. Novembre 2026"
Participant 1004,Carla Maria Ruiz,,carla@uni.example,Submitted,,
"""
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,tiny (77)
    Points Possible,,,,,6
"Amara, Obi",501,S1,amara,One,
"Doe, Jo-Ann",502,S2,jo,One,
"""
FOLDERS = {"zoe": "Zoë Šimková_1001_assignsubmission_file", "benoit": "Benoît d'Arc_1002_assignsubmission_file",
           "ming": "李 明_1003_assignsubmission_file_"}


@pytest.fixture(name="packed")
def packed_into_course(generated, tmp_path):
    """A function of {path in the zip: content}: unpacks such a zip from Moodle into the course, and returns the Report."""
    (tmp_path / "worksheet.csv").write_text(WORKSHEET, encoding="utf-8")

    def packed(files, worksheet="worksheet.csv", platform="moodle", **options):
        path = zipped(tmp_path / "submissions.zip", files)
        return unpack(generated, path, "tiny", platform=platform, roster=tmp_path / worksheet, **options)

    packed.root, packed.folder = generated, tmp_path
    return packed


def zipped(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def notebook(root, sources):
    return nbformat.writes(with_answers(tiny_class.released(root), sources))


def lies(packed, student, name="tiny.ipynb"):
    """What lies in a student's folder under this name."""
    return (packed.root / "submitted" / student / "tiny" / name).read_bytes()


def files_of(packed, student):
    below = packed.root / "submitted" / student / "tiny"
    return sorted(path.relative_to(below).as_posix() for path in below.rglob("*") if path.is_file())


def nothing_is_there(packed):
    return not list((packed.root / "submitted").glob("*")) if (packed.root / "submitted").exists() else True


def test_moodles_folders_go_to_the_students_of_the_worksheet_whatever_their_names_are(packed):
    report = packed({f"{folder}/tiny.ipynb": student for student, folder in FOLDERS.items()})
    assert sorted(report.placed) == sorted(FOLDERS) and report.is_done
    assert {student: lies(packed, student).decode() for student in FOLDERS} == {student: student for student in FOLDERS}


def test_files_that_were_not_downloaded_in_folders_go_there_too(packed):
    report = packed({"Zoë Šimková_1001_assignsubmission_file_tiny.ipynb": "z", "download/Benoît d'Arc_1002_assignsubmission_file_/tiny.ipynb": "b"})
    assert report.is_done and lies(packed, "zoe") == b"z" and lies(packed, "benoit") == b"b"


@pytest.mark.usefixtures("warm_engine")
def test_what_is_unpacked_is_graded_and_not_unpacked_twice(packed):
    files = {f"{FOLDERS['zoe']}/tiny.ipynb": notebook(packed.root, tiny_class.RIGHT)}
    packed(files)
    assert [(one.student, one.status) for one in grade(packed.root, "tiny")] == [("zoe", "graded")]
    assert tiny_class.points_of(packed.root) == {"zoe": 6}
    assert packed(files).unchanged == ["zoe"]


def test_the_worksheets_time_goes_into_timestamp_txt_and_one_that_cannot_be_read_is_told(packed):
    report = packed({f"{folder}/tiny.ipynb": student for student, folder in FOLDERS.items()})
    assert lies(packed, "zoe", "timestamp.txt") == b"2026-11-24 15:05:00 UTC"
    assert files_of(packed, "benoit") == files_of(packed, "ming") == ["tiny.ipynb"]
    assert [line.partition(":")[0] for line in report.told] == ["no time  ming"]


@pytest.mark.parametrize("text, said", [
    ("Tuesday, 24 November 2026, 3:05 PM", "2026-11-24 15:05:00"), ("2026-11-12 15:05", "2026-11-12 15:05:00"),
    ("03/04/2026, 15:05", "None"), ("November 2026", "None"), ("yesterday", "None")])
def test_a_time_that_can_be_read_in_two_ways_is_none(text, said):
    assert str(moment(text)) == said


def test_a_student_cannot_say_when_something_was_handed_in(packed):
    packed({f"{FOLDERS['benoit']}/tiny.ipynb": "b", f"{FOLDERS['benoit']}/timestamp.txt": "2020-01-01 00:00:00 UTC"})
    assert files_of(packed, "benoit") == ["handed-in-timestamp.txt", "tiny.ipynb"]


def test_a_renamed_notebook_gets_its_name_and_that_is_told(packed):
    report = packed({f"{FOLDERS['zoe']}/tiny (1).ipynb": "z", f"{FOLDERS['zoe']}/data.csv": "1,2",
                     f"{FOLDERS['zoe']}/.ipynb_checkpoints/tiny-checkpoint.ipynb": "old"})
    assert lies(packed, "zoe") == b"z" and "data.csv" in files_of(packed, "zoe")
    assert report.told[0] == "renamed  zoe: tiny (1).ipynb was taken for tiny.ipynb"


def test_another_assignments_notebook_is_not_taken_for_a_renamed_one(packed):
    other = packed.root / "release" / "large" / "large.ipynb"
    other.parent.mkdir(parents=True)
    other.write_text("{}")
    report = packed({f"{FOLDERS['zoe']}/large.ipynb": "{}", f"{FOLDERS['benoit']}/mine.ipynb": "{}"})
    assert report.unclear == ["zoe: no tiny.ipynb, but large.ipynb, another assignment's: ask for the right one"]
    assert lies(packed, "zoe", "large.ipynb") and lies(packed, "benoit")


def test_of_several_attempts_the_one_with_the_right_name_counts_and_the_others_lie_beside_it(packed):
    report = packed({f"{FOLDERS['zoe']}/tiny.ipynb": "one", f"{FOLDERS['zoe']}/tiny-2.ipynb": "two", f"{FOLDERS['zoe']}_/tiny.ipynb": "three"})
    assert (lies(packed, "zoe"), lies(packed, "zoe", "tiny-2.ipynb"), lies(packed, "zoe", "again (2)/tiny.ipynb")) == (b"one", b"two", b"three")
    assert report.told[0] == "several  zoe: tiny.ipynb counts; also there: again (2)/tiny.ipynb, tiny-2.ipynb"


def test_of_several_attempts_without_the_right_name_none_is_guessed(packed):
    report = packed({f"{FOLDERS['zoe']}/first.ipynb": "one", f"{FOLDERS['zoe']}/second.ipynb": "two"})
    assert files_of(packed, "zoe") == ["first.ipynb", "second.ipynb", "timestamp.txt"]
    assert not report.is_done and "first.ipynb, second.ipynb: give the right one that name" in report.unclear[0]


def test_a_pdf_in_place_of_a_notebook_is_placed_and_the_notebook_is_to_be_asked_for(packed):
    report = packed({f"{FOLDERS['zoe']}/zoe.pdf": b"%PDF-1.4"})
    assert report.placed == ["zoe"] and not report.is_done
    assert report.unclear == ["zoe: no tiny.ipynb, but zoe.pdf: ask for the .ipynb file as Jupyter saved it"]


def test_a_file_where_another_needs_a_folder_loses_neither(packed):
    packed({f"{FOLDERS['zoe']}/tiny.ipynb": "z", f"{FOLDERS['zoe']}/data": "file", f"{FOLDERS['zoe']}/data/one.csv": "below"})
    assert lies(packed, "zoe", "data") == b"file" and lies(packed, "zoe", "again (2)/data/one.csv") == b"below"


def test_another_version_is_kept_until_told_otherwise(packed):
    packed({f"{FOLDERS['zoe']}/tiny.ipynb": "first"})
    newer = {f"{FOLDERS['zoe']}/tiny.ipynb": "second", f"{FOLDERS['benoit']}/tiny.ipynb": "b"}
    report = packed(newer)
    assert (report.kept, report.placed, lies(packed, "zoe"), report.is_done) == (["zoe"], ["benoit"], b"first", False)
    report = packed(newer, force=True)
    assert (report.replaced, report.unchanged, lies(packed, "zoe"), report.is_done) == (["zoe"], ["benoit"], b"second", True)
    assert not (packed.root / "submitted" / ".unpacking").exists()


def test_what_cannot_be_placed_is_listed_and_everything_else_is_placed(packed):
    report = packed({f"{FOLDERS['zoe']}/tiny.ipynb": "z", "Nobody_9999_assignsubmission_file/tiny.ipynb": "n", "readme.txt": "r",
                     "Team 2_1002_assignsubmission_file/tiny.ipynb": "t", f"{FOLDERS['zoe']}/{'x' * 250}": "long"})
    assert report.placed == ["zoe"] and len(report.not_placed) == 4
    told = "\n".join(report.not_placed)
    assert "the number 9999 is not in" in told and "readme.txt: Moodle gives no file such a name" in told
    assert "Team 2_1002_assignsubmission_file/tiny.ipynb: the number 1002 is that of Benoît d'Arc" in told and "name is too long" in told


@pytest.mark.parametrize("name", ["x_1002_assignsubmission_file/tiny.ipynb", "Benoît d'Arc_1002_assignsubmission_file_tiny.ipynb"])
def test_a_file_name_cannot_make_it_anothers(packed, name):
    packed({f"{FOLDERS['zoe']}/{name}": "forged"})
    assert not (packed.root / "submitted" / "benoit").exists() and lies(packed, "zoe") == b"forged"


def test_students_are_called_as_in_the_gradebook_then_as_the_worksheet_says(packed):
    with gradebook.opened(packed.root) as book:
        book.update_or_create_student("b.darc", email="benoit@uni.example")
    report = packed({f"{FOLDERS['benoit']}/tiny.ipynb": "b", "Carla Maria Ruiz_1004_assignsubmission_file/tiny.ipynb": "c"})
    assert sorted(report.placed) == ["b.darc", "carla@uni.example"]
    assert packed({f"{FOLDERS['zoe']}/tiny.ipynb": "z"}, named_by="Email address").placed == ["zoe@uni.example"]


def test_who_was_placed_under_another_name_is_not_placed_twice(packed):
    files = {f"{FOLDERS['zoe']}/tiny.ipynb": "{}", f"{FOLDERS['benoit']}/tiny.ipynb": "{}"}
    packed(files, named_by="Email address")
    report = packed({**files, f"{FOLDERS['ming']}/tiny.ipynb": "{}"})
    assert report.not_placed == [
        f"{name}: lies in submitted/{name}@uni.example already: rename that folder to {name} first, and in autograded and feedback"
        for name in ("benoit", "zoe")]
    assert report.placed == ["ming"]
    assert not (packed.root / "submitted" / "zoe").exists()


def test_two_people_of_one_name_are_never_put_into_one_folder(packed):
    (packed.folder / "two.csv").write_text("Identifier,Full name,Email address\nParticipant 1,Jo Doe,a@x.y\nParticipant 2,Jo Doe,b@x.y\n")
    files = {"Jo Doe_1_assignsubmission_file/tiny.ipynb": "1", "Jo Doe_2_assignsubmission_file/tiny.ipynb": "2"}
    report = packed(files, "two.csv", named_by="Full name")
    assert nothing_is_there(packed) and "several people whose folder would be 'Jo Doe'" in report.not_placed[0]
    assert packed(files, "two.csv").placed == ["a@x.y", "b@x.y"]


def test_a_name_that_cannot_be_a_folder_is_told(packed):
    (packed.folder / "odd.csv").write_text("Identifier,Full name,Username\nParticipant 1,Jo Doe,../jo\n")
    report = packed({"Jo Doe_1_assignsubmission_file/tiny.ipynb": "1"}, "odd.csv")
    assert nothing_is_there(packed) and "'../jo' cannot be the name of a folder" in report.not_placed[0]


def test_canvas_files_are_found_by_its_gradebook_and_its_late_ones_told(packed):
    (packed.folder / "canvas.csv").write_text(CANVAS, encoding="utf-8")
    report = packed({"amaraobi_501_9001_tiny-1.ipynb": "a", "doejoann_LATE_502_9002_tiny.ipynb": "d"}, "canvas.csv", "canvas")
    assert report.placed == ["amara", "jo"] and report.is_done
    assert lies(packed, "amara") == b"a" and lies(packed, "jo") == b"d"
    assert [line.partition(":")[0] for line in report.told] == ["renamed  amara", "late  jo"]


def link(name, target):
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry, target


@pytest.mark.parametrize("bad", ["../outside.txt", "/etc/outside.txt", f"{FOLDERS['zoe']}/../../outside.txt", "C:\\outside.txt",
                                 f"{FOLDERS['zoe']}/..\\..\\outside.txt"])
def test_a_path_that_leads_out_is_refused_and_nothing_is_written(packed, bad):
    before = sorted(packed.folder.rglob("*"))
    with pytest.raises(CourseError, match="is refused, and nothing is unpacked.*leads out of the folder"):
        packed({f"{FOLDERS['zoe']}/tiny.ipynb": "z", bad: "out"})
    assert nothing_is_there(packed) and sorted(set(packed.folder.rglob("*")) - set(before)) == [packed.folder / "submissions.zip"]


def test_a_link_is_refused_and_nothing_is_written(packed):
    path = packed.folder / "links.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{FOLDERS['zoe']}/tiny.ipynb", "z")
        archive.writestr(*link(f"{FOLDERS['zoe']}/passwords", "/etc/passwd"))
    with pytest.raises(CourseError, match="passwords' in it is a link"):
        unpack(packed.root, path, "tiny", platform="moodle", roster=packed.folder / "worksheet.csv")
    assert nothing_is_there(packed)


def test_a_file_that_is_longer_than_it_says_is_not_placed(packed):
    path = zipped(packed.folder / "bomb.zip", {f"{FOLDERS['zoe']}/tiny.ipynb": b"0" * 5000, f"{FOLDERS['benoit']}/tiny.ipynb": "b"})
    raw = path.read_bytes()
    directory = raw.index(b"PK\x01\x02")
    path.write_bytes(raw[:directory] + raw[directory:].replace((5000).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    report = unpack(packed.root, path, "tiny", platform="moodle", roster=packed.folder / "worksheet.csv")
    assert report.placed == ["benoit"] and len(report.not_placed) == 1 and report.not_placed[0].startswith("zoe: ")


def test_too_much_is_told_before_it_is_read(packed, monkeypatch):
    monkeypatch.setattr("course.grading.unpack.sorting.MOST_BYTES", 1000)
    report = packed({f"{FOLDERS['zoe']}/tiny.ipynb": b"0" * 2000, f"{FOLDERS['benoit']}/tiny.ipynb": "b"})
    assert report.placed == ["benoit"] and "zoe handed in" in report.not_placed[0]


@pytest.mark.parametrize("content, said", [(b"no zip", "is no zip, or a damaged one"), (None, "cannot read")])
def test_what_is_no_zip_is_told_in_one_line(packed, content, said):
    path = packed.folder / "odd.zip"
    if content:
        path.write_bytes(content)
    with pytest.raises(CourseError, match=said):
        unpack(packed.root, path, "tiny", platform="moodle", roster=packed.folder / "worksheet.csv")


def test_another_csv_than_the_worksheet_is_refused_with_where_to_get_it(packed):
    (packed.folder / "grades.csv").write_text("Username,Grade\nzoe,3\n")
    with pytest.raises(CourseError, match="no column Identifier, nor one with a word.* what is needed is Moodle's grading worksheet"):
        packed({f"{FOLDERS['zoe']}/tiny.ipynb": "z"}, "grades.csv")


def test_the_command_tells_all_of_it_and_ends_with_1_where_a_person_is_needed(packed, capsys):
    path = zipped(packed.folder / "some.zip", {f"{FOLDERS['zoe']}/tiny.ipynb": "z", "readme.txt": "r"})
    arguments = ["--root", str(packed.root), "unpack", str(path), "tiny", "--moodle", str(packed.folder / "worksheet.csv"), "--quiet"]
    assert main(arguments) == 1
    said = capsys.readouterr().out.splitlines()
    assert said == ["submissions: 1 new", "not placed  readme.txt: Moodle gives no file such a name"]
    zipped(path, {f"{FOLDERS['zoe']}/tiny.ipynb": "z"})
    assert main(arguments) == 0 and capsys.readouterr().out == "submissions: 1 there already\n"
