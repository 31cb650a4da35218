"""Fills texts in where rows name their seals; done last, so that nothing else ever depends on a text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Any, Literal, TypeVar, cast, get_args, get_origin
from uuid import UUID

import msgspec

from projections.reading import Connection
from projections.row import Text

Place = Text | dict[str, Any]
"""Where a text belongs: in a row, or in the plain data of an entry."""
A = TypeVar("A")
PLAIN = (str, int, float, bool, NoneType, date, datetime, UUID, ...)
"""What holds no text by itself; a list of it does not either."""

FILL = """
    SELECT t.digest, CASE WHEN t.withheld IS NULL THEN t.text ELSE i.text END, t.withheld, i.text IS NOT NULL
    FROM read.texts t LEFT JOIN read.texts i ON i.digest = t.instead
    WHERE t.digest = ANY (%s) ORDER BY t.withheld NULLS FIRST, t.text NULLS FIRST
"""
"""The same seal at two places is open when one of its openings is there, and withheld when either was withdrawn."""


async def filled(conn: Connection, answer: A) -> A:
    """Put the text into every place for one in an answer, and give the answer back."""
    found: list[Place] = []
    _look(answer, found)
    places: dict[str, list[Place]] = {}
    for place in found:
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


def _look(value: object, found: list[Place]) -> None:
    """Find every place for a text in a value."""
    if isinstance(value, Text):
        found.append(value)
    elif isinstance(value, msgspec.Struct):
        for name in deep(type(value)):
            _look(getattr(value, name), found)
    elif isinstance(value, dict):
        data = cast("dict[str, Any]", value)
        if "_sd" in data:
            found.append(data)
        else:
            _look_in(data.values(), found)
    elif isinstance(value, (tuple, list)):
        _look_in(cast("Iterable[object]", value), found)


def _look_in(values: Iterable[object], found: list[Place]) -> None:
    for value in values:
        if isinstance(value, (msgspec.Struct, tuple, list, dict)):
            _look(cast("object", value), found)


@cache
def deep(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of a struct in which a text may be; most hold a code, a number or a day, and every answer has many."""
    return tuple(field.name for field in msgspec.structs.fields(kind) if not _plain(field.type))


def _plain(kind: Any) -> bool:  # noqa: ANN401  # a type as it is annotated
    if get_origin(kind) is Literal:
        return True
    within = get_args(kind)
    if hasattr(kind, "__metadata__"):  # Annotated: only its first says what it holds
        return _plain(kind.__origin__)
    return all(map(_plain, within)) if within else any(kind is plain for plain in PLAIN)
