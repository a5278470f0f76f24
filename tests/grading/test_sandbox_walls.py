"""What a submission cannot read, write, reach, see, signal or become. Each test shows that it can be done outside."""

import os
import socket
import sys

import pytest
import sandbox_machine
from sandbox_machine import REPOSITORY

from course.grading.sandbox import confine
from course.grading.sandbox.limits import Limits


@pytest.fixture(params=sandbox_machine.USERS)
def machine(request):
    return sandbox_machine.running(request.param)


READ = """
import os
def read(path):
    try:
        return bool(os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1))
    except OSError as error:
        return type(error).__name__
say([read(path) for path in {paths!r}])
"""


def test_the_course_and_the_home_folder_cannot_be_read(machine):
    paths = [REPOSITORY / "source", REPOSITORY / "tests" / "answers", REPOSITORY / "nbgrader_config.py"]
    paths += [machine.home, machine.home / "course" / "gradebook.db", machine.home / "course" / "source" / "solution.py"]
    code = READ.format(paths=[str(path) for path in paths])
    assert machine.outside(code) == [[True] * len(paths)]
    assert machine.said(code) == [["FileNotFoundError"] * len(paths)]


def test_the_package_the_system_and_given_files_can_be_read(machine):
    paths = [str(REPOSITORY / "course" / "data.py"), sys.executable, "/usr/bin", "given/to.txt", "/proc/self/status"]
    assert machine.said(READ.format(paths=paths), files={"given/to.txt": "it"}) == [[True] * len(paths)]


WRITE = """
import os
def write(folder):
    try:
        os.close(os.open(f"{folder}/probe-of-the-sandbox", os.O_CREAT | os.O_WRONLY))
        os.unlink(f"{folder}/probe-of-the-sandbox")
        return True
    except OSError as error:
        return error.strerror
mounts = {line.split()[4] for line in open("/proc/self/mountinfo")}
folders = sorted(mounts | {others!r})
say({folder: write(folder) for folder in folders if os.path.isdir(folder)})
"""


def test_nothing_can_be_written_to_but_its_own_folders(machine):
    others = {str(REPOSITORY / "course"), os.path.dirname(sys.executable), "/usr", "/etc", "/var", "/var/tmp", "/dev", "/proc"}
    (wrote,) = machine.said(WRITE.replace("{others!r}", repr(others | {str(machine.sockets), "/tmp/work"})))
    assert {folder for folder, result in wrote.items() if result is True} == {"/tmp", "/tmp/work", "/dev/shm"}
    assert len(wrote) > 10 and str(machine.sockets) in wrote
    (outside,) = machine.outside(WRITE.replace("{others!r}", repr({str(machine.sockets), "/var/tmp"})))
    assert outside[str(machine.sockets)] is True and outside["/var/tmp"] is True


def test_submissions_do_not_see_each_others_files(machine):
    leave = """
import os, time
for folder in ("/tmp", "/tmp/work", "/dev/shm"):
    open(f"{folder}/mine-of-{name}", "w").close()
time.sleep(0.5)
say(sorted(f for folder in ("/tmp", "/tmp/work", "/dev/shm") for f in os.listdir(folder) if f.startswith("mine")))
"""
    ends = machine.together(*(leave.replace("{name}", name) for name in "ab"))["ends"]
    assert [end["said"] for end in ends] == [[["mine-of-a"] * 3], [["mine-of-b"] * 3]]
    assert machine.said(READ.format(paths=["/tmp/mine-of-a"])) == [["FileNotFoundError"]]


def test_nothing_of_the_owners_environment_comes_along(machine):
    code = "import os; say(os.environ.get('A_SECRET')); say('/var/tmp' in str(dict(os.environ)))"
    assert machine.outside(code)[0] == "of the instructor"
    assert machine.said(code) == [None, False]


def test_no_open_file_of_the_server_comes_along(machine):
    code = """
import os
say(sorted({os.readlink(f"/proc/self/fd/{n}").split(":")[0] for n in os.listdir("/proc/self/fd") if int(n) > 2 and
            os.path.lexists(f"/proc/self/fd/{n}")}))
"""
    found = set(machine.said(code)[0])
    assert "pipe" in found, "the one that it was given to keep"
    assert found <= {"pipe", "/dev/null"}


def test_there_is_no_network(machine):
    listener = socket.create_server(("127.0.0.1", 0))
    code = f"""
import socket
def attempt(family, kind, address=None):
    try:
        with socket.socket(family, kind) as s:
            if address: s.connect(address)
        return "opened"
    except OSError as error:
        return error.strerror
say([attempt(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", {listener.getsockname()[1]})),
     attempt(socket.AF_INET, socket.SOCK_DGRAM), attempt(socket.AF_INET6, socket.SOCK_STREAM),
     attempt(socket.AF_NETLINK, socket.SOCK_RAW), attempt(socket.AF_UNIX, socket.SOCK_STREAM)])
"""
    with listener:
        assert machine.outside(code) == [["opened"] * 5]
        assert machine.said(code) == [["Address family not supported by protocol"] * 4 + ["opened"]]


