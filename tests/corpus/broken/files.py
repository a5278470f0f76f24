"""Files that are no notebook, or not the one that was asked for."""

import io
import json
import zipfile

from ..submissions import NOTEBOOK, Files, as_file, broken


@broken(flagged="is empty")
def empty_file(book):
    """A file of no bytes."""
    return b""


@broken(flagged="is empty")
def blank_file(book):
    """Nothing but line ends."""
    return b"\n\r\n \n"


@broken(flagged="is not a notebook")
def not_json(book):
    """A Python script with a notebook's name."""
    return b"print('hello')\n"


@broken(flagged="is not a notebook")
def truncated(book):
    """The upload stopped half way."""
    content = as_file(book)
    return content[: len(content) // 2]


@broken(flagged="has no cells")
def json_without_cells(book):
    """JSON, but no notebook."""
    return b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}'


@broken(flagged="has no cells")
def a_list(book):
    """JSON, a list of cells without a notebook around them."""
    return json.dumps(book.cells).encode()


@broken(flagged="has no cells")
def cells_are_a_text(book):
    """The key is there, and holds no list."""
    book["cells"] = "none"


@broken(flagged="is not a notebook")
def deeply_nested(book):
    """A hundred thousand brackets, which a reader that calls itself cannot read."""
    return b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@broken()
def byte_order_mark(book):
    """Saved by an editor that puts a byte order mark first."""
    return b"\xef\xbb\xbf" + as_file(book)


@broken(flagged="is not a notebook")
def utf_16(book):
    """Saved as UTF-16."""
    return as_file(book).decode().encode("utf-16")


@broken(flagged="is not a notebook")
def latin_1(book):
    """Saved as Latin-1, with an umlaut in it."""
    book.cells[0].source += " für später"
    return json.dumps(book, ensure_ascii=False).encode("latin-1")


@broken()
def windows_line_ends(book):
    """Saved with CRLF."""
    return json.dumps(book, indent=1).replace("\n", "\r\n").encode()


@broken(flagged="zip")
def zip_archive(book):
    """A zip archive, renamed."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(NOTEBOOK, as_file(book))
    return content.getvalue()


@broken(flagged="PDF")
def pdf(book):
    """A printout, renamed."""
    return b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@broken(flagged="is not a notebook")
def web_page(book):
    """The page of the notebook, saved from the browser."""
    return b"<!DOCTYPE html><html><body>corpus.ipynb</body></html>"


@broken(flagged=r"found corpus \(1\)\.ipynb")
def wrong_name(book):
    """The name that a browser gives to the second download."""
    return Files({"corpus (1).ipynb": as_file(book)})


@broken(flagged="found Corpus.IPYNB")
def name_in_capitals(book):
    """The right name in capitals."""
    return Files({"Corpus.IPYNB": as_file(book)})


@broken(flagged="nothing")
def no_file(book):
    """An empty folder."""
    return Files({})


@broken()
def two_notebooks(book):
    """A second notebook lies beside the right one."""
    return {"corpus (1).ipynb": as_file(book), "notes.ipynb": "{}"}


@broken()
def files_beside(book):
    """Ten megabytes of pictures and data, folders and hidden files beside the notebook."""
    return {
        "holiday.png": bytes(10_000_000), "data/more/numbers.csv": "a,b\n1,2\n", ".ipynb_checkpoints/corpus-checkpoint.ipynb": "{",
        ".hidden": "", "a name with spaces and ünïcode.txt": "text",
    }


@broken(flagged="")
def a_notebook_of_sixty_megabytes(book):
    """Outputs of 60 MB, stored in the file."""
    book.cells[2]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 60_000_000}]
