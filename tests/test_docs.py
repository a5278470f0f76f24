"""The documentation holds: every command in it runs, or is known by the programs that it names."""

import re
import shutil
import subprocess
from fnmatch import fnmatchcase
from itertools import groupby, takewhile

import docs_places
import pytest
from docs_blocks import PROGRAMS, ROOT, SHELL, blocks, code_spans, pages, words
from docs_commands import Faulty, look_up, misspelled, understood
from made_once import made_once

from course import cli

TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in pages()}
ALL_BLOCKS = [block for page, text in TEXTS.items() for block in blocks(text, page)]
THE_SAME = "the same"  # as a place: in the folder of the block before, as that left it
LONGEST = 600  # seconds that one command may take, on a machine that is busy with other tests
# Commands that are not run here, as patterns of fnmatch, and why. What can be looked up of them is looked up.
NOT_RUN = {
    "git clone *": "fetches from the network",
    "cd course": "changes into what was cloned",
    "sudo *": "installs for the whole system",
    "python3 -m venv .venv": "makes an environment in place of the one in use",
    "py -m venv .venv": "on Windows",
    ".venv/bin/python -m pip install *": "installs, from the network",
    "pip install *": "installs, from the network",
    "make lab": "serves until it is stopped; tests/browser/ drives it",
    ".venv/bin/course lab": "serves until it is stopped; tests/browser/ drives it",
    "jupyter lab": "serves until it is stopped; tests/browser/ drives it",
    ".venv/bin/python -m pytest *": "runs this test, and all others",
    "docker *": "needs Docker",
    r".venv\Scripts\*": "on Windows",
    "course grade linear_model --device cuda": "needs a GPU: tests/grading/test_device.py",
    "course grade linear_model --db postgresql:*": "needs a server: tests/grading/test_postgres.py",
    "course grade linear_model --scheduler *": "needs a scheduler: tests/grading/test_cluster.py",
}
# Pages whose steps are taken, in their order, by a test of their own.
TAKEN_BY = {"docs/formgrader.md": "tests/browser/test_journey.py", "docs/jupyterhub.md": "tests/hub/test_jupyterhub.py"}
BLOCKS = [block for block in ALL_BLOCKS if block.page not in TAKEN_BY]


def not_run(command):
    """The pattern of NOT_RUN that a command falls under, or None."""
    return next((pattern for pattern in NOT_RUN if fnmatchcase(command, pattern)), None)


def to_run(block):
    """The commands of a block that are run. Raises Faulty where one of the others cannot be right."""
    for command in block.commands:
        if not_run(command):
            look_up(command)
    wanted = [command for command in block.commands if not not_run(command)]
    if wanted and block.place not in (*docs_places.PLACES, THE_SAME):
        raise Faulty(f"{block.name}: say above the block where `{wanted[0]}` runs, <!-- run in: a clone -->, or list it in NOT_RUN")
    return wanted


def stories():
    """Blocks that run one after the other in one folder: each begins where a place is prepared."""
    shell = [block for block in BLOCKS if block.language in SHELL]
    for page, on_page in groupby(shell, key=lambda block: block.page):
        story = []
        for block in on_page:
            if block.place != THE_SAME and block.place:
                story = []
            if not story and block.place in docs_places.PLACES:
                story = [block]
                yield pytest.param(story, id=f"{page}:{block.line}")
            elif block.place == THE_SAME:
                story.append(block)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory, pytestconfig):
    """A function of a place's name: its folder, made once."""
    def folder_of(place):
        name = "-".join(["place", *re.findall(r"\w+", place)])
        return made_once(tmp_path_factory, pytestconfig, name, docs_places.PLACES[place])

    return folder_of


@pytest.fixture
def run(prepared, tmp_path):
    """A function of blocks: runs their commands in a copy of the first one's place. Raises Faulty where one fails."""
    def run(story):
        folder = shutil.copytree(prepared(story[0].place), tmp_path / "course", symlinks=True)
        home = tmp_path / "home"
        home.mkdir()
        for block in story:
            for command in to_run(block):
                in_shell(command, folder, docs_places.environment(folder, home), block.name)
        return folder

    return run


def in_shell(command, folder, variables, where):
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=folder, env=variables, text=True, timeout=LONGEST,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise Faulty(f"{where}: `{command}` ends with {done.returncode}:\n{done.stdout[-3000:]}")


@pytest.mark.parametrize("story", list(stories()))
def test_the_commands_of_the_pages_run_and_leave_nothing_that_git_would_show(story, run, prepared):
    before = {path.name for path in prepared(story[0].place).iterdir()}
    assert shown_by_git(path.name for path in run(story).iterdir() if path.name not in before) == []


