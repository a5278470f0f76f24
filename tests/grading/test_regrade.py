"""A regrade judges again only what a change concerns, keeps all else as it was, and tells whose points moved and why."""

import csv
import json
import shutil
from dataclasses import replace

import nbformat
import pytest
import regrade_class
import tiny_class
from regrade_class import (  # noqa: F401 - two are fixtures
    InProcess,
    by_hand,
    course_like_template,
    engine_in_process,
    graded_cells,
    mend,
    scores,
)

from course.cli import main
from course.grading.course_root import CourseError
from course.grading.grade import grade
from course.grading.records import Records
from course.grading.regrade.estimate import START_SECONDS, wall_seconds
from course.grading.regrade.outcome import as_data
from course.grading.regrade.run import regrade
from course.grading.regrade.table import told, write_csv

STUDENTS = {"anna": tiny_class.RIGHT, "bert": {"double": tiny_class.DOUBLE}, "cleo": {"area": tiny_class.AREA}, "dora": {}}
POINTS = {"anna": 6, "bert": 3, "cleo": 3, "dora": 0}
# Mended: what was asked for was wrong all the time. dora's stub still fails it.
HIDDEN, MENDED = "assert double(21) == 42", "assert double(21) == 42 and double(0.5) == 1.0"
TOO_STRICT = "assert double(21) == 43"


@pytest.fixture(scope="module")
def template(templates, tmp_path_factory):
    root = shutil.copytree(templates[1], tmp_path_factory.mktemp("regrade") / "course")
    for student, answers in STUDENTS.items():
        tiny_class.submit(root, student, answers)
    return regrade_class.graded_here(root, "tiny")


def notebook_of(root, student):
    return nbformat.read(root / "autograded" / student / "tiny" / "tiny.ipynb", as_version=4)


def seed_of(root, student):
    return Records(root, "tiny").get(student).seed


def moves(done):
    return {(one.student, one.cell.split("/")[-1]): (one.before, one.after, one.why) for one in done.moves}


def test_when_nothing_has_changed_nothing_is_run_and_it_is_said(course, engine):
    done = regrade(course, "tiny")
    assert engine.ran == [] and done.moves == []
    assert "changed  nothing that a grade depends on" in told(done) and "nobody's points moved" in told(done)
    assert not (course / "autograded" / ".grading" / "tiny" / "regrades.jsonl").exists()


def test_a_mended_test_moves_the_points_of_its_cell_on_the_inputs_of_the_earlier_run(course, engine):
    seeds = {student: seed_of(course, student) for student in STUDENTS}
    mend(course, HIDDEN, TOO_STRICT)
    done = regrade(course, "tiny")
    assert moves(done) == {(student, "double-values"): (2, 0, "test changed") for student in ("anna", "bert")}
    assert done.totals == {"anna": (6, 4), "bert": (3, 1)}
    assert {student: seed for student, _, seed in engine.ran} == seeds
    assert {student: seed_of(course, student) for student in STUDENTS} == seeds
    mend(course, TOO_STRICT, MENDED)
    assert moves(regrade(course, "tiny")) == {(student, "double-values"): (0, 2, "test changed") for student in ("anna", "bert")}
    assert tiny_class.points_of(course) == POINTS


def test_a_cell_has_the_time_that_it_had_when_it_was_graded_unless_another_is_asked_for(course, engine):
    grade(course, "tiny", students=["anna"], timeout=15, force=True)
    grade(course, "tiny", students=["bert"], timeout=60, force=True)
    engine.limits.clear()
    mend(course, HIDDEN, TOO_STRICT)
    regrade(course, "tiny")
    assert engine.limits == {"anna": 15, "bert": 60, "cleo": 30, "dora": 30}
    mend(course, '"points": 2', '"points": 4')
    regrade(course, "tiny")  # runs nothing, and keeps what is known
    assert Records(course, "tiny").get("anna").cell_seconds == 15
    mend(course, TOO_STRICT, MENDED)
    regrade(course, "tiny", timeout=7)
    assert set(engine.limits.values()) == {7}


def test_a_record_without_a_limit_is_judged_again_within_the_configured_one(course, engine):
    records = Records(course, "tiny")
    records.put(replace(records.get("anna"), cell_seconds=None))
    mend(course, HIDDEN, TOO_STRICT)
    regrade(course, "tiny")
    assert engine.limits["anna"] == 30


