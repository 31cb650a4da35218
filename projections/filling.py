"""Fills texts in where rows name their seals; done last, so that nothing else ever depends on a text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Any, Literal, NamedTuple, TypeVar, cast, get_args, get_origin
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
    SELECT t.digest, CASE WHEN t.withheld IS NULL THEN t.text ELSE i.text END,
        i.text IS NOT NULL, t.withheld, t.authority, t."on", t.entry
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
        for digest, words, instead, *withheld in await cursor.fetchall():
            for place in places[digest]:
                _put(place, words, Withheld(*withheld), instead=bool(withheld[0]) and instead)
    return answer


class Withheld(NamedTuple):
    """Why a text is not shown: the ground, who answers for it, the day, and the position of the entry that says so."""

    ground: str | None
    authority: str | None
    on: str | None
    entry: int | None


def _put(place: Place, words: str | None, why: Withheld, *, instead: bool) -> None:
    if isinstance(place, Text):
        place.text, place.instead = words, instead
        place.withheld, place.withheld_by, place.withheld_on, place.withheld_at = why
    else:
        names = ("withheld", "withheldBy", "withheldOn", "withheldAt")
        said = {"text": words, **dict(zip(names, why, strict=True)), "instead": instead or None}
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