def shown_by_git(names):
    """Those names at the root of a clone that .gitignore does not cover."""
    return [name for name in sorted(names)
            if subprocess.run(["git", "check-ignore", "--quiet", "--no-index", name], cwd=ROOT).returncode]


def test_a_file_that_git_would_show_is_found():
    assert shown_by_git(["reports", "grades.csv", "grades.txt", "demo"]) == ["grades.txt"]


@pytest.mark.parametrize("block", [pytest.param(block, id=block.name) for block in BLOCKS])
def test_every_command_of_a_block_is_run_or_listed_as_not_run(block):
    if block.language in SHELL:
        to_run(block)
    else:
        assert [line for line in block.lines if PROGRAMS.match(line)] == [], "commands belong into a block of bash"


@pytest.mark.parametrize("page", TAKEN_BY)
def test_a_page_that_is_taken_by_a_test_of_its_own_has_one_and_names_no_command_that_is_not_there(page):
    assert page in TEXTS and (ROOT / TAKEN_BY[page]).is_file()
    for command in (command for block in ALL_BLOCKS if block.page == page for command in block.commands):
        if re.match(r"(?:course|make) ", command):
            look_up(command)


def test_no_block_is_left_out_of_every_story():
    told = {block.name for parameter in list(stories()) for block in parameter.values[0]}
    assert [block.name for block in BLOCKS if block.language in SHELL and to_run(block) and block.name not in told] == []


def test_no_reason_is_given_for_a_command_that_is_in_no_page():
    used = {not_run(command) for block in BLOCKS if block.language in SHELL for command in block.commands}
    assert set(NOT_RUN) - used == set()


def made_up_block(*lines, place="a clone"):
    """A block as a page would hold it."""
    text = "\n".join([f"<!-- run in: {place} -->" if place else "", "```bash", *lines, "```"])
    (block,) = blocks(text, "made-up.md")
    return block


@pytest.mark.parametrize(("line", "told"), [
    ("course build --chekc", "ends with 2"), ("course assessment --check && course bild", "ends with 2"),
    ("nbgrader generate_assignment no_such_chapter", "ends with 1"), ("make lint0", "ends with 2")])
def test_a_command_that_fails_is_found(run, line, told):
    with pytest.raises(Faulty, match=told):
        run([made_up_block(line)])


@pytest.mark.parametrize(("line", "told"), [
    ("docker run image course grade linear_model --forse", "unrecognized arguments: --forse"),
    ("make test TSET=tests/test_docs.py", "no such variable"), ("make tests", "no such target")])
def test_a_misspelled_option_of_a_command_that_is_not_run_is_found(line, told, monkeypatch):
    monkeypatch.setitem(NOT_RUN, "make *", "made up")
    with pytest.raises(Faulty, match=told):
        to_run(made_up_block(line))


def test_a_command_that_is_neither_run_nor_listed_is_found():
    with pytest.raises(Faulty, match="say above the block where `course build` runs"):
        to_run(made_up_block("course build", place=""))


def test_a_command_on_two_lines_and_a_comment_are_read_as_a_shell_does():
    block = made_up_block("# first", "course grade linear_model \\", "    --students amara  # only her", "", "make build")
    assert block.commands == ["course grade linear_model --students amara", "make build"]


@pytest.mark.parametrize("page", TEXTS)
def test_every_command_in_the_text_names_a_command_and_options_that_exist(page):
    assert [span for span in code_spans(TEXTS[page]) if misspelled(span)] == []


def test_a_misspelled_command_in_the_text_is_found():
    wrong = ["course grad linear_model", "course grade --forse", "make dmeo", ".venv/bin/course build --chekc"]
    assert [bool(misspelled(span)) for span in wrong] == [True] * 4
    right = ["course grade --force", "course lab --ip=0.0.0.0", "make demo", "course …", "make PYTHON=...", "course/cli.py"]
    assert [misspelled(span) for span in right] == [None] * 6


def commands_with_examples():
    choices = next(action.choices for action in cli.parser()._actions if isinstance(action.choices, dict))
    for name, parser in choices.items():
        told = (parser.epilog or "").partition("examples:\n")[2].splitlines()
        for line in takewhile(lambda line: line.startswith("  course "), told):
            yield pytest.param(re.split(r"\s{2,}", line.strip())[0], id=f"{name}: {line.strip()}")


@pytest.mark.parametrize("example", list(commands_with_examples()))
def test_the_examples_in_help_are_commands_that_course_takes(example):
    program, *arguments = words(example)
    assert program == "course"
    understood(arguments)
