"""What a request leaves out and the register fills in: the list that a fact is counted against, the version that a position speaks of."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from register import days
from register.decisions import facts as d
from register.decisions import standing as s
from register.decisions.counting import voters
from register.decisions.state import Decision
from register.fact import Fact, Instead
from register.governance.state import Governance
from register.history import effective, replaced_by
from register.world import World

MOST_NAMES = 300
"""A list has room for so many names; a longer one is written as a number."""


def settled(fact: Fact, state: object) -> Fact:
    """A position that names a part names the version that it speaks of: the newest, when the request leaves it out.

    Put in the place of another entry, it speaks of the newest version of that moment.
    """
    if not isinstance(state, Decision):
        return fact
    match fact:
        case s.PositionRecorded(part=str(part), n=None) if part in state.parts:
            return msgspec.structs.replace(fact, n=state.parts[part][1])
        case d.DecisionCorrected(corrects=seq, instead=Instead() as instead):
            position = replaced_by(fact)
            if not isinstance(position, s.PositionRecorded) or position.part is None or position.n is not None:
                return fact
            newest = _newest(position.part, seq, state)
            if newest is None:
                return fact
            return msgspec.structs.replace(
                fact, instead=msgspec.structs.replace(instead, data={**instead.data, "n": newest})
            )
        case _:
            return fact


def _newest(part: str, before: int, state: Decision) -> int | None:
    """The newest version of a part before an entry."""
    versions = [
        entry.fact.n
        for entry in effective(state.history)
        if entry.seq < before and isinstance(entry.fact, (d.PartAdded, d.PartAmended)) and entry.fact.part == part
    ]
    return versions[-1] if versions else None


def with_its_list(fact: Fact, state: object, world: World) -> Iterator[Fact]:
    """The fact, after the list that it is counted against when nobody wrote that list before."""
    if isinstance(state, Decision) and state.proposed is not None:
        yield from _list_for(fact, state, world)
    yield fact


def _list_for(fact: Fact, state: Decision, world: World) -> Iterator[d.PartiesListed]:
    match fact:
        case d.VotesRecorded(ballot=number) if "voters" not in state.lists and number in state.ballots:
            seats = voters(state, world, state.ballots[number].day) or frozenset()
            yield from _listed("voters", tuple(sorted(seats)))
        case s.PositionRecorded(member=str(member)) | s.MinorityStandpointJoined(member=member):
            yield from _course_for((member,), fact, state, world)
        case d.OutcomeRecorded(decides=str(member)) if state.decided_by_each_member:
            yield from _course_for((member,), fact, state, world)
        case s.MinorityStandpointRecorded(voice=voice):
            yield from _course_for(voice.counted(), fact, state, world)
        case _:
            return


def _course_for(counted: tuple[str, ...], fact: Fact, state: Decision, world: World) -> Iterator[d.PartiesListed]:
    """The members of the day on which the first of those counted was one."""
    if "course-for" in state.lists or tuple(days.days_hold(fact, world.today)):
        return
    governance: Governance = world.governance
    on = [day for code in counted if (day := governance.day_as_member(code, *days.span_of(fact, world.today)))]
    if on:
        yield from _listed("course-for", governance.members_on(on[0]))


def _listed(name: str, members: tuple[str, ...]) -> Iterator[d.PartiesListed]:
    if members:
        named = {"members": members} if len(members) <= MOST_NAMES else {"count": len(members)}
        yield msgspec.convert({"list": name, "basis": "seats-in-force", **named}, d.PartiesListed)
