"""`course grade` as a process of its own that tests stop, kill and leave without room; and what such runs leave."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import tiny_class
from test_engine_local import children
from test_engine_merge import files, rows

from course.grading.records import Records

SEED = 7
SECONDS = 120
# What a cell prints anew each time it runs: tells whether a submission was graded once more.
TOKEN = re.compile(rb"token-[0-9a-f]{32}")
# What else no two runs share: when a cell ran, how fast a bar that it drew went, and the number of the process that ran it.
TIMES = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z|[0-9.]+it/s|(?<=/ipykernel_)[0-9]+")
PRINTS = "import secrets\nprint('token-' + secrets.token_hex(16))\n"
KINDS = ("right", "noisy", "untouched", "half", "mistaken", "raises")


def hand_in(root, count):
    """`count` submissions, of all kinds in turn; one in twelve is no notebook. The runs to come have the seed SEED."""
    for number in range(count):
        answers = tiny_class.ANSWERS[KINDS[number % len(KINDS)]]
        tiny_class.submit(root, f"s{number:02}", {**answers, "area": PRINTS + answers.get("area", "")})
        if number % 12 == 11:
            (root / "submitted" / f"s{number:02}" / "tiny" / "tiny.ipynb").write_bytes(b"%PDF-1.4\nnot a notebook")
    Records(root, "tiny").begin_run(SEED)
    return root


class Run:
    """One `course grade tiny`. temporary: its folder for temporary files. program: what stands in for `-m course.cli`."""

    def __init__(self, root, temporary, *more, program=("-m", "course.cli")):
        self.records = Records(root, "tiny").folder
        self.left = {}
        environment = {name: value for name, value in os.environ.items() if name != "COURSE_SEED"}
        line = [sys.executable, *program, "--root", str(root), "grade", "tiny", "--jobs", "2", *more]
        self.process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
                                        env={**environment, "TMPDIR": str(temporary)})

    def end(self):
        """(exit code, what it said on stderr), when it has ended."""
        said = self.process.communicate(timeout=SECONDS)[1]
        return self.process.returncode, said

    def is_over(self):
        return self.process.poll() is not None

    def wait_until(self, condition):
        """Until the condition holds or the run is over."""
        give_up = time.monotonic() + SECONDS
        while not condition() and not self.is_over():
            assert time.monotonic() < give_up
            time.sleep(0.002)

    def imports(self):
        """Whether it has come as far as importing nbgrader."""
        return b"sqlalchemy" in Path(f"/proc/{self.process.pid}/maps").read_bytes()

    def grades(self):
        """Whether both servers have forked something."""
        return (self.records / "run").exists() and len(children(self.process.pid)) >= 8

    def merging(self, steps):
        """A condition: so many changes were seen in the folders that merging writes to."""
        seen = [self._folders()]

        def holds():
            now = self._folders()
            if now != seen[-1]:
                seen.append(now)
            return len(seen) > steps

        return holds

    def _folders(self):
        stamps = []
        for folder in (self.records, self.records / ".unmerged", self.records / ".unmerged" / "staging"):
            with suppress(OSError):
                stamps.append(os.stat(folder).st_mtime_ns)
        return stamps

    def signal(self, number, to="parent"):
        """Sends a signal to the run: to its `parent` process, its `group`, or `all` processes that descend from it."""
        self.left = {pid: born(pid) for pid in children(self.process.pid)}
        with suppress(ProcessLookupError):
            if to == "group":
                os.killpg(self.process.pid, number)
            else:
                self.process.send_signal(number)
        if to == "all":
            for pid in self.left:
                with suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, number)

    def assert_nothing_is_left(self):
        """No process that descended from the run when the signal came lives, nor what they started since."""
        for _ in range(600):
            alive = {pid for pid, when in self.left.items() if when and born(pid) == when}
            alive |= {below for pid in alive for below in children(pid)}
            if not alive:
                return
            time.sleep(0.05)
        raise AssertionError([Path(f"/proc/{pid}/cmdline").read_bytes() for pid in alive])


def born(pid):
    """When a process started, in the kernel's ticks; None when it is gone or only waits to be taken notice of."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def kill_at(run, moment, to):
    """Kills a run: so many seconds after its start, or after so many steps of merging. Whether it was in time."""
    if isinstance(moment, float):
        with suppress(subprocess.TimeoutExpired):
            run.process.wait(moment)
    else:
        run.wait_until(run.merging(moment))
    run.signal(signal.SIGKILL, to)
    return run.end()[0] == -signal.SIGKILL


def tokens(root):
    """{student: what its cells printed when it was graded}, of whoever is in the journal or done."""
    found = {}
    for path in [*Records(root, "tiny").folder.glob("*.json"), *Records(root, "tiny").folder.glob(".unmerged/*.json")]:
        graded = root / "autograded" / path.stem / "tiny" / "tiny.ipynb"
        found[path.stem] = []  # what cannot be graded has no notebook
        with suppress(OSError):
            found[path.stem] = TOKEN.findall((path if path.parent.name == ".unmerged" else graded).read_bytes())
    return found


def outcome(root, students=None):
    """Every row and file of the run, and the records, without what differs each time; `students`: only theirs."""
    students = students or sorted(path.name for path in (root / "submitted").iterdir())
    notebooks = {path: TIMES.sub(b"", TOKEN.sub(b"", str(content).encode())) for path, content in files(root).items()
                 if path.split("/")[1] in students}
    records = [asdict(Records(root, "tiny").get(student)) | {"seconds": None} for student in students]
    return [row for row in rows(root) if row[1] in students], notebooks, records


def stray(root, temporary):
    """Files that a run should have taken away: temporary ones, half written ones, SQLite's own."""
    folder = Records(root, "tiny").folder
    return [*temporary.iterdir(), *folder.rglob(".*.*"), *folder.glob(".unmerged/*"), *root.glob("gradebook.db-*"),
            *folder.glob("run")]
