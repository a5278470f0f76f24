"""Claims about the client and its worker: data only comes back, and no request spoils the next."""
import os
import subprocess
import sys
import time

import cloudpickle
import pytest
import torch

from course.check import devices
from course.check.devices import DeviceWorkerError
from course.check.devices.worker import decode_address, encode_address

cloudpickle.register_pickle_by_value(sys.modules[__name__])
FACTOR = 3


@pytest.fixture(scope="module", autouse=True)
def warm_worker():
    devices.run(lambda: b"", timeout=60)
    yield
    devices.stop()


def reason_of(function, payload=None, **options):
    with pytest.raises(DeviceWorkerError) as caught:
        devices.run(function, payload, **options)
    return caught.value.reason, str(caught.value)


def in_fresh_python(program, **environment):
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120,
                          env={**os.environ, **environment})  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_function_travels_with_the_globals_it_uses():
    assert devices.run(lambda: str(FACTOR * 2).encode()) == b"6"


def test_what_torch_compile_made_travels_uncompiled():
    scale = torch.compile(torch.nn.Linear(1, 1, bias=False), backend="eager")

    @torch.compile(backend="eager")
    def twice(x):
        return 2 * x

    def used():
        return str(twice(torch.ones(1)).item() + 0 * scale(torch.ones(1)).item()).encode()

    assert used() == b"2.0"
    assert devices.run(used) == b"2.0"


def test_a_function_is_given_its_payload():
    assert devices.run(lambda payload: payload * FACTOR, b"ab") == b"ababab"


def test_the_pretend_device_is_ready_there():
    assert devices.run(lambda: str(torch.ones(1, device="sim").device).encode()) == b"sim:0"


def test_modules_beside_the_notebook_can_be_imported_there(tmp_path, monkeypatch):
    (tmp_path / "beside.py").write_text("def answer():\n    return b'forty-two'\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    import beside

    assert devices.run(beside.answer) == b"forty-two"


def test_an_error_there_is_told_with_its_type_and_line():
    reason, message = reason_of(lambda: 1 / 0)
    assert reason == "raised" and "ZeroDivisionError" in message and "test_devices.py" in message


def test_a_result_that_is_not_bytes_is_refused():
    assert reason_of(lambda: [1])[0] == "misused"


def test_a_result_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(devices, "MOST_BYTES", 1000)
    assert reason_of(lambda: b"x" * 2000)[0] == "misused"
    assert devices.run(lambda: b"x" * 900) == b"x" * 900


def test_what_cannot_be_pickled_is_told():
    generator = (i for i in range(3))
    assert reason_of(lambda: bytes(generator))[0] == "send"


def test_a_crash_is_told_and_the_next_request_works():
    assert reason_of(lambda: os._exit(3))[0] == "crashed"
    assert devices.run(lambda: b"fine") == b"fine"


def test_an_endless_loop_is_ended_and_the_next_request_works():
    def endless():
        while True:
            pass

    started = time.monotonic()
    assert reason_of(endless, timeout=0.5)[0] == "time-out"
    assert time.monotonic() - started < 5
    assert devices.run(lambda: b"fine") == b"fine"


def test_requests_do_not_spoil_each_other():
    def spoil():
        torch.Tensor.add = None
        torch.manual_seed(1234)
        os.chdir("/")
        return b""

    def look():
        return f"{torch.Tensor.add is None} {torch.initial_seed()} {os.getcwd()}".encode()

    before = devices.run(look)
    devices.run(spoil)
    assert devices.run(look) == before


def test_prints_and_input_there_disturb_nothing():
    def noisy():
        print("x" * 200_000)
        print("x" * 200_000, file=sys.stderr)
        try:
            input()
        except EOFError:
            return b"no input"

    assert devices.run(noisy) == b"no input"


def test_a_worker_that_died_is_replaced():
    worker = devices._own_worker()
    worker.process.kill()
    worker.process.wait()
    assert devices.run(lambda: b"fine", timeout=60) == b"fine"
    assert devices._own_worker() is not worker


def test_a_worker_that_cannot_start_says_why(monkeypatch):
    devices.stop()
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    reason, message = reason_of(lambda: b"")
    assert reason == "start" and message.count("\n") >= 1
    monkeypatch.undo()
    assert devices.run(lambda: b"fine", timeout=60) == b"fine"


def test_where_there_is_no_fork_requests_run_in_line(monkeypatch):
    program = "import os; del os.fork; from course.check.devices import worker; worker.main()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", program], text=True, **pipes) as worker:
        monkeypatch.setenv("COURSE_DEVICE_WORKER", worker.stdout.readline().strip())
        pids = {devices.run(lambda: f"{os.getpid()} {torch.ones(1, device='sim').device}".encode(), timeout=60)
                for _ in range(2)}  # fmt: skip
        assert pids == {f"{worker.pid} sim:0".encode()}
        assert reason_of(lambda: 1 / 0)[0] == "raised"
        worker.stdin.close()
        assert worker.wait(5) == 0


def test_several_processes_share_one_worker():
    program = ("import os; from course.check import devices\n"
               "print(devices.run(lambda: str(os.getppid()).encode()).decode(), devices._worker)")  # fmt: skip
    shared = devices.worker_address()
    seen = [in_fresh_python(program, COURSE_DEVICE_WORKER=shared) for _ in range(2)]
    assert seen == [[str(devices._own_worker().process.pid), "None"]] * 2


