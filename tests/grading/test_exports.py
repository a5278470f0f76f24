"""Exports: each format as written by hand, rosters kept and filled in, and the same through nbgrader's own command."""

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import small_gradebook
from nbgrader.api import Gradebook
from stock_command import nbgrader

from course.cli import main
from course.grading.course_root import CourseError
from course.grading.exports.comments import as_html
from course.grading.exports.table import number_cell, text_cell
from course.grading.exports.writing import export
from course.grading.records import FAILED, Record, Records

EXPECTED = Path(__file__).parent / "exports_expected"
CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "pytorch"\n'


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("made")
    (root / "nbgrader_config.py").write_text(CONFIG)
    small_gradebook.make(root / "gradebook.db")
    return root


@pytest.fixture
def root(made, tmp_path):
    """A course's folder with the small gradebook."""
    return shutil.copytree(made, tmp_path / "course")


def expected(name):
    return (EXPECTED / name).read_text(encoding="utf-8")


def cell(path, student, column):
    """What a Canvas file has for a student, found by SIS Login ID."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return next(row[column] for row in csv.DictReader(file) if row["SIS Login ID"] == student)


@pytest.mark.parametrize("to_format, assignments", [("nbgrader", ["shapes"]), ("canvas", ["shapes", "views"]), ("moodle", ["shapes"])])
def test_each_format_is_written_as_expected(root, to_format, assignments):
    path, notices = export(root, to_format, assignments, to=str(root / "out.csv"))
    assert path.read_text(encoding="utf-8") == expected(f"{to_format}.csv")
    assert "no grade  shapes, nothing handed in: missing" in notices
    assert "no grade  shapes, waits to be marked by hand: waiting" in notices


def test_nbgraders_own_csv_has_the_same_columns_and_the_same_numbers_where_there_is_a_grade(root):
    path, _ = export(root, "nbgrader", ["shapes"], to=str(root / "ours.csv"), students=["ada", "late"])
    nbgrader(root, "export", "--to=theirs.csv", "--assignment=['shapes']", "--student=['ada','late']")
    assert (root / "theirs.csv").read_text() == path.read_text()


@pytest.mark.parametrize("name", ["Canvas", "Moodle"])
def test_nbgraders_own_command_writes_the_same_file(root, name):
    assignments = {"Canvas": ["shapes", "views"], "Moodle": ["shapes"]}[name]
    nbgrader(root, "export", f"--exporter=course.grading.exports.{name}Export", "--to=out.csv", f"--assignment={assignments}")
    assert (root / "out.csv").read_text(encoding="utf-8") == expected(f"{name.lower()}.csv")


def test_a_roster_keeps_everything_and_gets_grades(root):
    path, notices = export(root, "canvas", ["shapes"], to=str(root / "out.csv"), roster=str(EXPECTED / "from_canvas.csv"))
    assert path.read_text(encoding="utf-8") == expected("to_canvas.csv")
    told = "\n".join(notices)
    assert "not in the gradebook  Stranger, Sam, 906, S-6, sam" in told and "Student, Test" in told
    assert f"not in {EXPECTED / 'from_canvas.csv'}  comma" in notices and "  waiting" in told
    assert "left excused  late, shapes: 4.75 points in the gradebook" in notices
    assert "points possible" not in told


def test_a_roster_with_semicolons_and_a_byte_order_mark_is_written_so_again(root):
    lines = "\ufeffStudent;ID;SIS Login ID;Section;shapes (1)\nPoints Possible;;;;6\nA;1;ada;X;\n"
    (root / "in.csv").write_bytes(lines.encode())
    path, _ = export(root, "canvas", ["shapes"], to=str(root / "out.csv"), roster=str(root / "in.csv"))
    assert path.read_bytes().decode() == lines.replace("X;\n", "X;5.5\n")


def test_other_points_possible_in_the_roster_are_told(root):
    (root / "in.csv").write_text("Student,ID,SIS Login ID,Section,shapes (1)\nPoints Possible,,,,100\nA,1,ada,X,\n")
    _, notices = export(root, "canvas", ["shapes"], to=str(root / "out.csv"), roster=str(root / "in.csv"))
    assert any("100 in" in line and "6 in the gradebook" in line for line in notices)


def test_a_column_of_another_name_is_found_when_it_is_named(root):
    text = "Student,ID,SIS Login ID,Section,Week 1 (9)\nPoints Possible,,,,6\nA,1,ada,X,\n"
    (root / "in.csv").write_text(text)
    given = {"to": str(root / "out.csv"), "roster": str(root / "in.csv")}
    with pytest.raises(CourseError, match=r"no column for shapes.*Week 1 \(9\)"):
        export(root, "canvas", ["shapes"], **given)
    assert not (root / "out.csv").exists()
    export(root, "canvas", ["shapes"], columns={"shapes": "Week 1 (9)"}, **given)
    assert cell(root / "out.csv", "ada", "Week 1 (9)") == "5.5"


def test_two_rows_for_one_student_are_refused(root):
    (root / "in.csv").write_text("Student,ID,SIS Login ID,Section,shapes (1)\nA,1,ada,X,\nA,2,ADA,Y,\n")
    with pytest.raises(CourseError, match="two rows for ada"):
        export(root, "canvas", ["shapes"], roster=str(root / "in.csv"), to=str(root / "out.csv"))


def test_a_moodle_export_is_filled_in_by_email_and_its_other_columns_kept(root):
    text = "First name,Last name,Email address,Assignment: shapes (Real),Course total (Real)\nA,L,ADA@example.org,-,1\nX,Y,x@y,-,2\n"
    (root / "in.csv").write_text(text)
    path, notices = export(root, "moodle", ["shapes"], roster=str(root / "in.csv"), to=str(root / "out.csv"))
    assert path.read_text() == text.replace("ADA@example.org,-", "ADA@example.org,5.5")
    assert "not in the gradebook  X, x@y" in notices


# As Moodle writes it where user names are not shown to teachers.
WORKSHEET = """Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,\
Last modified (submission),Last modified (grade),Feedback comments
Participant 1,Ada Lovelace,ada@example.org,Submitted,,6.00,Yes,"Tuesday, 24 November 2026, 3:05 PM",-,
Participant 2,Björk Guðmundsdóttir,,Submitted,,6.00,Yes,-,-,
Participant 3,Lee Late,late@example.org,Submitted,1.00,6.00,Yes,-,-,<p>Mine</p>
Participant 4,Wes Waits,wes@example.org,Submitted,,6.00,Yes,-,-,
Participant 5,Ada Lovelace,another@example.org,Submitted,,6.00,Yes,-,-,
"""


def fill_worksheet(root, text=WORKSHEET, assignments=("shapes",), **options):
    """({number: row} of the file that comes out, notices)."""
    (root / "worksheet.csv").write_text(text, encoding="utf-8")
    path, notices = export(root, "moodle", list(assignments), roster=str(root / "worksheet.csv"), to=str(root / "out.csv"), **options)
    rows = csv.DictReader(path.open(encoding="utf-8", newline=""))
    return {row["Identifier"].rpartition(" ")[2]: row for row in rows}, notices


def test_moodles_grading_worksheet_gets_grades_and_comments(root):
    rows, notices = fill_worksheet(root)
    assert {number: row["Grade"] for number, row in rows.items()} == {"1": "5.5", "2": "5", "3": "4.75", "4": "", "5": ""}
    assert {number: row["Feedback comments"] for number, row in rows.items()} == {
        "1": "", "2": "<p>=neat, and well said</p>", "3": "<p>Mine</p>", "4": "", "5": ""}
    assert "comment kept  late, shapes: the worksheet has another than the gradebook" in notices
    assert any(line.startswith("not in the gradebook  Participant 5, Ada Lovelace") for line in notices)
    kept = [row[name] for row in rows.values() for name in ("Identifier", "Full name", "Email address", "Last modified (submission)")]
    assert kept == [row[name] for row in csv.DictReader(WORKSHEET.splitlines())
                    for name in ("Identifier", "Full name", "Email address", "Last modified (submission)")]
    assert not any("maximum grade" in line for line in notices)


def test_a_worksheet_that_was_filled_in_before_is_filled_in_again_without_a_word_on_its_comments(root):
    fill_worksheet(root, WORKSHEET.replace("<p>Mine</p>", ""))
    _, notices = fill_worksheet(root, (root / "out.csv").read_text(encoding="utf-8"))
    assert not any("comment" in line for line in notices)


LATE = "<p>Handed in late: your answers earned 6 points, and 1.25 of them were taken off for lateness.</p>"


def comment(root, text, student="late"):
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "pytorch") as book:
        book.find_comment("essay", "shapes", "shapes", student).manual_comment = text
        book.db.commit()


def test_comments_in_a_worksheet_are_html_as_moodle_keeps_them(root):
    comment(root, "if x<y & y<z, **not** a `list<int>`\nbut $a<b$")
    rows, _ = fill_worksheet(root, WORKSHEET.replace("<p>Mine</p>", ""))
    said = "<p>if x&lt;y &amp; y&lt;z, <strong>not</strong> a <code>list&lt;int&gt;</code><br>but \\(a&lt;b\\)</p>"
    assert rows["3"]["Feedback comments"] == LATE + said
    path, _ = export(root, "moodle", ["shapes"], to=str(root / "gradebook.csv"))
    assert next(row[-1] for row in csv.reader(path.open(encoding="utf-8")) if row[0] == "late") == LATE + said


@pytest.mark.parametrize("typed, shown", [
    ("a vector<int>, and <b>no</b>", "<p>a vector&lt;int&gt;, and &lt;b&gt;no&lt;/b&gt;</p>"),
    ("<script>stolen()</script>", "<p>&lt;script&gt;stolen()&lt;/script&gt;</p>"),
    ("[here](javascript:stolen())", "<p><a>here</a></p>"),
    ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
    ("```\nx = 1\n  y < 2\n```", "<pre>x = 1<br>  y &lt; 2</pre>"),
    ("$$\\frac{a}{b}$$", "<p>\\[\\frac{a}{b}\\]</p>"),
    ("\\begin{align*}a&=b\\end{align*}", "<p>\\[\\begin{aligned}a&amp;=b\\end{aligned}\\]</p>"),
    ("# Good", "<p><strong>Good</strong></p>"),
    ("first\n\nsecond", "<p>first</p><p>second</p>"),
])
def test_a_comment_becomes_a_few_plain_tags_in_one_line_and_loses_no_words(typed, shown):
    assert as_html(typed) == shown


def test_a_comment_that_moodle_gives_back_written_otherwise_is_still_the_same(root):
    comment(root, "if x<y\nthen **no**")
    again = f"{LATE}\n<p dir='ltr'>if x&lt;y<br />then <b>no</b></p>"
    rows, notices = fill_worksheet(root, WORKSHEET.replace("<p>Mine</p>", f'"{again}"'))
    assert rows["3"]["Feedback comments"] == again
    assert not any(line.startswith("comment kept") for line in notices)


def test_another_maximum_in_the_worksheet_is_told(root):
    _, notices = fill_worksheet(root, WORKSHEET.replace("6.00", "5.00"))
    assert sum(line.startswith("maximum grade of shapes: 5.00 in") and "6 in the gradebook" in line for line in notices) == 1


@pytest.mark.parametrize("text, assignments, said", [
    (WORKSHEET.replace("Status", "Grade"), ["shapes"], "several columns for shapes; say which .*Email address, Grade, Grade, Maximum"),
    (WORKSHEET, ["shapes", "views"], "one column, Grade, for shapes, views: name the assignment"),
    (WORKSHEET.replace("Identifier", "ID").replace("Participant ", ""), ["shapes"], "no column for shapes"),
])
def test_a_worksheet_whose_grades_could_be_others_is_refused(root, text, assignments, said):
    with pytest.raises(CourseError, match=said):
        fill_worksheet(root, text, assignments)
    assert not (root / "out.csv").exists()


def test_points_so_far_are_exported_only_when_asked_for(root):
    export(root, "canvas", ["shapes"], to=str(root / "out.csv"))
    assert cell(root / "out.csv", "waiting", "shapes") == ""
    export(root, "canvas", ["shapes"], to=str(root / "out.csv"), unfinished=True)
    assert cell(root / "out.csv", "waiting", "shapes") == "4"


FAILURE = Record("ada", FAILED, "shapes.ipynb is not a notebook but a PDF", "", 1)


def fail(root, student, waits=True):
    """As a grading run leaves a submission of `shapes` that it cannot read: 0 points, and a record that says why."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "pytorch") as book:
        for cell in ("test", "essay"):
            small_gradebook.give(book, cell, "shapes", student, auto_score=0, manual_score=None if waits else 2, needs_manual_grade=waits)
        identity = book.find_assignment("shapes").id
    Records(root, "shapes").put(replace(FAILURE, student=student, gradebook=identity))


