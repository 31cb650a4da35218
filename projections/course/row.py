"""Where members stand: positions, what was set as the course, and the matrix of the two."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import msgspec

from projections.row import Row, Text, Told, Voice
from register.decisions.facts import DecidedBy, PartVersion, Verb
from register.values import Layer, ReasonMissing, Stance


class CourseRow(Row, frozen=True, kw_only=True):
    """A fact about where members stand on one decision."""

    TABLE: ClassVar[str] = "course"
    ASKED: ClassVar[tuple[str, ...]] = ("stance", "unexplained")


class Position(CourseRow, frozen=True, kw_only=True, tag="position"):
    """A member's position. A revision is a row of its own from its day; `recorded` is the number of the entry that began it.

    A position that was withdrawn has `withdrawn_on`, is `overruled` when the member's own council did so, `because` by what.
    """

    stance: Stance
    voice: Voice
    recorded: int
    member: str | None = None
    part: str | None = None
    n: int | None = None
    reason: Text | None = None
    reason_missing: ReasonMissing | None = None
    explained_by: int | None = None
    explained_on: date | None = None
    basis: str | None = None
    revised_by: int | None = None
    withdrawn_on: date | None = None
    withdrawn_by: int | None = None
    because: str | None = None
    overruled: bool = False

    @property
    def layer(self) -> Layer:
        """The layer that spoke."""
        return self.voice.layer or "not-stated"

    def about(self) -> tuple[str, ...]:
        """The members for whom it counts, those spoken for, those who dissent, and the sub-region."""
        named = (self.member, *(self.voice.members or ()), *(self.voice.dissent or ()), self.voice.subregion)
        return tuple(dict.fromkeys(code for code in named if code))

    def counts_for(self) -> tuple[str, ...]:
        """The members whose position it is: the one that is named, else those whom the voice counts."""
        return (self.member,) if self.member else self.voice.counted()

    def asked(self) -> tuple[object, ...]:
        """Where it stands, and whether a reason is still to come."""
        return (self.stance, self.stance in DISSENT and self.reason is None)


DISSENT: frozenset[str] = frozenset({"departs", "joins-with-reservation", "does-not-take-part"})
"""The stances for which a member says why."""


class SpokenFor(Row, frozen=True, kw_only=True, tag="text"):
    """A minority standpoint on behalf of others, as the read model of standpoints tells it; it counts for nobody."""

    standpoint: int
    voice: Voice
    text: Text
    parts: tuple[str, ...] = ()
    from_: str | None = None
    until: str | None = None
    withdrawn_on: date | None = None


class Proposed(Told, frozen=True, kw_only=True, tag_field="fact", tag="proposed"):
    """What the decision is, as the read model of decisions tells it."""

    stream: str
    position: int
    title: Text
    decided_by: DecidedBy


class PartText(Told, frozen=True, kw_only=True, tag_field="fact", tag="part"):
    """One version of a part, as the read model of decisions tells it."""

    stream: str
    part: str
    n: int
    title: Text
    valid_from: date | None = None


class PartyList(Told, frozen=True, kw_only=True, tag_field="fact", tag="list"):
    """For whom the course is, or who signed, as the read model of decisions tells it."""

    stream: str
    position: int
    list: str
    members: tuple[str, ...] = ()
    count: int | None = None

    @property
    def n(self) -> int:
        """How many are on the list."""
        return self.count if self.count is not None else len(self.members)


class Outcome(Told, frozen=True, kw_only=True, tag_field="fact", tag="outcome"):
    """What was decided, as the read model of decisions tells it."""

    stream: str
    seq: int
    position: int
    verb: Verb
    valid_from: date
    exact: bool = True
    parts: tuple[str, ...] = ()
    sets: tuple[PartVersion, ...] = ()
    decides: str | None = None
    count: int | None = None


class Struck(Told, frozen=True, kw_only=True, tag_field="fact", tag="struck"):
    """That the decision is struck, as the read model of decisions tells it."""

    stream: str


DecisionFact = Proposed | PartText | PartyList | Outcome | Struck


class Membership(Told, frozen=True, kw_only=True, tag_field="fact", tag="membership"):
    """That somebody was a member for a period, as governance tells it."""

    member: str
    valid_from: date | None = None
    valid_until: date | None = None


class InSubregion(Told, frozen=True, kw_only=True, tag_field="fact", tag="in-subregion"):
    """That a member belonged to a sub-region for a period, as governance tells it."""

    member: str
    subregion: str
    valid_from: date | None = None
    valid_until: date | None = None


class Name(Told, frozen=True, kw_only=True, tag_field="fact", tag="name"):
    """What a member or sub-region was called for a period, as governance tells it."""

    code: str
    of: str
    name: str
    valid_from: date | None = None
    valid_until: date | None = None


class BodyOf(Told, frozen=True, kw_only=True, tag_field="fact", tag="body"):
    """Whose body it is, as governance tells it."""

    code: str
    of: str | None = None


RegionFact = Membership | InSubregion | Name | BodyOf

CellKind = Literal[
    "joins", "joins-with-reservation", "departs", "does-not-take-part", "undecided",
    "on-an-earlier-text", "own-decision", "own-decision-by-total", "spoken-for", "not-asked", "not-recorded",
]  # fmt: skip
POSITIONS: frozenset[str] = frozenset({"joins", "joins-with-reservation", "departs", "does-not-take-part", "undecided"})
"""The kinds of cell that are a position on the course; all others are none."""


class Sums(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How many cells there are of each kind; `n` is how many were asked, the sum of all but those that were not."""

    n: int = 0
    joins: int = 0
    joins_with_reservation: int = 0
    departs: int = 0
    does_not_take_part: int = 0
    undecided: int = 0
    on_an_earlier_text: int = 0
    own_decision: int = 0
    own_decision_by_total: int = 0
    spoken_for: int = 0
    not_asked: int = 0
    not_recorded: int = 0

    @property
    def positions(self) -> int:
        """How many are a position on the course."""
        return self.joins + self.joins_with_reservation + self.departs + self.does_not_take_part + self.undecided


