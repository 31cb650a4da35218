"""Meetings: the list of all, and one with its days, who was there, its agenda with what was decided, and its papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from api.pages import days, happened, struck, views
from api.pages.decision_facts import UNNUMBERED
from api.pages.frame import Frame, address
from api.pages.telling import Teller, codes_in
from projections.at import At
from projections.decisions import query as decisions
from projections.decisions.row import AgendaItem, Document, Meeting, MeetingStruck, Placed, Summary
from projections.governance import query as governance
from projections.history import query as history
from projections.reading import Connection
from projections.row import Page, Text
from register.values import last_day

PAGE = 50
Standing = tuple[tuple[Placed, Summary], ...]


class Decided(views.View, frozen=True, kw_only=True):
    """A decision under an item of the agenda."""

    href: str
    title: Text
    verb: str | None
    kind: str
    entry: int
    letter: str | None = None


class Paper(views.Traced, frozen=True, kw_only=True):
    """A paper: what it is, and whether it can be read."""

    kind: str
    state: str
    title: Text | None = None
    href: str | None = None
    withheld: bool = False


class Item(views.Traced, frozen=True, kw_only=True):
    """A subject on the agenda, with what was decided on it and its papers; without a number when the agenda gives none."""

    number: str | None
    title: Text
    letter: str | None = None
    withdrawn: str | None = None
    decisions: tuple[Decided, ...] = ()
    papers: tuple[Paper, ...] = ()


class Line(views.View, frozen=True, kw_only=True):
    """A meeting in a list."""

    href: str
    day: str
    body: str
    state: str
    sure: bool
    """Whether the register knows that it was held or not, or it is still to come."""
    items: int
    papers: int
    entry: int
    hour: str | None = None
    moved: str | None = None
    title: Text | None = None


class MeetingPage(views.View, frozen=True, kw_only=True):
    """What templates/meeting.html shows."""

    id: str
    body: str
    body_href: str
    record: str | None
    confirm: str | None
    name: str
    answer: tuple[str, ...]
    entry: int
    title: Text | None
    items: tuple[Item, ...]
    numbered: bool
    """Whether the agenda gives any item a number."""
    besides: tuple[Decided, ...]
    papers: tuple[Paper, ...]
    present: tuple[views.Named, ...]
    absent: tuple[tuple[views.Named, bool], ...]
    stated: str | None
    days: tuple[tuple[str, str], ...]
    held: views.Traced | None


class MeetingsPage(views.View, frozen=True, kw_only=True):
    """What templates/meetings.html shows."""

    answer: str
    body: str
    bodies: tuple[tuple[str, str], ...]
    meetings: tuple[Line, ...]
    turns: Sequence[views.Link]


class Listed(msgspec.Struct, frozen=True):
    """Some meetings, the bodies that meet, and what all are called."""

    found: Page[Meeting]
    bodies: Mapping[str, str]
    names: Mapping[str, str]


async def load_list(conn: Connection, at: At, body: str | None, page: int) -> Listed:
    """The latest meetings, of one body when it is named."""
    found = await decisions.meetings(conn, at, body=body, page=page, page_size=PAGE)
    meet = await decisions.bodies_that_meet(conn, at)
    names = await governance.names(conn, set(meet) | set(codes_in(found.items)), at)
    return Listed(found, {code: names.get(code, code) for code in meet}, names)


def list_page(loaded: Listed, frame: Frame, body: str | None) -> MeetingsPage:
    """Tell the list."""
    tell = Teller(frame, loaded.names)
    total, number = loaded.found.total, loaded.found.page
    turns: list[views.Link] = []
    for rel, to, words in (
        ("prev", number - 1, tell.says.say("Latere vergaderingen")),
        ("next", number + 1, tell.says.say("Eerdere vergaderingen")),
    ):
        if 1 <= to <= max(1, -(-total // PAGE)):
            query = {**({"gremium": body} if body else {}), "page": str(to), **frame.asked}
            turns.append(views.Link(href=address(frame.lang, frame.path, query), title=tell.text(words), rel=rel))
    return MeetingsPage(
        answer=tell.says.count("%(num)s vergadering in het register.", "%(num)s vergaderingen in het register.", total),
        body=body or "",
        bodies=tuple(sorted(loaded.bodies.items(), key=lambda each: each[1])),
        meetings=lines(loaded.found.items, tell),
        turns=turns,
    )


def lines(found: Iterable[Meeting], tell: Teller) -> tuple[Line, ...]:
    """Each meeting as one line."""
    return tuple(_line(each, tell) for each in found)


def _line(meeting: Meeting, tell: Teller) -> Line:
    return Line(
        href=tell.frame.to(f"/vergaderingen/{meeting.id}"),
        day=_day(meeting),
        body=tell.name(meeting.body),
        state=_state(meeting, tell),
        sure=not _unknown(meeting, tell),
        hour=days.hour(meeting.starts_at, tell.frame.lang) if meeting.starts_at else None,
        items=sum(1 for each in meeting.items if each.withdrawn_on is None),
        papers=sum(1 for each in meeting.documents if each.state == "public"),
        entry=meeting.position,
        moved=meeting.rescheduled_from[0] if meeting.rescheduled_from else None,
        title=meeting.title,
    )


def _day(meeting: Meeting) -> str:
    """The day on which it was held, else the one that is planned."""
    return (meeting.held.on if meeting.held else None) or meeting.planned_on


def _state(meeting: Meeting, tell: Teller) -> str:
    """Whether it was held; a day that is over without a word is said as such."""
    if meeting.held is not None:
        return tell.says.say("gehouden")
    if meeting.cancelled is not None:
        return tell.says.say("niet doorgegaan")
    if _unknown(meeting, tell):
        return tell.says.say("niet vastgelegd of zij is gehouden")
    return tell.says.say("gepland")


def _unknown(meeting: Meeting, tell: Teller) -> bool:
    """Tell whether its day is over without a word on whether it was held."""
    settled = meeting.held is not None or meeting.cancelled is not None
    return not settled and last_day(meeting.planned_on) < tell.frame.at.valid_on


class Loaded(msgspec.Struct, frozen=True):
    """One meeting with the decisions on its agenda."""

    meeting: Meeting
    standing: Standing
    names: Mapping[str, str]


async def load(conn: Connection, id: str, at: At) -> Loaded | None:
    """Ask for one meeting; None when there is none by then."""
    found = await decisions.meeting(conn, id, at)
    if found is None:
        return None
    standing = await decisions.placed_on(conn, id, at)
    return Loaded(found, standing, await governance.names(conn, set(codes_in(found)), at))


async def struck_page(conn: Connection, gone: MeetingStruck, frame: Frame) -> struck.StruckPage:
    """Tell a meeting that was struck: why, and what had been recorded."""
    steps = await history.events(conn, gone.stream, frame.at)
    tell = Teller(frame, await governance.names(conn, set(happened.codes(steps)), frame.at))
    planned = steps[0].event.data
    name = tell.text(tell.meeting(planned["body"], planned["plannedOn"]))
    return struck.StruckPage(
        over=tell.says.say("Doorgehaalde vergadering"),
        says=tell.says.say(
            "Deze vergadering is doorgehaald en staat in geen lijst meer. Haar adres en haar regels blijven staan."
        ),
        up=views.Link(href=frame.to("/vergaderingen"), title=tell.text(tell.says.say("Vergaderingen"))),
        title=name,
        what=tell.says.say("Vergadering"),
        on=None,
        entry=gone.position,
        because=gone.because,
        grounds=gone.grounds,
        see=views.Link(href=frame.to(f"/vergaderingen/{gone.see}"), title=name) if gone.see else None,
        timeline=happened.events(steps, tell, "decision"),
    )


def page(loaded: Loaded, frame: Frame) -> MeetingPage:
    """Tell one meeting."""
    tell = Teller(frame, loaded.names)
    meeting, held = loaded.meeting, loaded.meeting.held
    items, besides = _agenda(loaded, tell)
    on_items = {(each.item, each.letter) for each in meeting.items}
    return MeetingPage(
        id=meeting.id,
        body=tell.name(meeting.body),
        body_href=frame.to(f"/gremia/{meeting.body}"),
        record=_acts(meeting, frame)[0],
        confirm=_acts(meeting, frame)[1],
        name=tell.meeting(meeting.body, _day(meeting)),
        answer=_answer(meeting, tell),
        entry=meeting.position,
        title=meeting.title,
        items=items,
        numbered=any(each.number for each in items),
        besides=besides,
        papers=tuple(_paper(each, tell) for each in meeting.documents if (each.item, each.letter) not in on_items),
        present=tell.members(held.present) if held else (),
        absent=tuple((tell.member(each.member), bool(each.notice)) for each in (held.absent if held else ())),
        stated=_stated(meeting, tell),
        days=_days(meeting, tell),
        held=views.Traced(**tell.traced(held)) if held else None,
    )


def _acts(meeting: Meeting, frame: Frame) -> tuple[str | None, str | None]:
    """Where who is signed in records this meeting, and where it is confirmed."""
    visitor, here = frame.visitor, f"/vastleggen/vergadering/{meeting.id}"
    keeps = visitor is not None and meeting.body in visitor.keeps and meeting.cancelled is None
    reads = visitor is not None and meeting.body in visitor.reads
    return frame.to(here) if keeps else None, frame.to(here + "/bevestigen") if reads else None


def _answer(meeting: Meeting, tell: Teller) -> tuple[str, ...]:
    say = tell.says.say
    day = tell.day(_day(meeting))
    if meeting.cancelled is not None:
        said = [say("Deze vergadering stond gepland op %(day)s en is niet doorgegaan.", day=day)]
    elif meeting.held is not None:
        said = [say("Deze vergadering is gehouden op %(day)s.", day=day)]
    elif _unknown(meeting, tell):
        said = [say("Deze vergadering stond gepland op %(day)s. Of zij is gehouden, is niet vastgelegd.", day=day)]
    else:
        said = [say("Deze vergadering staat gepland op %(day)s.", day=day)]
    if meeting.written:
        said.append(say("Er werd schriftelijk besloten."))
    if meeting.rescheduled_from:
        before = tell.says.join([tell.day(each) for each in meeting.rescheduled_from])
        said.append(say("Zij is verplaatst; eerder stond zij gepland op %(day)s.", day=before))
    return tuple(said)


def _days(meeting: Meeting, tell: Teller) -> tuple[tuple[str, str], ...]:
    """The planned day and the one on which it was held, side by side."""
    say = tell.says.say
    told = [(say("Eerst gepland op"), tell.day(each)) for each in meeting.rescheduled_from[:1]]
    planned = tell.day(meeting.planned_on)
    told.append(
        (
            say("Gepland op"),
            say("%(day)s om %(hour)s", day=planned, hour=days.hour(meeting.starts_at, tell.frame.lang))
            if meeting.starts_at
            else planned,
        )
    )
    if meeting.held is not None:
        told.append((say("Gehouden op"), tell.day(meeting.held.on) if meeting.held.on else say("dag niet vermeld")))
    return tuple(told)


def _stated(meeting: Meeting, tell: Teller) -> str | None:
    """How many were there, as the source counts them."""
    stated = meeting.held.stated if meeting.held else None
    if stated is None:
        return None
    told: list[str] = []
    if stated.present is not None:
        told.append(tell.says.say("%(n)s aanwezig", n=stated.present))
    if stated.absent is not None:
        told.append(tell.says.say("%(n)s afwezig", n=stated.absent))
    return ", ".join(told)


def _agenda(loaded: Loaded, tell: Teller) -> tuple[tuple[Item, ...], tuple[Decided, ...]]:
    """The items in their order, each with its decisions; and the decisions for which the agenda has no item."""
    under: dict[tuple[str, str | None], list[Decided]] = {}
    keys = {(each.item, each.letter) for each in loaded.meeting.items}
    besides: list[Decided] = []
    for placed, summary in loaded.standing:
        exact, whole = (placed.item, placed.letter), (placed.item, None)
        shown = _decided(placed, summary, tell)
        if exact in keys or whole in keys:
            under.setdefault(exact if exact in keys else whole, []).append(shown)
        else:
            besides.append(shown)
    ordered = sorted(
        loaded.meeting.items, key=lambda each: (decisions.natural(each.item), each.letter or "", each.position)
    )
    return tuple(_item(each, under, loaded.meeting.documents, tell) for each in ordered), tuple(besides)


def _item(
    item: AgendaItem,
    under: Mapping[tuple[str, str | None], Sequence[Decided]],
    documents: Iterable[Document],
    tell: Teller,
) -> Item:
    withdrawn = item.withdrawn_on
    gone = withdrawn is not None and withdrawn <= tell.frame.at.valid_on
    return Item(
        **tell.traced(item),
        number=_number(item),
        letter=item.letter,
        title=item.title,
        withdrawn=tell.day(withdrawn) if gone else None,
        decisions=tuple(under.get((item.item, item.letter), ())),
        papers=tuple(_paper(each, tell) for each in documents if (each.item, each.letter) == (item.item, item.letter)),
    )


def _number(item: AgendaItem) -> str | None:
    """Its number with its letter; none when the source gives none and it is only counted."""
    counted = not item.numbered or item.item.startswith(UNNUMBERED)
    return None if counted else f"{item.item}{item.letter or ''}"


def _decided(placed: Placed, summary: Summary, tell: Teller) -> Decided:
    return Decided(
        href=tell.frame.to(f"/besluiten/{summary.id}"),
        title=summary.title,
        verb=summary.outcome,
        kind=summary.kind,
        entry=placed.position,
        letter=placed.letter,
    )


def _paper(document: Document, tell: Teller) -> Paper:
    at = document.at
    return Paper(
        **tell.traced(document),
        kind=document.kind,
        state=document.state,
        title=document.title,
        href=at.text if at is not None and at.text and at.text.startswith("https://") else None,
        withheld=at is not None and at.text is None,
    )
