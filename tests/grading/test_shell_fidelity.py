"""A warm shell shows what a stock kernel shows, cell by cell, but for what is listed here with its reason."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from fidelity_cells import CELLS
from nbgrader.preprocessors import Execute
from shell_help import notebook_of, run, start

# Beginning of a cell's source, and why its outputs may differ from a stock kernel's.
ACCEPTED = {
    'print("before \\ud800 after")': "a stock kernel cannot send lone surrogates: the text is lost, and a traceback of its own is shown",
    "def recursive()": "less lies below a cell's own frame, so the recursion is some frames deeper",
    "sys.stdout.write(3)": "the traceback leads into the file of the stream's class, which is ours",
}  # fmt: skip


class StockKernel(Execute):
    """nbgrader's own, whose kernel outlives a cell that says exit(), as the grader has always wanted it."""

    def start_new_kernel(self, **kwargs):
        # A kernel that knows of pytest does not capture what is written past Python.
        environment = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
        environment["NBGRADER_EXECUTION"] = "autograde"
        super().start_new_kernel(env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **kwargs)

    def start_new_kernel_client(self):
        client = super().start_new_kernel_client()
        self.wait_for_reply(client.execute("get_ipython().ask_exit = lambda: None", silent=True, store_history=False))
        return client


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The notebook of odd cells, run in a stock kernel and in a warm shell."""
    stock = notebook_of(CELLS)
    resources = {"metadata": {"path": str(tmp_path_factory.mktemp("stock"))}}
    StockKernel(timeout=30, shutdown_kernel="immediate").preprocess(stock, resources)
    with start() as student:
        ours = run(student, CELLS)
        assert student.suspicious == []
    return stock, ours


def normalised(value):
    """Without addresses, process numbers, times and random identifiers."""
    if isinstance(value, str):
        value = value.replace(str(Path.home()), "~")  # as which tracebacks show it, and a sandbox has none
        value = re.sub(r"/tmp/ipykernel_\d+/", "/tmp/ipykernel_N/", value)
        value = re.sub(r"Thread-\d+|(started|stopped) \d+", "thread", value)
        value = re.sub(r"0x[0-9a-f]{8,}", "0xN", value)
        value = re.sub(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", value)
        return re.sub(r"[\d.]+ ?(ns|ms|μs|µs|us|s)\b", "TIME", value)
    if isinstance(value, list):
        return [normalised(item) for item in value]
    if isinstance(value, dict):
        return {normalised(name): normalised(item) for name, item in value.items()}
    return value


def as_data(cell):
    data = json.loads(json.dumps(cell))
    times = data["metadata"].pop("execution")
    data["outputs"] = joined(data["outputs"])
    return normalised({**data, "id": None, "timed": sorted(times)})


def joined(outputs):
    """With neighbouring pieces of one stream as one: where a stock kernel cuts depends on when its timer went off."""
    result = []
    for output in outputs:
        if output["output_type"] == "stream" and result and result[-1].get("name") == output["name"]:
            output = {**output, "text": result.pop()["text"] + output["text"]}
        result.append(output)
    return result


def reason_for(source):
    return next((reason for beginning, reason in ACCEPTED.items() if source.startswith(beginning)), None)


def test_there_are_cells_enough():
    assert len(CELLS) >= 57 and all(any(cell.startswith(known) for cell in CELLS) for known in ACCEPTED)


@pytest.mark.parametrize("index", range(len(CELLS)), ids=lambda index: repr(CELLS[index][:40]))
def test_cell_shows_what_it_shows_in_a_stock_kernel(both, index):
    stock, ours = (as_data(notebook.cells[index]) for notebook in both)
    if reason_for(CELLS[index]):
        assert ours != stock, "listed as different, and is not"
    else:
        assert ours == stock


def test_pictures_are_among_what_was_compared(both):
    kinds = [[kind for cell in notebook.cells for output in cell.outputs for kind in output.get("data", ())] for notebook in both]
    assert kinds[0].count("image/png") >= 5 and kinds[0].count("image/svg+xml") >= 1
    assert kinds[0] == kinds[1]


def test_metadata_of_the_notebook_is_the_same(both):
    stock, ours = (notebook.metadata for notebook in both)
    assert len(widgets(stock)) > 10
    assert widgets(ours) == widgets(stock)
    assert {**ours, "widgets": 0} == {**stock, "widgets": 0}


def widgets(metadata):
    """The widgets' states as text, in one order, without their random names."""
    states = metadata["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    return sorted(json.dumps(normalised(state), sort_keys=True) for state in states.values())
