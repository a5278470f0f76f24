"""Who sees the GPU: nobody, unless grading was asked for it; then no server touches CUDA before it forks."""

import errno
from dataclasses import replace

import pytest
import tiny_class
from test_sandbox_seccomp import ALLOWED, refused, result

from course.grading.engine import grader as grader_module
from course.grading.engine.grader import Grader
from course.grading.engine.local import Engine
from course.grading.engine.servers import environment
from course.grading.engine.student import CUDAS_OWN_BYTES, limits
from course.grading.engine.student import environment as students_environment
from course.grading.engine.task import Allowance, Assignment, NotebookSource
from course.grading.grade import grade
from course.grading.sandbox import seccomp


@pytest.mark.parametrize("place", [environment, lambda device: students_environment(Allowance(device=device))])
def test_the_gpu_is_hidden_unless_asked_for_whatever_the_persons_own_shell_says(place, monkeypatch):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0")
    assert place("cpu")["CUDA_VISIBLE_DEVICES"] == ""
    seen = place("cuda")
    assert seen.get("CUDA_VISIBLE_DEVICES") != "" and seen["PYTORCH_NVML_BASED_CUDA_CHECK"] == "1"


@pytest.mark.parametrize("device", ["cpu", "cuda"])
def test_both_servers_of_an_engine_know(device):
    with Engine(device=device) as engine:
        with open(f"/proc/{engine.grading.process.pid}/environ", "rb") as file:
            variables = dict(one.split(b"=", 1) for one in file.read().split(b"\0") if one)
    assert (variables.get(b"CUDA_VISIBLE_DEVICES") == b"") is (device == "cpu")


def test_a_class_is_graded_with_a_gpu_asked_for_where_there_may_be_none(generated):
    tiny_class.submit(generated, "anna", tiny_class.RIGHT)
    [result] = grade(generated, "tiny", device="cuda")
    assert result.reason == "" and tiny_class.points_of(generated) == {"anna": 6}


@pytest.mark.parametrize(("device", "runs"), [("cpu", ["test"]), ("cuda", [])])
def test_the_judges_cells_do_not_run_in_a_server_that_may_use_cuda(device, runs, monkeypatch):
    from nbformat import writes
    from test_plan import cell, test_cell

    text = writes(grader_module.nbformat.v4.new_notebook(cells=[cell("import torch"), test_cell("torch.cuda.is_available()")]))
    about = Assignment("one", "", (NotebookSource("one", None, (), {"test": 1}, {}, (), text),), allowance=Allowance(device=device))
    ran = []
    monkeypatch.setattr(grader_module.Judge, "run", lambda self, grade_id, student: ran.append(grade_id))
    monkeypatch.setattr(grader_module.gc, "freeze", lambda: None)
    Grader(about, "nowhere").warm_up()
    assert ran == runs


def test_cuda_gets_memory_of_its_own():
    own = Allowance(memory_bytes=2**30)
    assert limits(own).memory_bytes == 2**30
    assert limits(replace(own, device="cuda")).memory_bytes == 2**30 + CUDAS_OWN_BYTES


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_calls_that_cuda_starts_with_are_allowed_where_there_is_one_and_only_there(machine):
    column, architecture = seccomp.ARCHITECTURES[machine]
    shared = seccomp.MAP_SHARED | seccomp.MAP_ANONYMOUS
    calls = ((seccomp.MMAP[column], 0, 4096, 3, shared), (seccomp.MISSING["memfd_create"][column],))
    assert [result(seccomp.program(machine, cuda=True), architecture, *call) for call in calls] == [ALLOWED] * 2
    assert [result(seccomp.program(machine), architecture, *call) for call in calls] == [
        refused(errno.EPERM), refused(errno.ENOSYS)]
    clone3, ptrace = seccomp.MISSING["clone3"][column], seccomp.REFUSED["ptrace"][column]
    with_cuda = seccomp.program(machine, cuda=True)
    assert result(with_cuda, architecture, clone3) == refused(errno.ENOSYS)
    assert result(with_cuda, architecture, ptrace) == refused(errno.EPERM)
