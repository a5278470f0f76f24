"""Student processes of the warm server: what a cell may do, how one ends, and that nothing passes between them."""

import contextlib
import json
import os
import re
import time

import pytest
from nbformat import validate
from shell_help import error_of, notebook_of, run, start, text_of, warm_server

from course.grading.engine.servers import SandboxServer
from course.grading.shell import plain
from course.grading.shell.client import CellRunner, Gone, Limits, StartError, Student, StudentTimeout


@pytest.fixture(params=[True, False], ids=["sandboxed", "plain"])
def sandboxed(request):
    return request.param


@pytest.fixture
def student(sandboxed):
    with start(sandboxed=sandboxed) as student:
        yield student


def gone_after(student, sources, timeout=20):
    """Why it ended while the cells ran, and the notebook with the outputs up to there."""
    notebook = notebook_of(sources)
    runner = CellRunner(student, notebook)
    with pytest.raises(Gone) as death:
        for index, cell in enumerate(notebook.cells):
            runner.run(cell, index, timeout)
    assert student.gone() == death.value.reason
    return death.value.reason, notebook


def test_cells_run_one_after_the_other_in_one_namespace(student):
    cells = run(student, ["x = 20", "print(x)", "x + 1", "", "1 / 0", "x"]).cells
    assert text_of(cells[1]) == "20\n"
    assert cells[2].outputs[0].data["text/plain"] == "21"
    assert [cell.execution_count for cell in cells] == [1, 2, 3, None, 4, 5]
    assert error_of(cells[4]) == "ZeroDivisionError: division by zero"
    assert student.gone() is None and student.suspicious == []


def test_cell_finds_its_files_and_may_write(sandboxed):
    with start(sandboxed=sandboxed, files={"data/a.csv": b"1,2", "b.py": b"name = 3"}) as student:
        cells = run(
            student,
            [
                "import os; sorted(os.listdir())",
                "open('data/a.csv').read()",
                "import b; b.name",
                "open('new.txt', 'w').write('x')",
            ],
        ).cells
    assert [cell.outputs[0].data["text/plain"] for cell in cells] == ["['b.py', 'data']", "'1,2'", "3", "1"]


SCAN = """
import re
found, step, mark = 0, 1 << 20, b"-".join([b"of", b"somebody", b"else"])
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        start, end = (int(one, 16) for one in line.split()[0].split("-"))
        for place in range(start, end, step) if "rw" in line else ():
            try:
                memory.seek(place)
                found += len(re.findall(mark, memory.read(min(step, end - place))))
            except (OSError, ValueError, OverflowError):
                pass
found > 100
"""


def test_a_process_finds_its_own_files_in_its_memory_and_nobody_elses(sandboxed):
    """Those of others must never have been in the memory that it was forked from."""
    files = {"data.csv": b"of-somebody-else," * 10_000}
    with start(sandboxed=sandboxed, files=files) as other, start(sandboxed=sandboxed) as student:
        run(other, ["1"])
        assert run(student, [SCAN]).cells[0].outputs[0].data["text/plain"] == "False"
        assert run(other, ["kept = open('data.csv').read()", SCAN]).cells[1].outputs[0].data["text/plain"] == "True"


@pytest.mark.parametrize("name", ["../a", "/tmp/a", "a/../../b"])
def test_files_stay_in_their_folder(sandboxed, name):
    with pytest.raises(StartError):
        start(sandboxed=sandboxed, files={name: b""})


def test_a_server_that_is_not_there_is_told(tmp_path):
    with pytest.raises(StartError):
        Student.start(str(tmp_path / "nowhere"), files={}, environment={}, limits=Limits())


