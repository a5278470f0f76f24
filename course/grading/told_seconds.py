"""A limit of time as people read it, and what is said where it was reached."""

STILL_RUNNING = "still running after"


def told_seconds(seconds: float) -> str:
    """'0.5', '2.3', '12': what was left of a notebook's time is no round number, and its digits tell nobody anything."""
    return f"{seconds:.0f}" if seconds >= 9.5 else f"{seconds:.2g}"


def still_running(seconds: float) -> str:
    """What is said of a cell that was stopped at this limit."""
    return f"{STILL_RUNNING} {told_seconds(seconds)} s"
