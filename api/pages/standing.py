"""Minority standpoints in words: who holds them, what was answered, how they were weighed."""

from __future__ import annotations

from collections.abc import Collection

from api.pages import views
from api.pages.telling import Teller
from projections.row import Text
from projections.standpoints.row import Standpoint
from register.values import first_day, last_day


def card(
    row: Standpoint, tell: Teller, unconfirmed: Collection[int] = (), parts: dict[str, Text] | None = None
) -> views.Standpoint:
    """One standpoint with everything that was done with it."""
    said = row.versions[-1] if row.versions else row.recorded
    titles = parts if parts is not None else tell.parts
    held = set(row.counted)
    first = set(said.voice.members or ())
    return views.Standpoint(
        **{**tell.traced(row.recorded, unconfirmed), "on": held_on(row)},
        address=row.id,
        speaker=tell.speaker(row.recorded.voice),
        text=said.text,
        alternative=said.alternative,
        status=row.status,
        parts=tuple(titles[each] for each in said.parts if each in titles),
        decision=tell.decision(row.decision, row.decision_title),
        members=tell.members(held) if held != first else (),
        replies=tuple(
            views.Reply(**tell.traced(each, unconfirmed), speaker=tell.speaker(each.voice), text=each.text)
            for each in row.answers
        ),
        weighings=tuple(
            views.Weighing(
                **tell.traced(each, unconfirmed),
                outcome=each.outcome,
                by=tell.name(each.by_body),
                reason=each.reason,
                reason_missing=each.reason_missing,
                landed=titles.get(each.landed.part) if each.landed else None,
            )
            for each in row.weighings
        ),
        period=_period(row, tell),
    )


def held_on(row: Standpoint) -> str | None:
    """The day of a standpoint, or the period for which the source says that it was held."""
    said = row.recorded
    return said.on or spanning(said.from_, said.until)


def spanning(first: str | None, last: str | None) -> str | None:
    """A period as one date with precision; what has no end, or no beginning, is where it begins or ends."""
    if first and last and first != last:
        return f"{first_day(first).isoformat()}/{last_day(last).isoformat()}"
    return first or last


def _period(row: Standpoint, tell: Teller) -> str | None:
    if row.status == "open":
        return tell.says.say(
            "Staat open sinds %(day)s.", day=tell.day(row.recorded.on or row.recorded.from_ or row.open_since)
        )
    if row.recorded.withdrawn_on is not None:
        return tell.says.say("Ingetrokken op %(day)s.", day=tell.day(row.recorded.withdrawn_on))
    return None


def summary(rows: Collection[Standpoint], tell: Teller) -> str:
    """How many there are and how many wait."""
    if not rows:
        return tell.says.say("Geen ingebracht.")
    open_ = sum(row.status == "open" for row in rows)
    put = tell.says.count("%(num)s ingebracht.", "%(num)s ingebracht.", len(rows))
    waits = tell.says.count("%(num)s nog niet gewogen.", "%(num)s nog niet gewogen.", open_)
    return f"{put} {waits}"
