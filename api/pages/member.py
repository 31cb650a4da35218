"""The page of one member: where it stands and why, what others said for it, and what happened to it."""

from __future__ import annotations

# ruff: noqa: RUF001  # the dashes and quotation marks of a sentence are meant as they are
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from api.pages import decision_standing, listing, standing, views
from api.pages.frame import Frame
from api.pages.telling import Teller, codes_in
from projections.at import At
from projections.course import query as course
from projections.course.row import MemberCell, MemberCourse, Position, SpokenFor
from projections.decisions.briefly import briefly
from projections.governance import query as governance
from projections.governance.row import Member
from projections.history import query as history
from projections.reading import Connection
from projections.row import Text
from projections.standpoints import query as standpoints
from projections.standpoints.row import Standpoint


class Loaded(msgspec.Struct, frozen=True):
    """Everything that the page of a member is made of."""

    member: Member
    course: MemberCourse
    standpoints: tuple[Standpoint, ...]
    titles: dict[str, Text]
    """Of decisions by their id, of parts by id and code with a slash between."""
    names: dict[str, str]
    days: dict[int, str]


class Waiting(views.View, frozen=True, kw_only=True):
    """A decision with the parts on which nothing is recorded, or that were not asked."""

    href: str
    title: views.Said
    parts: tuple[views.Said | None, ...]


class Happened(views.View, frozen=True, kw_only=True):
    """Something that happened to a member."""

    when: str
    what: str
    entry: int


class MemberPage(views.View, frozen=True, kw_only=True):
    """What templates/member.html shows."""

    code: str
    name: str
    entry: int
    over: str
    ended: bool
    ended_day: str
    successor: views.Named | None
    answer: tuple[str, ...]
    tally: views.Tally
    positions: tuple[views.Position, ...]
    past: tuple[views.Position, ...]
    unknown: tuple[Waiting, ...]
    unasked: tuple[Waiting, ...]
    own: tuple[Waiting, ...]
    spoken: tuple[views.Spoken, ...]
    dissents: tuple[views.Spoken, ...]
    standpoints: tuple[views.Standpoint, ...]
    standpoints_say: str
    open_standpoints: int
    history: tuple[Happened, ...]
    identifier: str | None


async def load(conn: Connection, code: str, at: At) -> Loaded | None:
    """Ask for everything about a member; None when nobody of that code was ever one."""
    member = await governance.member(conn, code, at)
    if member is None:
        return None
    stands = await course.member_course(conn, code, at)
    held = await standpoints.of_member(conn, code, at)
    rows = [*(row for each in stands.cells for row in each.cell.positions), *stands.on_proposals, *stands.past]
    ids = {row.stream for row in (*rows, *stands.spoken_for, *stands.dissents)} | {each.decision for each in held}
    ids |= {each.partition(".")[0] for row in rows for each in (row.basis, row.because) if each}
    titles = listing.titles((await briefly(conn, ids, at)).values())
    names = await governance.names(conn, {*codes_in((member, stands, held)), code}, at)
    return Loaded(member, stands, held, titles, dict(names), await _withdrawals(conn, stands.past, at))


async def _withdrawals(conn: Connection, past: Iterable[Position], at: At) -> dict[int, str]:
    """The day of each withdrawal as precise as its source gives it, by the position of its entry."""
    found: dict[int, str] = {}
    for stream in sorted({row.stream for row in past if row.withdrawn_by is not None}):
        steps = await history.events(conn, stream, at)
        found |= {step.event.position: step.event.on for step in steps if step.event.on}
    return found


