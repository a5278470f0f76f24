"""nbformat's check of each new output, compiled: the same verdict for a hundredth of the time."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import fastjsonschema
from nbformat import v4
from nbformat.v4 import nbbase

KINDS = ("stream", "display_data", "execute_result", "error")


def compile_output_check() -> None:
    """From now on new outputs are checked with compiled schemas in this process.

    nbformat compiles the schema of whole notebooks, and interprets that of their parts anew for each output.
    """
    if not hasattr(nbbase.validate, "__wrapped__"):
        nbbase.validate = _compiled(nbbase.validate)
        for kind in KINDS:
            _check(kind)


def _compiled(validate):
    @functools.wraps(validate)
    def check(node, ref=None):
        if ref not in KINDS:
            return validate(node, ref)
        try:
            _check(ref)(node)
        except fastjsonschema.JsonSchemaException:
            validate(node, ref)  # which decides, and words the error

    return check


@functools.cache
def _check(kind: str):
    """A function that raises JsonSchemaException for what is no output of this kind."""
    path = Path(v4.__file__).with_name(nbbase.nbformat_schema[None, None])
    schema = json.loads(path.read_text(encoding="utf-8"))
    parts = {name: schema[name] for name in ("$schema", "definitions")}
    return fastjsonschema.compile({**parts, "$ref": f"#/definitions/{kind}"}, use_default=False)
