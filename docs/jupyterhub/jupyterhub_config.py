"""A hub on one Linux machine for an instructor and her students; docs/jupyterhub.md explains every line."""

import sys
from pathlib import Path

c = get_config()  # noqa: F821  (traitlets puts get_config into the namespace of this file)

# The environment that runs this hub runs everything else, too.
programs = Path(sys.prefix) / "bin"

# Only this machine reaches it: browsers come through a web server that speaks HTTPS.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"

# Whoever has an account on this machine and is in one of these groups, with the password of that account.
c.PAMAuthenticator.allowed_groups = {"pytorch-instructors", "pytorch-students"}

# Each person's JupyterLab runs as that person, so who may read what is decided by the permissions of files.
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.cmd = [str(programs / "jupyterhub-singleuser")]
c.Spawner.environment = {
    "PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin",
    # A person's own settings count more than those for everybody, whoever owns the environment.
    "JUPYTER_PREFER_ENV_PATH": "0",
}

# Starting can take a while when a whole class comes at once.
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120

# The formgrader answers when a submission has been graded: half an hour, where the proxy gives up after 20 seconds.
c.ConfigurableHTTPProxy.command = [str(programs / "configurable-http-proxy"), "--proxy-timeout", "1800000"]
