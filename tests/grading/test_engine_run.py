"""A notebook's run fails closed and goes on after a death: with stand-ins for the student's process and the judge."""

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course.grading.engine.execution import NotebookRun
from course.grading.engine.task import Allowance
from course.grading.judge.plan import Plan

MARKS = {"schema_version": 3, "task": False, "points": 1}


def graded(source, grade_id, tags=()):
    marks = {**MARKS, "grade": True, "solution": False, "locked": True, "grade_id": grade_id}
    return new_code_cell(source, metadata={"nbgrader": marks, "tags": list(tags)})


def answer(source, grade_id="answer"):
    return new_code_cell(source, metadata={"nbgrader": {**MARKS, "grade": False, "solution": True, "locked": False,
                                                        "grade_id": grade_id}})


class Machine:
    """Starts stand-ins for students' processes, and is the judge: both obey what cells say."""

    def __init__(self, plan):
        self.plan, self.processes, self.timeout = plan, [], 0

    def start(self):
        self.processes.append(Process())
        return self.processes[-1]

    def run(self, grade_id, student):
        source = self.plan.judged[grade_id]
        outputs, suspicious = [], []
        if student is not None and ("kills" in source or {"bomb", "slow bomb"} & {*student.ran}):
            student.reason = "ended by signal 9"
        if "wrong" in source or student is None:
            outputs = [new_output("error", ename="AssertionError", evalue="wrong", traceback=[])]
        if "forges" in source:
            suspicious = ["a forged frame"]
        return NotebookNode(outputs=outputs, suspicious=suspicious)


class Process:
    def __init__(self):
        self.student, self.reason, self.ran, self.closed, self.suspicious = self, None, [], False, []

    def run(self, cell, index, seconds):
        self.ran.append(cell.source)
        cell.outputs = [new_output("stream", text=f"ran {cell.source}")]
        if "dies" in cell.source or "bomb" in self.ran[:-1] or "slow bomb" in self.ran[:-3]:
            self.reason = "ended itself with exit status 1"
            return "KernelDied", f"the Python process died while this cell was running: {self.reason}"
        if "loops" in cell.source:
            return "CellTimeoutError", "still running"
        return None

    def gone(self):
        return self.reason

    def lives(self):
        if "bomb" in self.ran:
            self.reason = "it broke down"
        return self.reason is None

    def finish(self, notebook):
        notebook.metadata["finished"] = True

    def close(self):
        self.closed = True


def run(*cells, plan_cells=None, **allowance):
    """(notebook, machine, what looked like forgery) after a run of these cells."""
    plan = Plan.of(new_notebook(cells=plan_cells if plan_cells is not None else cells))
    machine = Machine(plan)
    notebook = new_notebook(cells=cells)
    suspicious = NotebookRun(notebook, plan, machine, machine.start, Allowance(**allowance)).run()
    assert all(process.closed for process in machine.processes)
    return notebook, machine, suspicious


def errors(notebook):
    """{grade_id: name of its error, None without one} of the graded cells."""
    return {
        cell.metadata.nbgrader.grade_id: next((one.ename for one in cell.outputs if one.output_type == "error"), None)
        for cell in notebook.cells if cell.get("metadata", {}).get("nbgrader", {}).get("grade")
    }


def test_students_cells_run_in_their_process_and_graded_cells_at_the_judge():
    notebook, machine, suspicious = run(
        new_markdown_cell("text"), new_code_cell("a"), answer("b"), graded("right", "one"), graded("wrong", "two"), new_code_cell(" ")
    )
    assert [process.ran for process in machine.processes] == [["a", "b"]]
    assert errors(notebook) == {"one": None, "two": "AssertionError"}
    assert notebook.metadata["finished"] and suspicious == []
    assert notebook.cells[3].execution_count == 3


def test_after_a_death_the_cells_before_it_are_repeated_without_the_one_that_killed():
    notebook, machine, _ = run(
        new_code_cell("a"), graded("right", "one"), answer("dies"), graded("right", "two"), new_code_cell("c"), graded("wrong", "three")
    )
    assert [process.ran for process in machine.processes] == [["a", "dies"], ["a", "c"]]
    assert errors(notebook) == {"one": None, "two": None, "three": "AssertionError"}
    assert [one.ename for one in notebook.cells[2].outputs if one.output_type == "error"] == ["KernelDied"]
    assert notebook.cells[0].outputs[0].text == "ran a"


def test_a_graded_cell_that_kills_the_process_is_wrong_whatever_the_judge_says():
    notebook, machine, _ = run(answer("a"), graded("kills", "one"), graded("right", "two"))
    assert errors(notebook) == {"one": "KernelDied", "two": None}
    assert [process.ran for process in machine.processes] == [["a"], ["a"]]


