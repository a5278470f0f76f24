"""A worksheet in the teacher's language: columns are known by what stands in them, times by Unicode's names of months and days."""

import pytest
import test_unpack
import tiny_class
from test_unpack import lies, packed_into_course  # noqa: F401 - a fixture

from course.cli import main
from course.grading.course_root import CourseError
from course.grading.feedback.archive import moodle_folders
from course.grading.grade import grade
from course.grading.unpack.any_language import in_any_language
from course.grading.unpack.placing import moment

GERMAN = """ID,Vollständiger Name,Anmeldename,Matrikelnummer,E-Mail-Adresse,Status,Bewertung,Bestwertung,Zuletzt geändert (Abgabe),Zuletzt geändert (Bewertung)
Teilnehmer/in1001,Zoë Šimková,zoe,S-1,zoe@uni.example,Zur Bewertung abgegeben,,"6,00","Dienstag, 24. November 2026, 15:05","Mittwoch, 25. November 2026, 09:00"
Teilnehmer/in1002,Benoît d'Arc,benoit,S-2,benoit@uni.example,Keine Abgabe,,"6,00",-,-
Teilnehmer/in1003,李 明,ming,,ming@uni.example,Zur Bewertung abgegeben,,"6,00","Dienstag, 24. Novembre 2026",-
"""
FRENCH = """Identifiant,Nom complet,Adresse de courriel,Statut,Note,Dernière modification (travail remis)
Participant 1001,Zoë Šimková,zoe@uni.example,Remis pour évaluation,,mardi 24 novembre 2026 15:05
Participant 1002,Benoît d'Arc,benoit@uni.example,Aucun travail remis,,-
"""
SPANISH = """Identificador;Nombre completo;Estatus;Calificación;Última modificación (entrega)
Participante 1001;Zoë Šimková;Enviado para calificar;;martes, 24 de noviembre de 2026, 15:05
Participante 1002;Benoît d'Arc;Sin entrega;;-
"""
FILES = {f"{test_unpack.FOLDERS[student]}/tiny.ipynb": student for student in ("zoe", "benoit")}
STAMP = b"2026-11-24 15:05:00 UTC"


def worksheet(packed, text):
    (packed.folder / "other.csv").write_text(text, encoding="utf-8")
    return "other.csv"


@pytest.mark.parametrize(("text", "students"), [(GERMAN, ["benoit", "zoe"]), (FRENCH, ["benoit@uni.example", "zoe@uni.example"])])
def test_a_worksheet_in_another_language_is_understood_and_what_was_taken_for_what_is_told(packed, text, students):
    report = packed(FILES, worksheet(packed, text))
    assert report.placed == students and report.is_done
    assert lies(packed, students[1]) == b"zoe" and lies(packed, students[1], "timestamp.txt") == STAMP
    header = text.split("\n")[0].split(",")
    [line] = report.told
    assert line.startswith(f"columns  took '{header[0]}' for Identifier, '{header[1]}' for Full name, '{header[2]}' for ")
    assert "for Last modified (submission)" in line and "(Bewertung)" not in line


def test_where_it_says_only_full_names_another_column_names_folders_and_the_gradebook_is_heeded(packed):
    name = worksheet(packed, SPANISH)
    with tiny_class.gradebook.opened(packed.root) as book:
        book.update_or_create_student("zs", first_name="Zoë", last_name="Šimková")
    report = packed(FILES, name)
    assert report.placed == ["zs"] and "name a column with --named-by" in report.not_placed[0]
    assert packed(FILES, name, named_by="Nombre completo").placed == ["Benoît d'Arc"]


def test_a_time_that_cannot_be_read_is_told_with_what_is_expected_and_the_work_is_graded(packed):
    notebook = test_unpack.notebook(packed.root, tiny_class.RIGHT)
    report = packed({f"{test_unpack.FOLDERS['ming']}tiny.ipynb": notebook}, worksheet(packed, GERMAN))
    assert report.told[1] == ("no time  ming: 'Dienstag, 24. Novembre 2026' is not understood, so that it counts as in time; "
                              "write timestamp.txt, as 2026-12-01 22:59:59 UTC")
    assert [(one.student, one.status) for one in grade(packed.root, "tiny")] == [("ming", "graded")]


def test_a_team_is_still_told_from_the_student_who_has_its_number(packed):
    report = packed(FILES | {"Team 2_1003_assignsubmission_file/tiny.ipynb": "t"}, worksheet(packed, GERMAN))
    assert report.placed == ["benoit", "zoe"] and "the number 1003 is that of 李 明" in report.not_placed[0]


