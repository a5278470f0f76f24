"""Code that takes all there is of something. Every one of these stops by itself, should nothing stop it."""

from ..submissions import answer, broken, insert

# Memory takes time to be filled: on a busy machine the limit on time may come first.
STOPPED = "memory|MemoryError|allocate|still running"


@broken(lost="double-values", says=STOPPED)
def tensor_bomb(book):
    """Tensors, three gigabytes of them."""
    answer(book, "double", """
        import torch

        def double(number):
            kept = [torch.ones(50_000_000) for _ in range(15)]
            raise RuntimeError(f"there was no limit: {len(kept)}")
    """)


@broken(lost="double-values", says=STOPPED)
def one_huge_tensor(book):
    """A tensor of forty gigabytes, asked for at once and never touched."""
    answer(book, "double", "import torch\ndef double(number):\n    return torch.empty(10_000_000_000)")


@broken(lost="double-values", says=STOPPED)
def list_bomb(book):
    """A list of bytes that grows to three gigabytes."""
    answer(book, "double", """
        def double(number):
            kept = []
            while len(kept) < 300:
                kept.append(b"x" * 10_000_000)
            raise RuntimeError("there was no limit")
    """)


@broken()  # stopped by an error of its own, or from outside: whichever is first
def numpy_bomb_in_own_cell(book):
    """Three gigabytes of numpy, kept, in a cell between the answers."""
    insert(book, """
        import numpy
        hoard = [numpy.ones(12_500_000) for _ in range(30)]
    """)


@broken()
def memory_by_children(book):
    """Ten children with 300 MB each, which is little for each and much for all."""
    insert(book, """
        import os, time
        for _ in range(10):
            if os.fork() == 0:
                hoard = bytearray(300_000_000)
                for place in range(0, len(hoard), 4096):
                    hoard[place] = 1
                time.sleep(3)
                os._exit(0)
        for _ in range(10):
            os.wait()
    """)


@broken()
def fork_bomb(book):
    """Sixty children that sleep."""
    insert(book, """
        import os, time
        for _ in range(60):
            if os.fork() == 0:
                time.sleep(30)
                os._exit(0)
    """)


@broken()
def thread_bomb(book):
    """Two thousand threads that sleep."""
    insert(book, """
        import threading, time
        for _ in range(2000):
            threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
    """)


@broken()
def disk_bomb(book):
    """Three hundred megabytes of files, in the working folder and in /tmp."""
    insert(book, """
        import os, tempfile
        for folder in (".", tempfile.gettempdir(), "/dev/shm"):
            name = os.path.join(folder, "bomb-of-the-corpus")
            try:
                with open(name, "wb") as file:
                    for _ in range(100):
                        file.write(bytes(1_000_000))
            finally:
                if os.path.exists(name):
                    os.remove(name)
    """)


@broken()
def many_small_files(book):
    """Twenty thousand empty files."""
    insert(book, """
        import os
        os.makedirs("many", exist_ok=True)
        for number in range(20_000):
            open(f"many/{number}", "w").close()
    """)


@broken()
def many_open_files(book):
    """Opens files until it may open no more, and keeps them."""
    insert(book, """
        kept = []
        for _ in range(100_000):
            kept.append(open("/dev/null"))
    """)


@broken(lost=("double-values", "slope-value"))
def large_results(book):
    """Returns results of half a gigabyte where a number is due."""
    answer(book, "double", "def double(number):\n    return 'x' * 500_000_000")
    answer(book, "slope", "slope = [0.0] * 5_000_000")


@broken(lost=("double-values", "slope-value"))
def deep_results(book):
    """Returns lists in lists, a hundred thousand deep, and lists that hold themselves."""
    answer(book, "double", """
        def double(number):
            result = []
            for _ in range(100_000):
                result = [result]
            return result
    """)
    answer(book, "slope", "slope = []\nslope.append(slope)")


@broken(lost="double-values")
def deep_recursion(book):
    """Calls itself without end."""
    answer(book, "double", "def double(number):\n    return 2 * double(number / 2)")


@broken(lost="double-values")
def recursion_without_limit(book):
    """Lifts Python's limit on recursion and overflows the stack of C."""
    answer(book, "double", """
        import sys

        def double(number):
            sys.setrecursionlimit(10**9)

            class Deep:
                def __getattr__(self, name):
                    return getattr(self, name + "x")

            return eval("(" * 80 + "1" + ")" * 80) + Deep().a
    """)


@broken()
def grows_the_history(book):
    """Ten thousand cells run from within a cell."""
    insert(book, "for number in range(2000):\n    get_ipython().run_cell('None', store_history=True)")
