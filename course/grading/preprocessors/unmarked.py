"""Finds the cells of an assignment in a notebook that came back without nbgrader's metadata, as Colab returns it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from nbformat import NotebookNode

from course.grading.cell_python import defined_names


@dataclass(frozen=True)
class Released:
    """A cell of the notebook that students got. name: its grade_id, None for one without nbgrader's metadata.

    source: what students got of it. solution: whether they write in it. by_hand: whether a person grades what they wrote.
    """

    name: str | None
    cell_type: str
    source: str
    solution: bool = False
    by_hand: bool = False

    @property
    def looks(self):
        """What tells it from others, but for white space that editors add and take."""
        return self.cell_type, plain(self.source)


def recognised(nb, release):
    """({index of a cell without marks: grade_id}, {grade_id: indices}): which cells they are, and where others may stand.

    release: a list of Released, in order. What stands there word for word is that cell. Of code that was written in, it is
    the last cell between the neighbours of a stub that defines the stub's names: one that is only somewhere else would run
    there, on what is defined by then. Of any other answer, misspelt or in words, it is the one cell of its type in its place that
    the release does not have. Where there are others, or it may have moved, nothing is taken, and of an answer that a person
    grades each cell that it may be is told.
    """
    search = Search(nb, release)
    if all(place in search.there for place, one in enumerate(release) if one.name):
        return {}, {}
    marked = set(search.there.values())
    search.find_texts()
    search.find_by_names()
    search.find_repeated_texts()
    doubtful = search.find_by_place()
    found = {index: release[place].name for place, index in search.there.items() if index not in marked and release[place].name}
    return found, doubtful


class Search:
    """Which cell of a notebook is which of the release. there: {place in the release: index in the notebook}."""

    def __init__(self, nb, release):
        self.cells, self.release = nb.cells, release
        places = {one.name: place for place, one in enumerate(release) if one.name}
        marks = ((index, cell.metadata.get("nbgrader", {}).get("grade_id")) for index, cell in enumerate(nb.cells))
        self.there = {places[name]: index for index, name in marks if name in places}
        self.counted = Counter(one.looks for one in release)

    def find_texts(self):
        """Those that stand there word for word, and that the release has but once."""
        for place, one in self.missing():
            if self.counted[one.looks] == 1 and one.looks[1]:
                self.take(place, self.alike(one, range(len(self.cells))))

    def find_by_names(self):
        """Code that was written in, by the names that its stub defines."""
        for place, one in self.missing():
            names = defined_names(one.source, imports=False) if one.solution and one.cell_type == "code" else ()
            if names:
                gap = self.gap(place, plain_too=False)
                self.take(place, [index for index in self.free(gap, "code") if names <= defined_names(self.cells[index].source)][-1:])

    def find_repeated_texts(self):
        """Texts that the release has more than once, each in its place; of stubs none where one of them was written in."""
        for place, one in self.missing():
            if self.counted[one.looks] > 1 and one.looks[1]:
                gap = self.gap(place)
                alike = self.alike(one, gap)
                if not one.solution or len(alike) >= len(self.missing_within(gap, one.looks)):
                    self.take(place, alike)

    def find_by_place(self):
        """What else was written in. Of answers that a person grades: {grade_id: indices of the cells that they may be} in doubt."""
        doubtful = {}
        for place, one in enumerate(self.release):
            if one.solution:
                candidates, others = self.candidates(place)
                if place not in self.there and len(candidates) == 1 and not others:
                    self.take(place, candidates)
                    continue
                may_be = candidates if place in self.there else candidates or self.unlike_any(one.cell_type, range(len(self.cells)))
                doubtful |= {one.name: may_be} if may_be and one.by_hand else {}
        return doubtful

    def candidates(self, place):
        """(indices of the cells that this answer may be, places of what else of its type is missing in the same gap)."""
        kind, gap = self.release[place].cell_type, self.gap(place)
        return self.unlike_any(kind, gap), [one for one, there in self.missing_within(gap) if there.cell_type == kind and one != place]

    def unlike_any(self, cell_type, among):
        """Those of these cells, of this type and not empty, whose text is none of the release's."""
        return [index for index in self.free(among, cell_type) if self.looks(index)[1] and self.looks(index) not in self.counted]

    def missing(self):
        """(place, Released) of what has not been found so far; what is found meanwhile is left out."""
        return ((place, one) for place, one in enumerate(self.release) if place not in self.there)

    def missing_within(self, gap, looks=None):
        """(place, Released) of what is missing between the cells that bound a gap; of those alike where `looks` is given."""
        return [(place, one) for place, one in self.missing() if self.gap(place) == gap and looks in (None, one.looks)]

    def take(self, place, indices):
        """Says that the first of these cells, if there is one, is this one of the release."""
        self.there.update((place, index) for index in indices[:1])

    def gap(self, place, plain_too=True):
        """Where a cell may stand: behind the nearest found before it in the release, before the nearest found behind it."""
        known = [one for one in self.there if plain_too or self.release[one].name]
        before = max((one for one in known if one < place), default=None)
        behind = min((one for one in known if one > place), default=None)
        return range(0 if before is None else self.there[before] + 1, len(self.cells) if behind is None else self.there[behind])

    def free(self, among, cell_type):
        """Those of these cells that are of this type and that nothing of the release is found in."""
        taken = set(self.there.values())
        return [index for index in among
                if index not in taken and self.cells[index].cell_type == cell_type and "nbgrader" not in self.cells[index].metadata]

    def alike(self, one, among):
        return [index for index in self.free(among, one.cell_type) if self.looks(index) == one.looks]

    def looks(self, index):
        return self.cells[index].cell_type, plain(self.cells[index].source)


def without_hidden_tests(clear, source) -> str:
    """The text of a cell as `clear`, a ClearHiddenTests, releases it."""
    cell, _ = clear.preprocess_cell(NotebookNode(source=source, metadata=NotebookNode()), {}, 0)
    return cell.source


def plain(text):
    """A text without white space at its ends and at those of its lines."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
