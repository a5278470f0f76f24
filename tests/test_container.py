"""The image's recipe agrees with the repository: paths, versions, users, ports, options; that it can be built is not shown."""

import json
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from course import cli
from course.grading.sandbox.bubblewrap import NO_NAMESPACES

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
DEVCONTAINER = ROOT / ".devcontainer" / "devcontainer.json"
PAGE = ROOT / "docs" / "docker.md"
# How the environment is used; of other instructions the tests below would know nothing.
KNOWN = {"FROM", "RUN", "ENV", "COPY", "WORKDIR", "USER", "EXPOSE", "CMD"}


def instructions(text):
    """List of (instruction, rest) of a Dockerfile, lines that go on joined, comments left out."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [tuple(line.split(maxsplit=1)) for line in joined.splitlines() if line.strip()]


def of(kind, text=DOCKERFILE):
    return [rest for instruction, rest in instructions(text) if instruction == kind]


def apt_packages(text):
    """Names that `apt-get install` is given in a script or a Dockerfile."""
    found = re.findall(r"apt-get install ([^&\n;]*)", re.sub(r"\\\n\s*", "", text))
    return {word for line in found for word in line.split() if not word.startswith("-")}


def missing(text, root):
    """Paths that COPY names, or that pip reads, and that the repository lacks."""
    named = [word for rest in of("COPY", text) for word in rest.split()[:-1] if not word.startswith("--")]
    return [path for path in named if not (root / path).exists()]


def ignored(path):
    """Whether .dockerignore keeps a path out; its last line that matches decides."""
    answer = False
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        pattern = line.lstrip("!").removeprefix("**/")
        if line and not line.startswith("#") and any(fnmatch(part, pattern) for part in (path, path.split("/")[0])):
            answer = not line.startswith("!")
    return answer


def test_only_instructions_that_these_tests_know_are_used():
    assert {instruction for instruction, _ in instructions(DOCKERFILE)} == KNOWN


def test_what_is_copied_exists_and_is_not_ignored():
    assert missing(DOCKERFILE, ROOT) == []
    assert not ignored("requirements.txt") and not ignored("course") and not ignored("release")


def test_a_path_that_is_not_there_is_found():
    assert missing("FROM x\nCOPY requirments.txt \\\n  --chown=a course /there/\n", ROOT) == ["requirments.txt"]


@pytest.mark.parametrize("path", ["gradebook.db", "gradebook.db.2026-11-22", "submitted/amara", ".venv", ".git", "work", "demo"])
def test_nothing_of_a_class_and_nothing_large_comes_into_the_image(path):
    assert ignored(path)


def test_the_folders_of_a_class_are_there_and_empty():
    assert not ignored("submitted/.gitkeep") and not ignored("feedback/.gitkeep")


def test_python_is_one_that_the_package_takes():
    wanted = re.search(r'^requires-python = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)
    version = re.match(r"python:(\d+\.\d+)-slim", of("FROM")[0])
    assert version and version[1] in SpecifierSet(wanted[1])


def test_versions_are_those_of_requirements_txt_and_torch_comes_from_the_index_without_cuda():
    installs = [rest for rest in of("RUN") if "pip install" in rest]
    assert any("-r /opt/course/requirements.txt" in rest for rest in installs)
    assert "requirements.txt /opt/course/" in of("COPY")
    assert not re.search(r"[a-z]==\d", DOCKERFILE), "a version is written in one place, requirements.txt"
    assert "PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu" in of("ENV")[0]


def test_the_sandbox_is_installed_under_the_name_that_the_tests_of_a_fresh_machine_use():
    there = apt_packages(DOCKERFILE)
    assert "bubblewrap" in there & apt_packages((ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert {"git", "make"} <= there


def test_the_image_runs_as_a_user_that_it_makes_and_that_is_not_root():
    user = of("USER")[-1]
    assert user != "root" and any(rest.startswith("useradd") and rest.endswith(f" {user}") for rest in of("RUN"))
    assert of("WORKDIR")[-1].startswith(f"/home/{user}/")


def test_the_command_is_one_of_the_course_and_its_port_is_the_one_exposed_and_forwarded():
    program, *arguments = json.loads(of("CMD")[-1])
    assert program == "course" and cli.parse(arguments).others[-1] == f"--port={of('EXPOSE')[0]}"
    assert json.loads(DEVCONTAINER.read_text(encoding="utf-8"))["forwardPorts"] == [int(of("EXPOSE")[0])]


def test_the_development_container_names_files_stage_user_and_target_that_exist():
    settings = json.loads(DEVCONTAINER.read_text(encoding="utf-8"))
    build = settings["build"]
    assert (DEVCONTAINER.parent / build["dockerfile"]).resolve() == ROOT / "Dockerfile"
    assert (DEVCONTAINER.parent / build["context"]).resolve() == ROOT
    assert any(rest.endswith(f" AS {build['target']}") for rest in of("FROM"))
    assert any(rest.endswith(f" {settings['remoteUser']}") for rest in of("RUN"))
    make, target = settings["postCreateCommand"].split()
    assert make == "make" and re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)


def test_the_page_names_the_options_that_the_grader_asks_for_and_the_folder_of_the_image():
    page = PAGE.read_text(encoding="utf-8")
    wanted = re.findall(r"--security-opt \w+=\w+", NO_NAMESPACES)
    assert len(wanted) == 3
    line = next(line for line in re.sub(r"\\\n", "", page).splitlines() if "course grade linear_model" in line)
    assert [option for option in wanted if option not in line or f"| `{option}` |" not in page] == []
    folders = re.findall(r"--volume \S+?:(/[\w/]+)", page)
    assert len(folders) == 2 and all(folder.startswith(of("WORKDIR")[-1]) for folder in folders)
