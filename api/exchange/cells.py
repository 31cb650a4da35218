"""What stands in one cell of a table, and how a spreadsheet is kept from running it; each way there has its way back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from projections.row import Text

RISKY = re.compile(r"'*\s*[\t\r\n=+\-@\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet may take for a formula, with the apostrophes that already stand before it."""
GUARD = "'"

Value = str | int | bool | date | Text | None


def cell(value: Value) -> str:
    """The letters of a cell: empty for what is not told or withheld, and guarded."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case _:
            return guarded(str(value))


def guarded(text: str) -> str:
    """A text with one apostrophe before it when a spreadsheet could take it for a formula."""
    return GUARD + text if RISKY.match(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded. One that begins with an apostrophe of its own keeps it."""
    return text[1:] if text.startswith(GUARD) and RISKY.match(text[1:]) else text


def listed(values: Iterable[str]) -> str:
    """Several values in one cell, with `;` between them; a `;` or a backslash that belongs to a value has a backslash before it."""
    return ";".join(re.sub(r"([;\\])", r"\\\1", value) for value in values)


def parted(text: str) -> tuple[str, ...]:
    """The values that `listed` put into one cell."""
    found = re.findall(r"((?:[^;\\]|\\.)*)(?:;|$)", text, re.DOTALL)[:-1] if text else []
    return tuple(re.sub(r"\\(.)", r"\1", each, flags=re.DOTALL) for each in found)
