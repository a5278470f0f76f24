"""Cells that write too much, or write where they should not, and outputs that were stored in the file."""

from ..submissions import answer, broken, cell_of, insert


@broken()
def forged_outputs(book):
    """Every cell holds outputs, errors among them, from who knows where."""
    for cell in book.cells:
        if cell.cell_type == "code":
            cell["execution_count"] = 99
            cell["outputs"] = [
                {"output_type": "error", "ename": "E", "evalue": "old", "traceback": ["old"]},
                {"output_type": "execute_result", "execution_count": 99, "metadata": {}, "data": {"text/plain": "2"}},
            ]


@broken()
def outputs_of_wrong_types(book):
    """Stored outputs that no format allows."""
    cell_of(book, "double")["outputs"] = ["text", {"output_type": "novel"}, {"output_type": "stream"}, None]
    cell_of(book, "shift")["outputs"] = {"a": 1}
    cell_of(book, "loss")["execution_count"] = "In"


@broken()
def fifty_megabytes_of_output(book):
    """Prints fifty megabytes, a line at a time."""
    insert(book, "for _ in range(50):\n    print('x' * 1_000_000)")


@broken()
def million_short_lines(book):
    """Prints a million short lines."""
    insert(book, "for number in range(1_000_000):\n    print(number)")


@broken()
def output_on_stderr(book):
    """Writes ten megabytes to stderr, inside of an answer that is right."""
    answer(book, "double", """
        import sys

        def double(number):
            print("y" * 10_000_000, file=sys.stderr)
            return 2 * number
    """)


@broken()
def output_past_python(book):
    """Writes to the file descriptors themselves."""
    insert(book, """
        import os
        for _ in range(2000):
            os.write(1, b"z" * 1000)
            os.write(2, bytes(range(256)))
    """)


@broken()
def many_displays(book):
    """Displays two thousand things, some of them large."""
    insert(book, """
        from IPython.display import HTML, display
        for number in range(2000):
            display(HTML("<p>" + "w" * (20_000 if number % 100 == 0 else 10)))
    """)


@broken()
def changing_displays(book):
    """Updates and clears one display a thousand times."""
    insert(book, """
        from IPython.display import clear_output, display
        shown = display("", display_id=True)
        for number in range(1000):
            shown.update(number)
            if number % 100 == 0:
                clear_output(wait=number % 200 == 0)
    """)


@broken()
def infinite_repr(book):
    """Shows an object whose text takes forever."""
    insert(book, """
        class Endless:
            def __repr__(self):
                while True:
                    pass

        Endless()
    """)


@broken()
def lying_repr(book):
    """Shows objects whose representations raise, or are of wrong types."""
    insert(book, """
        class Bad:
            def __repr__(self):
                return 3

            def _repr_html_(self):
                raise RuntimeError("no")

            def _repr_mimebundle_(self, **anything):
                return {"text/plain": b"bytes", 7: object()}

        display(Bad())
        Bad()
    """)


@broken()
def endless_display_of_metadata(book):
    """Publishes data that no notebook can hold."""
    insert(book, """
        from IPython.display import publish_display_data
        publish_display_data({"text/plain": {"a": [float("nan")] * 5}, "application/json": "\\ud800"}, metadata={"x": "y"})
    """)


@broken()
def javascript(book):
    """JavaScript that would write into the page."""
    insert(book, "%%javascript\ndocument.body.innerHTML = ''; while (false) {}")


@broken()
def widget_left_open(book):
    """Widgets and an output area that are still being written into."""
    insert(book, """
        import ipywidgets
        area = ipywidgets.Output()
        area.__enter__()
        display(ipywidgets.IntSlider(), area)
        print("into the area")
    """)


@broken()
def stdout_replaced(book):
    """Replaces print and sys.stdout by what raises."""
    insert(book, """
        import builtins, sys

        def print(*anything, **more):
            raise RuntimeError("no printing")

        builtins.print = print
        sys.stdout = sys.stderr = None
    """)


@broken()
def stdout_closed(book):
    """Closes sys.stdout and sys.stderr."""
    insert(book, "import sys\nsys.stdout.close()\nsys.stderr.close()")
