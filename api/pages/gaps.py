"""What the register does not know: how much of each kind, and the list behind each number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from api.missing import missing
from api.pages import listing, views
from api.pages.frame import Frame, address
from api.pages.telling import Teller
from projections.at import At
from projections.completeness.query import counted
from projections.completeness.row import KINDS, Counted, Gap, Kind
from projections.decisions.briefly import briefly
from projections.governance import query as governance
from projections.reading import Connection
from projections.row import Text
from register.values import last_day

PAGE = 50


class KindLine(views.View, frozen=True, kw_only=True):
    """How much is missing of a kind, with the way to its list."""

    n: int
    what: str
    means: str
    href: str


class GapLine(views.View, frozen=True, kw_only=True):
    """One thing that is missing."""

    href: str
    entry: int
    title: Text | None
    name: str
    part: Text | None = None
    n: int = 1
    of: int | None = None
    on: str | None = None


class GapsPage(views.View, frozen=True, kw_only=True):
    """What templates/gaps.html shows: every kind, or the list of one."""

    answer: str
    kind: str
    what: str
    kinds: tuple[KindLine, ...]
    gaps: tuple[GapLine, ...]
    dated: bool
    turns: Sequence[views.Link]


class Loaded(msgspec.Struct, frozen=True):
    """What is missing, of one kind when one is asked for."""

    kind: Kind | None
    page: int
    gaps: list[Gap]
    names: Mapping[str, str]
    days: Mapping[str, str]
    """The day of each decision, as precise as the source gave it."""


def kind_of(typed: str) -> Kind | None:
    """The kind of an address; None for all."""
    return next((kind for kind in KINDS if kind == typed), None)


async def load(conn: Connection, at: At, kind: Kind | None, page: int) -> Loaded:
    """Ask for it."""
    found = await missing(conn, at, kind)
    codes = {code for each in found for code in (each.member, each.body) if code}
    first = (page - 1) * PAGE
    ids = {each.decision for each in found[first : first + PAGE] if each.decision} if kind else set[str]()
    briefs = await briefly(conn, ids, at)
    days = {id_: day for id_, each in briefs.items() if (day := listing.day_of(each))}
    return Loaded(kind, page, found, await governance.names(conn, codes, at), days)


def page(loaded: Loaded, frame: Frame) -> GapsPage:
    """Tell it."""
    tell = Teller(frame, loaded.names)
    first = (loaded.page - 1) * PAGE
    shown = loaded.gaps[first : first + PAGE] if loaded.kind else []
    return GapsPage(
        answer=_answer(loaded, tell),
        kind=loaded.kind or "",
        what=tell.word["MISSING"][loaded.kind] if loaded.kind else "",
        kinds=() if loaded.kind else tuple(line(each, tell) for each in counted(loaded.gaps) if each.gaps),
        gaps=tuple(_gap(each, loaded.days, tell) for each in shown),
        dated=any(each.on or each.since for each in shown),
        turns=_turns(loaded, frame, tell),
    )


def line(counted_: Counted, tell: Teller) -> KindLine:
    """One kind with its number."""
    return KindLine(
        n=counted_.gaps,
        what=tell.word["MISSING"][counted_.kind],
        means=tell.word["MISSING_MEANS"][counted_.kind],
        href=tell.frame.to("/wat-ontbreekt", soort=counted_.kind),
    )


def _answer(loaded: Loaded, tell: Teller) -> str:
    if loaded.kind is not None:
        told = tell.says.count(
            "Dit ontbreekt op %(num)s plaats.", "Dit ontbreekt op %(num)s plaatsen.", len(loaded.gaps)
        )
        return f"{told} {tell.word['MISSING_MEANS'][loaded.kind]}"
    decisions = len({each.decision for each in loaded.gaps if each.decision})
    meetings = len({each.meeting for each in loaded.gaps if each.meeting})
    members = len({each.member for each in loaded.gaps if each.member})
    return tell.says.say(
        "Bij %(decisions)s besluiten, %(meetings)s vergaderingen en %(members)s leden ontbreekt iets in het register. Het vult niets in.",
        decisions=decisions,
        meetings=meetings,
        members=members,
    )


def _gap(gap: Gap, days: Mapping[str, str], tell: Teller) -> GapLine:
    return GapLine(
        href=_href(gap, tell.frame),
        entry=gap.position,
        title=gap.title,
        name=_name(gap, tell),
        part=gap.part_title,
        n=gap.n,
        of=gap.of,
        on=_day(gap, days),
    )


def _day(gap: Gap, days: Mapping[str, str]) -> str | None:
    """The day of the meeting or decision; from when the answer is missing, where that is another day than its own."""
    known = days.get(gap.decision) if gap.decision else None
    if known and (gap.since is None or last_day(known) == gap.since):
        return known
    return gap.on or (gap.since.isoformat() if gap.since else None)


def _name(gap: Gap, tell: Teller) -> str:
    if gap.meeting is not None:
        return tell.meeting(gap.body or "", gap.on or "")
    return tell.name(gap.member) if gap.member else ""


def _href(gap: Gap, frame: Frame) -> str:
    """Where the gap is seen."""
    if gap.meeting is not None:
        return frame.to(f"/vergaderingen/{gap.meeting}")
    if gap.decision is None:
        return frame.to(f"/leden/{gap.member}")
    card = {
        "standpoint-not-weighed": f"#standpunt-{gap.seq}",
        "dissent-without-reason": f"#positie-{gap.seq}",
        "view-not-answered": f"#zienswijze-{gap.seq}",
        "view-not-recorded": f"#gevraagd-{gap.seq}",
        "advice-not-answered": f"#advies-{gap.seq}",
        "undertaking-overdue": f"#toezegging-{gap.seq}",
        "names-missing": "#stemmingen",
        "no-ballot": "#stemmingen",
        "positions-not-recorded": "#posities",
        "no-evidence": "#bewijs",
        "press-only": "#bewijs",
    }.get(gap.kind, "")
    return frame.to(f"/besluiten/{gap.decision}") + card


def _turns(loaded: Loaded, frame: Frame, tell: Teller) -> Sequence[views.Link]:
    turns: list[views.Link] = []
    last = max(1, -(-len(loaded.gaps) // PAGE)) if loaded.kind else 1
    for rel, to, words in (
        ("prev", loaded.page - 1, tell.says.say("Vorige")),
        ("next", loaded.page + 1, tell.says.say("Volgende")),
    ):
        if loaded.kind and 1 <= to <= last:
            query = {"soort": loaded.kind, "page": str(to), **frame.asked}
            turns.append(views.Link(href=address(frame.lang, frame.path, query), title=tell.text(words), rel=rel))
    return turns
