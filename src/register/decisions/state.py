"""What the rules remember of a decision. Text is not among it: a rule sees that a reason was given, never which."""

from __future__ import annotations

from datetime import date

import msgspec

from register.days import day_of
from register.decisions import consultation as c
from register.decisions import facts as f
from register.decisions import standing as s
from register.history import CORRECTIONS, Recorded, effective
from register.values import Layer, Voice, first_day

FINAL: frozenset[str] = frozenset(
    {
        "adopted",
        "agreed",
        "signed",
        "appointed",
        "mandated",
        "rejected",
        "withdrawn",
        "lapsed",
        "repealed",
    }
)
"""Verbs after which a decider has decided; the others (noted, released, discussed, held over …) may be followed by one of these."""

REPEALABLE: frozenset[str] = frozenset({"adopted", "agreed", "signed", "appointed", "mandated"})
"""Verbs of what holds until it is repealed."""

Key = tuple[str, Layer, str | None]
"""Whose position, in which layer, on which part (None: all parts without an own one)."""


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """A position as the rules see it: whose, on what, since when, with a reason or not."""

    member: str | None
    layer: Layer
    part: str | None
    n: int | None
    stance: str
    explained: bool
    since: date
    withdrawn: bool = False

    @property
    def key(self) -> Key | None:
        """The place that this position takes, None for a statement on behalf of others, which takes none."""
        return None if self.member is None else (self.member, self.layer, self.part)


class Standpoint(msgspec.Struct, frozen=True):
    """Who holds a minority standpoint now, and the first day on which it can have been made: any day when it has no date."""

    holders: frozenset[str]
    since: date
    withdrawn: bool = False


class Ballot(msgspec.Struct, frozen=True):
    """A ballot: whether names belong to it, on which day it was, who is recorded."""

    named: bool
    day: date
    voted: frozenset[str] = frozenset()
    options: frozenset[int] = frozenset()


class Invitation(msgspec.Struct, frozen=True):
    """Who was asked for a view, from which day on and until when."""

    parties: frozenset[str]
    first: date
    until: str | None


class View(msgspec.Struct, frozen=True):
    """A view or an advice that came in: whose, which items it numbers, the first and last day on which it can have been given."""

    voice: Voice
    first: date
    since: date
    items: frozenset[int] = frozenset()

    @property
    def members(self) -> tuple[str, ...]:
        """The members that the source names for it."""
        return self.voice.members or ()


