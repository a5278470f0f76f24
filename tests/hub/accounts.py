"""UNIX accounts for one test run: made, asked what they may do, and removed with all that they run."""

import contextlib
import grp
import os
import pwd
import re
import secrets
import signal
import subprocess
import time
from pathlib import Path

MARK = "account of a hub test"
NAME = re.compile(r"(?:prof|ada|ben|pytorch-\w+)-(\d+)")
IN_USE = 10  # exit code of shadow's tools: somebody else changes the files of accounts now
PATIENCE = 20


def run_tool(*command, **options):
    """One of shadow's tools, again while another process keeps the files of accounts locked."""
    give_up = time.monotonic() + PATIENCE
    while True:
        done = subprocess.run(command, capture_output=True, text=True, **options)
        if not done.returncode:
            return
        if done.returncode != IN_USE and "lock" not in done.stderr or time.monotonic() > give_up:
            raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.strip()}")
        time.sleep(0.2)


class Accounts:
    """The accounts prof, ada and ben, with this process's number in their names, and homes below `homes`. Needs root."""

    def __init__(self, homes):
        self.homes = Path(homes)
        self.password = secrets.token_urlsafe(12)
        self.groups = {role: f"pytorch-{role}-{os.getpid()}" for role in ("instructors", "students")}
        remove_left_over()

    def make(self, person, role):
        """An account of the group of that role, as `adduser` makes them. Returns its name."""
        name = f"{person}-{os.getpid()}"
        group = self.groups[role]
        with contextlib.suppress(KeyError):
            grp.getgrnam(group)
            group = None
        if group:
            run_tool("groupadd", group)
        run_tool("useradd", "--no-log-init", "--create-home", "--home-dir", self.homes / name, "--shell", "/bin/bash",
                 "--user-group", "--groups", self.groups[role], "--comment", MARK, name)
        run_tool("chpasswd", input=f"{name}:{self.password}\n")
        return name

    def remove(self):
        """Ends what these accounts run, and removes them and their groups."""
        remove_accounts_of(os.getpid())


def remove_left_over():
    """Removes accounts of test runs that were killed before they could."""
    entries = [entry.pw_name for entry in pwd.getpwall() if entry.pw_gecos == MARK]
    entries += [entry.gr_name for entry in grp.getgrall() if entry.gr_name.startswith("pytorch-")]
    for number in {int(found[1]) for found in map(NAME.fullmatch, entries) if found}:
        if not Path(f"/proc/{number}").exists():
            remove_accounts_of(number)


def remove_accounts_of(process):
    """Removes the accounts that the test run of this process number made."""
    for entry in pwd.getpwall():
        if entry.pw_gecos == MARK and entry.pw_name.endswith(f"-{process}") and NAME.fullmatch(entry.pw_name):
            end_processes_of(entry.pw_uid)
            run_tool("userdel", entry.pw_name)
    for entry in grp.getgrall():
        if entry.gr_name.startswith("pytorch-") and entry.gr_name.endswith(f"-{process}"):
            run_tool("groupdel", entry.gr_name)


def processes_of(uid):
    """Numbers of the processes that run as this user, those left out that have ended and wait to be reaped."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            status = (folder / "status").read_text()
            if re.search(rf"^Uid:.*\b{uid}\b", status, re.MULTILINE) and not re.search(r"^State:\s*Z", status, re.MULTILINE):
                found.append(int(folder.name))
    return found


def end_processes_of(uid):
    """Kills everything that runs as a user whom this test made, until nothing is left."""
    give_up = time.monotonic() + PATIENCE
    while (left := processes_of(uid)) and time.monotonic() < give_up:
        for number in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        time.sleep(0.1)
