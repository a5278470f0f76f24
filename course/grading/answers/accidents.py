"""Wrong answers that are refused by accident: for a misspelt name, for a line that is no Python, for an import that fails."""

from __future__ import annotations

import ast
import re

from course.grading.misspelt import nearest

from . import Answer

KINDS = (NameError, UnboundLocalError, SyntaxError, IndentationError, TabError, ImportError, ModuleNotFoundError)
ACCIDENTS = frozenset(kind.__name__ for kind in KINDS)
NOT_DEFINED = "not defined"  # in a title: the answer leaves a name out on purpose
_RAISED = re.compile(r"\A(?:.*?\braised\s+)?(?P<kind>\w+)\b", re.DOTALL)
_MISSING = re.compile(r"There\s+is\s+no\s+`(?P<name>\w+)`\s+yet")


def accident(answer: Answer, own, refusal) -> str:
    """What keeps a wrong answer from being tried at all, and what to do; empty where it was refused for what it does.

    own, refusal: CellResult of the solution cell and of the first graded cell that failed. An answer that is meant to stop in
    this way says so: its title holds the error's name, or "not defined", or the message names the title's mistake.
    """
    if answer.mistake == refusal.mistake or not (found := _found(answer, own, refusal)):
        return ""
    kind, says = found
    intended = NOT_DEFINED if kind == "NameError" else kind
    if kind.lower() in answer.how.lower() or intended in answer.how:
        return ""
    named = f"{kind} or '{NOT_DEFINED}'" if intended != kind else kind
    return f"{says}: it is refused for that, and not for what its title says. Mend the answer, or write {named} into its title if it is meant"


def _found(answer: Answer, own, refusal) -> tuple[str, str] | None:
    """The error's name, and a clause that says what happened."""
    if own.ename in ACCIDENTS and refusal.ename in ("NotAttempted", *ACCIDENTS):
        return own.ename, f"the answer itself stops with {own.ename} ({_first_line(own.evalue)})"
    if refusal.ename == "NotAttempted" and (missing := _MISSING.search(refusal.evalue)):
        return "NameError", f"the answer never defines {missing['name']}{_instead(missing['name'], answer.source)}"
    if refusal.ename == "Raised" and (raised := _RAISED.match(refusal.evalue)) and raised["kind"] in ACCIDENTS:
        return raised["kind"], f"{_first_line(refusal.evalue)}"
    if refusal.ename in ACCIDENTS:
        return refusal.ename, f"{refusal.name} stops with {refusal.ename} ({_first_line(refusal.evalue)})"
    return None


def _instead(missing: str, source: str) -> str:
    """Such as ", but weighted_means": the name that was probably meant, or the only one there is; empty where nothing is clear."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic, such as %timeit
        return ""
    defined = [node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    defined += [node.id for one in body if isinstance(one, ast.Assign) for node in one.targets if isinstance(node, ast.Name)]
    meant = nearest(missing, defined) or (defined[0] if len(defined) == 1 else None)
    return f", but {meant}" if meant else ""


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[0].rstrip(".")
