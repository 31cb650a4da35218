"""Which characters a string of the register may hold, and how a text is brought into that form."""

from __future__ import annotations

import re
import unicodedata

FORBIDDEN = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Controls but line feed, bidirectional controls and lone surrogates: they hide or reorder what a reader sees."""


def composed(text: str) -> str:
    """The text in normal form C with line feeds only, as a reader would have typed it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def forbidden_in(text: str) -> str | None:
    """The first character that may not stand in a string, as `U+0000`, or None."""
    found = FORBIDDEN.search(text)
    return f"U+{ord(found.group()):04X}" if found else None


def is_written(text: str) -> bool:
    """Tell whether a string is in the one form in which the register stores it."""
    return not FORBIDDEN.search(text) and unicodedata.is_normalized("NFC", text)
