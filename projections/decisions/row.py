"""What was decided: the decision as a list shows it, and every fact that its page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Literal

import msgspec
from msgspec import UNSET, UnsetType

from projections.decisions.consultation.viewing import Consultation
from projections.decisions.rules import Weighing
from projections.row import Evidence, Row, Text, Told, Voice
from register.decisions.facts import SETS_THE_COURSE, Choice, DecidedBy, PartOf, PartVersion, Tally, Verb
from register.meetings.facts import Absence
from register.meetings.facts import Attendance as Attended

DecisionKind = Literal["decision", "motion", "amendment", "appointment", "agreement", "advice", "release"]
SubjectClass = Literal["organisation-and-frameworks", "political-administrative", "not-stated"]


class Summary(Row, frozen=True, kw_only=True, tag="summary"):
    """A decision as a list shows it, for the days from one act to the next.

    `begins` is the first day of the decision, `acted_on` the day of its latest act by then, `outcome` the verb of the latest outcome of the decision as a whole.
    """

    TABLE: ClassVar[str] = "decisions"
    ASKED: ClassVar[tuple[str, ...]] = ("acted_on", "body_code", "outcome", "class", "number", "struck", "title")

    id: str
    title: Text
    kind: DecisionKind
    class_: SubjectClass
    decided_by: DecidedBy
    begins: date
    acted_on: date
    number: str | None = None
    outcome: Verb | None = None
    outcome_on: str | None = None
    outcome_position: int | None = None
    struck: bool = False

    @property
    def body(self) -> str | None:
        """The body that decides; None when each member or party does."""
        return self.decided_by.body

    def asked(self) -> tuple[object, ...]:
        """What a list is narrowed and sorted by; a title by its seal."""
        return (self.acted_on, self.body, self.outcome, self.class_, self.number, self.struck, self.title.sd[0])


class DecisionRow(Row, frozen=True, kw_only=True):
    """A fact of one decision."""

    TABLE: ClassVar[str] = "decisions_facts"
    ASKED: ClassVar[tuple[str, ...]] = ("sets",)

    def asked(self) -> tuple[object, ...]:
        """Whether it sets parts as the course."""
        return (False,)


class Proposed(DecisionRow, frozen=True, kw_only=True, tag="proposed"):
    """What is to be decided, and by whom."""

    title: Text
    decided_by: DecidedBy
    kind: DecisionKind
    class_: SubjectClass
    question: Text | None = None
    number: str | None = None
    movers: tuple[str, ...] = ()
    dossier: str | None = None
    source: Text | None = None

    def about(self) -> tuple[str, ...]:
        """Those who moved it."""
        return self.movers


class Link(DecisionRow, frozen=True, kw_only=True, tag="link"):
    """How the decision stands to another stream, an entry in it, a part of it (`to`), or to an address outside the register (`at`)."""

    rel: Literal["about", "amends", "answers", "carries-out", "overrules", "follows", "supersedes"]
    to: str | None = None
    part: str | None = None
    n: int | None = None
    at: Text | None = None

    def about(self) -> tuple[str, ...]:
        """The other stream."""
        return (self.to.partition(".")[0],) if self.to else ()


class Themed(DecisionRow, frozen=True, kw_only=True, tag="themed"):
    """The decision is found under a theme."""

    theme: str

    def about(self) -> tuple[str, ...]:
        """The theme."""
        return (self.theme,)


class Placed(DecisionRow, frozen=True, kw_only=True, tag="placed"):
    """The decision stands on the agenda of a meeting."""

    meeting: str
    item: str
    letter: str | None = None

    def about(self) -> tuple[str, ...]:
        """The meeting."""
        return (self.meeting,)


class PartText(DecisionRow, frozen=True, kw_only=True, tag="part"):
    """One version of a part; the latest that holds is the part as it reads that day."""

    part: str
    n: int
    title: Text
    number: str | None = None
    text: Text | None = None
    continues: tuple[PartOf, ...] = ()


class PartyList(DecisionRow, frozen=True, kw_only=True, tag="list"):
    """The list behind a denominator: names, a number, or both."""

    list: Literal["voters", "consulted", "course-for", "signatories"]
    basis: Literal["seats-in-force", "stated"]
    members: tuple[str, ...] = ()
    count: int | None = None

    @property
    def n(self) -> int:
        """How many are on the list."""
        return self.count if self.count is not None else len(self.members)

    def about(self) -> tuple[str, ...]:
        """Those who are named."""
        return self.members


class Option(Told, frozen=True, kw_only=True):
    """One of the persons or alternatives between whom was chosen."""

    option: int
    title: Text
    votes: int | None = None


class BallotHeld(DecisionRow, frozen=True, kw_only=True, tag="ballot"):
    """A ballot was held."""

    ballot: int
    how: Literal["roll-call", "hands", "electronic", "written", "without-vote", "secret", "not-stated"]
    unit: Literal["member", "group", "seat", "weight"]
    names: Literal["all", "some", "none", "secret", "not-public"]
    rest: Choice | None = None
    stated: Tally | None = None
    parts: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()


class Vote(Told, frozen=True, kw_only=True):
    """What one voter chose."""

    voter: str
    choice: Choice
    option: int | None = None
    split: Tally | None = None
    weight: int | None = None
    reason: Text | None = None


class Votes(DecisionRow, frozen=True, kw_only=True, tag="votes"):
    """Names to a ballot; they may arrive in several entries. The vote of one voter is found at `{address}.{voter}`."""

    ballot: int
    votes: tuple[Vote, ...]

    def about(self) -> tuple[str, ...]:
        """Those who voted."""
        return tuple(vote.voter for vote in self.votes)


class Outcome(DecisionRow, frozen=True, kw_only=True, tag="outcome"):
    """The outcome that the source states; `decides` for one member's own, `count` for a total without names."""

    verb: Verb
    how: Literal["vote", "without-vote", "written", "lot", "not-stated"] | None = None
    ballot: int | None = None
    parts: tuple[str, ...] = ()
    amended: bool | None = None
    remarks: bool | None = None
    sets: tuple[PartVersion, ...] = ()
    decides: str | None = None
    count: int | None = None
    note: Text | None = None

    def about(self) -> tuple[str, ...]:
        """The member whose own outcome it is."""
        return (self.decides,) if self.decides else ()

    def asked(self) -> tuple[object, ...]:
        """Whether it sets parts as the course."""
        return (bool(self.sets) and self.verb in SETS_THE_COURSE,)


