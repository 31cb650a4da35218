"""What differs in a decision between two moments, each with a day and a time of knowing, and which entries made the difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, LiteralString
from uuid import UUID

import msgspec
from psycopg.rows import tuple_row

from projections.at import At
from projections.filling import filled
from projections.history.query import TELL, events
from projections.history.row import Altered, Between, How, Moment, Step
from projections.history.versions import Version, begun_by, over_by, standing, told_by
from projections.reading import Connection

Known = dict[str, Version]


async def between(conn: Connection, id: str, before: At | None, after: At) -> Between | None:
    """The difference from one moment to another, `before` None being before there was anything; None when nothing is known of it then."""
    steps = await events(conn, id, after)
    if not steps:
        return None
    earlier = [each.event.seq for each in await events(conn, id, before)] if before is not None else []
    corrections = {each.event.position for each in steps if each.event.type == "decision.corrected"}
    altered: list[Altered] = []
    for model, table in TELL:
        versions = await _versions(conn, table, id)
        altered.extend(_altered(model, versions, before, after, corrections))
    learned: tuple[Step, ...] = tuple(each for each in steps if each.event.seq not in earlier)
    return Between(
        id=id,
        before=Moment(valid_on=before.valid_on, known_at=before.known_at) if before is not None else None,
        after=Moment(valid_on=after.valid_on, known_at=after.known_at),
        changes=await filled(conn, tuple(altered)),
        learned=learned,
    )


async def _versions(conn: Connection, table: LiteralString, id: str) -> list[Version]:
    """Every version of every row of a decision, in the order of their entries."""
    query: LiteralString = (
        "SELECT r.key, r.since, r.known_from, r.until, r.known_until, r.valid_from, r.valid_until, r.body::text"  # noqa: S608  # literals only
        f" FROM read.{table} r WHERE r.stream = %(id)s ORDER BY r.seq, r.key, r.since"
    )
    async with conn.cursor(row_factory=tuple_row) as cursor:
        await cursor.execute(query, {"id": UUID(id)})
        return [
            Version(key, since, known_from, until, known_until, valid_from, valid_until, msgspec.json.decode(body))
            for key, since, known_from, until, known_until, valid_from, valid_until, body in await cursor.fetchall()
        ]


def _altered(
    model: str, versions: Sequence[Version], before: At | None, after: At, corrections: set[int]
) -> Iterator[Altered]:
    was: Known = standing(versions, before) if before is not None else {}
    now: Known = standing(versions, after)
    for key in dict.fromkeys((*was, *now)):
        old, new = was.get(key), now.get(key)
        entries = _made_by(key, versions, before, after)
        if new is not None and old is None:
            old = _line_of(new, was)  # the position or standpoint that this one is a revision of
            if over_by(new, after) and _succeeded(new, now):
                continue
        elif old is not None and new is not None and _succeeded(new, now) and not _succeeded(old, was):
            continue
        how = _how(old, new, before, after, corrected=bool(corrections & set(entries)))
        if how is None:
            continue
        told = new or old
        assert told is not None  # noqa: S101  # a key is there before or after
        yield Altered(
            model=model,
            fact=told.body["fact"],
            key=key,
            how=how,
            entries=tuple(entries or _told_by(told)),
            before=_body(old, before),
            after=_body(new, after),
        )


def _how(old: Version | None, new: Version | None, before: At | None, after: At, *, corrected: bool) -> How | None:
    if new is None:
        return "corrected" if corrected else "gone"
    ended = over_by(new, after) and not (old is not None and before is not None and over_by(old, before))
    if ended and any(new.body.get(field) is not None for field in ("withdrawnBy", "leftBy")):
        return "withdrawn"
    if old is None:
        return "withdrawn" if new.body["fact"] in {"left", "struck"} else "added"
    if _body(old, before) == _body(new, after):
        return "ended" if ended else None
    return "corrected" if corrected else "changed"


def _body(version: Version | None, at: At | None) -> dict[str, Any] | None:
    return told_by(version.body, at.valid_on) if version is not None and at is not None else None


def _made_by(key: str, versions: Sequence[Version], before: At | None, after: At) -> list[int]:
    """The entries by which a row came, changed and went after the one moment and by the other."""
    found: set[int] = set()
    for each in versions:
        if each.key != key:
            continue
        moments = ((each.since, each.known_from), (each.until, each.known_until))
        found |= {
            position
            for position, known in moments
            if position is not None
            and begun_by(position, known, after)
            and not (before is not None and begun_by(position, known, before))
        }
    return sorted(found)


def _told_by(told: Version) -> list[int]:
    """Nothing was learned in between: the difference is of days, and the entry that ended or told it is known at both moments."""
    fields = ("withdrawnBy", "leftBy", "explainedBy")
    ended = next((told.body[field] for field in fields if told.body.get(field) is not None), None)
    return [ended if ended is not None else told.body["position"]]


def _line(version: Version) -> Any:  # noqa: ANN401  # the number of the entry that began it, if it can be revised
    return version.body.get("recorded") or version.body.get("standpoint") if version.revisable else None


def _line_of(new: Version, was: Known) -> Version | None:
    """The words that a revision took the place of."""
    if not new.revisable:
        return None
    return next((each for each in reversed(list(was.values())) if each.revisable and _line(each) == _line(new)), None)


def _succeeded(version: Version, among: Known) -> bool:
    """Whether a later revision took its place by then."""
    if not version.revisable:
        return False
    return any(each.revisable and _line(each) == _line(version) and each.seq > version.seq for each in among.values())
