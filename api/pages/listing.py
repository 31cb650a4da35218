"""Decisions in a list: for the first page and for the list of all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from api.pages import views
from api.pages.frame import Frame, address
from api.pages.telling import Teller, codes_in
from projections.at import At
from projections.decisions import query as decisions
from projections.decisions.briefly import Brief, briefly
from projections.decisions.row import Decision, Filter
from projections.governance import query as governance
from projections.governance.row import Body
from projections.reading import Connection
from projections.row import Text

PAGE = 20


class Listed(msgspec.Struct, frozen=True):
    """Some decisions, with what their lines need, and how many there are in all."""

    decisions: tuple[Brief, ...]
    names: Mapping[str, str]
    total: int
    body: str | None = None


class DecisionsPage(views.View, frozen=True, kw_only=True):
    """What templates/decisions.html shows."""

    body: str
    bodies: tuple[tuple[str, str], ...]
    answer: str
    decisions: tuple[views.DecisionLine, ...]
    turns: Sequence[views.Link]


async def load(conn: Connection, at: At, *, page: int = 1, size: int = PAGE, body: str | None = None) -> Listed:
    """The newest decisions at these clocks, of one body when it is named."""
    found = await decisions.decisions(conn, Filter(body=body), at, page=page, page_size=size)
    briefs = await briefly(conn, [each.id for each in found.items], at)
    shown = tuple(briefs[each.id] for each in found.items if each.id in briefs)
    return Listed(shown, await governance.names(conn, set(codes_in(shown)), at), found.total, body)


def titles(briefs: Iterable[Brief]) -> dict[str, Text]:
    """The title of each decision by its id, and of each of its parts by id and code with a slash between."""
    found: dict[str, Text] = {}
    for each in briefs:
        found[each.id] = each.title
        found |= {f"{each.id}/{part}": title for part, title in each.parts.items()}
    return found


def lines(listed: Collection[Brief], tell: Teller, waiting: Mapping[str, int]) -> tuple[views.DecisionLine, ...]:
    """Each decision as one item; `waiting` tells how many standpoints of each are open."""
    return tuple(_line(each, tell, waiting.get(each.id, 0)) for each in listed)


def _line(brief: Brief, tell: Teller, waiting: int) -> views.DecisionLine:
    proposed, outcome = brief.proposed, brief.outcome
    facts: list[str] = []
    if outcome is not None and outcome.count is not None:
        facts.append(tell.says.count("als totaal van %(num)s lid", "als totaal van %(num)s leden", outcome.count))
    if waiting:
        facts.append(
            tell.says.count("%(num)s standpunt nog niet gewogen", "%(num)s standpunten nog niet gewogen", waiting)
        )
    return views.DecisionLine(
        **{**tell.traced(outcome or proposed), "on": day_of(brief)},
        id=brief.id,
        title=brief.title,
        kind=proposed.kind,
        by=by(brief, tell),
        verb=outcome.verb if outcome else None,
        question=proposed.question,
        why=brief.justification.text if brief.justification else None,
        facts=tuple(facts),
    )


def day_of(brief: Brief | Decision) -> str | None:
    """The day of the outcome, else of the proposal, as precise as the source gives it."""
    return (brief.outcome.on if brief.outcome else None) or brief.proposed.on


def by(brief: Brief, tell: Teller) -> str:
    """Who decides."""
    decided_by = brief.proposed.decided_by
    if decided_by.body:
        return tell.name(decided_by.body)
    return tell.says.say("Elke partij voor zich") if decided_by.each == "party" else tell.says.say("Elk lid voor zich")


def page(
    listed: Listed, frame: Frame, waiting: Mapping[str, int], bodies: Iterable[Body], number: int
) -> DecisionsPage:
    """Tell one page of the list."""
    tell = Teller(frame, listed.names)
    count = tell.says.count
    choices = tuple((each.code, each.name) for each in bodies)
    if listed.body:
        who = dict(choices).get(listed.body, listed.body)
        answer = count("%(num)s besluit van %(who)s.", "%(num)s besluiten van %(who)s.", listed.total, who=who)
    else:
        answer = count("%(num)s besluit in het register.", "%(num)s besluiten in het register.", listed.total)
    turns: list[views.Link] = []
    last = max(1, -(-listed.total // PAGE))
    for rel, to, words in (
        ("prev", number - 1, tell.says.say("Nieuwere besluiten")),
        ("next", number + 1, tell.says.say("Oudere besluiten")),
    ):
        if 1 <= to <= last:
            query = {**({"gremium": listed.body} if listed.body else {}), "page": str(to), **frame.asked}
            turns.append(views.Link(href=address(frame.lang, frame.path, query), title=tell.text(words), rel=rel))
    return DecisionsPage(
        body=listed.body or "",
        bodies=choices,
        answer=answer,
        decisions=lines(listed.decisions, tell, waiting),
        turns=turns,
    )