def of_the_whole(outcomes: Sequence[Outcome]) -> Outcome | None:
    """The latest outcome that is not one member's own; one of the whole goes before one of some parts."""
    stated = [outcome for outcome in outcomes if outcome.decides is None]
    whole = [outcome for outcome in stated if not outcome.parts] or stated
    return whole[-1] if whole else None


class Justification(DecisionRow, frozen=True, kw_only=True, tag="justification"):
    """Why it was decided so; `of` is the entry that it explains, None for the whole."""

    text: Text
    of: int | None = None


class Remark(DecisionRow, frozen=True, kw_only=True, tag="remark"):
    """A remark that somebody made; no reservation and no position."""

    voice: Voice
    text: Text
    part: str | None = None

    def about(self) -> tuple[str, ...]:
        """The members and parties that the source names."""
        return (*(self.voice.members or ()), *(self.voice.parties or ()))


class Confirmation(DecisionRow, frozen=True, kw_only=True, tag="confirmation"):
    """A second account found the entries up to `up_to` to be as in the evidence."""

    up_to: int


class Correction(DecisionRow, frozen=True, kw_only=True, tag="correction"):
    """An entry of this decision was wrong: what kind of fault, on what grounds; `annulled` when nothing took its place."""

    corrects: int
    kind: Literal["clerical", "mistaken-vote", "ruling", "not-ours"]
    grounds: Text
    annulled: bool = False
    outcome_stands: bool | None = None


