"""What the tables cannot carry: counted in the entries themselves, so that nothing is left out in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from inspect import cleandoc

import msgspec

from api.exchange.choosing import first, held_on, in_force, kept, leading
from api.exchange.gathering import Gathered
from projections.decisions.row import Decision
from register.fact import Fact
from register.values import Voice

CARRIED: Mapping[str, str] = {
    "body.established": "code name kind force of layer from",
    "body.dissolved": "body until",
    "member.admitted": "member name kind from identifier",
    "member.departed": "member until",
    "member.merged": "member into until",
    "party.named": "code name of",
    "subregion.joined": "member subregion",
    "decision.proposed": "title question decidedBy kind class links on",
    "decision.linked": "links",
    "decision.placed": "meeting item letter",
    "part.added": "part n title text",
    "part.amended": "part n title text",
    "vote.held": "ballot unit stated on",
    "votes.recorded": "ballot votes",
    "outcome.recorded": "verb sets note on",
    "position.recorded": "member stance part reason on voice.as voice.layer",
    "position.explained": "position reason",
    "minority-standpoint.recorded": "text voice.as voice.members voice.parties voice.subregion",
    "minority-standpoint.joined": "standpoint member",
    "minority-standpoint.left": "standpoint member",
    "minority-standpoint.weighed": "standpoint outcome by reason on",
    "evidence.added": "of",
}
"""The fields, as entries write them, that have a column; every other field of an entry is counted, and so is every other type."""

SENTENCES: Mapping[str, str] = {
    "evidence": "Evidence other than the one that the row of a decision or position names, with its page, moment and digest.",
    "positions-namens": "Positions that somebody took in the name of others: they count for nobody and have no row.",
    "placements": "Agendas on which a decision stands beside the one that is named.",
    "outcomes": "Outcomes beside the one in the row: of parts, of single members, as a total, earlier or later.",
    "other-days": "Days of a proposal, ballot or outcome that are not the day in held_on.",
    "other-tallies": "Stated tallies of ballots beside the one of the outcome.",
    "other-numbers": "Stated numbers beside for, against and abstained.",
    "ballots-without-names": "Ballots of which no voter is named: they have no row.",
    "votes-split-or-option": "Votes of divided groups by number, and votes for one of several options.",
    "standpoints-withdrawn": "Minority standpoints that were withdrawn: they have no row.",
    "standpoints-beside-members": "Minority standpoints of which the members are named and a sub-region or parties as well.",
    "weighings": "Earlier weighings of a minority standpoint; the row has the last.",
}  # fmt: skip
"""What is lost between an entry and its row, because a row has one place for it."""


class Lost(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One kind of thing that the tables do not carry: of a type of entry, one of its fields, or a kind of its own."""

    what: str
    count: int
    says: str
    field: str | None = None


class Left:
    """Counts what is lost while entries and rows go by."""

    def __init__(self) -> None:
        self._fields: Counter[tuple[str, str]] = Counter()
        self._kinds: Counter[str] = Counter()
        self._types: dict[str, str] = {}

    def take(self, fact: Fact) -> None:
        """Count what an entry says that no column has."""
        self._kinds["evidence"] += len(fact.evidence or ())
        carried = CARRIED.get(fact.TYPE)
        self._types[fact.TYPE] = cleandoc(type(fact).__doc__ or "").partition("\n")[0]
        if carried is None:
            self._fields[fact.TYPE, ""] += 1
            return
        told = set(carried.split())
        self._fields.update((fact.TYPE, name) for name in said(fact) if name not in told)

    def compare(self, told: Gathered) -> None:
        """Count what rows have no place for."""
        for stood in told.decided:
            self._kinds.update(_of_decision(stood.decision))
            positions = in_force(stood, told.at.valid_on)
            self._kinds["positions-namens"] += sum(not each.counts_for() for each in positions)
            self._kinds["evidence"] -= sum(bool(each.evidence) for each in positions if each.counts_for())
        for each in told.standpoints:
            voice = each.recorded.voice
            self._kinds["standpoints-beside-members"] += bool((voice.subregion or voice.parties) and voice.members)
            self._kinds["weighings"] += max(0, len(each.weighings) - 1)
        self._kinds["standpoints-withdrawn"] += len(told.standpoints) - len(kept(told.standpoints))

    def lost(self) -> tuple[Lost, ...]:
        """Everything that is lost, entries first, always in the same order."""
        entries = [
            Lost(what=type_, field=field or None, count=count, says=self._types[type_])
            for (type_, field), count in sorted(self._fields.items())
        ]
        kinds = [
            Lost(what=what, count=self._kinds[what], says=says) for what, says in SENTENCES.items() if self._kinds[what] > 0
        ]  # fmt: skip
        return (*entries, *kinds)


def said(fact: Fact) -> Iterator[str]:
    """The fields of an entry that have a value, as entries write them; those of a voice one by one, evidence aside."""
    for field in msgspec.structs.fields(fact):
        value = getattr(fact, field.name)
        if value is None or field.name == "evidence":
            continue
        if isinstance(value, Voice):
            yield from (f"{field.encode_name}.{name}" for name in _present(value))
        else:
            yield field.encode_name


def _present(value: msgspec.Struct) -> Iterable[str]:
    return (each.encode_name for each in msgspec.structs.fields(value) if getattr(value, each.name) is not None)


def _of_decision(decision: Decision) -> Counter[str]:
    day, ballot, lost = held_on(decision), leading(decision), Counter[str]()
    outcome, proposed = decision.outcome, decision.proposed
    lost["placements"] = max(0, len(decision.placements) - 1)
    lost["outcomes"] = len(decision.outcomes) - (outcome is not None)
    days = [proposed.on, *(each.held.on for each in decision.ballots), *(each.on for each in decision.outcomes)]
    lost["other-days"] = sum(each not in {None, day} for each in days)
    lost["other-tallies"] = sum(each.held.stated is not None for each in decision.ballots if each is not ballot)
    if ballot is not None and ballot.held.stated is not None:
        lost["other-numbers"] = len(set(_present(ballot.held.stated)) - {"for", "against", "abstained"})
    lost["ballots-without-names"] = sum(not each.votes for each in decision.ballots)
    votes = [vote for each in decision.ballots for vote in each.votes]
    lost["votes-split-or-option"] = sum(vote.split is not None or vote.option is not None for vote in votes)
    carried = first(outcome.evidence if outcome else ()) or first(proposed.evidence)
    lost["evidence"] = -1 if carried is not None and carried.at is not None else 0
    return lost
