"""What a person does through the hub: logs in, starts JupyterLab, and uses what nbgrader offers there."""

import time

import requests

PATIENCE = 300  # seconds, for a machine with much else to do


class Refused(Exception):
    """The hub, or a server behind it, said no; `status` is the HTTP code."""

    def __init__(self, reply):
        super().__init__(f"{reply.request.method} {reply.url}: {reply.status_code} {reply.text[:500]}")
        self.status = reply.status_code


class Person:
    """Somebody with a name and a password at the hub at `url`. Raises Refused when they do not let in."""

    def __init__(self, url, name, password):
        self.url, self.name = url, name
        self.token = None
        self._log_in(password)
        said = {"auth": {"username": name, "password": password}}
        self.token = self.ask("POST", f"/hub/api/users/{name}/tokens", json=said)["token"]

    def _log_in(self, password):
        """Fills in the form, as everybody does who comes for the first time: a token is only for those who have come."""
        with requests.Session() as browser:
            browser.get(f"{self.url}/hub/login", timeout=PATIENCE)
            said = {"username": self.name, "password": password, "_xsrf": browser.cookies["_xsrf"]}
            reply = browser.post(f"{self.url}/hub/login", data=said, timeout=PATIENCE, allow_redirects=False)
        if not reply.ok:
            raise Refused(reply)

    def ask(self, method, path, **options):
        """What is answered: data when it is JSON, else text."""
        headers = {"Authorization": f"token {self.token}"} if self.token else {}
        reply = requests.request(method, self.url + path, headers=headers, timeout=PATIENCE, **options)
        if not reply.ok:
            raise Refused(reply)
        try:
            return reply.json()  # nbgrader's replies are, and call themselves HTML
        except requests.JSONDecodeError:
            return reply.text

    def start(self):
        """Starts one's own server, and waits until it is there."""
        self.ask("POST", f"/hub/api/users/{self.name}/server")
        give_up = time.monotonic() + PATIENCE
        while not self.ask("GET", f"/hub/api/users/{self.name}")["servers"].get("", {}).get("ready"):
            if time.monotonic() > give_up:
                raise TimeoutError(f"the server of {self.name} did not start within {PATIENCE} s")
            time.sleep(0.2)

    def lab(self, method, path, of=None, **options):
        """As `ask`, of one's own JupyterLab server, or of somebody else's."""
        return self.ask(method, f"/user/{of or self.name}/{path}", **options)

    def formgrader(self, path):
        """Presses a button of the formgrader. Returns what it logged; raises AssertionError when it did not go well."""
        done = self.lab("POST", f"formgrader/api/{path}")
        assert done["success"], f"{path}: {done.get('error')}\n{done.get('log')}"
        return done["log"]

    def assignments(self, action=None, assignment=None):
        """The rows of the assignment list, after the button `action` of an assignment was pressed, if one is given."""
        if action is None:
            listed = self.lab("GET", "assignments", params={"course_id": "pytorch"})
        else:
            wanted = {"course_id": "pytorch", "assignment_id": assignment}
            listed = self.lab("POST", f"assignments/{action}", json=wanted)
        assert listed["success"], listed["value"]
        return listed["value"]
