"""The sandbox around the server: bubblewrap's command line, whether it can be had here, and how to start a module in it."""

from __future__ import annotations

import functools
import os
import shutil
import site
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
# Users of the host that a server started by root and its submissions become: of the range that nobody hands out (above
# those of containers, below those of systemd), or, where a container knows fewer users, of the upper end of what it knows.
FIRST_USER, USERS = 1_900_000_000, 65_536
# What the server keeps, in its own user namespace only, to put each submission into namespaces and to watch and end it.
CAPABILITIES = ("SYS_ADMIN", "SYS_PTRACE", "KILL", "SETPCAP", "SETFCAP", "SETUID", "SETGID")
SYSTEM_FOLDERS = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
SYSTEM_FILES = (
    *("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives", "/etc/fonts", "/etc/localtime"),
    *("/var/cache/fontconfig", "/sys/devices/system/cpu"),
)
PYTHON_PARTS = ("bin", "lib", "lib64", "share", "etc", "pyvenv.cfg")
ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "HOME": "/tmp",
    "TMPDIR": "/tmp",
    "USER": "student",
    "LOGNAME": "student",
    "SHELL": "/bin/sh",
    "LANG": "C.UTF-8",
    "TERM": "xterm-256color",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OMP_NUM_THREADS": "1",
    "MPLCONFIGDIR": "/tmp/matplotlib",
}

HOW_TO_GO_ON = (
    "To go on without a sandbox, say --no-sandbox: students' code then runs with your own rights, "
    "so grade only what you would run yourself."
)
NO_NAMESPACES = (
    "Allow user namespaces: `sudo sysctl kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000`, on Ubuntu "
    "23.10 and later `sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0` or an AppArmor profile for bwrap. In a "
    "container, start it with `--security-opt seccomp=unconfined --security-opt apparmor=unconfined "
    "--security-opt systempaths=unconfined`."
)


class SandboxUnavailable(RuntimeError):
    """No sandbox can be had here. The message says what is missing, how to get it, and how to go on without."""

    def __init__(self, reason: str):
        super().__init__(f"No sandbox for students' code: {reason}\n{HOW_TO_GO_ON}")


def find() -> str | None:
    """Where bubblewrap is, or None."""
    return shutil.which("bwrap")


