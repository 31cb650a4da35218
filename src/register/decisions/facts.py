"""What happens to a question that is decided: proposed, voted on, given an outcome, reasoned, corrected; one stream each."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from register.fact import DatedFact, Fact, Instead, Kind
from register.values import (
    Address,
    Code,
    Codes,
    CorrectionKind,
    Count,
    Evidences,
    Id,
    Letter,
    Number,
    Reference,
    Sealed,
    Seq,
    Struck,
    Voice,
    Votes,
)

Parts = Annotated[tuple[Code, ...], Meta(min_length=1, max_length=200, extra_json_schema={"uniqueItems": True})]
Choice = Literal["for", "against", "abstained", "absent", "not-voting", "divided"]
Verb = Literal[
    "adopted", "agreed", "noted", "released", "offered", "discussed", "signed", "appointed", "mandated",
    "held-over", "rejected", "withdrawn", "repealed", "referred-back", "lapsed", "not-stated",
]  # fmt: skip
SETS_THE_COURSE: frozenset[str] = frozenset({"adopted", "agreed", "signed"})
"""The verbs with which an outcome fixes the versions of parts as the course."""


class DecidedBy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who decides: one body, or each member or party for itself; exactly one of the two."""

    body: Code | None = None
    each: Literal["member", "party"] | None = None


class Link(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a decision stands to another stream or entry of this register (`to`), to a part of a decision, or to an address outside it (`at`).

    To a dossier, `n` is the step of its route that the decision takes.
    """

    rel: Literal["about", "amends", "answers", "carries-out", "overrules", "follows", "supersedes"]
    to: Address | None = None
    part: Code | None = None
    n: Number | None = None
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
    """A question is to be decided; always the first entry of its stream. `movers` are the members or parties that moved it."""

    TYPE: ClassVar[str] = "decision.proposed"
    KIND: ClassVar[Kind] = "decision"

    title: Sealed
    decided_by: DecidedBy
    kind: Literal["decision", "motion", "amendment", "appointment", "agreement", "advice", "release"]
    class_: Literal["organisation-and-frameworks", "political-administrative", "not-stated"]
    question: Sealed | None = None
    number: Reference | None = None
    movers: Codes | None = None
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
    """A part on which members may join or depart; `n` is the version in which it enters, `continues` what it comes from.

    Parts that were merged are all named in `continues`; of a part that was split, each new part names it.
    """

    TYPE: ClassVar[str] = "part.added"
    KIND: ClassVar[Kind] = "decision"

    part: Code
    n: Number
    title: Sealed
    number: Reference | None = None
    text: Sealed | None = None
    continues: Annotated[tuple[PartOf, ...], Meta(min_length=1, max_length=20)] | None = None


class PartAmended(DatedFact, frozen=True, kw_only=True):
    """A part has a next version; positions stay with the version that they spoke of."""

    TYPE: ClassVar[str] = "part.amended"
    KIND: ClassVar[Kind] = "decision"

    part: Code
    n: Number
    number: Reference | None = None
    title: Sealed | None = None
    text: Sealed | None = None


class PartiesListed(Fact, frozen=True, kw_only=True):
    """The list behind a denominator, written once: by name, as a number when the source gives no names, or as a number with the names it gives."""

    TYPE: ClassVar[str] = "parties.listed"
    KIND: ClassVar[Kind] = "decision"

    list: Literal["voters", "consulted", "course-for", "signatories"]
    basis: Literal["seats-in-force", "stated"]
    members: Codes | None = None
    count: Count | None = None


class Tally(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Numbers of votes as the source states them; what it does not state is absent."""

    for_: Votes | None = msgspec.field(default=None, name="for")
    against: Votes | None = None
    abstained: Votes | None = None
    absent: Votes | None = None
    not_voting: Votes | None = msgspec.field(default=None, name="notVoting")
    divided: Votes | None = None
    blank: Votes | None = None
    invalid: Votes | None = None


class Option(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One of the persons or alternatives between whom was chosen, with the votes that the source states."""

    option: Number
    title: Sealed
    votes: Votes | None = None


class VoteHeld(DatedFact, frozen=True, kw_only=True):
    """A ballot was held, on the whole or on `parts`; `rest` is what the source says of those whom it does not name."""

    TYPE: ClassVar[str] = "vote.held"
    KIND: ClassVar[Kind] = "decision"

    ballot: Number
    how: Literal["roll-call", "hands", "electronic", "written", "without-vote", "secret", "not-stated"]
    unit: Literal["member", "group", "seat", "weight"]
    names: Literal["all", "some", "none", "secret", "not-public"]
    rest: Choice | None = None
    stated: Tally | None = None
    parts: Parts | None = None
    options: Annotated[tuple[Option, ...], Meta(min_length=1, max_length=50)] | None = None


class Vote(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What one voter chose; `split` says how a divided group voted, `option` for which option of the ballot."""

    voter: Code
    choice: Choice
    option: Number | None = None
    split: Tally | None = None
    weight: Votes | None = None
    reason: Sealed | None = None


class VotesRecorded(Fact, frozen=True, kw_only=True):
    """Names to a ballot; they may arrive in pieces, each voter once."""

    TYPE: ClassVar[str] = "votes.recorded"
    KIND: ClassVar[Kind] = "decision"

    ballot: Number
    votes: Annotated[tuple[Vote, ...], Meta(min_length=1, max_length=100)]


class OutcomeRecorded(DatedFact, frozen=True, kw_only=True):
    """The stated outcome, in the verb of the source, of the whole or of `parts`, after `ballot`.

    Where each member decides, there is one for each that is named (`decides`), or a total (`count`).
    """

    TYPE: ClassVar[str] = "outcome.recorded"
    KIND: ClassVar[Kind] = "decision"

    verb: Verb
    how: Literal["vote", "without-vote", "written", "lot", "not-stated"] | None = None
    ballot: Number | None = None
    parts: Parts | None = None
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
    """A remark (kanttekening) that somebody made, on the whole or on `part`; it is no reservation and no position."""

    TYPE: ClassVar[str] = "remark.recorded"
    KIND: ClassVar[Kind] = "decision"

    voice: Voice
    text: Sealed
    part: Code | None = None


class EvidenceAdded(Fact, frozen=True, kw_only=True):
    """Better evidence was found for entry `of`; `evidence` is required here."""

    TYPE: ClassVar[str] = "evidence.added"
    KIND: ClassVar[Kind] = "decision"

    of: Seq
    evidence: Evidences  # pyright: ignore[reportGeneralTypeIssues]  # fields are by keyword, so one without a default may follow


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

    because: Struck
    grounds: Sealed
    see: Id | None = None
