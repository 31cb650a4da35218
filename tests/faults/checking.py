"""Looks at a log from outside and believes nobody: positions, sequences, commands and what was acknowledged."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from uuid import UUID

import msgspec
import psycopg


class Line(msgspec.Struct, frozen=True):
    """What the entries of these tests say of themselves."""

    cause: UUID
    id: UUID
    seq: int


def settled(owner: str, app_role: str) -> None:
    """Wait until no statement of a dead client runs any more."""
    with psycopg.connect(owner, autocommit=True) as connection:
        for _ in range(500):
            row = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND state = 'active'", (app_role,)
            ).fetchone()
            if row == (0,):
                return
            time.sleep(0.01)
    raise AssertionError("a statement hangs")


def check(owner: str, asked: Mapping[UUID, int], acknowledged: Mapping[UUID, int]) -> Counter[UUID]:
    """Hold the whole log against what was asked (cause: number of entries) and acknowledged (cause: first position).

    Returns how many entries each cause has.
    """
    stored: Counter[UUID] = Counter()
    first: dict[UUID, int] = {}
    streams: defaultdict[UUID, int] = defaultdict(int)
    with psycopg.connect(owner, autocommit=True) as connection:
        rows = connection.execute(
            "SELECT position, stream, seq, cause, known, time, entry FROM log.events ORDER BY position"
        ).fetchall()
        head = connection.execute("SELECT next, known FROM log.head").fetchone()
        commands: dict[UUID, int] = dict(connection.execute("SELECT cause, first FROM log.commands").fetchall())
    latest = None
    for expected, (position, stream, seq, cause, known, moment, entry) in enumerate(rows):
        assert position == expected, "a gap"
        streams[stream] += 1
        assert seq == streams[stream], "a gap in a stream"
        assert msgspec.json.decode(entry, type=Line) == Line(cause, stream, seq), "an entry of another place"
        latest = moment if latest is None else max(latest, moment)
        assert known == latest, "known time is not the running maximum"
        first.setdefault(cause, position)
        assert position == first[cause] + stored[cause], "the entries of a command do not stand together"
        stored[cause] += 1
    assert head == (len(rows), latest)
    assert commands == first, "commands and entries differ"
    for cause, count in stored.items():
        assert count == asked.get(cause, count), "a command in part"
    for cause, position in acknowledged.items():
        assert first.get(cause) == position, "acknowledged and not there"
    return stored
