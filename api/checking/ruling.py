"""Every command of a replayed log decided again by the rules of today, on exactly the log before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from time import perf_counter
from uuid import UUID

import psycopg

from api.checking.entries import PAGE, Asked, Progress
from api.checking.finding import Wrong
from api.checking.replaying import MOST, Cost, Replayed
from register.deciding_again import Again
from register.register import Charter

ALL = "SELECT cause, position, entry FROM log.events ORDER BY position"
OF_STREAM = "SELECT position, entry FROM log.events WHERE stream = %b AND position < %b ORDER BY seq"
ACCOUNTS = "SELECT cause::text, account FROM log.commands WHERE cause = ANY (%b::uuid[])"


def ruled(replayed: Replayed, commands: Asked | None, progress: Progress) -> tuple[list[Wrong], Cost]:
    """What would not be recorded so today; `commands` tells with which account each was given, as long as that is remembered."""
    wrong: list[Wrong] = []
    count, began = 0, perf_counter()
    with psycopg.connect(replayed.conninfo) as conn, psycopg.connect(replayed.conninfo, autocommit=True) as past:

        def history(stream: UUID, before: int) -> list[tuple[int, bytes]]:
            return past.cursor(binary=True).execute(OF_STREAM, (stream, before), prepare=True).fetchall()

        def accounts(causes: Sequence[str]) -> Mapping[str, str | None]:
            return dict(commands.execute(ACCOUNTS, (list(causes),)).fetchall()) if commands is not None else {}

        again = Again(Charter.of(replayed.opened), history, accounts if commands is not None else None)
        for first, entries in _commands(conn):
            count += 1
            if (otherwise := again.command(first, entries)) is not None:
                wrong.append(Wrong("rules", otherwise.reason, otherwise.entry))
                if len(wrong) == MOST:
                    break
            progress(first + len(entries), replayed.size)
    return wrong, Cost("rules", count, perf_counter() - began)


def _commands(conn: Asked) -> Iterator[tuple[int, list[bytes]]]:
    """The entries of each command with the position of the first; the verifier saw that they stand together."""
    with conn.cursor(name="commands", binary=True) as cursor:
        cursor.itersize = PAGE
        cursor.execute(ALL)
        for _, rows in groupby(cursor, key=lambda row: row[0]):
            held = list(rows)
            yield held[0][1], [bytes(entry) for _, _, entry in held]
