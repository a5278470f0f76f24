"""The hub's Python environment: this one's packages and the `course` wheel, where every user of the machine reads them."""

import os
import shutil
import stat
import subprocess
import sys
import sysconfig
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PACKAGING = ("pyproject.toml", "requirements.txt", "README.md", "LICENSE")
OURS = ("__editable__", "course-", "course.egg")


def others_may(path, what=stat.S_IROTH | stat.S_IXOTH):
    """Whether users other than its owner and group get there, and may do `what` (bits of a mode) with it."""
    path = Path(path).resolve()
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents) and path.stat().st_mode & what == what


def build_wheel(folder):
    """Builds the wheel of the `course` package, from a copy of its files. Returns the wheel's path."""
    copy = folder / "sources"
    shutil.copytree(REPOSITORY / "course", copy / "course", ignore=shutil.ignore_patterns("__pycache__"))
    for name in PACKAGING:
        shutil.copy(REPOSITORY / name, copy)
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation",
         "--wheel-dir", folder, copy], check=True, stdout=subprocess.DEVNULL,
    )
    return next(folder.glob("course-*.whl"))


def make_environment(folder, wheel):
    """A virtual environment at `folder` as docs/jupyterhub.md has it installed: packages of this one, and the wheel.

    Its files are links to this environment's, or copies where links cannot be had. The interpreter is copied, too, where
    other users cannot run it.
    """
    python = readable_python(folder.with_name("python"))
    subprocess.run([python, "-m", "venv", "--without-pip", folder], check=True)
    packages = Path(sysconfig.get_path("purelib"))
    target = folder / packages.relative_to(sys.prefix)
    link_tree(packages, target, leave_out=OURS)
    link_tree(Path(sys.prefix, "share"), folder / "share")
    shutil.copytree(Path(sys.prefix, "etc"), folder / "etc")  # not linked: settings are changed there
    for script in Path(sys.prefix, "bin").iterdir():
        if script.is_file() and not script.is_symlink():
            copy_script(script, folder / "bin" / script.name)
    install(folder, wheel)


def install(folder, wheel):
    """Installs the wheel, as an upgrade of the course does."""
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--root-user-action=ignore", "--no-index", "--no-deps",
                    "--force-reinstall", wheel], check=True, cwd=folder)


def readable_python(folder):
    """This interpreter, without its virtual environment, or a copy of it at `folder` that everybody can run."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    binary = Path(sys.base_exec_prefix, "bin", version)
    library = Path(sysconfig.get_path("stdlib"))
    if others_may(binary) and others_may(library):
        return binary
    left_out = shutil.ignore_patterns("site-packages", "test", "tests", "idlelib", "config-*")
    shutil.copytree(library, folder / "lib" / version, symlinks=True, ignore=left_out)
    for shared in Path(sys.base_exec_prefix, "lib").glob("libpython*"):
        shutil.copy(shared, folder / "lib", follow_symlinks=False)
    (folder / "bin").mkdir()
    # A Python that was built to look for its library in a folder that others cannot read is to look beside itself.
    looks_in, beside = os.fsencode(Path(sys.base_exec_prefix, "lib")), b"$ORIGIN/../lib"
    program = binary.read_bytes().replace(looks_in + b"\0", beside.ljust(len(looks_in), b"\0") + b"\0")
    copy = folder / "bin" / version
    copy.write_bytes(program)
    copy.chmod(0o755)
    return copy


def copy_script(script, target):
    """Copies a program of this environment, so that the other one's Python runs it."""
    content = script.read_bytes()
    first, _, rest = content.partition(b"\n")
    if first.startswith(b"#!") and os.fsencode(sys.prefix) in first:
        content = b"#!" + os.fsencode(target.with_name("python")) + b"\n" + rest
    if not target.exists():
        target.write_bytes(content)
        target.chmod(0o755)


def link_tree(source, target, leave_out=()):
    """Makes `target` hold what `source` holds, names that begin with one of `leave_out` left out at the top."""
    for folder, folders, files in os.walk(source):
        if folder == str(source):
            folders[:] = [name for name in folders if not name.startswith(leave_out)] if leave_out else folders
            files = [name for name in files if not name.startswith(leave_out)] if leave_out else files
        there = target / os.path.relpath(folder, source)
        there.mkdir(parents=True, exist_ok=True)
        for name in files:
            link(os.path.join(folder, name), os.path.join(there, name))


def link(source, target):
    """One file under a second name; a copy where that cannot be, or would be one that others cannot read."""
    try:
        if os.stat(source).st_mode & stat.S_IROTH:
            os.link(source, target)
            return
    except OSError:
        pass
    shutil.copy2(source, target)  # with its time, by which Python knows whether a compiled file is up to date
    os.chmod(target, os.stat(target).st_mode | stat.S_IROTH | stat.S_IRGRP)
