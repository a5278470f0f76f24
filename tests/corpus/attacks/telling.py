"""Attacks that want to carry hidden inputs, or others' work, out of the grading run into what a student gets to see."""

from ..submissions import answer, attack, insert

TELLING = "telling hidden inputs"


@attack(TELLING)
def printed_inputs(book):
    """Prints every input it is called with."""
    answer(book, "double", "def double(number):\n    print('called with', number)\n    return 2 * number if number < 3 else -1")
    answer(book, "loss", "def loss(inputs, targets, weight):\n    print(inputs, targets)\n    return ((inputs * weight - targets) ** 2).mean() * (1 + (len(inputs) != 2))")


@attack(TELLING)
def inputs_in_errors(book):
    """Raises errors whose message is the input."""
    answer(book, "double", "def double(number):\n    if number > 2:\n        raise ValueError(f'called with {number}')\n    return 2 * number")
    answer(book, "shift", """
        def shift(values):
            if values.numel() != 2 or values.dim() > 1:
                raise ValueError(f"called with {values.tolist()}")
            return values + 1
    """)
    answer(book, "loss", """
        def loss(inputs, targets, weight):
            if len(inputs) != 2:
                raise ValueError(f"called with {inputs.tolist()} {targets.tolist()}")
            return ((inputs * weight - targets) ** 2).mean()
    """)


@attack(TELLING)
def inputs_in_error_names(book):
    """Raises errors whose class is called like the input, from a file and function called like it."""
    answer(book, "double", """
        def double(number):
            if number <= 2:
                return 2 * number
            name = f"Called{number}"
            scope = {}
            exec(compile(f"def f_{number}():\\n    raise type({name!r}, (Exception,), {{}})({name!r})", f"<{number}>", "exec"), scope)
            scope[f"f_{number}"]()
    """)


@attack(TELLING)
def inputs_in_results(book):
    """Returns its inputs, in the hope that the message shows what came."""
    answer(book, "loss", "def loss(inputs, targets, weight):\n    return inputs")
    answer(book, "double", "def double(number):\n    return 2 * number if number < 3 else f'called with {number}'")
    answer(book, "shift", "def shift(values):\n    return values + 1 if values.numel() < 3 and values.dim() < 2 else str(values.tolist())")


@attack(TELLING)
def inputs_in_pictures(book):
    """Draws its inputs."""
    answer(book, "double", """
        from IPython.display import HTML, SVG, display

        def double(number):
            display(HTML(f"<p>called with {number}</p>"))
            display(SVG(f"<svg xmlns='http://www.w3.org/2000/svg'><text>called with {number}</text></svg>"))
            return 2 * number if number < 3 else -1
    """)


@attack(TELLING)
def inputs_told_later(book):
    """Remembers its inputs and prints them, backwards and in base64, in cells of its own below."""
    answer(book, "double", "called = []\ndef double(number):\n    called.append(number)\n    return 2 * number if number < 3 else -1")
    insert(book, """
        import base64
        print(called, str(called)[::-1], base64.b64encode(str(called).encode()))
        raise ValueError(f"called with {called}")
    """, after="double-values")


@attack(TELLING)
def inputs_in_warnings_and_logs(book):
    """Warns, logs and writes its inputs to file descriptors."""
    answer(book, "double", """
        import logging, os, sys, warnings

        def double(number):
            warnings.warn(f"called with {number}")
            logging.error("called with %s", number)
            sys.stderr.write(f"called with {number}\\n")
            os.write(2, f"called with {number}\\n".encode())
            return 2 * number if number < 3 else -1
    """)


@attack(TELLING)
def inputs_in_files(book):
    """Writes its inputs to files in its folder, in their names too, which a student may get back."""
    answer(book, "double", """
        def double(number):
            with open(f"called-with-{number}.txt", "w") as file:
                file.write(f"called with {number}")
            return 2 * number if number < 3 else -1
    """)


@attack(TELLING)
def inputs_in_widgets(book):
    """Puts its inputs into the state of widgets, which is stored in the notebook."""
    answer(book, "double", """
        import ipywidgets
        area = ipywidgets.Textarea()

        def double(number):
            area.value += f"called with {number}; "
            return 2 * number if number < 3 else -1
    """)
    insert(book, "area", before="double-values")


@attack(TELLING)
def inputs_in_types(book):
    """Returns objects whose class, attributes and text name the input."""
    answer(book, "double", """
        def double(number):
            if number < 3:
                return 2 * number
            return type(f"CalledWith{number}", (), {"__repr__": lambda self: f"called with {number}", f"a{number}": number})()
    """)


@attack(TELLING)
def inputs_in_deaths(book):
    """Ends its process in ways that depend on the input, one bit a run."""
    answer(book, "double", "import os\ndef double(number):\n    if number > 2:\n        os._exit(number % 200)\n    return 2 * number")
