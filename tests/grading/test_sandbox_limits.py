"""How much a submission may use, and in what words it is told that it used more. Each test shows what is allowed, too."""

import os
from types import SimpleNamespace

import pytest
import sandbox_machine

from course.grading.sandbox.limits import GiB, Limits, MiB
from course.grading.sandbox.watch import Watch, in_words


@pytest.fixture(params=sandbox_machine.USERS)
def machine(request):
    return sandbox_machine.running(request.param)


ONE_BLOCK = """
try:
    block = bytearray({size})
    say("allocated")
except MemoryError:
    say("refused")
say("alive")
"""


def test_one_process_meets_an_error_and_lives(machine):
    code = ONE_BLOCK.replace("{size}", str(400 * MiB))
    assert machine.said(code, memory_bytes=300 * MiB) == ["refused", "alive"]
    assert machine.said(code, memory_bytes=600 * MiB) == ["allocated", "alive"]


MANY_BLOCKS = """
import os, time
block = bytearray(b"x") * {size}
if {count}:
    children = []
    for _ in range({count}):
        child = os.fork()
        if not child:
            block = bytearray(b"x") * {size}
            time.sleep(1.5)
            os._exit(0)
        children.append(child)
time.sleep(1.5)
say("done")
"""


def blocks(size, count):
    return MANY_BLOCKS.replace("{size}", str(size)).replace("{count}", str(count))


def test_memory_of_all_processes_is_added_up(machine):
    end = machine.inside(blocks(60 * MiB, 5), memory_bytes=300 * MiB)
    assert (end["said"], end["reason"], end["status"]) == ([], "used more than 300 MB of memory", -9)
    assert machine.said(blocks(60 * MiB, 5), memory_bytes=600 * MiB) == ["done"]


def test_memory_that_processes_share_counts_once(machine):
    code = """
import os, time
block = bytearray(b"x") * (200 * 2**20)
for _ in range(4):
    if not os.fork():
        time.sleep(0.8)
        os._exit(0)
time.sleep(0.8)
say("done")
"""
    assert machine.said(code, memory_bytes=300 * MiB) == ["done"]


CHURN = """
import os, time
def hold():
    kept, alive, end = bytearray(b"x" * 2**20) * {size}, [], time.monotonic() + {seconds}
    while time.monotonic() < end:
        child = os.fork()
        if not child:
            time.sleep(0.02)
            os._exit(0)
        alive.append(child)
        if len(alive) > 8:
            os.waitpid(alive.pop(0), 0)
    os._exit(0)
holders = [os.fork() or hold() for _ in range(4)]
say([os.waitpid(one, 0)[1] for one in holders])
"""


def test_memory_is_not_hidden_by_processes_that_come_and_go_while_it_is_counted(machine):
    """Each has a share of what the four hold, and none of them is in the list that is being counted."""
    assert machine.inside(CHURN.format(size=120, seconds=20), memory_bytes=300 * MiB)["reason"] == "used more than 300 MB of memory"
    assert machine.said(CHURN.format(size=40, seconds=2), memory_bytes=300 * MiB) == [[0, 0, 0, 0]]


@pytest.mark.parametrize(("counts", "over"), [((310, 320, 330), True), ((310, 320, 200), False), ((310, 200, 330), False)])
def test_memory_is_over_only_where_one_count_after_another_says_so(counts, over):
    # A process that ends in the middle of a count leaves its share to others, which then count too much.
    watch, left = Watch(SimpleNamespace(init=os.getpid()), Limits(memory_bytes=300 * MiB)), iter(counts)
    watch._shared_out_memory = lambda files: next(left) * MiB
    assert watch._counts_to_more_memory(None) is over


FILL = """
import os, time
written = 0
try:
    for number in range({files}):
        with open(f"{folder}/{number}", "wb") as file:
            for _ in range({megabytes}):
                written += file.write(bytes(2**20))
except OSError as error:
    say(error.strerror)
say(written >> 20)
time.sleep(0.5)
"""


def fill(folder, files, megabytes):
    return FILL.replace("{folder}", folder).replace("{files}", str(files)).replace("{megabytes}", str(megabytes))


