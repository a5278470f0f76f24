"""`course check` in a process of its own, for the desk: the kernel stays free while it runs."""

import json
import os
import subprocess
import sys
import threading
import time

LOOK_AGAIN = 0.3  # seconds between two looks at the notebook's file
FAILED = "The check ended without a result"


class BackgroundCheck:
    """One check of a chapter. Callbacks come from a thread: progress(done, of), and at the end finished(report, why).

    report: as `course check --json` prints it, else None, and `why` says in a line what kept it. until: called again and
    again before it begins, until it is true; it tells whether the notebook is saved.
    """

    def __init__(self, root, chapter, progress, finished, until=lambda: True):
        self.command = [sys.executable, "-m", "course.cli", "--root", str(root), "check", chapter, "--json"]
        self.progress, self.finished, self.until = progress, finished, until
        self.process, self.stopped = None, threading.Event()
        self.thread = threading.Thread(target=self._run, name=f"check {chapter}", daemon=True)

    def start(self):
        self.thread.start()

    def stop(self):
        """Ends it, with the kernel that it started: that ends when its parent does."""
        self.stopped.set()
        if self.process is not None:
            self.process.terminate()

    def _run(self):
        report, why = None, FAILED
        try:
            while not self.until() and not self.stopped.is_set():
                time.sleep(LOOK_AGAIN)
            if not self.stopped.is_set():
                report, why = self._listen()
        except OSError as error:
            why = f"{FAILED}: {error.strerror}"
        self.finished(report, "Stopped." if self.stopped.is_set() else why)

    def _listen(self):
        """Runs the command to its end: (report or None, what it said last on stderr)."""
        environment = {name: value for name, value in os.environ.items() if name != "JPY_SESSION_NAME"}
        report, said = None, []
        with subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              encoding="utf-8", errors="replace", env={**environment, "PYTHONIOENCODING": "utf-8"}) as self.process:
            errors = threading.Thread(target=lambda: said.extend(self.process.stderr), daemon=True)
            errors.start()
            for line in self.process.stdout:
                told = json.loads(line)
                report = told.get("report", report)
                if "done" in told:
                    self.progress(told["done"], told["of"])
            errors.join()
        lines = [line.strip().removeprefix("course: ") for line in said if line.strip()]
        return report, lines[-1] if lines else FAILED
