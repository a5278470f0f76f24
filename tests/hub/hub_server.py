"""Starts and ends JupyterHub on a machine of the tests, with the guide's configuration."""

import os
import shlex
import signal
import socket
import subprocess
import time

import requests
from machine import IS_ROOT, clean_environment

START_SECONDS, STOP_SECONDS = 180, 30


class HubServer:
    """JupyterHub as the guide starts it, on ports of its own; `url` ends without a slash. A context manager.

    Run by root, who logs in and how people's servers start is the configuration's own: passwords of accounts, and the
    account's rights. Nobody else can do that, so then one password is everybody's and all servers are this user's.
    """

    def __init__(self, machine):
        self.machine = machine
        self.log = machine.hub / "hub.log"
        web, proxy, hub = free_ports(3)
        self.url = f"http://127.0.0.1:{web}"
        program = machine.python / "bin" / "jupyterhub"
        self.line = [
            str(program), "--config", str(machine.hub / "jupyterhub_config.py"), f"--JupyterHub.bind_url={self.url}",
            f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{proxy}", f"--JupyterHub.hub_port={hub}",
        ]
        if IS_ROOT:
            self.password = machine.accounts.password
            self.line += [f"--PAMAuthenticator.allowed_groups={group}" for group in machine.accounts.groups.values()]
        else:
            self.password = "only for this test"
            self.line += [
                "--JupyterHub.authenticator_class=dummy", f"--DummyAuthenticator.password={self.password}",
                "--Authenticator.allow_all=True", "--JupyterHub.spawner_class=simple",
                f"--SimpleLocalProcessSpawner.home_dir_template={machine.homes}/{{username}}",
            ]

    def __enter__(self):
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.line, cwd=self.machine.hub, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                env=clean_environment() | {"OMP_NUM_THREADS": "1"}, start_new_session=True,
            )
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error):
        """Asks the hub to end, which ends everybody's servers and the proxy; kills what is left."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                pass
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def _wait_until_it_answers(self):
        give_up = time.monotonic() + START_SECONDS
        while not answers(f"{self.url}/hub/api/"):
            if self.process.poll() is not None:
                raise RuntimeError(f"JupyterHub ended with {self.process.returncode}:\n{shlex.join(self.line)}\n{self.tail()}")
            if time.monotonic() > give_up:
                raise RuntimeError(f"JupyterHub did not answer within {START_SECONDS} s:\n{self.tail()}")
            time.sleep(0.1)

    def tail(self, lines=60):
        """The last lines of the log, which has those of people's servers in it."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def answers(url):
    """Whether something at `url` answers with success."""
    try:
        return requests.get(url, timeout=5).ok
    except requests.RequestException:
        return False


def free_ports(count):
    """Ports of the loopback interface that nothing listens on."""
    listeners = [socket.socket() for _ in range(count)]
    try:
        for listener in listeners:
            listener.bind(("127.0.0.1", 0))
        return [listener.getsockname()[1] for listener in listeners]
    finally:
        for listener in listeners:
            listener.close()