@pytest.mark.parametrize("folder", ["/tmp/work", "/dev/shm"])
def test_all_files_together_are_limited(machine, folder):
    message, written = machine.said(fill(folder, 5, 10), disk_bytes=30 * MiB)
    assert message == "No space left on device" and 25 <= written <= 30
    assert machine.said(fill(folder, 5, 10), disk_bytes=60 * MiB) == [50]


def test_files_count_as_memory(machine):
    code = fill("/tmp/work", 4, 20)
    assert machine.inside(code, memory_bytes=50 * MiB)["reason"] == "used more than 50 MB of memory"
    assert machine.said(code, memory_bytes=150 * MiB) == [80]


FORKS = """
import os, time
children = []
try:
    for _ in range({count}):
        child = os.fork()
        if not child:
            time.sleep(5)
            os._exit(0)
        children.append(child)
except BlockingIOError:
    say("refused")
say(len(children))
os._exit(0)
"""


def test_the_number_of_processes_is_limited(machine):
    told = machine.together(FORKS.replace("{count}", "30"), processes=10)
    (end,) = told["ends"]
    assert end["reason"] is None and end["said"] == ["refused", 9] and told["left"] == 0
    assert machine.said(FORKS.replace("{count}", "30"), processes=40) == [30]


def test_each_submission_has_that_number_for_itself(machine):
    ends = machine.together(*[FORKS.replace("{count}", "8")] * 3, processes=10)["ends"]
    assert [end["said"] for end in ends] == [[8]] * 3


def test_cpu_time_is_limited(machine):
    code = "import time\nwhile time.process_time() < 1.0: pass\nsay('done')"
    end = machine.inside(code, cpu_seconds=0.4)
    assert (end["said"], end["reason"], end["status"]) == ([], "used more than 0.4 s of CPU time", -9)
    assert machine.said(code, cpu_seconds=5) == ["done"]


def test_cpu_time_of_children_is_added_up_also_when_nobody_waits_for_them(machine):
    code = """
import os, signal, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _ in range(6):
    if not os.fork():
        while time.process_time() < 0.3: pass
        os._exit(0)
    try:
        os.wait()  # until it ended; there is nothing to learn of it
    except ChildProcessError:
        pass
say("done")
"""
    assert machine.inside(code, cpu_seconds=0.8)["reason"] == "used more than 0.8 s of CPU time"
    assert machine.said(code, cpu_seconds=5) == ["done"]


def test_the_wall_clock_is_limited(machine):
    code = "import time; time.sleep(0.8); say('done')"
    assert machine.inside(code, wall_seconds=0.3)["reason"] == "ran longer than 0.3 s"
    assert machine.said(code, wall_seconds=15) == ["done"]


def test_open_files_are_limited(machine):
    code = """
opened = []
try:
    for _ in range(100): opened.append(open("/dev/null"))
except OSError as error:
    say(error.strerror)
say(len(opened) > 90)
"""
    assert machine.said(code, open_files=40) == ["Too many open files", False]
    assert machine.said(code, open_files=200) == [True]


def test_files_of_the_server_take_nothing_away_from_a_submission(machine):
    code = "opened = [open('/dev/null') for _ in range(30)]; say(len(opened))"
    ends = machine.together(*[f"import time; time.sleep(0.5)\n{code}"] * 8, open_files=40)["ends"]
    assert [end["said"] for end in ends] == [[30]] * 8, "the server has several files open for each of them"


def test_sizes_are_told_as_limits_are_given():
    assert [in_words(size) for size in (2 * GiB, GiB * 3 // 2, 300 * MiB)] == ["2.0 GB", "1.5 GB", "300 MB"]


def test_limits_are_plain_data():
    limits = Limits(memory_bytes=GiB, cpu_seconds=0.5)
    assert Limits.from_dict(limits.to_dict()) == limits and Limits.from_dict({}) == Limits()
    assert all(type(value) in (int, float) for value in limits.to_dict().values())


@pytest.mark.parametrize("wrong, error", [({"processes": 0}, ValueError), ({"disk_bytes": -1}, ValueError), ({"ram": 1}, TypeError)])
def test_limits_that_mean_nothing_are_refused(wrong, error):
    with pytest.raises(error, match=next(iter(wrong))):
        Limits.from_dict(wrong)
