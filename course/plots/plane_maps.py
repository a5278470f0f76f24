"""Pictures of what a matrix does to the plane: the unit circle becomes an ellipse, and two directions only stretch."""

import math

import torch

from course.plots import theme


@theme.picture
def circle_and_image(matrix):
    """The unit circle, its image under a real 2 × 2 matrix with real eigenvalues, and the eigenvectors of both."""
    values, vectors = (part.real for part in torch.linalg.eig(matrix))
    angles = torch.linspace(0, 2 * math.pi, 181)
    circle = torch.stack([angles.cos(), angles.sin()])
    figure, axes = theme.canvas(size=(6.4, 4.6))
    axes.plot(*circle, color=theme.BLUE, label="v, all of length 1")
    axes.plot(*(matrix @ circle), color=theme.VERMILION, label="matrix @ v")
    for k, colour in enumerate((theme.GREEN, theme.PURPLE)):
        vector = vectors[:, k] * (1 if vectors[0, k] >= 0 else -1)
        for end, width in ((values[k] * vector, 2.0), (vector, 4.5)):
            axes.annotate("", xy=end.tolist(), xytext=(0, 0), zorder=3, arrowprops={
                "arrowstyle": "-|>", "color": colour, "linewidth": width, "shrinkA": 0, "shrinkB": 0})
        axes.annotate(f"eigenvalue {values[k]:.2g}", (values[k] * vector).tolist(), xytext=(7, 0), color=colour,
                      textcoords="offset points", weight="bold", va="center", zorder=4,
                      bbox={"facecolor": theme.PANEL, "edgecolor": "none", "alpha": 0.85, "pad": 1})
    axes.set_aspect("equal", adjustable="datalim")
    axes.margins(0.16)
    axes.legend(loc="upper left")
    theme.label(axes, "Two directions are only stretched", "first component", "second component")
    told = " and ".join(f"{value:.2g}" for value in values)
    return theme.described(figure, f"""The unit circle and the slanted ellipse that the matrix makes of it. Along two
        directions, the eigenvectors, vectors only change their length: by the factors {told}.""")
