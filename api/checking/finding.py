"""One thing that is not as it should be, as it is told to people and programs."""

from __future__ import annotations

import msgspec


class Wrong(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where something is wrong (a file, a table, an address), what, and at which entry of the log when that is known."""

    where: str
    reason: str
    entry: int | None = None
    key: str = ""
    column: str = ""

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.where,
                f"entry {self.entry}" if self.entry is not None else "",
                self.key,
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        return f"{place}: {self.reason}"


def in_order(wrong: list[Wrong]) -> list[Wrong]:
    """As the log goes: what has no place in it comes last."""
    return sorted(wrong, key=lambda each: (each.entry is None, each.entry or 0))
