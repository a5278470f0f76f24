"""Forks the warm server into a process of its own world: namespaces, folder, limits, and nothing else to reach."""

from __future__ import annotations

import functools
import os
import platform
import select
import signal
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from . import confined_child, kernel, seccomp
from .limits import Limits

HOME = "/tmp/work"
# In the sandbox only where `bubblewrap.command` was asked for "cuda".
CUDA_CONTROL = Path("/dev/nvidiactl")


class ConfinementError(RuntimeError):
    """A process could not be confined; it was ended before it ran anything."""


class Confined:
    """A process in namespaces of its own, as the server sees it.

    pid: the process, a child of the server. init: process 1 of its namespace, a child of the server too; it adopts and
    reaps what the others leave behind, and everything in the namespace ends with it. The server must not wait for any
    child (`os.waitpid(-1, …)`) nor ignore SIGCHLD; it may wait with `select` until `fileno()` is readable, which it is
    when `pid` ended; take it out of a selector before `poll`, `wait` or `end` sees the end and closes it.

    disk, processes: open files, the process's own /tmp and its own /proc; closed at the end too.
    """

    def __init__(self, pid: int, init: int):
        self.pid, self.init = pid, init
        self.disk = self.processes = None
        self._pid_handle, self._init_handle = os.pidfd_open(pid), os.pidfd_open(init)
        self._status = None

    def fileno(self) -> int:
        return self._pid_handle

    @property
    def ended(self) -> bool:
        """Whether it was seen to have ended; from then on nothing of it is left."""
        return self._status is not None

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
            for descriptor in (self._pid_handle, self._init_handle, self.disk, self.processes):
                if descriptor is not None:
                    os.close(descriptor)
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
    so that objects which still hold one do no harm). `files` were in the server's memory, where later forks can read them:
    not for what is somebody's own. It sees no other processes than its own, reaches no network and
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
    said, say = socket.socketpair()
    try:
        init = _start_init()
        pid = os.fork()
    except OSError as error:
        _give_up(server, init, said, say)
        raise ConfinementError(f"no new process: {error}") from error
    if not pid:
        user = 1 + init % (server.users - 1) if server.users > 1 else 0
        confined_child.confine_or_exit(
            limits, contents, home, {*keep}, user, server.to_hide, server.to_show, server.refusals, say
        )
        return None
    say.close()
    kernel.setns(server.namespace, kernel.CLONE_NEWPID)
    confined = Confined(pid, init)
    with said:
        answer, descriptors, _, _ = socket.recv_fds(said, 4096, 2)
    if answer != confined_child.CONFINED:
        status = confined.end()
        raise ConfinementError(answer.decode(errors="replace") or f"it ended with {status} while it was confined")
    confined.disk, confined.processes = descriptors
    return confined


@dataclass(frozen=True)
class _Server:
    """What the server finds out once, so that its forks need not.

    namespace: its process namespace, an open file. users: how many there are that it may become. to_hide: folders that
    it can write to. to_show: what is needed of its /tmp. refusals: the program for seccomp.
    """

    namespace: int
    users: int
    to_hide: tuple[str, ...]
    to_show: tuple[str, ...]
    refusals: bytes


@functools.cache
def _prepare_server():
    """Finds out what forks need, and makes sure that no program started from here inherits a capability."""
    if Path("/proc/1/comm").read_text() != "bwrap\n":
        raise OSError("this server was not started by bubblewrap.start")
    refusals = seccomp.program(platform.machine(), cuda=CUDA_CONTROL.exists())
    kernel.clear_inheritable_capabilities()
    kernel.prctl(kernel.PR_SET_SECUREBITS, kernel.SECBIT_NOROOT_AND_LOCKED)
    users = sum(int(line.split()[2]) for line in Path("/proc/self/uid_map").read_text().splitlines())
    namespace = os.open("/proc/self/ns/pid", os.O_RDONLY)
    to_hide, to_show = tuple(confined_child.writable_mounts()), tuple(confined_child.shown_in_tmp())
    return _Server(namespace, users, to_hide, to_show, refusals)


def _start_init():
    """Starts process 1 of the new namespace: a shell that waits, and so reaps all that it adopts.

    Ignoring SIGCHLD would do the same with less, but the server cannot give that to a program that it starts without
    ignoring the signal itself for a moment, in which it would lose children of its own.
    """
    for descriptor in confined_child.open_files():
        os.set_inheritable(descriptor, False)
    null = [(os.POSIX_SPAWN_OPEN, number, "/dev/null", os.O_RDWR, 0) for number in range(3)]
    line = ["sh", "-c", "while :; do sleep 1000000; done"]
    return os.posix_spawn("/bin/sh", line, {"PATH": "/usr/bin:/bin"}, file_actions=null)


def _give_up(server, init, *sockets):
    kernel.setns(server.namespace, kernel.CLONE_NEWPID)
    if init:
        os.kill(init, signal.SIGKILL)
        os.waitpid(init, 0)
    for one in sockets:
        one.close()


def _relative(name):
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\0" in name:
        raise ConfinementError(f"not a path within the working folder: {name!r}")
    return path
