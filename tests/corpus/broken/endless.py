"""Code that never ends, or that will not be stopped."""

from ..submissions import answer, broken, insert

AT_THE_LIMIT = r"time|still running|interrupt"


@broken(lost="double-values", says=AT_THE_LIMIT)
def endless_loop_in_an_answer(book):
    """An answer that loops when it is called."""
    answer(book, "double", "def double(number):\n    while True:\n        pass")


@broken()
def endless_loop_in_own_cell(book):
    """A cell between the answers that loops."""
    insert(book, "while True:\n    pass")


@broken(lost=("loss-values", "loss-gradient"), says=AT_THE_LIMIT)
def endless_loop_on_some_inputs(book):
    """An answer that loops on one row only, where a check calls it."""
    answer(book, "loss", """
        def loss(inputs, targets, weight):
            while len(inputs) == 1:
                pass
            return ((inputs * weight - targets) ** 2).mean()
    """)


@broken(lost="double-values", says=AT_THE_LIMIT)
def swallowed_interrupts(book):
    """A loop that takes every exception for its own."""
    answer(book, "double", """
        def double(number):
            while True:
                try:
                    while True:
                        pass
                except BaseException:
                    pass
    """)


@broken(lost="double-values", says=AT_THE_LIMIT)
def ignored_signals(book):
    """Ignores every signal that can be ignored, then loops."""
    answer(book, "double", """
        import signal

        def double(number):
            for one in signal.valid_signals():
                try:
                    signal.signal(one, signal.SIG_IGN)
                except (OSError, ValueError):
                    pass
            while True:
                pass
    """)


@broken(lost="shift-values", says=AT_THE_LIMIT)
def blocked_signals(book):
    """Blocks every signal in its thread, then sleeps."""
    answer(book, "shift", """
        import signal, time

        def shift(values):
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
            time.sleep(600)
    """)


@broken(lost="double-values", says=AT_THE_LIMIT)
def sleeps(book):
    """Sleeps for ten minutes."""
    answer(book, "double", "import time\ndef double(number):\n    time.sleep(600)\n    return 2 * number")


@broken(lost="double-values", says=AT_THE_LIMIT)
def waits_in_c(book):
    """Waits in C code, which looks at no signal until it is done: one huge power."""
    answer(book, "double", "def double(number):\n    return 2 * number + 0 * 7 ** (10 ** 8)")


@broken(lost="double-values", says=AT_THE_LIMIT)
def waits_in_a_regular_expression(book):
    """A regular expression that backtracks for years."""
    answer(book, "double", "import re\ndef double(number):\n    return re.match('(a|aa)+$', 'a' * 200 + 'b')")


@broken(lost="double-values")
def infinite_generator(book):
    """Returns a generator that never ends."""
    answer(book, "double", "import itertools\ndef double(number):\n    return itertools.count()")


@broken(lost="slope-value")
def infinite_iterable_for_a_value(book):
    """A value whose length and items never end."""
    answer(book, "slope", """
        class Endless(list):
            def __iter__(self):
                while True:
                    yield 1

            def __len__(self):
                return 2**62

        slope = Endless()
    """)


@broken()
def deadlock(book):
    """A lock that is taken twice."""
    insert(book, "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()")


@broken()
def asks_for_input(book):
    """Asks a question that nobody answers."""
    insert(book, "name = input('Your name? ')")


@broken(lost="double-values")
def asks_for_input_in_an_answer(book):
    """An answer that asks a question."""
    answer(book, "double", "def double(number):\n    return int(input('twice?'))")


@broken()
def asks_for_a_password(book):
    """Asks for a password on the terminal."""
    insert(book, "import getpass\ngetpass.getpass()\nopen('/dev/tty').read()")


@broken()
def debugger(book):
    """Left a breakpoint in a cell."""
    insert(book, "breakpoint()\nimport pdb\npdb.set_trace()")


@broken()
def awaits_forever(book):
    """Awaits what never comes."""
    insert(book, "import asyncio\nawait asyncio.Event().wait()")


@broken()
def stops_the_event_loop(book):
    """Stops and closes the event loop that it runs in."""
    insert(book, "import asyncio\nloop = asyncio.get_event_loop()\nloop.stop()\nloop.close()")