def test_environment_holds_what_was_given_and_nothing_of_ours(sandboxed, monkeypatch):
    monkeypatch.setenv("SECRET_OF_THE_GRADER", "s3cret")
    with start(sandboxed=sandboxed, environment={"COURSE_SEED": "7"}) as student:
        cells = run(student, ["import os, json; print(json.dumps(dict(os.environ)))", "print(open('/proc/self/environ').read())"]).cells
    environment = json.loads(text_of(cells[0]))
    assert environment["COURSE_SEED"] == "7" and environment["NBGRADER_EXECUTION"] == "autograde"
    assert not [name for name in environment if name.startswith(("PYTEST", "JPY", "BWRAP", "SECRET"))]
    assert "s3cret" not in text_of(cells[1]) and "PYTEST" not in text_of(cells[1])


def test_nothing_of_the_warm_up_or_of_others_is_left(sandboxed):
    with start(sandboxed=sandboxed) as other:
        run(other, ["secret = 'of another'", "import torch; torch.manual_seed(0); torch.rand(1)", "1 / 0"])
        look = """
import sys, gc, linecache, matplotlib.pyplot as plt, ipywidgets, torch, numpy, random, warnings, logging
ip = get_ipython()
[[n for n in ip.user_ns if not n.startswith('_') and n not in ('In', 'Out', 'get_ipython', 'exit', 'quit', 'open')],
 ip.execution_count, In[:-1], Out, _i, _ii, [k for k in linecache.cache if 'ipykernel_' in k], plt.get_fignums(),
 len(ipywidgets.widgets.widget._instances), hasattr(sys, 'last_value'), 'of another' in str(gc.get_objects()[:0]),
 [o for o in gc.get_objects() if isinstance(o, dict) and o.get('secret')]]
"""
        numbers = "import torch, numpy, random; print(torch.rand(1).item(), numpy.random.rand(), random.random())"
        found = []
        for _ in range(2):
            with start(sandboxed=sandboxed) as student:
                first, second = run(student, [look, numbers]).cells
                seen = eval(first.outputs[0].data["text/plain"], {"nan": None})
                found.append(text_of(second).split())
                names = seen[0]
                assert set(names) <= set("sys gc linecache plt ipywidgets torch numpy random warnings logging ip".split())
                assert seen[1:] == [2, [""], {}, "", "", seen[6], [], 0, False, False, []]
                assert len(seen[6]) == 1  # this very cell
    assert not set(found[0]) & set(found[1])


def test_warnings_of_the_warm_up_show_again(student):
    cells = run(student, ["import warnings; warnings.warn('first')", "import torch; torch.optim.SGD([torch.zeros(1)], lr=0.1)"])
    assert "first" in text_of(cells.cells[0], "stderr")


def test_no_file_of_the_server_or_of_another_submission_is_open(sandboxed):
    look = "import os; print([os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd') if os.path.lexists(f'/proc/self/fd/{n}')])"
    with start(sandboxed=sandboxed), start(sandboxed=sandboxed) as student:
        targets = eval(text_of(run(student, [look]).cells[0]))
        kinds = [target.split(":")[0] for target in targets]
        # The wire, the pair with which asyncio wakes itself, the line to its own pretend device; two pipes, both ends of
        # each, for 1 and 2.
        assert kinds.count("socket") == 4
        assert kinds.count("pipe") == 4
        assert set(kinds) <= {"socket", "pipe", "/dev/null", "anon_inode"}, targets
        assert kinds.count("anon_inode") == 1


def test_programs_that_a_cell_starts_do_not_have_the_wire(student):
    listing = text_of(run(student, ["import os; os.system('ls -l /proc/self/fd')"]).cells[0])
    assert "pipe" in listing and "socket" not in listing


def test_threads_of_the_server_are_one():
    server = warm_server(False).process.pid
    with start(sandboxed=False) as student:
        run(student, ["1"])
        assert len(os.listdir(f"/proc/{server}/task")) == 1


