"""Takes out of a report whatever tells who somebody is: names become numbers, and messages lose what could identify."""

import random
import re
from dataclasses import replace

SHORTEST = 3  # letters of a word that is taken for a name; shorter ones would hit ordinary words
NAME, ADDRESS, PLACE, FILE, NUMBER, WORDS = "[name]", "[address]", "[folder]", "[file]", "[number]", "…"
_SHUFFLE = random.SystemRandom().shuffle
_OWN = {word[1:-1] for word in (NAME, ADDRESS, PLACE, FILE, NUMBER)}
_ADDRESS = re.compile(r"\b(?:https?|ftp|file)://\S+|\bwww\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
_PLACE = re.compile(r"(?<![\w.)\]])(?:[A-Za-z]:[\\/]|~[\\/]|\\\\|\.{0,2}/(?=\w))[^\s'\"`:;,()\[\]]*")
_FILE = re.compile(r"(?<![\w.-])[\w-][\w.-]*(?: \(\d+\))?\."
                   r"(?:ipynb|py|pyc|txt|csv|tsv|json|npy|npz|pt|pth|pkl|png|jpe?g|svg|pdf|docx?|xlsx?|zip|html?|log|md)\b", re.I)
# A matriculation number: many digits, perhaps letters before them; not the digits after a decimal point.
_NUMBER = re.compile(r"(?<![\w.])[A-Za-z]{0,3}-?\d{6,}(?![\w.])")
_COMPOUND = re.compile(r"\w+(?:[.-]\w+)*")
_WORD = re.compile(r"[^\W\d_]+")
# An apostrophe after two letters, as in a factor's, begins no quotation; after one it may, as in b'bytes'.
_QUOTED = re.compile(r"(?<![^\W\d_]{2})'([^']*)'|\"([^\"]*)\"|“([^”]*)”")
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z_.\[\]0-9]*|[-+.\d]+|\[\w+\]")


class Redactor:
    """Takes out of texts the names of a class. persons: words that tell who somebody is, such as names and addresses.

    A word with digits or dots in it, such as s1234 or anna.meier, counts whole, and each name in it by itself.
    keep: names of files that everybody has, which stay.
    """

    def __init__(self, persons, keep=()):
        self.keep = set(keep)
        local_parts = [one.partition("@")[0].casefold() for one in persons]
        words = {word for one in local_parts for word in [*_COMPOUND.findall(one), *re.split(r"[\W_]+", one)]}
        self.names = {word for word in words if len(word) >= SHORTEST and not word.isdigit()} - _OWN
        self.numbers = {word for word in words if len(word) >= 5 and word.isdigit()}
        self.done = {}  # many students are told the same

    def __call__(self, text):
        """The text without names, addresses, folders, files of one's own and long numbers."""
        if text not in self.done:
            self.done[text] = self._redacted(text)
        return self.done[text]

    def _redacted(self, text):
        text = _ADDRESS.sub(ADDRESS, text)
        text = _PLACE.sub(PLACE, text)
        text = _COMPOUND.sub(self._unless_known, text)
        text = _FILE.sub(lambda found: found[0] if found[0] in self.keep else FILE, text)
        text = _NUMBER.sub(NUMBER, text)
        return _WORD.sub(self._unless_known, text)

    def _unless_known(self, found):
        word = found[0].casefold()
        is_known = word in self.names or word in self.numbers or word.endswith("s") and word[:-1] in self.names
        return NAME if is_known and found[0] not in self.keep else found[0]

    def strictly(self, text):
        """The same, and without quoted text that is more than a Python name or a number: somebody may have written it."""
        return _QUOTED.sub(lambda found: found[0] if _PLAIN.fullmatch(found[0][1:-1]) else
                           f"{found[0][0]}{WORDS}{found[0][-1]}", self(text))


def anonymised(gathered, shuffle=_SHUFFLE):
    """The same class with numbers for names, by points; who have the same points come in an order by chance.

    Numbers by name could be read back with a list of the class. Nor is it told when somebody handed in.
    """
    redact = Redactor(gathered.persons, own_files(gathered))
    students = list(gathered.students)
    shuffle(students)
    students.sort(key=lambda one: -1.0 if one.final is None else one.final, reverse=True)
    width = len(str(len(students)))
    return replace(gathered, anonymous=True, persons=frozenset(), students=tuple(
        _anonymous(one, f"{number:0{width}}", redact) for number, one in enumerate(students, 1)))


def own_files(gathered):
    """Names of the assignment's own notebooks, which tell nothing of anybody."""
    return {f"{name}.ipynb" for name in (gathered.assignment, *(one.notebook for one in gathered.exercises))}


def _anonymous(student, number, redact):
    strictly = redact.strictly
    return replace(
        student, name=number, full_name="", reason=strictly(student.reason), remark=strictly(student.remark), submitted=None,
        suspicious=tuple(map(strictly, student.suspicious)), incidents=tuple(map(strictly, student.incidents)),
        outcomes={cell: replace(one, message=redact(one.message)) for cell, one in student.outcomes.items()})
