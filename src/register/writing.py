"""Which characters a string of the register may hold, and how a text is brought into that form."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

FORBIDDEN = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Controls but line feed, bidirectional controls and lone surrogates: they hide or reorder what a reader sees."""
MOST_MARKS: Final = 30
"""No language stacks more marks on one letter; putting longer stacks in order takes a time that grows with their square."""


def composed(text: str) -> str:
    """The text in normal form C with line feeds only, as a reader would have typed it; as it is when it holds a stack of marks."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines if _stacked(lines) else unicodedata.normalize("NFC", lines)


def forbidden_in(text: str) -> str | None:
    """The first character that may not stand in a string, as `U+0000`, or None."""
    found = FORBIDDEN.search(text)
    char = found.group() if found else _stacked(text)
    return f"U+{ord(char):04X}" if char else None


def is_written(text: str) -> bool:
    """Tell whether a string is in the one form in which the register stores it."""
    return forbidden_in(text) is None and unicodedata.is_normalized("NFC", text)


def _stacked(text: str) -> str | None:
    """The mark with which a stack becomes too high, or None."""
    if text.isascii():
        return None
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run > MOST_MARKS:
            return char
    return None
