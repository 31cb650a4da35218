"""What templates are given: small frozen structs, in the words and order of a page; made from rows in one file a page."""

from __future__ import annotations

from datetime import datetime

import msgspec

from projections.row import Text
from register.values import is_exact

Said = Text
"""A text of the register: in its own language, or without words when it is withheld."""


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Anything a template shows."""


class Source(View, frozen=True, kw_only=True):
    """One source of a fact: how strong it is, and where it can be read."""

    grade: str
    label: str | None = None
    href: str | None = None
    about: str | None = None
    """What the address itself says of the document, as far as it says something."""
    act: str | None = None
    page: str | None = None
    withheld: bool = False
    bearing: str | None = None
    note: Said | None = None


class Graded(View, frozen=True, kw_only=True):
    """The sources of one grade."""

    grade: str
    sources: tuple[Source, ...]


class Traced(View, frozen=True, kw_only=True):
    """A fact with its way back: the position of its entry in the log, its day, its sources."""

    entry: int
    on: str | None = None
    certain: bool = True
    known_from: datetime | None = None
    sources: tuple[Source, ...] = ()
    unconfirmed: bool = False
    replaced: int | None = None
    """The position of the correction that replaced what its entry said."""

    @property
    def graded(self) -> tuple[Graded, ...]:
        """Its sources by grade, in the order in which they stand."""
        grades = dict.fromkeys(source.grade for source in self.sources)
        return tuple(
            Graded(grade=grade, sources=tuple(each for each in self.sources if each.grade == grade)) for grade in grades
        )

    @property
    def exact(self) -> bool:
        """Whether the day is one single day."""
        return self.on is not None and is_exact(self.on)


class Named(View, frozen=True, kw_only=True):
    """A member, body or party: what it is called, and where its page is (none for a party)."""

    code: str
    name: str
    lang: str = "nl"
    has_page: bool = True
    withheld: bool = False


class Tally(View, frozen=True, kw_only=True):
    """How many of `n` stand where; what is no position is counted apart, and what nobody told is `unknown`."""

    n: int
    stances: dict[str, int]
    spoken: int = 0
    own: int = 0
    earlier: int = 0
    unknown: int = 0

    @property
    def recorded(self) -> int:
        """Positions on record."""
        return sum(self.stances.values())

    @property
    def apart(self) -> int:
        """Those who depart, reserve or do not take part."""
        return sum(self.stances.get(each, 0) for each in ("departs", "joins-with-reservation", "does-not-take-part"))


class Link(View, frozen=True, kw_only=True):
    """Another decision, or an address outside the register; `backwards` when the other one made the link."""

    href: str
    title: Said
    rel: str | None = None
    outside: bool = False
    backwards: bool = False
    entry: int | None = None


class Outcome(Traced, frozen=True, kw_only=True):
    """The stated outcome: of the whole, of one member that decides for itself, or a total without names."""

    verb: str
    how: str | None = None
    decides: Named | None = None
    count: int | None = None
    amended: bool = False
    remarks: bool = False
    note: Said | None = None
    sets: tuple[Said, ...] = ()


class Voter(View, frozen=True, kw_only=True):
    """One name in a ballot."""

    name: Named
    entry: int
    split: str | None = None
    reason: Said | None = None


class Weight(View, frozen=True, kw_only=True):
    """What one voter weighs by the rule; `differs` is the weight that the source gives instead."""

    name: Named
    votes: int
    inhabitants: int
    on: str
    entry: int
    differs: int | None = None


class Weights(View, frozen=True, kw_only=True):
    """By which day and rule a ballot is weighed, what each voter weighs, and whose inhabitants are missing."""

    reference: str
    rule: int
    weights: tuple[Weight, ...]
    missing: tuple[Named, ...]


class Ballot(Traced, frozen=True, kw_only=True):
    """One ballot: who is named under which choice, what is said of the rest, and the source's tally beside our count."""

    number: int
    how: str
    unit: str
    names: str
    rest: str | None = None
    options: tuple[Said, ...] = ()
    result: str | None = None
    """What our own count comes to under the rule in force; None when there is no rule, or when something is missing."""
    rule: str | None = None
    outcome_differs: bool = False
    weighing: Weights | None = None
    choices: tuple[tuple[str, tuple[Voter, ...]], ...] = ()
    tallies: tuple[tuple[str, int | None, int], ...] = ()
    """Choice, what the source states (None: nothing), and how many names we have."""

    @property
    def differs(self) -> bool:
        """Whether a stated number is not the number of names."""
        return any(stated is not None and stated != own for _, stated, own in self.tallies)


