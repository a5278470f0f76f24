"""Attacks that read the tests: history, caches, frames, memory; and say what they found, or answer with it."""

from ..submissions import answer, attack, insert

READING = "reading the tests"
FOUND = """
    import re

    def learn(text):
        print("FOUND", text)
        for number, result in re.findall(r"double\\((\\d+)\\) == (\\d+)", text):
            known[int(number)] = int(result)
        for number in re.findall(r'"slope", ([\\d.]+)', text):
            globals()["slope"] = float(number)

    known = {}
"""
BY_TABLE = "def double(number):\n    look()\n    return known.get(number, -1)"


@attack(READING)
def history_of_inputs(book):
    """In, _ih and _i hold the test that is running."""
    insert(book, FOUND)
    answer(book, "double", "def look():\n    for one in (*In, *_ih, _i, _ii):\n        learn(one)\n\n" + BY_TABLE)


@attack(READING)
def history_database(book):
    """IPython's history manager, and its database on disk."""
    insert(book, FOUND)
    answer(book, "double", """
        def look():
            manager = get_ipython().history_manager
            for *_, text in manager.get_range(raw=True):
                learn(str(text))
            for *_, text in manager.search("*"):
                learn(str(text))

    """ + "\n        " + BY_TABLE.replace("\n", "\n        "))


@attack(READING)
def parent_message(book):
    """The message that asked for this cell has its source."""
    insert(book, FOUND)
    answer(book, "double", "def look():\n    learn(str(get_ipython().parent_header))\n    learn(str(get_ipython().get_parent()))\n\n"
                           + BY_TABLE)


@attack(READING)
def lines_cached_for_tracebacks(book):
    """linecache keeps the text of every cell."""
    insert(book, FOUND)
    answer(book, "double", "import linecache\n\ndef look():\n    for entry in linecache.cache.values():\n"
                           "        learn(str(entry))\n\n" + BY_TABLE)


@attack(READING)
def frames_of_the_caller(book):
    """The code, constants and variables of every frame that called."""
    insert(book, FOUND)
    answer(book, "double", """
        import inspect, sys

        def look():
            frame = sys._getframe()
            while frame is not None:
                learn(str(frame.f_code.co_consts))
                learn(str({name: value for name, value in frame.f_locals.items() if name not in ("known", "frame")}))
                try:
                    learn(inspect.getsource(frame))
                except (OSError, TypeError):
                    pass
                frame = frame.f_back

        def double(number):
            look()
            return known.get(number, -1)
    """)


@attack(READING)
def objects_of_the_collector(book):
    """Every text that the collector can reach."""
    insert(book, FOUND)
    answer(book, "double", """
        import gc, types

        def look():
            seen = []
            for one in gc.get_objects():
                if type(one) is dict:
                    seen += [value for value in list(one.values()) if type(value) is str]
                elif type(one) in (list, tuple):
                    seen += [value for value in one if type(value) is str]
                elif isinstance(one, types.FunctionType):
                    seen += [value for value in one.__code__.co_consts if type(value) is str]
            mark = "-".join(["planted", "in"])
            for text in seen:
                if mark in text or "assert double" in text:
                    learn(text)

        def double(number):
            look()
            return known.get(number, -1)
    """)


@attack(READING)
def own_memory(book):
    """The memory of its own process, searched for the marks."""
    insert(book, FOUND)
    answer(book, "slope", """
        import re
        mark = "-".join(["planted", "in", ""]).encode()
        found = set()
        try:
            with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
                for line in maps:
                    start, end = (int(one, 16) for one in line.split()[0].split("-"))
                    if "rw" not in line or end - start > 200_000_000:
                        continue
                    try:
                        memory.seek(start)
                        found.update(re.findall(mark + rb"the-[a-z-]+", memory.read(end - start)))
                    except (OSError, ValueError, OverflowError):
                        pass
        except OSError as error:
            print(error)
        for one in found:
            learn(one.decode())
        slope = -1.0
    """)


