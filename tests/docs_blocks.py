"""What the pages of the documentation hold: fenced blocks with where they run, commands, code in the text, links, anchors."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUN_IN = re.compile(r"^<!-- run in: (.+) -->$")
SHELL = ("bash", "console")
# A line that begins so is a command, whatever language its block is said to be in.
PROGRAMS = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?(?:course|make|nbgrader|jupyter|docker|git|pip|python3?|sudo|dask) [\w./-]+(?:\s|$)")
_LINK = re.compile(r"(?<!`)\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """A fenced block. place: what stands in `<!-- run in: … -->` above it, or empty. lines: of the block itself."""

    page: str
    line: int
    language: str
    place: str
    lines: tuple[str, ...]

    @property
    def name(self):
        return f"{self.page}:{self.line}"

    @property
    def commands(self):
        """The commands in the block: without comments and empty lines, those that go on after \\ joined."""
        joined = re.sub(r"\s*\\\n\s*", " ", "\n".join(self.lines)).splitlines()
        return [re.sub(r"\s+# .*$", "", line).strip() for line in joined if line.strip() and not line.strip().startswith("#")]


def pages(root=ROOT):
    return [root / "README.md", *sorted((root / "docs").glob("*.md"))]


def blocks(text, page):
    """The fenced blocks of a page, in order."""
    found, start, language, place, inside = [], 0, "", "", []
    for number, line in enumerate(text.splitlines(), 1):
        fence = re.match(r"^```(\w*)\s*$", line)
        if start and fence:
            found.append(Block(page, start, language, place, tuple(inside)))
            start, place = 0, ""
        elif start:
            inside.append(line)
        elif fence:
            start, language, inside = number, fence[1], []
        elif line.strip():
            place = found_place[1] if (found_place := RUN_IN.match(line)) else ""
    return found


def without_blocks(text):
    """A page's lines outside its fenced blocks."""
    return re.sub(r"^```.*?^```\s*?$", "", text, flags=re.M | re.S)


def code_spans(text):
    """What stands between backticks in the text, line breaks made spaces."""
    return [re.sub(r"\s+", " ", span) for span in re.findall(r"(?<!`)`([^`]+)`(?!`)", without_blocks(text))]


def links(text):
    """Targets of the links and pictures of a page, those to the web left out."""
    return [target for target in _LINK.findall(without_blocks(text)) if not re.match(r"\w+:", target)]


def anchors(text):
    """The anchors that GitHub gives to a page's headings."""
    found = []
    for heading in re.findall(r"^#+ (.+)$", without_blocks(text), re.M):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        slug = re.sub(r"[^\w\- ]", "", plain.lower()).strip().replace(" ", "-")
        found.append(slug if slug not in found else f"{slug}-{found.count(slug)}")
    return found


def words(command):
    """The words of a command, without variables set before it and without what comes after a pipe or a redirection."""
    taken = []
    for word in shlex.split(command.removeprefix("$ "), comments=True):
        if word in ("|", ">", ">>", "&&", "||", ";"):
            break
        if taken or not re.match(r"\w+=", word):
            taken.append(word)
    return taken
