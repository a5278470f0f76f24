"""Pictures of a plane that a classifier divides: clouds of points, a score's geometry, streets, probabilities, regions."""

import numpy
import torch
from matplotlib import colors

from course.plots import theme

SPAN = 4.2  # of both coordinates, from −SPAN to SPAN
CLASSES = ((theme.VERMILION, "s", "label 0"), (theme.BLUE, "o", "label 1"), (theme.GREEN, "^", "label 2"))
THREE = tuple((colour, mark, f"label {k}") for k, (colour, mark, _) in enumerate((CLASSES[1], CLASSES[0], CLASSES[2])))


def _array(values):
    if isinstance(values, torch.Tensor):
        values = values.detach().cpu().numpy()
    return numpy.asarray(values, dtype=float)


def scatter(axes, inputs, labels, size=34, looks=CLASSES):
    """Points (n, 2), one colour and marker for each label 0, 1, 2; returns the drawn collections."""
    inputs, labels = _array(inputs), _array(labels).reshape(-1)
    return [axes.scatter(*inputs[labels == k].T, color=looks[k][0], marker=looks[k][1], s=size, label=looks[k][2],
                         edgecolors=theme.PANEL, linewidths=0.7, zorder=4) for k in numpy.unique(labels).astype(int)]


def level_ends(weight, bias, level, reach=20.0):
    """The two ends (2, 2) of a long piece of the line where weight · x + bias is `level`; nan where weight is 0."""
    weight = _array(weight).reshape(-1)
    length = float(numpy.hypot(*weight))
    if not length > 1e-9:
        return numpy.full((2, 2), numpy.nan)
    normal = weight / length
    middle, along = normal * (level - bias) / length, numpy.array([-normal[1], normal[0]])
    return numpy.stack([middle - reach * along, middle + reach * along])


def _plane(axes, title, span=SPAN):
    axes.set_xlim(-span, span)
    axes.set_ylim(-span, span)
    axes.set_aspect("equal")
    theme.label(axes, title, "first input", "second input")


@theme.picture
def clouds(inputs, labels, title="Two clouds, two labels"):
    """Points (n, 2) in the colours of their labels (n,) or (n, 1)."""
    figure, axes = theme.canvas(size=(5.2, 4.8))
    three = int(_array(labels).max()) == 2
    scatter(axes, inputs, labels, looks=THREE if three else CLASSES)
    axes.legend(loc="lower left")
    _plane(axes, title)
    counts = [f"{int((_array(labels) == k).sum())} with label {int(k)}" for k in numpy.unique(_array(labels))]
    middles = [_array(inputs)[_array(labels).reshape(-1) == k].mean(0) for k in numpy.unique(_array(labels))]
    places = ", ".join(f"({x:.1f}, {y:.1f})" for x, y in middles).replace("-", "−")
    return theme.described(figure, f"Points in the plane: {', '.join(counts)}. Their middles lie near {places}.")


@theme.picture
def score_geometry(weight, bias, points):
    """The line of score 0, the weight as an arrow at right angles to it, and each point's score and distance.

    weight (2,), bias a number, points (n, 2).
    """
    weight, bias, points = _array(weight), float(bias), _array(points)
    length = float(numpy.hypot(*weight))
    figure, axes = theme.canvas(size=(5.8, 5.2))
    for level, style in ((0, "-"), (length, ":"), (-length, ":")):
        axes.plot(*level_ends(weight, bias, level).T, color=theme.INK if not level else theme.MUTED, linestyle=style,
                  linewidth=2.2 if not level else 1.3, label=None if level > 0 else "score 0" if not level else "distance 1")
    foot = -bias * weight / length ** 2
    axes.annotate("", xy=foot + weight, xytext=foot, zorder=5, arrowprops={
        "arrowstyle": "-|>", "color": theme.GREEN, "linewidth": 3, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 18})
    axes.plot([], [], color=theme.GREEN, linewidth=3, label=f"weight, length {length:g}")
    told = []
    for point in points:
        score = float(point @ weight + bias)
        colour, mark, _ = CLASSES[int(score > 0)]
        axes.plot(*numpy.stack([point, point - score * weight / length ** 2]).T, color=colour, linewidth=1.4, linestyle="--")
        axes.plot(*point, mark, color=colour, zorder=5)
        text = f"score {score:.3g}\ndistance {score / length:.3g}".replace("-", "−")
        axes.annotate(text, point, xytext=(10 if score > 0 else -10, -4), textcoords="offset points", fontsize=9.5,
                      ha="left" if score > 0 else "right", zorder=6,
                      bbox={"facecolor": theme.PANEL, "edgecolor": "none", "alpha": 0.85, "pad": 1.5})
        told.append(f"({point[0]:g}, {point[1]:g}) has {text}".replace("\n", " and ").replace("-", "−"))
    axes.legend(loc="lower left")
    _plane(axes, "The score grows along the weight")
    return theme.described(figure, f"""A line where the score is 0, dotted lines at distance 1 on both sides, and the
        weight as an arrow at right angles to it. {'; '.join(told)}.""")