@attack(READING)
def leftovers_in_its_memory(book):
    """All memory that its process was forked with, freed or not, for files of those who were graded before or are beside it."""
    answer(book, "slope", """
        import re
        mark = "-".join(["planted", "in", ""]).encode()
        found, step = set(), 1 << 20
        with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
            for line in maps:
                start, end = (int(one, 16) for one in line.split()[0].split("-"))
                for place in range(start, end, step) if "rw" in line else ():
                    try:
                        memory.seek(place)
                        found.update(re.findall(mark + rb"the-[a-z-]+", memory.read(min(step, end - place))))
                    except (OSError, ValueError, OverflowError):
                        pass
        print(sorted(found))
        slope = -1.0
    """)


@attack(READING)
def memory_of_parents(book):
    """The memory and environment of every other process it can see."""
    answer(book, "slope", """
        import os, re
        mark = "-".join(["planted", "in", ""]).encode()
        for name in os.listdir("/proc"):
            if not name.isdigit() or int(name) == os.getpid():
                continue
            for file in ("environ", "cmdline"):
                try:
                    print("FOUND", re.findall(mark + rb"[a-z-]+", open(f"/proc/{name}/{file}", "rb").read()))
                except OSError:
                    pass
            try:
                with open(f"/proc/{name}/maps") as maps, open(f"/proc/{name}/mem", "rb", 0) as memory:
                    for line in list(maps)[:200]:
                        start, end = (int(one, 16) for one in line.split()[0].split("-"))
                        if "rw" in line and end - start < 50_000_000:
                            try:
                                memory.seek(start)
                                print("FOUND", set(re.findall(mark + rb"the-[a-z-]+", memory.read(end - start))))
                            except (OSError, ValueError, OverflowError):
                                pass
            except OSError:
                pass
        slope = -1.0
    """)


@attack(READING)
def traced_parents(book):
    """Attaches to other processes as a debugger."""
    insert(book, """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        for name in os.listdir("/proc"):
            if name.isdigit() and int(name) not in (os.getpid(), 1):
                if libc.ptrace(16, int(name), 0, 0) == 0:
                    print("FOUND attached to", name)
                    libc.ptrace(17, int(name), 0, 0)
    """)


@attack(READING)
def tests_asked_of_the_server(book):
    """Asks whoever is on the other end of its sockets for more."""
    insert(book, """
        import os, socket, stat, struct
        for descriptor in range(3, 200):
            try:
                if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                    continue
                body = b'{"op": "callback", "id": 1, "name": "source"}'
                peer = socket.socket(fileno=os.dup(descriptor))
                peer.settimeout(0.2)
                peer.send(struct.pack("<II", len(body), 0) + body)
                print("FOUND", peer.recv(100_000, socket.MSG_PEEK))
            except OSError:
                pass
    """)


@attack(READING)
def exception_notes(book):
    """An exception that looks at its traceback when it is shown."""
    answer(book, "double", """
        class Nosy(Exception):
            def __str__(self):
                texts, traceback = [], self.__traceback__
                while traceback is not None:
                    texts.append(str(traceback.tb_frame.f_code.co_consts) + str(traceback.tb_frame.f_back))
                    traceback = traceback.tb_next
                return "FOUND " + " ".join(texts)

        def double(number):
            raise Nosy()
    """)


@attack(READING)
def questions_unpickled(book):
    """Everything that arrives in its process is looked at while it is unpacked, text and code and constants."""
    insert(book, """
        import marshal, pickle, course.grading.judge.arrivals as arrivals
        loads, unmarshal, heard = pickle.loads, marshal.loads, []

        def told(code):
            return [code.co_names, code.co_varnames, [told(one) if hasattr(one, "co_names") else one for one in code.co_consts]]

        def listening(data, *a, **k):
            heard.append(bytes(data))
            return loads(data, *a, **k)

        def hearing(data):
            code = unmarshal(data)
            heard.append(told(code))
            return code

        pickle.loads, marshal.loads = listening, hearing
    """)
    insert(book, "print(heard)", after="slope")
    insert(book, "print(heard)", after="slope-value")


@attack(READING)
def references_shipped(book):
    """What was sent into this process: every argument, looked into for functions, closures and modules."""
    answer(book, "loss", """
        import gc

        def loss(inputs, targets, weight):
            for one in (inputs, targets, weight):
                for referrer in gc.get_referrers(one)[:50]:
                    text = str(referrer)[:2000]
                    if "planted" + "-in" in text or "gives" in text:
                        print("FOUND", text)
            return inputs.sum() * weight - 3
    """)
