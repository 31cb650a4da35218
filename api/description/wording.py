"""The document in the language that is asked for: it is written in English beside the code, and said in Dutch by a catalogue."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel.messages.pofile import read_po

from api.sentences import TITLES
from register.fact import written_as

LOCALE: Final = Path(__file__).parent.parent / "locale"
SAYING: Final = ("title", "summary", "description")
"""The members of the document that speak to people."""


def worded(document: Any, lang: str) -> Any:  # noqa: ANN401  # any JSON
    """The document with everything that speaks to people in Dutch or English."""
    if isinstance(document, list):
        return [worded(inner, lang) for inner in document]
    if not isinstance(document, dict):
        return document
    return {name: _member(name, inner, lang) for name, inner in document.items()}


def _member(name: str, value: Any, lang: str) -> Any:  # noqa: ANN401  # as above
    if name in {"example", "examples"}:
        return value
    if name == "tags":
        return [said(tag, lang) if isinstance(tag, str) else {**tag, "name": said(tag["name"], lang)} for tag in value]
    return said(value, lang) if name in SAYING and isinstance(value, str) else worded(value, lang)


def said(english: str, lang: str) -> str:
    """A text, paragraph by paragraph, in Dutch or English; what the catalogue does not have stays English."""
    plain = map(plainly, english.split("\n\n"))
    return "\n\n".join(plain if lang == "en" else (dutch().get(one, one) for one in plain))


def plainly(paragraph: str) -> str:
    """What a docstring says, to somebody who sees the interface: names of fields as they are sent, and None is absence."""
    named = re.sub(r"`([a-z_]+)`", lambda found: f"`{written_as(found[1])}`", paragraph)
    return " ".join(re.sub(r"(?<!-)\bNone\b", "absent", named).split())


@cache
def dutch() -> dict[str, str]:
    """The Dutch sentence for each English one; the names of problems are told in both languages already."""
    with (LOCALE / "nl" / "LC_MESSAGES" / "description.po").open("rb") as source:
        catalogue = {str(message.id): str(message.string) for message in read_po(source, locale="nl") if message.id}
    return catalogue | {english: nl for nl, english in TITLES.values()}