def test_a_notebook_may_lose_so_many_processes_and_no_more():
    cells = [graded("kills", f"kills-{number}") for number in range(4)]
    notebook, machine, _ = run(*cells, graded("right", "last"), new_code_cell("a"), restarts=1)
    assert len(machine.processes) == 2
    assert errors(notebook) == {"kills-0": "KernelDied", "kills-1": "KernelDied", "kills-2": "AssertionError",
                                "kills-3": "AssertionError", "last": "AssertionError"}
    assert machine.processes[-1].ran == []


def test_a_cell_over_its_time_is_wrong_and_what_it_did_counts_for_the_next_process():
    notebook, machine, _ = run(new_code_cell("loops"), new_code_cell("dies"), graded("right", "one"))
    assert [process.ran for process in machine.processes] == [["loops", "dies"], ["loops"]]
    assert [one.ename for one in notebook.cells[0].outputs if one.output_type == "error"] == ["CellTimeoutError"]


def test_a_cell_after_which_every_other_dies_is_found_and_the_one_that_was_blamed_has_another_try():
    notebook, machine, _ = run(
        new_code_cell("a"), new_code_cell("bomb"), new_code_cell("c"), answer("b"), graded("right", "one"), graded("wrong", "two")
    )
    assert machine.processes[-1].ran == ["a", "c", "b"]
    assert errors(notebook) == {"one": None, "two": "AssertionError"}
    assert [cell.outputs[0].text for cell in notebook.cells[:4]] == ["ran a", "ran bomb", "ran c", "ran b"]
    assert not any(one.output_type == "error" for cell in notebook.cells[:4] for one in cell.outputs)


def test_a_judged_cell_that_dies_of_what_a_students_own_cell_left_behind_is_judged_again_without_it():
    notebook, machine, _ = run(
        answer("a"), new_code_cell("slow bomb"), graded("right", "one"), graded("right", "two"), answer("c", "c"), graded("wrong", "three")
    )
    assert machine.processes[-1].ran == ["a", "c"]
    assert errors(notebook) == {"one": "KernelDied", "two": None, "three": "AssertionError"}


def test_cells_that_are_not_at_fault_are_repeated_again_after_they_were_left_out_in_vain():
    notebook, machine, _ = run(
        new_code_cell("a"), answer("b"), graded("kills", "one"), graded("kills", "two"), graded("kills", "three"), graded("right", "four")
    )
    assert machine.processes[-1].ran == ["a", "b"]
    assert errors(notebook) == {"one": "KernelDied", "two": "KernelDied", "three": "KernelDied", "four": None}
    # one after each death, one that tried without the student's own cell, once for all, and one with it again
    assert len(machine.processes) == 1 + 3 + 1 + 1


def test_an_answer_after_which_everything_dies_is_left_out_too():
    notebook, machine, _ = run(answer("a"), answer("bomb", "b"), graded("right", "one"), graded("wrong", "two"))
    assert machine.processes[-1].ran == ["a"]
    assert errors(notebook) == {"one": None, "two": "AssertionError"}


def test_looking_for_the_culprit_ends_with_the_processes_that_a_notebook_may_lose():
    around = [new_code_cell(f"a{number}") for number in range(12)]
    notebook, machine, _ = run(*around[:6], answer("bomb"), *around[6:], graded("right", "one"), restarts=3)
    assert errors(notebook) == {"one": "AssertionError"} and len(machine.processes) == 4


def test_when_the_notebooks_time_is_over_what_is_left_stays_wrong():
    notebook, machine, _ = run(new_code_cell("a"), graded("right", "one"), notebook_seconds=0)
    assert errors(notebook) == {"one": "NotRun"} and machine.processes == []


def test_a_graded_cell_that_the_instructors_notebook_lacks_is_not_passed():
    notebook, _, _ = run(graded("right", "unknown"), plan_cells=[])
    assert errors(notebook) == {"unknown": "NotRun"}
    assert "generate the assignment again" in notebook.cells[0].outputs[0].evalue


@pytest.mark.parametrize(("source", "error"), [("fine", None), ("dies", "KernelDied"), ("loops", "CellTimeoutError")])
def test_a_cell_that_is_to_run_inside_does_and_fails_closed(source, error):
    notebook, machine, _ = run(graded(source, "inside", ["run-inside"]))
    assert machine.processes[0].ran == [source]
    assert errors(notebook) == {"inside": error}


def test_a_student_cannot_have_a_cell_run_inside():
    notebook, machine, _ = run(graded("wrong", "one", ["run-inside"]), plan_cells=[graded("wrong", "one")])
    assert errors(notebook) == {"one": "AssertionError"} and machine.processes[0].ran == []


def test_forgery_is_handed_on():
    assert run(graded("forges", "one"))[2] == ["one: a forged frame"]
