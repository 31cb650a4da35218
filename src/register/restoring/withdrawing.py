"""Withdraws texts again: neither an older copy of the database nor one of the texts brings back what was withdrawn.

If we die: one transaction, and every start of the register does it again before it answers anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import psycopg
from psycopg import Connection

Owner = Connection[tuple[Any, ...]]
Place = tuple[str, int, str]
"""Of a text: stream, entry and field."""

PLACES = "unnest(%s::uuid[], %s::int[], %s::text[]) AS w (stream, seq, field)"
OPENINGS = f"DELETE FROM log.openings AS o USING {PLACES} WHERE (o.stream, o.seq, o.field) = (w.stream, w.seq, w.field)"  # noqa: S608  # of our own words
SHOWN = f"""
    UPDATE read.texts AS t SET text = NULL FROM {PLACES}
    WHERE (t.stream, t.seq, t.field) = (w.stream, w.seq, w.field) AND t.text IS NOT NULL
"""  # noqa: S608  # as above
# All withdrawals stand in the stream of the register itself, which is short: its index finds them without reading the log.
RECORDED = """
    SELECT entry FROM log.events
    WHERE stream = (SELECT stream FROM log.events WHERE position = 0) AND type = 'disclosure.withdrawn' ORDER BY seq
"""


class _Of(msgspec.Struct, frozen=True):
    id: str
    seq: int
    field: str


class _Data(msgspec.Struct, frozen=True):
    of: _Of


class _Entry(msgspec.Struct, frozen=True):
    data: _Data


_ENTRY = msgspec.json.Decoder(_Entry)


def named_in(entry: bytes) -> Place:
    """The text that a `disclosure.withdrawn` withdraws."""
    of = _ENTRY.decode(entry).data.of
    return of.id, of.seq, of.field


def withdraw(owner: Owner, places: Sequence[Place]) -> int:
    """Take texts out of the openings and out of what is shown, in one transaction; how many of them were still there."""
    if not places:
        return 0
    columns = [list(column) for column in zip(*places, strict=True)]
    with owner.transaction():
        gone = owner.execute(OPENINGS, columns).rowcount
        if owner.execute("SELECT to_regclass('read.texts') IS NOT NULL").fetchone() == (True,):
            gone = max(gone, owner.execute(SHOWN, columns).rowcount)
    return gone


def withdraw_again(conninfo: str) -> int:
    """Every withdrawal of the log, before anybody is answered; how many texts came back with an older copy of the database."""
    with psycopg.connect(conninfo, autocommit=True) as owner:
        places = [named_in(bytes(entry)) for (entry,) in owner.execute(RECORDED)]
        return withdraw(owner, places)