def test_the_changed_test_is_generated_first_and_that_is_said(course, engine):
    mend(course, HIDDEN, TOO_STRICT)
    done = regrade(course, "tiny")
    assert done.said[0] == "generated  tiny: source/ had changed since it was entered into the gradebook"
    assert "== 43" in graded_cells(notebook_of(course, "anna"))["double-values"].source
    assert regrade(course, "tiny").said == []


def test_afterwards_course_grade_has_nothing_to_do(course, engine):
    mend(course, HIDDEN, TOO_STRICT)
    regrade(course, "tiny")
    assert not any(one.is_new for one in grade(course, "tiny"))
    mend(course, '"points": 2', '"points": 4')
    regrade(course, "tiny")
    assert not any(one.is_new for one in grade(course, "tiny"))


def test_a_regrade_keeps_points_and_comments_given_by_hand(course, engine):
    by_hand(course, "anna", "double-values", 1.5, "well said")
    by_hand(course, "bert", "area-values", 1)
    mend(course, HIDDEN, TOO_STRICT)
    done = regrade(course, "tiny")
    assert set(moves(done)) == {("bert", "double-values")}
    assert scores(course, "anna")["double-values"] == (0, 1.5, True)  # its test has changed: a person looks again
    assert scores(course, "bert")["area-values"] == (0, 1, False)  # nothing has changed for it
    with regrade_class.gradebook.opened(course) as book:
        assert book.find_comment("double", "tiny", "tiny", "anna").manual_comment == "well said"


def test_cells_that_nothing_concerns_keep_points_and_outputs_even_where_they_come_out_otherwise(course, engine):
    unsteady = "import tiny_class\n\ndef area(radius):\n    tiny_class.tries = getattr(tiny_class, 'tries', 0) + 1\n    return {}\n"
    tiny_class.submit(course, "anna", {**tiny_class.RIGHT, "area": unsteady.format("math.pi * radius**2 * (tiny_class.tries <= 2)")})
    try:
        grade(course, "tiny")
        before = graded_cells(notebook_of(course, "anna"))
        mend(course, HIDDEN, TOO_STRICT)
        done = regrade(course, "tiny")
    finally:
        del tiny_class.tries
    assert set(moves(done)) == {("anna", "double-values"), ("bert", "double-values")}
    assert scores(course, "anna")["area-values"] == (2, None, False) and scores(course, "anna")["area-checked"][0] == 1
    after = graded_cells(notebook_of(course, "anna"))
    assert after["area-values"].outputs == before["area-values"].outputs == []
    assert ("anna", "area-values") in done.unsteady
    assert "kept     anna: area-values came out otherwise this time though nothing changed for it; its points stay" in told(done)


def test_new_points_need_no_run(course, engine):
    by_hand(course, "bert", "double-type", 0.5)
    mend(course, '"double-type", "locked": true, "points": 1', '"double-type", "locked": true, "points": 3')
    done = regrade(course, "tiny")
    assert engine.ran == []
    assert moves(done) == {("anna", "double-type"): (1, 3, "points changed")}
    assert scores(course, "bert")["double-type"] == (3, 0.5, True)  # of how many it was half a point has changed
    assert scores(course, "dora")["double-type"][0] == 0
    assert graded_cells(notebook_of(course, "anna"))["double-type"].metadata.nbgrader.points == 3


def test_points_and_test_changed_together_are_both_told(course, engine):
    mend(course, HIDDEN, "assert double(21) == 42 and True")
    mend(course, '"double-values", "locked": true, "points": 2', '"double-values", "locked": true, "points": 5')
    assert moves(regrade(course, "tiny"))["anna", "double-values"] == (2, 5, "test changed, points changed")


def test_only_a_changed_submission_is_run_again_and_its_seed_is_kept(course, engine):
    seed = seed_of(course, "dora")
    tiny_class.submit(course, "dora", tiny_class.RIGHT)
    done = regrade(course, "tiny")
    assert engine.students == ["dora"] and engine.ran[0][2] == seed
    assert {why for _, _, why in moves(done).values()} == {"submission changed"} and done.totals == {"dora": (0, 6)}


