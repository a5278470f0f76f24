"""What a person does in JupyterLab: opens a notebook, runs cells, types into them, presses Validate, picks a theme."""

import collections
import contextlib
import re

from playwright.sync_api import Error, expect

SCREEN = {"width": 1280, "height": 900}
PATIENCE = 120_000  # milliseconds that a condition may take on a slow machine
expect.set_options(timeout=PATIENCE)  # what is expected comes, however slow the machine: five seconds are its default
LIGHT, DARK = "JupyterLab Light", "JupyterLab Dark"

# The notebook in front, as JupyterLab itself sees it. Used to find cells and to wait; what is tested is on the screen.
PANEL = "window.jupyterapp.shell.currentWidget"
READY = f"""path => {{
    const panel = {PANEL};
    return panel?.context?.path === path && panel.context.isReady && panel.revealed !== undefined
        && panel.sessionContext.session?.kernel?.status === 'idle';
}}"""
FIND = f"""grade_id => {PANEL}.content.widgets.findIndex(cell => {{
    const marks = cell.model.getMetadata('nbgrader');
    return marks && marks.grade_id === grade_id;
}})"""
FIND_TEXT = f"text => {PANEL}.content.widgets.findIndex(cell => cell.model.sharedModel.source.includes(text))"
SHOW = f"""async index => {{
    const notebook = {PANEL}.content;
    notebook.activeCellIndex = index;
    await notebook.scrollToItem(index, 'start', 0);
}}"""
# Promises, before a command is given, to tell when it is done: JupyterLab's own commands return when the last cell has run.
LISTEN = """pattern => {
    const commands = window.jupyterapp.commands;
    window.commandDone = new Promise((resolve, reject) => {
        const listen = (_, command) => {
            if (!new RegExp(pattern).test(command.id)) return;
            commands.commandExecuted.disconnect(listen);
            command.result.then(() => resolve(), reject);
        };
        commands.commandExecuted.connect(listen);
    });
}"""
DONE = """seconds => Promise.race([window.commandDone, new Promise((_, reject) =>
    setTimeout(() => reject(new Error(`cells still running after ${seconds} s`)), seconds * 1000))])"""
RUN_SECONDS = 120
DRAWN = f"""index => {{
    const cell = {PANEL}.content.widgets[index];
    return cell.model.outputs.length === 0 || [...cell.outputArea.node.querySelectorAll('.jp-OutputArea-output')].some(
        output => output.innerText.trim() || output.querySelector('img, svg, .jupyter-widgets'));
}}"""


class LabPage:
    """One browser page with JupyterLab at `url` in it; `page` is Playwright's."""

    def __init__(self, page, url):
        self.page = page
        self.url = url

    def open(self, path=""):
        """Loads JupyterLab afresh, with the file or folder `path` open in it."""
        self.page.goto(f"{self.url}/lab{'/tree/' if path else ''}{path}?reset")
        self.page.wait_for_function("() => window.jupyterapp !== undefined")
        self.page.evaluate("async () => { await window.jupyterapp.restored; }")
        self.page.locator("#jupyterlab-splash").wait_for(state="detached")
        # JupyterLab takes the word away when it has reset itself; a link to a place in the page would load it anew before.
        self.page.wait_for_function("() => !location.search.includes('reset')")
        return self

    def notebook(self, path):
        """Opens the notebook at `path` and waits for its kernel. Returns the NotebookPage."""
        self.open(path)
        self.page.wait_for_function(READY, arg=path)
        return NotebookPage(self.page)

    def menu(self, *labels):
        """Chooses an entry from the menu bar: ("Run", "Run All Cells")."""
        first, *rest = labels
        self.page.locator(".lm-MenuBar-itemLabel").get_by_text(first, exact=True).click()
        for label in rest:
            entry = self.page.locator(".lm-Menu-itemLabel").get_by_text(re.compile(f"^{re.escape(label)}…?$"))
            entry.last.click()

    def use_theme(self, name):
        """Switches to the theme `name` with the menu, and waits until the page wears it."""
        self.menu("Settings", "Theme", name)
        self.page.locator(f"body[data-jp-theme-name='{name}']").wait_for(state="attached")

    def hide_side_bar(self):
        """Closes the file browser, for pictures that show the notebook."""
        self.page.evaluate("() => window.jupyterapp.shell.collapseLeft()")


