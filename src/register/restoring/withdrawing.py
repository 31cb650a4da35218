"""Withdraws texts again: neither an older copy of the database nor one of the texts brings back what was withdrawn.

If we die: what is gone is gone, and every start of the register does it again before it answers anybody.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import psycopg
from psycopg import Connection

from register.store.roles import Logins

Owner = Connection[tuple[Any, ...]]
Place = tuple[str, int, str]
"""Of a text: stream, entry and field."""

THERE = """
    SELECT count(*) FROM log.openings AS o, unnest(%s::uuid[], %s::int[], %s::text[]) AS w (stream, seq, field)
    WHERE (o.stream, o.seq, o.field) = (w.stream, w.seq, w.field)
"""
OPENINGS = "SELECT log.withdraw_all()"
# The few entries that withdraw something have an index of their own, so this takes as long on a log of any length.
SHOWN = """
    UPDATE read.texts AS t SET text = NULL FROM log.events AS e, log.withdrawn_by(e.entry) AS w
    WHERE e.type = 'disclosure.withdrawn' AND (t.stream, t.seq, t.field) = (w.stream, w.seq, w.field) AND t.text IS NOT NULL
"""


def still_there(owner: Owner, places: Collection[Place]) -> int:
    """How many of these texts can still be read."""
    columns = [list(column) for column in zip(*places, strict=True)] or [[], [], []]
    row = owner.execute(THERE, columns).fetchone()
    return int(row[0]) if row else 0


def withdraw_again(logins: Logins) -> int:
    """Everything that the log withdraws goes once more, from the openings and from what is shown; how many texts were still there."""
    with psycopg.connect(logins.app, autocommit=True) as app:
        row = app.execute(OPENINGS).fetchone()
    # Dying here: what is shown may still have them, and nobody is answered before the next start took them out.
    shown = 0
    with psycopg.connect(logins.projections, autocommit=True) as reader:
        if reader.execute("SELECT to_regclass('read.texts') IS NOT NULL").fetchone() == (True,):
            shown = reader.execute(SHOWN).rowcount
    return max(int(row[0]) if row else 0, shown)