def test_prose_and_solutions_concern_nobody_and_what_tests_use_of_the_notebooks_code_concerns_all(course, engine):
    mend(course, "# # A tiny chapter", "# # A tiny lesson")
    mend(course, "return 2 * number  # master text", "return number * 2  # master text")
    regrade(course, "tiny")
    assert engine.ran == []
    mend(course, "# %%\nimport math", "# %%\nimport math\nimport cmath")
    assert "tiny/" not in told(done := regrade(course, "tiny"))
    assert len(engine.ran) == 4 and done.moves == []
    assert "changed  area-values: the notebook's own code changed" in told(done)


def test_a_file_beside_the_notebook_that_changed_concerns_all(course, engine):
    (course / "source" / "tiny" / "data.csv").write_text("1,2\n")
    done = regrade(course, "tiny")
    assert len(engine.ran) == 4 and "double-type: a file beside the notebook changed" in told(done)
    assert (course / "autograded" / "anna" / "tiny" / "data.csv").read_text() == "1,2\n"


def test_a_test_that_another_builds_on_concerns_that_one_too(course, engine):
    mend(course, "assert isinstance(double(1), int)", "helper = 7\nassert isinstance(double(1), int)")
    mend(course, "assert abs(area(1) - 3.14159) < 1e-3", "assert abs(area(1) - 3.14159) < 1e-3 and helper == 7")
    regrade(course, "tiny")
    mend(course, "helper = 7", "helper = 8")
    done = regrade(course, "tiny")
    assert moves(done) == {(student, "area-values"): (2, 0, "a test that it builds on changed") for student in ("anna", "cleo")}


def test_a_dry_run_says_what_would_run_and_why_and_writes_nothing(course, engine):
    mend(course, HIDDEN, TOO_STRICT)
    tiny_class.submit(course, "dora", tiny_class.RIGHT)
    tiny_class.submit(course, "emil", {})
    files = {path: path.read_bytes() for path in course.rglob("*") if path.is_file() and path.name != "lock"}
    said = told(regrade(course, "tiny", dry_run=True))
    assert said.splitlines() == [
        "source/ has changed since tiny was generated; a regrade generates it first, and refuses if the solution in it fails a test",
        "changed  double-values: test changed", "changed  dora: submission changed",
        "would run again         4: anna, bert, cleo, dora", "would only get points   0", "would be left as it is  0",
        "not graded yet  1: emil; `course grade tiny` grades them",
        "running again takes less than a minute with 1 job, its start included", "nothing was written (--dry-run)"]
    assert {path: path.read_bytes() for path in course.rglob("*") if path.is_file() and path.name != "lock"} == files
    assert engine.ran == []


def test_the_table_has_the_largest_change_first_and_a_summary(course, engine):
    mend(course, HIDDEN, TOO_STRICT)
    tiny_class.submit(course, "dora", tiny_class.RIGHT)
    lines = told(regrade(course, "tiny")).splitlines()
    assert [line.split() for line in lines if "→" in line] == [
        "dora 0 → 4 double-type 0 → 1 submission changed".split(), "area-values 0 → 2 submission changed".split(),
        "area-checked 0 → 1 submission changed".split(), "anna 6 → 4 double-values 2 → 0 test changed".split(),
        "bert 3 → 1 double-values 2 → 0 test changed".split()]
    assert "4 of 4 submissions ran again, 0 only got new points" in lines
    assert "points moved for 3: 1 up, 2 down; 1 as before" in lines


def test_what_could_not_be_graded_before_or_again_is_not_said_to_have_run(course, engine):
    tiny_class.submit(course, "yusuf", {})
    (course / "submitted" / "yusuf" / "tiny" / "tiny.ipynb").write_bytes(b"%PDF-1.7")
    grade(course, "tiny")
    mend(course, HIDDEN, TOO_STRICT)
    done = regrade(course, "tiny")
    reason = Records(course, "tiny").get("yusuf").reason
    assert "PDF" in reason and done.ungraded == {"yusuf": reason}
    assert f"4 of 5 submissions ran again, 0 only got new points, 1 not graded: yusuf ({reason})" in told(done).splitlines()


