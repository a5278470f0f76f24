"""Pictures of what a score is turned into: penalties, probabilities, gradients, softmax shares, hits, curves of training."""

import math

import numpy

from course.plots import theme
from course.plots.arrays import numbers_of
from course.plots.boundaries import CLASSES


@theme.picture
def squares_on_a_line(panels):
    """Points on a line with labels −1 and 1, the line of least squares, and where it crosses 0.

    panels: dict of title to (inputs (n, 1), labels (n, 1), slope, intercept).
    """
    figure, drawn = theme.canvas(len(panels), size=(5.2 * len(panels), 3.8), squeeze=False, sharey=True)
    told = []
    for axes, (title, (inputs, labels, slope, intercept)) in zip(drawn[0], panels.items(), strict=True):
        inputs, labels, slope, intercept = numbers_of(inputs), numbers_of(labels), float(slope), float(intercept)
        ends = numpy.array([inputs.min() - 1, inputs.max() + 1])
        axes.plot(ends, slope * ends + intercept, color=theme.GREEN, label="least squares", zorder=2)
        axes.axvline(-intercept / slope, color=theme.INK, linestyle="--", linewidth=1.6, label="boundary")
        for sign, (colour, mark, _) in zip((-1, 1), CLASSES, strict=False):
            axes.scatter(inputs[labels == sign], labels[labels == sign], color=colour, marker=mark, s=44, zorder=4)
        wrong = inputs[(slope * inputs + intercept) * labels < 0]
        axes.scatter(wrong, numpy.sign(wrong) if len(wrong) else wrong, s=190, facecolors="none",
                     edgecolors=theme.INK, linewidths=1.8, zorder=5, label="on the wrong side" if len(wrong) else None)
        axes.legend(loc="lower right")
        theme.label(axes, title, "input", "label, and score")
        boundary = round(-intercept / slope, 2) + 0.0  # no minus before 0
        told.append(f"{title}: the boundary is at {boundary:.2f} and {len(wrong)} on the wrong side".replace("-", "−"))
    return theme.described(figure, "Points labelled −1 and 1, fitted by least squares. " + "; ".join(told) + ".")


@theme.picture
def penalties(names=("squared error", "squared hinge", "logistic")):
    """What one row costs, against t · z: its score with the sign of its label."""
    curves = {
        "squared error": (lambda m: (1 - m) ** 2, theme.VERMILION, "-"),
        "squared hinge": (lambda m: numpy.maximum(0, 1 - m) ** 2, theme.BLUE, "--"),
        "logistic": (lambda m: numpy.logaddexp(0, -m), theme.GREEN, "-."),
    }
    figure, axes = theme.canvas(size=(6.8, 4.2))
    margin = numpy.linspace(-2.5, 4.5, 281)
    for name in names:
        curve, colour, style = curves[name]
        axes.plot(margin, curve(margin), color=colour, linestyle=style, label=name, linewidth=2.4)
    axes.axvline(0, color=theme.INK, linewidth=1.2)
    axes.set_ylim(-0.3, 9)
    axes.text(-0.08, 5.6, "wrong side", ha="right")
    axes.text(0.08, 5.6, "right side")
    axes.legend(loc="upper center")
    theme.label(axes, "What a row costs", "t · z, the score with the sign of its label", "loss of the row")
    told = "; ".join(f"{name} is {curves[name][0](numpy.array(-1.0)):.2f} at −1, {curves[name][0](numpy.array(1.0)):.2f} at 1 "
                     f"and {curves[name][0](numpy.array(4.0)):.2f} at 4" for name in names)
    return theme.described(figure, f"Curves of the loss of one row against its score times its label: {told}.")


@theme.picture
def sigmoid(marked=(-2.0, 0.0, 2.0)):
    """The sigmoid, with some logits and their probabilities marked."""
    figure, axes = theme.canvas()
    logits = numpy.linspace(-7, 7, 281)
    axes.plot(logits, 1 / (1 + numpy.exp(-logits)), color=theme.BLUE, linewidth=2.4)
    axes.axhline(0.5, color=theme.MUTED, linewidth=1, linestyle="--")
    axes.axvline(0, color=theme.MUTED, linewidth=1, linestyle="--")
    told = []
    for logit in marked:
        share = 1 / (1 + math.exp(-logit))
        axes.plot([logit], [share], "o", color=theme.VERMILION, zorder=4)
        axes.annotate(f"{logit:g} → {share:.2f}".replace("-", "−"), (logit, share), zorder=3,
                      xytext=(-12, 8) if logit < 0 else (12, -16), ha="right" if logit < 0 else "left",
                      textcoords="offset points", bbox={"facecolor": theme.PANEL, "edgecolor": "none", "pad": 1.5})
        told.append(f"logit {logit:g} is {share:.2f}".replace("-", "−"))
    theme.label(axes, "From logits to probabilities", "logit z", "probability f")
    return theme.described(figure, f"An S-shaped curve from 0 to 1, a half at logit 0: {', '.join(told)}.")


@theme.picture
def gradients_far_out(logits, through_probabilities, from_logits):
    """The gradient of one row's loss with respect to its logit, label 0, by the two forms of the loss. All (n,)."""
    logits, through, direct = (numbers_of(values) for values in (logits, through_probabilities, from_logits))
    figure, axes = theme.canvas(size=(6.8, 4.0))
    axes.plot(logits, direct, color=theme.BLUE, linewidth=3.4, label="from logits")
    axes.plot(logits, through, color=theme.VERMILION, linestyle="--", label="through probabilities")
    axes.set_ylim(-0.1, 1.3)
    axes.legend(loc="upper left")
    theme.label(axes, "The gradient of a wrong answer", "logit of a row with label 0", "gradient of its loss")
    lost = logits[(direct > 0.5) & (through < 0.01)]
    return theme.described(figure, f"""Both gradients rise from 0 to 1. The one from logits stays at 1; the one through
        probabilities drops to 0 at a logit of about {lost.min() if len(lost) else math.nan:.0f} and stays there.""")


