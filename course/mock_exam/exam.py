"""What a learner sees of a mock exam: Start, the clock, which questions are answered, Hand in, and the score sheet."""

from __future__ import annotations

import asyncio
from pathlib import Path

import ipywidgets

from course.mock_exam import pages
from course.mock_exam.listening import Listener
from course.mock_exam.paper import Paper, find_notebook, load, read_paper, written
from course.mock_exam.session import OVER, READY, RUNNING, Session
from course.mock_exam.sheet import score
from course.titles import title_block

TITLE = "Mock exam"
LOOK_AGAIN = 10  # seconds between two looks at the saved notebook while an exam runs
NO_PAPER = "No questions were found: open the chapter's notebook in JupyterLab, and run this cell there."
_session: Session | None = None  # the exam that runs in this kernel


class MockExam:
    """A mock exam on the questions of this notebook; leave it as the last expression of a cell.

    minutes: how long it takes. Nothing happens until a person presses Start, so that the cell may be run at any time, and
    run again: an exam that is going on goes on. Raises ValueError for minutes that are not a positive number.
    """

    def __init__(self, minutes: float = 120):
        self.notebook = find_notebook(Path.cwd())
        paper = Paper(()) if self.notebook is None else read_paper(load(self.notebook))
        fresh = Session(paper, minutes)
        self.session = _session if _session is not None and _session.state == RUNNING else fresh
        self.marks: dict[str, float] = {}
        self._written = frozenset()
        self._asking = False  # whether a person is being asked once more: the buttons stay until there is an answer
        self._build()
        self.session.observers.append(self._show)
        self._show()

    def _build(self) -> None:
        self._top, self._clock, self._page = ipywidgets.HTML(), ipywidgets.HTML(), ipywidgets.HTML()
        self._start_button = _button("Start", "start the clock", self._start)
        self._hand_in_button = _button("Hand in", "end the exam and see the score sheet", self._ask)
        self._yes_button = _button("Yes, hand in", "end the exam now", self._hand_in)
        self._no_button = _button("No, go on", "back to the questions", self._go_on)
        self._asked = ipywidgets.HTML()
        self._marking = ipywidgets.VBox()
        self._row = ipywidgets.HBox(layout={"flex_flow": "row wrap", "align_items": "center"})
        self.widget = ipywidgets.VBox([self._top, self._row, self._page, self._marking])

    @property
    def sheet(self):
        """The score sheet as it stands; see `sheet.Sheet`. Raises RuntimeError while the exam runs: it would tell."""
        if self.session.state != OVER:
            raise RuntimeError("the score sheet comes when the exam is over: press Start, and in the end Hand in")
        return score(self.session.paper, self.session.runs, self._written, self.marks)

    def _start(self, _button=None) -> None:
        """Only a person on a page starts an exam: where cells are run to be graded, checks must speak."""
        global _session
        shell = pressed_on_a_page()
        if shell is None or self.session.state != READY or not self.session.paper.questions:
            return
        _session = self.session
        Listener(shell, self.session).begin()
        self.session.start()
        self._look_again()

    def _ask(self, _button=None) -> None:
        self._asking = True
        self._asked.value = "Hand in now? Nothing that you run afterwards counts."
        self._row.children = [self._asked, self._yes_button, self._no_button, self._clock]

    def _go_on(self, _button=None) -> None:
        self._asking = False
        self._show()

    def _hand_in(self, _button=None) -> None:
        self.session.hand_in()

    def _look_again(self) -> None:
        """From time to time until the end: a derivation that was saved shows as answered, and the sheet comes by itself."""
        self.session.tell()
        if self.session.state == RUNNING:
            _call_later(min(LOOK_AGAIN, self.session.seconds_left + 0.05), self._look_again)

    def _show(self) -> None:
        {READY: self._show_ready, RUNNING: self._show_running, OVER: self._show_over}[self.session.state]()

    def _show_ready(self) -> None:
        paper = self.session.paper
        self._top.value = title_block(TITLE, _invitation(paper, self.session.minutes))
        self._row.children = [self._start_button] if paper.questions else []

    def _show_running(self) -> None:
        self._read_derivations()
        deadline = self.session.deadline
        self._top.value = title_block(TITLE, "Go. Run a question's checks when you are done with it; the last run counts.")
        if not self._clock.value:
            self._clock.value = pages.countdown(deadline)
        if not self._asking:
            self._row.children = [self._hand_in_button, self._clock]
        self._page.value = pages.status(self.session.paper, self.session.runs, self._written, deadline)

    def _show_over(self) -> None:
        if not self._marking.children:  # the first time: what is written later does not count
            self._read_derivations()
            self._top.value = title_block("Score sheet", "The exam is over, and the checks speak again.")
            self._row.children = []
            self._marking.children = [*self._menus(), ipywidgets.HTML("")]
        self._page.value = pages.score_sheet(self.sheet, self.session.seconds_taken)

    def _menus(self) -> list:
        """One menu for each derivation, to mark it oneself: what is on paper, or was not saved in time, has one, too."""
        return [self._menu(f"my mark for {question.number}", cell)
                for question in self.session.paper.questions for cell in question.derivations]

    def _menu(self, label: str, cell):
        halves = [half / 2 for half in range(int(2 * cell.points) + 1)]
        menu = ipywidgets.Dropdown(description=label, options=[("not marked yet", None)] + [(pages.number(one), one) for one in halves],
                                   value=None, tooltip="the points that you give yourself", style={"description_width": "initial"},
                                   layout={"width": "max-content"})

        def mark(change):
            self.marks.pop(cell.grade_id, None)
            if change["new"] is not None:
                self.marks[cell.grade_id] = change["new"]
            self._show()

        menu.observe(mark, names="value")
        return menu

    def _read_derivations(self) -> None:
        """Which derivations the saved notebook holds; as before where it cannot be read at this moment."""
        try:
            self._written = written(load(self.notebook))
        except (OSError, ValueError):
            return

    def __repr__(self) -> str:
        if self.session.state == OVER:
            return pages.as_text(self.sheet, self.session.seconds_taken)
        return f"[exhibit: {TITLE}. {_invitation(self.session.paper, self.session.minutes)}]"

    def _repr_mimebundle_(self, include=None, exclude=None):
        bundle = dict(self.widget._repr_mimebundle_() or {})
        bundle["text/plain"] = repr(self)
        over = self.session.state == OVER
        bundle["text/html"] = (
            title_block(TITLE, "In JupyterLab a clock runs here, and a score sheet comes.") +
            (pages.score_sheet(self.sheet, self.session.seconds_taken) if over else pages.contents(self.session.paper)))
        return bundle


def pressed_on_a_page():
    """The running shell where it is handling a message that a widget on a page has sent, else None.

    Running a cell is another kind of message. Nobody who grades presses a button, and so no exam runs in grading.
    """
    from IPython import get_ipython

    shell = get_ipython()
    kernel = getattr(shell, "kernel", None)
    if kernel is None or kernel.get_parent("shell").get("header", {}).get("msg_type") != "comm_msg":
        return None
    return shell


def _invitation(paper: Paper, minutes: float) -> str:
    if not paper.questions:
        return NO_PAPER
    return (f"{len(paper.questions)} questions, {paper.points} points, {pages.duration(60 * minutes)}. When you press Start the clock "
            "runs, and checks say only that an answer was recorded.")


def _button(description: str, tip: str, pressed):
    button = ipywidgets.Button(description=description, tooltip=tip)
    button.on_click(pressed)
    return button


def _call_later(seconds: float, function) -> None:
    """Call a function when the time is up, as soon as the kernel is free; without a running loop nothing is called."""
    try:
        asyncio.get_running_loop().call_later(seconds, function)
    except RuntimeError:
        return