def test_a_dry_run_tells_what_cannot_be_graded_from_what_would_be_run_and_runs_nothing(course, engine):
    tiny_class.submit(course, "yusuf", {})
    pdf = course / "submitted" / "yusuf" / "tiny" / "tiny.ipynb"
    notebook = pdf.read_bytes()
    pdf.write_bytes(b"%PDF-1.7")
    grade(course, "tiny")
    reason = Records(course, "tiny").get("yusuf").reason
    mend(course, HIDDEN, TOO_STRICT)
    (course / "submitted" / "anna" / "tiny" / "tiny.ipynb").rename(course / "submitted" / "anna" / "tiny" / "mine.ipynb")
    engine.ran.clear()
    done = regrade(course, "tiny", dry_run=True)
    lines = told(done).splitlines()
    assert "would run again         3: bert, cleo, dora" in lines and as_data(done)["run_again"] == ["bert", "cleo", "dora"]
    assert (f"cannot be graded        2: anna (no tiny.ipynb in it; found mine.ipynb: rename it if that is the one), yusuf ({reason})"
            in lines)
    pdf.write_bytes(notebook)
    assert "would run again         4: bert, cleo, dora, yusuf" in told(regrade(course, "tiny", dry_run=True)).splitlines()
    assert engine.ran == []


def test_the_estimate_is_of_the_longest_where_that_is_alone_and_of_a_larger_limit_for_what_ran_into_the_old_one(course):
    short = replace(Records(course, "tiny").get("anna"), seconds={"execute": 10.0}, cell_seconds=15)
    long = replace(short, student="long", seconds={"execute": 60.0}, incidents=("a: still running after 15 s",) * 2)
    others = [replace(short, student=name) for name in "abcd"]
    assert wall_seconds([long, *others], 4, False) == START_SECONDS + 10 + 60
    assert wall_seconds([long, *others], 4, True) == 2 * (START_SECONDS + 10) + 60
    assert wall_seconds([long, *others], 4, False, timeout=30) == START_SECONDS + 10 + 60 + 2 * 15
    assert wall_seconds([long, *others], 1, False) == START_SECONDS + 10 + 100


@pytest.mark.parametrize(("jobs", "said"), [(1, "about 31 minutes with 1 job"), (2, "about 21 minutes with 2 jobs"),
                                            (8, "about 16 minutes with 4 jobs")])
def test_a_dry_run_says_how_long_running_again_takes(course, engine, jobs, said):
    records = Records(course, "tiny")
    for student in ("anna", "bert", "cleo"):
        records.put(replace(records.get(student), seconds={"execute": 290.0, "score": 10.0, "cpu": 250.0}))
    records.put(replace(records.get("dora"), seconds={}))  # counts as the average of the others
    mend(course, HIDDEN, TOO_STRICT)
    done = regrade(course, "tiny", dry_run=True, jobs=jobs)
    assert f"running again takes {said}, its start included" in told(done).splitlines()  # the instructor's notebook twice
    for student in STUDENTS:
        records.put(replace(records.get(student), seconds={}))
    assert "running again takes about as long as grading did" in told(regrade(course, "tiny", dry_run=True)).splitlines()


