"""The register: a request is decided on the newest state and appended; the only place where rules and store meet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec

from register import stored
from register.charter.facts import RegisterOpened
from register.decider import Said, State, decide, evolve, nothing_yet
from register.decisions.facts import DecisionConfirmed
from register.fact import Fact
from register.governance.state import Governance
from register.history import Recorded
from register.reading import named_in
from register.refusals import AnotherKindOfStream, EntryTooLong, Refused
from register.sealing import seals_in
from register.store.appending import Appended, Entry, Opening
from register.store.deciding import Decided
from register.store.writer import OrderedWriter
from register.world import Actor, World

Accounts = Callable[[UUID], Awaitable[Mapping[str, str | None]]]
"""Tells with which account each command of a stream was given; None when that is forgotten after 30 days."""

Log = Callable[[int, int], Awaitable[Sequence[tuple[int, bytes]]]]
"""Reads so many entries from a position on, as (position, bytes)."""


class Charter(msgspec.Struct, frozen=True, kw_only=True):
    """What is fixed when a register is opened."""

    id: UUID
    region: str
    time_zone: ZoneInfo

    @property
    def governance(self) -> UUID:
        """The stream of bodies and members."""
        return uuid5(self.id, "governance")

    def sourced(self, source: str) -> UUID:
        """The stream of something that was imported under a key of its source."""
        return uuid5(self.id, source)

    @classmethod
    def of(cls, opened: RegisterOpened) -> Charter:
        """Read the charter from the first entry of the log."""
        return cls(id=UUID(opened.id), region=opened.region.code, time_zone=ZoneInfo(opened.time_zone))


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asks to record in one stream: all of it or nothing; `disclosures` open the seals in its facts, by digest."""

    cause: UUID
    actor: Actor
    stream: UUID
    facts: tuple[Fact, ...]
    disclosures: Mapping[str, str] = {}
    request_hash: bytes = b""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """One entry that a request wrote: its place in the stream and in the register, and what it says."""

    stream: UUID
    seq: int
    position: int
    fact: Fact


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a request; `repeated` when the same request was answered before and nothing new was written."""

    written: tuple[Written, ...]
    repeated: bool

    @property
    def last(self) -> int:
        """The position up to which read models must be to show this."""
        return self.written[-1].position


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
            entry = Recorded(
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
        self.said, after = decide(request.facts, str(request.stream), str(request.cause), _state(before) or empty, world)
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
    except stored.NotAnEntryError as fault:
        raise Refused((EntryTooLong(what=envelope.data.TYPE),)) from fault


class Register:
    """Records requests. One in each process; any number of processes may record in the same register."""

    def __init__(self, charter: Charter, writer: OrderedWriter, accounts: Accounts, log: Log) -> None:
        """`accounts` tells who gave the commands of a stream; `log` reads back what an earlier call of a request wrote."""
        self.charter = charter
        self._writer = writer
        self._accounts = accounts
        self._log = log

    async def record(self, request: Request, *, deadline: float = 10.0) -> Receipt:
        """Record a request within `deadline` seconds; the same request again gets the same answer and writes nothing.

        Raises Refused when a rule forbids it, and the store's NotStored family when it could not be stored or that is not certain.
        """
        confirms = any(isinstance(fact, DecisionConfirmed) for fact in request.facts)
        accounts = await self._accounts(request.stream) if confirms else {}
        asked = Asked(request, self.charter, accounts)
        appended = await self._writer.submit(asked, deadline=deadline)
        if appended.repeated:
            return Receipt(written=await self._again(appended), repeated=True)
        written = tuple(
            Written(
                stream=request.stream,
                seq=asked.first_seq + index,
                position=appended.first + index,
                fact=said.fact,
            )
            for index, said in enumerate(asked.said)
        )
        return Receipt(written=written, repeated=False)

    async def _again(self, appended: Appended) -> tuple[Written, ...]:
        rows = await self._log(appended.first, appended.count)
        envelopes = [(position, stored.trusted(raw)) for position, raw in rows]
        return tuple(
            Written(stream=UUID(envelope.id), seq=envelope.seq, position=position, fact=envelope.data)
            for position, envelope in envelopes
        )
