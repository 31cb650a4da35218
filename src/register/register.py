"""The register: a request is decided on the newest state and appended; the only place where rules and store meet."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from register import stored
from register.charter.facts import RegisterOpened
from register.decider import Said, State, decide, evolve, nothing_yet
from register.decisions.facts import DecisionConfirmed
from register.fact import Fact
from register.governance.state import Governance
from register.history import Recorded as Entered
from register.reading import named_in
from register.refusals import AnotherKindOfStream, EntryTooLong, Refused
from register.sealing import seals_in
from register.store.appending import Appended, Entry, Opening
from register.store.deciding import Decided
from register.store.reading import Reader
from register.store.recorder import Recorder
from register.store.writer import OrderedWriter
from register.world import Actor, World

Pool = AsyncConnectionPool[AsyncConnection[Any]]


class Charter(msgspec.Struct, frozen=True, kw_only=True):
    """What is fixed when a register is opened; `governance` is the stream of its bodies and members, `lang` what it is written in."""

    id: UUID
    governance: UUID
    region: str
    time_zone: ZoneInfo
    lang: str

    def sourced(self, source: str) -> UUID:
        """The stream of something that was imported under a key of its source."""
        return uuid5(self.id, source)

    @classmethod
    def of(cls, opened: RegisterOpened) -> Charter:
        """Read the charter from the first entry of the log."""
        register = UUID(opened.id)
        return cls(
            id=register,
            governance=uuid5(register, "governance"),
            region=opened.region.code,
            time_zone=ZoneInfo(opened.time_zone),
            lang=opened.lang,
        )


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asks to record in one stream: all of it or nothing; `disclosures` open the seals in its facts, by digest."""

    cause: UUID
    actor: Actor
    stream: UUID
    facts: tuple[Fact, ...]
    disclosures: Mapping[str, str] = {}
    request_hash: bytes = b""


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a request: each entry it wrote with its number and position; `repeated` when that was done before."""

    stream: UUID
    seqs: tuple[int, ...]
    positions: tuple[int, ...]
    facts: tuple[Fact, ...]
    repeated: bool

    @property
    def first_position(self) -> int:
        """The position of the first entry; the others follow it without a gap."""
        return self.positions[0]


class Streams:
    """Turns the entries of any stream into the state that its rules need; a fold for the writer."""

    def __init__(self, time_zone: ZoneInfo) -> None:
        """Days are civil days in the register's time zone."""
        self._time_zone = time_zone

    def start(self) -> State | None:
        """Nothing is known of a stream before its first entry, not even its kind."""
        return None

    def apply(self, state: object, rows: Sequence[tuple[int, bytes]]) -> State | None:
        """The state after some more entries, which are (position, bytes) in order."""
        known = _state(state)
        for _, raw in rows:
            envelope = stored.trusted(raw)
            entry = Entered(
                seq=envelope.seq,
                fact=envelope.data,
                by=envelope.by,
                for_=envelope.for_,
                cause=envelope.cause,
                day=envelope.time.astimezone(self._time_zone).date(),
            )
            known = evolve(known if known is not None else nothing_yet(envelope.kind), entry)
        return known


def _state(state: object) -> State | None:
    """What the writer hands back is what a fold made, or nothing."""
    return state if isinstance(state, State) else None


