"""Sorts a platform's files by student, and finds among a student's files the notebooks that are to be graded."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from course.grading.submissions import ASK_FOR_IT, MOST_BYTES
from course.grading.unpack.placing import TIMESTAMP, Report

MOST_PARTS = 20  # folders below each other
MOST_BYTES_OF_A_NAME = 240


@dataclass
class HandedIn:
    """What one student handed in. files: {path as text: Packed}. when: the time, in the platform's words, or empty.

    also_called: other names that the student's folder may have had.
    """

    student: str
    when: str = ""
    late: bool = False
    files: dict = field(default_factory=dict)
    also_called: tuple = ()

    @property
    def size(self):
        return sum(packed.size for packed in self.files.values())


def names_in(files, platform):
    """{number: name} that the platform's names of files tell."""
    matches = filter(None, (platform.pattern.fullmatch(str(packed.path)) for packed in files))
    return {match["number"]: match["name"].rsplit("/")[-1] for match in matches}


def sorted_out(files, platform, people, notebooks, of_others=frozenset()):
    """(list of HandedIn by student, Report of what belongs to nobody).

    notebooks: names that the assignment's have. of_others: names of other assignments' notebooks.
    """
    found, report = {}, Report()
    for packed in files:
        match = platform.pattern.fullmatch(str(packed.path))
        if match is None:
            report.not_placed.append(f"{packed.path}: {platform.title} gives no file such a name")
            continue
        who = people.find(match["number"], match["name"].rsplit("/")[-1])
        if not who.student:
            report.not_placed.append(f"{packed.path}: {who.why}")
        elif not fits_on_a_disk(match["file"]):
            report.not_placed.append(f"{packed.path}: its name is too long, or it lies in too many folders")
        else:
            one = found.setdefault(who.student, HandedIn(who.student, who.handed_in, also_called=who.also_called))
            one.late |= bool(match.groupdict().get("late"))
            add(one, match["file"], packed)
    for one in list(found.values()):
        if one.size > MOST_BYTES:
            report.not_placed += [f"{packed.path}: {one.student} handed in {one.size / 1e6:.0f} MB, and at most {MOST_BYTES / 1e6:.0f} MB "
                                  "can be graded" for packed in one.files.values()]
            del found[one.student]
        else:
            name_notebooks(one, notebooks, of_others, report)
    return sorted(found.values(), key=lambda one: one.student), report


def fits_on_a_disk(name):
    parts = PurePosixPath(name).parts
    return len(parts) <= MOST_PARTS and all(len(part.encode()) <= MOST_BYTES_OF_A_NAME for part in parts)


def add(one, name, packed):
    """Adds a file under its name, or in a folder of its own where that is taken: nothing is lost."""
    if name.casefold() == TIMESTAMP:
        name = f"handed-in-{name}"  # when something was handed in is not for the student to say
    path, count = str(PurePosixPath(name)), 2
    while is_taken(path, one.files):
        path = f"again ({count})/{PurePosixPath(name)}"
        count += 1
    one.files[path] = packed


def is_taken(path, files):
    """Whether there is such a file, or a file where this one needs a folder, or a folder with this name."""
    above = {str(parent) for parent in PurePosixPath(path).parents}
    return path in files or bool(above & set(files)) or any(name.startswith(f"{path}/") for name in files)


def name_notebooks(one, notebooks, of_others, report):
    """Gives the one notebook of a student who renamed it, or has it in a folder, its right name. Tells of what is left open.

    One that bears the name of another assignment's was not renamed, but handed in by mistake.
    """
    missing = [f"{name}.ipynb" for name in notebooks if f"{name}.ipynb" not in one.files]
    others = [name for name in one.files if name.endswith(".ipynb") and name.removesuffix(".ipynb") not in notebooks
              and not any(part.startswith(".") for part in PurePosixPath(name).parts)]
    foreign = [name for name in others if PurePosixPath(name).stem in of_others]
    if missing and others and foreign == others:
        report.unclear.append(f"{one.student}: no {', '.join(missing)}, but {', '.join(sorted(others))}, another assignment's: ask for the right one")
    elif len(missing) == 1 and len(others) == 1:
        one.files[missing[0]] = one.files.pop(others[0])
        report.told.append(f"renamed  {one.student}: {others[0]} was taken for {missing[0]}")
    elif missing and others:
        report.unclear.append(f"{one.student}: no {', '.join(missing)}, but {', '.join(sorted(others))}: give the right one that name")
    elif missing:
        report.unclear.append(f"{one.student}: no {', '.join(missing)}, but {', '.join(sorted(one.files))}: {ASK_FOR_IT}")
    elif others:
        report.told.append(f"several  {one.student}: {', '.join(f'{name}.ipynb' for name in notebooks)} counts; also there: "
                           f"{', '.join(sorted(others))}")
