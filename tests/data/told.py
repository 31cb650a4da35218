"""A register in memory, told the shipped history line by line: the rules judge each line, nothing is stored."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TypeVar

import msgspec

from register.decider import decide, evolve, nothing_yet
from register.decisions.state import Decision
from register.dossiers.state import Dossier
from register.governance.facts import MandateGranted
from register.governance.state import Governance
from register.history import Recorded, effective
from register.meetings.state import Meeting
from register.world import Actor, World
from tests.data.history import Line, Place, accounts, asked, lines

F = TypeVar("F")

TODAY = date(2026, 11, 21)


def name_of(seed: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, seed))


class Told(msgspec.Struct):
    """The register as the history leaves it."""

    region: str
    governance: Governance = Governance()
    streams: dict[str, Decision | Meeting | Dossier] = {}
    made: dict[str, Place] = {}
    by: dict[str, str | None] = {}

    def world(self, actor: Actor) -> World:
        return World(
            region=self.region,
            today=TODAY,
            actor=actor,
            governance=self.governance,
            streams=self.streams,
            accounts=self.by,
        )

    def record(self, line: Line, actor: Actor) -> None:
        """Decide one line as its account asks for it, and remember where it was recorded; raises Refused."""
        ask = asked(line, self.made)
        cause = name_of(line.name)
        self.by[cause] = actor.account
        if ask.fact.KIND == "governance":
            _, state = decide((ask.fact,), "governance", cause, self.governance, self.world(actor))
            assert isinstance(state, Governance)
            self.governance = state
            self.made[line.name] = Place("governance", len(state.history))
            return
        stream = ask.stream or name_of(f"stream of {line.name}")
        before = self.streams.get(stream, nothing_yet(ask.fact.KIND))
        said, after = decide((ask.fact,), stream, cause, before, self.world(actor))
        assert isinstance(after, Decision | Meeting | Dossier)
        assert said
        self.streams[stream] = after
        self.made[line.name] = Place(stream, len(after.history))

    def grant(self, account: str) -> Actor:
        """Give an account the mandates that the demo gives it, in their order."""
        keys = []
        for mandate in accounts(self.region)[account]:
            keys.append(name_of(f"{account} {mandate}"))
            fact = msgspec.convert({"mandate": keys[-1], "from": "2026-11-21", **mandate}, MandateGranted)
            entry = Recorded(
                seq=len(self.governance.history) + 1,
                fact=fact,
                by="register",
                for_=self.region,
                cause=name_of(account),
                day=TODAY,
            )
            state = evolve(self.governance, entry)
            assert isinstance(state, Governance)
            self.governance = state
        return Actor(account=account, mandates=tuple(keys))

    def acting(self, account: str) -> Actor:
        """An account that was granted its mandates before."""
        return Actor(
            account=account, mandates=tuple(name_of(f"{account} {one}") for one in accounts(self.region)[account])
        )

    def decision(self, name: str) -> Decision:
        state = self.streams[self.made[name].stream]
        assert isinstance(state, Decision)
        return state

    def meeting(self, name: str) -> Meeting:
        state = self.streams[self.made[name].stream]
        assert isinstance(state, Meeting)
        return state

    def dossier(self, name: str) -> Dossier:
        state = self.streams[self.made[name].stream]
        assert isinstance(state, Dossier)
        return state

    def decisions(self) -> list[Decision]:
        return [state for state in self.streams.values() if isinstance(state, Decision)]

    def meetings(self) -> list[Meeting]:
        return [state for state in self.streams.values() if isinstance(state, Meeting)]

    def dossiers(self) -> list[Dossier]:
        return [state for state in self.streams.values() if isinstance(state, Dossier)]

    def said(self, name: str, fact: type[F]) -> list[F]:
        """The facts of one class that hold in the stream of a line, corrections applied."""
        state = self.streams[self.made[name].stream]
        return [entry.fact for entry in effective(state.history) if isinstance(entry.fact, fact)]


def told(region: str) -> Told:
    """Everything recorded: governance by the administrator, then mandates, then the rest by those who hold them."""
    register = Told(region)
    actors = {"beheer": register.grant("beheer")}
    for line in lines(region):
        if line.as_ not in actors:
            actors[line.as_] = register.grant(line.as_)
        register.record(line, actors[line.as_])
    return register
