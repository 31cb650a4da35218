"""Entries told to a log of one's own, and the read models after them: what every test here begins with."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec
import psycopg
from psycopg import AsyncConnection

from projections.at import At
from projections.models import every
from projections.reading import Connection, reflects
from projections.tables import ensure, record
from projections.taking import Batch, Missed, Model, take
from register import stored
from register.charter.facts import Region, RegisterOpened
from register.fact import Fact
from register.sealing import digest_of, seals_in
from register.store.reading import Reader
from register.store.roles import Logins
from register.values import Sealed
from tests.projections.sealing import disclosed

ZONE = ZoneInfo("Europe/Amsterdam")
REGISTER = UUID("00000000-0000-4000-8000-000000000001")
GOVERNANCE = str(uuid5(REGISTER, "governance"))
BEGIN = datetime(2026, 11, 1, 9, tzinfo=UTC)
TODAY = At(date(2026, 11, 21))


def stream(name: str) -> str:
    """The id of a stream by a name, the same in every run."""
    return str(uuid5(REGISTER, name))


def text(words: str) -> Sealed:
    """A text, sealed with a salt that follows from its words: tests compare bytes. Its opening is stored with whatever entry it is in."""
    disclosure = disclosed(words)
    digest = digest_of(disclosure)
    OPENINGS[digest] = disclosure
    return Sealed(sd=(digest,), lang="nl", words="summary")


OPENINGS: dict[str, str] = {}
"""The disclosure of every text that a test sealed."""


class Teller:
    """Writes entries as the register would have, without asking the rules; the openings go along."""

    def __init__(self, logins: Logins) -> None:
        self.logins = logins
        self.entries: list[stored.Envelope] = []
        self._seqs: dict[str, int] = {}

    @staticmethod
    def text(words: str) -> Sealed:
        """A text whose opening is stored with the entry that it is in."""
        return text(words)

    def tell(self, where: str, *facts: Fact, by: str = "import", after: timedelta = timedelta(minutes=1)) -> int:
        """Facts of one command, so long `after` the latest moment of any before it; the number of the first in its stream.

        A writer whose clock is behind tells them before that moment; they are known no earlier than it.
        """
        time = (self.known_at(len(self.entries) - 1) if self.entries else BEGIN) + after
        first = self._seqs.get(where, 0) + 1
        made = [
            stored.Envelope(
                by=by, cause=str(uuid5(REGISTER, f"{where}{seq}")), for_="mra", id=where, seq=seq, time=time, data=fact
            )
            for seq, fact in enumerate(facts, first)
        ]
        self._seqs[where] = first + len(facts) - 1
        self._write(made)
        return first

    def open_register(self) -> None:
        """The first entry of every log."""
        fact = RegisterOpened(
            id=str(REGISTER), format=1, hash="sha-256", region=Region(code="mra", name="Metropoolregio"),
            time_zone="Europe/Amsterdam", lang="nl", contact="Secretaris", vocabulary="A" * 43,
        )  # fmt: skip
        self.tell(str(REGISTER), fact, by="register")

    def position(self, where: str, seq: int) -> int:
        """The position of an entry."""
        return next(at for at, entry in enumerate(self.entries) if (entry.id, entry.seq) == (where, seq))

    def known(self, where: str, seq: int) -> datetime:
        """The known time of an entry."""
        return self.known_at(self.position(where, seq))

    def known_at(self, position: int) -> datetime:
        """The known time of a position: the greatest time up to and including it."""
        return max(entry.time for entry in self.entries[: position + 1])

    def known_by(self, moment: datetime) -> list[stored.Envelope]:
        """The entries that were known at a moment: always the first so many."""
        return [entry for position, entry in enumerate(self.entries) if self.known_at(position) <= moment]

    def repeat(self, entries: Iterable[stored.Envelope]) -> None:
        """The same entries as in another log."""
        self._write(list(entries))

    def _write(self, made: Sequence[stored.Envelope]) -> None:
        with psycopg.connect(self.logins.owner, autocommit=True) as conn, conn.transaction():
            for entry in made:
                fact = entry.data
                known = max(entry.time, self.known_at(len(self.entries) - 1)) if self.entries else entry.time
                conn.execute(
                    "INSERT INTO log.events (position, time, known, stream, cause, seq, v, kind, type, entry)"
                    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                    (
                        len(self.entries), entry.time, known, entry.id, entry.cause, entry.seq,
                        fact.V, fact.KIND, fact.TYPE, stored.encode(entry),
                    ),
                )  # fmt: skip
                self.entries.append(entry)
                for field, sealed in seals_in(fact):
                    if sealed.sd[0] in OPENINGS:
                        conn.execute(
                            "INSERT INTO log.openings VALUES (%s, %s, %s, %s)",
                            (entry.id, entry.seq, field, OPENINGS[sealed.sd[0]]),
                        )
            conn.execute(
                "UPDATE log.head SET next = %s, known = %s", (len(self.entries), self.known_at(len(self.entries) - 1))
            )
            conn.execute("SELECT pg_notify('register_log', %s)", (str(len(self.entries) - 1),))


@asynccontextmanager
async def connected(logins: Logins) -> AsyncGenerator[Connection]:
    """A connection as the role that projects."""
    async with await AsyncConnection.connect(logins.projections, autocommit=True, options="-c timezone=UTC") as conn:
        yield conn


async def taken_in(
    conn: Connection, models: Sequence[Model] | None = None, *, pages: Sequence[int] = (), most: int | None = None
) -> list[Missed]:
    """Let read models take in what they have not yet, in batches of these sizes and the rest at once, or only so many; what they missed."""
    models = every() if models is None else models
    await ensure(conn, models)
    after = await reflects(conn)
    missed: list[Missed] = []
    sizes = list(pages)
    while rows := await Reader(conn).range(after, sizes.pop(0) if sizes else 100_000):
        async with conn.transaction():
            missed += await take(conn, models, Batch(rows, ZONE), {model.name: after for model in models})
            await record(conn, missed)
            await conn.execute("UPDATE read.positions SET position = %s", (rows[-1].position,))
        after = rows[-1].position
        most = None if most is None else most - 1
        if most == 0:
            break
    return missed


@asynccontextmanager
async def shown(teller: Teller) -> AsyncGenerator[Connection]:
    """A connection to read models that have taken in everything that was told, and missed nothing."""
    async with connected(teller.logins) as conn:
        assert await taken_in(conn) == []
        yield conn


def plain(answer: object) -> object:
    """An answer as JSON would have it, for comparing."""
    return msgspec.to_builtins(answer, str_keys=True)