class Struck(DecisionRow, frozen=True, kw_only=True, tag="struck"):
    """The decision left all counts and lists; its address and its entries stay."""

    because: Literal["duplicate", "wrong-register", "exercise"]
    grounds: Text
    see: str | None = None


AnyRow = (
    Proposed | Link | Themed | Placed | PartText | PartyList | BallotHeld | Votes | Outcome | Justification | Remark
    | Confirmation | Correction | Struck
)  # fmt: skip


class MeetingRow(Row, frozen=True, kw_only=True):
    """A fact of one meeting."""

    TABLE: ClassVar[str] = "meetings_facts"


class MeetingPlanned(MeetingRow, frozen=True, kw_only=True, tag="planned"):
    """A body is to meet; an earlier plan is closed and stays."""

    body: str
    planned_on: str
    starts_at: str | None = None
    written: bool | None = None
    title: Text | None = None
    source: Text | None = None

    def about(self) -> tuple[str, ...]:
        """The body."""
        return (self.body,)


class MeetingHeld(MeetingRow, frozen=True, kw_only=True, tag="held"):
    """The meeting took place; present and absent are those that the source names, `stated` the numbers that it gives."""

    present: tuple[str, ...] = ()
    absent: tuple[Absence, ...] = ()
    stated: Attended | None = None


class MeetingCancelled(MeetingRow, frozen=True, kw_only=True, tag="cancelled"):
    """The meeting did not take place."""

    reason: Text | None = None


class AgendaItem(MeetingRow, frozen=True, kw_only=True, tag="item"):
    """A subject on the agenda; withdrawn from `withdrawn_on`. Not `numbered`: `item` counts in the order of the source."""

    item: str
    title: Text
    letter: str | None = None
    numbered: bool = True
    withdrawn_on: date | None = None


class Document(MeetingRow, frozen=True, kw_only=True, tag="document"):
    """A paper of the meeting: to be read, to be asked for, or missing."""

    kind: Literal["agenda", "minutes", "decision-list", "feedback-note", "recording", "annex"]
    state: Literal["public", "on-request", "missing"]
    title: Text | None = None
    at: Text | None = None
    sha256: Text | None = None
    item: str | None = None
    letter: str | None = None


class MeetingCorrection(MeetingRow, frozen=True, kw_only=True, tag="correction"):
    """An entry of this meeting was wrong."""

    corrects: int
    kind: str
    grounds: Text
    annulled: bool = False


class MeetingStruck(MeetingRow, frozen=True, kw_only=True, tag="struck"):
    """The meeting left all counts and lists; its address and its entries stay."""

    because: Literal["duplicate", "wrong-register", "exercise"]
    grounds: Text
    see: str | None = None


AnyMeetingRow = (
    MeetingPlanned | MeetingHeld | MeetingCancelled | AgendaItem | Document | MeetingCorrection | MeetingStruck
)


class Meeting(Told, frozen=True, kw_only=True):
    """A meeting as it stands on a day: planned, held or cancelled."""

    id: str
    body: str
    planned_on: str
    position: int
    starts_at: str | None = None
    written: bool = False
    title: Text | None = None
    source: Text | None = None
    rescheduled_from: tuple[str, ...] = ()
    held: MeetingHeld | None = None
    cancelled: MeetingCancelled | None = None
    items: tuple[AgendaItem, ...] = ()
    documents: tuple[Document, ...] = ()


class Placement(Told, frozen=True, kw_only=True):
    """Where the decision stands on an agenda, with the meeting."""

    placed: Placed
    meeting: Meeting | None = None
    item: AgendaItem | None = None


class MeetingBriefly(Told, frozen=True, kw_only=True):
    """A meeting by the body that met and its day: the one on which it was held, else the one that is planned."""

    id: str
    body: str
    on: str


class Linked(Told, frozen=True, kw_only=True):
    """A link with the title of what it leads to; `backwards` when it was made in the other decision and leads here.

    When it leads to a meeting, `meeting` tells which.
    """

    link: Link
    id: str | None = None
    title: Text | None = None
    meeting: MeetingBriefly | None = None
    backwards: bool = False


