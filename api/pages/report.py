"""A report on a period as a page: how many of each kind of fact, and every fact with what was done with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from api.accountability.gathering import Period, report
from api.accountability.row import Done, Fact, Item, Kind, Report, Section
from api.accountability.subject import Subject
from api.pages import days, views
from api.pages.frame import ClockField, Frame
from api.pages.telling import Teller
from projections.at import At
from projections.governance import query as governance
from projections.reading import Connection

WORDS: dict[Fact, tuple[str, ...]] = {
    "outcome": ("VERB",),
    "position": ("STANCE", "BACKING"),
    "minority-standpoint": ("WEIGHED",),
    "view": ("VIEW_STATE",),
    "invitation": ("BECAME",),
    "advice": ("ADVICE_STATE",),
    "undertaking": ("UNDERTAKING",),
    "gap": ("MISSING",),
}
"""Where the word of an outcome, stance or state is found, for each kind of fact; a position is also overruled."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The period as it was typed and understood."""

    period: Period
    fields: tuple[ClockField, ...]
    kept: Mapping[str, str]


class DoneLine(views.View, frozen=True, kw_only=True):
    """What was done with something."""

    what: str
    entry: int
    by: str = ""
    on: str | None = None
    reason: views.Said | None = None


class Line(views.View, frozen=True, kw_only=True):
    """One fact."""

    what: str
    entry: int
    on: str | None
    who: str
    spoken_for: str
    href: str | None = None
    title: views.Said | None = None
    text: views.Said | None = None
    reason_missing: str | None = None
    done: tuple[DoneLine, ...] = ()


class Chapter(views.View, frozen=True, kw_only=True):
    """All facts of one kind, with how many of each state."""

    kind: Kind
    n: int
    counts: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]


class ReportPage(views.View, frozen=True, kw_only=True):
    """What templates/report.html shows."""

    name: str
    back: str | None
    period: str
    fields: tuple[ClockField, ...]
    chapters: tuple[Chapter, ...]
    table: str
    json: str


def asked(query: Mapping[str, str], frame: Frame) -> Asked:
    """Read the period forgivingly: until the day of the page and from the beginning of that year, unless it says otherwise."""
    typed = {name: query.get(name, "").strip() for name in ("van", "tot")}
    read = {name: days.typed_day(said) if said else None for name, said in typed.items()}
    last = read["tot"] or frame.at.valid_on
    first = read["van"] or date(last.year, 1, 1)
    faults = {
        name: frame.says.say("Schrijf een dag als 24-3-2022.") for name in typed if typed[name] and read[name] is None
    }
    if first > last:
        faults["van"] = frame.says.say("De eerste dag ligt na de laatste.")
        first = date(last.year, 1, 1)
    shown = {"van": first, "tot": last}
    labels = {"van": frame.says.say("Van"), "tot": frame.says.say("Tot en met")}
    fields = tuple(
        ClockField(
            name=name,
            label=labels[name],
            value=typed[name] if name in faults else days.as_typed(shown[name]),
            fault=faults.get(name),
        )
        for name in typed
    )
    return Asked(period=Period(first, last), fields=fields, kept={name: said for name, said in typed.items() if said})


async def load(conn: Connection, subject: Subject, period: Period, at: At) -> tuple[Report, Mapping[str, str]]:
    """Ask for the report, and what everybody in it is called on its last day."""
    found = await report(conn, subject, period, at)
    codes = {code for section in found.sections for item in section.items for code in _codes(item)}
    names = await governance.names(conn, codes, At(period.last, at.known_at, at.position))
    return found, names


def _codes(item: Item) -> Iterator[str]:
    yield from (*item.members, *item.spoken_for)
    yield from (code for code in (item.by, *(done.by for done in item.done)) if code)


def page(found: Report, names: Mapping[str, str], subject: Subject, asked: Asked, frame: Frame) -> ReportPage:
    """Tell the report."""
    tell = Teller(frame, names)
    day = days.long_day
    api = {"member": f"/members/{found.code}", "region": ""}.get(found.of, f"/bodies/{found.code}")
    place = {"member": f"/leden/{found.code}", "region": None}.get(found.of, f"/gremia/{found.code}")
    return ReportPage(
        name=subject.name or frame.region,
        back=frame.to(place) if place else None,
        period=frame.says.say(
            "%(first)s tot en met %(last)s", first=day(found.first, frame.lang), last=day(found.last, frame.lang)
        ),
        fields=asked.fields,
        chapters=tuple(_chapter(each, tell) for each in found.sections),
        table=frame.to(f"{frame.path}/tabel", **asked.kept),
        json=f"/api/v1{api}/accountability?from={found.first}&until={found.last}",
    )


def _chapter(section: Section, tell: Teller) -> Chapter:
    return Chapter(
        kind=section.kind,
        n=section.n,
        counts=tuple(sorted(Counter(_word(each, tell) for each in section.items).items())),
        lines=tuple(_line(each, tell) for each in section.items),
    )


def _line(item: Item, tell: Teller) -> Line:
    return Line(
        what=_word(item, tell),
        entry=item.position,
        on=item.on,
        who=_who(item, tell),
        spoken_for=tell.says.join([tell.name(code) for code in item.spoken_for]),
        href=tell.frame.to(f"/besluiten/{item.decision}") if item.decision else None,
        title=item.title,
        text=item.text,
        reason_missing=tell.word["REASON_MISSING"][item.reason_missing] if item.reason_missing else None,
        done=tuple(_done(each, tell) for each in item.done),
    )


def _who(item: Item, tell: Teller) -> str:
    """For whom it counts, and by whom it was said or decided."""
    names = tell.says.join([tell.name(code) for code in item.members])
    code = item.by or ""
    if item.fact == "outcome" and not code:
        return tell.says.say("elk lid voor zich")
    by = tell.word["LAYER"][code] if code in tell.word["LAYER"] else tell.name(code)
    return " · ".join(dict.fromkeys(each for each in (names, by) if each))


def _done(done: Done, tell: Teller) -> DoneLine:
    words = (tell.word["WEIGHED"], tell.word["CLOSED_HOW"])
    other = {"progress": tell.says.say("voortgang"), "closed": tell.says.say("afgedaan")}
    what = next((table[done.what] for table in words if done.what in table), other.get(done.what, done.what))
    return DoneLine(
        what=what, entry=done.position, by=tell.name(done.by) if done.by else "", on=done.on, reason=done.reason
    )


def _word(item: Item, tell: Teller) -> str:
    return next((tell.word[table][item.what] for table in WORDS[item.fact] if item.what in tell.word[table]), item.what)
