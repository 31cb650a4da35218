"""The rows of log.openings: each opens the seal at its place, and every seal is open but those that an entry withdraws."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from itertools import groupby

import msgspec

from api.checking.entries import PAGE, Asked
from api.checking.finding import Wrong
from register import verify as outside

TABLE = "log.openings"
ALL = "SELECT stream::text, seq, field, disclosure FROM log.openings ORDER BY stream, seq, field"
PLACE = "SELECT position FROM log.events WHERE stream::text = %s AND seq = %s"

Place = tuple[str, int, str]
Told = dict[str, str]
"""The disclosures of one entry, by field."""


class Texts(msgspec.Struct):
    """What came of looking at the texts."""

    count: int = 0
    withdrawn: int = 0
    digest: bytes = b""
    wrong: list[Wrong] = msgspec.field(default_factory=list[Wrong])


def texts(conn: Asked, log: outside.Log) -> Texts:
    """The texts of a database, of entries that the verifier has followed."""
    with conn.cursor(name="texts") as cursor:
        cursor.itersize = PAGE
        cursor.execute(ALL)
        told = (
            ((stream, seq), {field: disclosure for _, _, field, disclosure in rows})
            for (stream, seq), rows in groupby(cursor, key=lambda row: (str(row[0]), int(row[1])))
        )
        found = looked_at(told, log, TABLE)
    found.wrong = [_placed(conn, each) for each in found.wrong]
    return found


def looked_at(told: Iterable[tuple[tuple[str, int], Told]], log: outside.Log, where: str) -> Texts:
    """Hold texts against the seals of a log: what opens none, what was withdrawn and is still there, and what is not there."""
    found, seen = Texts(), set[tuple[str, int]]()
    for (stream, seq), fields in told:
        seen.add((stream, seq))
        for field, disclosure in fields.items():
            found.count += 1
            found.digest = sha256(f"{found.digest.hex()} {stream} {seq} {field} {disclosure}".encode()).digest()
            if reason := _faulty(log, (stream, seq, field), disclosure):
                found.wrong.append(_wrong(where, (stream, seq, field), reason))
        _absent(log, (stream, seq), fields, where, found)
    for place in log.digests:
        if place not in seen:
            _absent(log, place, {}, where, found)
    return found


def _faulty(log: outside.Log, place: Place, disclosure: str) -> str:
    stream, seq, field = place
    if (by := log.withdrawn.get(place)) is not None:
        return f"was withdrawn by entry {by}, and is still there"
    line = msgspec.json.encode({"d": disclosure, "field": field, "seq": seq}).decode()
    return next((each.reason for each in outside.texts([line], "", stream, log)), "")


def _absent(log: outside.Log, entry: tuple[str, int], told: Told, where: str, found: Texts) -> None:
    for field in log.digests.get(entry, {}):
        if field in told:
            continue
        if (*entry, field) in log.withdrawn:
            found.withdrawn += 1
        else:
            found.wrong.append(_wrong(where, (*entry, field), "is missing, and no entry withdraws it"))


def _wrong(where: str, place: Place, reason: str) -> Wrong:
    stream, seq, field = place
    return Wrong(where, reason, key=f"stream {stream}, seq {seq}, field {field}")


def _placed(conn: Asked, wrong: Wrong) -> Wrong:
    """With the position of the entry that the text is of, when there is one."""
    stream, seq, _ = (part.partition(" ")[2] for part in wrong.key.split(", ", 2))
    row = conn.execute(PLACE, (stream, int(seq))).fetchone()
    return msgspec.structs.replace(wrong, entry=row[0]) if row else wrong
