"""The hub that its tests share, and one assignment's way through it; set up once."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from hub_server import HubServer
from machine import Machine
from one_assignment import go_through
from person import Person


@pytest.fixture(scope="session")
def machine():
    """A machine as the guide sets it up."""
    with Machine() as machine:
        yield machine


@pytest.fixture(scope="session")
def hub(machine):
    """JupyterHub on it."""
    with HubServer(machine) as hub:
        yield hub


@pytest.fixture(scope="session")
def people(machine, hub):
    """The instructor and a student, logged in, each with a server running."""
    people = SimpleNamespace(**{name: Person(hub.url, machine.name(name), hub.password) for name in ("prof", "ada")})
    try:
        with ThreadPoolExecutor() as pool:  # side by side: the hub answers when a server is there
            list(pool.map(Person.start, vars(people).values()))
    except Exception as error:
        raise RuntimeError(hub.tail()) from error
    return people


@pytest.fixture(scope="session")
def story(machine, hub, people):
    """What everybody saw while one assignment went from its release to its feedback."""
    try:
        return go_through(machine, people)
    except Exception as error:
        raise RuntimeError(hub.tail()) from error