@theme.picture
def streets(inputs, labels, weights):
    """The boundary and the margin lines, scores −1 and 1, of several weights without a bias.

    inputs (n, 2), labels (n,) or (n, 1) of 0 and 1. weights: dict of title to a weight (2,).
    """
    figure, panels = theme.canvas(len(weights), size=(3.75 * len(weights), 4.5), squeeze=False, sharey=True)
    told = []
    for axes, (title, weight) in zip(panels[0], weights.items(), strict=True):
        weight = _array(weight)
        street(axes, weight)
        scatter(axes, inputs, labels, size=26)
        wide = 2 / float(numpy.hypot(*weight))
        _plane(axes, f"{title}: {wide:.2f} wide", span=3.4)
        told.append(f"{title}, {wide:.2f} wide")
    figure.legend(*panels[0][0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
    return theme.described(figure, f"""Two clouds with a boundary between them and a street, the strip between the scores
        −1 and 1, once for each C: {'; '.join(told)}. The larger C, the narrower the street.""")


def street(axes, weight, bias=0.0):
    """The line of score 0, the two of scores −1 and 1, and the strip between them."""
    edges = [level_ends(weight, bias, level) for level in (-1, 1)]
    axes.fill(*numpy.concatenate([edges[0], edges[1][::-1]]).T, color=theme.YELLOW, alpha=0.25, linewidth=0)
    axes.plot(*level_ends(weight, bias, 0).T, color=theme.INK, label="score 0")
    for k, edge in enumerate(edges):
        axes.plot(*edge.T, color=theme.INK, linewidth=1.3, linestyle="--", label="scores −1 and 1" if k else None)


@theme.picture
def probabilities(inputs, labels, model, title="What the trained model says of every place"):
    """The probability of label 1 as shading, with the lines of 10, 50 and 90 per cent, and the points.

    model: maps (n, 2) to logits (n, 1).
    """
    figure, axes = theme.canvas(size=(6.6, 5.8))
    span = max(SPAN, float(abs(_array(inputs)).max()) * 1.03)
    ticks = torch.linspace(-span, span, 121)
    grid = torch.cartesian_prod(ticks, ticks)
    with torch.no_grad():
        device = next(model.parameters()).device
        share = torch.sigmoid(model(grid.to(device))).cpu().view(121, 121).T.numpy()
    image = axes.imshow(share, origin="lower", extent=(-span, span, -span, span), cmap=CERTAINTY, vmin=0, vmax=1)
    axes.grid(False)
    look = {"colors": theme.INK, "zorder": 5}  # above the points
    axes.contour(ticks.numpy(), ticks.numpy(), share, levels=(0.1, 0.5, 0.9), linewidths=(1.4, 2.6, 1.4),
                 linestyles=("--", "-", "--"), **look)
    scatter(axes, inputs, labels)
    axes.plot([], [], color=theme.INK, linewidth=2.6, label="50 per cent")
    axes.plot([], [], color=theme.INK, linewidth=1.4, linestyle="--", label="10 and 90 per cent")
    figure.colorbar(image, ax=axes, label="probability of label 1", shrink=0.9)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=2)
    _plane(axes, title, span)
    right = float(((share_at(model, inputs) > 0.5) == (_array(labels).reshape(-1) > 0.5)).mean())
    return theme.described(figure, f"""The plane shaded by the probability of label 1, from orange in the lower right to blue
        in the upper left, with parallel lines of 10, 50 and 90 per cent. Of the {len(inputs)} points {right:.0%} lie on
        their label's side of the line of 50 per cent.""")


def share_at(model, inputs):
    """The model's probabilities of label 1 at the points, a flat array."""
    with torch.no_grad():
        return _array(torch.sigmoid(model(inputs))).reshape(-1)


@theme.picture
def regions(inputs, labels, model):
    """The class of largest logit at every place, paler where the model is less sure, and the points.

    model: maps (n, 2) to logits (n, 3). labels: (n,) of 0, 1 and 2.
    """
    figure, axes = theme.canvas(size=(5.6, 5.2))
    ticks = torch.linspace(-SPAN, SPAN, 161)
    with torch.no_grad():
        logits = model(torch.cartesian_prod(ticks, ticks))
        shares = logits.softmax(dim=1).view(161, 161, 3).transpose(0, 1).numpy()
    paints = numpy.array([_rgb(look[0]) for look in THREE])
    winner, sure = shares.argmax(2), shares.max(2)[..., None]
    paper = _rgb(theme.PANEL)
    axes.imshow(paper + (paints[winner] - paper) * (sure - 1 / 3) * 0.5, origin="lower", extent=(-SPAN, SPAN) * 2)
    axes.grid(False)
    scatter(axes, inputs, labels, looks=THREE)
    axes.legend(loc="lower left")
    _plane(axes, "Three classes, three regions")
    return theme.described(figure, """The plane in three regions that meet in a point, one for each class, with straight
        borders and paler near them; the points of each class lie in its region.""")


def _rgb(colour):
    return numpy.array(colors.to_rgb(colour))


# from sure of label 0 over undecided to sure of label 1
CERTAINTY = colors.LinearSegmentedColormap.from_list("certainty", [
    theme.tinted(colour, 0.65) for colour in (theme.VERMILION, theme.PANEL, theme.BLUE)])
