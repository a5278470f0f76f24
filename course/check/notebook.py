"""What checks do only inside a notebook: show a stub as one plain line, and warm the pretend device up early."""

from __future__ import annotations

import sys
from functools import cache

NOT_WRITTEN = "Not written yet: replace the line `raise NotImplementedError()` by your own code."


def soften_stubs() -> None:
    """Tell the running IPython shell how to show NotImplementedError; does nothing outside IPython.

    Only an error that the cell's own last frame raised is a stub; PyTorch's NotImplementedErrors keep their traceback.
    """
    shell = _shell()
    if shell is not None:
        shell.set_custom_exc((NotImplementedError,), _show)


@cache
def warm_device_up() -> None:
    """Start the pretend device's process at a notebook's first check: a device check further down need not wait for it."""
    if _shell() is not None:
        from course.check import devices

        devices.start_in_background()


def _shell():
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def _show(shell, kind, error, traceback, tb_offset=None):
    from .frames import is_learners_file

    last = traceback
    while last.tb_next is not None:
        last = last.tb_next
    if str(error) or not is_learners_file(last.tb_frame.f_code.co_filename):
        shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)
        return
    shell._showtraceback(kind, error, [NOT_WRITTEN])
