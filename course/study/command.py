"""What the learner's commands print: check, hint, solution, progress."""

import json
import sys

from course.grading.course_root import CourseError
from course.study import hints, overview, solutions
from course.study.begun import refuse_unanswered
from course.study.exercises import TEXT, read_chapters
from course.study.following import following, in_terminal, sentence
from course.study.naming import chapter_meant, chapters_begun, exercises_meant
from course.study.paragraphs import for_terminal
from course.study.record import read_record
from course.study.telling import as_data, as_text


def check(root, options):
    """Checks what the options name and prints the reports. Returns 0 when all of it is right, else 1."""
    asked = what_to_check(root, options)
    for chapter, wanted in () if options.all else asked:
        refuse_unanswered(root, chapter, wanted)
    from course.study.checking import (
        check_chapter,  # imports nbgrader: names and notebooks without an answer are told before
    )

    all_right = True
    for_any_terminal()
    for chapter, wanted in asked:
        with bar_for(chapter.name, options) as bar:
            report = check_chapter(root, chapter, wanted=wanted, seconds=options.timeout, progress=bar, say=warn)
        all_right = all_right and report.is_right
        print(json.dumps({"report": as_data(report)}) if options.json else as_text(report) + "\n", flush=True)
    last, wanted = asked[-1]
    if not options.json and not wanted:
        print(after(root, last))
    return 0 if all_right else 1


def after(root, chapter):
    """What comes after this chapter, in one sentence."""
    what = following(read_chapters(root), read_record(root), chapter.name)
    return for_terminal(sentence(what, lambda one: in_terminal(root, one)))


def what_to_check(root, options):
    """List of (chapter, exercises or none for all)."""
    if options.all:
        return [(chapter, ()) for chapter in chapters_begun(root)]
    if options.exercise:
        return [exercises_meant(root, options.chapter, options.exercise)]
    return [(chapter_meant(root, options.chapter), ())]


def hint(root, chapter, exercise):
    """Prints the next hint to the exercise; of several under one number, to the first that has not passed."""
    chapter, found = exercises_meant(root, chapter, exercise)
    one = hints.first_open(found, read_record(root, warn), chapter.name)
    given = hints.next_hint(root, chapter, one, warn)
    for_any_terminal()
    if given.mistake:
        print(f"{for_terminal(given.mistake)}\n")
    print(f"{one.label}, hint {given.step} of {hints.STEPS}{others(found, one)}\n\n{for_terminal(given.text)}")
    if more := hints.after_the_last(chapter, given):
        print(f"\n{for_terminal(more)}")


def solution(root, chapter, exercise):
    """Prints the worked solutions of the exercise."""
    chapter, found = exercises_meant(root, chapter, exercise)
    for_any_terminal()
    for one in found:
        text = solutions.solution_of(root, chapter, one, warn)
        shown = for_terminal(text) if one.kind == TEXT else text
        print(f"{one.label}, as the course solves it; yours may differ and be as right\n\n{shown}\n")


def progress(root, chapter):
    """Prints the table of all chapters, or of one, and draws the picture of all."""
    chapters, record = read_chapters(root), read_record(root, warn)
    if not chapters:
        raise CourseError("source/ is not here: progress is for learners who have the whole course")
    one = chapter_meant(root, chapter) if chapter else None  # a misspelt name is told before anything is drawn
    path = overview.write_picture(root, chapters, record)
    for_any_terminal()
    print(overview.chapter_table(one, record) if one else overview.as_table(chapters, record))
    print(f"\npicture: {path.relative_to(root)}")


def others(found, one):
    """Names the other answers under one number."""
    names = [other.name for other in found if other != one]
    return f" (of the same number: {', '.join(names)})" if names else ""


def warn(line):
    print(f"course: {line}", file=sys.stderr)


def for_any_terminal():
    """From now on signs that a terminal cannot show become question marks."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


class JsonLines:
    """In place of the bar: how many cells have run, an object a line."""

    def __call__(self, done, total):
        print(json.dumps({"done": done, "of": total}), flush=True)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass


class CellBar:
    """A progress bar over the cells of a notebook on stderr; one line at the start where that is no terminal."""

    def __init__(self, name, quiet):
        from tqdm import tqdm

        self.name, self.quiet = name, quiet
        self.bar = tqdm(desc=name, unit="cell", disable=True if quiet else None, leave=False, dynamic_ncols=True)

    def __call__(self, done, total):
        if self.bar.disable and not self.quiet and done == 0:
            warn(f"running {total} cells of work/{self.name}/{self.name}.ipynb, about a minute")
        self.bar.total = total
        self.bar.update(done - self.bar.n)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.bar.close()


def bar_for(name, options):
    """What is told while a notebook runs."""
    return JsonLines() if options.json else CellBar(name, options.quiet)