class Asked:
    """A request on its way through the writer: what it reads, and what it decides on the state that the writer shows it."""

    def __init__(self, request: Request, charter: Charter, accounts: Mapping[str, str | None]) -> None:
        """`accounts` says with which account each command of this stream was given, for who confirms."""
        self._request = request
        self._charter = charter
        self._accounts = accounts
        self._named = tuple(dict.fromkeys(each for fact in request.facts for each in named_in(fact)))
        self.cause = request.cause
        self.request_hash = request.request_hash
        self.account = request.actor.account
        self.reads = tuple(dict.fromkeys((request.stream, charter.governance, *self._named)))
        self.said: tuple[Said, ...] = ()
        self.first_seq = 0

    def decide(self, states: Mapping[UUID, object], versions: Mapping[UUID, int], now: datetime) -> Decided:
        """What is recorded; pure, so that it can be asked again when another process was first. Raises Refused."""
        request, charter = self._request, self._charter
        before = states.get(request.stream)
        empty = nothing_yet(request.facts[0].KIND)
        if before is not None and type(before) is not type(empty):
            raise Refused((AnotherKindOfStream(what=str(request.stream)),))
        governance = states.get(charter.governance)
        world = World(
            region=charter.region,
            today=now.astimezone(charter.time_zone).date(),
            actor=request.actor,
            governance=governance if isinstance(governance, Governance) else Governance(),
            streams={str(stream): state for stream in self._named if (state := states.get(stream)) is not None},
            accounts=self._accounts,
        )
        self.said, after = decide(
            request.facts, str(request.stream), str(request.cause), _state(before) or empty, world
        )
        self.first_seq = versions.get(request.stream, 0) + 1
        entries, openings = self._written(now)
        return Decided(entries=entries, openings=openings, states={request.stream: after})

    def _written(self, now: datetime) -> tuple[tuple[Entry, ...], tuple[Opening, ...]]:
        request = self._request
        entries: list[Entry] = []
        openings: list[Opening] = []
        for seq, said in enumerate(self.said, self.first_seq):
            fact, hand = said.fact, said.hand
            raw = _encoded(
                stored.Envelope(
                    by=hand.by,
                    cause=str(request.cause),
                    for_=hand.for_,
                    id=str(request.stream),
                    seq=seq,
                    time=now,
                    data=fact,
                )
            )
            entries.append(Entry(request.stream, fact.KIND, seq, fact.TYPE, fact.V, now, request.cause, raw))
            for field, sealed in seals_in(fact):
                if (disclosure := request.disclosures.get(sealed.sd[0])) is not None:
                    openings.append(Opening(request.stream, seq, field, disclosure))
        return tuple(entries), tuple(openings)


def _encoded(envelope: stored.Envelope) -> bytes:
    try:
        return stored.encode(envelope)
    except stored.EntryTooLongError as fault:
        raise Refused((EntryTooLong(what=envelope.data.TYPE),)) from fault


class Register:
    """Records requests. One in each process; any number of processes may record in the same register."""

    def __init__(self, charter: Charter, writer: OrderedWriter, pool: Pool) -> None:
        """`pool` reads what an earlier call of a request wrote, and who gave a command."""
        self.charter = charter
        self._writer = writer
        self._pool = pool

    @property
    def id(self) -> UUID:
        """The id of the register, and of its first stream."""
        return self.charter.id

    @property
    def governance(self) -> UUID:
        """The stream of bodies and members."""
        return self.charter.governance

    async def record(self, request: Request, *, deadline: float = 10.0) -> Recorded:
        """Record a request within so many seconds; the same request again gets the same answer and writes nothing.

        Raises Refused when a rule forbids it, and the store's NotStored family when it could not be stored or that is not certain.
        """
        confirms = any(isinstance(fact, DecisionConfirmed) for fact in request.facts)
        asked = Asked(request, self.charter, await self._accounts(request.stream) if confirms else {})
        appended = await self._writer.submit(asked, deadline)
        if appended.repeated:
            return await self._again(appended)
        count = len(asked.said)
        return Recorded(
            stream=request.stream,
            seqs=tuple(range(asked.first_seq, asked.first_seq + count)),
            positions=tuple(range(appended.first, appended.first + count)),
            facts=tuple(said.fact for said in asked.said),
            repeated=False,
        )

    async def _again(self, appended: Appended) -> Recorded:
        async with self._pool.connection() as connection:
            rows = await Reader(connection).range(appended.first - 1, appended.count)
        return Recorded(
            stream=rows[0].stream,
            seqs=tuple(row.seq for row in rows),
            positions=tuple(row.position for row in rows),
            facts=tuple(stored.trusted(row.entry).data for row in rows),
            repeated=True,
        )

    async def _accounts(self, stream: UUID) -> dict[str, str | None]:
        """With which account each command of a stream was given; None when that is forgotten after 30 days."""
        async with self._pool.connection() as connection:
            causes = {row.cause for row in await Reader(connection).stream(stream)}
            return {str(cause): await Reader(connection).account(cause) for cause in causes}


@asynccontextmanager
async def running(conninfo: str, charter: Charter) -> AsyncGenerator[Register]:
    """A register at work on a database, as its application role, until the block ends."""
    recorder = Recorder(conninfo)
    async with (
        _reading(conninfo) as pool,
        OrderedWriter(recorder, Streams(charter.time_zone)) as writer,
    ):
        yield Register(charter, writer, pool)


def _reading(conninfo: str) -> Pool:
    """Connections that are tried before use; an attempt that fails is given up soon, so that the next caller tries anew."""
    check = AsyncConnectionPool.check_connection
    return AsyncConnectionPool(
        conninfo, min_size=1, max_size=4, timeout=5.0, check=check, reconnect_timeout=1.0, open=False
    )
