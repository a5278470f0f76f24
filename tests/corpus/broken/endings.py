"""Code that ends its process, or tries to."""

from ..submissions import answer, broken, insert

ENDED = r"died|ended|killed|signal|exit"


@broken(lost="double-values", says=ENDED)
def os_exit(book):
    """Leaves at once when called."""
    answer(book, "double", "import os\ndef double(number):\n    os._exit(0)")


@broken()
def os_exit_in_own_cell(book):
    """Leaves at once in a cell between the answers."""
    insert(book, "import os\nos._exit(3)")


@broken(lost="double-values", says=ENDED)
def kills_itself(book):
    """Sends itself SIGKILL."""
    answer(book, "double", "import os\ndef double(number):\n    os.kill(os.getpid(), 9)")


@broken(lost=("shift-values"), says=ENDED)
def terminates_itself(book):
    """Sends itself SIGTERM with its default action."""
    answer(book, "shift", """
        import os, signal

        def shift(values):
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTERM)
    """)


@broken()
def stops_itself(book):
    """Sends itself SIGSTOP, after which nothing comes and nothing ends."""
    insert(book, "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)")


@broken()
def kills_its_parent(book):
    """Sends SIGKILL to its parent process, if that is its own to kill and not the machine's first."""
    insert(book, "import os\nif os.getppid() > 1:\n    os.kill(os.getppid(), 9)")


@broken()
def kills_its_group(book):
    """Sends SIGTERM and SIGKILL to its process group."""
    insert(book, "import os\nos.killpg(os.getpgrp(), 15)\nos.killpg(os.getpgrp(), 9)")


@broken()
def sys_exit_in_own_cell(book):
    """Calls sys.exit at the end of a cell."""
    insert(book, "import sys\nsys.exit(0)")


@broken(lost="double-values")
def sys_exit_in_an_answer(book):
    """An answer that calls sys.exit(0)."""
    answer(book, "double", "import sys\ndef double(number):\n    sys.exit(0)")


@broken()
def exit_and_quit(book):
    """Calls exit() and quit() in cells between the answers."""
    insert(book, "exit()")
    insert(book, "quit()")
    insert(book, "exit")


@broken(lost="double-values")
def exit_in_an_answer(book):
    """An answer that calls exit()."""
    answer(book, "double", "def double(number):\n    exit()")


@broken(lost=("loss-values", "loss-gradient", "loss-vectorised"))
def raises_what_is_no_exception(book):
    """An answer that raises KeyboardInterrupt, GeneratorExit and its own BaseException."""
    answer(book, "loss", """
        class Odd(BaseException):
            def __str__(self):
                raise RuntimeError("no text")

            __repr__ = __str__

        def loss(inputs, targets, weight):
            raise [KeyboardInterrupt(), GeneratorExit(), Odd()][len(inputs) % 3]
    """)


@broken(lost="double-values", says=ENDED)
def segmentation_fault(book):
    """Reads address 0 through ctypes."""
    answer(book, "double", "import ctypes\ndef double(number):\n    return ctypes.string_at(0)")


@broken(lost="double-values", says=ENDED)
def aborts(book):
    """Calls abort()."""
    answer(book, "double", "import os\ndef double(number):\n    os.abort()")


@broken(lost="loss-vectorised")
def dies_late(book):
    """Ends its process in one check of several, on large inputs only."""
    answer(book, "loss", """
        import os

        def loss(inputs, targets, weight):
            if len(inputs) > 60:
                os._exit(0)
            return ((inputs * weight - targets) ** 2).mean()
    """)


@broken()
def dies_again_and_again(book):
    """Six cells that each end the process."""
    for name in ("double", "shift", "loss"):
        insert(book, "import os\nos._exit(1)", before=name)
        insert(book, "import os\nos.kill(os.getpid(), 11)", before=name)


@broken(lost="slope-value")
def restarts_the_kernel(book):
    """Shuts the kernel down as JupyterLab's menu does, and leaves the last exercise empty."""
    insert(book, "get_ipython().kernel.do_shutdown(True)")
    answer(book, "slope", "slope = None")


@broken()
def closes_all_descriptors(book):
    """Closes every file descriptor, those of its own kernel included."""
    insert(book, "import os\nos.closerange(0, 4096)")


@broken()
def replaces_itself(book):
    """Becomes another program."""
    insert(book, "import os\nos.execv('/bin/true', ['true'])")


@broken()
def children_and_threads_that_stay(book):
    """A thread and a child process that outlive their cell, and write into later ones."""
    insert(book, """
        import subprocess, sys, threading, time

        def chatter():
            for _ in range(100):
                print("still here")
                time.sleep(0.2)

        threading.Thread(target=chatter).start()
        left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    """)


@broken()
def exception_at_exit(book):
    """Registers a function to be called at the end that raises, and one that hangs for a while."""
    insert(book, """
        import atexit, time
        atexit.register(lambda: time.sleep(20))
        atexit.register(lambda: 1 / 0)
    """)
