"""Where something was changed, and when nothing was."""

from __future__ import annotations

from dataclasses import dataclass


class SaysTheSame(Exception):
    """The change left everything as it was: another way to write the same value."""


@dataclass(frozen=True)
class Place:
    """Where something was changed: a file or a table, there which row, and in which column when it is one."""

    where: str
    key: str = ""
    entry: int | None = None
    column: str = ""

    @property
    def group(self) -> str:
        """What it is one of: a table, entries, tiles, checkpoints."""
        if "/" not in self.where:
            return self.where if "." in self.where or self.where == "checkpoint" else "other files"
        return self.where.partition("/")[0] if not self.where.startswith("tile/entries/") else "entries"

    def __str__(self) -> str:
        return " ".join(part for part in (self.where, self.key, self.column) if part)