CONNECT = """
import socket, time
def attempt(address):
    try:
        with socket.socket(socket.AF_UNIX) as s:
            s.connect(address)
        return "connected"
    except OSError as error:
        return error.strerror
"""


def test_sockets_of_the_host_and_of_the_server_cannot_be_reached(machine):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"\0sandbox-test-{os.getpid()}-{machine.user}")
        listener.listen()
        code = CONNECT + f"say([attempt({listener.getsockname().decode()!r}), attempt({str(machine.sockets / 'server')!r})])"
        assert machine.outside(code) == [["connected", "connected"]]
        assert machine.said(code) == [["Connection refused", "No such file or directory"]]


def test_submissions_cannot_talk_to_each_other(machine):
    listen = "import socket, time\ns = socket.socket(socket.AF_UNIX); s.bind('\\0meet'); s.listen(); time.sleep(0.8)\n"
    connect = CONNECT + "time.sleep(0.4); say(attempt('\\0meet'))"
    assert machine.together(listen, connect)["ends"][1]["said"] == ["Connection refused"]
    alone = f"import os, time\nif not os.fork():\n    {listen.replace(chr(10), '; ')} os._exit(0)\n{connect}"
    assert machine.said(alone) == ["connected"], "within one submission it can be done"


# Process 1 waits for a program called sleep; what is left are the submission and its own. On a busy machine the
# program may only just be starting, still under its parent's name: up to five seconds pass until it is there.
SEEN = """
import os, time
end = time.monotonic() + 5
seen = {}
while "sleep" not in seen.values() and time.monotonic() < end:
    seen = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/comm") as file: seen[int(name)] = file.read().strip()
            except (FileNotFoundError, ProcessLookupError):  # of the whole machine's, one may just have ended
                pass
    time.sleep(0.01)
ours = {name for name in seen if name == 1 or seen[name] == "sleep"}
say([len(ours), sorted(set(seen) - ours - {os.getpid()})])
"""


def test_other_processes_cannot_be_seen(machine):
    assert machine.said(SEEN) == [[2, []]]
    assert os.getpid() in machine.outside(SEEN)[0][1]
    assert machine.together(SEEN, "import time; time.sleep(0.3)")["ends"][0]["said"] == [[2, []]]


def test_other_processes_cannot_be_signalled(machine):
    probe = f"""
import os
try:
    os.kill({os.getpid()}, 0)
    say(True)
except OSError as error:
    say(type(error).__name__)
"""
    same_user = machine.user == "root" or os.getuid() != 0
    assert machine.outside(probe) == [True if same_user else "PermissionError"], "there it is seen at least"
    assert machine.said(probe) == ["ProcessLookupError"]


def test_a_submission_that_kills_all_it_can_ends_its_own_processes_only(machine):
    code = """
import os, signal, time
time.sleep(0.2)
child = os.fork()
if not child: time.sleep(20)
for pid in set(range(1, 3000)) - {os.getpid()}:
    try:
        os.kill(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
os.kill(-1, signal.SIGKILL)
say(os.waitpid(child, 0)[1] == signal.SIGKILL)
"""
    ends = machine.together("import time; time.sleep(0.8); say('still here')", code)["ends"]
    assert [end["said"] for end in ends] == [["still here"], [True]]
    assert machine.said("say('the server too')") == ["the server too"]


def test_whatever_it_starts_ends_with_it(machine):
    daemon = """
import os, time, signal
if not os.fork():
    os.setsid()
    if not os.fork():
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        time.sleep(30)
    os._exit(0)
os.wait()
time.sleep(0.3)
"""
    told = machine.together(daemon)
    assert told["most"] >= 4, "process 1 and what it waits for, the submission, the daemon"
    assert told["left"] == 0 and told["seconds"] < 10


def test_orphans_are_reaped(machine):
    code = """
import os, time
for _ in range(5):
    if not os.fork():
        os.fork()
        os._exit(0)
    os.wait()
time.sleep(0.2)
""" + SEEN
    assert machine.said(code) == [[2, []]]


def test_a_process_that_ignores_every_signal_is_ended(machine):
    code = """
import signal
for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
say("ignoring")
while True: signal.pause()
"""
    told = machine.together(code, wall_seconds=0.5)
    (end,) = told["ends"]
    assert (end["said"], end["reason"], end["status"]) == (["ignoring"], "ran longer than 0.5 s", -9)
    assert told["left"] == 0 and told["seconds"] < 10


STATUS = """
status = dict(line.rstrip().partition(":\\t")[::2] for line in open("/proc/self/status"))
say({name: status[name] for name in ("NoNewPrivs", "Seccomp", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")})
"""


