"""The few calls of the Linux kernel that the sandbox needs and Python does not offer, through ctypes."""

import ctypes
import os

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 1 << 12, 1 << 14, 1 << 18

PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_SECUREBITS, PR_SET_NO_NEW_PRIVS = 4, 22, 24, 28, 38
PR_SET_CHILD_SUBREAPER = 36
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
SECBIT_NOROOT_AND_LOCKED = 0b11
_CAPABILITY_VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def _call(function, *arguments):
    result = function(*arguments)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{function.__name__}: {os.strerror(number)}")
    return result


def unshare(flags):
    _call(_libc.unshare, flags)


def setns(descriptor, kind):
    _call(_libc.setns, descriptor, kind)


def mount(source, target, kind=None, flags=0, options=None):
    """mount(2); `source`, `target`, `kind` and `options` are strings or None."""
    text = [None if value is None else os.fsencode(value) for value in (source, target, kind, options)]
    _call(_libc.mount, text[0], text[1], text[2], ctypes.c_ulong(flags), text[3])


def prctl(option, *arguments):
    """prctl(2), missing arguments filled up with zeros."""
    _call(_libc.prctl, option, *(ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]))


def set_seccomp_filter(program):
    """Loads a BPF program (bytes, 8 an instruction) for this thread and all that it starts."""

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]

    filled = Program(len(program) // 8, program)
    _call(_libc.prctl, PR_SET_SECCOMP, ctypes.c_ulong(2), ctypes.byref(filled), ctypes.c_ulong(0), ctypes.c_ulong(0))


def drop_bounding_set():
    """No process that descends from this one can have a capability again that it has not now."""
    try:
        for capability in range(64):
            prctl(PR_CAPBSET_DROP, capability)
    except OSError as error:
        if error.errno != 22 or capability < 30:  # EINVAL: there are no more
            raise


def drop_capabilities():
    """Empties this thread's permitted, effective and inheritable capabilities."""

    class Header(ctypes.Structure):
        _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]

    _call(_libc.capset, ctypes.byref(Header(_CAPABILITY_VERSION_3, 0)), (ctypes.c_uint32 * 6)())


def clear_inheritable_capabilities():
    """Keeps this thread's own capabilities, and leaves none to the programs that it starts."""

    class Header(ctypes.Structure):
        _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]

    header, sets = Header(_CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    _call(_libc.capget, ctypes.byref(header), sets)
    sets[2] = sets[5] = 0  # effective, permitted, inheritable, each for the lower and then for the upper capabilities
    _call(_libc.capset, ctypes.byref(header), sets)
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
