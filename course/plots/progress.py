"""The picture of a learner's progress: a row of tiles for each chapter, a tile for each exercise."""

from matplotlib.patches import FancyBboxPatch

from course.plots import theme

# State to (colour of the tile, colour of its edge, sign), told apart by the sign where colours are not seen.
LOOKS = {
    "right": (theme.BLUE, theme.BLUE, "✓"),
    "partly right": (theme.SKY, theme.BLUE, "◐"),
    "written": (theme.tinted(theme.PURPLE, 0.45), theme.PURPLE, "✎"),
    "not right": (theme.tinted(theme.ORANGE, 0.45), theme.ORANGE, "✗"),
    "not attempted": (theme.PANEL, theme.GRID, ""),
}
WORDS = {"written": "written, for you to mark"}
CHALLENGE = "challenge"
TILE = 0.88  # of a place's width and height


@theme.picture
def progress(chapters):
    """Tiles of all exercises, and each chapter's points as a bar.

    chapters: list of (title, list of (label, points, earned, state)), state a key of LOOKS.
    """
    longest = max(len(exercises) for _, exercises in chapters)
    earned = sum(one[2] for _, exercises in chapters for one in exercises)
    points = sum(one[1] for _, exercises in chapters for one in exercises)
    figure, (tiles, bars) = theme.canvas(2, size=(11.6, 1.7 + 0.56 * len(chapters)), width_ratios=(longest + 1, 4.6), sharey=True)
    for row, (_, exercises) in enumerate(chapters):
        for place, (label, _, _, state) in enumerate(exercises):
            _tile(tiles, place, row, label, state)
        _bar(bars, row, exercises)
    _dress(tiles, bars, [title for title, _ in chapters], longest)
    theme.label(tiles, f"Your progress: {earned:g} of {points:g} points", "exercise, by its number in the chapter; ★ is the challenge, for no points", "chapter")
    theme.label(bars, "Points", "share of the chapter's points", " ")
    _legend(figure)
    return theme.described(figure, _told(chapters, earned, points))


def _dress(tiles, bars, titles, longest):
    """Room for all tiles, the chapters' names, and no frames."""
    tiles.set_xlim(-0.6, longest - 0.4)
    tiles.set_ylim(len(titles) - 0.4, -0.6)
    tiles.set_yticks(range(len(titles)), titles)
    tiles.set_xticks([])
    bars.set_xlim(0, 1.42)
    bars.set_xticks([0, 0.5, 1], ["0", "half", "all"])
    for axes in (tiles, bars):
        axes.grid(False)
        axes.tick_params(length=0)
        for spine in axes.spines.values():
            spine.set_visible(False)


def _tile(axes, place, row, label, state):
    """One exercise: its number, and below it the sign of its state."""
    fill, edge, sign = LOOKS[state]
    axes.add_patch(FancyBboxPatch((place - TILE / 2, row - TILE / 2), TILE, TILE, facecolor=fill, edgecolor=edge,
                                  boxstyle="round,pad=0,rounding_size=0.12", linewidth=1.4, mutation_aspect=1))
    ink = theme.PANEL if state == "right" else theme.INK if sign else theme.MUTED
    name = "★" if label == CHALLENGE else label
    style = {"ha": "center", "va": "center", "color": ink, "family": "DejaVu Sans"}  # which has the signs
    axes.text(place, row - (0.17 if sign else 0), name, fontsize=10.5, weight="bold" if sign else "normal", **style)
    axes.text(place, row + 0.19, sign, fontsize=11.5, **style)


def _bar(axes, row, exercises):
    """The chapter's points: earned as a part of all."""
    earned, points = sum(one[2] for one in exercises), sum(one[1] for one in exercises)
    axes.barh(row, 1, height=0.4, color=theme.GRID)
    axes.barh(row, earned / points if points else 0, height=0.4, color=theme.BLUE)
    axes.text(1.05, row, f"{earned:g} / {points:g}", va="center", color=theme.INK)


def _legend(figure):
    """What the tiles mean, in one row below."""
    handles = [FancyBboxPatch((0, 0), 1, 1, facecolor=fill, edgecolor=edge, boxstyle="round,pad=0") for fill, edge, _ in LOOKS.values()]
    names = [f"{sign} {WORDS.get(state, state)}".strip() for state, (_, _, sign) in LOOKS.items()]
    figure.legend(handles, names, loc="outside lower left", ncols=len(LOOKS), prop={"family": "DejaVu Sans", "size": 9.5},
                  handlelength=1.2, handleheight=1.1, columnspacing=1.6)


def _told(chapters, earned, points):
    """The picture in words."""
    told = []
    for title, exercises in chapters:
        here, most = sum(one[2] for one in exercises), sum(one[1] for one in exercises)
        right = sum(one[3] == "right" for one in exercises)
        told.append(f"{title}: {here:g} of {most:g} points, {right} of {len(exercises)} exercises right")
    return f"Tiles of all exercises, a row a chapter; {earned:g} of {points:g} points in all. " + "; ".join(told) + "."
