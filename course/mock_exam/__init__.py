"""A mock exam on a chapter: a clock, checks that keep their verdicts to themselves, and a score sheet at the end.

`exam.py` is what a learner sees; `paper.py` reads the questions off the notebook, `session.py` keeps time and records,
`listening.py` hears which cells run, `sheet.py` computes the score, `pages.py` puts all of it into HTML and text.
"""

from .exam import MockExam

__all__ = ["MockExam"]