@pytest.mark.parametrize("to_format", ["nbgrader", "canvas", "moodle"])
@pytest.mark.parametrize("unfinished", [True, False])
def test_what_could_not_be_graded_is_left_empty_and_listed_with_its_reason(root, to_format, unfinished):
    fail(root, "late")
    path, notices = export(root, to_format, ["shapes"], to=str(root / "out.csv"), unfinished=unfinished)
    row = next(row for row in csv.reader(path.open(encoding="utf-8")) if "late" in row)
    assert not {"0", "0.0", "0.00"} & set(row[:-1])
    assert f"no grade  shapes, not graded ({FAILURE.reason}): late" in notices
    assert not any("by hand" in line and "late" in line for line in notices)


def test_nbgraders_own_command_leaves_empty_what_could_not_be_graded(root):
    fail(root, "ada")
    said = nbgrader(root, "export", "--exporter=course.grading.exports.MoodleExport", "--to=out.csv", "--MoodleExport.unfinished=True")
    assert f"not graded ({FAILURE.reason}): ada" in said
    rows = csv.DictReader((root / "out.csv").open(encoding="utf-8"))
    assert {row["Username"]: row["Assignment: shapes (Real)"] for row in rows}["ada"] == ""


def test_what_could_not_be_graded_and_was_marked_by_hand_has_the_grade_that_a_person_gave(root):
    fail(root, "ada", waits=False)
    export(root, "canvas", ["shapes"], to=str(root / "out.csv"))
    assert cell(root / "out.csv", "ada", "shapes") == "4"


