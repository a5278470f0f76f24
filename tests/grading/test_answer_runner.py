"""Answers run as submissions are: in place of the solution, apart from each other, and never for ever."""

import contextlib
import threading
import time
from pathlib import Path

import pytest
from answer_chapter import STUB, answer, chapter, marked, new_code_cell
from nbformat.v4 import new_notebook

from course.grading.answers import AnswersError
from course.grading.answers.plan import chapter_of
from course.grading.answers.results import coverage_faults, faults
from course.grading.answers.runner import ChapterBroken, run_answers
from course.grading.engine import shared

RIGHT = "def double(x):\n    return x + x"
SLOW = "import time\ntime.sleep(600)"

ANSWERS = {
    "right": answer("right", RIGHT),
    "right, then prints": answer("right", "print('hello')\n" + RIGHT + "\ndouble(4)", how="prints"),
    "right, breaks a later cell": answer("right", "double = {1: 2, 2: 4, 0: 0}.__getitem__", how="a table"),
    "right, breaks a later exercise": answer("right", "def double(x):\n    return 2 * x if x != 1 else 7", how="breaks area"),
    "off by one": answer("wrong", "def double(x):\n    return 2 * x + 1", how="one", mistake="one-step-too-many"),
    "three": answer("wrong", "def double(x):\n    return 3 * x", how="three"),
    "wrong at the second": answer("wrong", "def double(x):\n    return x + 2", how="two", cell="double-zero"),
    "raises": answer("wrong", "def double(x):\n    return 1 / 0", how="raises"),
    "does not compile": answer("wrong", "def double(x) return", how="SyntaxError"),
    "dies": answer("wrong", "import os\nos._exit(0)", how="dies"),
    "dies in a check": answer("wrong", "import os\ndef double(x):\n    os.abort()", how="dies later"),
    "floods": answer("wrong", "print('x' * 1_000_000)", how="floods"),
    "writes a file": answer("wrong", "open('left', 'w').close()\ndouble = print", how="writes"),
    "looks for the file": answer("right", RIGHT + "\nimport os\nassert not os.path.exists('left')", how="looks"),
    "leaves the shell": answer("right", RIGHT + "\nexit()", how="exit"),
    "awaits": answer("right", "import asyncio\nawait asyncio.sleep(0)\n" + RIGHT, how="await"),
    "runs magics": answer("right", "%matplotlib inline\n" + RIGHT + "\n!true", how="magics"),
    "plots and shows a widget": answer(
        "right", "import matplotlib.pyplot as plt, ipywidgets\nplt.plot([1, 2])\nplt.show()\n"
        "display(ipywidgets.IntSlider())\n" + RIGHT, how="plots"),
    "stub": answer("stub", STUB, how="as released"),
    "second right": answer("right", "def area(a, b):\n    return b * a", exercise="area"),
    "second stub": answer("stub", STUB, exercise="area", how="as released"),
}


@pytest.fixture(scope="module")
def results():
    ended = {result.answer: result for result in run_answers(chapter(), list(ANSWERS.values()))}
    return {name: ended[given] for name, given in ANSWERS.items()}


def test_every_answer_has_a_result(results):
    assert set(results) == set(ANSWERS)


@pytest.mark.parametrize("name", [
    "right", "right, then prints", "second right", "leaves the shell", "awaits", "runs magics",
    "plots and shows a widget", "looks for the file",
])
def test_a_right_answer_gets_full_marks_and_has_no_fault(results, name):
    assert faults(results[name]) == []
    assert results[name].points == results[name].max_points == (4 if name == "second right" else 3)
    assert results[name].outcome == "right"


def test_output_to_stderr_costs_nothing_and_is_kept_with_what_is_printed(results):
    first, second = results["right"].graded
    assert second.passed and second.points == 2
    assert (first.printed, second.printed) == ("right: double\n", "note\n")


def test_what_an_answer_prints_is_kept(results):
    assert results["right, then prints"].own.printed.split() == ["hello", "8"]


def test_a_refused_cell_gives_no_points_and_the_others_theirs(results):
    result = results["wrong at the second"]
    assert [cell.points for cell in result.graded] == [1, 0]
    assert result.points == 1 and result.refusal.name == "double-zero"
    assert faults(result) == []


def test_a_mistake_is_read_from_the_errors_text(results):
    assert results["off by one"].mistake == "one-step-too-many"
    assert results["three"].mistake is None
    assert faults(results["off by one"]) == faults(results["three"]) == []


def test_the_message_is_what_a_learner_reads(results):
    assert results["stub"].refusal.message == "Not attempted\ndouble is not there yet"
    assert "\x1b" not in results["raises"].refusal.message
    assert results["raises"].refusal.message.endswith("Raised: double raised ZeroDivisionError")


def test_an_answer_that_does_not_compile_is_refused_as_not_there(results):
    assert results["does not compile"].own.ename == "SyntaxError"
    assert results["does not compile"].outcome == "NotAttempted"


