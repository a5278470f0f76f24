"""A limit of time as people read it."""


def told_seconds(seconds: float) -> str:
    """'0.5', '2.3', '12': what was left of a notebook's time is no round number, and its digits tell nobody anything."""
    return f"{seconds:.0f}" if seconds >= 9.5 else f"{seconds:.2g}"