@pytest.mark.parametrize(
    "source",
    ["while True: pass", "import time; time.sleep(60)", "import asyncio; await asyncio.sleep(60)",
     "import os; os.system('sleep 60')", "!sleep 60", "import subprocess; subprocess.run(['sleep', '60'])",
     "import threading; threading.Event().wait()"],
)  # fmt: skip
def test_a_cell_over_its_time_is_interrupted_and_the_next_one_runs(student, source):
    notebook = notebook_of([f"print('began')\n{source}", "print('after')"])
    runner = CellRunner(student, notebook)
    assert runner.run(notebook.cells[0], 0, 0.5)["ename"] == "CellTimeoutError"
    assert runner.run(notebook.cells[1], 1, 20)["status"] == "ok"
    assert text_of(notebook.cells[0]).startswith("began\n") and text_of(notebook.cells[1]) == "after\n"
    assert any(output.get("ename") == "CellTimeoutError" for output in notebook.cells[0].outputs)


@pytest.mark.parametrize(
    "source",
    [
        "import time\nwhile True:\n    try: time.sleep(0.01)\n    except BaseException: pass",
        "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
        "import os, signal, threading; signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64)); threading.Event().wait()",
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
    ],
)
def test_a_cell_that_cannot_be_interrupted_is_ended(student, source, monkeypatch):
    monkeypatch.setattr("course.grading.shell.connection.GRACE_SECONDS", 0.5)
    reason, notebook = gone_after(student, [f"print('began', flush=True)\n{source}"], timeout=0.5)
    assert reason == "still running after 0.5 seconds, and it could not be interrupted"
    assert text_of(notebook.cells[0]) == "began\n"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import os; os._exit(3)", "ended itself with exit status 3"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "ended by signal 9 (killed)"),
        ("import ctypes; ctypes.string_at(0)", "ended by signal 11 (segmentation fault)"),
    ],
)
def test_why_it_ended_is_told(student, source, reason):
    assert gone_after(student, ["1", source])[0] == reason
    with pytest.raises(Gone):
        student.ask("anything", {}, b"", timeout=5)


def test_memory_is_limited(sandboxed):
    fork = "import os, time\nfor _ in range(3):\n    if not os.fork():\n        b = b'x' * (100 << 20); time.sleep(20); os._exit(0)\ntime.sleep(20)"
    with start(sandboxed=sandboxed, memory_bytes=200 << 20) as student:
        assert error_of(run(student, ["block = bytearray(1 << 30)"]).cells[0]).startswith("MemoryError")
        assert re.fullmatch("used more than (0.2 G|200 M)B of memory", gone_after(student, [fork])[0])


def test_time_and_processor_are_limited(sandboxed):
    with start(sandboxed=sandboxed, wall_seconds=1) as student:
        assert gone_after(student, ["import time; time.sleep(20)"])[0] == "ran longer than 1 s"
    with start(sandboxed=sandboxed, cpu_seconds=1) as student:
        reason, _ = gone_after(student, ["while True: pass"])
        assert reason in ("used more than 1 s of CPU time", "ended by signal 24 (cpu time limit exceeded)")


LEAVES = "import subprocess; print(subprocess.Popen('setsid sleep 300 & echo $!', shell=True, stdout=-1).stdout.readline().decode())"


@pytest.mark.parametrize("ends", ["1", "import os, time; time.sleep(0.5); os._exit(0)", "import os; os.kill(os.getpid(), 9)"])
def test_what_a_submission_started_ends_with_it(ends):
    with start(sandboxed=False) as neighbour, start(sandboxed=False) as student:
        process, kept = (int(text_of(run(one, [LEAVES]).cells[0])) for one in (student, neighbour))
        assert not plain.is_dead(process)
        with contextlib.suppress(Gone):
            run(student, [ends])
        student.close()
        deadline = time.monotonic() + 10
        while not plain.is_dead(process) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert plain.is_dead(process)
        assert not plain.is_dead(kept), "what a neighbour started is the neighbour's"
        assert text_of(run(neighbour, ["print('still here')"]).cells[0]) == "still here\n"