def test_the_table_can_be_had_as_csv_and_json(course, engine, capsys, tmp_path):
    mend(course, HIDDEN, TOO_STRICT)
    assert main(["--root", str(course), "regrade", "tiny", "--csv", str(tmp_path / "moved.csv"), "--json", "--quiet"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["changed"] == ["double-values: test changed"] and data["totals"]["anna"] == {"from": 6, "to": 4}
    with open(tmp_path / "moved.csv") as file:
        rows = list(csv.DictReader(file))
    assert [(row["student"], row["cell"], row["from"], row["to"], row["why"]) for row in rows] == [
        (one["student"], one["cell"], f"{one['from']:g}", f"{one['to']:g}", one["why"]) for one in data["moves"]]
    assert len(rows) == 2


def test_stopped_by_ctrl_c_it_goes_on_and_the_table_is_of_all_of_it(course, monkeypatch):
    mend(course, HIDDEN, TOO_STRICT)
    stopped = regrade_class.use(monkeypatch, InProcess(stop_after=2))
    with pytest.raises(KeyboardInterrupt):
        regrade(course, "tiny")
    going_on = regrade_class.use(monkeypatch, InProcess())
    done = regrade(course, "tiny")
    assert len(stopped.students) == len(going_on.students) == 2 and {*stopped.students, *going_on.students} == set(STUDENTS)
    assert done.continued and done.totals == {"anna": (6, 4), "bert": (3, 1)}
    assert {why for _, _, why in moves(done).values()} == {"test changed"}
    assert not regrade(course, "tiny").continued


def test_killed_between_its_last_grade_and_its_end_it_still_tells(course, engine, monkeypatch):
    mend(course, HIDDEN, TOO_STRICT)
    with monkeypatch.context() as patch:
        patch.setattr("course.grading.regrade.run.moved", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            regrade(course, "tiny")
    assert regrade(course, "tiny").totals == {"anna": (6, 4), "bert": (3, 1)} and len(engine.ran) == 4


def test_each_regrade_that_did_something_leaves_a_line_in_its_history(course, engine):
    mend(course, HIDDEN, TOO_STRICT)
    regrade(course, "tiny")
    mend(course, TOO_STRICT, MENDED)
    regrade(course, "tiny")
    history = (course / "autograded" / ".grading" / "tiny" / "regrades.jsonl").read_text().splitlines()
    first, second = map(json.loads, history)
    assert first["moves"][0] == {"student": "anna", "cell": "tiny/double-values", "from": 2, "to": 0, "why": "test changed"}
    assert second["totals"] == {"anna": {"from": 4, "to": 6}, "bert": {"from": 1, "to": 3}} and second["began"] >= first["ended"]


def test_what_cannot_be_graded_again_keeps_its_grades_is_told_and_is_tried_again(course, monkeypatch, capsys):
    mend(course, HIDDEN, TOO_STRICT)
    regrade_class.use(monkeypatch, InProcess(fails=("anna",)))
    assert main(["--root", str(course), "regrade", "tiny", "--quiet"]) == 1
    assert "not graded again  anna: the machine is too small; the grades stay" in capsys.readouterr().out
    assert tiny_class.points_of(course)["anna"] == 6 and notebook_of(course, "anna").cells
    again = regrade_class.use(monkeypatch, InProcess())
    assert regrade(course, "tiny").totals == {"anna": (6, 4)} and again.students == ["anna"]


def test_a_submission_that_has_become_unreadable_gets_nothing_and_a_person_looks(course, engine):
    (course / "submitted" / "anna" / "tiny" / "tiny.ipynb").write_bytes(b"%PDF-1.4")
    done = regrade(course, "tiny")
    assert done.totals == {"anna": (6, 0)} and Records(course, "tiny").get("anna").reason.startswith("tiny.ipynb is not")


def test_graded_by_an_earlier_version_or_by_nbgrader_everything_is_judged_again_on_the_seed_of_the_notebook(course, engine):
    seed = seed_of(course, "anna")
    (course / "autograded" / ".grading" / "tiny" / "anna.json").unlink()
    done = regrade(course, "tiny", students=["anna"])
    assert engine.ran == [("anna", ["tiny.ipynb"], seed)] and done.moves == []
    assert "changed  anna: not known what it was graded on" in told(done)
    assert seed_of(course, "anna") == seed


def test_late_penalties_follow_the_points(course, engine):
    with regrade_class.gradebook.opened(course) as book:
        book.update_or_create_assignment("tiny", duedate="2030-01-01 12:00:00 UTC")
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nc.LateDays.percent_a_day = 10\n")
    (course / "submitted" / "anna" / "tiny" / "timestamp.txt").write_text("2030-01-01 13:00:00 UTC")
    regrade(course, "tiny")
    mend(course, HIDDEN, TOO_STRICT)
    done = regrade(course, "tiny")
    assert moves(done)["anna", "late penalty"] == (-0.6, -0.4, "follows from the points")
    assert done.totals["anna"] == pytest.approx((5.4, 3.6))


def test_a_class_that_was_never_graded_and_an_unknown_student_are_told_in_one_line(generated, engine):
    tiny_class.submit(generated, "anna", {})
    with pytest.raises(CourseError, match="^tiny has not been graded: run `course grade tiny`$"):
        regrade(generated, "tiny")
    with pytest.raises(CourseError, match="^no submission of tiny from bert$"):
        regrade(generated, "tiny", students=["bert"])


def test_a_cell_that_was_added_is_refused_with_what_to_do_and_nothing_moves(course, engine):
    mend(course, '"area-checked"', '"area-new"')
    with pytest.raises(CourseError, match="Keep the graded cells' ids; a cell that must not count any more gets 0 points"):
        regrade(course, "tiny")
    assert tiny_class.points_of(course) == POINTS and engine.ran == []


def test_a_csv_of_nothing_has_its_heading(course, engine, tmp_path):
    write_csv(regrade(course, "tiny"), tmp_path / "moved.csv")
    assert (tmp_path / "moved.csv").read_text() == "student,cell,from,to,why,total_from,total_to\n"
