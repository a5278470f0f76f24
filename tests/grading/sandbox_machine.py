"""Runs code in the sandbox and beside it, for the tests of the sandbox: one warm server for each kind of user."""

import atexit
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
USERS = ["root", "ordinary"] if os.getuid() == 0 else ["ordinary"]
LIMITS = {"wall_seconds": 20, "cpu_seconds": 20}


class Machine:
    """sockets: the folder that the server listens in. home: a home folder with a gradebook and a solution in it.

    The folders are on the host's /var/tmp, as the sandbox has nothing of the host's /tmp anyway.
    """

    def __init__(self, user, covered=""):
        self.user = user
        self.folder = Path(tempfile.mkdtemp(prefix="sandbox-", dir="/var/tmp"))
        self.folder.chmod(0o755)
        self.sockets, self.home = self.folder / "sockets", self.folder / "home"
        (self.home / "course" / "source").mkdir(parents=True)
        self.sockets.mkdir(mode=0o700)
        (self.home / "course" / "gradebook.db").write_text("grades")
        (self.home / "course" / "source" / "solution.py").write_text("slope = 2")
        self.process = subprocess.Popen(
            [sys.executable, HERE / "sandbox_outside.py", user, self.sockets, self.home, covered],
            **{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": REPOSITORY},
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        )
        atexit.register(self.close)
        assert json.loads(self.process.stdout.readline()) == "ready"

    def outside(self, code):
        """What `code` says when it runs as the sandbox's owner."""
        return self._ask({"outside": code})["ends"][0]["said"]

    def together(self, *codes, files=None, **limits):
        """What became of pieces of code that run at the same time, each confined for itself."""
        return self._ask({"codes": codes, "files": files or {}, "limits": {**LIMITS, **limits}})

    def inside(self, code, files=None, **limits):
        """What became of one: said, reason, status."""
        return self.together(code, files=files, **limits)["ends"][0]

    def said(self, code, **more):
        """What one said that must have ended by itself."""
        end = self.inside(code, **more)
        assert (end["status"], end["reason"]) == (0, None), end
        return end["said"]

    def _ask(self, request):
        print(json.dumps(request), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


running = functools.cache(Machine)
