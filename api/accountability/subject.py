"""Of whom a report is: a member with its bodies, one body such as a council, or the whole region; which facts are its own."""

from __future__ import annotations

from datetime import date

import msgspec

from api.accountability.row import Of
from projections.at import At, held
from projections.course.row import Position
from projections.decisions.consultation.promised import Advice, Undertaking
from projections.decisions.consultation.viewing import Viewed
from projections.decisions.decided import Decided
from projections.governance import query as governance
from projections.governance.row import Body, InSubregion, Member
from projections.reading import Connection
from projections.row import Voice
from projections.standpoints.row import Standpoint


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """A member; a body, and the member that it is of when it is a council or executive; or, with neither, the region."""

    of: Of
    code: str | None = None
    name: str | None = None
    member: str | None = None
    body: str | None = None
    bodies: tuple[str, ...] = ()
    region_bodies: frozenset[str] = frozenset()
    layer: str | None = None
    subregions: tuple[InSubregion, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code under which it is asked and promised to."""
        if self.body is not None:
            return (self.body,)
        return (*((self.member,) if self.member else ()), *self.bodies)

    def decides(self, each: Decided) -> bool:
        """Whether it decided, or was on the list; of the region what its own bodies or all members decided."""
        body = each.decision.body
        if self.body is not None:
            return body == self.body
        if self.of == "region":
            return each.outcome.decides is None and (body is None or body in self.region_bodies)
        if each.outcome.decides is not None:
            return each.outcome.decides == self.member
        return body in self.bodies or self.member in each.listed

    def stands(self, each: Position) -> bool:
        """Whether a position is its own."""
        return self._counts(each.counts_for(), each.voice)

    def holds(self, each: Standpoint) -> bool:
        """Whether a minority standpoint is its own."""
        return self._counts(each.counted, each.recorded.voice)

    def gave(self, each: Viewed) -> bool:
        """Whether a view is its own."""
        return self._counts(each.counted, each.received.voice)

    def advised(self, each: Advice) -> bool:
        """Whether it gave an advice, or was asked for it."""
        asked = each.request.body if each.request is not None else None
        return self.of == "region" or bool({*each.borne_by, asked} & set(self.codes))

    def promised(self, each: Undertaking) -> bool:
        """Whether it promised something or was promised it."""
        return self.of == "region" or each.concerns(self.codes)

    def spoken_for(self, voice: Voice, day: date | None) -> bool:
        """Whether somebody else spoke for it: by name, or for its sub-region of that day when the source names nobody."""
        if voice.as_ != "namens" or self.body is not None or self.member in (voice.dissent or ()):
            return False
        if self.of == "region" or self.member in (voice.members or ()):
            return True
        belongs = any(
            day is not None and each.subregion == voice.subregion and held(each, day) for each in self.subregions
        )
        return not voice.members and belongs

    def _counts(self, counted: tuple[str, ...], voice: Voice) -> bool:
        if self.of == "region":
            return voice.as_ != "namens"
        if self.body is not None:
            named = voice.as_ != "namens" and self.body in {voice.body, *(voice.parties or ())}
            return named or (voice.layer is not None and voice.layer == self.layer and self.member in counted)
        return self.member in counted or (voice.as_ != "namens" and bool(set(voice.parties or ()) & set(self.bodies)))


async def member_of(conn: Connection, code: str, at: At) -> Subject | None:
    """A member with its executive and council, also when it has ended."""
    found: Member | None = await governance.member(conn, code, at)
    if found is None:
        return None
    bodies = await governance.bodies_ever(conn, at)
    mine = tuple(each.code for each in bodies if each.of == code)
    return Subject(of="member", code=code, name=found.name, member=code, bodies=mine, subregions=found.subregions)


async def body_of(conn: Connection, code: str, at: At) -> Subject | None:
    """A body, also when it was dissolved; of a council or executive the views and positions of that layer of its member are its own."""
    found: Body | None = await governance.body(conn, code, at)
    if found is None:
        return None
    of: Of = "council" if found.layer == "council" else "body"
    return Subject(of=of, code=code, name=found.name, member=found.of, body=code, layer=found.layer)


async def region_of(conn: Connection, at: At) -> Subject:
    """The whole region."""
    bodies = await governance.bodies_ever(conn, at)
    return Subject(of="region", region_bodies=frozenset(each.code for each in bodies if each.of is None))