def test_everything_ends_with_the_server():
    server = SandboxServer(confined=False)
    try:
        student = Student.start(server.address, files={}, environment={}, limits=Limits())
        process = int(text_of(run(student, [LEAVES]).cells[0]))
        assert os.path.exists(f"/proc/{process}")
    finally:
        server.stop()
    assert student.gone() in ("the warm server is gone", "ended by signal 9 (killed)")
    with pytest.raises(Gone):
        run(student, ["1"])
    student.close()
    assert not os.path.exists(f"/proc/{process}") or "Z" in open(f"/proc/{process}/stat").read().split()


@pytest.mark.parametrize("sandboxed", [True, False])
def test_a_server_ends_when_nobody_holds_its_lifeline(sandboxed):
    server = SandboxServer(confined=sandboxed)
    try:
        student = Student.start(server.address, files={}, environment={}, limits=Limits())
        assert text_of(run(student, ["print(1)"]).cells[0]) == "1\n"
        assert not server.ends_within(0)
        server.lifeline.close()  # as when the process that holds it is killed
        assert server.ends_within(60)
        assert student.gone() is not None
        student.close()
    finally:
        server.stop()


def test_a_fork_of_a_cell_does_not_speak_for_it(student):
    cells = run(student, ["import os; child = os.fork(); print('who'); child and os.waitpid(child, 0)[1]", "print('one')", "child > 0"]).cells
    # which of the two writes its end of the line first is theirs to settle
    assert text_of(cells[0]).split("who") in (["", "\n", "\n"], ["", "", "\n\n"])
    assert cells[0].outputs[-1].data["text/plain"] == "0"
    assert text_of(cells[1]) == "one\n" and cells[2].outputs[0].data["text/plain"] == "True"
    assert student.suspicious == []


def test_output_of_other_programs_is_shown_in_order(student):
    source = "import os\nfor n in range(3):\n    print('py', n); os.write(1, f'raw {n}\\n'.encode()); os.system(f'echo sh {n}')"
    assert text_of(run(student, [source]).cells[0]) == "".join(f"py {n}\nraw {n}\nsh {n}\n" for n in range(3))


@pytest.mark.parametrize(
    "source",
    [
        "for n in range(500): print('x' * 100_000)",
        "import sys\nfor n in range(50): sys.stdout.write('x' * 1_000_000)",
        "import os; os.system('yes | head -c 50000000')",
        "from IPython.display import display\nfor n in range(50): display({'text/plain': 'y' * 1_000_000}, raw=True)",
        "'z' * 50_000_000",
        "import ipywidgets; out = ipywidgets.Output()\nwith out:\n    for n in range(50): print('w' * 1_000_000)",
    ],
)
def test_outputs_are_limited_and_the_notebook_goes_on(sandboxed, source):
    with start(sandboxed=sandboxed, output_bytes=8 << 20) as student:
        notebook = run(student, [source, "print('after')", "raise ValueError('e' * 30_000_000)", "print('end')"])
    sizes = [len(json.dumps(cell)) for cell in notebook.cells]
    assert sizes[0] < 3 << 20 and sizes[2] < 200_000
    assert "is not kept" in json.dumps(notebook)
    assert text_of(notebook.cells[1]) == "after\n" and text_of(notebook.cells[3]) == "end\n"
    assert notebook.cells[2].outputs[0].ename == "ValueError"


def test_lone_surrogates_can_be_written_into_a_notebook(student):
    cell = run(student, ["print('a \\ud800 b'); raise ValueError('\\udfff')"]).cells[0]
    assert text_of(cell) == "a \\ud800 b\n" and error_of(cell) == "ValueError: \\udfff"
    json.dumps(cell, ensure_ascii=False).encode()


