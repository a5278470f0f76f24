"""What the people of an assignment's journey click: the instructor in the formgrader, the student in the assignment list."""

from lab_pages import READY, NotebookPage

# Of the pictures that the journey takes, those that docs/formgrader.md shows.
PICTURES = tuple(f"journey-{name}" for name in ("draft", "released", "to-fetch", "validate-wrong", "submitted", "autograded",
                                                "marking", "feedback"))
FADES = 600  # milliseconds that a dialog takes to appear whole


class Formgrader:
    """nbgrader's formgrader, opened in an instructor's JupyterLab."""

    def __init__(self, lab):
        self.lab, self.page = lab, lab.page
        lab.open().menu("Nbgrader", "Formgrader")
        lab.hide_side_bar()
        self.frame = self.page.frame_locator("iframe")
        self.heading("Manage Assignments")

    def heading(self, text):
        """Waits until the page with this heading is there."""
        self.frame.get_by_role("heading", name=text).first.wait_for()

    def row(self, text):
        """The row of the table that holds `text`, once it is there."""
        found = self.frame.locator("tbody tr", has_text=text)
        found.wait_for()
        return found

    def press(self, text, button):
        """Clicks the link of the column `button` in the row of `text`. Returns the dialog that tells what came of it."""
        self.row(text).locator(f".{button} a").click()
        dialog = self.frame.locator(".modal.in")
        dialog.wait_for()
        self.page.wait_for_timeout(FADES)
        return dialog

    def close(self, dialog):
        """Leaves a dialog with OK. Returns what it said."""
        said = dialog.locator(".modal-title").inner_text(), dialog.locator(".modal-body").inner_text()
        dialog.get_by_role("button", name="OK").click()
        dialog.wait_for(state="detached")
        self.frame.locator(".modal-backdrop").wait_for(state="detached")
        return "\n".join(said)

    def does(self, text, button):
        """As `press`, and leaves the dialog. Returns what it said."""
        return self.close(self.press(text, button))

    def go(self, link):
        """Follows a link of the formgrader's side bar: "Manual Grading"."""
        self.frame.locator("ul.nav-pills").get_by_role("link", name=link).click()
        self.heading(link)

    def assignments(self):
        """Back to the list of assignments."""
        self.go("Manage Assignments")

    def submissions(self, assignment):
        """The list of what was handed in for an assignment."""
        self.row(assignment).locator(".num-submissions a").click()
        self.frame.locator(".autograde a").first.wait_for()

    def grade_by_hand(self, assignment, notebook):
        """The first submission of a notebook, opened for grading."""
        self.go("Manual Grading")
        self.row(assignment).get_by_role("link", name=assignment).first.click()
        self.frame.locator("ol.breadcrumb", has_text=assignment).wait_for()
        self.row(notebook).get_by_role("link", name=notebook).first.click()
        self.row("Submission #1").get_by_role("link").first.click()
        self.frame.locator("input.score").first.wait_for()

    def give(self, cell, points, comment):
        """Types a score and a comment for a cell, and waits until the gradebook has both."""
        for box in (f"input#{cell}_extra_credit", f"textarea#{cell}-comment"):  # the page's own scripts have reached them
            self.frame.locator(f"{box}[placeholder]").wait_for()
        with self.page.expect_response(lambda reply: "/formgrader/api/grade/" in reply.url):
            self.frame.locator(f"input#{cell}").fill(points)
            self.frame.locator(f"input#{cell}").press("Tab")
        with self.page.expect_response(lambda reply: "/formgrader/api/comment/" in reply.url):
            self.frame.locator(f"textarea#{cell}-comment").fill(comment)
            self.frame.locator(f"textarea#{cell}-comment").press("Tab")


class AssignmentList:
    """nbgrader's assignment list, opened in a student's JupyterLab."""

    def __init__(self, lab):
        self.page = lab.page
        lab.open().menu("Nbgrader", "Assignment List")
        self.page.locator("#course_list_default", has_text="pytorch").wait_for()

    def item(self, part, assignment):
        """The entry of an assignment in one part of the list: "released", "fetched", "submitted"."""
        found = self.page.locator(f"#{part}_assignments_list > .list_item", has_text=assignment)
        found.wait_for()
        return found

    def press(self, part, assignment, button, then):
        """Presses a button of an entry, and waits for the entry in the part `then`."""
        self.item(part, assignment).get_by_role("button", name=button, exact=True).click()
        return self.item(then, assignment)

    def open_notebook(self, assignment, notebook):
        """Opens a fetched notebook by its link. Returns the NotebookPage when its kernel is ready."""
        link = self.item("fetched", assignment).get_by_role("link", name=notebook, exact=True)
        while not link.is_visible():  # the list folds its entries when it is loaded once more
            self.item("fetched", assignment).locator(".assignment-notebooks-link").click()
            self.page.wait_for_timeout(1000)
        link.click()
        self.page.wait_for_function(READY, arg=f"{assignment}/{notebook}.ipynb")
        return NotebookPage(self.page)

    def open_feedback(self, assignment, notebook):
        """Opens the feedback page that was fetched, by "view feedback" and the file browser. Returns its frame."""
        self.item("submitted", assignment).get_by_text("view feedback").click()
        self.page.locator(".jp-DirListing-item", has_text=f"{notebook}.html").dblclick()
        frame = self.page.frame_locator(".jp-HTMLViewer iframe")
        frame.get_by_role("heading", name="Feedback on").wait_for()
        return frame


def write_in_words(notebook, text, grade_id):
    """Double-clicks a Markdown cell, replaces its text and renders it, as a student does."""
    cell = notebook.cell(grade_id=grade_id)
    cell.locator(".jp-MarkdownOutput").dblclick()
    cell.locator(".cm-content").click()
    notebook.page.keyboard.press("Control+A")
    notebook.page.keyboard.insert_text(text)
    notebook.page.keyboard.press("Shift+Enter")
    cell.locator(".jp-MarkdownOutput").wait_for()


def save(notebook):
    """Saves the notebook with the keyboard, and waits until it is saved."""
    notebook.page.keyboard.press("Control+s")
    notebook.page.locator(".jp-mod-dirty").wait_for(state="detached")