def test_a_due_date_that_all_have_is_not_when_it_was_handed_in(packed):
    lines = [[*line.split(";")] for line in SPANISH.strip().split("\n")] + [["Participante 1003", "Ana", "Sin entrega", "", "-"]]
    due = ["Fecha límite", *["lunes, 23 de noviembre de 2026, 23:59"] * 3]
    text = "\n".join(";".join([*line[:3], due[row], *line[3:]]) for row, line in enumerate(lines))
    packed(FILES, worksheet(packed, text), named_by="Nombre completo")
    assert lies(packed, "Zoë Šimková", "timestamp.txt") == STAMP


def test_columns_that_nothing_tells_apart_are_named_by_a_person(packed, capsys):
    path = packed.folder / worksheet(packed, GERMAN.replace("Teilnehmer/in", "").replace("2026", "26"))
    zipped = test_unpack.zipped(packed.folder / "some.zip", FILES)
    arguments = ["--root", str(packed.root), "unpack", str(zipped), "tiny", "--moodle", str(path), "--quiet"]
    assert main(arguments) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "has no column Identifier, nor one with a word and a number in each row" in said
    assert "--column 'Identifier=…': ID, Vollständiger Name, Anmeldename" in said
    more = ["--column", "Identifier=ID", "--column", "Full name=Vollständiger Name", "--column", "Username=Anmeldename"]
    assert main([*arguments, *more]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "submissions: 2 new" and said[1].startswith("no times  ") and "--column 'Last modified (submission)=…'" in said[1]


@pytest.mark.parametrize(("columns", "said"), [
    ({"Identifier": "Kennung"}, "has no column Kennung: it has ID, "), ({"Kennung": "ID"}, "left of the = stands one of Identifier, ")])
def test_a_wrong_name_of_a_column_is_refused_with_those_that_there_are(packed, columns, said):
    with pytest.raises(CourseError, match=said):
        packed(FILES, worksheet(packed, GERMAN), columns=columns)


def test_feedback_finds_students_in_such_a_worksheet_too(packed):
    path = packed.folder / worksheet(packed, GERMAN)
    with tiny_class.gradebook.opened(packed.root) as book:
        book.update_or_create_student("zoe")
    assert moodle_folders(packed.root, path, ["zoe", "nobody"]) == {"zoe": "Zoë Šimková_1001_assignfeedback_file"}


@pytest.mark.parametrize("text", [
    "Dienstag, 24. November 2026, 15:05", "mardi 24 novembre 2026, 15:05", "martes, 24 de noviembre de 2026, 15:05",
    "martedì, 24 novembre 2026, 15:05", "terça-feira, 24 de novembro de 2026, 15:05", "dinsdag, 24 november 2026, 15:05",
    "wtorek, 24 listopada 2026, 15:05", "24 Kasım 2026 Salı, 15:05", "вторник, 24 ноября 2026, 15:05", "úterý, 24. listopadu 2026, 15:05",
    "Τρίτη, 24 Νοεμβρίου 2026, 3:05 PM", "2026年11月24日 星期二 15:05", "2026年 11月 24日(火曜日) 15:05", "24 november 2026 15:05"])
def test_a_time_is_read_in_any_language(text):
    assert str(in_any_language(text)) == "2026-11-24 15:05:00" == str(moment(text))


def test_an_hour_in_the_morning_is_one():
    assert str(in_any_language("Dienstag, 24. November 2026, 09:05")) == "2026-11-24 09:05:00"
    assert str(in_any_language("Τρίτη, 24 Νοεμβρίου 2026, 12:05 AM")) == "2026-11-24 00:05:00"


@pytest.mark.parametrize("text", [
    "Montag, 24. November 2026, 15:05", "Dienstag, 31. November 2026, 15:05", "Dienstag, 24. Novembre", "24. 11. 2026, 15:05",
    "2026年11月24日 下午3:05", "Τρίτη, 24 Νοεμβρίου 2026, 3:05 μμ", "2026-2027", "24 blubber 2026, 15:05", "24. November 2026, 25:05",
    "24 november 2026, 15:05, 16:05", "5 mars 2026, 6 mars 2026, 15:05", ""])
def test_a_time_that_is_not_certain_is_none(text):
    assert in_any_language(text) is None