def test_it_has_no_rights_and_can_get_none(machine):
    (status,) = machine.said(STATUS)
    assert (status.pop("NoNewPrivs"), status.pop("Seccomp")) == ("1", "2")
    assert set(status.values()) == {"0" * 16}
    (outside,) = machine.outside(STATUS)
    assert outside["NoNewPrivs"] == "0" and int(outside["CapBnd"], 16)


def test_it_cannot_become_another_user(machine):
    code = """
import os, subprocess
def attempt(change, user):
    try:
        change(user, user, user)
        return "changed"
    except OSError as error:
        return error.strerror
say([os.getuid(), attempt(os.setresuid, 0), attempt(os.setresgid, 0)])
say(subprocess.run(["su", "-c", "id -u"], stdin=subprocess.DEVNULL, capture_output=True).returncode == 0)
"""
    said = machine.said(code)
    assert said[0][0] == 1000 and "changed" not in said[0] and said[1] is False


def test_each_submission_is_a_user_or_at_least_a_user_namespace_of_its_own(machine):
    wait = "import time; time.sleep(0.2)"
    ends = machine.together(wait, wait)["ends"]
    assert len({end["namespace"] for end in ends}) == 2
    assert len({end["user"] for end in ends}) == (2 if machine.user == "root" else 1)
    assert 0 not in {end["user"] for end in ends} or machine.user != "root"


CALLS = """
import ctypes, errno, mmap, os, signal, sys
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    done = os.fork()
    if not done:
        ctypes.set_errno(0)
        result = getattr(libc, name)(*arguments)
        os._exit(ctypes.get_errno() if result < 0 else 0)
    number = os.waitstatus_to_exitcode(os.waitpid(done, 0)[1])
    return errno.errorcode.get(number, number)
def in_a_new_namespace():
    done = os.fork()
    if not done:
        if libc.unshare(0x10020000) < 0: os._exit(ctypes.get_errno())
        os._exit(ctypes.get_errno() if libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None) < 0 else 0)
    return errno.errorcode.get(os.waitstatus_to_exitcode(os.waitpid(done, 0)[1]), 0)
def python(function, *arguments):
    try:
        function(*arguments)
        return 0
    except OSError as error:
        return errno.errorcode[error.errno]
clone = {"x86_64": 56, "aarch64": 220}[os.uname().machine]
say({
    "unshare": call("unshare", 0x10000000), "mount": in_a_new_namespace(), "ptrace": call("ptrace", 0, 0, 0, 0),
    "clone": call("syscall", clone, 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0),
    "clone3": call("syscall", 435, 0, 0), "io_uring": call("syscall", 425, 0, 0), "unknown": call("syscall", 500),
    "memfd": python(os.memfd_create, "m"), "shared": python(mmap.mmap, -1, 4096), "shmget": call("shmget", 0, 4096, 0o1600),
    "private": python(mmap.mmap, -1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS),
})
"""


def test_system_calls_that_lead_out_are_refused(machine):
    (inside,) = machine.said(CALLS)
    refused = dict.fromkeys(("unshare", "mount", "ptrace", "clone", "io_uring", "shared", "shmget"), "EPERM")
    assert inside == {**refused, "clone3": "ENOSYS", "unknown": "ENOSYS", "memfd": "ENOSYS", "private": 0}
    (outside,) = machine.outside(CALLS)
    assert {name for name in inside if outside[name] == 0} >= {"unshare", "mount", "ptrace", "clone", "memfd", "shared"}


def test_ordinary_programs_still_work(machine):
    code = """
import multiprocessing, os, pty, subprocess, sys, tempfile, threading
from concurrent.futures import ProcessPoolExecutor
say(subprocess.run([sys.executable, "-c", "print(6 * 7)"], capture_output=True, text=True).stdout)
found = []
thread = threading.Thread(target=found.append, args=(1,)); thread.start(); thread.join()
say(found)
context = multiprocessing.get_context("fork")
value, queue = context.Value("i", 0), context.Queue()
def add():
    with value.get_lock(): value.value += 1
    queue.put("done")
children = [context.Process(target=add) for _ in range(3)]
for child in children: child.start()
say([queue.get() for _ in children])
for child in children: child.join()
say(value.value)
master, _ = pty.openpty()
say(os.isatty(master))
with tempfile.TemporaryFile() as file: say(file.write(b"abc"))
say(os.getcwd())
"""
    assert machine.said(code) == ["42\n", [1], ["done"] * 3, 3, True, 3, "/tmp/work"]


def test_a_file_outside_of_the_working_folder_is_refused(machine):
    told = machine.together("say(1)", files={"../escaped": "x"})
    assert told["failed"] == "not a path within the working folder: '../escaped'"
    assert machine.said("say(2)") == [2], "the server goes on"


def test_nothing_is_confined_where_there_is_no_sandbox_around_it():
    with pytest.raises(confine.ConfinementError, match="not started by bubblewrap.start"):
        confine.fork(Limits())
