"""The commands of `course`, one a file: add() declares its options, run() does one line of work.

Nothing heavy is imported outside run(): `course --help` must not wait for nbgrader and torch.
"""

from . import (
    answers,
    assessment,
    build,
    check,
    demo,
    due,
    export,
    extend,
    feedback,
    generate,
    grade,
    hint,
    lab,
    late,
    new,
    progress,
    regrade,
    report,
    solution,
    start,
    unpack,
)

# In the order in which `course --help` lists them.
ALL = (new, build, generate, unpack, grade, regrade, due, extend, late, feedback, export, report, demo, answers, assessment, lab)
ALL += (start, check, hint, solution, progress)
