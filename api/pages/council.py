"""The page of one council: what it was asked and until when, what it answered, what was said on its behalf, what was promised to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from api.pages import heard, hearing, member, views
from api.pages.frame import Frame
from api.pages.telling import Teller, codes_in
from projections.at import At
from projections.course.row import Position
from projections.decisions.briefly import briefly
from projections.decisions.consultation import query as consultation
from projections.decisions.consultation.beside import View
from projections.decisions.consultation.query import Council
from projections.governance import query as governance
from projections.reading import Connection
from projections.row import Text

UNHEARD = frozenset({"declined", "missed", "not-recorded", "open", "spoken-for"})
"""What became of a council of which no view of its own is recorded."""


class Stood(views.View, frozen=True, kw_only=True):
    """A position of the executive, and with what mandate."""

    position: views.Position
    backing: str


class CouncilPage(views.View, frozen=True, kw_only=True):
    """What templates/council.html shows."""

    code: str
    name: str
    of: views.Named
    answer: tuple[str, ...]
    asked: tuple[hearing.InvitationCard, ...]
    said: tuple[hearing.ViewCard, ...]
    spoken: tuple[hearing.ViewCard, ...]
    stood: tuple[Stood, ...]
    undertakings: tuple[hearing.UndertakingCard, ...]


class Loaded(msgspec.Struct, frozen=True):
    """Everything about a council; without `code` it is not known as a body."""

    code: str | None
    member: member.Loaded
    council: Council
    parts: Mapping[str, Mapping[str, Text]]
    """The titles of the parts of each decision on which a view was given."""
    names: Mapping[str, str]


async def load(conn: Connection, code: str, at: At) -> Loaded | None:
    """Ask for a council by its own code or by that of its member; None when there is neither."""
    body = await governance.body(conn, code, at)
    if body is not None and (body.of is None or body.layer != "council"):
        return None
    of = body.of if body is not None and body.of is not None else code
    found = await member.load(conn, of, at)
    if found is None:
        return None
    council = body.code if body is not None else await _council_of(conn, of, at)
    about = await consultation.of_council(conn, of, council, at)
    codes = {*codes_in(about), *([council] if council else [])}
    briefs = await briefly(conn, {each.decision for each in (*about.said, *about.said_for_it)}, at)
    parts = {each.id: each.parts for each in briefs.values()}
    return Loaded(council, found, about, parts, {**found.names, **await governance.names(conn, codes, at)})


async def _council_of(conn: Connection, of: str, at: At) -> str | None:
    found = await governance.bodies_ever(conn, at)
    return next((each.code for each in found if each.of == of and each.layer == "council"), None)


def page(loaded: Loaded, frame: Frame) -> CouncilPage:
    """Tell it."""
    of = loaded.member.member
    tell = Teller(frame, {of.code: of.name, **loaded.names})
    about, own = loaded.council, [loaded.code or of.code]
    return CouncilPage(
        code=loaded.code or of.code,
        name=tell.name(loaded.code) if loaded.code else tell.says.say("De raad van %(name)s", name=of.name),
        of=views.Named(code=of.code, name=of.name),
        answer=_answer(about, own, tell),
        asked=tuple(heard.invitation(each, tell, (), own) for each in about.asked),
        said=tuple(heard.view(each, tell, (), loaded.parts.get(each.decision, {})) for each in about.said),
        spoken=tuple(_spoken(each, loaded, tell) for each in about.said_for_it),
        stood=tuple(_stood(loaded, frame)),
        undertakings=tuple(heard.undertaking(each, tell) for each in about.undertakings),
    )


def _spoken(each: View, loaded: Loaded, tell: Teller) -> hearing.ViewCard:
    """A view that was not the council's own; that no mandate is named is said as well."""
    told = heard.view(each, tell, (), loaded.parts.get(each.decision, {}))
    if each.received.voice.backing not in {None, "not-stated"}:
        return told
    return msgspec.structs.replace(told, says=(*told.says, tell.word["BACKING"]["not-stated"].capitalize() + "."))


def _answer(about: Council, own: list[str], tell: Teller) -> tuple[str, ...]:
    count = tell.says.count
    unheard = sum(any(one.party in own and one.became in UNHEARD for one in each.parties) for each in about.asked)
    open_ = sum(each.status == "open" for each in about.undertakings)
    waiting = sum(each.state != "answered" for each in about.said)
    asked = len(about.asked)
    told = [tell.says.say("Deze raad is %(n)s keer om een zienswijze gevraagd.", n=asked)]
    if not asked:
        told = [tell.says.say("Nog niet vastgelegd dat deze raad om een zienswijze is gevraagd.")]
    elif unheard == asked:
        told[0] += " " + tell.says.say("Het register kent er geen van deze raad.")
    elif unheard:
        told[0] += " " + tell.says.say("Bij %(n)s daarvan kent het register er geen van deze raad.", n=unheard)
    if about.said:
        told.append(
            count(
                "Van zijn zienswijzen wacht er %(num)s op een volledig antwoord.",
                "Van zijn zienswijzen wachten er %(num)s op een volledig antwoord.",
                waiting,
            )
        )
    if open_:
        told.append(count("Er staat %(num)s toezegging open.", "Er staan %(num)s toezeggingen open.", open_))
    return tuple(told)


def _stood(loaded: Loaded, frame: Frame) -> Iterator[Stood]:
    """Where the member stands by what others than the council said, in force or past."""
    rows = {row.address: row for row in _positions(loaded.member)}
    told = member.page(loaded.member, frame)
    for each in (*told.positions, *told.past):
        row = rows.get(each.address)
        if row is not None and row.layer != "council":
            backing = "overruled" if row.overruled else row.voice.backing or "not-stated"
            yield Stood(position=each, backing=backing)


def _positions(found: member.Loaded) -> Iterator[Position]:
    yield from (row for each in found.course.cells for row in each.cell.positions)
    yield from (*found.course.on_proposals, *found.course.past)
