"""In a notebook, shows an exercise that still holds its stub as one plain line instead of a traceback."""

from __future__ import annotations

import sys

NOT_WRITTEN = "Not written yet: replace the line `raise NotImplementedError()` by your own code."


def soften_stubs() -> None:
    """Tell the running IPython shell how to show NotImplementedError; does nothing outside IPython.

    Only an error that the cell's own last frame raised is a stub; PyTorch's NotImplementedErrors keep their traceback.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        shell.set_custom_exc((NotImplementedError,), _show)


def _show(shell, kind, error, traceback, tb_offset=None):
    from .frames import is_learners_file

    last = traceback
    while last.tb_next is not None:
        last = last.tb_next
    if str(error) or not is_learners_file(last.tb_frame.f_code.co_filename):
        shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)
        return
    shell._showtraceback(kind, error, [NOT_WRITTEN])
