"""Diagnosis: what a training function got wrong, by an id, with the evidence; and what each id means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Diagnosis:
    """mistake: an id of MEANINGS, None where nothing is wrong or no name is sure. evidence: one plain sentence.

    matched: the function is right. also: further mistakes made together with the first. notes: ids of what does no harm
    to the result but is worth a remark.
    """

    mistake: str | None
    evidence: str
    matched: bool
    also: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def right(evidence: str, notes: tuple[str, ...] = ()) -> Diagnosis:
    return Diagnosis(None, evidence, True, notes=notes)


def wrong(mistake: str | None, evidence: str, also: tuple[str, ...] = ()) -> Diagnosis:
    return Diagnosis(mistake, evidence, False, also=also)


# Ids that the switched reference tells apart by numbers.
BY_NUMBERS: dict[str, str] = {
    "gradients-never-zeroed": "no gradient is ever zeroed, so each step follows the sum of all so far",
    "weight-gradient-never-zeroed": "only the bias's gradient is zeroed",
    "bias-gradient-never-zeroed": "only the weight's gradient is zeroed",
    "wrong-sign": "the step goes up the gradient",
    "sum-for-mean": "the loss, or a history entry, is a sum where the mean was due",
    "factor-half": "every gradient is half of what it should be",
    "factor-two": "every gradient is twice what it should be",
    "divided-by-n-minus-one": "the loss is divided by n - 1",
    "absolute-error": "the loss is the mean absolute error",
    "root-of-loss": "the loss is the root of the mean squared error",
    "not-squared": "the residuals are not squared",
    "square-of-mean": "the mean residual is squared, not each residual",
    "squared-error-of-logits": "the squared error of the logits stands for the cross-entropy",
    "sigmoid-before-bce-with-logits": "a sigmoid comes before the loss that applies one itself",
    "one-step-too-few": "one training step too few",
    "one-step-too-many": "one training step too many",
    "only-one-step": "a single training step is taken",
    "parameters-never-change": "the parameters never change",
    "weight-never-updated": "the weight never changes",
    "bias-never-updated": "the bias never changes",
    "gradient-after-update": "the bias is updated with a gradient at the new weight",
    "weight-gradient-after-update": "the weight is updated with a gradient at the new bias",
    "broadcast-n-by-n": "(n,) and (n, 1) broadcast to (n, n)",
    "uses-adam": "Adam stands where plain gradient descent was due",
    "uses-momentum": "momentum is added, or another than the task's",
    "momentum-left-out": "the momentum that the task asks for is missing",
    "weight-decay-left-out": "the weight decay that the task asks for is missing",
    "last-row-left-out": "the last row is not used",
    "only-first-row": "only the first row is used",
    "learning-rate-ignored": "the step is as long as the gradient",
    "learning-rate-hard-coded": "another learning rate than the argument is used",
    "learning-rate-twice": "the learning rate is multiplied in twice",
    "divided-by-learning-rate": "the gradient is divided by the learning rate",
    "one-update-per-row": "the parameters are updated once a row, not once a pass",
    "whole-set-each-step": "each step uses all rows, not a batch",
    "last-batch-lost": "the last, smaller batch is not trained on",
    "always-first-batch": "each step uses the first batch",
}

# Ids that the trace tells, because the numbers of several mistakes are equal or there are none.
BY_TRACE: dict[str, str] = {
    "zeroed-between-backward-and-step": "the gradients are zeroed after backward and before the step",
    "step-before-backward": "the step comes before backward",
    "no-backward": "no backward pass is made",
    "by-hand-for-autograd": "the numbers are right, and made without a backward pass where the task asks for one",
    "parameter-zeroed": "zero_() is called on a parameter, not on its gradient",
    "no-step": "no update reaches the parameters",
    "step-outside-loop": "the update stands below the loop, and is made once",
    "start-set-each-step": "the parameters are set to their start in every step",
    "one-update-an-epoch": "one update is made for each epoch, not for each batch",
    "optimiser-holds-other-parameters": "the optimiser updates other tensors than those of the loss",
    "model-rebuilt-after-optimiser": "the optimiser holds the parameters of another model than the trained one",
    "model-made-each-step": "the parameters are made anew in every step",
    "copy-updated": "a copy of the parameters is updated",
    "trained-copy-not-returned": "other tensors are returned than those that were trained",
    "rewrapped-result": "the loss is wrapped in a new tensor, so the parameters get no gradient",
    "other-optimiser": "an optimiser of another kind",
    "weight-decay-added": "weight decay is added",
    "steps-hard-coded": "another number of steps than the argument",
    "start-ignored": "training begins from other parameters than those given",
    "returned-in-wrong-order": "bias and weight are returned in the wrong order",
    "diverged": "the numbers are no longer finite",
    "history-not-returned": "no loss history is returned",
    "history-one-too-long": "the loss history has an entry too many",
    "history-one-too-short": "the loss history is one entry short",
    "history-after-update": "the loss history is taken after each update",
    "final-loss-for-history": "a single loss is returned where a history was due",
    "history-not-cloned": "all history entries are the same tensor",
    "history-of-tensors": "history entries keep the graph of their step",
    "graph-kept-over-steps": "the returned parameters hang on the graph of all steps",
    "running-total-for-history": "history entries add up over the steps",
    "mean-of-batch-means": "batch means are averaged though the batches differ in size",
    "batches-taken-for-samples": "a sum over samples is divided by the number of batches",
    "samples-taken-for-batches": "a sum over batches is divided by the number of samples",
    "last-batch-for-epoch": "the loss of an epoch is that of its last batch",
    "totals-never-reset": "the sum and the count of rows go on over the epochs",
    "no-shuffle": "batches come in the same order each epoch",
    "reseeded-each-epoch": "the random state is set back each epoch, so the order repeats",
    "shuffled-against-the-task": "rows are shuffled though the order was fixed",
    "sampling-with-replacement": "rows are drawn with replacement",
    "rows-never-used": "some rows are never trained on",
    "one-batch-only": "only one batch of an epoch is trained on",
    "one-epoch-only": "a single epoch is run",
    "wrong-epochs": "another number of epochs than asked for",
    "wrong-batch-size": "another batch size than asked for",
    "eval-not-switched-back": "the model is not put back into training mode after eval()",
    "evaluation-changes-model": "rows that were meant for evaluation are trained on",
}

# Ids that an exception's type and the state at the time tell.
BY_ERROR: dict[str, str] = {
    "in-place-on-leaf": "the parameter is updated in place outside no_grad",
    "leaf-rebound": "w = w - ... outside no_grad: the new w is no leaf and gets no .grad",
    "leaf-rebound-in-no-grad": "w = w - ... inside no_grad or detached: the new w does not require grad",
    "backward-twice": "a second backward pass through a graph that the first one freed",
    "in-place-on-saved": "a value that backward needs was overwritten",
    "backward-on-vector": "backward on several numbers",
    "backward-without-graph": "nothing in the loss requires grad",
    "detached-result": "detach() or .data between the parameters and the loss",
    "number-in-graph": "item(), float() or numpy() between the parameters and the loss",
    "no-grad-around-forward": "the forward pass runs inside no_grad",
    "zeroing-none": "a gradient is zeroed before there is one",
    "grad-is-none": "a gradient is used that is not there",
    "grad-set-to-number": "a number is assigned to .grad",
    "not-a-leaf": "the parameter is the result of a computation",
    "optimiser-without-parameters": "the optimiser is given nothing",
    "optimiser-given-a-tensor": "the optimiser is given one tensor, not a list",
    "shapes-do-not-broadcast": "shapes that do not fit each other",
    "matrix-product-shapes": "the shapes of a matrix product do not fit",
    "wrong-layer-size": "a layer has other sizes than the data",
    "device-mismatch": "tensors on different devices",
}

# Ids that tell whether a function used its arguments.
BY_ARGUMENTS: dict[str, str] = {
    "globals-for-arguments": "a model of the notebook is trained, not the argument",
    "argument-not-used": "an object of another origin stands where an argument was due",
}

MEANINGS: dict[str, str] = BY_NUMBERS | BY_TRACE | BY_ERROR | BY_ARGUMENTS
