"""What a freshly forked child does to itself before it runs anything of a student: the other half of confine.py."""

import errno
import os
import resource
import socket
from pathlib import Path

from . import kernel

CONFINED = b"confined"
# What every submission sees itself as, whoever it is outside.
STUDENT = 1000
MOST_FILES = 20_000
# From here on the kernel counts processes by user namespace; before, all of the user's on this host.
PROCESSES_COUNTED_APART = (5, 14)


def confine_or_exit(limits, contents, home, keep, user, to_hide, to_show, refusals, say):
    """Confines this process and says CONFINED through the socket `say`; or says why it could not, and ends it.

    With CONFINED go two open files: its /tmp and its /proc.

    contents: bytes by relative path, for the folder `home`. keep: open files to keep. user: who to become, a number of
    this user namespace; 0: stay who we are. to_hide: see `writable_mounts`. to_show: see `shown_in_tmp`. refusals: the
    program for seccomp.
    """
    try:
        placeholders = close_all_but({*keep, say.fileno()})
        os.setsid()
        own_proc = os.open("/proc/self", os.O_PATH | os.O_DIRECTORY)
        see_nothing_else(limits, user, to_hide, to_show)
        become(user, own_proc)
        fill(home, contents)
        limit(limits, own_proc, placeholders)
        os.close(own_proc)
        give_up_all_rights(refusals)
        shown = [os.open("/tmp", os.O_PATH | os.O_DIRECTORY), os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)]
        socket.send_fds(say, [CONFINED], shown)
        for descriptor in shown:
            os.close(descriptor)
        say.close()
    except BaseException as error:
        say.send(f"{type(error).__name__}: {error}".encode()[:4000])
        os._exit(1)


def open_files():
    """Numbers of the open files above 2."""
    numbers = {int(name) for name in os.listdir("/proc/self/fd")}
    # one of them was the listing itself
    return [number for number in numbers if number > 2 and os.path.lexists(f"/proc/self/fd/{number}")]


def close_all_but(keep):
    """Puts /dev/null in the place of every other open file above 2; returns of how many."""
    null = os.open("/dev/null", os.O_RDWR)
    others = [descriptor for descriptor in open_files() if descriptor not in keep and descriptor != null]
    for descriptor in others:
        os.dup2(null, descriptor, inheritable=False)
    os.close(null)
    return len(others)


def see_nothing_else(limits, user, to_hide, to_show):
    """New namespaces, and mounts: own /tmp, /dev/shm, terminals and /proc, and nothing else that can be written to."""
    kernel.unshare(kernel.CLONE_NEWNS | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS | kernel.CLONE_NEWNET)
    kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    for place in to_hide:
        kernel.mount("tmpfs", place, "tmpfs", kernel.MS_RDONLY, "size=4k,mode=555")
    covered = [(place, os.open(place, os.O_PATH)) for place in to_show]
    safe = kernel.MS_NOSUID | kernel.MS_NODEV
    size = f"size={limits.disk_bytes},nr_inodes={MOST_FILES},mode=1777,uid={user},gid={user}"
    kernel.mount("tmpfs", "/tmp", "tmpfs", safe, size)
    for place, descriptor in covered:
        os.makedirs(os.path.dirname(place), mode=0o755, exist_ok=True)
        if os.path.isdir(f"/proc/self/fd/{descriptor}"):
            os.makedirs(place, mode=0o755, exist_ok=True)
        elif not os.path.exists(place):
            os.close(os.open(place, os.O_CREAT | os.O_WRONLY, 0o644))
        kernel.mount(f"/proc/self/fd/{descriptor}", place, None, kernel.MS_BIND | kernel.MS_REC)
        os.close(descriptor)
    # Semaphores and tensors that processes share are files in /dev/shm; there they count as files of the folder do.
    os.mkdir("/tmp/.shm")
    os.chmod("/tmp/.shm", 0o1777)
    kernel.mount("/tmp/.shm", "/dev/shm", None, kernel.MS_BIND)
    kernel.mount("devpts", "/dev/pts", "devpts", kernel.MS_NOSUID | kernel.MS_NOEXEC, "newinstance,ptmxmode=0666,mode=600")
    kernel.mount("proc", "/proc", "proc", safe | kernel.MS_NOEXEC)


def writable_mounts():
    """Folders that the server can write into, but for those that every submission gets its own of."""
    for place, writable in mounts():
        own = place in ("/tmp", "/proc", "/dev") or place.startswith(("/tmp/", "/proc/", "/dev/"))
        if writable and not own:
            yield place


def shown_in_tmp():
    """What bubblewrap shows within /tmp, read only: a Python or this package that is installed there."""
    return [place for place, writable in mounts() if place.startswith("/tmp/") and not writable]


def mounts():
    """(place, whether it can be written to) of everything that is mounted here, outermost first."""
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        _, _, _, _, place, options, *_ = line.split()
        place = place.encode().decode("unicode_escape").encode("latin-1").decode(errors="surrogateescape")
        yield place, "rw" in options.split(",")


def become(user, own_proc):
    """Becomes `user` outside and STUDENT in a new user namespace: limits count per namespace, and signals end at it."""
    if user:
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        # Else its own entries in /proc would belong to someone else.
        kernel.prctl(kernel.PR_SET_DUMPABLE, 1)
    kernel.unshare(kernel.CLONE_NEWUSER)
    for file, text in (("setgroups", "deny"), ("uid_map", f"{STUDENT} {user} 1"), ("gid_map", f"{STUDENT} {user} 1")):
        descriptor = os.open(file, os.O_WRONLY, dir_fd=own_proc)
        os.write(descriptor, text.encode())
        os.close(descriptor)


def fill(home, contents):
    os.umask(0o022)
    os.makedirs(home)
    os.chdir(home)
    for path, data in contents.items():
        if path.parent.parts:
            os.makedirs(path.parent, exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)


def limit(limits, own_proc, placeholders):
    descriptor = os.open("statm", os.O_RDONLY, dir_fd=own_proc)
    data = int(os.read(descriptor, 200).split()[5]) * resource.getpagesize()
    os.close(descriptor)
    try:
        descriptor = os.open("oom_score_adj", os.O_WRONLY, dir_fd=own_proc)
        os.write(descriptor, b"1000")
        os.close(descriptor)
    except OSError as error:  # a courtesy: if the host runs out of memory, the kernel should end this one
        if error.errno not in (errno.EACCES, errno.EPERM):
            raise
    # One process alone meets an error that it can show, before it is ended from outside.
    _set(resource.RLIMIT_DATA, data + limits.memory_bytes)
    _set(resource.RLIMIT_FSIZE, limits.disk_bytes)
    _set(resource.RLIMIT_NOFILE, limits.open_files + placeholders)
    _set(resource.RLIMIT_CPU, int(limits.cpu_seconds) + 1)
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_MSGQUEUE, 0)
    _set(resource.RLIMIT_MEMLOCK, 64 * 1024)
    if tuple(int(part) for part in os.uname().release.split(".")[:2]) >= PROCESSES_COUNTED_APART:
        _set(resource.RLIMIT_NPROC, limits.processes)


def _set(name, value):
    hard = resource.getrlimit(name)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(name, (value, value))


def give_up_all_rights(refusals):
    kernel.drop_bounding_set()
    kernel.drop_capabilities()
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.set_seccomp_filter(refusals)
