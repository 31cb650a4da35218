"""Decides every command of a log once more, on exactly the log before it: what was recorded is what the rules of today would record.

What stands in no entry is taken as it speaks for the command: with which mandates somebody acted are those of its entries, and an
account that nobody remembers is another one than any other.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, permutations
from typing import cast
from uuid import UUID

import msgspec

from register import stored
from register.decider import State
from register.decisions.facts import PartiesListed
from register.fact import Fact
from register.reading import named_in
from register.refusals import Refused
from register.register import Asked, Charter, Request, Streams
from register.stored import Envelope
from register.world import Actor

ROOM = 100_000
"""How many entries the states that are kept may be made of; what is taken off is folded again when it is needed."""
SYSTEMS = frozenset({"import", "register"})
MOST_ORDERS = 24
"""Orders of the mandates of one command that are tried: entries tell which were used, not in which order they were held."""
UNKNOWN = "?"

History = Callable[[UUID, int], Sequence[tuple[int, bytes]]]
"""The entries of a stream before a position, each with its position."""
Accounts = Callable[[Sequence[str]], Mapping[str, str | None]]
"""With which accounts commands were given, as far as that is remembered."""


class Otherwise(msgspec.Struct, frozen=True):
    """A command that would not be recorded so today: at which entry, and why."""

    entry: int
    reason: str


class Again:
    """Commands in the order of the log, each on the states that those before it left."""

    def __init__(self, charter: Charter, history: History, accounts: Accounts | None = None) -> None:
        """`history` reads what is no longer kept in memory."""
        self._charter = charter
        self._history = history
        self._accounts = accounts
        self._fold = Streams(charter.time_zone)
        self._kept: OrderedDict[UUID, tuple[State | None, int]] = OrderedDict()
        self._size = 0

    def command(self, first: int, entries: Sequence[bytes]) -> Otherwise | None:
        """Decide the command that wrote some entries from a position on; afterwards they count as written, whatever came of it."""
        said = [stored.trusted(entry) for entry in entries]
        stream = UUID(said[0].id)
        wanted = dict.fromkeys((stream, self._charter.governance, *(at for each in said for at in named_in(each.data))))
        read = {at: self._state(at, first) for at in wanted}
        judged = self._judged(first, said, entries, read)
        state, seq = read[stream]
        rows = [(first + at, entry) for at, entry in enumerate(entries)]
        self._keep(stream, self._fold.apply(state, rows), seq + len(rows))
        return judged

    def _state(self, stream: UUID, before: int) -> tuple[State | None, int]:
        if stream not in self._kept:
            rows = self._history(stream, before)
            self._keep(stream, self._fold.apply(None, rows), len(rows))
        self._kept.move_to_end(stream)
        return self._kept[stream]

    def _keep(self, stream: UUID, state: State | None, seq: int) -> None:
        self._size += seq + 1 - self._kept.pop(stream, (None, -1))[1] - 1
        self._kept[stream] = state, seq
        while self._size > ROOM and len(self._kept) > 1:
            _, (_, gone) = self._kept.popitem(last=False)
            self._size -= gone + 1

    def _judged(
        self,
        first: int,
        said: Sequence[Envelope],
        entries: Sequence[bytes],
        read: Mapping[UUID, tuple[State | None, int]],
    ) -> Otherwise | None:
        """As the lists that the register writes along were not asked for; when it writes none there, as they were."""
        without = tuple(each.data for at, each in enumerate(said) if not _written_along(at, said))
        found = self._decided(first, said, entries, read, without)
        if found is None or len(without) == len(said) or found.reason.startswith(DIFFERS):
            return found
        return self._decided(first, said, entries, read, tuple(each.data for each in said))

    def _decided(
        self,
        first: int,
        said: Sequence[Envelope],
        entries: Sequence[bytes],
        read: Mapping[UUID, tuple[State | None, int]],
        facts: tuple[Fact, ...],
    ) -> Otherwise | None:
        states = {stream: state for stream, (state, _) in read.items() if state is not None}
        versions = {stream: seq for stream, (_, seq) in read.items()}
        found = None
        for actor, accounts in self._actors(said, states.get(UUID(said[0].id))):
            request = Request(cause=UUID(said[0].cause), actor=actor, stream=UUID(said[0].id), facts=facts)
            try:
                decided = Asked(request, self._charter, accounts).decide(states, versions, said[0].time)
            except Refused as refused:
                found = found or Otherwise(first, f"the rules of today refuse it: {refused}")
                continue
            made = [entry.bytes for entry in decided.entries]
            if made == list(entries):
                return None
            found = _differing(first, entries, made)
        return found

    def _actors(
        self, said: Sequence[Envelope], state: State | None
    ) -> Iterator[tuple[Actor, Mapping[str, str | None]]]:
        """Who can have given a command: the register, an import, or an account with the mandates that were used."""
        hands = tuple(dict.fromkeys(each.by for each in said))
        if hands[0] in SYSTEMS:
            yield Actor(system=hands[0]), {}
            return
        causes = {each.cause: None for each in state.history} if state is not None else {}
        known: Mapping[str, str | None] = self._accounts([said[0].cause, *causes]) if self._accounts is not None else {}
        accounts = {cause: known.get(cause) for cause in causes}
        account = known.get(said[0].cause) or UNKNOWN
        for order in islice(permutations(hands), MOST_ORDERS):
            yield Actor(account=account, mandates=order), accounts


DIFFERS = "the rules of today write otherwise"


def _written_along(at: int, said: Sequence[Envelope]) -> bool:
    """Whether an entry may be a list that the register wrote along with what comes after it."""
    fact = said[at].data
    return isinstance(fact, PartiesListed) and fact.basis == "seats-in-force" and at + 1 < len(said)


def _differing(first: int, entries: Sequence[bytes], made: Sequence[bytes]) -> Otherwise:
    """The first entry that would be another one, and where."""
    if len(made) != len(entries):
        return Otherwise(first, f"the rules of today write {len(made)} entries, and {len(entries)} were written")
    at = next(at for at, (one, other) in enumerate(zip(entries, made, strict=True)) if one != other)
    was, would = msgspec.json.decode(entries[at]), msgspec.json.decode(made[at])
    return Otherwise(first + at, f"{DIFFERS}: {_place(was, would)}")


def _place(was: object, would: object, path: str = "") -> str:
    """The first place where two entries differ, with what each says there."""
    before, after = _fields(was), _fields(would)
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            return _place(before.get(name), after.get(name), f"{path}.{name}".lstrip("."))
    return f"{path} is {_short(was)}, and would be {_short(would)}"


def _fields(value: object) -> dict[str, object]:
    """The fields of an object; none of anything else."""
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _short(value: object) -> str:
    most = 120
    text = msgspec.json.encode(value).decode()
    return text if len(text) <= most else f"{text[:most]}…"
