"""The desk at the end of a chapter, in JupyterLab: check everything, the next hint, a solution, the picture of the progress."""

import time

import ipywidgets
from IPython import get_ipython

from course.grading.course_root import CourseError
from course.study import hints, overview, pages, solutions
from course.study.background import BackgroundCheck
from course.study.copies import own_copy
from course.study.exercises import read_chapter, read_chapters
from course.study.following import following, in_notebook, sentence
from course.study.record import read_record
from course.study.results import NOT_RIGHT, PARTLY
from course.study.seat import ELSEWHERE
from course.titles import title_block

TITLE = "Your desk"
INVITATION = ("Check everything runs the notebook from top to bottom in a fresh start, with all tests there are, hidden ones included. "
              "Hints come in three steps; the worked solution when an exercise has passed, or after three honest tries.")
SAVE = "Save the notebook, with Ctrl+S or Cmd+S: the check begins as soon as it is saved."
SAVE_FIRST = "<b>Save the notebook first</b>"  # beside the button, where the eye is
PICTURE_WIDTH = 900  # pixels
_last_run = [0.0]  # when a cell was last run in this kernel, in seconds since 1970


class Panel:
    """The desk of one chapter for a learner whose copy of it is open in this kernel."""

    def __init__(self, root, chapter):
        self.root, self.chapter = root, read_chapter(root, chapter)
        self.check = None
        watch_runs()
        self._build()

    def _build(self):
        self._check = _button("Check everything", "run the saved notebook with all tests", self._start)
        self._check.button_style = "primary"
        self._stop = _button("Stop", "end the check; nothing is lost", lambda _: self.check.stop())
        self._bar = ipywidgets.IntProgress(min=0, max=1, layout={"width": "16em"})
        self._checking = ipywidgets.HBox([self._check], layout=_ROW)
        self._status, self._results = ipywidgets.HTML(), ipywidgets.HTML()
        self._which = ipywidgets.Dropdown(description="exercise", options=[(one.label, one) for one in self.chapter.exercises],
                                          tooltip="which exercise the buttons beside are for", layout={"width": "max-content"},
                                          style={"description_width": "initial"})
        self._told = ipywidgets.HTMLMath(layout={"max_width": "52em"})
        self._picture = ipywidgets.HTML()
        self._after = ipywidgets.Output()  # JupyterLab follows a relative link there, and in no other widget
        helping = ipywidgets.HBox([
            self._which, _button("Next hint", "the next of three hints", self._hint),
            _button("Solution", "the worked solution, when it is earned", self._solution),
            _button("Show my progress", "draw all chapters", self._draw)], layout=_ROW)
        self._above = (ipywidgets.HTML(title_block(TITLE, INVITATION)), self._checking, helping, self._status)
        self.widget = ipywidgets.VBox([*self._above, self._told, self._results, self._picture, self._after])
        self._tell_what_follows()

    def _show(self, widget, page):
        """Shows a page, below the buttons and above all else: what was asked for last is seen without scrolling."""
        widget.value = page
        pages_below = [one for one in self.widget.children[len(self._above):-1] if one is not widget]
        self.widget.children = (*self._above, widget, *pages_below, self._after)

    def _start(self, _button):
        """Begins a check, once what was run is saved."""
        if self.check is not None and self.check.thread.is_alive():
            return
        saved = self._is_saved()
        self._checking.children = [self._check, self._stop, *(() if saved else (ipywidgets.HTML(SAVE_FIRST),))]
        self._status.value = pages.status("Starting." if saved else SAVE)
        self.check = BackgroundCheck(self.root, self.chapter.name, self._progress, self._finished, until=self._is_saved)
        self.check.start()

    def _is_saved(self):
        """Whether the notebook was saved after the last run of a cell: what was written since, nobody can see."""
        try:
            return own_copy(self.root, self.chapter.name).stat().st_mtime >= _last_run[0]
        except OSError:  # for the check to say
            return True

    def _progress(self, done, total):
        self._bar.max, self._bar.value = total, done
        if done == 0:
            self._checking.children = [self._check, self._stop, self._bar]
        self._status.value = f'<p style="margin:0.3em 0">{done} of {total} cells</p>'

    def _finished(self, report, why):
        self._checking.children = [self._check]
        self._status.value = "" if report else pages.status(why)
        if report:
            if self._picture.value:
                self._draw(None)
            self._show(self._results, pages.results(report))
            self._choose_first_open(report)
            self._tell_what_follows()

    def _choose_first_open(self, report):
        """Chooses the first exercise that is begun and not right, unless one was chosen already."""
        stuck = [one["name"] for one in report["exercises"] if one["state"] in (PARTLY, NOT_RIGHT)]
        if stuck and self._which.index == 0:
            self._which.value = next(one for one in self.chapter.exercises if one.name == stuck[0])

    def _hint(self, _button):
        def page_of(one):
            told = hints.next_hint(self.root, self.chapter, one, self._warn)
            return pages.hint(told, hints.STEPS, hints.after_the_last(self.chapter, told, button="Solution"))

        self._tell(page_of)

    def _solution(self, _button):
        self._tell(lambda one: pages.solution(one, solutions.solution_of(self.root, self.chapter, one, self._warn)))

    def _tell(self, page_of):
        try:
            page = page_of(self._which.value)
        except CourseError as error:
            page = pages.status(str(error))
        self._show(self._told, page)

    def _draw(self, _button):
        try:
            chapters, record = read_chapters(self.root), read_record(self.root, self._warn)
            path = overview.write_picture(self.root, chapters, record)
        except CourseError as error:
            self._show(self._picture, pages.status(str(error)))
            return
        words = overview.draw(chapters, record).alt
        self._show(self._picture, pages.picture(path.read_bytes(), words, PICTURE_WIDTH))

    def _tell_what_follows(self):
        """Which chapter comes next, with a link."""
        try:
            what = following(read_chapters(self.root), read_record(self.root, self._warn), self.chapter.name)
        except CourseError as error:
            self._status.value = pages.status(str(error))
            return
        told = sentence(what, lambda one: in_notebook(self.root, one))
        self._after.outputs = ({"output_type": "display_data", "metadata": {}, "data": {"text/markdown": told, "text/plain": told}},)

    def _warn(self, line):
        self._status.value = pages.status(line)

    def __repr__(self):
        return ELSEWHERE

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {**(self.widget._repr_mimebundle_() or {}), "text/plain": ELSEWHERE}


def watch_runs():
    """From now on it is known when a cell was last run."""
    shell = get_ipython()
    if shell is not None and _note_run not in shell.events.callbacks["post_run_cell"]:
        shell.events.register("post_run_cell", _note_run)


def _note_run(_result):
    _last_run[0] = time.time()


_ROW = {"flex_flow": "row wrap", "align_items": "center"}


def _button(description, tip, pressed):
    button = ipywidgets.Button(description=description, tooltip=tip, layout={"width": "max-content"})
    button.on_click(pressed)
    return button
