"""What code a hint shows, and how much of an answer that tells."""

import ast
import re
import textwrap

FENCED = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`]+)`")
STUB = re.compile(r"^( *)# YOUR CODE HERE\n *raise NotImplementedError\(\)$", re.MULTILINE)
GAP = re.compile(r"\.\.\.")
COMPUTES = (ast.BinOp, ast.Compare, ast.Subscript, ast.ListComp, ast.GeneratorExp)


def fenced(text):
    """The pieces of code that stand in lines of their own."""
    return FENCED.findall(text)


def prose(text):
    """A hint without its code in lines of its own; what is in `backticks` stays."""
    return FENCED.sub("", text)


def inline(text):
    """What stands in backticks within the prose, on one line each."""
    return [" ".join(found.split()) for found in INLINE.findall(prose(text))]


def parsed(source):
    """The syntax tree, or an empty one where the text is no Python."""
    try:
        return ast.parse(textwrap.dedent(source))
    except SyntaxError:
        return ast.Module([], [])


def told(text):
    """All that the code of a text says: each expression and the first line of each statement, as `ast` writes them."""
    trees = [parsed(source) for source in (*fenced(text), *inline(text))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return {first_line(node) for node in nodes if isinstance(node, (ast.expr, ast.stmt))}


def steps(source):
    """What an answer does, a step each: what gets a name or is returned, of other statements the first line."""
    statements = [node for node in ast.walk(parsed(source)) if isinstance(node, ast.stmt)]
    return {first_line(worth(node)) for node in statements if not is_furniture(node)}


def is_furniture(node):
    """Whether a statement is a docstring, or the header of a function or a class."""
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_text or isinstance(node, (ast.FunctionDef, ast.ClassDef))


def worth(node):
    """The value of what only names or returns it: another name would do as well."""
    names_it = isinstance(node, ast.Assign) and all(isinstance(target, ast.Name) for target in node.targets)
    return node.value if names_it or isinstance(node, (ast.Return, ast.Expr)) and node.value else node


def decisive(source, shown=frozenset()):
    """The steps of an answer that take a thought: not those shown above or that compute nothing, if others are left."""
    new = steps(source) - set(shown)
    return {step for step in new if computes(step)} or new or steps(source)


def computes(step):
    """Whether a step is more than a name, a constant or a call without arguments, such as `optimiser.step()`."""
    nodes = list(ast.walk(parsed(step if not step.endswith(":") else f"{step} pass")))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    return any(isinstance(node, COMPUTES) for node in nodes) or any(call.args or call.keywords for call in calls)


def first_line(node):
    """The header of a compound statement, anything else whole."""
    text = ast.unparse(node)
    return text.splitlines()[0] if hasattr(node, "body") and isinstance(node, ast.stmt) else text


def pasted(text, stub):
    """The code of a hint as somebody would try it: its pieces, and each expression on the arguments, returned."""
    functions = [node for node in parsed(stub).body if isinstance(node, ast.FunctionDef)]
    arguments = {argument.arg for function in functions for argument in function.args.args}
    expressions = [code for code in inline(text) if arguments & names(code)] if len(functions) == 1 else []
    return [*fenced(text), *(f"return {code}" for code in expressions)]


def names(code):
    """The names in an expression; none where the text is no expression, or is a name alone."""
    try:
        tree = ast.parse(code, mode="eval")
    except SyntaxError:
        return set()
    if isinstance(tree.body, ast.Name):
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def answered(stub, code):
    """The stub of an answer cell with this code in the place of each thing to be written."""
    return STUB.sub(lambda found: textwrap.indent(code.rstrip("\n"), found[1]), stub)


def filled(code, gaps):
    """Code with each `...` replaced by the next of these, as far in as it stands; those that are left go below it."""
    left, lines = list(gaps), []
    for line in code.splitlines():
        indent = "\n" + " " * (len(line) - len(line.lstrip()))
        lines.append(GAP.sub(lambda gap, indent=indent: indent.join(left.pop(0).splitlines()), line))
    return "\n".join([*lines, *left])
