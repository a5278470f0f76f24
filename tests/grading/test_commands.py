"""The command line: bad input is told in one line with a code that is not 0, and leaves nothing behind."""

import json
import subprocess
import sys

import nbformat
import pytest
import tiny_class
from stock_command import nbgrader

from course.cli import main
from course.study.copies import copy_chapters

pytestmark = pytest.mark.usefixtures("warm_engine")
COMMANDS = ("build", "generate", "grade", "feedback", "export", "report", "demo", "assessment", "lab", "start", "check", "hint", "solution", "progress")


def refused(capsys, *arguments):
    """(exit code, the one line on stderr) of a command that is refused."""
    try:
        code = main([str(one) for one in arguments])
    except SystemExit as ended:
        code = ended.code
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1, lines
    return code, lines[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_commands_help_has_examples(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"  course {command}" in capsys.readouterr().out.split("examples:")[1]


def test_help_does_not_wait_for_nbgrader_or_torch():
    program = "import sys, course.cli; course.cli.parser(); print([m for m in ('torch', 'nbgrader') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "[]\n"


@pytest.mark.parametrize(
    "arguments",
    [("frobnicate",), (), ("grade",), ("report", "tiny", "extra"), ("grade", "tiny", "--timeout", "0"),
     ("grade", "tiny", "--timeout", "soon"), ("grade", "tiny", "--students")],
)
def test_wrong_usage_is_one_line_and_code_2(arguments, capsys):
    code, line = refused(capsys, *arguments)
    assert code == 2 and "--help" in line


@pytest.mark.parametrize("command", ["feedback", "late", "grade"])
def test_an_unknown_option_is_refused_with_the_commands_own_help(command, capsys):
    code, line = refused(capsys, command, *(["tiny"] if command != "late" else []), "--frobnicate")
    assert (code, line) == (2, f"course {command}: unrecognized arguments: --frobnicate (see course {command} --help)")


@pytest.mark.parametrize("command", ["generate", "grade", "feedback", "report", "demo"])
def test_an_unknown_assignment_is_named_with_those_there_are(course, command, capsys):
    assert refused(capsys, "--root", course, command, "tinny") == (
        1, "course: unknown assignment 'tinny': did you mean tiny? source/ has tiny")
    assert not (course / "gradebook.db").exists() and not (course / "demo").exists()


def test_an_unknown_chapter_is_not_built(course, capsys):
    assert refused(capsys, "--root", course, "build", "tinny") == (
        1, "course: unknown chapter tinny: source/ has tiny")


def test_generate_says_what_it_made_in_the_word_that_a_regrade_uses(course, capsys, monkeypatch):
    monkeypatch.setattr("course.grading.build.generate", lambda *_, **__: [])
    assert main(["--root", str(course), "generate", "tiny"]) == 0
    assert capsys.readouterr().out == "generated  release/tiny/, and entered into the gradebook\n"


def test_outside_a_course_it_says_what_it_looked_for(tmp_path, capsys):
    code, line = refused(capsys, "--root", tmp_path, "build")
    assert code == 1 and "no nbgrader_config.py" in line


@pytest.mark.parametrize("name", ["cl[a]ss", "really?", "all*"])
def test_a_folder_that_nbgrader_takes_for_a_pattern_is_refused(course, tmp_path, name, capsys):
    odd = tmp_path / name
    course.rename(odd)
    code, line = refused(capsys, "--root", odd, "generate", "tiny")
    assert code == 1 and "without * ? [ in its path" in line
    assert not (odd / "release" / "tiny" / "tiny.py").exists()


def test_the_stock_command_refuses_such_a_folder_too_and_releases_no_text(course, tmp_path):
    odd = tmp_path / "cl[a]ss"
    course.rename(odd)
    with pytest.raises(AssertionError, match="nbgrader cannot work in"):
        nbgrader(odd, "generate_assignment", "tiny", "--force")
    assert not (odd / "release" / "tiny" / "tiny.py").exists()


def test_lab_hands_its_options_on_to_jupyterlab_and_opens_a_chapter(course, monkeypatch):
    handed_on = []
    monkeypatch.setattr("course.study.lab.open_lab", lambda *handed: handed_on.append(handed))
    assert main(["--root", str(course), "lab", "--no-browser", "--port=9999"]) == 0
    assert handed_on == [(course, ["--no-browser", "--port=9999"], "tiny")]


def test_no_submissions_says_where_they_belong(generated, capsys):
    code, line = refused(capsys, "--root", generated, "grade", "tiny")
    assert code == 1 and "submitted/<student>/tiny/tiny.ipynb" in line
    assert not (generated / "autograded").exists()


def test_an_unknown_student_is_named_and_nobody_is_graded(generated, capsys):
    tiny_class.submit(generated, "anna", {})
    assert refused(capsys, "--root", generated, "grade", "tiny", "--students", "anna", "bert") == (
        1, "course: no submission of tiny from bert")
    assert not (generated / "autograded").exists()


def test_grading_what_was_not_generated_says_what_to_run(course, capsys):
    (course / "submitted" / "anna" / "tiny").mkdir(parents=True)
    code, line = refused(capsys, "--root", course, "grade", "tiny")
    assert code == 1 and line.endswith("run `course generate tiny`")


def test_a_run_with_something_ungradable_ends_with_code_1_and_the_reason(generated, capsys):
    folder = generated / "submitted" / "anna" / "tiny"
    folder.mkdir(parents=True)
    (folder / "tiny.ipynb").write_bytes(b"PK\x03\x04")
    assert main(["--root", str(generated), "grade", "tiny"]) == 1
    assert "not graded  anna: tiny.ipynb is not a notebook but a zip archive" in capsys.readouterr().out


def test_generate_builds_a_stale_chapter_first(course, capsys):
    path = course / "source" / "tiny" / "tiny.py"
    path.write_text(path.read_text().replace("A tiny chapter\n\n", "A renamed chapter\n\n"))
    assert main(["--root", str(course), "generate", "tiny"]) == 0
    assert "A renamed chapter" in (course / "release" / "tiny" / "tiny.ipynb").read_text()
    assert (course / "gradebook.db").exists()


def test_generating_a_changed_assignment_that_was_submitted_is_refused_in_one_line(generated, capsys):
    folder = generated / "submitted" / "anna" / "tiny"
    folder.mkdir(parents=True)
    (folder / "tiny.ipynb").write_bytes(b"%PDF")
    main(["--root", str(generated), "grade", "tiny"])
    capsys.readouterr()
    path = generated / "source" / "tiny" / "tiny.py"
    path.write_text(path.read_text().replace('"area-checked"', '"area-new"'))
    code, line = refused(capsys, "--root", generated, "generate", "tiny")
    assert code == 1 and "submissions associated with it" in line


def test_a_learners_copies_are_made_once_and_never_overwritten(course):
    copied = copy_chapters(course)
    assert [path.relative_to(course).as_posix() for path in copied] == ["work/tiny/tiny.ipynb"]
    notebook = nbformat.read(copied[0], as_version=4)
    assert json.dumps(tiny_class.released(course)) == json.dumps(notebook)
    copied[0].write_text("my own work")
    assert copy_chapters(course) == []
    assert copied[0].read_text() == "my own work"
