"""How much a submission may use, as plain data."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

MiB = 1024**2
GiB = 1024**3


@dataclass(frozen=True)
class Limits:
    """What one submission may use, all its processes together where nothing else is said.

    memory_bytes: memory of its own, files in its folder counted too; memory that it shares with the warm server is not.
    processes: processes and threads at a time. disk_bytes: all files together, and the largest one. cpu_seconds,
    wall_seconds: from its start on. output_bytes: what it may print and show; the server enforces it. open_files: open
    files of each process.
    """

    memory_bytes: int = 2 * GiB
    processes: int = 64
    disk_bytes: int = 256 * MiB
    cpu_seconds: float = 600
    wall_seconds: float = 600
    output_bytes: int = 64 * MiB
    open_files: int = 256

    def __post_init__(self):
        wrong = [field.name for field in fields(self) if not getattr(self, field.name) > 0]
        if wrong:
            raise ValueError(f"limits must be above 0: {', '.join(wrong)}")

    def to_dict(self) -> dict[str, int | float]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, int | float]) -> Limits:
        """TypeError for a name that is no limit, ValueError for a limit that is not above 0."""
        return cls(**data)
