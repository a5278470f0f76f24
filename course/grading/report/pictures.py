"""The report's pictures in the course's theme, each in two widths: for a page and for a phone.

Outcomes differ in colour, in hatching and in the numbers written on them: they read without colour, too.
"""

import base64
import io
from dataclasses import dataclass

import matplotlib

from course.grading.outcomes import NOT_ATTEMPTED, RAISED, RIGHT, WRONG
from course.grading.report.gathering import WAITING
from course.grading.report.numbers import NEAR_ZERO
from course.grading.report.themed import themed
from course.plots import theme

WIDE, NARROW = 8.4, 4.0  # inches; at 96 to the inch about a page's column, and a phone's
ROW = 0.42  # inches of height for one exercise
LONGEST = {WIDE: 36, NARROW: 19}  # characters of an exercise's name
# {outcome: (colour, hatching)}; light and dark alternate, so that grey print tells neighbours apart.
LOOKS = {RIGHT: (theme.BLUE, ""), WRONG: (theme.ORANGE, "///"), RAISED: (theme.VERMILION, "xxx"),
         NOT_ATTEMPTED: (theme.GRID, ""), WAITING: (theme.PANEL, "...")}


@dataclass(frozen=True)
class Shown:
    """One picture as data addresses: wide and narrow. alt: what a reader would see. width: of the wide one, in pixels."""

    wide: str
    narrow: str
    alt: str
    width: int


def shown(draw, *arguments):
    """The Shown of a picture that draw(*arguments, width) draws."""
    wide, narrow = draw(*arguments, WIDE), draw(*arguments, NARROW)
    return Shown(address(wide), address(narrow), wide.alt, round(wide.get_figwidth() * 96))


def address(figure):
    """The figure as an SVG in a data address, light and dark in one; the same bytes every time."""
    buffer = io.BytesIO()
    with matplotlib.rc_context({**theme.STYLE, "svg.hashsalt": "course", "hatch.linewidth": 0.8}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return "data:image/svg+xml;base64," + base64.b64encode(themed(buffer.getvalue().decode("utf-8")).encode()).decode("ascii")


@theme.picture
def points(bins, spread, maximum, width):
    """How many students have how many points. bins: as `numbers.histogram` gives them. spread: of the points."""
    figure, axes = theme.canvas(size=(width, 3.2))
    size = bins[0][1] - bins[0][0]
    places = [since + (size - 1) / 2 if size > 1 else since for since, _, _ in bins]
    bars = axes.bar(places, [count for _, _, count in bins], width=0.86 * size, color=theme.BLUE)
    small = 7.5 if len(bins) > 12 and width == NARROW else 9
    axes.bar_label(bars, [str(count or "") for _, _, count in bins], fontsize=small, padding=3)
    # Above all numbers, each at its own height: they are mostly close to each other.
    above = {"linestyle": "none", "transform": axes.get_xaxis_transform()}
    axes.plot([spread.median], [0.95], marker="v", color=theme.INK, label=f"median {spread.median:.1f}", **above)
    axes.plot([spread.mean], [0.88], marker="D", markersize=5, color=theme.VERMILION, label=f"mean {spread.mean:.1f}", **above)
    axes.set_ylim(0, 1.36 * max(count for _, _, count in bins))
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, frameon=False, borderaxespad=0.3)
    theme.label(axes, "Points", f"points of {maximum:g}\n{what_a_bar_holds(size)}", "students")
    most = max(bins, key=lambda one: one[2])
    return theme.described(figure, f"Histogram of the points of {spread.count} students, from {spread.least:g} to "
                           f"{spread.most:g} of {maximum:g}; median {spread.median:.1f}, mean {spread.mean:.1f}. "
                           f"Most students, {most[2]}, have {in_words(most)}.")


def what_a_bar_holds(size):
    """Which points a bar counts. size: its width in points."""
    return "a bar at 3 holds 3 to less than 4" if size == 1 else f"a bar holds {size:g} points, the first from 0 to less than {size:g}"


def in_words(found):
    """A bin of the histogram in words."""
    since, until, _ = found
    return f"{since:g} points or a fraction more" if until - since == 1 else f"{since:g} to less than {until:g} points"


@theme.picture
def facility(rows, width):
    """Facility, the mean share of points, and, where it can be told, discrimination. rows: list of (label, ExerciseNumbers)."""
    has_two = any(one.discrimination is not None for _, one in rows)
    beside = has_two and width == WIDE
    columns, lines = (2, 1) if beside else (1, 1 + has_two)
    figure, axes = theme.canvas(columns, lines, size=(width, (1.1 + ROW * len(rows)) * lines), sharey=beside, squeeze=False)
    for panel in axes.flat:
        panel.set_yticks(range(len(rows)), [shortened(label, width) for label, _ in rows])
        panel.set_ylim(len(rows) - 0.4, -0.6)
        panel.grid(axis="y", visible=False)
    shares(axes.flat[0], [one for _, one in rows])
    if has_two:
        discriminations(axes.flat[1], [one.discrimination for _, one in rows])
        axes.flat[1].tick_params(left=not beside, labelleft=not beside)
    return theme.described(figure, "For each exercise its facility, the mean share of the points, and its discrimination: " + "; ".join(
        f"{label} {told(one.share, '{:.0%}')}{one.of_how_many}, {told(one.discrimination, '{:.2f}')}" for label, one in rows) + ".")