FORGE = """
import json, os, socket, struct
wire = next(s for n in range(3, 100) if (s := socket.socket(fileno=os.dup(n)) if os.path.exists(f'/proc/self/fd/{n}')
            and os.readlink(f'/proc/self/fd/{n}').startswith('socket') else None) and s.getsockname() == '' == s.getpeername()
            and s.family == socket.AF_UNIX)
wire.setblocking(True)
def say(message, blob=b'', text=None):
    text = json.dumps(message).encode() if text is None else text
    wire.sendall(struct.pack('<II', len(text), len(blob)) + text + blob)
def message(number, kind, content, **more):
    parent = {'msg_id': str(number)}
    say({'op': 'message', 'id': number, 'msg': {'msg_type': kind, 'header': {'msg_type': kind}, 'parent_header': parent, 'content': content, **more}})
"""


@pytest.mark.parametrize(
    "forgery",
    [
        "say({'op': 'done', 'id': 1, 'content': {'status': 'ok'}})",
        "say({'op': 'answer', 'id': 2, 'right': True})",
        "say({'op': 'callback', 'id': 2})",
        "say({'op': ['x'], 'id': {}})",
        "say({})",
        "message(2, 'status', {'execution_state': 'idle'})",
        "message(2, 'stream', {'name': 'x', 'text': 'y'})",
        "message(2, 'stream', {'name': 'stdout', 'text': 5})",
        "message(2, 'display_data', {'data': 3})",
        "message(2, 'error', {'ename': []})",
        "message(2, 'comm_open', {'comm_id': 'a', 'target_name': 'jupyter.widget', 'data': {}})",
        "message(2, 'comm_msg', {'comm_id': 'a', 'data': {'state': 5}})",
        "message(2, 'update_display_data', {'data': {}, 'transient': 5})",
        "say({'op': 'message', 'id': 2, 'msg': {}, 'buflens': 'x'})",
    ],
)
def test_forged_frames_are_noted_and_do_nothing(sandboxed, forgery):
    with start(sandboxed=sandboxed) as student:
        notebook = run(student, [FORGE, f"{forgery}\nprint('said')", "print('after')"])
        assert text_of(notebook.cells[1]) == "said\n" and text_of(notebook.cells[2]) == "after\n"
        assert student.suspicious and student.gone() is None
    validate(notebook)


def test_an_early_done_puts_nothing_out_of_step(sandboxed):
    with start(sandboxed=sandboxed) as student:
        notebook = run(student, [FORGE, "say({'op': 'done', 'id': 2, 'content': {'status': 'ok', 'execution_count': 2}}); 1 / 0", "print('after')"])
        assert text_of(notebook.cells[2]) == "after\n"
        assert student.suspicious


@pytest.mark.parametrize("forgery", ["wire.sendall(b'\\xff' * 8)", "say(None, text=b'[' * 5000)", "say(None, text=b'{}', blob=b''); wire.shutdown(2)"])
def test_bytes_that_are_no_frame_end_it(sandboxed, forgery):
    with start(sandboxed=sandboxed) as student:
        reason, _ = gone_after(student, [FORGE, forgery])
        assert reason in ("it sent what is no answer", "it closed the connection", "ended itself with exit status 0")


def test_who_never_stops_sending_is_late_all_the_same(sandboxed, monkeypatch):
    monkeypatch.setattr("course.grading.shell.connection.GRACE_SECONDS", 0.5)
    flood = "while True:\n    try: say({'op': 'x', 'id': 0})\n    except BaseException: pass"
    with start(sandboxed=sandboxed) as student:
        reason, _ = gone_after(student, [FORGE, flood], timeout=1)
        assert reason == "still running after 1 seconds, and it could not be interrupted"
        assert len(student.suspicious) <= 50


def test_who_sends_more_than_allowed_is_ended(sandboxed):
    flood = "while True: message(2, 'stream', {'name': 'stdout', 'text': 'x' * 1_000_000})"
    with start(sandboxed=sandboxed, output_bytes=4 << 20) as student:
        reason, notebook = gone_after(student, [FORGE, flood])
        assert reason == "it sent more outputs than allowed"
        assert len(json.dumps(notebook)) < 10 << 20


