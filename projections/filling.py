"""Fills texts in where rows name their seals; done last, so that nothing else ever depends on a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, cast

import msgspec

from projections.reading import Connection
from projections.row import Text

Place = Text | dict[str, Any]
"""Where a text belongs: in a row, or in the plain data of an entry."""
A = TypeVar("A")

FILL = """
    SELECT t.digest, CASE WHEN t.withheld IS NULL THEN t.text ELSE i.text END, t.withheld, i.text IS NOT NULL
    FROM read.texts t LEFT JOIN read.texts i ON i.digest = t.instead
    WHERE t.digest = ANY (%s) ORDER BY t.withheld NULLS FIRST, t.text NULLS FIRST
"""
"""The same seal at two places is open when one of its openings is there, and withheld when either was withdrawn."""


async def filled(conn: Connection, answer: A) -> A:
    """Put the text into every place for one in an answer, and give the answer back."""
    places: dict[str, list[Place]] = {}
    for place in _places(answer):
        places.setdefault(place.sd[0] if isinstance(place, Text) else place["_sd"][0], []).append(place)
    if places:
        cursor = await conn.execute(FILL, (list(places),))
        for digest, words, withheld, instead in await cursor.fetchall():
            for place in places[digest]:
                _put(place, words, withheld, instead=bool(withheld) and instead)
    return answer


def _put(place: Place, words: str | None, withheld: str | None, *, instead: bool) -> None:
    if isinstance(place, Text):
        place.text, place.withheld, place.instead = words, withheld, instead
    else:
        said = {"text": words, "withheld": withheld, "instead": instead or None}
        place.update({name: value for name, value in said.items() if value is not None})


def _places(value: object) -> Iterator[Place]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, msgspec.Struct):
        yield from _in_each(getattr(value, name) for name in value.__struct_fields__)
    elif isinstance(value, dict):
        data = cast("dict[str, Any]", value)
        if "_sd" in data:
            yield data
        else:
            yield from _in_each(data.values())
    elif isinstance(value, (tuple, list)):
        yield from _in_each(cast("Iterable[object]", value))


def _in_each(values: Iterable[object]) -> Iterator[Place]:
    for value in values:
        if isinstance(value, (msgspec.Struct, tuple, list, dict)):
            yield from _places(cast("object", value))
