"""The system calls that a submission may not make, as a program for the kernel's seccomp filter.

Written out here rather than through libseccomp, which hosts that have bubblewrap need not have: the program is a list of
numbers to compare with. What is refused is what reaches beyond the process in ways that its namespaces and missing
capabilities should forbid anyway, new doors of the kernel, and memory that nobody could count from outside.
"""

import errno
import struct

# Numbers of system calls on x86_64 and on aarch64; None: not there.
REFUSED = {
    # namespaces and mounts
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "unshare": (272, 97),
    "setns": (308, 268), "move_mount": (429, 429), "open_tree": (428, 428), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "process_madvise": (440, 440), "pidfd_getfd": (438, 438),
    # parts of the kernel in which holes were found before
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "keyctl": (250, 219),
    "add_key": (248, 217), "request_key": (249, 218), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262), "lookup_dcookie": (212, 18), "quotactl": (179, 60), "quotactl_fd": (443, 443),
    # the machine
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105), "finit_module": (313, 273),
    "delete_module": (176, 106), "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89),
    "syslog": (103, 116), "settimeofday": (164, 170), "clock_settime": (227, 112), "clock_adjtime": (305, 266),
    "adjtimex": (159, 171), "sethostname": (170, 161), "setdomainname": (171, 162), "vhangup": (153, 58),
    "iopl": (172, None), "ioperm": (173, None),
    # memory that belongs to no process and to no folder
    "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180), "memfd_secret": (447, 447),
}  # fmt: skip
# Programs do without these when they are told that the kernel has none; clone3's flags cannot be seen by a filter.
MISSING = {"clone3": (435, 435), "memfd_create": (319, 279)}
NEEDED_BY_CUDA = {"memfd_create"}
CLONE, SOCKET, SOCKETPAIR, MMAP, IOCTL = (56, 220), (41, 198), (53, 199), (9, 222), (16, 29)
# mseal. What came later is unknown here, and so not allowed; so is the other way to call x86_64, numbered above 2**30.
LAST_KNOWN = 462

ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

ANY_NEW_NAMESPACE = 0x7E020000
AF_UNIX = 1
MAP_SHARED, MAP_ANONYMOUS = 0x01, 0x20
TYPE_INTO_TERMINAL = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX

_LOAD, _EQUAL, _ABOVE, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_ALLOW, _KILL = 0x7FFF0000, 0x80000000


def _refusal(number):
    return 0x00050000 | number


class _Assembler:
    """Instructions of classic BPF; jumps go forward, to names."""

    def __init__(self):
        self.code, self.places = [], {}

    def load(self, offset):
        self.code.append((_LOAD, None, None, offset))

    def load_argument(self, index):
        self.load(_ARGUMENTS + 8 * index)  # the lower half: both architectures are little-endian

    def test(self, operation, value, then=None, otherwise=None):
        self.code.append((operation, then, otherwise, value))

    def end(self, name, value):
        self.places[name] = len(self.code)
        self.code.append((_RETURN, None, None, value))

    def place(self, name):
        self.places[name] = len(self.code)

    def assemble(self):
        def distance(index, name):
            return 0 if name is None else self.places[name] - index - 1

        return b"".join(
            struct.pack("<HBBI", operation, distance(index, then), distance(index, otherwise), value)
            for index, (operation, then, otherwise, value) in enumerate(self.code)
        )


def program(machine: str, *, cuda: bool = False) -> bytes:
    """The filter for `machine` ("x86_64" or "aarch64") as the kernel takes it. ValueError for another machine.

    cuda: whether memory may be had that nobody can count, shared or behind a number of an open file: CUDA does not start
    without.

    It must be loaded by a process that has set no_new_privs, and stays on it and all that it starts.
    """
    if machine not in ARCHITECTURES:
        raise ValueError(f"no list of system calls for {machine}")
    column, architecture = ARCHITECTURES[machine]
    bpf = _Assembler()
    bpf.load(_ARCHITECTURE)
    bpf.test(_EQUAL, architecture, otherwise="kill")
    bpf.load(_NUMBER)
    bpf.test(_ABOVE, LAST_KNOWN, then="missing")
    for name, table in (("refuse", REFUSED), ("missing", MISSING)):
        for call, numbers in table.items():
            if numbers[column] is not None and not (cuda and call in NEEDED_BY_CUDA):
                bpf.test(_EQUAL, numbers[column], then=name)
    bpf.test(_EQUAL, CLONE[column], then="clone")
    bpf.test(_EQUAL, SOCKET[column], then="socket")
    bpf.test(_EQUAL, SOCKETPAIR[column], then="socket")
    bpf.test(_EQUAL, MMAP[column], then="allow" if cuda else "mmap")
    bpf.test(_EQUAL, IOCTL[column], then="ioctl", otherwise="allow")
    bpf.place("clone")
    bpf.load_argument(0)
    bpf.test(_ANY_BIT, ANY_NEW_NAMESPACE, then="refuse", otherwise="allow")
    bpf.place("socket")
    bpf.load_argument(0)
    bpf.test(_EQUAL, AF_UNIX, then="allow", otherwise="no such family")
    # Shared anonymous memory can be let go of by the page tables that show it, and be kept all the same.
    bpf.place("mmap")
    bpf.load_argument(3)
    bpf.test(_ANY_BIT, MAP_ANONYMOUS, otherwise="allow")
    bpf.test(_ANY_BIT, MAP_SHARED, then="refuse", otherwise="allow")
    bpf.place("ioctl")
    bpf.load_argument(1)
    for request in TYPE_INTO_TERMINAL:
        bpf.test(_EQUAL, request, then="refuse")
    bpf.end("allow", _ALLOW)
    bpf.end("refuse", _refusal(errno.EPERM))
    bpf.end("missing", _refusal(errno.ENOSYS))
    bpf.end("no such family", _refusal(errno.EAFNOSUPPORT))
    bpf.end("kill", _KILL)
    return bpf.assemble()
