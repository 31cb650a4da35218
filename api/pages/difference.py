"""What differs in a decision between two moments, each a day and a time of knowing: fact by fact, with the entries that made the difference."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from api.pages import happened, replay, views
from api.pages.days import Lang
from api.pages.frame import ClockField, Frame, clocks
from api.pages.listing import day_of
from api.pages.telling import Teller, codes_in
from api.problems import Problem
from projections.at import At
from projections.decisions import query as decisions
from projections.decisions.row import Decision
from projections.governance import query as governance
from projections.history import query as history
from projections.history.between import between
from projections.history.row import Altered, Between
from projections.reading import Connection

BEFORE = {"validFrom": "validOn", "knownFrom": "knownAt"}
"""The two clocks of the moment before, beside those that every page has."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The moment before as it was typed and understood; `at` None is before the first entry."""

    at: At | None
    fields: tuple[ClockField, ...]
    kept: Mapping[str, str]


class Loaded(msgspec.Struct, frozen=True):
    """A decision and its difference."""

    decision: Decision
    between: Between
    names: dict[str, str]


class Altering(views.View, frozen=True, kw_only=True):
    """One fact that differs, with the entries that made it so."""

    changed: replay.Changed
    entries: tuple[int, ...]


class DifferencePage(views.View, frozen=True, kw_only=True):
    """What templates/difference.html shows."""

    id: str
    title: views.Said
    what: str
    """What stands there of which day, for a title that is not shown."""
    on: str | None
    answer: str
    before: str
    after: str
    fields: tuple[ClockField, ...]
    altered: tuple[Altering, ...]
    learned: tuple[views.Event, ...]


def asked(query: Mapping[str, str], lang: Lang, zone: ZoneInfo, now: datetime) -> Asked:
    """Read the moment before as forgivingly as every page reads its own; the field that is left open follows that of the page."""
    typed = {name: query.get(name, "").strip() for name in BEFORE}
    both = {own: typed[name] or query.get(own, "") for name, own in BEFORE.items()}
    found = clocks(both, lang, zone, now)
    fields = tuple(
        ClockField(
            name=name,
            label=field.label,
            value=field.value if typed[name] else "",
            fault=field.fault if typed[name] else None,
        )
        for name, field in zip(BEFORE, found.fields, strict=True)
    )
    given = any(typed.values())
    return Asked(
        at=found.at if given else None, fields=fields, kept={name: said for name, said in typed.items() if said}
    )


async def load(conn: Connection, id_: str, before: At | None, after: At) -> Loaded:
    """Ask for the difference; a 404 Problem when nothing is known of the decision at the later moment."""
    found = await between(conn, id_, before, after)
    decision = await decisions.decision(conn, id_, At(date.max, after.known_at)) if found is not None else None
    if found is None or decision is None:
        ever = await history.events(conn, id_, At(date.max))
        raise Problem(404, "not-yet" if ever else "no-decision")
    codes = {*happened.codes(found.learned), *codes_in(decision), *replay.named_in(found.changes)}
    return Loaded(decision, found, dict(await governance.names(conn, codes - {""}, after)))


def page(loaded: Loaded, asked: Asked, frame: Frame) -> DifferencePage:
    """Tell the difference in words."""
    decision = loaded.decision
    tell = Teller(frame, loaded.names, {part.part: part.title for part in decision.parts})
    shown = tuple(_altering(each, tell) for each in loaded.between.changes if each.fact in replay.SHOWN)
    return DifferencePage(
        id=decision.id,
        title=decision.title,
        what=tell.word["DECISION_KIND"][decision.proposed.kind],
        on=day_of(decision),
        answer=_answer(len(shown), frame),
        before=_moment(asked.at, frame) if asked.at is not None else frame.says.say("voor de eerste vastlegging"),
        after=_moment(frame.at, frame),
        fields=asked.fields,
        altered=shown,
        learned=_learned(loaded, tell),
    )


def _altering(each: Altered, tell: Teller) -> Altering:
    return Altering(changed=replay.changed(each, tell), entries=each.entries)


def _learned(loaded: Loaded, tell: Teller) -> tuple[views.Event, ...]:
    """The entries in between, each with the number that it has among all of the decision."""
    steps = loaded.between.learned
    told = happened.events(steps, tell, loaded.decision.proposed.kind)
    return tuple(msgspec.structs.replace(event, step=step.event.seq) for event, step in zip(told, steps, strict=True))


def _answer(n: int, frame: Frame) -> str:
    if not n:
        return frame.says.say("Tussen deze twee momenten verschilt er niets van wat een lezer ziet.")
    return frame.says.count(
        "Tussen deze twee momenten verschilt %(num)s ding.", "Tussen deze twee momenten verschillen %(num)s dingen.", n
    )


def _moment(at: At, frame: Frame) -> str:
    tell = Teller(frame, {})
    if at.known_at is None:
        return frame.says.say("%(day)s, zoals nu bekend", day=tell.day(at.valid_on.isoformat()))
    return frame.says.say(
        "%(day)s, zoals bekend op %(moment)s",
        day=tell.day(at.valid_on.isoformat()),
        moment=tell.moment(at.known_at),
    )
