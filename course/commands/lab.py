"""`course lab`: JupyterLab on one's own copies of the chapters."""

from .options import add_command, hands_on_options


def add(commands):
    command = add_command(
        commands, "lab", run, "copy the released chapters to work/ where they are missing, and open JupyterLab on the one worked on last",
        "course lab", "course lab --no-browser --port=9999   (options go on to JupyterLab)",
    )
    hands_on_options(command)


def run(root, options):
    from course.study.copies import copy_chapters
    from course.study.lab import open_lab
    from course.study.starting import first_to_open

    for path in copy_chapters(root):
        print(f"copied  {path.relative_to(root)}")
    return open_lab(root, options.others, first_to_open(root))
