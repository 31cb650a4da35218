"""A register that random hands write in: what they can choose from, what each of their commands came to, and what must hold after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID, uuid5

import msgspec

from register.decider import Said, State, nothing_yet
from register.decisions.state import Decision
from register.dossiers.state import Dossier
from register.fact import Fact
from register.governance.state import Governance
from register.meetings.state import Meeting
from register.refusals import Refusal, Refused
from tests.register.commands.holding import holds_after
from tests.register.rules.told import CHARTER, TODAY, Told

Thing = TypeVar("Thing")
ROOTS = frozenset({"gm0363", "gm0362", "gm0402", "gm0457", "gm0375", "gm0396", "gm0453", "pv27"})
"""The members that examples speak of; they neither leave nor move."""


class Ask(msgspec.Struct, frozen=True):
    """One command: who asks to record which fact in which stream."""

    who: str
    stream: UUID
    fact: Fact


class Tally(msgspec.Struct):
    """How often each type of fact was recorded and each rule said no, over all commands."""

    recorded: Counter[str] = msgspec.field(default_factory=Counter)
    refused: Counter[str] = msgspec.field(default_factory=Counter)
    accepted: int = 0
    asked: int = 0

    def table(self) -> str:
        """One line a type or rule, with its count."""
        lines = [f"{self.asked} commands, {self.accepted} accepted ({self.accepted / max(self.asked, 1):.0%})"]
        for title, counts in (("recorded", self.recorded), ("refused", self.refused)):
            lines += ["", title, *(f"  {count:6}  {name}" for name, count in sorted(counts.items()))]
        return "\n".join(lines) + "\n"


class Town:
    """The register of one random history; `tally` counts what its commands came to."""

    def __init__(self, told: Told, tally: Tally) -> None:
        """Go on from what was told."""
        self.told = told
        self.tally = tally
        self.rng = Random(0)
        self.today = TODAY
        self.last: Ask | None = None
        self.answers: list[tuple[Refusal, ...] | tuple[bytes, ...]] = []
        self._begun: dict[UUID, None] = {}
        self._named = 0

    def fresh(self, kind: str = "x") -> str:
        """A code that nobody has."""
        self._named += 1
        return f"{kind}{self._named}"

    def new_stream(self) -> UUID:
        """The id of a stream that is still to begin."""
        self._named += 1
        stream = uuid5(CHARTER.id, f"begun {self._named}")
        self._begun[stream] = None
        return stream

    def some(self, things: Iterable[Thing]) -> Thing:
        """One of these; raises NothingToChooseError when there are none."""
        choices: Sequence[Thing] = things if isinstance(things, Sequence) else sorted(things)  # type: ignore[type-var]  # codes and numbers
        if not choices:
            raise NothingToChooseError
        return self.rng.choice(choices)

    def maybe(self, chance: float = 0.5, **fields: Any) -> dict[str, Any]:  # noqa: ANN401  # any JSON
        """These fields, or none of them."""
        return fields if self.rng.random() < chance else {}

    def day(self, first: date = date(2019, 1, 1)) -> str:
        """A day until today, in one of the precisions that a source gives."""
        days = max((self.today - first).days, 0)
        day = first + timedelta(days=self.rng.randint(0, days))
        return str(self.some([f"{day}", f"{day}", f"{day:%Y-%m}", f"{day:%Y}"]))

    @property
    def governance(self) -> Governance:
        """Bodies and members as they stand."""
        return self.told.governance

    def members(self) -> list[str]:
        """Who is a member today."""
        return list(self.governance.members_on(self.today))

    def decisions(self) -> list[tuple[UUID, Decision]]:
        """Every decision that was begun here and not struck; examples have their own."""
        found = [(key, self.told.states.get(key)) for key in self._begun]
        return [(key, state) for key, state in found if isinstance(state, Decision) and not state.struck]

    def meetings(self) -> list[tuple[UUID, Meeting]]:
        """Every meeting that was begun here and not struck."""
        found = [(key, self.told.states.get(key)) for key in self._begun]
        return [(key, state) for key, state in found if isinstance(state, Meeting) and not state.struck]

    def dossiers(self) -> list[tuple[UUID, Dossier]]:
        """Every dossier that was begun here and still goes on."""
        found = [(key, self.told.states.get(key)) for key in self._begun]
        return [
            (key, state)
            for key, state in found
            if isinstance(state, Dossier) and state.opened and not state.struck and not state.closed
        ]

    def ask(self, asked: Ask) -> bool:
        """Decide a command, count what it came to, and look whether everything that must hold does; tell whether it was recorded."""
        before = dict(self.told.states)
        self.tally.asked += 1
        self.last = asked
        try:
            said = self.told.record(asked.who, asked.stream, asked.fact, today=self.today)
        except Refused as refused:
            assert self.told.states == before, "a refusal changed something"
            self.answers.append(refused.refusals)
            self._refused(refused.refusals)
            return False
        self.answers.append(self.told.entries)
        self._recorded(asked.stream, before.get(asked.stream), said)
        return True

    def _refused(self, refusals: tuple[Refusal, ...]) -> None:
        self.tally.refused.update({refusal.code for refusal in refusals})

    def _recorded(self, stream: UUID, before: State | None, said: tuple[Said, ...]) -> None:
        self.tally.accepted += 1
        self.tally.recorded.update(each.fact.TYPE for each in said)
        holds_after(before or nothing_yet(said[0].fact.KIND), self.told.states[stream], said, self.told.entries)


class NothingToChooseError(LookupError):
    """The register holds nothing yet to which this could happen."""
