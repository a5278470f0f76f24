"""Runs a notebook's cells in a student process, with nbclient's own handling of outputs, display ids and widgets."""

from __future__ import annotations

import types
from datetime import UTC, datetime

from nbformat import NotebookNode
from nbgrader.preprocessors import Execute

from course.grading.shell import claims
from course.grading.shell.connection import Gone, Student
from course.grading.shell.frames import TooLarge


class _WidgetMessages:
    """The kernel client that nbclient's widgets send to: of each widget the newest message is kept."""

    def __init__(self):
        self.waiting: dict[str, dict] = {}
        self.session = self
        self.shell_channel = types.SimpleNamespace(send=self._send)

    def _send(self, message) -> None:
        self.waiting[message["content"]["comm_id"]] = message

    def msg(self, msg_type, content=None, parent=None, metadata=None) -> dict:
        header = {"msg_type": msg_type, "msg_id": "comm"}
        return {"header": header, "msg_type": msg_type, "content": content, "metadata": metadata or {}, "parent_header": {}, "buffers": []}

    def take(self) -> list[dict]:
        messages, self.waiting = list(self.waiting.values()), {}
        return messages


class CellRunner(Execute):
    """The cells of one notebook in one student process.

    A forger may send any message at any time; what nbclient cannot handle is noted as suspicious and left out.
    """

    def __init__(self, student: Student, notebook: NotebookNode, **settings):
        """settings: of nbgrader's Execute."""
        super().__init__(**settings)
        self.student, self.nb = student, notebook
        notebook.metadata["language_info"] = student.language_info
        self.reset_execution_trackers()
        self.kc = _WidgetMessages()
        self.clear_before_next_output = False

    def run(self, cell: NotebookNode, index: int, timeout: float | None) -> dict:
        """Runs the cell, which is `notebook.cells[index]`, and sets its outputs and its count; returns the reply's content.

        timeout: seconds, then it is interrupted, an error says so, and `late` stands in the content. Cells of text or of nothing are left alone:
        `{"status": "skipped"}`.

        Raises Gone, with the outputs up to there in the cell.
        """
        if cell.cell_type != "code" or not cell.source.strip():
            return {"status": "skipped"}
        for message in self.kc.take():
            self.student.tell(message)
        cell.outputs = []
        cell.execution_count = None
        self.clear_before_next_output = False
        self.code_cells_executed += 1
        times = cell.metadata["execution"] = NotebookNode() if self.record_timing else {}
        self._note_time(times, "iopub.status.busy", "iopub.execute_input")
        request = {"op": "run", "code": cell.source}
        try:
            answer, _, late = self.student.request(
                request, b"", "done", timeout, lambda message: self.take(message, cell, index)
            )
            content = self._reply(answer)
        except TooLarge:
            content, late = not_run("this cell is too long to be run"), False
        self._note_time(times, "shell.execute_reply", "iopub.status.idle")
        cell.execution_count = content["execution_count"]
        if late:
            content |= {**self.error_on_timeout, "status": "error", "late": True}
        self.on_cell_executed(cell=cell, cell_index=index, execute_reply={"content": content})
        return content

    def _reply(self, answer) -> dict:
        try:
            return claims.reply(answer.get("content"))
        except claims.Forged as error:
            self.student.suspect(str(error))
            return not_run("the end of this cell was not reported as a kernel does")

    def _note_time(self, times, *names) -> None:
        if self.record_timing:
            now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
            times.update(dict.fromkeys(names, now))

    def take(self, message: dict, cell: NotebookNode, index: int) -> None:
        """Handles one kernel message as nbclient does."""
        try:
            self.process_message(message, cell, index)
        except Gone:
            raise
        except Exception as error:  # whatever a message made up for the purpose brings about in nbclient
            self.student.suspect(f"a {message['msg_type']} message that could not be handled: {type(error).__name__}")

    def widgets_metadata(self) -> None:
        """Puts the state of all widgets into the notebook's metadata, as nbclient does at the end."""
        self.set_widgets_metadata()


def not_run(why: str) -> dict:
    """A reply's content for a cell that did not run as it should."""
    error = {"ename": "NotRun", "evalue": why, "traceback": [f"NotRun: {why}"]}
    return {"status": "error", "execution_count": None, **error}
