"""For a learner without an instructor: the full verdict, hints, worked solutions, progress; in a notebook, `study.desk`.

Light to import, as chapters import it wherever they are graded: what the desk needs is imported when somebody uses it.
"""

__all__ = ["desk"]


def desk(chapter):
    """The desk of a chapter, to be left as the last expression of a cell.

    In JupyterLab, on a learner's own copy of the chapter, and with the whole course beside it, a panel that checks
    everything, gives hints and solutions, and shows the progress. Anywhere else one line; it reads and writes nothing.
    chapter: its name, such as "tensors".
    """
    from course.study.seat import desk_at

    return desk_at(chapter)
