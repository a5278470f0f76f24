"""The exhibits that the browser tests drive: one entry each, with what to move and what its sentence must say then."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Exhibit:
    """An exhibit as its chapter shows it.

    name: of its function and of the file in course/widgets/. chapter: the released chapter that shows it.
    starts: words of its sentence before anything is moved. still: words of the still picture for places without widgets.
    mouse: pairs (label of a slider, drawn to its right end; or text of a button, clicked) and the words that follow.
    keys: triples (label of a slider or text of a button, key, words that follow) in the order in which Tab reaches them.
    plays: a pattern of what the sentence says soon after the play button is pressed; None where there is none.
    pictured: pairs (slider or button, key) that lead to the state in which it is shown in the README and in docs/.
    shows: words of its sentence in that state.

    Where two rows of buttons have the same texts, a button is named with its row: "shuffle: True".
    """

    name: str
    chapter: str
    starts: str
    still: str
    mouse: tuple[tuple[str, str], ...]
    keys: tuple[tuple[str, str, str], ...]
    plays: str | None
    pictured: tuple[tuple[str, str], ...]
    shows: str

    @property
    def call(self):
        """The last line of the cell that shows it."""
        return f"{self.name}()"


EXHIBITS = (
    Exhibit(
        "memory_map", "tensors", starts="element [1, 2] is at position 0 + 1·1 + 2·4 = 9", still="x.t() has shape (4, 3)",
        mouse=(("element", "element [3, 2] is at position 0 + 3·1 + 2·4 = 11"),
               ("write 99 there", "sees this number as x[2, 3], now 99"),
               ("x.clone()", "That storage is its own: x does not see it, and keeps its numbers")),
        keys=(("x[:, 2]", "Space", "x[:, 2] has shape (3,), strides (4,) and offset 2. Its element [2]"),
              ("element", "ArrowLeft", "Its element [1] is at position 2 + 1·4 = 6"),
              ("write 99 there", "Space", "sees this number as x[1, 2], now 99")),
        plays=r"element \[(2, |3, )", pictured=(("write 99 there", "Space"),), shows="sees this number as x[2, 1], now 99"),
    Exhibit(
        "graph_stepper", "autograd", starts="Before the first step, at x = 0.6 and y = 1.5", still="Step 13 of 16, backward",
        mouse=(("step", "The gradient is (−4.8118, −1.9247)"),
               ("x", "at x = 3 and y = 1.5 the cosine is −0.2108, and the logarithm has no value there")),
        keys=(("step", "ArrowRight", "Step 1 of 16, forward: w₁ = x = 0.6."),
              ("step", "End", "The gradient is (−4.8118, −1.9247)"),
              ("x", "ArrowLeft", "The gradient is (−4.6144, −1.6919)"),
              ("y", "ArrowLeft", "The gradient is (−4.3847, −1.6632)")),
        plays=r"Step [1-9]\d? of 16", pictured=(("step", "End"), *[("step", "ArrowLeft")] * 3), shows="Step 13 of 16"),
    Exhibit(
        "descent_explorer", "gradient_descent", starts="Learning rate 0.1, step 0 of 200: weight 0.139, bias 0.194, loss 3.192",
        still="Learning rate 0.1, step 60 of 200",
        mouse=(("training step", "step 200 of 200: weight 1.916, bias 1.051"),
               ("learning rate", "Learning rate 0.9, step 200 of 200: weight and bias have left the map")),
        keys=(("training step", "ArrowRight", "step 1 of 200: weight 0.333, bias 0.533"),
              ("learning rate", "ArrowRight", "Learning rate 0.3, step 1 of 200: weight 0.722"),
              ("weight at start", "ArrowRight", "step 1 of 200: weight 1.015"),
              ("bias at start", "ArrowLeft", "step 1 of 200: weight 1.070")),
        plays=r"step [1-9]\d* of 200", pictured=(("training step", "End"), *[("learning rate", "ArrowRight")] * 3),
        shows="Learning rate 0.7, step 200 of 200"),
    Exhibit(
        "watch_it_learn", "linear_model", starts="After step 0 of 200", still="After step 40 of 200",
        mouse=(("training step", "After step 200 of 200"),
               ("1,200", "On 1,200 rows the loop has taken"),
               ("weight −15, bias −10", "the weight is 5.468, the bias −1.588"),
               ("learning rate", "the loss has left the picture")),
        keys=(("training step", "ArrowRight", "After step 1 of 200 the weight is 8.244, the bias 1.723"),
              ("learning rate", "ArrowRight", "After step 1 of 200 the weight is 9.895, the bias 1.961"),
              ("weight −15, bias −10", "Space", "After step 1 of 200 the weight is 26.536, the bias −3.932"),
              ("120", "Space", "On 120 rows the loop has taken")),
        plays=r"After step [1-9]\d* of 200",
        pictured=(*[("training step", "PageUp")] * 3, ("weight −15, bias −10", "Space"), ("120", "Space")),
        shows="On 120 rows the loop has taken"),
    Exhibit(
        "batch_sampler", "dataloader", starts="Epoch 1 of 10, in the order of the data: 8 batches",
        still="Epoch 2 of 10, in an order of its own (seed 0)",
        mouse=(("epoch", "Epoch 10 of 10, in the order of the data: 8 batches"),
               ("shuffle: True", "Epoch 10 of 10, in an order of its own (seed 0): 8 batches"),
               ("batch_size", "1 batch")),
        keys=(("epoch", "ArrowRight", "Epoch 2 of 10, in the order of the data"),
              ("batch_size", "ArrowRight", "4 batches, the first with rows 0, 1, 2, 3, …, the last with 12 rows; no rows left out"),
              ("shuffle: True", "Space", "in an order of its own (seed 0): 4 batches"),
              ("drop_last: True", "Space", "3 batches"),
              ("seed", "ArrowRight", "in an order of its own (seed 1): 3 batches"),
              ("learning rate", "ArrowRight", "the weight is 0.877, the bias −3.446")),
        plays=None, pictured=(("epoch", "ArrowRight"), ("shuffle: True", "Space")), shows="Epoch 2 of 10, in an order of its own"),
    Exhibit(
        "decision_boundary", "classification", starts="step 0 of 100: the loss is 11.53, the weight (1.00, 0.50)",
        still="Squared hinge, C 0.1, sigma 0.6, learning rate 0.01, step 100 of 100",
        mouse=(("training step", "Squared hinge, C 0.1, sigma 0.6, learning rate 0.01, step 100 of 100: the loss is 0.7977"),
               ("logistic", "Logistic loss, C 0.1, sigma 0.6, learning rate 0.01, step 100 of 100: the loss is 1.721"),
               ("C", "C 10, sigma 0.6, learning rate 0.01, step 100 of 100: the loss is 30.71")),
        keys=(("training step", "ArrowRight", "step 1 of 100: the loss is 8.813"),
              ("logistic", "Space", "step 1 of 100: the loss is 4.659"),
              ("C", "ArrowRight", "C 0.3, sigma 0.6, learning rate 0.01, step 1 of 100: the loss is 12.15"),
              ("sigma", "ArrowRight", "C 0.3, sigma 0.8, learning rate 0.01, step 1 of 100: the loss is 12.61"),
              ("learning rate", "ArrowRight", "learning rate 0.03, step 1 of 100: the loss is 10.75")),
        plays=r"step [1-9]\d* of 100",
        pictured=(("training step", "End"), ("logistic", "Space"), *[("C", "ArrowRight")] * 2),
        shows="C 1, sigma 0.6, learning rate 0.01, step 100 of 100"),
)