def page(loaded: Loaded, frame: Frame) -> MemberPage:
    """Tell a member."""
    member, stands = loaded.member, loaded.course
    tell = Teller(frame, {member.code: member.name, **loaded.names})
    tell.titles.update(loaded.titles)
    tell.days = loaded.days
    positions = _positions(loaded, tell)
    tally = decision_standing.of_sums(stands.sums)
    return MemberPage(
        code=member.code,
        name=member.name,
        entry=member.position,
        over=_over(member, tell),
        ended=not member.in_force,
        ended_day=tell.day(member.successor.on) if member.successor else "",
        successor=views.Named(code=member.successor.code, name=member.successor.name)
        if member.successor and not member.in_force
        else None,
        answer=_answer(member, positions, tally, tell, withdrawn=any(row.withdrawn_on for row in stands.past)),
        tally=tally,
        positions=positions,
        past=tuple(_with_decision(row, decision_standing.ended(row, tell), loaded, tell) for row in stands.past),
        unknown=_cells(stands, {"not-recorded"}, tell),
        unasked=_cells(stands, {"not-asked"}, tell),
        own=_cells(stands, {"own-decision", "own-decision-by-total"}, tell),
        spoken=tuple(_spoken(loaded, loaded.course.spoken_for, tell)),
        dissents=tuple(_spoken(loaded, loaded.course.dissents, tell)),
        standpoints=tuple(
            standing.card(each, tell, (), _parts_of(loaded, each.decision)) for each in loaded.standpoints
        ),
        standpoints_say=standing.summary(loaded.standpoints, tell),
        open_standpoints=sum(each.status == "open" for each in loaded.standpoints),
        history=_history(member, tell),
        identifier=member.identifier,
    )


def _parts_of(loaded: Loaded, decision: str) -> dict[str, Text]:
    return {key.partition("/")[2]: title for key, title in loaded.titles.items() if key.startswith(f"{decision}/")}


def _with_decision(
    row: Position, told: views.Position, loaded: Loaded, tell: Teller, *, on_course: bool = True
) -> views.Position:
    part = loaded.titles.get(f"{row.stream}/{row.part}") if row.part else None
    return msgspec.structs.replace(
        told, decision=tell.decision(row.stream, loaded.titles.get(row.stream)), part=part, on_course=on_course
    )


def _positions(loaded: Loaded, tell: Teller) -> tuple[views.Position, ...]:
    """Each position once, with what is furthest from joining first; those on a proposal among them, marked."""
    rows: dict[str, tuple[Position, bool]] = {}
    for each in loaded.course.cells:
        rows |= {row.address: (row, True) for row in each.cell.positions}
    rows |= {row.address: (row, False) for row in loaded.course.on_proposals}
    ranked = decision_standing.ranked(row for row, _ in rows.values())
    return tuple(
        _with_decision(row, decision_standing.shown(row, tell), loaded, tell, on_course=rows[row.address][1])
        for row in ranked
    )


def _cells(stands: MemberCourse, kinds: set[str], tell: Teller) -> tuple[Waiting, ...]:
    cells = [each for each in stands.cells if each.cell.kind in kinds]
    found: dict[str, list[MemberCell]] = {}
    for each in cells:
        found.setdefault(each.column.decision, []).append(each)
    return tuple(
        Waiting(
            href=tell.frame.to(f"/besluiten/{decision}"),
            title=parts[0].column.decision_title,
            parts=tuple(each.column.title if each.column.part else None for each in parts),
        )
        for decision, parts in found.items()
    )


def _spoken(loaded: Loaded, rows: tuple[SpokenFor | Position, ...], tell: Teller) -> list[views.Spoken]:
    made: list[views.Spoken] = []
    shown = {each.recorded.address for each in loaded.standpoints}
    for row in rows:
        if row.address in shown:
            continue
        part = row.part if isinstance(row, Position) else (row.parts[0] if len(row.parts) == 1 else None)
        made.append(
            views.Spoken(
                **tell.traced(row),
                speaker=tell.speaker(row.voice),
                text=row.reason if isinstance(row, Position) else row.text,
                stance=row.stance if isinstance(row, Position) else None,
                part=loaded.titles.get(f"{row.stream}/{part}") if part else None,
                decision=tell.decision(row.stream, loaded.titles.get(row.stream)),
            )
        )
    return made


def _over(member: Member, tell: Teller) -> str:
    said = [tell.word["MEMBER_KIND"][member.kind]]
    if member.subregion_name:
        said.append(tell.says.say("deelregio %(name)s", name=member.subregion_name))
    if member.in_force:
        said.append(tell.says.say("lid sinds %(day)s", day=tell.day(_since(member))))
    elif member.until is not None:
        said.append(
            tell.says.say(
                "lid van %(day)s tot en met %(until)s", day=tell.day(_since(member)), until=tell.day(member.until)
            )
        )
    return " · ".join(said)


def _since(member: Member) -> str | date:
    return member.memberships[0].from_ if member.memberships else member.since