class Undertaking(msgspec.Struct, frozen=True):
    """Something promised: since when at the earliest, and whether it is still open."""

    since: date
    closed: bool = False


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One question to be decided, as far as the rules need it; `kept_by` is the body that decides, or else the one that put it to each."""

    proposed: f.DecisionProposed | None = None
    kept_by: str | None = None
    struck: bool = False
    themes: frozenset[str] = frozenset()
    places: frozenset[tuple[str, str, str | None]] = frozenset()
    parts: dict[str, tuple[int, int]] = {}
    lists: dict[str, frozenset[str] | None] = {}
    ballots: dict[int, Ballot] = {}
    outcomes: dict[str, str] = {}
    positions: dict[int, Position] = {}
    standpoints: dict[int, Standpoint] = {}
    invitations: dict[int, Invitation] = {}
    views: dict[int, View] = {}
    declined: frozenset[tuple[str, int]] = frozenset()
    missed: frozenset[tuple[str, int]] = frozenset()
    requests: dict[int, str] = {}
    advice: dict[int, View] = {}
    answers: frozenset[tuple[int, int | None, str | None]] = frozenset()
    undertakings: dict[int, Undertaking] = {}
    confirmed: int = 0
    history: tuple[Recorded, ...] = ()

    @property
    def decided_by_each_member(self) -> bool:
        """Tell whether each member decides for itself."""
        return self.proposed is not None and self.proposed.decided_by.each == "member"

    def in_force(self, key: Key) -> int | None:
        """The entry of the position that holds a place now."""
        return next(
            (seq for seq, position in self.positions.items() if position.key == key and not position.withdrawn),
            None,
        )

    def invited(self, party: str, day: date) -> int | None:
        """By which invitation a party was asked on a day: the last that had begun by then, else the first; None when it never was."""
        mine = sorted((asked.first, seq) for seq, asked in self.invitations.items() if party in asked.parties)
        begun = [seq for first, seq in mine if first <= day]
        return begun[-1] if begun else mine[0][1] if mine else None

    def has_version(self, part: str, n: int) -> bool:
        """Tell whether a part exists in a version."""
        first, last = self.parts.get(part, (1, 0))
        return first <= n <= last

    def has_part(self, part: str, n: int | None) -> bool:
        """Tell whether a part exists, in a version when one is named."""
        return part in self.parts if n is None else self.has_version(part, n)

    def entry(self, seq: int) -> Recorded | None:
        """The entry with a number, as it was recorded."""
        return next((entry for entry in self.history if entry.seq == seq), None)


def evolve(state: Decision, entry: Recorded) -> Decision:
    """The state after one more entry; a correction folds the whole history anew, with the entry replaced in its place."""
    history = (*state.history, entry)
    if entry.fact.TYPE in CORRECTIONS:
        state = Decision()
        for held in effective(history):
            state = _after(state, held)
    else:
        state = _after(state, entry)
    return msgspec.structs.replace(state, history=history)


def _after(state: Decision, entry: Recorded) -> Decision:  # noqa: C901, PLR0911, PLR0912  # one arm a fact
    change = msgspec.structs.replace
    match entry.fact:
        case f.DecisionProposed() as fact:
            return change(state, proposed=fact, kept_by=fact.decided_by.body or entry.for_)
        case f.DecisionThemed(theme=theme):
            return change(state, themes=state.themes | {theme})
        case f.DecisionPlaced() as fact:
            return change(state, places=state.places | {(fact.meeting, fact.item, fact.letter)})
        case f.PartAdded(part=part, n=n):
            return change(state, parts={**state.parts, part: (n, n)})
        case f.PartAmended(part=part, n=n):
            return change(state, parts={**state.parts, part: (state.parts[part][0], n)})
        case f.PartiesListed() as fact:
            listed = frozenset(fact.members) if fact.members and fact.count in {None, len(fact.members)} else None
            return change(state, lists={**state.lists, fact.list: listed})
        case f.VoteHeld() as fact:
            options = frozenset(option.option for option in fact.options or ())
            ballot = Ballot(fact.names in {"all", "some"}, day_of(fact, entry.day), options=options)
            return change(state, ballots={**state.ballots, fact.ballot: ballot})
        case f.VotesRecorded() as fact:
            ballot = state.ballots[fact.ballot]
            voted = ballot.voted | {vote.voter for vote in fact.votes}
            return change(state, ballots={**state.ballots, fact.ballot: change(ballot, voted=voted)})
        case f.OutcomeRecorded() as fact:
            return change(state, outcomes={**state.outcomes, decided_in(fact): fact.verb})
        case f.DecisionConfirmed(up_to=up_to):
            return change(state, confirmed=max(state.confirmed, up_to))
        case f.DecisionStruck():
            return change(state, struck=True)
        case s.PositionRecorded() as fact:
            position = Position(
                member=fact.member,
                layer=layer_of(fact.voice),
                part=fact.part,
                n=fact.n,
                stance=fact.stance,
                explained=fact.reason is not None,
                since=day_of(fact, entry.day),
            )
            return change(state, positions={**state.positions, entry.seq: position})
        case s.PositionExplained(position=seq):
            return _position(state, seq, explained=True)
        case s.PositionRevised() as fact:
            version = fact.n if fact.n is not None else state.positions[fact.position].n
            since = day_of(fact, entry.day)
            explained = fact.reason is not None
            return _position(
                state,
                fact.position,
                stance=fact.stance,
                n=version,
                explained=explained,
                since=since,
            )
        case s.PositionWithdrawn(position=seq):
            return _position(state, seq, withdrawn=True)
        case s.MinorityStandpointRecorded(voice=voice, on=on):
            standpoint = Standpoint(frozenset(voice.counted()), first_day(on) if on else date.min)
            return change(state, standpoints={**state.standpoints, entry.seq: standpoint})
        case s.MinorityStandpointWithdrawn(standpoint=seq):
            return _standpoint(state, seq, withdrawn=True)
        case s.MinorityStandpointJoined(standpoint=seq, member=member):
            return _standpoint(state, seq, holders=state.standpoints[seq].holders | {member})
        case s.MinorityStandpointLeft(standpoint=seq, member=member):
            return _standpoint(state, seq, holders=state.standpoints[seq].holders - {member})
        case _:
            return _heard(state, entry)


def _heard(state: Decision, entry: Recorded) -> Decision:  # noqa: C901, PLR0911  # one arm a fact
    """The state after something was heard or promised."""
    change = msgspec.structs.replace
    match entry.fact:
        case c.ViewsInvited(parties=parties, from_=from_, until=until) as fact:
            days = [day_of(fact, entry.day)] if fact.on or from_ is None else []
            first = min(days + ([first_day(from_)] if from_ else []))
            invitation = Invitation(frozenset(parties), first, until)
            return change(state, invitations={**state.invitations, entry.seq: invitation})
        case c.ViewReceived() as fact:
            items = frozenset(item.item for item in fact.items or ())
            return change(state, views={**state.views, entry.seq: _view(fact, entry, items)})
        case c.ViewDeclined(party=party) as fact:
            declined = (party, state.invited(party, day_of(fact, entry.day)) or 0)
            return change(state, declined=state.declined | {declined})
        case c.ViewMissed(party=party, invitation=invited):
            return change(state, missed=state.missed | {(party, invited)})
        case c.ViewAnswered(view=view, item=item, by=by):
            return change(state, answers=state.answers | {(view, item, by)})
        case c.AdviceRequested(body=body):
            return change(state, requests={**state.requests, entry.seq: body})
        case c.AdviceGiven() as fact:
            return change(state, advice={**state.advice, entry.seq: _view(fact, entry)})
        case c.AdviceAnswered(advice=advice, by=by):
            return change(state, answers=state.answers | {(advice, None, by)})
        case c.UndertakingGiven() as fact:
            given = Undertaking(first_day(fact.on) if fact.on else date.min)
            return change(state, undertakings={**state.undertakings, entry.seq: given})
        case c.UndertakingClosed(undertaking=seq):
            done = change(state.undertakings[seq], closed=True)
            return change(state, undertakings={**state.undertakings, seq: done})
        case _:
            return state  # links, reasons, remarks, replies, weighings and evidence change no rule


def _view(fact: c.ViewReceived | c.AdviceGiven, entry: Recorded, items: frozenset[int] = frozenset()) -> View:
    first = first_day(fact.on) if fact.on else date.min
    return View(fact.voice, first, day_of(fact, entry.day), items)


def layer_of(voice: Voice) -> Layer:
    """The layer that spoke; one that the source does not name is not stated."""
    return voice.layer or "not-stated"


def decided_in(fact: f.OutcomeRecorded) -> str:
    """What an outcome decides: for whom (a member or party, `*` for a total, empty for the body) and on which parts."""
    return " ".join((fact.decides or ("*" if fact.count is not None else ""), *sorted(fact.parts or ())))


def _position(state: Decision, seq: int, **changes: object) -> Decision:
    position = msgspec.structs.replace(state.positions[seq], **changes)
    return msgspec.structs.replace(state, positions={**state.positions, seq: position})


def _standpoint(state: Decision, seq: int, **changes: object) -> Decision:
    standpoint = msgspec.structs.replace(state.standpoints[seq], **changes)
    return msgspec.structs.replace(state, standpoints={**state.standpoints, seq: standpoint})
