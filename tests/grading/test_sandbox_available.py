"""Where no sandbox can be had: what is missing, how to get it, and how to go on without are told."""

import os
import subprocess
import sys

import pytest
from sandbox_machine import REPOSITORY

from course.grading.sandbox import bubblewrap

# A container that covers parts of /proc, as Docker does, made by a user namespace within which bubblewrap is tried.
LOCKED = """
import os
from course.grading.sandbox import bubblewrap, kernel
user, group = os.getuid(), os.getgid()
if user: kernel.unshare(kernel.CLONE_NEWUSER | kernel.CLONE_NEWNS)
else: kernel.unshare(kernel.CLONE_NEWNS)
if user:
    for name, text in (("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")):
        with open(f"/proc/self/{name}", "w") as file: file.write(text)
kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
if COVER: kernel.mount("tmpfs", "/proc/irq", "tmpfs")
print(bubblewrap.availability())
"""


@pytest.fixture(autouse=True)
def tried_anew():
    bubblewrap.availability.cache_clear()
    yield
    bubblewrap.availability.cache_clear()


def test_it_can_be_had_here_and_is_tried_once(monkeypatch):
    tried = []
    start = bubblewrap.start
    monkeypatch.setattr(bubblewrap, "start", lambda *given, **named: tried.append(given) or start(*given, **named))
    assert bubblewrap.availability() is None and bubblewrap.availability() is None
    bubblewrap.require()
    assert len(tried) == 1


def test_without_bubblewrap_it_is_told_how_to_get_it(monkeypatch):
    monkeypatch.setattr(bubblewrap, "find", lambda: None)
    with pytest.raises(bubblewrap.SandboxUnavailable) as caught:
        bubblewrap.require()
    for part in ("bubblewrap is not installed", "apt install bubblewrap", "--no-sandbox", "only what you would run yourself"):
        assert part in str(caught.value)


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_are_named(monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)
    assert "needs Linux" in bubblewrap.availability() and platform in bubblewrap.availability()


def test_where_bubblewrap_is_refused_it_is_told_how_to_allow_it(monkeypatch, tmp_path):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    fake.chmod(0o755)
    tmp_path.chmod(0o755)
    monkeypatch.setattr(bubblewrap, "find", lambda: str(fake))
    monkeypatch.setattr(bubblewrap, "_users", lambda: None)
    reason = bubblewrap.availability()
    for part in ("setting up uid map: Permission denied", "sysctl", "--security-opt seccomp=unconfined", "AppArmor"):
        assert part in reason


def test_a_process_that_cannot_be_confined_is_no_sandbox(monkeypatch):
    monkeypatch.setattr(bubblewrap, "CAPABILITIES", ("SYS_PTRACE", "KILL", "SETUID", "SETGID", "SETPCAP"))
    reason = bubblewrap.availability()
    assert "could not be confined" in reason and "Operation not permitted" in reason


@pytest.mark.parametrize("covered", [True, False])
def test_a_locked_container_is_noticed(covered):
    done = subprocess.run(
        [sys.executable, "-c", LOCKED.replace("COVER", str(covered))],
        **{"capture_output": True, "text": True, "cwd": REPOSITORY, "env": {**os.environ, "PYTHONPATH": str(REPOSITORY)}},
    )
    assert not done.stderr
    assert ("systempaths=unconfined" in done.stdout) is covered
    assert (done.stdout.strip() == "None") is not covered


def test_where_root_leads_to_no_other_users_it_is_an_ordinary_user(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    known = {"0 0 4294967295": (1_900_000_000, 65_536), "0 100000 65536": (63_536, 1000), "0 1000 1": None}
    for line, users in known.items():
        monkeypatch.setattr(bubblewrap.Path, "read_text", lambda _, line=line: f"{line}\n")
        assert bubblewrap._users() == users


def test_what_is_shown_in_the_sandbox_is_a_short_list():
    line = bubblewrap.command(["true"], readable=["/etc/hostname"])
    shown = {line[at + 2] for at, word in enumerate(line) if word in ("--ro-bind", "--bind")}
    allowed = ("/usr", "/bin", "/sbin", "/lib", "/etc/", "/var/cache/fontconfig", "/sys/devices/system/cpu")
    python = tuple(os.path.realpath(prefix) for prefix in (sys.prefix, sys.base_prefix)) + (sys.prefix, sys.base_prefix)
    assert "/etc/hostname" in shown and str(REPOSITORY / "course") in shown
    rest = {place for place in shown if not place.startswith((*allowed, *python))}
    assert rest == {str(REPOSITORY / "course")}
    assert not {place for place in shown if str(REPOSITORY).startswith(place.rstrip("/") + "/")}
    assert "--bind" not in line, "nothing of the host can be written to unless it is asked for"


def test_a_hidden_folder_is_empty_but_for_what_is_needed_of_it(tmp_path):
    look = "ls /usr/share | wc -l; ls {folder}; touch /usr/share/new 2>&1 | grep -c -i read-only"
    readable = "/usr/share/dict" if os.path.isdir("/usr/share/dict") else next(os.scandir("/usr/share")).path
    argv = ["/bin/sh", "-c", look.replace("{folder}", os.path.dirname(readable))]
    shown, hidden = (
        subprocess.run(bubblewrap.command(argv, **more), capture_output=True, text=True, check=True).stdout.split()
        for more in ({}, {"hidden": ["/usr/share"], "readable": [readable]})
    )
    assert int(shown[0]) > 1 and hidden == ["1", os.path.basename(readable), "1"]
