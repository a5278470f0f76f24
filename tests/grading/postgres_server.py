"""A PostgreSQL server of the tests' own: on a Unix socket in a temporary folder, run by an unprivileged user."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

# Debian keeps these programs out of PATH.
DEBIAN = "/usr/lib/postgresql/*/bin"
QUICK = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off"


def programs():
    """The folder that holds initdb and pg_ctl, the newest version's; None when there is none."""
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    folders = [path for path in Path("/").glob(DEBIAN.lstrip("/")) if (path / "initdb").exists()]
    return max(folders, key=lambda path: float(path.parent.name), default=None)


@contextmanager
def server():
    """Starts a server without databases but its own. Yields a function: name of a new database -> its URL."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    user = unprivileged()
    if user:
        shutil.chown(folder, user)
    folder.chmod(0o755)  # the tests connect as another user
    run("initdb", "-D", folder / "data", "-U", "grader", "-A", "trust", "-E", "UTF8", "--no-sync", user=user)
    control = ("pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log")
    run(*control, "-o", f"{QUICK} -c unix_socket_permissions=0777 -k {folder}", "start", user=user)
    try:
        yield lambda name: database(folder, name)
    finally:
        run(*control, "-m", "immediate", "stop", user=user)
        shutil.rmtree(folder)


def database(folder, name):
    run("createdb", "-h", folder, "-U", "grader", name)
    return f"postgresql+psycopg://grader@/{name}?host={folder}"


def unprivileged():
    """Whom to run the server as: PostgreSQL refuses to run as root. None: as ourselves."""
    if os.getuid() != 0:
        return None
    names = {line.split(":")[0] for line in Path("/etc/passwd").read_text().splitlines()}
    return "postgres" if "postgres" in names else "nobody"


def run(program, *arguments, user=None):
    """Runs one of PostgreSQL's programs. Raises AssertionError with what it said when it fails."""
    # Its own folder: the server's user may not enter ours.
    done = subprocess.run(
        [programs() / program, *arguments], user=user, group=user and group_of(user), extra_groups=[] if user else None,
        cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120,
    )
    assert done.returncode == 0, f"{program}: {done.stdout}"


def group_of(user):
    import pwd

    return pwd.getpwnam(user).pw_gid
