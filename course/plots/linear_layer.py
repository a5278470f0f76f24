"""Pictures of a linear layer: where each weight sits between inputs and outputs, and one turn of the training loop."""

from course.plots import theme


@theme.picture
def layer(input_names, output_names):
    """nn.Linear drawn as inputs on the left, outputs on the right, one weight a line, one bias an output."""
    n_in, n_out = len(input_names), len(output_names)
    figure, axes = theme.canvas(size=(7.6, 3.5))
    inputs = [(0.0, (n_in - 1) / 2 - i) for i in range(n_in)]
    outputs = [(3.2, ((n_out - 1) / 2 - i) * 1.5) for i in range(n_out)]
    for i, start in enumerate(inputs):
        for j, end in enumerate(outputs):
            axes.plot(*zip(start, end, strict=True), color=theme.PALETTE[j], linewidth=2, zorder=1)
            along = 0.27  # where lines from different inputs have not met yet
            axes.text(start[0] + along * (end[0] - start[0]), start[1] + along * (end[1] - start[1]), f"w[{j}, {i}]",
                      ha="center", va="center", fontsize=9, color=theme.PALETTE[j],
                      bbox={"facecolor": theme.PANEL, "edgecolor": "none", "pad": 1.2})
    for (x, y), name in zip(inputs, input_names, strict=True):
        _node(axes, x, y, theme.INK)
        axes.text(x - 0.22, y, name, ha="right", va="center")
    for j, ((x, y), name) in enumerate(zip(outputs, output_names, strict=True)):
        _node(axes, x, y, theme.PALETTE[j])
        axes.text(x + 0.22, y, f"{name}  + b[{j}]", ha="left", va="center", color=theme.words(theme.PALETTE[j]),
                  weight="bold")
    axes.set_xlim(-1.25, 4.7)
    axes.set_ylim(-1.2, 1.2)
    axes.set_axis_off()
    figure.suptitle(f"nn.Linear({n_in}, {n_out}): weight ({n_out}, {n_in}), bias ({n_out},)", x=0.02, ha="left",
                    weight="bold", fontsize=12)
    return theme.described(figure, f"""{n_in} inputs ({', '.join(input_names)}) on the left, {n_out} outputs
        ({', '.join(output_names)}) on the right. Each of the {n_in * n_out} lines between them is one weight, named
        w[output, input]; each output adds one bias.""")


def _node(axes, x, y, colour):
    axes.scatter([x], [y], s=230, color=colour, zorder=3, edgecolor=theme.PANEL, linewidth=2)


TURN = (
    ("optimiser.zero_grad()", "forgets the old gradients", "grad = None"),
    ("loss = compute_loss(…)", "measures the error", "loss has a graph"),
    ("loss.backward()", "fills every .grad", "grad = dL/dw"),
    ("optimiser.step()", "moves every parameter", "w ← w − lr · grad"),
)


@theme.picture
def training_turn():
    """The four lines of a training step in order, with what each changes, and an arrow back to the first."""
    figure, axes = theme.canvas(size=(8.8, 2.9))
    width, gap = 1.9, 0.32
    for i, (code, job, state) in enumerate(TURN):
        left = i * (width + gap)
        colour = theme.PALETTE[i]
        axes.add_patch(_box(left, width, colour))
        axes.text(left + width / 2, 1.32, code, ha="center", va="center", family="monospace", fontsize=9, weight="bold")
        axes.text(left + width / 2, 0.92, job, ha="center", va="center", fontsize=9, color=theme.INK)
        axes.text(left + width / 2, 0.5, state, ha="center", va="center", fontsize=9.3, weight="bold")
        if i < 3:
            _arrow(axes, (left + width, 0.92), (left + width + gap, 0.92), 0)
    _arrow(axes, (3 * (width + gap) + width / 2, 0.2), (width / 2, 0.2), -0.12)
    axes.text(1.5 * (width + gap) + width / 2, -0.52, "again, number_training_steps times", ha="center", va="center",
              fontsize=9.5, color=theme.INK, bbox={"facecolor": theme.PANEL, "edgecolor": "none", "pad": 2})
    axes.set_xlim(-0.1, 4 * width + 3 * gap + 0.1)
    axes.set_ylim(-0.85, 1.65)
    axes.set_axis_off()
    figure.suptitle("One turn of the training loop", x=0.02, ha="left", weight="bold", fontsize=12)
    told = "; ".join(f"{code} {job}" for code, job, _ in TURN)
    return theme.described(figure, f"Four boxes in order, and an arrow from the last back to the first: {told}.")


def _box(left, width, colour):
    from matplotlib.patches import FancyBboxPatch

    return FancyBboxPatch((left, 0.24), width, 1.3, boxstyle="round,pad=0,rounding_size=0.1", facecolor=colour + "14",
                          edgecolor=colour, linewidth=1.6)


def _arrow(axes, start, end, bend):
    axes.annotate("", xy=end, xytext=start, arrowprops={
        "arrowstyle": "-|>", "color": theme.MUTED, "linewidth": 1.6, "shrinkA": 1, "shrinkB": 1,
        "connectionstyle": f"arc3,rad={bend}"})
