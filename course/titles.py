"""The title and the invitation above what a notebook shows: exhibits and the mock exam look alike."""

import html


def title_block(title: str, invitation: str) -> str:
    """Both as HTML, the title on a line of its own."""
    return (f'<div style="line-height:1.5"><b style="font-size:115%">{html.escape(title)}</b><br>'
            f"{html.escape(invitation)}</div>")