@theme.picture
def softmax_steps(logits, names=("class 0", "class 1", "class 2")):
    """Logits (K,), their exponentials, and the exponentials divided by their sum, as three rows of bars."""
    logits = numbers_of(logits)
    stages = (("Logits", logits), ("Exponentials", numpy.exp(logits)), ("Divided by their sum", numpy.exp(logits) / numpy.exp(logits).sum()))
    figure, panels = theme.canvas(3, size=(10.2, 3.3))
    for axes, (title, values) in zip(panels, stages, strict=True):
        bars = axes.bar(names, values, color=[theme.BLUE, theme.VERMILION, theme.GREEN][:len(values)], width=0.6)
        axes.bar_label(bars, [f"{value:.2f}".replace("-", "−") for value in values], padding=2)
        axes.axhline(0, color=theme.INK, linewidth=1)
        axes.margins(y=0.18)
        theme.label(axes, title, "class", "value")
    shares = ", ".join(f"{value:.2f}" for value in stages[-1][1])
    return theme.described(figure, f"""Three bar charts: the logits {', '.join(f'{z:g}' for z in logits).replace('-', '−')}, their
        exponentials, all positive, and the shares {shares}, which add up to 1.""")


@theme.picture
def hits(answers, labels):
    """What (n, 1) == (n, 1) and (n, 1) == (n,) compare: a column of n hits and misses beside a grid of n times n."""
    answers, labels = numbers_of(answers), numbers_of(labels)
    grid = (answers[:, None] == labels[None, :]).astype(float)
    figure, (left, right) = theme.canvas(2, size=(6.6, 4.0), width_ratios=(1, 4))
    for axes, table in ((left, numpy.diag(grid)[:, None]), (right, grid)):
        axes.imshow(table, cmap="cividis", vmin=-0.6, vmax=1.2)
        axes.grid(False)
        axes.set_yticks(range(len(answers)))
        axes.set_xticks(range(table.shape[1]) if table.shape[1] > 1 else ())
        for (i, j), hit in numpy.ndenumerate(table):
            axes.text(j, i, "1" if hit else "0", ha="center", va="center", color=theme.INK if hit else theme.PANEL,
                      weight="bold")
    left.set_anchor("E")
    n = len(answers)
    theme.label(left, f"{int(numpy.diag(grid).sum())} hits", "its own label", "answer of row")
    theme.label(right, f"{int(grid.sum())} hits among {n * n} pairs", "label of row", "answer of row")
    return theme.described(figure, f"""Left: {n} answers against their own labels, {int(numpy.diag(grid).sum())} hits. Right:
        a {n} by {n} grid, every answer against every label, {int(grid.sum())} hits.""")


@theme.picture
def training_record(losses, train_accuracies, validation_accuracies):
    """Loss by epoch, and beside it the accuracies on training and validation rows; three sequences of one length."""
    losses, train, validation = (numbers_of(v) for v in (losses, train_accuracies, validation_accuracies))
    epochs = numpy.arange(1, len(losses) + 1)
    figure, (left, right) = theme.canvas(2, size=(9.8, 3.8))
    left.plot(epochs, losses, color=theme.GREEN)
    left.set_ylim(bottom=0)
    theme.label(left, "The loss", "epoch", "mean loss of the training rows")
    right.plot(epochs, train, color=theme.BLUE, label="training")
    right.plot(epochs, validation, color=theme.ORANGE, linestyle="--", label="validation")
    right.set_ylim(0, 1.03)
    right.legend(loc="lower right")
    theme.label(right, "The accuracy", "epoch", "share of right answers")
    return theme.described(figure, f"""Two panels over {len(losses)} epochs. The loss goes from {losses[0]:.2f} to {losses[-1]:.2f};
        its lowest value is {losses.min():.2f} in epoch {int(losses.argmin()) + 1}. The accuracy ends at {train[-1]:.2f} on training
        rows and {validation[-1]:.2f} on validation rows.""")


@theme.picture
def three_runs(runs):
    """Loss and accuracy of several runs by step. runs: dict of name to (losses, accuracies), sequences of one length."""
    figure, (left, right) = theme.canvas(2, size=(9.8, 3.8))
    told = []
    for (name, (losses, accuracies)), colour, style in zip(runs.items(), theme.PALETTE, ("-", "--", "-."), strict=False):
        losses, accuracies = numbers_of(losses), numbers_of(accuracies)
        left.plot(losses, color=colour, linestyle=style, label=f"{name}: ends at {losses[-1]:.3f}")
        right.plot(accuracies, color=colour, linestyle=style, label=f"{name}: ends at {accuracies[-1]:.2f}")
        told.append(f"{name} ends at a loss of {losses[-1]:.3f} and an accuracy of {accuracies[-1]:.2f}")
    left.legend(loc="upper right")
    right.legend(loc="lower right")
    right.set_ylim(0, 1.03)
    theme.label(left, "The loss", "training step", "mean loss")
    theme.label(right, "The accuracy", "training step", "share of right answers")
    return theme.described(figure, "Curves of loss and accuracy: " + "; ".join(told) + ".")


