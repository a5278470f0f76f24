"""A student process, forked from the warm server: answers what arrives on its socket until that closes."""

import asyncio
import gc
import os
import signal
import socket
import sys
from pathlib import Path

from tornado.ioloop import IOLoop

from course.grading.judge.agent import Agent, clear_frames
from course.grading.shell import streams
from course.grading.shell.frames import Channel, FrameError, TooLarge
from course.grading.shell.interrupts import Interrupts, WholeFrames
from course.grading.shell.kernel import WarmKernel
from course.grading.shell.outbox import shortened
from course.grading.shell.warm_up import reseed


class StudentProcess:
    """One submission's shell."""

    def __init__(self, warm: WarmKernel, sock: socket.socket, most_bytes: int, pretends: bool):
        """sock: to the instructor's side. most_bytes: of outputs, for the whole submission. pretends: see Agent."""
        self.warm = warm
        self.interrupts = Interrupts()
        self.channel: Channel = WholeFrames(sock, self.interrupts)
        # Before any of the student's code runs: nothing that it changes can be taken for what was there at first.
        self.agent = Agent(warm.shell.user_ns, self.channel, pretends=pretends)
        self.process = os.getpid()
        warm.outbox.attach(self.channel, most_bytes)
        for stream in warm.streams:
            stream.capture()
        streams.watch(warm.streams)
        warm.shell.user_ns["_dh"][:] = [Path.cwd()]
        reseed()
        self.belongings = warm.belongings
        self.busy = False  # with a request

    def serve(self) -> None:
        """Until the instructor's side says so or goes away.

        A cell may stop the event loop that it runs in, or close it: then it goes on, or another does. Raises whatever
        else breaks it, and what closes it while a request is being answered, which would never be.
        """
        work = None
        while True:
            if work is None or self.loop.is_closed():
                self._new_loop()
                work = self.loop.create_task(self._serve())
            try:
                return self.loop.run_until_complete(work)
            except BaseException:
                if work.done() or self.busy and self.loop.is_closed() or os.getpid() != self.process:
                    raise

    def _new_loop(self) -> None:
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)
        # Without it a signal does not wake the loop, and an `await` could not be interrupted.
        signal.set_wakeup_fd(self.loop._csock.fileno(), warn_on_full_buffer=False)

    async def _serve(self) -> None:
        self.warm.kernel.io_loop = IOLoop.current()
        self.interrupts.install()
        while True:
            try:
                await self._frame_waits()
                message, blob = self.channel.receive()
            except FrameError:
                return
            if message["op"] == "quit":
                return
            self.busy = True
            self.belongings.put_back()
            await self._answer(message, blob)
            if os.getpid() != self.process:
                os._exit(0)  # a cell forked, and this is the fork
            self.busy = False

    async def _frame_waits(self) -> None:
        """Until something arrives; meanwhile the tasks that cells left behind go on."""
        arrived = asyncio.Event()
        self.loop.add_reader(self.channel.fileno(), arrived.set)
        try:
            await arrived.wait()
        finally:
            self.loop.remove_reader(self.channel.fileno())

    async def _answer(self, message: dict, blob: bytes) -> None:
        operation = message["op"]
        if operation == "run":
            content = await self._interruptible(self._run, message, blob)
            self.warm.outbox.reply({"op": "done", "id": message["id"], "content": content})
        elif operation == "ask":
            fields, blob = await self._interruptible(self._ask, message, blob)
            answer = {"op": "answer", "id": message["id"]}
            try:
                self.warm.outbox.reply({**fields, **answer}, blob)
            except TooLarge:
                self.warm.outbox.reply({"failed": "the answer is too large", **answer})
        elif operation == "comm":
            self.warm.set_parent("comm")
            try:
                await self.warm.comm(message["msg"])
            except Exception:  # a widget's own handler failed: a front end does not learn of it either
                pass

    async def _interruptible(self, work, message, blob):
        """`work(message, blob)` with its outputs belonging to it, and KeyboardInterrupt as a result."""
        self.warm.set_parent(message["id"])
        self.warm.outbox.begin(message["id"])
        self.interrupts.install()
        try:
            with self.interrupts.allowed():
                return await work(message, blob)
        except (KeyboardInterrupt, asyncio.CancelledError):
            content = {"status": "error", "ename": "KeyboardInterrupt", "evalue": "", "traceback": ["KeyboardInterrupt"]}
            return content if message["op"] == "run" else ({"failed": "interrupted"}, b"")
        finally:
            self.interrupts.forbid()
            self.interrupts.install()  # a cell may have taken it, and one that comes late must do no harm
            self.warm.flush()
            self.warm.outbox.end()

    async def _run(self, message, blob):
        try:
            self.belongings.heed(message["code"])
            content = shortened(await self.warm.run_cell(message["code"]))
            if content.get("ename") == "MemoryError":
                _let_go_of_the_last_error()
            return content
        except Exception as error:  # of IPython itself, whose inner workings a cell can reach
            name, text = type(error).__name__, str(error)
            return {"status": "error", "ename": name, "evalue": text, "traceback": [f"{name}: {text}"]}

    async def _ask(self, message, blob):
        return self.agent.handle(message, blob)


def _let_go_of_the_last_error() -> None:
    """IPython keeps the last error for a debugger, and with it all that filled the memory; later cells need that room."""
    clear_frames(getattr(sys, "last_traceback", None))
    gc.collect()