@functools.cache
def availability() -> str | None:
    """None if submissions can be sandboxed here, else what is missing and how to get it. Tried once, by doing it."""
    if sys.platform != "linux":
        return f"it needs Linux, and this is {sys.platform}. Use a Linux machine, a virtual one, or a container."
    if not find():
        return "bubblewrap is not installed. Install it: `sudo apt install bubblewrap` or `sudo dnf install bubblewrap`."
    try:
        trial = start("course.grading.sandbox.trial", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        said, complained = trial.communicate(timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        return f"bubblewrap could not be started ({error}). {NO_NAMESPACES}"
    if trial.returncode == 0 and said.strip() == "confined":
        return None
    complaint = complained.strip().rpartition("\n")[2] or f"it ended with {trial.returncode}"
    if "No module named" in complaint or "can't open file" in complaint or "execvp" in complaint:
        return (
            f"Python does not start in it ({complaint}). A server started by root runs as nobody: Python's folders "
            f"({sys.prefix}, {sys.base_prefix}) and {PACKAGE} must be readable by all (`chmod -R o+rX`)."
        )
    return f"bubblewrap does not work here ({complaint}). {NO_NAMESPACES}"


def require() -> None:
    """Raises SandboxUnavailable if there is none."""
    reason = availability()
    if reason:
        raise SandboxUnavailable(reason)


def command(
    argv: Sequence[str],
    *,
    readable: Iterable[str | os.PathLike] = (),
    writable: Iterable[str | os.PathLike] = (),
    hidden: Iterable[str | os.PathLike] = (),
    devices: Iterable[str] = (),
    environment: Mapping[str, str] | None = None,
) -> list[str]:
    """The command line that runs `argv` in the sandbox, with no network and nothing to see but what is listed here.

    There are, read only: the system's programs and libraries, this Python and what is installed for it, the `course`
    package, and `readable`, each at its own path; to write into: an empty /tmp and the folders `writable`, at their own
    paths too. Folders `hidden` are empty even if they lie within one of the others but the last two. `devices` may name
    "cuda". `environment` is added to a few variables that are always set; nothing of this process's comes along.

    Started by root, it runs as a user of the host that owns nothing (FIRST_USER), so `readable` must be readable by all
    and `writable` be that user's: see `start`.
    """
    users = _users()
    plan = _Plan(staged=users is not None)
    for folder in SYSTEM_FOLDERS:
        plan.system(folder)
    for file in SYSTEM_FILES:
        plan.bind(file)
    empty = [os.path.abspath(folder) for folder in (*hidden, *_hidden_by_default())]
    for folder in empty:
        plan.options += ["--tmpfs", folder]
    plan.options += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/dev/shm", "--tmpfs", "/tmp"]
    # What is mapped from /dev/zero is memory that belongs to no process: see seccomp.py.
    plan.options += ["--dev-bind", "/dev/null", "/dev/zero"]
    if "cuda" in devices:
        plan.cuda()
    for path in [*_python(), PACKAGE, *readable]:
        plan.bind(path)
    for folder in writable:
        plan.bind(folder, "--bind")
    for folder in [*empty, "/dev", "/"]:
        plan.options += ["--remount-ro", folder]
    plan.options += ["--chdir", "/tmp", "--clearenv"]
    for name, value in {**ENVIRONMENT, "PYTHONPATH": _python_path(), **(environment or {})}.items():
        plan.options += ["--setenv", name, value]
    plan.options += ["--die-with-parent", "--new-session", "--hostname", "sandbox", "--cap-drop", "ALL"]
    for capability in CAPABILITIES:
        plan.options += ["--cap-add", f"CAP_{capability}"]
    bwrap = find() or "/usr/bin/bwrap"
    if users is None:
        return [bwrap, "--unshare-all", "--uid", "0", "--gid", "0", *plan.options, "--", *argv]
    apart = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    leave_root = [sys.executable, "-I", "-S", str(Path(__file__).with_name("as_root.py")), *map(str, users)]
    return [*leave_root, *plan.sources, "--", bwrap, *apart, *plan.options, "--", *argv]


def start(
    module: str,
    arguments: Sequence[str] = (),
    *,
    readable: Iterable[str | os.PathLike] = (),
    writable: Iterable[str | os.PathLike] = (),
    hidden: Iterable[str | os.PathLike] = (),
    devices: Iterable[str] = (),
    environment: Mapping[str, str] | None = None,
    **popen,
) -> subprocess.Popen:
    """Starts `python -m module arguments…` in the sandbox; see `command`. `popen` goes to Popen (`pass_fds`, `stdout`, …).

    The folders `writable` are given to the user that the server runs as, when root starts it: a Unix socket that the
    server makes in one can be connected to from outside. The sandbox ends when the *thread* that started it ends.
    """
    writable = list(writable)
    users = _users()
    if users is not None:
        for folder in writable:
            os.chown(folder, users[0], users[0])
    line = command(
        [sys.executable, "-P", "-m", module, *arguments],
        **{"readable": readable, "writable": writable, "hidden": hidden, "devices": devices, "environment": environment},
    )
    return subprocess.Popen(line, **{"stdin": subprocess.DEVNULL, "cwd": "/", "env": {"LANG": "C.UTF-8"}, **popen})


class _Plan:
    """Options for bubblewrap, and the paths that must be staged for it when root starts it."""

    def __init__(self, staged):
        self.staged, self.sources, self.options, self.folders = staged, [], [], set()

    def bind(self, path, how="--ro-bind"):
        """Shows `path` at its own place and, where it is reached through a link, at that of what it links to."""
        path = os.path.abspath(path)
        for place in dict.fromkeys((os.path.realpath(path), path)):
            if os.path.exists(place) and (place == path or os.path.isdir(path)):
                # bubblewrap would make them for its own user only, and the submissions are others.
                for parent in reversed(Path(place).parents[:-1]):
                    if parent not in self.folders:
                        self.options += ["--perms", "0755", "--dir", str(parent)]
                        self.folders.add(parent)
                self.options += [how, self.source(path), place]

    def source(self, path):
        if not self.staged:
            return path
        self.sources.append(path)
        return f"/tmp/{len(self.sources) - 1}"

    def system(self, folder):
        """A system folder, or the link that it is on hosts whose programs are all in /usr."""
        if os.path.islink(folder):
            self.options += ["--symlink", os.readlink(folder), folder]
        elif os.path.isdir(folder):
            self.bind(folder)

    def cuda(self):
        """NVIDIA's devices; its libraries are in /usr, and the driver says in /proc and /sys which devices there are."""
        for device in sorted(Path("/dev").glob("nvidia*")):
            self.bind(device, "--dev-bind")
        for path in ("/proc/driver/nvidia", "/sys/bus/pci/devices", "/sys/devices", "/sys/module/nvidia"):
            self.bind(path)


def _users():
    """(first, how many) users of the host for a server started by root; None if this is an ordinary user's process.

    A root that knows no other users, as in a namespace that an ordinary user made, is an ordinary user too.
    """
    if os.geteuid() != 0:
        return None
    ranges = [tuple(map(int, line.split())) for line in Path("/proc/self/uid_map").read_text().splitlines()]
    known = max(((first, count) for first, _, count in ranges), key=lambda known: known[1])
    if known[0] <= FIRST_USER and FIRST_USER + USERS <= known[0] + known[1]:
        return FIRST_USER, USERS
    few = min(1000, known[1] // 8)
    return (known[0] + known[1] - 2 * few, few) if few > 1 else None


def _python():
    """Paths that this Python needs: its own, its virtual environment's, and packages of the user that it would import."""
    for prefix in dict.fromkeys((sys.base_prefix, sys.base_exec_prefix, sys.prefix, sys.exec_prefix)):
        if Path(prefix) != Path("/usr"):
            yield from (Path(prefix, part) for part in PYTHON_PARTS if Path(prefix, part).exists())
    yield from _packages_elsewhere()


def _packages_elsewhere():
    prefixes = {os.path.abspath(prefix) for prefix in (sys.base_prefix, sys.prefix, "/usr")}
    for folder in sys.path:
        known = any(os.path.abspath(folder).startswith(prefix + "/") for prefix in prefixes)
        if folder.endswith(("site-packages", "dist-packages")) and os.path.isdir(folder) and not known:
            yield folder


def _python_path():
    """PYTHONPATH in the sandbox: where the `course` package is, and packages of the user."""
    return os.pathsep.join([str(PACKAGE.parent), *_packages_elsewhere()])


def _hidden_by_default():
    """The folder around this package, if it is within the system's: courses are put into /usr/src in containers."""
    around = PACKAGE.parent
    if around.is_relative_to("/usr") and str(around) not in {*site.getsitepackages(), sysconfig.get_path("purelib")}:
        yield around
