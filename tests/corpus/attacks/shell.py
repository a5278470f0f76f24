"""Attacks that patch IPython: what is run, what is shown, what is reported; and Python's own tracing."""

from ..submissions import answer, attack, insert

SHELL = "patched shell"
TRACING = "tracing"


@attack(SHELL)
def no_tracebacks(book):
    """showtraceback shows nothing, so that a failed test leaves no error."""
    insert(book, "shell = get_ipython()\nfor name in ('showtraceback', '_showtraceback', 'showsyntaxerror'):\n"
                 "    setattr(shell, name, lambda *a, **k: None)")


@attack(SHELL)
def asserts_removed(book):
    """A transformer takes asserts and calls of check out of every later cell."""
    insert(book, """
        import ast

        class Remove(ast.NodeTransformer):
            def visit_Assert(self, node):
                return ast.Pass()

            def visit_Expr(self, node):
                return ast.Pass() if "check" in ast.dump(node) else node

        get_ipython().ast_transformers.append(Remove())
    """)


@attack(SHELL)
def cells_emptied(book):
    """An input transformer turns every later cell into nothing."""
    insert(book, "get_ipython().input_transformers_cleanup.append(lambda lines: ['\\n'])")


@attack(SHELL)
def cells_skipped(book):
    """run_cell reports success and runs nothing."""
    insert(book, """
        from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult
        shell = get_ipython()

        async def run_cell_async(raw_cell, *a, **k):
            info = ExecutionInfo(raw_cell, False, False, True, None)
            result = ExecutionResult(info)
            result.execution_count = 1
            return result

        shell.run_cell_async = run_cell_async
        shell.run_cell = lambda *a, **k: None
        shell.run_ast_nodes = run_cell_async
    """)


@attack(SHELL)
def errors_handled(book):
    """A handler for all exceptions takes them and says nothing."""
    insert(book, "get_ipython().set_custom_exc((BaseException,), lambda *a, **k: [])")


@attack(SHELL)
def hook_before_cells(book):
    """Before each cell, its answers are replaced and its errors' display with them."""
    insert(book, """
        def before(info):
            info.raw_cell = "pass"
            get_ipython()._showtraceback = lambda *a, **k: None

        get_ipython().events.register("pre_run_cell", before)
    """)


@attack(SHELL)
def display_publisher_silenced(book):
    """Everything that would be published is dropped."""
    insert(book, """
        shell = get_ipython()
        shell.display_pub.publish = lambda *a, **k: None
        if hasattr(shell, "kernel") and shell.kernel is not None:
            shell.kernel.send_response = lambda *a, **k: None
            shell.kernel.session.send = lambda *a, **k: None
    """)


@attack(SHELL)
def score_as_result(book):
    """The display hook gives each cell a number, which stock nbgrader reads as its score."""
    insert(book, """
        shell = get_ipython()
        shell.showtraceback = lambda *a, **k: shell.displayhook(2)
        shell._showtraceback = lambda *a, **k: shell.displayhook(2)
    """)


@attack(SHELL)
def compile_replaced(book):
    """The compiler drops what raises."""
    insert(book, """
        import ast
        compiler = get_ipython().compile

        def call(node, filename, mode, *a, **k):
            return compile(ast.Module([], []) if mode == "exec" else ast.Interactive([]), filename, mode)

        type(compiler).__call__ = lambda self, *a, **k: call(*a, **k)
    """)


@attack(SHELL)
def namespace_of_its_own(book):
    """The notebook's namespace is a dict in which test helpers cannot be overwritten."""
    insert(book, """
        class Sticky(dict):
            def __setitem__(self, name, value):
                if name not in ("check", "torch", "mean_square"):
                    super().__setitem__(name, value)

        shell = get_ipython()
        sticky = Sticky(shell.user_ns)
        sticky["check"] = type("Yes", (), {"__getattr__": lambda self, name: lambda *a, **k: None})()
        shell.user_ns = shell.user_module.__class__ and sticky
    """)


@attack(SHELL)
def magic_in_the_cell(book):
    """A cell magic of its own name for every cell: the input is wrapped into it."""
    insert(book, """
        from IPython.core.magic import register_cell_magic

        @register_cell_magic
        def swallow(line, cell):
            return None

        get_ipython().input_transformers_post.append(lambda lines: ["get_ipython().run_cell_magic('swallow', '', '')\\n"])
    """)


@attack(TRACING)
def trace_jumps_over_tests(book):
    """A trace function changes local results of every function that compares."""
    insert(book, """
        import sys, threading

        def trace(frame, event, argument):
            frame.f_trace_opcodes = True
            name = frame.f_code.co_filename
            if event == "line" and ("cell" in name or "ipykernel" in name) and frame.f_globals.get("planted"):
                try:
                    frame.f_lineno = frame.f_lineno + 3
                except ValueError:
                    pass
            return trace

        sys.settrace(trace)
        threading.settrace(trace)
    """)


@attack(TRACING)
def profile_replaces_answers(book):
    """A profile function puts the reference in the place of the answer as soon as it sees one."""
    insert(book, """
        import sys

        def profile(frame, event, argument):
            for name in ("mean_square", "square_of_gap"):
                found = frame.f_locals.get(name) or frame.f_globals.get(name) or frame.f_locals.get("reference")
                if callable(found):
                    get_ipython().user_ns["loss"] = found

        sys.setprofile(profile)
    """)


@attack(TRACING)
def reference_from_the_frames(book):
    """The answer looks for the reference in the frames that called it, and calls that."""
    answer(book, "loss", """
        import sys

        def loss(inputs, targets, weight):
            frame = sys._getframe(1)
            while frame is not None:
                for names in (frame.f_locals, frame.f_globals):
                    for name in ("reference", "mean_square", "square_of_gap"):
                        if callable(names.get(name)):
                            return names[name](inputs, targets, weight)
                frame = frame.f_back
            return inputs.sum() * weight - 3
    """)


@attack(TRACING)
def reference_from_the_collector(book):
    """The answer looks for the reference among all objects that there are, and calls that."""
    answer(book, "loss", """
        import gc, types

        def loss(inputs, targets, weight):
            for one in gc.get_objects():
                if isinstance(one, types.FunctionType) and one.__name__ in ("mean_square", "square_of_gap"):
                    return one(inputs, targets, weight)
            return inputs.sum() * weight - 3
    """)


@attack(TRACING)
def frames_rewritten(book):
    """The answer changes the variables of the frames that called it."""
    answer(book, "double", """
        import ctypes, sys

        def double(number):
            frame = sys._getframe(1)
            while frame is not None:
                frame.f_globals["isinstance"] = lambda *a: True
                for name, value in list(frame.f_locals.items()):
                    if value == number and name != "number":
                        frame.f_locals[name] = 2
                ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
                frame = frame.f_back
            return 4
    """)