def test_a_forked_process_uses_its_parents_worker_and_leaves_it_running():
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, devices.run(lambda: b"from the fork"))
            devices.stop()
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read() == b"from the fork"
    os.waitpid(child, 0)
    assert devices._own_worker().process.poll() is None
    assert devices.run(lambda: b"fine") == b"fine"


def test_a_caller_without_the_token_gets_nothing(monkeypatch):
    address = devices.worker_address().partition("@")[2]
    monkeypatch.setenv("COURSE_DEVICE_WORKER", f"{'0' * 32}@{address}")
    assert reason_of(lambda: b"")[0] == "crashed"


def test_an_address_where_nobody_is_is_told(monkeypatch):
    monkeypatch.setenv("COURSE_DEVICE_WORKER", "0@" + encode_address("\0course-nobody"))
    assert reason_of(lambda: b"")[0] == "start"


def test_addresses_survive_being_written_down():
    for address in ("\0course-device-1", "/tmp/pymp-x/listener", r"\\.\pipe\pyc-1"):
        assert decode_address(encode_address(address)) == address


def test_the_worker_ends_with_its_client():
    program = "from course.check import devices; devices.run(lambda: b''); print(devices._worker.process.pid)"
    (pid,) = in_fresh_python(program)
    assert not alive(int(pid))


def test_the_worker_ends_with_a_client_that_is_killed():
    program = ("import os; from course.check import devices; devices.run(lambda: b'', timeout=60)\n"
               "print(devices._worker.process.pid, flush=True); os.kill(os.getpid(), 9)")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    pid = int(done.stdout)
    deadline = time.monotonic() + 5
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(pid)


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_warm_request_takes_well_under_a_visible_check():
    """In processor time of the request's own process, which other work on the machine hardly changes."""

    def five_steps():
        model = torch.nn.Linear(3, 1).to("sim")
        optimiser = torch.optim.Adam(model.parameters())
        for _ in range(5):
            model(torch.ones(8, 3, device="sim")).square().mean().backward()
            optimiser.step()
        return str(time.process_time()).encode()

    assert min(float(devices.run(five_steps)) for _ in range(5)) < 0.2


def test_starting_in_the_background_does_not_wait():
    program = ("import time; from course.check import devices\n"
               "start = time.monotonic(); devices.start_in_background(); print(time.monotonic() - start)\n"
               "devices.start_in_background(); devices.run(lambda: b'', timeout=60)")  # fmt: skip
    (seconds,) = in_fresh_python(program)
    assert float(seconds) < 1.0  # it takes 3 s to start


NOTEBOOK = """
import IPython.testing.globalipapp
IPython.testing.globalipapp.start_ipython()
from course import check
from course.check import devices
answer = 1
print(devices._worker is None)
check.value("answer", 1)
worker = devices._worker
check.value("answer", 1)
print(worker is not None and worker is devices._worker)
"""


def test_in_a_notebook_the_first_check_starts_the_worker_and_the_import_does_not():
    before, *_, after = in_fresh_python(NOTEBOOK)
    assert (before, after) == ("True", "True")


def test_outside_a_notebook_a_check_that_needs_no_device_starts_no_worker():
    assert in_fresh_python("from course import check; from course.check import devices; answer = 1\n"
                           "check.value('answer', 1); print(devices._worker)")[-1] == "None"


LOADED = """
import sys, time
from course.check import devices
start = time.monotonic()
devices.start_in_background()
time.sleep({seconds})
print(devices.run(lambda: " ".join(str(name in __import__("sys").modules) for name in
      ("torch.distributed.tensor", "torch._dynamo")).encode(), timeout=60).decode())
"""


def test_a_request_that_waits_already_is_served_before_the_compiler_is_loaded():
    assert in_fresh_python(LOADED.format(seconds=0)) == ["False", "False"]


def test_a_worker_that_nobody_waits_for_warms_up():
    assert in_fresh_python(LOADED.format(seconds=15))[1] == "True"


def test_distributed_tensors_are_not_kept_from_those_who_import_them():
    def real():
        from torch.distributed.tensor import DTensor

        return DTensor.__module__.encode()

    assert devices.run(real).startswith(b"torch.distributed.tensor")


def test_importing_the_client_and_the_counter_is_quick_and_brings_no_pickling():
    program = """
import sys, time, types, course, torch
package = types.ModuleType("course.check")
package.__path__ = [course.__path__[0] + "/check"]
sys.modules["course.check"] = package
before = set(sys.modules)
start = time.perf_counter()
import course.check.counting, course.check.devices
print(time.perf_counter() - start, *(set(sys.modules) - before))
"""
    seconds, *modules = in_fresh_python(program)
    assert not {"cloudpickle", "multiprocessing.connection"} & set(modules)
    assert float(seconds) < 0.2


def test_the_pretend_device_is_no_real_accelerator():
    there = devices.run(lambda: str(devices.available_accelerator()).encode()).decode()
    assert there == "None"
    assert devices.available_accelerator() in ("cuda", "mps", None)
    assert (devices.available_accelerator() == "cuda") == torch.cuda.is_available()
