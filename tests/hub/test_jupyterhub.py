"""One instructor and her students on a hub that is set up by the guide: what they do, and what they cannot."""

import contextlib
import html
import re
import sqlite3
import stat
import tarfile

import pytest
from environment import others_may
from guide import commands
from machine import IS_ROOT
from one_assignment import ASSIGNMENT
from person import Person, Refused

HIDDEN = "mse_loss"  # only the assignment's hidden test names it


def statuses(rows):
    return [row["status"] for row in rows]


def test_a_wrong_password_lets_nobody_in(machine, hub):
    with pytest.raises(Refused, match="403"):
        Person(hub.url, machine.name("ada"), f"not {hub.password}")


def test_each_persons_server_runs_as_that_person(machine, people):
    if IS_ROOT:
        owners = {name: (machine.home(name) / ".local").stat().st_uid for name in ("prof", "ada")}
        assert owners == {name: machine.home(name).stat().st_uid for name in ("prof", "ada")}
        assert len({*owners.values(), 0}) == 3
    else:
        assert machine.student_id("prof") == machine.student_id("ada")


def test_an_assignment_goes_from_release_to_submission_through_the_assignment_list(story):
    assert statuses(story.lists["before the release"]) == []
    assert statuses(story.lists["released"]) == ["released"]
    assert statuses(story.lists["fetched"]) == ["fetched"]
    assert statuses(story.lists["submitted"]) == ["fetched", "submitted"]


def test_validate_accepts_a_right_answer_and_explains_others_with_the_installed_package(story):
    assert story.validated["right"] == {"success": True, "value": {}}
    assert "Not attempted" in str(story.validated["untouched"]["value"]["failed"])
    assert "gave the value 4; 2 was due" in str(story.validated["summed"]["value"]["failed"])


def test_submissions_are_graded_in_the_sandbox_of_an_ordinary_user(machine, story):
    trial = machine.do("prof", "python", "-c", "from course.grading.sandbox import bubblewrap; print(bubblewrap.availability())")
    assert trial.stdout.strip() == "None"
    ada = machine.student_id("ada")
    assert {one["status"] for one in story.graded.values()} == {"graded"}
    assert story.scores[ada] == 1
    if IS_ROOT:  # what ben handed in is right only if it sees neither the course folder nor the exchange
        assert story.scores == {ada: 1, machine.student_id("ben"): 3}


def test_a_student_reads_feedback_on_the_own_answer_with_points_and_no_hidden_test(machine, story):
    source = machine.course / "source" / ASSIGNMENT / f"{ASSIGNMENT}.py"
    assert HIDDEN in source.read_text()
    read = " ".join(html.unescape(re.sub(r"<[^>]+>", "", story.feedback)).split())
    assert "((predictions - targets) ** 2).sum()" in read
    assert re.search(r"\b1(?:\.0)? (?:of|/) 3\b", read), read[:2000]
    assert HIDDEN not in story.feedback


def private_paths(machine):
    """What students must not read, by what it is. Each holds something by the end of the story."""
    inbound = machine.exchange / "pytorch" / "inbound"
    ada = machine.student_id("ada")
    return {
        "the course folder": machine.course,
        "the solutions": machine.course / "source" / ASSIGNMENT / f"{ASSIGNMENT}.py",
        "the gradebook": machine.course / "gradebook.db",
        "a collected submission": machine.course / "submitted" / ada / ASSIGNMENT / f"{ASSIGNMENT}.ipynb",
        "a graded submission": machine.course / "autograded" / ada / ASSIGNMENT / f"{ASSIGNMENT}.ipynb",
        "the list of what was handed in": inbound,
        "the list of feedback": machine.exchange / "pytorch" / "feedback",
        "a student's home": machine.home("ada"),
        "a student's notebook": machine.home("ada") / ASSIGNMENT / f"{ASSIGNMENT}.ipynb",
        "the hub's data base": machine.hub / "jupyterhub.sqlite",
        "the key of the hub's cookies": machine.hub / "jupyterhub_cookie_secret",
    }


def reads(machine, person, path):
    """Whether this person, or where there are no accounts a stranger, can read a file or list a folder."""
    if not IS_ROOT:
        return others_may(path, stat.S_IROTH)
    return machine.do(person, "ls" if path.is_dir() else "cat", path).returncode == 0


def test_students_read_nothing_that_is_not_theirs(machine, story):
    there = private_paths(machine)
    assert [what for what, path in there.items() if not path.exists()] == []
    assert [what for what, path in there.items() if reads(machine, "ben", path)] == []


def test_students_read_what_was_released_and_the_instructor_reads_it_all(machine, story):
    released = machine.exchange / "pytorch" / "outbound" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    assert reads(machine, "ben", released)
    if IS_ROOT:
        theirs = {"a student's home", "a student's notebook", "the hub's data base", "the key of the hub's cookies"}
        readable = {what for what, path in private_paths(machine).items() if reads(machine, "prof", path)}
        assert readable == set(private_paths(machine)) - theirs


def test_a_student_cannot_put_something_in_the_place_of_the_courses_exchange(machine, story):
    exchange = machine.exchange / "pytorch"
    assert machine.exchange.stat().st_mode & stat.S_ISVTX
    if IS_ROOT:
        for command in (("mv", exchange, machine.exchange / "gone"), ("rmdir", exchange / "feedback"),
                        ("touch", exchange / "outbound" / "mine")):
            assert machine.do("ben", *command).returncode, command
        assert machine.do("ben", "mkdir", machine.exchange / "mine").returncode == 0  # nbgrader wants it writable
        assert machine.do("ben", "rmdir", machine.exchange / "mine").returncode == 0


def test_the_modes_are_those_that_the_guide_tells(machine, story):
    course = machine.exchange / "pytorch"
    told = {machine.home("prof"): 0o700, machine.home("ada"): 0o700, machine.exchange: 0o1777, course: 0o755,
            course / "outbound": 0o755, course / "inbound": 0o2733, course / "feedback": 0o711, machine.hub: 0o700}
    assert {path: oct(stat.S_IMODE(path.stat().st_mode)) for path in told} == {path: oct(mode) for path, mode in told.items()}


def test_the_guides_backup_holds_the_gradebook_and_what_was_handed_in(machine, story):
    machine.run(commands("Backup"))
    backup = machine.root / "var" / "backups" / "pytorch"
    with contextlib.closing(sqlite3.connect(backup / "gradebook.db")) as book:
        graded = {student for (student,) in book.execute("select student_id from submitted_assignment")}
    assert graded == set(story.graded)
    with tarfile.open(backup / "exchange.tar.gz") as archive:
        handed_in = {name.split("/")[3].split("+")[0] for name in archive.getnames() if "/inbound/" in name}
    assert handed_in == set(story.graded)
    with tarfile.open(backup / "course.tar.gz") as archive:
        names = archive.getnames()
    assert f"pytorch/source/{ASSIGNMENT}/{ASSIGNMENT}.py" in names and "pytorch/gradebook.db" not in names


def test_a_student_reaches_neither_the_instructors_server_nor_a_formgrader(machine, people):
    assert "formgrader" in people.prof.lab("GET", "formgrader/manage_assignments").lower()
    with pytest.raises(Refused) as refused:
        people.ada.lab("GET", "formgrader/manage_assignments", of=machine.name("prof"))
    assert refused.value.status == 403
    with pytest.raises(Refused) as refused:
        people.ada.lab("GET", "formgrader/manage_assignments")
    assert refused.value.status == 404