def test_a_dead_process_is_told_of_at_its_cell_and_what_it_defined_is_not_there_after_it(results):
    assert results["dies"].own.ename == results["dies in a check"].outcome == "died"
    assert results["dies"].own.message.startswith("the Python process died while this cell was running: ")
    assert results["dies in a check"].refusal.message.startswith("the Python process died while this cell was running: ")
    assert results["dies"].outcome == "NotAttempted"
    assert results["dies"].points == results["dies in a check"].points == 0
    assert faults(results["dies"]) == faults(results["dies in a check"]) == []


def test_a_flood_of_output_is_cut(results):
    assert results["floods"].own.printed.endswith("980001 characters more")


def test_a_right_answer_that_breaks_a_later_cell_is_a_fault(results):
    [fault] = faults(results["right, breaks a later cell"])
    assert fault.startswith("after it, the cell at place 7 fails: KeyError: 3. Let that cell need only")


def test_a_right_answer_that_breaks_a_later_exercise_is_a_fault(results):
    [fault] = faults(results["right, breaks a later exercise"])
    assert fault.startswith("after it, area-values fails: Not right yet, area gave 21.")


def test_a_stub_must_be_told_not_attempted_by_each_graded_cell(results):
    assert faults(results["second stub"]) == []
    [fault] = faults(results["stub"])  # its second cell is a plain assert
    assert fault.startswith("double-zero should say 'Not attempted' of the stub, which is what learners start from, and says: NameError")


def run_one(given, **settings):
    [result] = run_answers(settings.pop("chapter", chapter()), [given], **settings)
    return result


def test_an_answer_that_takes_too_long_is_ended_and_refused():
    started = time.monotonic()
    result = run_one(answer("wrong", "while True:\n    pass"), limit=1)
    assert result.own.ename == result.outcome == "late"
    assert result.refusal.message == "the time for the whole notebook was over before this cell"
    assert faults(result) == []
    assert time.monotonic() - started < 30


def starting(mark):
    """Code that starts a program which can be seen from outside the sandbox by its arguments."""
    return f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)', {mark!r}])\n"


def running(mark):
    """How many such programs there are."""
    found = 0
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found += mark.encode() in path.read_bytes().split(b"\0")
    return found


def some_time(condition):
    """Whether the condition comes to hold within some seconds."""
    for _ in range(200):
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_what_an_answer_started_is_ended_with_it(tmp_path):
    mark = str(tmp_path)
    source = starting(mark) + "import time\ntime.sleep(1)\n" + RIGHT
    most = Watch(mark)
    with most:
        assert faults(run_one(answer("right", source))) == []
    assert most.seen == 1
    assert some_time(lambda: not running(mark))


class Watch(threading.Thread):
    """While it is open, counts how many programs with this mark run at most; `seen` tells."""

    def __init__(self, mark):
        super().__init__()
        self.mark, self.seen, self.over = mark, 0, threading.Event()

    def run(self):
        while not self.over.wait(0.05):
            self.seen = max(self.seen, running(self.mark))

    def __enter__(self):
        self.start()

    def __exit__(self, *error):
        self.over.set()
        self.join()


def test_stopping_early_ends_the_running_answers(tmp_path):
    mark = str(tmp_path)
    ended = run_answers(chapter(), [answer("wrong", starting(mark) + SLOW), answer("wrong", "double = None", how="none")])
    assert next(ended).answer.how == "none"
    assert some_time(lambda: running(mark) == 1)
    ended.close()
    assert some_time(lambda: not running(mark))


def test_a_figure_is_drawn_with_the_instructors_solutions_and_not_again_after_each_answer():
    draws = "from matplotlib.figure import Figure\nclass Picture(Figure):\n    def _ipython_display_(self):\n        {}\nPicture()"
    failing, printing = (new_code_cell(draws.format(does)) for does in ("raise OSError('drawn')", "print('drawn')"))
    with pytest.raises(ChapterBroken, match="OSError: drawn"):
        run_one(answer("right", RIGHT), chapter=chapter(after=[failing]))
    result = run_one(answer("right", RIGHT), chapter=chapter(after=[printing]))
    assert faults(result) == []
    assert result.others[-1].passed and "drawn" not in result.others[-1].printed


@pytest.mark.parametrize("workers", [1, 3])
def test_no_more_answers_run_at_a_time_than_asked(tmp_path, workers):
    mark = str(tmp_path)
    given = [answer("wrong", starting(mark) + "import time\ntime.sleep(2)", how=str(number)) for number in range(4)]
    watch = Watch(mark)
    with watch:
        assert len(list(run_answers(chapter(), given, workers=workers))) == 4
    assert 1 <= watch.seen <= workers


def test_an_answer_may_read_the_chapters_files_but_no_notebook(tmp_path):
    (tmp_path / "two.txt").write_text("2")
    (tmp_path / "numbers.ipynb").write_text("the solutions")
    source = (
        "import os\nassert os.listdir() == ['two.txt']\n"
        "def double(x):\n    return int(open('two.txt').read()) * x"
    )
    assert faults(run_one(answer("right", source), chapter=chapter(tmp_path))) == []


def test_a_chapter_that_fails_with_its_own_solutions_is_broken():
    broken = chapter(double="def double(x):\n    return 3 * x")
    with pytest.raises(ChapterBroken, match="cell 'double-two' fails"):
        run_one(answer("wrong", "double = None"), chapter=broken)