AGENT = """
import course.grading.judge.agent as module
def handle(self, message, blob):
    print('asked', message['kind'])
    if message['kind'] == 'endless':
        while True: pass
    if message['kind'] == 'death':
        import os; os._exit(4)
    if message['kind'] == 'back':
        self.channel.send({'op': 'callback', 'id': message['id'], 'want': 2}, b'w')
        answer, data = self.channel.receive()
        return {'got': answer['value']}, data
    return {'value': self.namespace['x'], 'said': message['word']}, blob + b'!'
module.Agent.handle = handle
x = 5
"""


def test_questions_are_answered_by_the_agent(student):
    run(student, [AGENT])
    messages = []
    answer = student.ask("value", {"word": "w"}, b"abc", timeout=10, on_message=messages.append)
    assert answer == ({"value": 5, "said": "w"}, b"abc!")
    assert [message["content"] for message in messages] == [{"name": "stdout", "text": "asked value\n"}]


def test_the_agent_may_call_back(student):
    run(student, [AGENT])

    def on_callback(message, blob):
        return {"value": message["want"] + 1}, blob + b"?"

    assert student.ask("back", {}, b"", timeout=10, on_callback=on_callback) == ({"got": 3}, b"w?")
    assert student.suspicious == []


def test_questions_are_interrupted_and_asked_again(student):
    run(student, [AGENT])
    with pytest.raises(StudentTimeout):
        student.ask("endless", {}, b"", timeout=0.5)
    assert student.ask("value", {"word": "w"}, b"", timeout=10)[0]["value"] == 5
    with pytest.raises(Gone, match="exit status 4"):
        student.ask("death", {}, b"", timeout=10)


def test_the_real_agent_is_asked():
    with start() as student:
        assert "failed" in student.ask("no such question", {}, b"", timeout=10)[0]


def test_submissions_run_side_by_side(sandboxed):
    with start(sandboxed=sandboxed) as one, start(sandboxed=sandboxed) as two:
        run(one, ["x = 1"])
        run(two, ["x = 2"])
        assert run(one, ["x"]).cells[0].outputs[0].data["text/plain"] == "1"
        one.kill()
        assert one.gone() == "it was ended"
        assert run(two, ["x"]).cells[0].outputs[0].data["text/plain"] == "2"


def test_the_server_keeps_nothing_of_submissions_that_ended():
    server = warm_server(False).process.pid

    def kept():
        children = open(f"/proc/{server}/task/{server}/children").read().split()
        return len(os.listdir(f"/proc/{server}/fd")), len(children)

    deadline = time.monotonic() + 10
    while kept()[1] and time.monotonic() < deadline:  # those of earlier tests
        time.sleep(0.05)
    time.sleep(0.2)
    before = kept()
    for source in ("1", "import os; os._exit(1)", "import subprocess; subprocess.Popen(['sleep', '100'])"):
        with start(sandboxed=False) as student:
            try:
                run(student, [source])
            except Gone:
                pass
    deadline = time.monotonic() + 10
    while kept() != before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert kept() == before


def test_tasks_go_on_between_cells(student):
    cells = ["import asyncio\nseen = []\nasync def count():\n    while True:\n        seen.append(1); await asyncio.sleep(0.01)\ntask = asyncio.create_task(count())", "n = len(seen)"]
    run(student, cells)
    time.sleep(0.3)
    assert run(student, ["len(seen) > n + 5"]).cells[0].outputs[0].data["text/plain"] == "True"


def test_worker_processes_of_a_data_loader_work(student):
    source = "import torch\nfrom torch.utils.data import DataLoader\nfor b in DataLoader(list(range(6)), batch_size=3, num_workers=2): print(b.tolist())"
    cell = run(student, [source], timeout=60).cells[0]
    assert text_of(cell) == "[0, 1, 2]\n[3, 4, 5]\n", error_of(cell)
