"""Forks the warm server into a process of its own world: namespaces, folder, limits, and nothing else to reach."""

from __future__ import annotations

import functools
import os
import platform
import select
import shutil
import signal
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from . import confined_child, kernel, seccomp
from .limits import Limits

HOME = "/tmp/work"


class ConfinementError(RuntimeError):
    """A process could not be confined; it was ended before it ran anything."""


class Confined:
    """A process in namespaces of its own, as the server sees it.

    pid: the process, a child of the server. init: process 1 of its namespace, a child of the server too; it adopts and
    reaps what the others leave behind, and everything in the namespace ends with it. The server must not wait for any
    child (`os.waitpid(-1, …)`); it may wait with `select` until `fileno()` is readable, which it is when `pid` ended.
    """

    def __init__(self, pid: int, init: int):
        self.pid, self.init = pid, init
        self._pid_handle, self._init_handle = os.pidfd_open(pid), os.pidfd_open(init)
        self._status = None

    def fileno(self) -> int:
        return self._pid_handle

    def poll(self) -> int | None:
        """How the process ended: its exit code, or minus the number of the signal; None while it runs.

        Once it ended, everything else in its namespace is ended too.
        """
        return self.wait(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """`poll()` when the process ended, or after `timeout` seconds."""
        if self._status is None and select.select([self], [], [], timeout)[0]:
            return self.end()
        return self._status

    def interrupt(self) -> None:
        """SIGINT to the process and what it runs in its process group, as Ctrl-C in a terminal does."""
        if self._status is None:
            try:
                os.killpg(self.pid, signal.SIGINT)  # nobody else's number: it is our child, and not waited for
            except ProcessLookupError:
                pass

    def end(self) -> int:
        """Ends everything in the namespace, whatever it does about signals, and returns how the process ended."""
        if self._status is None:
            signal.pidfd_send_signal(self._init_handle, signal.SIGKILL)
            # In this order: the kernel keeps a namespace's process 1 until all others are reaped.
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            os.waitpid(self.init, 0)
            os.close(self._pid_handle)
            os.close(self._init_handle)
        return self._status


def fork(
    limits: Limits,
    *,
    files: Mapping[str, bytes] | None = None,
    home: str = HOME,
    keep: Iterable[int] = (),
) -> Confined | None:
    """Like `os.fork()`, but the child is confined: returns None in it, and in the server what it is called there.

    To be called in a server that `bubblewrap.start` started and that has one thread. The child starts in the folder
    `home`, in /tmp, with `files` in it (contents by relative path); it can write nowhere else but in /tmp and /dev/shm,
    which are its own, and has of all open files only 0, 1, 2 and `keep` (the numbers of the others stand for /dev/null,
    so that objects which still hold one do no harm). It sees no other processes than its own, reaches no network and
    nobody's socket, can get no rights that it has not, and is held to `limits` as far as the kernel does that; the rest
    is for `watch.Watch`. If root started the server it is a user of the host of its own, else it is the instructor's
    user, in a user namespace of its own. Seeding random generators is left to the caller.

    Raises ConfinementError in the server if anything of this fails; it never returns in the child then.
    """
    contents = {_relative(name): data for name, data in (files or {}).items()}
    if ".." in home.split("/") or not home.startswith("/tmp/"):
        raise ConfinementError(f"the working folder must be in /tmp: {home}")
    try:
        server = _prepare_server()
        # A fork of its own for process 1 would cost as much as the one that is wanted; a sleeping program costs little.
        kernel.unshare(kernel.CLONE_NEWPID)
    except (OSError, ValueError) as error:
        raise ConfinementError(f"no new process namespace: {error}") from error
    init = None
    said, say = os.pipe()
    try:
        init = _start_init(server.sleep)
        pid = os.fork()
    except OSError as error:
        _give_up(server, init, said, say)
        raise ConfinementError(f"no new process: {error}") from error
    if not pid:
        user = 1 + init % (server.users - 1) if server.users > 1 else 0
        confined_child.confine_or_exit(
            limits, contents, home, {*keep}, user, server.to_hide, server.refusals, say
        )
        return None
    os.close(say)
    kernel.setns(server.namespace, kernel.CLONE_NEWPID)
    confined = Confined(pid, init)
    with open(said, "rb") as file:
        answer = file.read()
    if answer != confined_child.CONFINED:
        status = confined.end()
        raise ConfinementError(answer.decode(errors="replace") or f"it ended with {status} while it was confined")
    return confined


@dataclass(frozen=True)
class _Server:
    """What the server finds out once, so that its forks need not.

    namespace: its process namespace, an open file. users: how many there are that it may become. sleep: a program that
    does nothing. to_hide: folders that it can write to. refusals: the program for seccomp.
    """

    namespace: int
    users: int
    sleep: str
    to_hide: tuple[str, ...]
    refusals: bytes


@functools.cache
def _prepare_server():
    """Finds out what forks need, and makes sure that no program started from here inherits a capability."""
    refusals = seccomp.program(platform.machine())
    kernel.clear_inheritable_capabilities()
    kernel.prctl(kernel.PR_SET_SECUREBITS, kernel.SECBIT_NOROOT_AND_LOCKED)
    sleep = shutil.which("sleep")
    if not sleep:
        raise FileNotFoundError("there is no program called sleep")
    users = sum(int(line.split()[2]) for line in Path("/proc/self/uid_map").read_text().splitlines())
    namespace = os.open("/proc/self/ns/pid", os.O_RDONLY)
    return _Server(namespace, users, sleep, tuple(confined_child.writable_mounts()), refusals)


def _start_init(sleep):
    """Starts process 1 of the new namespace. It ignores SIGCHLD, by which the kernel reaps all that it adopts."""
    for descriptor in confined_child.open_files():
        os.set_inheritable(descriptor, False)
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        null = [(os.POSIX_SPAWN_OPEN, number, "/dev/null", os.O_RDWR, 0) for number in range(3)]
        return os.posix_spawn(sleep, ["init", "infinity"], {}, file_actions=null)
    finally:
        signal.signal(signal.SIGCHLD, before)


def _give_up(server, init, *descriptors):
    kernel.setns(server.namespace, kernel.CLONE_NEWPID)
    if init:
        os.kill(init, signal.SIGKILL)
        os.waitpid(init, 0)
    for descriptor in descriptors:
        os.close(descriptor)


def _relative(name):
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\0" in name:
        raise ConfinementError(f"not a path within the working folder: {name!r}")
    return path