def test_a_cell_tagged_raises_exception_may_fail():
    raising = new_code_cell("1 / 0", metadata={"tags": ["raises-exception"]})
    assert faults(run_one(answer("right", RIGHT), chapter=chapter(after=[raising]))) == []
    with pytest.raises(ChapterBroken, match="place 10 fails"):
        run_one(answer("right", RIGHT), chapter=chapter(after=[new_code_cell("1 / 0")]))


def test_a_cell_that_ends_the_process_breaks_the_chapter():
    with pytest.raises(ChapterBroken, match="ended itself"):
        run_one(answer("right", RIGHT), chapter=chapter(after=[new_code_cell("import os\nos._exit(3)")]))


def test_a_thread_of_the_chapters_own_solutions_disturbs_nobody():
    lasting = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), name='lasting', daemon=True).start()"
    leaves_a_thread = chapter(double=lasting + "\n" + RIGHT)
    assert faults(run_one(answer("right", "def area(a, b):\n    return b * a", exercise="area"), chapter=leaves_a_thread)) == []


def test_without_a_sandbox_answers_run_all_the_same(tmp_path, monkeypatch):
    sees = f"\nimport os\nassert os.path.exists({str(tmp_path)!r})"
    [fault] = faults(run_one(answer("right", RIGHT + sees)))
    assert fault == "the answer itself stops: AssertionError. Mend it"
    monkeypatch.setattr("course.grading.sandbox.bubblewrap.availability", lambda: "there is none here")
    shared.stop()
    try:
        assert faults(run_one(answer("right", RIGHT + sees))) == []
    finally:
        shared.stop()


def test_an_answer_to_no_exercise_is_refused():
    with pytest.raises(AnswersError, match="'triple'.*double, area"):
        run_one(answer("right", "x = 1", exercise="triple"))


def test_hand_graded_cells_are_no_exercises_and_part_no_graded_cells():
    names = [(exercise.name, [cell.grade_id for cell in chapter().graded_cells(exercise)])
             for exercise in chapter().exercises]
    assert names == [("double", ["double-two", "double-zero"]), ("area", ["area-values"])]
    assert chapter().by_hand == ("why",)


def test_hand_graded_cells_may_have_answers_and_need_none():
    enough = [answer("right", "x", how=str(n)) for n in range(3)] + [answer("wrong", "x", how=str(n)) for n in range(6)]
    assert coverage_faults(chapter(), {"double": enough, "area": enough, "why": enough[:1]}) == []


def test_a_chapter_wants_a_graded_cell_three_right_and_six_wrong_answers_an_exercise():
    enough = [answer("right", "x", how=str(n)) for n in range(3)] + [answer("wrong", "x", how=str(n)) for n in range(6)]
    assert coverage_faults(chapter(), {"double": enough, "area": enough}) == []
    assert coverage_faults(chapter(), {"double": enough[:-1], "area": enough[1:], "triple": enough}) == [
        "triple.py answers no exercise of numbers: name it after the grade_id of a solution cell", "double has 5 wrong answers, and needs 6",
        "area has 2 right answers, and needs 3",
    ]
    lone = chapter_of(new_notebook(cells=[marked("x = 1", "alone")]), "numbers")
    assert coverage_faults(lone, {}) == [
        "alone has no graded cell before the next solution", "alone has no answers: write 3 right and 6 wrong ones into alone.py"]


FALSE_TITLES = [
    (answer("right", "def double(x):\n    return 3 * x"), "double-two refuses it: Not right yet, double gave 6. If"),
    (answer("right", RIGHT + "\nraise OSError('no')"), "the answer itself stops: OSError: no. Mend it"),
    (answer("right", SLOW), "the answer itself stops: out of time"),
    (answer("wrong", RIGHT), "every graded cell accepts it, and double-two should not"),
    (answer("wrong", "double = None", cell="area-values"), 'cell="area-values" is no graded cell of double'),
    (answer("wrong", "def double(x):\n    return 3 * x", cell="double-zero"), "double-two refuses it first"),
    (answer("wrong", "def double(x):\n    return 2 * x + 1", mistake="sum-for-mean"),
     "the message names the mistake one-step-too-many, and the title names sum-for-mean"),
    (answer("wrong", "def double(x):\n    return 3 * x", mistake="one-step-too-many"),
     "the message names no mistake, and the title names one-step-too-many: Not right yet, double gave 6. Give the check mistaken={\"one-step-too-many\""),
    (answer("wrong", "def double(x):\n    return 2 * x if x else 1 / 0", cell="double-zero"),
     "double-zero stops with an error of its own instead of refusing it: ZeroDivisionError"),
]


@pytest.fixture(scope="module")
def results_of_false_titles():
    return {result.answer: result for result in run_answers(chapter(), [given for given, _ in FALSE_TITLES], limit=20)}


@pytest.mark.parametrize(("given", "fault"), FALSE_TITLES)
def test_a_false_title_is_found_out(results_of_false_titles, given, fault):
    assert faults(results_of_false_titles[given])[0].startswith(fault)
