"""Fixtures for tests of checks: places where a learner's code may live."""

import pytest
from answer_places import Elsewhere, Here


@pytest.fixture(scope="session", params=["here", "in another process"])
def place(request):
    """Where answers run: every claim about an answer must hold in both."""
    somewhere = Here() if request.param == "here" else Elsewhere()
    yield somewhere
    somewhere.close()
