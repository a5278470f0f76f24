"""The program of refused system calls, run by a small interpreter for both machines: one of them is not at hand."""

import errno
import struct

import pytest

from course.grading.sandbox import seccomp

ALLOWED, KILLED = 0x7FFF0000, 0x80000000


def refused(number):
    return 0x00050000 | number


def result(program, architecture, number, *arguments):
    """What the kernel would answer to this call: classic BPF as seccomp has it."""
    data = struct.pack("<iIQ6Q", number, architecture, 0, *arguments, *[0] * (6 - len(arguments)))
    code = [struct.unpack_from("<HBBI", program, at) for at in range(0, len(program), 8)]
    at = loaded = 0
    while True:
        operation, then, otherwise, value = code[at]
        at += 1
        if operation == 0x20:
            loaded = struct.unpack_from("<I", data, value)[0]
        elif operation == 0x06:
            return value
        else:
            at += then if {0x15: loaded == value, 0x25: loaded > value, 0x45: loaded & value}[operation] else otherwise


@pytest.fixture(params=["x86_64", "aarch64"])
def call(request):
    program = seccomp.program(request.param)
    column, architecture = seccomp.ARCHITECTURES[request.param]

    def answer(numbers, *arguments, architecture=architecture):
        number = numbers if isinstance(numbers, int) else numbers[column]
        return result(program, architecture, number, *arguments)

    answer.machine = request.param
    return answer


def test_every_call_of_the_list_is_refused(call):
    there = [numbers for numbers in seccomp.REFUSED.values() if numbers[call.machine == "aarch64"] is not None]
    assert len(there) > 50
    assert {call(numbers) for numbers in there} == {refused(errno.EPERM)}
    assert {call(numbers) for numbers in seccomp.MISSING.values()} == {refused(errno.ENOSYS)}


def test_calls_of_every_day_are_allowed(call):
    daily = {  # read, write, close, openat, execve, exit_group, futex, wait4, kill, prctl, getrandom, statx, pidfd_open
        "x86_64": (0, 1, 3, 257, 59, 231, 202, 61, 62, 157, 318, 332, 434),
        "aarch64": (63, 64, 57, 56, 221, 94, 98, 260, 129, 167, 278, 291, 434),
    }[call.machine]
    assert {call(number) for number in daily} == {ALLOWED}


def test_another_architecture_is_ended(call):
    assert call(0, architecture=0x40000003) == KILLED  # 32-bit programs number their calls differently


@pytest.mark.parametrize("number", [463, 1000, 0x40000000, 0x40000000 + 165, -1])
def test_unknown_calls_do_not_exist(call, number):
    assert call(number) == refused(errno.ENOSYS)


@pytest.mark.parametrize("namespace", [0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000])
def test_clone_makes_processes_and_threads_but_no_namespaces(call, namespace):
    assert call(seccomp.CLONE, 17) == call(seccomp.CLONE, 0x003D0F00) == ALLOWED
    assert call(seccomp.CLONE, 17 | namespace) == refused(errno.EPERM)


@pytest.mark.parametrize("numbers", [seccomp.SOCKET, seccomp.SOCKETPAIR])
def test_sockets_are_unix_sockets(call, numbers):
    assert call(numbers, 1) == ALLOWED
    assert {call(numbers, family) for family in [0, *range(2, 50), 1 << 31]} == {refused(errno.EAFNOSUPPORT)}


@pytest.mark.parametrize("flags, answer", [(0x22, ALLOWED), (0x01, ALLOWED), (0x02, ALLOWED), (0x21, refused(errno.EPERM))])
def test_memory_is_shared_through_files_only(call, flags, answer):
    assert call(seccomp.MMAP, 0, 4096, 3, flags) == answer


def test_terminals_work_and_nothing_is_typed_into_them(call):
    assert call(seccomp.IOCTL, 0, 0x5401) == ALLOWED
    assert call(seccomp.IOCTL, 0, 0x5412) == call(seccomp.IOCTL, 0, 0x541C) == refused(errno.EPERM)


def test_a_machine_without_a_list_is_refused():
    with pytest.raises(ValueError, match="riscv64"):
        seccomp.program("riscv64")
