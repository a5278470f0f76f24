"""Claims about grading in several processes: nothing is lost, and one process at a time has the gradebook."""

import os
import time
from functools import partial
from multiprocessing import get_context

from course.grading.turns import let_others, turn
from course.grading.workers import Outcomes


def square(number):
    return number * number


def square_or_die(parent, number):
    """Ends its process at 3, unless that is the parent's own."""
    if number == 3 and os.getpid() != parent:
        os._exit(1)
    return number * number


def hold_a_turn(root, started, seconds):
    with turn(root):
        started.set()
        time.sleep(seconds)


def test_every_item_comes_back_once_whatever_the_number_of_processes():
    for jobs in (1, 2):
        outcomes = Outcomes(square, range(7), jobs)
        assert len(outcomes) == 7
        assert sorted(outcomes) == [n * n for n in range(7)]


def test_the_items_of_a_process_that_dies_are_not_lost():
    outcomes = Outcomes(partial(square_or_die, os.getpid()), range(7), 2)
    assert sorted(outcomes) == [n * n for n in range(7)]


def test_a_turn_waits_for_the_one_before_it(tmp_path):
    context = get_context("spawn")
    started = context.Event()
    other = context.Process(target=hold_a_turn, args=(tmp_path, started, 0.5))
    other.start()
    started.wait(60)
    with turn(tmp_path):
        assert not other.is_alive() or other.join(10) is None and other.exitcode == 0
    other.join()


def test_others_have_their_turn_while_cells_run(tmp_path):
    context = get_context("spawn")
    started = context.Event()
    with turn(tmp_path), let_others():
        other = context.Process(target=hold_a_turn, args=(tmp_path, started, 0))
        other.start()
        assert started.wait(60)
        other.join()


def test_a_process_that_dies_in_its_turn_does_not_keep_it(tmp_path):
    context = get_context("spawn")
    started = context.Event()
    other = context.Process(target=hold_a_turn, args=(tmp_path, started, 600))
    other.start()
    started.wait(60)
    other.kill()
    with turn(tmp_path):
        assert not other.join(10)