class Cell(Told, frozen=True, kw_only=True):
    """Where one member stands on one part of the course.

    With positions in several layers, `kind` is the one that is furthest from joining, and all stand in `positions`; nothing is
    merged. `positions` are on the course (or on an earlier text), `entries` the positions in the log of what the cell rests on.
    `dissents` are statements for a group from which the member dissents: it was not spoken for, and dissent alone is no position.
    """

    kind: CellKind
    positions: tuple[Position, ...] = ()
    spoken_by: tuple[SpokenFor | Position, ...] = ()
    dissents: tuple[SpokenFor | Position, ...] = ()
    verb: Verb | None = None
    entries: tuple[int, ...] = ()

    @property
    def leading(self) -> Position | None:
        """The position from which `kind` comes."""
        return self.positions[0] if self.positions else None


class Column(Told, frozen=True, kw_only=True):
    """A part of the course, with for how many it is and on which list that rests.

    Without `part` it is the decision as a whole: there each member's own decision is shown, by name or by total, because
    deciding on the whole tells nothing of where a member stands on one part.
    `basis` list: the decision's own list, entry `list_position`; members: those in force on the day that is asked for.
    `listed` is the number on the list as it was written, which may be others than the members of that day.
    """

    decision: str
    decision_title: Text
    title: Text
    set_on: date
    set_position: int
    verb: Verb
    sums: Sums
    basis: Literal["list", "members"]
    listed: int
    part: str | None = None
    n: int | None = None
    list_position: int | None = None
    set_exact: bool = True


class MatrixRow(Told, frozen=True, kw_only=True):
    """One member with a cell for each column, in their order."""

    member: str
    name: str
    cells: tuple[Cell, ...]
    sums: Sums
    subregion: str | None = None


class Group(Told, frozen=True, kw_only=True):
    """The members of a sub-region that day, or those in none (`subregion` None)."""

    rows: tuple[MatrixRow, ...]
    sums: Sums
    subregion: str | None = None
    name: str | None = None


class Matrix(Told, frozen=True, kw_only=True):
    """Members by parts of the course. The sums of rows, columns and groups agree with `sums`.

    `members` is how many are in force on the day, also when only some are shown; `on_proposals` are positions that are not
    counted, because no outcome has set the part.
    """

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    sums: Sums
    members: int
    on_proposals: tuple[Position, ...] = ()


class MemberCell(Told, frozen=True, kw_only=True):
    """Where a member stands on a part, with the part."""

    column: Column
    cell: Cell


class MemberCourse(Told, frozen=True, kw_only=True):
    """A member's own page: each part of the course, sums with `n`, and what is not counted.

    `on_proposals` are positions on parts that no outcome has set, `past` those that were revised or withdrawn,
    `spoken_for` what others said on its behalf, `dissents` what they said for a group from which it dissents.
    """

    member: str
    cells: tuple[MemberCell, ...]
    sums: Sums
    on_proposals: tuple[Position, ...] = ()
    past: tuple[Position, ...] = ()
    spoken_for: tuple[SpokenFor | Position, ...] = ()
    dissents: tuple[SpokenFor | Position, ...] = ()


class Unexplained(Told, frozen=True, kw_only=True):
    """A position that differs from the course or a proposal and has no reason yet."""

    position: Position
    decision_title: Text
    part_title: Text | None = None
