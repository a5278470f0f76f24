# Answers to run-backward of autograd: the walk that fills in the adjoints of a graph

# %% right: every node sends
def run_backward(last):
    nodes = in_order(last)
    for node in nodes:
        node.adjoint = 0.0
    last.adjoint = 1.0
    for node in reversed(nodes):
        for predecessor, slope in zip(node.predecessors, node.slopes):
            predecessor.adjoint += node.adjoint * slope

# %% right: every node collects from its successors
def run_backward(last):
    nodes = in_order(last)[::-1]
    for node in nodes:
        node.adjoint = 1.0 if node is last else 0.0
        for successor in nodes:
            for predecessor, slope in zip(successor.predecessors, successor.slopes):
                if predecessor is node:
                    node.adjoint += successor.adjoint * slope

# %% right: a list that is emptied from its end
def run_backward(last):
    waiting = in_order(last)
    for node in waiting:
        node.adjoint = 0
    last.adjoint = 1
    while waiting:
        node = waiting.pop()
        for i in range(len(node.predecessors)):
            node.predecessors[i].adjoint = node.predecessors[i].adjoint + node.slopes[i] * node.adjoint

# %% right: down every path, without an order
def run_backward(last):
    for node in in_order(last):
        node.adjoint = 0.0

    def send(node, amount):
        node.adjoint += amount
        for predecessor, slope in zip(node.predecessors, node.slopes):
            send(predecessor, amount * slope)

    send(last, 1.0)

# %% wrong: the second message replaces the first -> term-replaced cell="run-backward-small"
def run_backward(last):
    nodes = in_order(last)
    for node in nodes:
        node.adjoint = 0.0
    last.adjoint = 1.0
    for node in reversed(nodes):
        for predecessor, slope in zip(node.predecessors, node.slopes):
            predecessor.adjoint = node.adjoint * slope

# %% wrong: from the leaves on -> walk-in-wrong-order cell="run-backward-small"
def run_backward(last):
    nodes = in_order(last)
    for node in nodes:
        node.adjoint = 0.0
    last.adjoint = 1.0
    for node in nodes:
        for predecessor, slope in zip(node.predecessors, node.slopes):
            predecessor.adjoint += node.adjoint * slope

# %% wrong: nothing to begin with -> walk-without-start cell="run-backward-small"
def run_backward(last):
    nodes = in_order(last)
    for node in nodes:
        node.adjoint = 0.0
    for node in reversed(nodes):
        for predecessor, slope in zip(node.predecessors, node.slopes):
            predecessor.adjoint += node.adjoint * slope

# %% wrong: adjoints of the first run stay -> adjoints-not-cleared cell="run-backward-small"
def run_backward(last):
    last.adjoint = 1.0
    for node in reversed(in_order(last)):
        for predecessor, slope in zip(node.predecessors, node.slopes):
            predecessor.adjoint += node.adjoint * slope

# %% wrong: only one step back -> walk-in-wrong-order cell="run-backward-small"
def run_backward(last):
    for node in in_order(last):
        node.adjoint = 0.0
    last.adjoint = 1.0
    for predecessor, slope in zip(last.predecessors, last.slopes):
        predecessor.adjoint += last.adjoint * slope

# %% wrong: slopes without the adjoint -> adjoint-not-passed-on cell="run-backward-small"
def run_backward(last):
    nodes = in_order(last)
    for node in nodes:
        node.adjoint = 0.0
    last.adjoint = 1.0
    for node in reversed(nodes):
        for predecessor, slope in zip(node.predecessors, node.slopes):
            predecessor.adjoint += slope

# %% wrong: slopes added, not multiplied -> unnamed cell="run-backward-small"
def run_backward(last):
    nodes = in_order(last)
    for node in nodes:
        node.adjoint = 0.0
    last.adjoint = 1.0
    for node in reversed(nodes):
        for predecessor, slope in zip(node.predecessors, node.slopes):
            predecessor.adjoint += node.adjoint + slope

# %% wrong: by rounds from the end, so that a far node sends too early -> unnamed cell="run-backward-ladder"
def run_backward(last):
    for node in in_order(last):
        node.adjoint = 0.0
    last.adjoint = 1.0
    waiting, seen = [last], [last]
    while waiting:
        node = waiting.pop(0)
        for predecessor, slope in zip(node.predecessors, node.slopes):
            predecessor.adjoint += node.adjoint * slope
            if predecessor not in seen:
                seen.append(predecessor)
                waiting.insert(0, predecessor)

# %% wrong: every node sends each time that it receives -> unnamed cell="run-backward-ladder"
def run_backward(last):
    for node in in_order(last):
        node.adjoint = 0.0
    last.adjoint = 1.0

    def send(node):
        for predecessor, slope in zip(node.predecessors, node.slopes):
            predecessor.adjoint += node.adjoint * slope
            send(predecessor)

    send(last)

# %% wrong: the values overwritten, not the adjoints -> unnamed cell="run-backward-small"
def run_backward(last):
    nodes = in_order(last)
    for node in nodes:
        node.value = 0.0
    last.value = 1.0
    for node in reversed(nodes):
        for predecessor, slope in zip(node.predecessors, node.slopes):
            predecessor.value += node.value * slope

# %% wrong: two predecessors, never one -> unnamed cell="run-backward-small"
def run_backward(last):
    nodes = in_order(last)
    for node in nodes:
        node.adjoint = 0.0
    last.adjoint = 1.0
    for node in reversed(nodes):
        if node.predecessors:
            for i in range(2):
                node.predecessors[i].adjoint += node.adjoint * node.slopes[i]

# %% wrong: one node that is both factors, counted once -> same-node-counted-once cell="run-backward-small"
def run_backward(last):
    nodes = in_order(last)
    for node in nodes:
        node.adjoint = 0.0
    last.adjoint = 1.0
    for node in reversed(nodes):
        for predecessor, slope in dict(zip(node.predecessors, node.slopes)).items():
            predecessor.adjoint += node.adjoint * slope

# %% wrong: one reversed list for two loops -> loop-used-up cell="run-backward-small"
def run_backward(last):
    nodes = reversed(in_order(last))
    for node in nodes:
        node.adjoint = 0.0
    last.adjoint = 1.0
    for node in nodes:
        for predecessor, slope in zip(node.predecessors, node.slopes):
            predecessor.adjoint += node.adjoint * slope
