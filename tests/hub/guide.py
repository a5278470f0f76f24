"""The commands of docs/jupyterhub.md, so that what people are told to type is what the tests run."""

import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
GUIDE = REPOSITORY / "docs" / "jupyterhub.md"


def commands(title, text=None):
    """The ```sh blocks below the heading `title`, joined. Raises LookupError when there are none."""
    sections = re.split(r"^#+ +(.+)\n", GUIDE.read_text() if text is None else text, flags=re.MULTILINE)
    blocks = [
        block
        for heading, body in zip(sections[1::2], sections[2::2], strict=True) if heading.strip() == title
        for block in re.findall(r"^```sh\n(.*?)^```$", body, flags=re.MULTILINE | re.DOTALL)
    ]
    if not blocks:
        raise LookupError(f"no commands below '{title}' in {GUIDE.name}")
    return "".join(blocks)