def test_a_failure_recorded_for_another_gradebook_empties_nothing(root):
    Records(root, "shapes").put(replace(FAILURE, gradebook="another"))
    export(root, "canvas", ["shapes"], to=str(root / "out.csv"))
    assert cell(root / "out.csv", "ada", "shapes") == "5.5"


def test_a_penalty_larger_than_the_points_leaves_nought(root):
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "pytorch") as book:
        book.find_submission_notebook("shapes", "shapes", "formula").late_submission_penalty = 50
        book.db.commit()
    export(root, "canvas", ["shapes"], to=str(root / "out.csv"))
    assert cell(root / "out.csv", "formula", "shapes") == "0"


def test_a_students_file_says_names_that_the_gradebook_lacks(root):
    (root / "class.csv").write_text("id,first_name,last_name,email\nada,Augusta,King,king@example.org\n")
    path, _ = export(root, "moodle", ["shapes"], students_file=str(root / "class.csv"), to=str(root / "out.csv"))
    assert "ada,101,king@example.org,Augusta,King,5.5," in path.read_text().splitlines()


@pytest.mark.parametrize("text, shown", [("=1+1", "'=1+1"), ("+49", "'+49"), ("-x", "'-x"), ("@me", "'@me"), ("\t=1", "'\t=1"),
                                         ("Ann-Marie", "Ann-Marie"), ("a@b.org", "a@b.org"), (None, "")])
