"""Folders that tests only copy, made once in a run: by the first worker that wants one, while the others wait for it."""

import shutil

from filelock import FileLock


def made_once(tmp_path_factory, config, name, make):
    """Path of the folder `name`, which all workers of this run share; it must not be changed.

    make: called with the path, where nothing is yet, by whoever comes first; again by the next one if it raised.
    """
    base = tmp_path_factory.getbasetemp()
    if hasattr(config, "workerinput"):  # of a worker of pytest-xdist, whose own folder lies in that of the run
        base = base.parent
    folder = base / "made-once" / name
    folder.parent.mkdir(exist_ok=True)
    whole = folder.with_name(f"{name}.whole")
    with FileLock(folder.with_name(f"{name}.lock")):
        if not whole.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            whole.touch()
    return folder