class NotebookPage(LabPage):
    """The notebook in front. Cells are named by their grade_id, or by a piece of their text."""

    def __init__(self, page):
        super().__init__(page, None)

    def index(self, grade_id=None, text=None):
        """Place of the cell in the notebook."""
        index = self.page.evaluate(FIND, grade_id) if grade_id else self.page.evaluate(FIND_TEXT, text)
        assert index >= 0, f"no cell {grade_id or text!r} in this notebook"
        return index

    def cell(self, **which):
        """The cell, scrolled into view and made the active one."""
        index = self.index(**which)
        self.page.evaluate(SHOW, index)
        return self.page.locator(f".jp-Notebook [data-windowed-list-index='{index}']")

    def output(self, **which):
        """What the person reads below the cell, once it is drawn."""
        cell = self.cell(**which)
        self.page.wait_for_function(DRAWN, arg=self.index(**which))
        return cell.locator(".jp-Cell-outputArea").inner_text()

    @contextlib.contextmanager
    def until_run(self, command):
        """Waits at its end until JupyterLab's command of this name, given meanwhile by mouse or key, is done."""
        self.page.evaluate(LISTEN, command)
        yield
        self.page.evaluate(DONE, RUN_SECONDS)

    def run_all(self):
        """Runs all cells with the menu. JupyterLab stops at the first error."""
        with self.until_run("run-all"):
            self.menu("Run", "Run All Cells")

    def run(self, **which):
        """Runs one cell with Ctrl+Enter. Returns what stands below it then."""
        self.cell(**which).locator(".cm-content").click()
        with self.until_run("run-cell$"):
            self.page.keyboard.press("Control+Enter")
        return self.output(**which)

    def write(self, source, **which):
        """Replaces the whole text of the cell, from the keyboard."""
        self.cell(**which).locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(source)

    def validate(self):
        """Presses nbgrader's Validate button. Returns the dialog when it has come."""
        self.page.locator(".validate-button").click()
        dialog = self.page.locator(".jp-Dialog")
        dialog.wait_for()
        return dialog

    def close(self, dialog):
        """Leaves a dialog with its button."""
        dialog.locator(".jp-Dialog-button.jp-mod-accept").click()
        dialog.wait_for(state="detached")


@contextlib.contextmanager
def page_of(browser, server, screen=SCREEN, scale=1):
    """A page in a fresh profile, with JupyterLab's address. An error within the block notes what the page went through."""
    context = browser.new_context(viewport=screen, device_scale_factor=scale)
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        happened = history_of(page)
        yield LabPage(page, server.url)
    except Error as error:
        error.add_note("\n".join([f"the page is at {page.url}; lately:", *happened, "the server's log ends:", server.tail(20)]))
        raise
    finally:
        context.close()


def history_of(page, length=30):
    """A list that holds the last things of a page that tell why it is not as expected: where it went, what it complained of."""
    happened = collections.deque(maxlen=length)
    page.on("framenavigated", lambda frame: happened.append(f"{frame.name or 'page'} went to {frame.url}"))
    page.on("crash", lambda _: happened.append("the page crashed"))
    page.on("pageerror", lambda error: happened.append(f"uncaught: {error}"))
    page.on("console", lambda message: message.type in ("error", "warning") and happened.append(f"{message.type}: {message.text}"))
    page.on("requestfailed", lambda request: happened.append(f"{request.method} {request.url}: {request.failure}"))
    return happened
