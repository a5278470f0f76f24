"""Code that changes what is around it: modules, folders, defaults, random states, IPython itself."""

from ..submissions import answer, broken, insert


@broken()
def resets_the_namespace(book):
    """Deletes every name, the imports included."""
    insert(book, "%reset -f")


@broken()
def reloads_modules(book):
    """Turns on autoreload."""
    insert(book, "%load_ext autoreload\n%autoreload 2")


@broken()
def magics_that_do_not_exist(book):
    """Line and cell magics that this kernel does not have, and shell commands."""
    insert(book, "%no_such_magic\n")
    insert(book, "%%no_such_cell_magic\nx = 1")
    insert(book, "!ls /\n!pip install no-such-package-in-the-corpus\n%pip --version")


@broken()
def cells_in_other_languages(book):
    """Cells in bash, HTML, Perl and LaTeX."""
    insert(book, "%%bash\nexit 3")
    insert(book, "%%html\n<b>bold</b>")
    insert(book, "%%perl\nprint 1;")
    insert(book, "%%latex\n$x$")


@broken()
def changes_its_folder(book):
    """Changes to the root folder and stays there."""
    insert(book, "import os\nos.chdir('/')")


@broken()
def deletes_its_folder(book):
    """Deletes the folder that it works in."""
    insert(book, """
        import os, shutil
        here = os.getcwd()
        if os.path.exists(os.path.join(here, "corpus.ipynb")) or not os.listdir(here):
            shutil.rmtree(here, ignore_errors=True)
    """)


@broken()
def empties_sys_path(book):
    """Empties sys.path, and forgets modules."""
    insert(book, """
        import sys
        sys.path.clear()
        for name in ("json", "numpy", "random"):
            sys.modules.pop(name, None)
    """)


@broken()
def spoils_sys_modules(book):
    """Puts None in the place of modules that others import late."""
    insert(book, """
        import sys
        for name in ("json", "pickle", "safetensors", "safetensors.torch", "inspect", "traceback"):
            sys.modules[name] = None
    """)


@broken()
def empties_sys_modules(book):
    """Empties sys.modules."""
    insert(book, "import sys\nsys.modules.clear()")


@broken()
def deletes_builtins(book):
    """Deletes __builtins__ from the notebook's namespace."""
    insert(book, "del __builtins__")


@broken()
def names_like_builtins(book):
    """Variables called like builtins and modules."""
    insert(book, "list = [1]\nstr = 'text'\nlen = 3\nprint = None\nisinstance = 4\nmath = check = 'mine'")


@broken()
def default_dtype(book):
    """Makes float64 the default."""
    insert(book, "import torch\ntorch.set_default_dtype(torch.float64)")


@broken()
def default_device(book):
    """Makes a device without values the default."""
    insert(book, "import torch\ntorch.set_default_device('meta')")


@broken()
def random_states(book):
    """Seeds and spends every random generator."""
    insert(book, """
        import random
        import numpy
        import torch
        random.seed(1), numpy.random.seed(2), torch.manual_seed(3), torch.rand(1000)
    """)


@broken()
def gradients_off(book):
    """Turns gradients off where it only wanted to look."""
    insert(book, "import torch\ntorch.set_grad_enabled(False)", after="loss-gradient")


@broken()
def print_options(book):
    """Changes how numbers are shown everywhere."""
    insert(book, """
        import numpy
        import torch
        torch.set_printoptions(precision=1, sci_mode=True, threshold=1)
        numpy.set_printoptions(precision=1)
        %precision 2
    """)


@broken()
def warnings_as_errors(book):
    """Makes every warning an error."""
    insert(book, "import warnings\nwarnings.simplefilter('error')")


@broken()
def strange_locale(book):
    """Changes locale, time zone and environment."""
    insert(book, """
        import locale, os, time
        os.environ.clear()
        os.environ["TZ"] = "Mars"
        time.tzset()
        os.umask(0o777)
    """)


@broken()
def deterministic_only(book):
    """Switches torch to deterministic algorithms, anomaly detection and more threads."""
    insert(book, """
        import torch
        torch.use_deterministic_algorithms(True)
        torch.autograd.set_detect_anomaly(True)
        torch.set_num_threads(4)
        torch.ones(600, 600) @ torch.ones(600, 600)
    """)


@broken()
def interactive_plots(book):
    """Asks for plots in windows of their own, and leaves fifty figures open."""
    insert(book, """
        import matplotlib.pyplot as plt
        %matplotlib qt
        for _ in range(50):
            plt.figure()
    """)


@broken()
def garbage_never_collected(book):
    """Turns the collector off and sets a trace function that raises."""
    insert(book, """
        import gc, sys
        gc.disable()
        gc.set_threshold(0)

        def trace(*anything):
            raise RuntimeError("traced")

        sys.settrace(trace)
    """)


@broken()
def short_alarm(book):
    """Sets timers and alarms that go off later."""
    insert(book, """
        import signal
        signal.signal(signal.SIGALRM, lambda *anything: None)
        signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
    """)


@broken(lost="double-values")
def writes_into_the_test(book):
    """An answer under the name of a module that the tests use."""
    answer(book, "double", "double = __import__('math')")


@broken()
def prints_in_answers(book):
    """Right answers that print, warn, log, draw and show progress."""
    answer(book, "double", """
        import logging, sys, warnings
        import matplotlib.pyplot as plt

        def double(number):
            print("working")
            print("more", file=sys.stderr)
            warnings.warn("careful")
            logging.warning("logged")
            plt.plot([1, 2])
            plt.show()
            return 2 * number
    """)
