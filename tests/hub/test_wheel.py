"""The package that hub users import: all that notebooks and grading need, nothing of source/ or tests/."""

import ast
import re
import tomllib
import zipfile
from pathlib import Path

import nbformat
import pytest
from environment import REPOSITORY
from guide import commands

MARK = re.compile(r"^\s*### (BEGIN|END) (?:SOLUTION|HIDDEN TESTS)\s*$")
RELEASED = sorted((REPOSITORY / "release").glob("*/*.ipynb"))


@pytest.fixture(scope="module")
def wheel(machine):
    """The wheel that is installed for everybody, opened."""
    with zipfile.ZipFile(machine.wheel) as archive:
        yield archive


def imports_of_notebooks():
    """The import statements of all released notebooks that name the course, sorted."""
    found = set()
    for path in RELEASED:
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code" and "course" in cell.source:
                lines = [line for line in cell.source.splitlines() if not line.startswith(("%", "!"))]
                found |= {ast.unparse(node) for node in ast.walk(ast.parse("\n".join(lines)))
                          if isinstance(node, ast.Import | ast.ImportFrom) and "course" in ast.unparse(node)}
    return sorted(found)


def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    parts = {Path(name).parts[0] for name in wheel.namelist()}
    assert parts == {"course", next(part for part in parts if part.endswith(".dist-info"))}


def test_the_wheel_holds_every_file_of_the_package_and_no_other(wheel):
    folder = REPOSITORY / "course"
    ours = {f"course/{path.relative_to(folder).as_posix()}" for path in folder.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts}
    assert {name for name in wheel.namelist() if name.startswith("course/")} == ours


def test_no_solution_and_no_hidden_test_of_a_chapter_is_in_the_wheel(wheel):
    packed = "\n".join(wheel.read(name).decode() for name in wheel.namelist() if name.endswith(".py"))
    for text in sorted((REPOSITORY / "source").glob("*/*.py")):
        assert secret_blocks(text.read_text()), text
        assert [block for block in secret_blocks(text.read_text()) if block in packed] == []


def secret_blocks(text):
    """What stands between BEGIN and END of solutions and hidden tests, where it is two lines or more."""
    lines, found, inside = text.splitlines(), [], None
    for line in lines:
        mark = MARK.search(line)
        if mark:
            found += ["\n".join(inside)] if inside and len(inside) > 1 else []
            inside = [] if mark[1] == "BEGIN" else None
        elif inside is not None:
            inside.append(line)
    return found


def test_a_block_of_a_solution_is_found():
    assert secret_blocks("### BEGIN SOLUTION\na = 1\nb = 2\n### END SOLUTION\nc\n") == ["a = 1\nb = 2"]


def test_a_student_imports_what_the_released_notebooks_import_and_not_from_the_repository(machine):
    statements = imports_of_notebooks()
    assert len(statements) > len(RELEASED)
    done = machine.do("ada", "python", "-c", "\n".join([*statements, "import course", "print(course.__file__)"]))
    assert not done.returncode, done.stdout
    assert Path(done.stdout.splitlines()[-1]).is_relative_to(machine.python)


def test_the_guide_installs_the_package_and_not_a_link_to_the_clone():
    assert "pip install" in commands("Python for everybody")
    assert "--editable" not in commands("Python for everybody") and " -e " not in commands("Python for everybody")


def test_the_guide_installs_the_hub_that_is_tested():
    wanted = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]["optional-dependencies"]["hub"]
    assert "[hub]" in commands("Python for everybody")
    assert set(wanted) <= set((REPOSITORY / "requirements-dev.txt").read_text().splitlines())


def test_a_heading_without_commands_is_noticed():
    assert commands("One", "# One\ntext\n```sh\nls\n```\n# Two\n") == "ls\n"
    with pytest.raises(LookupError, match="Two"):
        commands("Two", "# One\n```sh\nls\n```\n# Two\n")