def shares(axes, rows):
    """A bar for each mean share of the points. rows: list of ExerciseNumbers."""
    bars = axes.barh(range(len(rows)), [100 * (one.share or 0) for one in rows], color=theme.SKY, height=0.62)
    axes.bar_label(bars, [told(one.share, "{:.0%}") + one.of_how_many for one in rows], padding=3, fontsize=9)
    axes.set_xlim(0, 160 if any(one.of_how_many for one in rows) else 118)  # room for what is written after a full bar
    axes.set_xticks([0, 25, 50, 75, 100])
    theme.label(axes, "Facility", "mean share of points, %", " ")


def discriminations(axes, values):
    """A dot for each correlation; what lies in the grey deserves a look."""
    axes.axvspan(-1.05, NEAR_ZERO, color=theme.GRID, alpha=0.6, linewidth=0)
    axes.axvline(0, color=theme.MUTED, linewidth=1)
    for place, value in enumerate(values):
        if value is None:
            axes.text(0.04, place, "cannot be told", va="center", fontsize=8.5, color=theme.MUTED)
            continue
        axes.plot([0, value], [place, place], color=theme.BLUE, linewidth=2)
        axes.plot([value], [place], marker="o", color=theme.BLUE)
        axes.text(value + (0.07 if value >= 0 else -0.07), place, told(value, "{:.2f}"), va="center", fontsize=9,
                  ha="left" if value >= 0 else "right")
    axes.set_xlim(-1.05, 1.3)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1])
    theme.label(axes, "Discrimination", "correlation with all other points", " ")


@theme.picture
def outcomes(rows, width):
    """What became of each exercise, as stacked bars. rows: list of (label, {outcome: students})."""
    figure, axes = theme.canvas(size=(width, 1.5 + ROW * len(rows)))
    there = [outcome for outcome in LOOKS if outcome != WAITING or any(found[outcome] for _, found in rows)]
    most = max(1, *(sum(found.values()) for _, found in rows))
    since = [0] * len(rows)
    for outcome in there:
        colour, hatch = LOOKS[outcome]
        counts = [found[outcome] for _, found in rows]
        axes.barh(range(len(rows)), counts, left=since, height=0.66, color=colour, hatch=hatch, label=outcome,
                  edgecolor=theme.INK if outcome != RIGHT else theme.PANEL, linewidth=0.5)
        for place, count in enumerate(counts):
            if count and count / most > 0.022 * len(str(count)) * WIDE / width:
                written(axes, since[place] + count / 2, place, count, colour, bool(hatch))
        since = [before + count for before, count in zip(since, counts, strict=True)]
    axes.set_yticks(range(len(rows)), [shortened(label, width) for label, _ in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, most)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.grid(axis="y", visible=False)
    figure.legend(loc="outside lower center", ncols=len(there) if width == WIDE else 2, frameon=False, handlelength=1.8)
    theme.label(axes, "Outcomes", "students", " ")
    return theme.described(figure, "Stacked bars, students by outcome. " + "; ".join(
        f"{label}: " + ", ".join(f"{found[outcome]} {outcome}" for outcome in there if found[outcome])
        for label, found in rows) + ".")


def written(axes, x, y, count, colour, hatched):
    """A number on a piece of a bar, legible on its colour and through its hatching."""
    light = theme.contrast("#FFFFFF", matplotlib.colors.to_rgb(colour)) >= theme.LEGIBLE
    ground = {"boxstyle": "round,pad=0.15", "facecolor": theme.PANEL, "edgecolor": "none"} if hatched else None
    axes.text(x, y, str(count), ha="center", va="center", fontsize=9, bbox=ground,
              color="#FFFFFF" if light and not hatched else theme.INK)


@theme.picture
def handed_in(periods, width):
    """When submissions came. periods: list of (name, students)."""
    figure, axes = theme.canvas(size=(width, 1.0 + 0.36 * len(periods)))
    bars = axes.barh(range(len(periods)), [count for _, count in periods], height=0.66,
                     color=[theme.ORANGE if "late" in name else theme.BLUE for name, _ in periods])
    axes.bar_label(bars, [str(count) for _, count in periods], padding=3, fontsize=9)
    axes.set_yticks(range(len(periods)), [name for name, _ in periods])
    axes.set_ylim(len(periods) - 0.4, -0.6)
    axes.margins(x=0.1)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.grid(axis="y", visible=False)
    theme.label(axes, "Handed in", "students", " ")
    return theme.described(figure, "Students by when they handed in: " + "; ".join(
        f"{name} {count}" for name, count in periods) + ".")


def told(number, form):
    """A number in this form with a true minus sign, or a dash for None."""
    return "–" if number is None else form.format(number).replace("-", "−")


def shortened(label, width):
    longest = LONGEST[width]
    return label if len(label) <= longest else label[: longest - 1].rstrip() + "…"
