"""A worksheet or a gradebook in the teacher's language is filled in as an English one: columns are known by what stands in them."""

import csv
import shutil

import pytest
import test_exports
from test_exports import made  # noqa: F401 - a fixture

from course.cli import main
from course.grading.course_root import CourseError
from course.grading.exports.writing import export

GERMAN = """\ufeffID;Vollständiger Name;E-Mail-Adresse;Status;Bewertung;Bestwertung;Bewertung kann geändert werden;\
Zuletzt geändert (Abgabe);Zuletzt geändert (Bewertung);Feedback als Kommentar
Teilnehmer/in1;Ada Lovelace;ada@example.org;Zur Bewertung abgegeben;;6,00;Ja;Dienstag, 24. November 2026, 15:05;-;
Teilnehmer/in2;Björk Guðmundsdóttir;bjork@example.org;Zur Bewertung abgegeben;;6,00;Ja;Dienstag, 24. November 2026, 16:05;-;
Teilnehmer/in3;Lee Late;late@example.org;Zur Bewertung abgegeben;1,00;6,00;Ja;Mittwoch, 25. November 2026, 16:05;Mittwoch, 25. November 2026, 17:05;Meins
Teilnehmer/in4;Wes Waits;wes@example.org;Keine Abgabe;;6,00;Ja;-;-;
"""
FRENCH = """Prénom,Nom,Numéro d'identification,Adresse de courriel,Devoir: shapes (Brut),Devoir: shapes (Pourcentage),Devoir: shapes (Feedback)
Ada,Lovelace,,ada@example.org,-,-,
Lee,Late,,late@example.org,"1,00","16,67 %",
"""


@pytest.fixture
def root(made, tmp_path, monkeypatch):  # noqa: F811
    """A course's folder with the small gradebook."""
    monkeypatch.chdir(shutil.copytree(made, tmp_path / "course"))
    return tmp_path / "course"


def fill(root, text, **options):
    """(rows of the file that comes out, notices)."""
    (root / "in.csv").write_text(text, encoding="utf-8")
    path, notices = export(root, "moodle", ["shapes"], roster="in.csv", to=str(root / "out.csv"), **options)
    delimiter = ";" if ";" in text else ","
    return list(csv.reader(path.open(encoding="utf-8", newline=""), delimiter=delimiter)), notices


def test_a_worksheet_in_another_language_gets_grades_and_comments_and_keeps_its_names_of_columns(root):
    rows, notices = fill(root, GERMAN)
    assert rows[0] == GERMAN.split("\n")[0].split(";")
    assert [(row[4], row[-1]) for row in rows[1:]] == [
        ("5.5", ""), ("5", "<p>=neat, and well said</p>"), ("4.75", "Meins"), ("", "")]
    assert [row[:4] + row[5:9] for row in rows[1:]] == [row[:4] + row[5:9] for row in csv.reader(GERMAN.split("\n")[1:5], delimiter=";")]
    assert notices[0] == ("columns  took 'ID' for Identifier, 'Vollständiger Name' for Full name, 'E-Mail-Adresse' for Email address, "
                          "'Bewertung' for Grade, 'Bestwertung' for Maximum Grade, 'Feedback als Kommentar' for Feedback comments; "
                          "--column 'Identifier=…' says otherwise")
    assert "comment kept  late, shapes: the worksheet has another than the gradebook" in notices
    assert not any("not in the gradebook" in line or "maximum grade" in line for line in notices)


def test_another_maximum_is_told_in_any_language(root):
    assert any(line.startswith("maximum grade of shapes: 5,00 in") for line in fill(root, GERMAN.replace("6,00", "5,00"))[1])


@pytest.mark.parametrize("grades", ["", "6,00"])
def test_grades_that_are_all_alike_are_no_maximum(root, grades):
    rows, _ = fill(root, GERMAN.replace(";1,00;", ";;").replace(";;6,00", f";{grades};6,00"))
    assert [row[4:6] for row in rows[1:]] == [["5.5", "6,00"], ["5", "6,00"], ["4.75", "6,00"], [grades, "6,00"]]


def test_a_gradebook_in_another_language_is_filled_in_by_address_in_the_column_of_points(root):
    rows, notices = fill(root, FRENCH)
    assert [row[4:] for row in rows[1:]] == [["5.5", "-", ""], ["4.75", "16,67 %", ""]]
    assert notices[0].startswith("columns  took 'Adresse de courriel' for Email address; ")


def test_two_columns_of_points_that_nothing_tells_apart_are_asked_about(root):
    text = FRENCH.replace('"1,00","16,67 %"', "-,-")
    with pytest.raises(CourseError, match=r"several columns for shapes; say which .*Devoir: shapes \(Brut\)"):
        fill(root, text)
    rows, _ = fill(root, text, columns={"shapes": "Devoir: shapes (Brut)"})
    assert [row[4:6] for row in rows[1:]] == [["5.5", "-"], ["4.75", "-"]]


def test_a_person_says_which_column_is_which_where_nothing_tells(root, capsys):
    text = GERMAN.replace("Teilnehmer/in", "").replace("@example.org", "").replace(";ada;", ";ada;", 1)
    (root / "in.csv").write_text(text, encoding="utf-8")
    arguments = ["export", "shapes", "--format", "moodle", "--roster", "in.csv", "--to", "out.csv"]
    assert main(arguments) == 1
    assert "no column for shapes" in capsys.readouterr().err
    more = ["--column", "Identifier=ID", "--column", "Grade=Bewertung", "--column", "Username=E-Mail-Adresse",
            "--column", "Feedback comments=Feedback als Kommentar"]
    assert main([*arguments, *more]) == 0
    rows = list(csv.reader((root / "out.csv").open(encoding="utf-8-sig"), delimiter=";"))
    assert [(row[4], row[-1]) for row in rows[1:3]] == [("5.5", ""), ("5", "<p>=neat, and well said</p>")]


@pytest.mark.parametrize("column, said", [
    ("Kennung=ID", "left of the = stands an assignment, or one of Identifier, Full name, "), ("Grade=Note", "has no column Note: it has ID, ")])
def test_a_wrong_name_of_a_column_is_refused(root, capsys, column, said):
    (root / "in.csv").write_text(GERMAN, encoding="utf-8")
    assert main(["export", "shapes", "--format", "moodle", "--roster", "in.csv", "--to", "out.csv", "--column", column]) == 1
    assert said in capsys.readouterr().err and not (root / "out.csv").exists()


def test_an_english_file_is_left_without_a_word_on_its_columns(root):
    assert not any(line.startswith("columns") for line in fill(root, test_exports.WORKSHEET)[1])
