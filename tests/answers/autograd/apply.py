# Answers to apply of autograd: run a rule on the values of nodes, and remember where the result came from

# %% right: in two lines
def apply(rule, *nodes, **fixed):
    value, slopes = rule(*[node.value for node in nodes], **fixed)
    return Node(value, nodes, slopes)

# %% right: a loop, and keywords
def apply(rule, *nodes, **fixed):
    values = []
    for node in nodes:
        values.append(node.value)
    value, slopes = rule(*values, **fixed)
    return Node(value=value, predecessors=tuple(nodes), slopes=slopes)

# %% right: attributes set afterwards, predecessors as a list
def apply(rule, *nodes, **fixed):
    made = Node(0.0)
    made.value, made.slopes = rule(*(node.value for node in nodes), **fixed)
    made.predecessors = list(nodes)
    return made

# %% wrong: the rule is given nodes -> unnamed cell="apply-remembers"
def apply(rule, *nodes, **fixed):
    value, slopes = rule(*nodes, **fixed)
    return Node(value, nodes, slopes)

# %% wrong: forgets where it came from -> unnamed cell="apply-remembers"
def apply(rule, *nodes, **fixed):
    value, slopes = rule(*[node.value for node in nodes], **fixed)
    return Node(value)

# %% wrong: remembers numbers in place of nodes -> node-not-remembered cell="apply-remembers"
def apply(rule, *nodes, **fixed):
    values = [node.value for node in nodes]
    value, slopes = rule(*values, **fixed)
    return Node(value, values, slopes)

# %% wrong: remembers copies -> node-not-remembered cell="apply-remembers"
def apply(rule, *nodes, **fixed):
    value, slopes = rule(*[node.value for node in nodes], **fixed)
    return Node(value, tuple(Node(node.value) for node in nodes), slopes)

# %% wrong: what is fixed is left out -> unnamed cell="apply-remembers"
def apply(rule, *nodes, **fixed):
    value, slopes = rule(*[node.value for node in nodes])
    return Node(value, nodes, slopes)

# %% wrong: the pair is not taken apart -> unnamed cell="apply-remembers"
def apply(rule, *nodes, **fixed):
    return Node(rule(*[node.value for node in nodes], **fixed), nodes)

# %% wrong: slopes and predecessors exchanged -> unnamed cell="apply-remembers"
def apply(rule, *nodes, **fixed):
    value, slopes = rule(*[node.value for node in nodes], **fixed)
    return Node(value, slopes, nodes)

# %% wrong: the adjoint begins at 1 -> unnamed cell="apply-remembers"
def apply(rule, *nodes, **fixed):
    value, slopes = rule(*[node.value for node in nodes], **fixed)
    made = Node(value, nodes, slopes)
    made.adjoint = 1.0
    return made

# %% wrong: nothing returned -> unnamed cell="apply-remembers"
def apply(rule, *nodes, **fixed):
    value, slopes = rule(*[node.value for node in nodes], **fixed)
    Node(value, nodes, slopes)

# %% wrong: two nodes, never one -> unnamed cell="apply-remembers"
def apply(rule, *nodes, **fixed):
    a, b = nodes
    value, slopes = rule(a.value, b.value, **fixed)
    return Node(value, (a, b), slopes)

# %% wrong: one star for what is named -> unnamed cell="apply-remembers"
def apply(rule, *nodes, fixed=()):
    value, slopes = rule(*[node.value for node in nodes], *fixed)
    return Node(value, nodes, slopes)
