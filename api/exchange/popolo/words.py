"""How something is said in Popolo: objects without empty fields, days, sources and the names of choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from projections.row import Evidence, Text

Json = dict[str, Any]

OPTIONS: Mapping[str, str] = {
    "for": "yes",
    "against": "no",
    "abstained": "abstain",
    "absent": "absent",
    "not-voting": "not voting",
    "notVoting": "not voting",
    "divided": "divided",
    "blank": "blank",
    "invalid": "invalid",
}
"""Choices and what is stated of them, in Popolo's words where it has them."""


def made(**fields: object) -> Json:
    """An object with only the fields that have a value; a text that is withheld has none."""
    plain = {name: str(value) if isinstance(value, Text) else value for name, value in fields.items()}
    return {name: value for name, value in plain.items() if value is not None and value not in ("", [], {})}


def begins(when: str | None) -> str | None:
    """A day, month or year as it is told; of a span its first day."""
    return when.partition("/")[0] if when else None


def ends(when: str | None) -> str | None:
    """A day, month or year as it is told; of a span its last day."""
    return (when.partition("/")[2] or when) if when else None


def sources(evidence: Iterable[Evidence]) -> list[Json]:
    """Evidence that can be read at an address, each once."""
    found = dict.fromkeys((str(each.at or ""), each.grade) for each in evidence)
    return [made(url=url, note=grade) for url, grade in found if url.startswith(("https://", "http://"))]


def subregion(code: str) -> str:
    """The id of a sub-region: its code alone may be that of a member or body as well."""
    return f"subregion:{code}"
