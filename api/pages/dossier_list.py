"""The list of dossiers, each by every title that it ever had, with what comes next."""

from __future__ import annotations

# ruff: noqa: RUF001  # the quotation marks of a sentence are meant as they are
from collections.abc import Mapping, Sequence

from api.pages import views
from api.pages.frame import Frame, address
from api.pages.telling import Teller
from api.pages.way import next_step, numbered
from projections.at import At
from projections.dossiers import query as dossiers
from projections.dossiers.answer import DossierBriefly
from projections.governance import query as governance
from projections.reading import Connection
from projections.row import Page, Text

PAGE = 50


class Line(views.View, frozen=True, kw_only=True):
    """A dossier in a list."""

    href: str
    title: Text
    what: str
    kind: str
    entry: int
    former: tuple[Text, ...]
    decisions: int
    closed: bool
    next: str | None = None
    number: str | None = None


class DossiersPage(views.View, frozen=True, kw_only=True):
    """What templates/dossiers.html shows."""

    q: str
    answer: str
    dossiers: tuple[Line, ...]
    turns: Sequence[views.Link]


async def load(conn: Connection, at: At, q: str | None, page: int) -> tuple[Page[DossierBriefly], Mapping[str, str]]:
    """The dossiers of the day, by any title that they ever had."""
    found = await dossiers.dossiers(conn, at, q=q, page=page, page_size=PAGE)
    return found, await governance.names(conn, {each.next.by for each in found.items if each.next and each.next.by}, at)


def page(found: Page[DossierBriefly], names: Mapping[str, str], frame: Frame, q: str) -> DossiersPage:
    """Tell the list."""
    tell = Teller(frame, names)
    count = tell.says.count
    if q:
        answer = count(
            "%(num)s dossier met ‘%(q)s’ in een van zijn titels.",
            "%(num)s dossiers met ‘%(q)s’ in een van hun titels.",
            found.total,
            q=q,
        )
    else:
        answer = count("%(num)s dossier wordt gevolgd.", "%(num)s dossiers worden gevolgd.", found.total)
    turns: list[views.Link] = []
    for rel, to, words in (
        ("prev", found.page - 1, tell.says.say("Vorige")),
        ("next", found.page + 1, tell.says.say("Volgende")),
    ):
        if 1 <= to <= max(1, -(-found.total // PAGE)):
            query = {**({"q": q} if q else {}), "page": str(to), **frame.asked}
            turns.append(views.Link(href=address(frame.lang, frame.path, query), title=tell.text(words), rel=rel))
    return DossiersPage(q=q, answer=answer, dossiers=tuple(_line(each, tell) for each in found.items), turns=turns)


def _line(dossier: DossierBriefly, tell: Teller) -> Line:
    return Line(
        href=tell.frame.to(f"/dossiers/{dossier.id}"),
        title=dossier.title,
        what=numbered(dossier.number, tell),
        kind=dossier.kind,
        entry=dossier.position,
        former=dossier.former_titles,
        decisions=dossier.decisions,
        closed=dossier.closed,
        next=next_step(dossier.next, tell) if dossier.next else None,
        number=dossier.number,
    )