class Part(Traced, frozen=True, kw_only=True):
    """A part on which members stand, with its present version and which version an outcome fixed as the course."""

    code: str
    title: Said
    n: int
    text: Said | None = None
    set_n: int | None = None
    continues: tuple[Link, ...] = ()


class PartTally(View, frozen=True, kw_only=True):
    """The count on one part; without a title, on the whole."""

    tally: Tally
    title: Said | None = None


class PartyList(Traced, frozen=True, kw_only=True):
    """A list behind a denominator."""

    list: str
    n: int
    stated: bool
    nameless: bool


class Placed(View, frozen=True, kw_only=True):
    """Where a decision stands on an agenda."""

    body: str | None
    on: str | None
    item: str | None
    """None: the agenda gives it no number."""
    entry: int
    href: str | None = None


class Present(View, frozen=True, kw_only=True):
    """What follows from who was there when it was decided without a vote: no position."""

    kind: str
    members: tuple[Named, ...]
    entry: int


class Cited(View, frozen=True, kw_only=True):
    """A source with every entry that it supports."""

    source: Source
    entries: tuple[int, ...]


class Position(Traced, frozen=True, kw_only=True):
    """Where one or more members stand, in one recorded utterance."""

    address: str
    begun: str
    """The address of the entry with which it began: what revises or withdraws it names that one."""
    members: tuple[Named, ...]
    stance: str
    speaker: str
    part: Said | None = None
    old_text: bool = False
    reason: Said | None = None
    reason_missing: str | None = None
    basis: Link | None = None
    decision: Link | None = None
    on_course: bool = True
    ended: str | None = None
    """The sentence that says when and why it no longer holds."""
    because: Link | None = None


class Spoken(Traced, frozen=True, kw_only=True):
    """One statement for a group: with the members it was made for, who thereby take no position."""

    speaker: str
    members: tuple[Named, ...] = ()
    text: Said | None = None
    stance: str | None = None
    part: Said | None = None
    decision: Link | None = None


class Group(View, frozen=True, kw_only=True):
    """One sub-region (or the members without one) on a decision."""

    name: str
    n: int
    positions: tuple[Position, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    unknown: tuple[Named, ...] = ()


class Reply(Traced, frozen=True, kw_only=True):
    """What somebody answered to a standpoint; a reply is not a weighing."""

    speaker: str
    text: Said


class Weighing(Traced, frozen=True, kw_only=True):
    """What a body did with a standpoint, and why."""

    outcome: str
    by: str
    reason: Said | None = None
    reason_missing: str | None = None
    landed: Said | None = None


class Standpoint(Traced, frozen=True, kw_only=True):
    """A minority standpoint with everything that was done with it."""

    address: str
    speaker: str
    text: Said
    status: str
    alternative: Said | None = None
    parts: tuple[Said, ...] = ()
    replies: tuple[Reply, ...] = ()
    weighings: tuple[Weighing, ...] = ()
    decision: Link | None = None
    members: tuple[Named, ...] = ()
    period: str | None = None

    @property
    def anchor(self) -> str:
        """The id of its card on a page."""
        return "standpunt-" + self.address.rpartition(".")[2]


class Remark(Traced, frozen=True, kw_only=True):
    """A remark or a justification."""

    text: Said
    speaker: str | None = None


class Correction(Traced, frozen=True, kw_only=True):
    """An entry was wrong; what it should have said stands beside it."""

    kind: str
    corrects: int
    what: str
    known: str
    grounds: Said | None = None


class Event(View, frozen=True, kw_only=True):
    """One entry of a decision in words, for its timeline."""

    entry: int
    step: int
    type: str
    sentence: str
    on: str | None
    known: str
    turn: bool = False
    corrected: bool = False


class DecisionLine(Traced, frozen=True, kw_only=True):
    """A decision in a list: one sentence, why, and what is known."""

    id: str
    title: Said
    kind: str
    by: str
    verb: str | None
    question: Said | None = None
    why: Said | None = None
    facts: tuple[str, ...] = ()
