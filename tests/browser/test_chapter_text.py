"""The text of a chapter, opened by its author in JupyterLab as a notebook."""

from course_folders import CHAPTER


def test_a_chapters_text_opens_as_a_notebook_with_its_cells(instructors_lab, snap):
    page = instructors_lab.open(f"source/{CHAPTER}/{CHAPTER}.py").page
    page.locator(".jp-DirListing-item").get_by_text(f"{CHAPTER}.py", exact=True).click(button="right")
    page.locator(".lm-Menu-itemLabel").get_by_text("Open With", exact=True).hover()
    page.locator(".lm-Menu-itemLabel").get_by_text("Notebook", exact=True).click()
    page.locator(".jp-NotebookPanel .jp-MarkdownCell h1").first.wait_for()
    snap(page, "chapter-text")
    assert page.locator(".jp-NotebookPanel .jp-MarkdownCell h1").first.inner_text().startswith("4 · nn.Linear")
    kinds = page.evaluate("() => window.jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model.type)")
    assert kinds.count("code") > 30 and kinds.count("markdown") > 30
    marks = page.evaluate("() => window.jupyterapp.shell.currentWidget.content.widgets.map("
                          "cell => cell.model.getMetadata('nbgrader')?.grade_id)")
    assert "compute-loss-values" in marks
