"""Reads the notebook file that was handed in: mends what can be mended, and says in plain words why it cannot be read."""

import functools
import json
import re
from pathlib import Path

from jsonschema import Draft4Validator
from nbformat import NotebookNode, ValidationError, from_dict, v4, validator
from nbformat.v4.rwbase import rejoin_lines, strip_transient

from course.grading.submissions import ASK_FOR_IT, NotGradable

SIGNATURES = {
    b"%PDF": "a PDF", b"PK\x03\x04": "a zip archive", b"\x1f\x8b": "a gzip archive", b"\x89PNG": "a picture",
    b"<": "a web page", b"\xff\xfe": "text in UTF-16", b"\xfe\xff": "text in UTF-16",
}
# As JSON escapes it: of a whole character as well, whose other half stands beside it.
HALF_OF_A_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")
ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
MAJOR, MINOR = v4.nbformat, v4.nbformat_minor
# Whoever copies or writes a notebook calls itself for every level.
MOST_LEVELS = 40
# Metadata of the notebook that format 3 has and format 4 has not.
OF_FORMAT_3 = ("name", "signature")


def read_notebook(name: str, content: bytes) -> NotebookNode:
    """The notebook in a file, valid in the newest format, whatever it lacked; its texts are as the student left them.

    name: of the file, for the message. Metadata and outputs that no format allows are dropped, ids that are missing or
    wrong are made up, cells of unknown types become Markdown or raw. Raises NotGradable when the file is no notebook.
    """
    return mended(name, parsed(name, content))


def parsed(name: str, content: bytes) -> object:
    """What the JSON in a file says. Raises NotGradable, saying what the file is instead."""
    for start, what in SIGNATURES.items():
        if content.lstrip().startswith(start):
            raise NotGradable(f"{name} is not a notebook but {what}: {ASK_FOR_IT}")
    if not content.strip():
        raise NotGradable(f"{name} is empty: {ASK_FOR_IT}")
    try:
        return whole_characters(json.loads(content.decode("utf-8-sig")), content)
    except UnicodeDecodeError as error:
        reason = f"byte {error.start + 1} is not UTF-8"
    except json.JSONDecodeError as error:
        reason = f"its JSON is broken or ends too early at line {error.lineno}, column {error.colno}"
        if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
            reason = "it is some other text"
    except RecursionError:
        reason = "it nests too deeply"
    except ValueError:  # Python converts no number of more than 4300 digits
        reason = "it holds a number that is too long"
    raise NotGradable(f"{name} is not a notebook: {reason}; {ASK_FOR_IT}")


def whole_characters(book: object, content: bytes) -> object:
    """What was parsed from `content`, with a question mark for each half of a character, which no file could be written with."""
    if not HALF_OF_A_PAIR.search(content):
        return book
    return json.loads(json.dumps(book, ensure_ascii=False).encode("utf-8", "replace"))


def mended(name: str, book: object) -> NotebookNode:
    """A valid notebook with the cells of what a file said. Raises NotGradable when that has no cells that can be read."""
    book = book if isinstance(book, dict) else {}
    major = book.get("nbformat")
    if isinstance(major, int) and major > MAJOR:
        raise NotGradable(f"{name} is in notebook format {str(major)[:9]}, and none after {MAJOR} can be read: "
                          f"ask for it in format {MAJOR}")
    cells, metadata = book.get("cells"), allowed_metadata(book.get("metadata"))
    if not isinstance(cells, list):
        cells, metadata = cells_of_format_3(book), {key: metadata[key] for key in metadata if key not in OF_FORMAT_3}
    if cells is None:
        raise NotGradable(f"{name} is JSON, but has no cells: {ASK_FOR_IT}")
    cells = [mended_cell(cell) for cell in cells if isinstance(cell, dict | str)]
    give_ids(cells)
    notebook = {"nbformat": MAJOR, "nbformat_minor": MINOR, "metadata": metadata, "cells": cells}
    drop_what_no_format_allows(notebook)
    return strip_transient(rejoin_lines(from_dict(notebook)))


def cells_of_format_3(book: dict) -> list | None:
    """The cells of all worksheets, in the words of format 4; None where there are no worksheets."""
    sheets = book.get("worksheets")
    if not isinstance(sheets, list):
        return None
    lists = [sheet["cells"] for sheet in sheets if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)]
    return [upgraded(cell) for cells in lists for cell in cells]


