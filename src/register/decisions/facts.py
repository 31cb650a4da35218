"""What happens to a question that is decided: proposed, voted on, given an outcome, reasoned, corrected; one stream each."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from register.fact import DatedFact, Fact, Instead, Kind
from register.values import (
    Code,
    CorrectionKind,
    Count,
    Evidences,
    Id,
    Letter,
    Number,
    Reference,
    Sealed,
    Seq,
    Voice,
)

Codes = Annotated[tuple[Code, ...], Meta(min_length=1, max_length=500)]
Choice = Literal["for", "against", "abstained", "absent", "not-voting", "divided"]
Verb = Literal[
    "adopted", "agreed", "noted", "released", "offered", "discussed", "signed", "appointed", "mandated",
    "held-over", "rejected", "withdrawn", "repealed", "referred-back", "lapsed", "not-stated",
]  # fmt: skip
SETS_THE_COURSE: frozenset[str] = frozenset({"adopted", "agreed", "signed"})
"""The verbs with which an outcome fixes the versions of parts as the course."""


class DecidedBy(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Who decides: one body, or each member or party for itself; exactly one of the two."""

    body: Code | None = None
    each: Literal["member", "party"] | None = None


class Link(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """How a decision stands to another stream of this register (`to`) or to an address outside it (`at`)."""

    rel: Literal["about", "amends", "answers", "carries-out", "overrules", "follows", "supersedes"]
    to: Id | None = None
    at: Sealed | None = None


class PartOf(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of an earlier decision, in a version."""

    decision: Id
    part: Code
    n: Number


class PartVersion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of this decision, in a version."""

    part: Code
    n: Number


class DecisionProposed(DatedFact, frozen=True, kw_only=True):
    """A question is to be decided; always the first entry of its stream."""

    TYPE: ClassVar[str] = "decision.proposed"
    KIND: ClassVar[Kind] = "decision"

    title: Sealed
    decided_by: DecidedBy
    kind: Literal[
        "decision", "motion", "amendment", "appointment", "agreement", "advice", "release"
    ]
    class_: Literal["organisation-and-frameworks", "political-administrative", "not-stated"]
    question: Sealed | None = None
    number: Reference | None = None
    dossier: Id | None = None
    links: Annotated[tuple[Link, ...], Meta(min_length=1, max_length=50)] | None = None
    source: Sealed | None = None


class DecisionLinked(Fact, frozen=True, kw_only=True):
    """A decision is found to stand in relation to others."""

    TYPE: ClassVar[str] = "decision.linked"
    KIND: ClassVar[Kind] = "decision"

    links: Annotated[tuple[Link, ...], Meta(min_length=1, max_length=50)]


class DecisionThemed(Fact, frozen=True, kw_only=True):
    """A decision can be found under a theme."""

    TYPE: ClassVar[str] = "decision.themed"
    KIND: ClassVar[Kind] = "decision"

    theme: Code


class DecisionPlaced(Fact, frozen=True, kw_only=True):
    """A decision stands on the agenda of a meeting; one item may hold several, and one decision may stand on several meetings."""

    TYPE: ClassVar[str] = "decision.placed"
    KIND: ClassVar[Kind] = "decision"

    meeting: Id
    item: Reference
    letter: Letter | None = None


class PartAdded(Fact, frozen=True, kw_only=True):
    """A part on which members may join or depart; `n` is the version in which it enters, `continues` where it comes from."""

    TYPE: ClassVar[str] = "part.added"
    KIND: ClassVar[Kind] = "decision"

    part: Code
    n: Number
    title: Sealed
    text: Sealed | None = None
    continues: PartOf | None = None


class PartAmended(DatedFact, frozen=True, kw_only=True):
    """A part has a next version; positions stay with the version that they spoke of."""

    TYPE: ClassVar[str] = "part.amended"
    KIND: ClassVar[Kind] = "decision"

    part: Code
    n: Number
    title: Sealed | None = None
    text: Sealed | None = None


class PartiesListed(Fact, frozen=True, kw_only=True):
    """The list behind a denominator, written once: by name, or only as a number when the source gives no names."""

    TYPE: ClassVar[str] = "parties.listed"
    KIND: ClassVar[Kind] = "decision"

    list: Literal["voters", "consulted", "course-for", "signatories"]
    basis: Literal["seats-in-force", "stated"]
    members: Codes | None = None
    count: Count | None = None


class Tally(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Numbers of votes as the source states them; what it does not state is absent."""

    for_: Count | None = msgspec.field(default=None, name="for")
    against: Count | None = None
    abstained: Count | None = None
    absent: Count | None = None
    not_voting: Count | None = msgspec.field(default=None, name="notVoting")
    divided: Count | None = None


class VoteHeld(DatedFact, frozen=True, kw_only=True):
    """A ballot was held; `rest` is what the source says of those whom it does not name."""

    TYPE: ClassVar[str] = "vote.held"
    KIND: ClassVar[Kind] = "decision"

    ballot: Number
    how: Literal["roll-call", "hands", "written", "without-vote", "secret", "not-stated"]
    unit: Literal["member", "group", "seat", "weight"]
    names: Literal["all", "some", "none", "secret", "not-public"]
    rest: Choice | None = None
    stated: Tally | None = None


class Vote(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What one voter chose; `split` says how a divided group voted."""

    voter: Code
    choice: Choice
    split: Tally | None = None
    weight: Count | None = None
    reason: Sealed | None = None


class VotesRecorded(Fact, frozen=True, kw_only=True):
    """Names to a ballot; they may arrive in pieces, each voter once."""

    TYPE: ClassVar[str] = "votes.recorded"
    KIND: ClassVar[Kind] = "decision"

    ballot: Number
    votes: Annotated[tuple[Vote, ...], Meta(min_length=1, max_length=500)]


class OutcomeRecorded(DatedFact, frozen=True, kw_only=True):
    """The stated outcome, in the verb of the source; where each member decides, one for each that is named (`decides`) or a total (`count`)."""

    TYPE: ClassVar[str] = "outcome.recorded"
    KIND: ClassVar[Kind] = "decision"

    verb: Verb
    how: Literal["vote", "without-vote", "written", "not-stated"] | None = None
    amended: bool | None = None
    remarks: bool | None = None
    sets: Annotated[tuple[PartVersion, ...], Meta(min_length=1, max_length=200)] | None = None
    decides: Code | None = None
    count: Count | None = None
    note: Sealed | None = None


class JustificationGiven(DatedFact, frozen=True, kw_only=True):
    """Why it was decided so, as the source says; `of` is the entry that it explains, absent for the whole decision."""

    TYPE: ClassVar[str] = "justification.given"
    KIND: ClassVar[Kind] = "decision"

    text: Sealed
    of: Seq | None = None


class RemarkRecorded(DatedFact, frozen=True, kw_only=True):
    """A remark (kanttekening) that somebody made; it is no reservation and no position."""

    TYPE: ClassVar[str] = "remark.recorded"
    KIND: ClassVar[Kind] = "decision"

    voice: Voice
    text: Sealed


class EvidenceAdded(Fact, frozen=True, kw_only=True):
    """Better evidence was found for entry `of`; `evidence` is required here."""

    TYPE: ClassVar[str] = "evidence.added"
    KIND: ClassVar[Kind] = "decision"

    of: Seq
    evidence: Evidences


class DecisionConfirmed(Fact, frozen=True, kw_only=True):
    """A second account found the entries up to `up_to` to be as in the evidence."""

    TYPE: ClassVar[str] = "decision.confirmed"
    KIND: ClassVar[Kind] = "decision"

    up_to: Seq


class DecisionCorrected(Fact, frozen=True, kw_only=True):
    """Entry `corrects` of this stream was wrong; `instead` is what it should have said, absent when it is annulled."""

    TYPE: ClassVar[str] = "decision.corrected"
    KIND: ClassVar[Kind] = "decision"

    corrects: Seq
    kind: CorrectionKind
    grounds: Sealed
    instead: Instead | None = None
    outcome_stands: bool | None = None


class DecisionStruck(Fact, frozen=True, kw_only=True):
    """The decision leaves all counts and lists; its address and its entries stay."""

    TYPE: ClassVar[str] = "decision.struck"
    KIND: ClassVar[Kind] = "decision"

    because: Literal["duplicate", "wrong-register", "exercise"]
    grounds: Sealed
    see: Id | None = None
