"""Pictures of what a matrix does to the plane: the unit circle becomes an ellipse, and two directions only stretch."""

import math

import torch

from course.plots import theme

BROAD, THIN = 5.0, 1.8  # the lines of a vector and of its image


@theme.picture
def circle_and_image(matrix):
    """The unit circle, its image under a real 2 × 2 matrix with real eigenvalues, and the eigenvectors of both."""
    values, vectors = (part.real for part in torch.linalg.eig(matrix))
    angles = torch.linspace(0, 2 * math.pi, 181)
    circle = torch.stack([angles.cos(), angles.sin()])
    figure, axes = theme.canvas(size=(6.4, 4.8))
    axes.plot(*circle, color=theme.BLUE, label="v, all of length 1")
    axes.plot(*(matrix @ circle), color=theme.VERMILION, label="matrix @ v")
    for k, colour in enumerate((theme.GREEN, theme.PURPLE)):
        vector = vectors[:, k] * (1 if vectors[0, k] >= 0 else -1)
        _two_arrows(axes, vector, values[k].item(), colour)
    axes.plot([], [], color=theme.MUTED, linewidth=BROAD, label="eigenvector")
    axes.plot([], [], color=theme.INK, linewidth=THIN, label="matrix @ eigenvector")
    axes.set_aspect("equal", adjustable="datalim")
    axes.margins(0.16)
    axes.legend(loc="upper left", bbox_to_anchor=(0, -0.14), ncols=2)  # below: a curve may run anywhere
    theme.label(axes, "Along two directions only the length changes", "first component", "second component")
    told = " and ".join(f"{value:.2g}" for value in values)
    return theme.described(figure, f"""The unit circle and the slanted ellipse that the matrix makes of it. Along two
        directions, the eigenvectors, vectors only change their length: by the factors {told}. Each eigenvector is a broad
        arrow, its image a thin one along the same direction.""")


def _two_arrows(axes, vector, value, colour):
    """An eigenvector (2,) as a broad arrow and its image as a thin black one: what is shorter lies on top of the longer."""
    image = value * vector
    for end, shade, width, head in ((vector, colour, BROAD, 22), (image, theme.INK, THIN, 14)):
        axes.annotate("", xy=end.tolist(), xytext=(0, 0), zorder=4 if abs(value) < 1 or width == BROAD else 3, arrowprops={
            "arrowstyle": "-|>", "color": shade, "linewidth": width, "shrinkA": 0, "shrinkB": 0, "mutation_scale": head})
    longer = image if abs(value) > 1 else vector
    axes.annotate(f"eigenvalue {value:.2g}".replace("-", "−"), longer.tolist(), xytext=(9, 0), textcoords="offset points",
                  color=theme.words(colour), weight="bold", va="center", zorder=5,
                  bbox={"facecolor": theme.PANEL, "edgecolor": "none", "alpha": 0.85, "pad": 1})
