"""Outside of the sandbox, for its tests: runs code as the sandbox's owner would, and starts the small server within.

    python sandbox_outside.py USER SOCKETS HOME COVERED

USER is "root", for whoever runs this, or "ordinary": then it first becomes a user without rights, as whom it must still
reach Python. COVERED is a file of /proc that a bind mount covers in the sandbox, or "". Requests and answers are those
of sandbox_inside.py; with "outside" in them they are run here, where nothing is in the way.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from course.grading.sandbox import bubblewrap, kernel

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from sandbox_inside import run  # noqa: E402

ORDINARY = 20_001


def become_ordinary(owned):
    """Gives up root for good; folders that only root may enter are made passable first, in a namespace of our own."""
    kernel.unshare(kernel.CLONE_NEWNS)
    kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    needed = [Path(path).resolve() for path in (sys.base_prefix, sys.prefix, bubblewrap.PACKAGE, HERE)]
    opened = {path: os.open(path, os.O_PATH) for path in needed}
    blocked = {folder for path in needed for folder in path.parents if not folder.stat().st_mode & 1}
    for folder in sorted(blocked):
        if not any(other in blocked for other in folder.parents):
            kernel.mount("tmpfs", str(folder), "tmpfs", 0, "mode=755,size=1m")
    for path, descriptor in opened.items():
        if any(folder in blocked for folder in path.parents):
            path.mkdir(parents=True, exist_ok=True)
            kernel.mount(f"/proc/self/fd/{descriptor}", str(path), None, kernel.MS_BIND | kernel.MS_REC)
    for path in owned:
        os.chown(path, ORDINARY, ORDINARY)
    os.setgroups([])
    os.setresgid(ORDINARY, ORDINARY, ORDINARY)
    os.setresuid(ORDINARY, ORDINARY, ORDINARY)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)


def here(code):
    """Runs `code` in a child of this process; what it said."""
    said, say = os.pipe()
    child = os.fork()
    if not child:
        run(code, say)
    os.close(say)
    with open(said) as file:
        lines = [json.loads(line) for line in file]
    os.waitpid(child, 0)
    return {"ends": [{"said": lines}]}


def pass_on(server):
    line = server.stdout.readline()
    if not line:
        sys.exit(f"the server in the sandbox ended with {server.wait()}")
    print(line, end="", flush=True)


def main(user, sockets, home, covered):
    if user == "ordinary" and os.getuid() == 0:
        become_ordinary([sockets, home, *Path(home).rglob("*")])
    os.environ["HOME"] = home
    os.environ["A_SECRET"] = "of the instructor"
    server = bubblewrap.start(
        "sandbox_inside",
        [sockets],
        readable=[HERE / "sandbox_inside.py", *([covered] if covered else [])],
        writable=[sockets],
        environment={"PYTHONPATH": f"{bubblewrap.PACKAGE.parent}:{HERE}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    pass_on(server)
    for line in sys.stdin:
        request = json.loads(line)
        if "outside" in request:
            print(json.dumps(here(request["outside"])), flush=True)
        else:
            print(line, end="", file=server.stdin, flush=True)
            pass_on(server)


if __name__ == "__main__":
    main(*sys.argv[1:])
