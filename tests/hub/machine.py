"""A machine set up by the guide's own commands, below one folder: homes, exchange, Python, and the accounts."""

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from accounts import Accounts
from environment import REPOSITORY, build_wheel, make_environment
from guide import commands

from course.grading.build import build

AS_WRITTEN = ("Homes", "Settings for everybody", "The exchange", "The instructor's settings", "The hub's folder")
STUDENTS = ("ada", "ben")
EXCHANGE = "/srv/nbgrader/exchange"
CHAPTER = REPOSITORY / "tests" / "browser" / "one_loss.py"
IS_ROOT = os.geteuid() == 0


class Machine:
    """Folders of the guide below `root`, which everybody may enter. A context manager; nothing is left behind.

    Run by root it has accounts of its own, and people are users. Run by anybody else there are only homes, all of this
    user's: the same things happen, and what others may do is read from the permissions.
    """

    def __init__(self):
        remove_left_over()
        self.root = Path(tempfile.mkdtemp(prefix=f"hub-{os.getpid()}-"))
        self.root.chmod(0o755)
        self.homes, self.python = self.root / "home", self.root / "opt" / "pytorch"
        self.exchange, self.hub = self.root / "srv" / "nbgrader" / "exchange", self.root / "srv" / "jupyterhub"
        self.course = None
        self.accounts = Accounts(self.homes) if IS_ROOT else None
        self.names = {}

    def __enter__(self):
        before = os.umask(0o022)  # root's, as the guide takes it to be: what is installed is for everybody
        try:
            self._set_up()
        except BaseException:
            self.__exit__()
            raise
        finally:
            os.umask(before)
        return self

    def __exit__(self, *error):
        if self.accounts:
            self.accounts.remove()
        shutil.rmtree(self.root, ignore_errors=True)

    def _set_up(self):
        for folder in (self.homes, self.python.parent, self.exchange.parent.parent):
            folder.mkdir(parents=True)
        for person, role in {"prof": "instructors", **dict.fromkeys(STUDENTS, "students")}.items():
            self.names[person] = self.accounts.make(person, role) if IS_ROOT else person
            self.home(person).mkdir(exist_ok=True)
        self.course = self.home("prof") / "pytorch"
        self.wheel = build_wheel(self.root)
        make_environment(self.python, self.wheel)
        for title in AS_WRITTEN:
            self.run(commands(title))
        self._exchange_the_exchange(self.python / "etc" / "jupyter" / "nbgrader_config.py")
        self._make_course()

    def _exchange_the_exchange(self, settings):
        """Puts this machine's exchange into the settings for everybody, in the one place where the guide's is."""
        text = settings.read_text()
        assert text.count(EXCHANGE) == 1
        settings.write_text(text.replace(EXCHANGE, str(self.exchange)))

    def _make_course(self):
        """The instructor's course folder, with one small chapter in it; all of it is the instructor's."""
        text = self.course / "source" / CHAPTER.stem / CHAPTER.name
        text.parent.mkdir(parents=True)
        shutil.copy(CHAPTER, text)
        shutil.copy(REPOSITORY / "nbgrader_config.py", self.course)
        build(self.course)
        if IS_ROOT:
            for path in (self.course, *self.course.rglob("*")):
                shutil.chown(path, self.name("prof"), self.name("prof"))

    def name(self, person):
        """What the person logs in as."""
        return self.names[person]

    def home(self, person):
        return self.homes / self.names[person]

    def here(self, text):
        """Commands or settings of the guide, with its places and names exchanged for those of this machine."""
        places = {"/usr/local/src/pytorch": REPOSITORY, "/opt/pytorch": self.python, "/srv": self.root / "srv",
                  "/home": self.homes, "/var": self.root / "var"}
        for place, here in places.items():
            text = re.sub(rf"(?<![\w/]){place}(?=/|\s|$)", str(here), text)
        if not IS_ROOT:
            text = re.sub(r"^su - (\w+) -c", rf"cd {self.homes}/\1 && HOME={self.homes}/\1 sh -c", text, flags=re.MULTILINE)
            text = re.sub(r" -o \w+ -g \w+", "", text)
        for person, name in self.names.items():
            text = re.sub(rf"(?<![\w-]){person}(?![\w-])", name, text)
        return text

    def run(self, text):
        """Runs commands of the guide."""
        line = ["bash", "-euo", "pipefail", "-c", self.here(text)]
        done = subprocess.run(line, cwd=self.root, capture_output=True, text=True, env=clean_environment())
        assert not done.returncode, f"the guide's commands failed:\n{self.here(text)}\n{done.stdout}{done.stderr}"

    def do(self, person, *command, cwd=None):
        """Runs a command as this person, in the home. Returns the CompletedProcess, with all that it said in stdout."""
        path = f"{self.python}/bin:/usr/local/bin:/usr/bin:/bin"
        words = shlex.join(map(str, command))
        line = f"cd {shlex.quote(str(cwd or self.home(person)))} && PATH={path} exec {words}"
        if IS_ROOT:
            start = ["su", "-", self.name(person), "-c", line]
        else:
            start = ["env", f"HOME={self.home(person)}", "bash", "-c", line]
        return subprocess.run(start, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                              env=clean_environment(), stdin=subprocess.DEVNULL)

    def student_id(self, person):
        """What nbgrader calls the person: the name of the account that JupyterLab runs in."""
        return self.do(person, "id", "-un").stdout.strip()


def remove_left_over():
    """Removes folders of test runs that were killed before they could."""
    for folder in Path(tempfile.gettempdir()).glob("hub-*-*"):
        number = folder.name.split("-")[1]
        if number.isdigit() and not Path(f"/proc/{number}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def clean_environment():
    """The variables of this process, those left out that would lead Jupyter or Python to places of the tests."""
    return {name: value for name, value in os.environ.items()
            if not name.startswith(("JUPYTER", "JPY_", "NBGRADER", "PYTEST", "PYTHON", "COURSE_", "VIRTUAL_ENV", "MPL"))}
