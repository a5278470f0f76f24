"""What docs/architecture.md promises: imports run one way, and every file says its job in its first line."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Each part of the package, and the parts it may import; what is not listed is nobody's business but notebooks'.
MAY_IMPORT = {
    "data": set(),
    "headings": set(),
    "titles": set(),
    "plots": {"data"},
    "widgets": {"data", "plots", "titles"},
    "check": {"data"},
    "mock_exam": {"check", "headings", "titles"},
    "grading": {"check", "data", "headings", "plots"},
    "study": {"check", "grading", "headings", "plots", "titles"},
    "commands": {"grading", "study"},
    "cli": {"commands", "grading"},
}


def python_files(*folders):
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path.relative_to(ROOT) for path in found if not any(part.startswith(".") for part in path.parts[len(ROOT.parts):]))


def imported_parts(path):
    """Parts of `course` that a file of the package imports, wherever in the file, its own left out."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    package = list(path.with_suffix("").parts[:-1])
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            names |= {f"{module}.{alias.name}" for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("course.")} - {part_of(path)}


def part_of(path):
    return path.with_suffix("").parts[1]


@pytest.mark.parametrize("path", [path for path in python_files("course") if path.parts[1] != "__init__.py"], ids=str)
def test_imports_run_one_way(path):
    assert imported_parts(path) <= MAY_IMPORT[part_of(path)]


def test_the_import_rule_sees_an_import_that_breaks_it(tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    path = Path("course/check/deep/wrong.py")
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text("def f():\n    from ...grading import grade\n    from .. import judge\n    import course.widgets.dial\n")
    assert imported_parts(path) == {"grading", "widgets"}


def test_what_every_nbgrader_command_imports_leaves_pytorch_alone():
    line = "import runpy, sys; runpy.run_path('nbgrader_config.py', {'get_config': Config}); print('torch' in sys.modules)"
    program = f"from traitlets.config import Config; {line}"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("path", python_files("course", "tests", "benchmarks", "source"), ids=str)
def test_every_file_says_its_job_in_its_first_line(path):
    first, second = (ROOT / path).read_text(encoding="utf-8").split("\n", 2)[:2]
    if first == "# ---":  # a chapter begins with jupytext's header, and that with its title
        first = second.replace('title: "', "")
    said = first.removeprefix("# ") if first.startswith("# ") else first.strip('"')
    assert first.startswith(("# ", '"""')) and not said.startswith("%%") and len(said.split()) >= 3, first


@pytest.mark.parametrize("path", ["nbgrader_config.py", "Makefile", ".ci/run", "pyproject.toml", "requirements.txt"])
def test_files_at_the_root_say_their_job_too(path):
    lines = [line for line in (ROOT / path).read_text(encoding="utf-8").splitlines() if not line.startswith("#!")]
    assert lines[0].startswith(("# ", '"""')) and len(lines[0].split()) >= 5


def test_no_two_test_files_have_one_name():
    names = [path.name for path in python_files("tests") if path.name.startswith("test_")]
    assert sorted(names) == sorted(set(names)), "pytest stops at the second of two test files of one name"