def upgraded(cell: object) -> object:
    """A cell of format 3 in the words of format 4, without the outputs that were stored in it."""
    if not isinstance(cell, dict):
        return cell
    return {**cell, "source": cell.get("input", cell.get("source")), "execution_count": cell.get("prompt_number"), "outputs": []}


def mended_cell(cell: dict | str) -> dict:
    """A cell with all that its type asks for and nothing else. A mere text is a raw cell."""
    cell = {"cell_type": "raw", "source": cell} if isinstance(cell, str) else cell
    kind, source = kind_of(cell), text_of(cell.get("source"))
    level = cell.get("level")
    if cell.get("cell_type") == "heading" and isinstance(level, int) and 1 <= level <= 6:
        source = f"{'#' * level} {' '.join(source.splitlines())}"
    new = {"cell_type": kind, "id": cell.get("id"), "metadata": allowed_metadata(cell.get("metadata")), "source": source}
    if kind == "code":
        count, outputs = cell.get("execution_count"), cell.get("outputs")
        new["execution_count"] = count if type(count) is int and count >= 0 else None
        new["outputs"] = [one for one in outputs if is_shallow(one)] if isinstance(outputs, list) else []
    elif is_shallow(cell.get("attachments")) and cell.get("attachments") is not None:
        new["attachments"] = cell["attachments"]
    return new


def kind_of(cell: dict) -> str:
    """The type of a cell: what it says, where a notebook knows that; else what fits its contents."""
    kind = cell.get("cell_type")
    if kind in ("code", "markdown", "raw"):
        return kind
    if kind in ("heading", "html"):  # of format 3
        return "markdown"
    return "code" if "outputs" in cell or "execution_count" in cell else "raw"


def text_of(source: object) -> str:
    """A cell's text, which may be a list of lines."""
    lines = source if isinstance(source, list) else [source]
    return "".join(line for line in lines if isinstance(line, str))


def allowed_metadata(metadata: object) -> dict:
    """The metadata of a cell or a notebook, without what nests too deeply."""
    return {key: value for key, value in metadata.items() if is_shallow(value)} if isinstance(metadata, dict) else {}


def is_shallow(value: object, levels: int = MOST_LEVELS) -> bool:
    """Whether lists and objects nest at most that many levels in this value."""
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(is_shallow(one, levels - 1) for one in inner)


def give_ids(cells: list[dict]) -> None:
    """Gives a new id to each cell whose own is none, or that of a cell above."""
    wanted = {cell["id"] for cell in cells if isinstance(cell["id"], str)}
    taken = set()
    for number, cell in enumerate(cells, 1):
        if not (isinstance(cell["id"], str) and ID.fullmatch(cell["id"])) or cell["id"] in taken:
            cell["id"] = next(new for new in names_for(number) if new not in wanted and new not in taken)
        taken.add(cell["id"])


def names_for(number: int):
    """Ids for the cell of that number, without end; always the same ones."""
    name = f"cell-{number}"
    while True:
        yield name
        name += "-"


def drop_what_no_format_allows(notebook: dict) -> None:
    """Takes metadata, outputs and attachments out of a notebook in which nothing else can be wrong any more."""
    try:
        validator.get_validator(MAJOR, MINOR).validate(notebook)  # much faster than finding out what is wrong
        return
    except ValidationError:
        pass
    notebook["metadata"] = valid_entries(notebook["metadata"], checker("properties/metadata"))
    for cell in notebook["cells"]:
        cell["metadata"] = valid_entries(
            cell["metadata"], checker(f"definitions/{cell['cell_type']}_cell/properties/metadata"))
        if "outputs" in cell:
            cell["outputs"] = [one for one in cell["outputs"] if checker("definitions/output").is_valid(one)]
        if "attachments" in cell and not checker("definitions/misc/attachments").is_valid(cell["attachments"]):
            del cell["attachments"]


def valid_entries(node: dict, check: Draft4Validator) -> dict:
    """The node without the entries in which the checker finds an error."""
    wrong = {error.absolute_path[0] for error in check.iter_errors(node)}
    return {key: value for key, value in node.items() if key not in wrong}


@functools.cache
def checker(part: str) -> Draft4Validator:
    """Finds all that is wrong with a part of a notebook, named by its place in the format's schema."""
    path = Path(v4.__file__).parent / v4.nbformat_schema[MAJOR, MINOR]
    schema = json.loads(path.read_text(encoding="utf-8"))
    return Draft4Validator({"$ref": f"#/{part}", "properties": schema["properties"], "definitions": schema["definitions"]})
