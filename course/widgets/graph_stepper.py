"""Exhibit of chapter 2: forward through the values of a computational graph and backward through its adjoints."""

import math
from dataclasses import dataclass

import ipywidgets
import matplotlib

from course.plots import graph, theme, worked_graph
from course.plots.moving_picture import MovingPicture
from course.widgets.exhibit import LABEL, Exhibit

LAST_STEP = 16  # eight values, then eight adjoints


def graph_stepper():
    """The exhibit, to be left as the last expression of a cell."""
    step = ipywidgets.IntSlider(description="step", min=0, max=LAST_STEP, value=0, style=LABEL, layout={"width": "32em"},
                                tooltip="drag, or press the arrow keys: 1 to 8 forward, 9 to 16 backward")
    play = ipywidgets.Play(min=0, max=LAST_STEP, value=0, interval=1300, tooltip="play, pause, back to the start")
    ipywidgets.link((play, "value"), (step, "value"))
    controls = {"step": step, "x": _number("x", 0.6), "y": _number("y", 1.5)}
    return Exhibit(
        "Graph stepper",
        "Press play, or move the step with the arrow keys: eight steps forward through the values (blue), eight steps back "
        "through the adjoints (orange). Then change x and y, or type numbers beside their sliders.",
        controls, Scene(), still={"step": 13}, rows=[["step", "play"], ["x"], ["y"]], extras={"play": play})


def _number(name, value):
    return ipywidgets.FloatSlider(description=name, min=-3.0, max=3.0, step=0.05, value=value, readout_format=".2f", style=LABEL,
                                  layout={"width": "32em"}, tooltip=f"the input {name}: drag, arrow keys, or type a number")


@dataclass(frozen=True)
class Moment:
    """One state of the exhibit.

    values, adjoints: of w₁ … w₈, None where the walk has not come yet, nan where there is none.
    number: of the w that this step computes, counted from 1; 0 before the first step. backward: which walk it is.
    arrows: the arrows that this step uses: those that enter on the way forward, those that leave on the way back.
    slopes: the local derivative along each of them, nan where there is none; empty on the way forward.
    """

    values: tuple
    adjoints: tuple
    number: int
    backward: bool
    arrows: tuple
    slopes: tuple


def moment(step, x, y):
    """The Moment after `step` of LAST_STEP steps at x and y."""
    w = worked_graph.values(x, y)
    bars = worked_graph.adjoints(w)
    backward = step > 8
    number = 17 - step if backward else step
    values = tuple(value if i < step else None for i, value in enumerate(w))
    adjoints = tuple(bar if backward and i + 1 >= number else None for i, bar in enumerate(bars))
    if not backward:
        return Moment(values, adjoints, number, backward, tuple(worked_graph.entering(number)), ())
    arrows = tuple(worked_graph.leaving(number))
    slopes = tuple(math.nan if math.isnan(w[7]) else arrow.of(w) for arrow in arrows)
    return Moment(values, adjoints, number, backward, arrows, slopes)


class Scene:
    """The graph with this moment's box and arrows marked, and the numbers that are there so far."""

    def __init__(self):
        with matplotlib.rc_context(theme.STYLE):
            figure, axes = graph.canvas()
            self.title = figure.text(0.02, 0.94, "", ha="left", va="center", weight="bold", fontsize=12)
            self.drawing = graph.Drawing(axes)
            for place, text, colour in ((0.02, "value", graph.VALUE), (0.08, "← adjoint", graph.ADJOINT)):
                figure.text(place, 0.035, text, ha="left", va="center", weight="bold", fontsize=10,
                            color=theme.words(colour))
        self.moving = MovingPicture(figure, [*self.drawing.artists(), self.title])

    def frame(self, step, x, y):
        """PNG bytes of the graph after `step` steps."""
        now, drawing = moment(step, x, y), self.drawing
        drawing.quiet()
        style = graph.BACKWARD if now.backward else graph.FORWARD
        if now.number:
            drawing.mark_box(now.number, style)
        for arrow, slope in zip(now.arrows, now.slopes or (None,) * len(now.arrows), strict=True):
            drawing.mark_arrow(arrow, style, arrow.slope if slope is None else _equation(arrow, slope))
        for i in range(8):
            drawing.values[i].set_text("" if now.values[i] is None else _shown(now.values[i]))
            bar = now.adjoints[i]
            drawing.adjoints[i].set_text("" if bar is None else f"← {_shown(bar)}")
        self.title.set_text(_title(step))
        return self.moving.png()

    def words(self, step, x, y):
        """The frame in words."""
        now = moment(step, x, y)
        if step == 0:
            return f"Before the first step, at x = {_shown(x)} and y = {_shown(y)}. Step 1 puts x into w₁."
        cosine = math.cos(x * y)
        if cosine <= 0 and (now.backward or now.number >= 7):
            return (f"Step {step} of {LAST_STEP}: at x = {_shown(x)} and y = {_shown(y)} the cosine is {_shown(cosine)}, and the "
                    "logarithm has no value there. So w₇, w₈ and all adjoints have none. Choose x and y whose product is "
                    "closer to 0.")
        said = _forward_words(now) if not now.backward else _backward_words(now)
        end = ""
        if step == LAST_STEP:
            end = f" The gradient is ({_shown(now.adjoints[0])}, {_shown(now.adjoints[1])})."
        return f"Step {step} of {LAST_STEP}, {'backward' if now.backward else 'forward'}: {said}{end}"


def _title(step):
    if step == 0:
        return "f(x, y) = 2cos²(xy) + ln cos(xy)"
    return f"Step {step}: {'backward, the adjoints' if step > 8 else 'forward, the values'}"


def _forward_words(now):
    name = _name(now.number)
    return f"{name} = {worked_graph.FORMULAS[now.number - 1]} = {_shown(now.values[now.number - 1])}."


def _backward_words(now):
    bar = _shown(now.adjoints[now.number - 1])
    if now.number == 8:
        return f"the result itself, so the adjoint of {_name(8)} is {bar}."
    terms = [f"{_shown(now.adjoints[arrow.end - 1])} · {_in_brackets(slope)}"
             for arrow, slope in zip(now.arrows, now.slopes, strict=True)]
    successors = " and ".join(f"{_name(arrow.end)} (local derivative {_equation(arrow, slope)})"
                              for arrow, slope in zip(now.arrows, now.slopes, strict=True))
    return f"from {successors}, the adjoint of {_name(now.number)} is {' + '.join(terms)} = {bar}."


def _equation(arrow, slope):
    """A local derivative with its number, such as "2 · w₄ = 1.2432"; no number where it is one anyway, or has none."""
    return arrow.slope if math.isnan(slope) or arrow.slope == _shown(slope) else f"{arrow.slope} = {_shown(slope)}"


def _name(number):
    return f"w{graph.SUBSCRIPTS[number - 1]}"


def _in_brackets(number):
    return f"({_shown(number)})" if number < 0 else _shown(number)


def _shown(number):
    """A number in at most four decimals, with a real minus sign."""
    if math.isnan(number):
        return "no value"
    text = f"{number:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")
