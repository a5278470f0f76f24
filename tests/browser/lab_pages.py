"""What a person does in JupyterLab: opens a notebook, runs cells, types into them, presses Validate, picks a theme."""

import re

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
AT_REST = f"""() => {PANEL}.sessionContext.session?.kernel?.status === 'idle' && {PANEL}.content.widgets.every(
    cell => cell.model.type !== 'code' || cell.model.executionState === 'idle')"""


class LabPage:
    """One browser page with JupyterLab at `url` in it; `page` is Playwright's."""

    def __init__(self, page, url):
        self.page = page
        self.url = url

    def open(self, path=""):
        """Loads JupyterLab afresh, with the file or folder `path` open in it."""
        self.page.goto(f"{self.url}/lab/tree/{path}?reset")
        self.page.wait_for_function("() => window.jupyterapp !== undefined")
        self.page.evaluate("async () => { await window.jupyterapp.restored; }")
        self.page.locator("#jupyterlab-splash").wait_for(state="detached")
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

    def cell(self, grade_id=None, text=None):
        """The cell, scrolled into view and made the active one."""
        index = self.page.evaluate(FIND, grade_id) if grade_id else self.page.evaluate(FIND_TEXT, text)
        assert index >= 0, f"no cell {grade_id or text!r} in this notebook"
        self.page.evaluate(SHOW, index)
        return self.page.locator(f".jp-Notebook [data-windowed-list-index='{index}']")

    def output(self, **which):
        """What the person reads below the cell."""
        return self.cell(**which).locator(".jp-OutputArea").inner_text()

    def wait_until_at_rest(self):
        """Waits until nothing runs and nothing is waiting to be run."""
        self.page.wait_for_function(AT_REST)

    def run_all(self):
        """Runs all cells with the menu. JupyterLab stops at the first error."""
        self.menu("Run", "Run All Cells")
        self.wait_until_at_rest()

    def run(self, **which):
        """Runs one cell with Ctrl+Enter. Returns what stands below it then."""
        editor = self.cell(**which).locator(".cm-content")
        editor.click()
        self.page.keyboard.press("Control+Enter")
        self.wait_until_at_rest()
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
