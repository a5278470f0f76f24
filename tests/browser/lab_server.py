"""Starts and ends one JupyterLab server for the tests, with settings of its own and nothing of the user's."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

START_SECONDS = 90
# What JupyterLab would ask, fetch or announce by itself has no place in a test or in a picture.
USER_SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
}


class LabServer:
    """JupyterLab running in the folder `root`, which holds nbgrader_config.py, until the end of the `with` block.

    url: ends without a slash. opens: arguments of Python that start JupyterLab; the server's options are added to them.
    """

    def __init__(self, root, home, opens):
        self.log = Path(home) / "jupyter.log"
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        write_user_settings(Path(home))
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, *opens, *server_options(port)], cwd=root, env=environment(Path(home)), stdout=log,
                stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
            )
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.stop()
            raise

    def _wait_until_it_answers(self):
        give_up = time.monotonic() + START_SECONDS
        while not answers(f"{self.url}/api/status"):
            if self.process.poll() is not None:
                raise RuntimeError(f"JupyterLab ended with {self.process.returncode} while starting:\n{self.tail()}")
            if time.monotonic() > give_up:
                raise RuntimeError(f"JupyterLab did not answer within {START_SECONDS} s:\n{self.tail()}")
            time.sleep(0.1)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.stop()

    def tail(self, lines=40):
        """The last lines of the server's log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def stop(self):
        """Ends the server by its own command, which ends its kernels; kills it when that takes too long."""
        if self.process.poll() is None:
            request = urllib.request.Request(f"{self.url}/api/shutdown", method="POST")
            try:
                urllib.request.urlopen(request, timeout=10).close()
                self.process.wait(20)
            except (OSError, subprocess.TimeoutExpired):
                os.killpg(self.process.pid, 9)
        self.process.wait()


def lab_on_work(root):
    """Arguments that start JupyterLab on work/: `course lab`."""
    return ["-m", "course.cli", "--root", str(root), "lab"]


def lab_on_root(root):
    """Arguments that start JupyterLab on the course's root, as an instructor does who uses the formgrader."""
    return ["-m", "jupyterlab", f"--ServerApp.root_dir={root}"]


def server_options(port):
    """Options for a server that only this machine reaches, without a password, and whose page can be asked things."""
    return [
        "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.password=",
        "--ServerApp.disable_check_xsrf=True", "--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None",
    ]


def environment(home):
    """The environment, with every folder of Jupyter's and IPython's below `home`, and torch on one thread."""
    folders = {
        name: str(home / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR")
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "JPY_", "NBGRADER"))}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {**kept, **folders, "PATH": path, "OMP_NUM_THREADS": "1"}


def write_user_settings(home):
    """Writes USER_SETTINGS where JupyterLab keeps a user's settings."""
    folder = home / "jupyter_config_dir" / "lab" / "user-settings" / "@jupyterlab"
    for name, settings in USER_SETTINGS.items():
        path = folder / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings))


def free_port():
    """A port of the loopback interface that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def answers(url):
    """Whether something at `url` answers with success."""
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:
            return reply.status == 200
    except OSError:
        return False
