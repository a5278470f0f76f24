"""An IPython kernel as an object of this process, without sockets and threads, that can be forked once it is warm."""

import contextlib
import logging
import sys
import threading
import types

from ipykernel.displayhook import ZMQDisplayHook
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.profiledir import ProfileDir
from jupyter_client.session import Session, extract_header
from traitlets.config import Config

from course.grading.shell.outbox import Outbox
from course.grading.shell.streams import OutStream


class WireSession(Session):
    """Gives the kernel's messages to an outbox instead of a ZMQ socket."""

    def __init__(self, outbox: Outbox):
        super().__init__(key=b"")
        self.outbox = outbox
        self.count = 0

    def msg(self, msg_type, content=None, parent=None, header=None, metadata=None):
        self.count += 1
        parent_header = {"msg_id": extract_header(parent).get("msg_id")} if parent else {}
        return {
            "msg_type": msg_type,
            "header": {"msg_type": msg_type, "msg_id": str(self.count)},
            "parent_header": parent_header,
            "content": content or {},
            "metadata": metadata or {},
        }

    def send(self, stream, msg_or_type, content=None, parent=None, ident=None, buffers=None, track=False,
             header=None, metadata=None):  # fmt: skip
        message = msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content, parent, None, metadata)
        self.outbox.put(message, buffers)
        return message


class WarmKernel:
    """The kernel, its shell, its streams and where its messages go."""

    def __init__(self, profile_folder: str):
        """profile_folder: an empty folder for IPython's own files."""
        self.outbox = Outbox()
        self.belongings = None  # what is there once it is warm: see warm_up
        self.session = WireSession(self.outbox)
        config = Config()
        config.HistoryManager.hist_file = ":memory:"
        log = logging.getLogger(__name__)
        log.setLevel(logging.CRITICAL)
        self.kernel = IPythonKernel.instance(
            log=log,
            session=self.session,
            iopub_socket=None,
            profile_dir=ProfileDir.create_profile_dir(profile_folder),
            user_ns={},
            config=config,
            # What decides whether an `await` can be interrupted: cells run in the main thread.
            shell_channel_thread=types.SimpleNamespace(parent_thread=threading.main_thread()),
        )
        self.shell = self.kernel.shell
        # exit() and what a menu does to restart would end the shell after their cell, and later cells be blamed for it.
        self.shell.ask_exit = lambda: None
        self.kernel.do_shutdown = lambda restart: {"status": "ok", "restart": restart}
        self._take_over_streams()
        self._pose_as_application()

    def _take_over_streams(self) -> None:
        sys.stdout.flush()
        self.streams = [OutStream("stdout", 1, self.session), OutStream("stderr", 2, self.session)]
        sys.stdout, sys.stderr = self.streams
        sys.displayhook = ZMQDisplayHook(self.session, None)
        sys.displayhook.get_execution_count = lambda: self.kernel.execution_count

    def _pose_as_application(self) -> None:
        """`%matplotlib`, debuggers and others look for the application that a kernel usually runs in."""
        app = IPKernelApp.instance()
        app.kernel, app.shell = self.kernel, self.shell
        app.patch_io()
        app.init_pdb()

    def set_parent(self, number: int | str) -> None:
        """Messages from now on belong to request `number`."""
        header = {"msg_id": str(number), "msg_type": "execute_request"}
        self.kernel.set_parent([], {"header": header, "content": {}, "metadata": {}, "parent_header": {}})

    async def run_cell(self, code: str, *, keep: bool = True) -> dict:
        """Runs a cell as an execute request would. keep: remember it in the history, and count it."""
        reply = await self.kernel.do_execute(code, silent=False, store_history=keep, allow_stdin=False)
        self.flush()
        return {key: reply[key] for key in ("status", "execution_count", "ename", "evalue", "traceback") if key in reply}

    async def comm(self, message: dict) -> None:
        """A widget message from the other side."""
        handler = getattr(self.kernel.comm_manager, message["msg_type"])
        result = handler(None, [], message)
        if hasattr(result, "__await__"):
            await result

    def flush(self) -> None:
        """Sends what waits in the standard streams, whatever the student put in their place."""
        for stream in {id(stream): stream for stream in (sys.stdout, sys.stderr, *self.streams)}.values():
            if stream in self.streams:
                stream.flush()
            elif stream is not None:
                with contextlib.suppress(Exception):
                    stream.flush()
