"""A decision step by step: what one entry changed, who wrote it, and everything before and after it."""

from __future__ import annotations

# ruff: noqa: RUF001  # the dashes and quotation marks of a sentence are meant as they are
from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from api.pages import days, happened, views
from api.pages.days import Lang
from api.pages.frame import Frame
from api.pages.listing import day_of
from api.pages.speech import speech
from api.pages.telling import Teller, codes_in
from api.problems import Problem
from projections.at import At
from projections.decisions import query as decisions
from projections.decisions.row import Decision
from projections.governance import query as governance
from projections.history import query as history
from projections.history.row import Altered, Change, Step
from projections.reading import Connection

SHOWN = frozenset(
    [
        "proposed",
        "link",
        "themed",
        "placed",
        "part",
        "list",
        "ballot",
        "votes",
        "outcome",
        "justification",
        "remark",
        "correction",
        "struck",
        "position",
        "text",
        "holder",
        "left",
        "answer",
        "weighing",
        "invitation",
        "view",
        "declined",
        "missed",
        "view-answer",
        "reply-note",
        "advice-request",
        "advice",
        "advice-answer",
        "poll",
        "resolution",
        "undertaking",
        "progress",
        "closing",
    ]
)
"""Kinds of row that a reader knows; others only make reading quick."""


class Loaded(msgspec.Struct, frozen=True):
    """A decision before and after one of its entries."""

    steps: tuple[Step, ...]
    number: int
    decision: Decision
    changes: tuple[Change, ...]
    names: dict[str, str]


class Changed(views.View, frozen=True, kw_only=True):
    """One thing that an entry changed."""

    what: str
    before: str
    after: str
    how: str
    stance_before: str | None = None
    stance_after: str | None = None


class ReplayPage(views.View, frozen=True, kw_only=True):
    """What templates/replay.html shows."""

    id: str
    title: views.Said
    what: str
    """What stands there of which day, for a title that is not shown."""
    on: str | None
    number: int
    total: int
    event: views.Event
    by: str
    sources: tuple[views.Source, ...]
    changes: tuple[Changed, ...]
    steps: tuple[views.Event, ...]


async def load(conn: Connection, id_: str, number: int, at: At) -> Loaded:
    """Ask for a decision as it stood after entry `number`; a 404 Problem when there is no such decision or entry."""
    steps = await history.events(conn, id_, At(date.max, None))
    if not steps:
        raise Problem(404, "no-decision")
    after = await history.as_of_step(conn, id_, number, at) if 1 <= number <= len(steps) else None
    if after is None:
        raise Problem(404, "no-step", what=str(len(steps)))
    # A replay shows every entry, also of what holds only from a later day.
    after = msgspec.structs.replace(after, valid_on=date.max)
    found = await decisions.decision(conn, id_, after)
    if found is None:
        raise Problem(404, "no-step", what=str(len(steps)))
    before = await history.as_of_step(conn, id_, number - 1, at) if number > 1 else None
    if before is not None:
        before = msgspec.structs.replace(before, valid_on=date.max)
    changes = await history.differences(conn, id_, before, after)
    step = steps[number - 1]
    codes = {*happened.codes(steps), *codes_in(found), *named_in(changes), step.event.for_, step.body or ""}
    return Loaded(steps, number, found, changes, dict(await governance.names(conn, codes - {""}, at)))


def named_in(changes: Iterable[Change | Altered]) -> set[str]:
    """The codes that changes name."""
    rows = [row for each in changes for row in (each.before, each.after) if row]
    found = {str(row[key]) for row in rows for key in ("member", "decides", "byBody") if row.get(key)}
    voices = [row["voice"] for row in rows if isinstance(row.get("voice"), dict)]
    return found | {code for voice in voices for code in (*voice.get("members", ()), voice.get("subregion")) if code}


def page(loaded: Loaded, frame: Frame) -> ReplayPage:
    """Tell one step."""
    tell = Teller(frame, loaded.names, {part.part: part.title for part in loaded.decision.parts})
    steps = happened.events(loaded.steps, tell, loaded.decision.proposed.kind)
    step = loaded.steps[loaded.number - 1]
    return ReplayPage(
        id=loaded.decision.id,
        title=loaded.decision.title,
        what=tell.word["DECISION_KIND"][loaded.decision.proposed.kind],
        on=day_of(loaded.decision),
        number=loaded.number,
        total=len(steps),
        event=steps[loaded.number - 1],
        by=_hand(step, tell),
        sources=tell.sources(step.event.evidence),
        changes=tuple(changed(each, tell) for each in loaded.changes if each.fact in SHOWN),
        steps=steps,
    )


def looking_back(loaded: Loaded, lang: Lang) -> str | None:
    """The sentence that says that one looks back; none at the last step, which is how the decision stands now."""
    if loaded.number == len(loaded.steps):
        return None
    return speech(lang).say(
        "Dit is wat stap %(n)s van %(total)s veranderde; wat erna kwam, staat er nog niet in.",
        n=loaded.number,
        total=len(loaded.steps),
    )


def _hand(step: Step, tell: Teller) -> str:
    """Who wrote it: a role, never a person."""
    if step.role is None:
        return tell.says.say("het register zelf")
    return tell.says.say("%(role)s voor %(name)s", role=tell.word["ROLE"][step.role], name=tell.name(step.event.for_))


def changed(change: Change | Altered, tell: Teller) -> Changed:
    """One fact before and after."""
    row = change.after or change.before or {}
    what = tell.word["FACT"][change.fact]
    if member := row.get("member"):
        what = f"{what}: {tell.name(str(member))}"
    if part := row.get("part"):
        what = f"{what}, {tell.part(str(part))}"
    return Changed(
        what=what,
        before=_brief(change.fact, change.before, tell),
        after=_brief(change.fact, change.after, tell),
        how=change.how,
        stance_before=_stance(change.before),
        stance_after=_stance(change.after),
    )


def _stance(row: dict[str, Any] | None) -> str | None:
    return str(row["stance"]) if row and row.get("fact") == "position" and row.get("withdrawnOn") is None else None


def _brief(fact: str, row: dict[str, Any] | None, tell: Teller) -> str:  # noqa: PLR0911  # one line a kind of fact
    """What a row says, in a few words."""
    if row is None:
        return "–"
    say, word = tell.says.say, tell.word
    match fact:
        case "position" if row.get("withdrawnOn"):
            return say("ingetrokken")
        case "position":
            return word["STANCE"][str(row.get("stance"))]
        case "outcome":
            return word["VERB"][str(row.get("verb"))]
        case "weighing" | "view-answer" | "advice-answer":
            return word["WEIGHED"][str(row.get("outcome"))]
        case "list":
            return f"{word['LIST'][str(row.get('list'))]}: {row.get('count') or len(row.get('members') or ())}"
        case "ballot":
            return word["HOW"][str(row.get("how"))]
        case "votes":
            return tell.says.count("%(num)s naam", "%(num)s namen", len(row.get("votes") or ()))
        case "correction":
            return word["CORRECTION"][str(row.get("kind"))]
        case _:
            return _words(row, tell)


def _words(row: dict[str, Any], tell: Teller) -> str:
    for key in ("title", "text", "grounds", "question"):
        text = row.get(key)
        if isinstance(text, dict):
            return str(text["text"]) if text.get("text") else tell.says.say("afgeschermd")
    return days.long_day(str(row["on"]), tell.frame.lang) if row.get("on") else tell.says.say("vastgelegd")