def _answer(
    member: Member, positions: tuple[views.Position, ...], tally: views.Tally, tell: Teller, *, withdrawn: bool
) -> tuple[str, ...]:
    say, name = tell.says.say, member.name
    said: list[str] = []
    if not member.in_force and member.successor is None and member.until is not None:
        said.append(
            say("%(name)s is geen lid meer sinds %(day)s.", name=name, day=tell.day(member.until + timedelta(days=1)))
        )
    apart = [each for each in positions if each.stance in {"departs", "does-not-take-part", "joins-with-reservation"}]
    said.extend(_exception(each, name, tell) for each in apart[:2])
    if not positions and withdrawn:
        said.append(say("%(name)s trok een eerdere positie in; nu is er geen vastgelegd.", name=name))
    elif not positions:
        said.append(say("Van %(name)s zelf is geen positie vastgelegd; dat is geen instemming.", name=name))
    elif not apart:
        said.append(say("%(name)s wijkt nergens af, voor zover vastgelegd.", name=name))
    if tally.n:
        said.append(
            tell.says.count(
                "Van het ene onderdeel van de koers is over %(unknown)s niets bekend.",
                "Over %(unknown)s van de %(num)s onderdelen van de koers is niets bekend.",
                tally.n,
                unknown=tally.unknown,
            )
        )
    return (" ".join(said),) if said else ()


def _exception(position: views.Position, name: str, tell: Teller) -> str:
    part = position.part or (position.decision.title if position.decision else None)
    on = part.text if part is not None and part.text else tell.says.say("een onderdeel")
    does = tell.word["STANCE_DOES"][position.stance]
    if position.on_course:
        return tell.says.say("%(name)s %(does)s ‘%(part)s’.", name=name, does=does, part=on)
    return tell.says.say("%(name)s %(does)s ‘%(part)s’, dat nog een voorstel is.", name=name, does=does, part=on)


def _history(member: Member, tell: Teller) -> tuple[Happened, ...]:  # noqa: C901  # one line a kind of event
    say, day, name = tell.says.say, tell.day, tell.name
    made: list[tuple[date, Happened]] = []

    def add(on: date, when: str, what: str, entry: int) -> None:
        made.append((on, Happened(when=when, what=what, entry=entry)))

    for each in member.memberships:
        add(each.valid_from or member.since, day(each.from_), say("Lid van de regio."), each.position)
    admitted = {each.position for each in member.memberships}
    for named in member.names:
        if named.valid_from is not None and named.position not in admitted:
            add(named.valid_from, day(named.valid_from), say("Heet %(name)s.", name=named.name), named.position)
    for inside in member.subregions:
        if inside.valid_from is not None:
            add(
                inside.valid_from,
                day(inside.from_),
                say("In deelregio %(name)s.", name=name(inside.subregion)),
                inside.position,
            )
        if inside.until is not None and inside.valid_until is not None:
            add(
                inside.valid_until,
                day(inside.until),
                say("Laatste dag in deelregio %(name)s.", name=name(inside.subregion)),
                inside.ended_by or inside.position,
            )
    for came in member.predecessors:
        add(
            came.on,
            day(came.on),
            say("%(name)s ging hierin op; wat van %(name)s bekend is, blijft van %(name)s.", name=came.name),
            came.position,
        )
    for plan in member.succession_planned:
        add(
            plan.valid_from or member.since,
            day(plan.planned_on),
            say(
                "Gepland: opgaan in %(name)s (%(status)s). Een plan beëindigt niets.",
                name=name(plan.into),
                status=tell.word["PLAN"][plan.status],
            ),
            plan.position,
        )
    if member.departure_announced is not None:
        announced = member.departure_announced
        add(
            announced.valid_from or member.since,
            day(announced.planned_on),
            say("Aangekondigd vertrek; tot dan lid."),
            announced.position,
        )
    if member.successor is not None:
        add(
            member.successor.on,
            day(member.successor.on),
            say("Opgegaan in %(name)s.", name=member.successor.name),
            member.successor.position,
        )
    elif member.until is not None:
        add(
            member.until,
            day(member.until),
            say("Laatste dag als lid."),
            member.memberships[-1].ended_by or member.position,
        )
    happened = [pair for pair in made if pair[0] <= tell.frame.at.valid_on]
    return tuple(each for _, each in sorted(happened, key=lambda pair: pair[0]))
