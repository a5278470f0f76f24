"""Begins a chapter: text, answers and hints of one example exercise, and the two notebooks built from them."""

import re
import shutil
from pathlib import Path

from course.grading.assessment import PAGE, assessed, write_page
from course.grading.build import build, write_whole
from course.grading.course_root import CourseError

TEMPLATE = Path(__file__).parent / "template"
EXAMPLE = "weighted-mean"
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST = 40


def new_chapter(root, name, *, title=None, number=None, by_hand=False):
    """Makes the chapter `name`, a draft, with everything that the suite asks of one; builds it, and writes the page of outcomes.

    title: default, the name with spaces. number: a free one, by default the one after the last. by_hand: also a question
    that a person grades. Returns the paths written, relative to `root`, sorted. Raises CourseError, and leaves nothing
    behind, when the name, title or number will not do, or when something of that name is there.
    """
    root = Path(root)
    require_name(root, name)
    title = require_title(title or name.replace("_", " ").capitalize())
    numbers = {chapter.number for chapter in assessed(root)}
    number = require_number(number, numbers)
    files = written_files(name, title, number, numbers, by_hand)
    try:
        for path, text in files.items():
            write_whole(root / path, text.encode())
        built = build(root, [name])
        page = write_page(root)
    except BaseException:
        for folder in folders(name):
            shutil.rmtree(root / folder, ignore_errors=True)
        raise
    return sorted([*files, *(path.relative_to(root) for path in (*built, page))])


def folders(name):
    """Where a chapter of this name lives, relative to the course's folder."""
    return Path("source") / name, Path("release") / name, Path("tests") / "answers" / name


def require_name(root, name):
    """Raises CourseError unless `name` can be a folder, an assignment and a word in a command, and is not taken."""
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise CourseError(f"'{name}' will not do as a chapter's name: small letters, digits and single underscores, a letter "
                          f"first, at most {_LONGEST}, such as linear_model")
    for folder in folders(name):
        if (root / folder).exists():
            raise CourseError(f"there is a chapter '{name}' already, or what is left of one: {folder}/ exists")


def require_title(title):
    """Returns the title, without spaces around it. Raises CourseError unless it is one line that fits into a heading."""
    title = title.strip()
    if not title or not title.isprintable() or set(title) & set('"\\|#`'):
        raise CourseError(f"'{title}' will not do as a title: one line, without any of \" \\ | # `")
    return title


def require_number(number, taken):
    """Returns the chapter's number. Raises CourseError when it is taken, or would leave a gap."""
    following = max(taken, default=0) + 1
    number = following if number is None else number
    if number in taken:
        raise CourseError(f"there is a chapter {number} already: leave --number out for {following}")
    if number > following:
        raise CourseError(f"chapters are numbered without gaps: the next one is {following}")
    return number


def written_files(name, title, number, numbers, by_hand):
    """{path relative to the course's folder: text} of the files that people edit."""
    place = f", chapter {number + 1}" if number + 1 in numbers else ""
    words = {"chapter": name, "title": title, "number": number, "next": place, "points": 4 if by_hand else 2,
             "minutes": 14 if by_hand else 8}
    question, its_hints = (filled(part, words) if by_hand else "" for part in ("question", "hints_question"))
    return {
        Path("source") / name / f"{name}.py": filled("chapter", words | {"question": question}),
        Path("source") / name / "hints.toml": filled("hints", words | {"question": its_hints}),
        Path("tests") / "answers" / name / f"{EXAMPLE}.py": filled("answers", words),
    }


def filled(template, words):
    """The text of a template with each {{word}} replaced."""
    text = (TEMPLATE / f"{template}.txt").read_text(encoding="utf-8")
    return re.sub(r"{{(\w+)}}", lambda found: str(words[found[1]]), text)


def next_steps(name):
    """What its author does next, a line each."""
    return [
        f"a draft of one example exercise, {EXAMPLE}; docs/authors.md says how to go on:",
        f"  edit source/{name}/{name}.py, tests/answers/{name}/ and source/{name}/hints.toml",
        f"  course build {name}            after each change",
        f"  course answers {name} --show   what each answer is told",
        f"  course assessment {' ' * len(name)}       writes {PAGE} anew",
        "  when it is finished: take out the line '# draft: true', and name the chapter in README.md",
    ]
