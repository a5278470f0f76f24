"""A small server in the sandbox, for its tests: confines a process for each piece of code, and tells what became of it.

One request a line on standard input: {"codes": [...], "limits": {...}, "files": {...}}; all codes run at the same time.
One answer a line on standard output: what each said, how it ended, why it was ended, and what the server saw of it.
"""

import json
import os
import select
import socket
import sys
import time
import traceback

from course.grading.sandbox import confine
from course.grading.sandbox.limits import Limits
from course.grading.sandbox.watch import Watch

SAID_AT_MOST = 1_000_000


def run(code, said):
    """Runs `code`, in which `say(value)` writes a line to the open file `said`."""

    def say(value):
        os.write(said, json.dumps(value).encode() + b"\n")

    try:
        exec(compile(code, "<code>", "exec"), {"say": say})
    except BaseException as error:
        traceback.print_exc()
        say({"error": type(error).__name__, "text": str(error)})
    os._exit(0)


def processes():
    """All processes that the server sees but itself and bubblewrap's first one."""
    return {int(name) for name in os.listdir("/proc") if name.isdigit()} - {1, os.getpid()}


def one(code, limits, files):
    """Starts one; what is known of it, as it is told later."""
    said, say = os.pipe()
    confined = confine.fork(limits, files=files, keep=[say])
    if confined is None:
        run(code, say)
    os.close(say)
    os.set_blocking(said, False)
    seen = {"user": os.stat(f"/proc/{confined.pid}").st_uid, "namespace": os.readlink(f"/proc/{confined.pid}/ns/user")}
    return {"confined": confined, "watch": Watch(confined, limits), "pipe": said, "said": b"", "reason": None, **seen}


def answer(request):
    limits = Limits.from_dict(request["limits"])
    files = {name: text.encode() for name, text in request["files"].items()}
    before = processes()
    children = [one(code, limits, files) for code in request["codes"]]
    most = 0
    while any(child["confined"].poll() is None for child in children):
        select.select([child["confined"] for child in children if child["confined"].poll() is None], [], [], 0.05)
        for child in children:
            read(child)
            if child["confined"].poll() is None and not child["reason"]:
                child["reason"] = child["watch"].check()
                if child["reason"]:
                    child["watch"].end()
        most = max(most, len(processes() - before))
    for child in children:
        read(child)
        child["status"] = child["watch"].end()
        os.close(child["pipe"])
    told = ("said", "reason", "status", "user", "namespace")
    ends = [{name: child[name] for name in told} for child in children]
    for end in ends:
        end["said"] = [json.loads(line) for line in end["said"].splitlines()]
    return {"ends": ends, "most": most, "left": len(processes() - before)}


def read(child):
    try:
        child["said"] += os.read(child["pipe"], SAID_AT_MOST - len(child["said"]))
    except BlockingIOError:
        pass


def main(sockets):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"{sockets}/server")
    listener.listen()
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        began = time.monotonic()
        try:
            told = answer(json.loads(line))
        except confine.ConfinementError as error:
            told = {"failed": str(error)}
        print(json.dumps({**told, "seconds": time.monotonic() - began}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