def test_no_text_acts_as_a_formula(text, shown):
    assert text_cell(text) == shown


@pytest.mark.parametrize("points, shown", [(None, ""), (0.0, "0"), (10.0, "10"), (1 / 3, "0.33"), (1234567.5, "1234567.5")])
def test_numbers_have_at_most_two_decimals_and_no_grade_is_not_nought(points, shown):
    assert number_cell(points) == shown


@pytest.mark.parametrize("arguments, said", [
    (["shapless"], "no assignment shapless in the gradebook: it has shapes, views"),
    (["shapes", "--students", "nobody"], "no student nobody in the gradebook"),
    (["shapes", "--roster", "gone.csv", "--format", "canvas"], "cannot read gone.csv: No such file or directory"),
    (["shapes", "--roster", "gone.csv"], "--roster is for --format canvas or moodle"),
    (["shapes", "--students-file", "nbgrader_config.py"], "has no column id"),
])
def test_what_is_wrong_is_told_in_one_line_and_nothing_is_written(root, arguments, said, capsys, monkeypatch):
    monkeypatch.chdir(root)
    assert main(["export", *arguments]) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1 and said in lines[0]
    assert not list(root.glob("*.csv"))


def test_the_command_tells_what_it_wrote_and_whom_it_left_out(root, capsys, monkeypatch):
    monkeypatch.chdir(root)
    assert main(["export", "shapes", "--format", "canvas"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("wrote canvas.csv\n") and "nothing handed in: missing" in out
    assert (root / "canvas.csv").is_file()
