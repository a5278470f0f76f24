"""The common frame of every interactive exhibit: title, invitation, controls, picture, and a sentence that says it.

Controls are ipywidgets, so each is reached with Tab and moved with the arrow keys. Below the picture stands a sentence
with the same content in words, announced by screen readers when it changes. Where nothing can show widgets (GitHub,
print, feedback pages) the exhibit shows a still picture with alt text instead.
"""

import base64
import html

import ipywidgets

from course.plots.theme import DOTS_PER_INCH
from course.titles import title_block

LABEL = {"description_width": "8.5em"}
# JupyterLab tells the pressed button of a row by a slightly other grey; a bar in its own accent colour is seen at once.
PRESSED = ("<style>.course-choice .widget-toggle-button.mod-active "
           "{box-shadow: inset 0 -3px var(--jp-brand-color1, #0072B2)}</style>")


class Exhibit:
    """An exhibit whose picture follows its controls.

    title: its name. invitation: one or two sentences that say what to move and what to look for.
    controls: dict of name to ipywidget with a `value`. scene: an object with two methods, called with the values of the controls by name:
        `frame(...)`, PNG bytes (from `MovingPicture.png()` or `theme.png(figure)`), and
        `words(...)`, the same content in a sentence or two of plain text.
    still: dict of the values that differ from the first ones in the still picture.
    rows: the names of the controls laid out row by row; by default one control a row.
    extras: dict of name to further widgets to be laid out (a play button), which carry no value of their own.
    """

    def __init__(self, title, invitation, controls, scene, still=None, rows=None, extras=None):
        self.title = title
        self.invitation = invitation
        self.controls = controls
        self.scene = scene
        self._still = {**self.values(), **(still or {})}
        self._picture = ipywidgets.HTML()
        widgets = {**controls, **(extras or {})}
        rows = rows or [[name] for name in controls]
        self.widget = ipywidgets.VBox(
            [ipywidgets.HTML(PRESSED + title_block(title, invitation))]
            + [ipywidgets.HBox([widgets[name] for name in row], layout={"flex_flow": "row wrap"}) for row in rows]
            + [self._picture])
        for control in controls.values():
            control.observe(self._draw, names="value")
        self._draw()

    def values(self):
        """The values of the controls, by name."""
        return {name: control.value for name, control in self.controls.items()}

    def _draw(self, _change=None):
        values = self.values()
        self._picture.value = _frame(self.scene.frame(**values), self.scene.words(**values))

    def _repr_mimebundle_(self, include=None, exclude=None):
        words = self.scene.words(**self._still)
        bundle = dict(self.widget._repr_mimebundle_() or {})
        bundle["text/plain"] = f"[exhibit: {self.title}. {words}]"
        bundle["text/html"] = (title_block(self.title, "A still picture; in JupyterLab it moves.")
                               + _frame(self.scene.frame(**self._still), words))
        return bundle


def slider(description, options, value, tip):
    """A slider over given values (numbers or labels), drawn as it moves."""
    return ipywidgets.SelectionSlider(description=description, options=options, value=value, tooltip=tip, style=LABEL,
                                      layout={"width": "32em"})


def step_slider(last, value=0):
    """A slider over the training steps 0 to `last`, and a play button that moves it: (slider, button).

    The two are linked in the kernel, so that the slider never runs ahead of the picture.
    """
    steps = ipywidgets.IntSlider(description="training step", min=0, max=last, value=value, style=LABEL,
                                 tooltip="drag, or press the arrow keys", layout={"width": "32em"})
    play = ipywidgets.Play(min=0, max=last, step=4, value=value, interval=200, tooltip="play, pause, back to the start")
    ipywidgets.link((play, "value"), (steps, "value"))
    return steps, play


def choice(description, options, value, tip):
    """A row of buttons of which one is pressed."""
    buttons = ipywidgets.ToggleButtons(description=description, options=options, value=value, tooltip=tip,
                                       style={**LABEL, "button_width": "auto"}, layout={"width": "max-content"})
    buttons.add_class("widget-inline-hbox")  # the label beside the buttons, as other controls have it, not above
    buttons.add_class("course-choice")
    return buttons


def _frame(png, words):
    """The picture with its alt text and the sentence below it; the size is given so that the page never jumps."""
    width, height = (int.from_bytes(png[start:start + 4], "big") for start in (16, 20))  # from the PNG header
    shown = round(width * 96 / DOTS_PER_INCH)
    source = base64.b64encode(png).decode("ascii")
    return (f'<img src="data:image/png;base64,{source}" alt="{html.escape(words, quote=True)}" decoding="sync" '
            f'width="{shown}" height="{round(shown * height / width)}" '
            f'style="max-width:100%;height:auto;border-radius:6px">'
            f'<p role="status" style="line-height:1.5;margin:0.4em 0 0 0">{html.escape(words)}</p>')