class Part(Told, frozen=True, kw_only=True):
    """A part with its versions, oldest first; `n` and `title` are those of the latest that holds, `set_n` the version that is the course."""

    part: str
    n: int
    title: Text
    versions: tuple[PartText, ...]
    set_n: int | None = None


class Named(Told, frozen=True, kw_only=True):
    """One voter's vote with the entry that told it."""

    voter: str
    choice: Choice
    address: str
    position: int
    option: int | None = None
    split: Tally | None = None
    weight: int | None = None
    reason: Text | None = None


class Difference(Told, frozen=True, kw_only=True):
    """A choice on which the names do not add up to what the source states."""

    choice: Choice
    stated: int
    counted: int


Result = Literal["adopted", "rejected", "no-quorum"]


class Ballot(Told, frozen=True, kw_only=True):
    """A ballot: what the source states, the names, and what the names add up to beside it.

    `computed` counts the named voters, or their weights when the unit is a seat or a weight; None when nobody is named.
    `result` is only there when a rule for the body was in force that day and every vote and weight that it asks for is known;
    `weighing` tells those weights, and whose are missing. It changes nothing: `outcome_differs` when the source states otherwise.
    """

    held: BallotHeld
    votes: tuple[Named, ...] = ()
    computed: Mapping[str, int] | None = None
    difference: tuple[Difference, ...] = ()
    result: Result | UnsetType = UNSET
    rule: str | None = None
    weighing: Weighing | None = None
    outcome_differs: bool = False


class Attendance(Told, frozen=True, kw_only=True):
    """What follows for a member from who was there when it was decided without a vote; never a position, never counted as joining."""

    member: str
    kind: Literal["no-objection", "absent", "absent-with-notice"]
    position: int


class Decision(Told, frozen=True, kw_only=True):
    """Everything that is known of a decision on a day, but where members stand and their minority standpoints.

    `unconfirmed` are the numbers of the entries that a clerk or an import made and that nobody has confirmed yet,
    `without_evidence` the numbers of the facts for which no source is named. `position` is that of its latest entry, `steps`
    how many entries it has by then.
    """

    id: str
    proposed: Proposed
    acted_on: date
    position: int
    steps: int
    valid_from: date | None = None
    outcome: Outcome | None = None
    outcomes: tuple[Outcome, ...] = ()
    links: tuple[Linked, ...] = ()
    themes: tuple[Themed, ...] = ()
    placements: tuple[Placement, ...] = ()
    parts: tuple[Part, ...] = ()
    lists: tuple[PartyList, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    justifications: tuple[Justification, ...] = ()
    remarks: tuple[Remark, ...] = ()
    consultation: Consultation | None = None
    corrections: tuple[Correction, ...] = ()
    confirmed_up_to: int = 0
    unconfirmed: tuple[int, ...] = ()
    without_evidence: tuple[int, ...] = ()
    struck: Struck | None = None

    @property
    def title(self) -> Text:
        """The title."""
        return self.proposed.title


class EntryOf(msgspec.Struct, frozen=True, tag_field="fact", tag="event", rename="camel"):
    """An entry of the decision, as history tells it."""

    seq: int
    position: int
    by: str
    type: str
    data: dict[str, Any]
    evidence: tuple[Evidence, ...] = ()
    corrected_by: int | None = None
    corrected_to: dict[str, Any] | None = None


class HandOf(msgspec.Struct, frozen=True, tag_field="fact", tag="mandate"):
    """The role of a mandate, as governance tells it."""

    mandate: str
    role: str


class StandOf(msgspec.Struct, frozen=True, tag_field="fact", tag="position"):
    """That a member has a position, as the course tells it."""

    member: str | None = None


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Which decisions a list shows; what is None does not narrow it. `from_` and `to` are days of the latest act, both included."""

    q: str | None = None
    body: str | None = None
    member: str | None = None
    stance: str | None = None
    outcome: str | None = None
    subject_class: str | None = None
    from_: date | None = None
    to: date | None = None


Sort = Literal["-actedOn", "actedOn", "number", "-number"]
