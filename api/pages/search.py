"""What the register says with some words in it: one box, the best first, each hit with the page and the card that it is on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import get_args

import msgspec

from api.pages import views
from api.pages.frame import Frame, address
from api.pages.telling import Teller
from projections.at import At
from projections.reading import Connection
from projections.row import Page
from projections.search.query import Where, search
from projections.search.row import Hit, Piece, Place
from register.writing import composed, forbidden_in

PAGE = 20
WORD = re.compile(r"\w+")
TELLING = 4
"""Letters of a word that can stand for the whole question when not all of its words are found."""
PLACES: tuple[Place, ...] = get_args(Place)
NARROWED: tuple[Place, ...] = ("decision", "dossier", "meeting", "member", "body")
"""The places by which a reader may narrow; what else is found is shown under all."""
LISTS: Mapping[Place, str] = {"subregion": "/leden", "theme": "/besluiten", "party": "/gremia"}
"""Where to go for what has no page of its own."""


class Found(views.View, frozen=True, kw_only=True):
    """One hit."""

    what: str
    href: str
    where: str
    snippet: tuple[Piece, ...]
    entry: int
    lang: str | None = None
    where_lang: str | None = None
    on: str | None = None
    is_name: bool = False


class Choice(views.View, frozen=True, kw_only=True):
    """A way to narrow."""

    href: str
    words: str
    now: bool


class SearchPage(views.View, frozen=True, kw_only=True):
    """What templates/search.html shows."""

    q: str
    place: str
    answer: str
    hits: tuple[Found, ...]
    choices: tuple[Choice, ...]
    turns: Sequence[views.Link]


class Asked(msgspec.Struct, frozen=True):
    """What was typed, as far as it can be looked for."""

    q: str
    place: Place | None
    page: int


def asked(query: Mapping[str, str]) -> Asked:
    """Read what was typed, forgivingly: what no text can hold finds nothing."""
    q, number, place = query.get("q", "").strip(), query.get("page", "1"), query.get("waar")
    page = int(number) if number.isascii() and number.isdigit() and 1 <= len(number) <= 6 and int(number) else 1  # noqa: PLR2004  # as far as anyone turns pages
    return Asked("" if forbidden_in(q) else composed(q), next((each for each in PLACES if each == place), None), page)


class Looked(msgspec.Struct, frozen=True):
    """What was found: with all of the words, or when nothing has them all, with at least one of the longer ones."""

    found: Page[Hit]
    all_words: bool = True


async def load(conn: Connection, at: At, what: Asked) -> Looked:
    """Look for it; without words there is nothing to look for."""
    if not what.q:
        return Looked(Page(items=(), total=0, page=what.page, page_size=PAGE))
    found = await search(conn, Where(q=what.q, place=what.place), at, page=what.page, page_size=PAGE)
    longer = dict.fromkeys(word for word in WORD.findall(what.q) if len(word) >= TELLING)
    if found.total or len(what.q.split()) == 1 or not longer:
        return Looked(found)
    some = Where(q=" or ".join(longer), place=what.place)
    return Looked(await search(conn, some, at, page=what.page, page_size=PAGE), all_words=False)


def page(looked: Looked, frame: Frame, what: Asked) -> SearchPage:
    """Tell what was found."""
    tell, found = Teller(frame, {}), looked.found
    return SearchPage(
        q=what.q,
        place=what.place or "",
        answer=_answer(looked, what, tell),
        hits=tuple(_found(each, tell) for each in found.items),
        choices=_choices(frame, what, tell) if what.q else (),
        turns=_turns(found, frame, what, tell),
    )


def _answer(looked: Looked, what: Asked, tell: Teller) -> str:
    found = looked.found
    if found.total and not looked.all_words:
        return tell.says.count(
            "Niets heeft al deze woorden; %(num)s plaats heeft er een of meer van.",
            "Niets heeft al deze woorden; %(num)s plaatsen hebben er een of meer van.",
            found.total,
        )
    if not what.q:
        return tell.says.say("Zoek in namen, titels, teksten en redenen. Een deel van een woord mag ook.")
    if not found.total:
        return tell.says.say("Niets gevonden met ‘%(q)s’.", q=what.q)  # noqa: RUF001  # quotation marks of a sentence
    return tell.says.count("%(num)s plaats met ‘%(q)s’.", "%(num)s plaatsen met ‘%(q)s’.", found.total, q=what.q)  # noqa: RUF001  # as above


def _choices(frame: Frame, what: Asked, tell: Teller) -> tuple[Choice, ...]:
    made = [Choice(href=frame.to(frame.path, q=what.q), words=tell.says.say("alles"), now=what.place is None)]
    for place in NARROWED:
        href = frame.to(frame.path, q=what.q, waar=place)
        made.append(Choice(href=href, words=tell.word["PLACE"][place], now=what.place == place))
    return tuple(made)


def _turns(found: Page[Hit], frame: Frame, what: Asked, tell: Teller) -> Sequence[views.Link]:
    turns: list[views.Link] = []
    for rel, to, words in (
        ("prev", what.page - 1, tell.says.say("Vorige")),
        ("next", what.page + 1, tell.says.say("Volgende")),
    ):
        if 1 <= to <= max(1, -(-found.total // PAGE)):
            query = {"q": what.q, **({"waar": what.place} if what.place else {}), "page": str(to), **frame.asked}
            turns.append(views.Link(href=address(frame.lang, frame.path, query), title=tell.text(words), rel=rel))
    return turns


def _found(hit: Hit, tell: Teller) -> Found:
    return Found(
        what=tell.word["FOUND"][hit.what] if hit.what != "name" else tell.word["NAME_OF"][hit.place],
        href=_href(hit, tell.frame),
        where=_where(hit, tell),
        where_lang=hit.title.lang if hit.place == "decision" and hit.title is not None else None,
        snippet=hit.snippet,
        lang=hit.lang,
        entry=hit.position,
        on=hit.meeting_on or hit.on,
        is_name=hit.what in {"name", "title", "dossier"},
    )


def _where(hit: Hit, tell: Teller) -> str:
    """What it is part of, when that is not what was found itself."""
    if hit.place == "decision" and hit.what != "title":
        return str(hit.title or "")
    if hit.place == "dossier":
        return _dossier(hit, tell)
    if hit.place == "meeting":
        return f"{hit.name or hit.code}, {tell.day(hit.meeting_on)}" if hit.meeting_on else hit.name or ""
    shown = "".join(piece.text for piece in hit.snippet)
    return tell.says.say("nu: %(name)s", name=hit.name) if hit.what == "name" and hit.name and hit.name != shown else ""


def _dossier(hit: Hit, tell: Teller) -> str:
    """The dossier that it is part of; of a title that it no longer has, what it is called now."""
    title = str(hit.title or "")
    if hit.what != "dossier":
        return title
    return tell.says.say("nu: %(name)s", name=title) if title != "".join(piece.text for piece in hit.snippet) else ""


def _href(hit: Hit, frame: Frame) -> str:
    """The page, and on it the card."""
    match hit.place:
        case "decision":
            return frame.to(f"/besluiten/{hit.id}") + _card(hit)
        case "dossier":
            return frame.to(f"/dossiers/{hit.id}") + _section(hit)
        case "meeting":
            item = (
                f"#punt-{hit.position}" if hit.what == "agenda-item" else "#stukken" if hit.what == "document" else ""
            )
            return frame.to(f"/vergaderingen/{hit.id}") + item
        case "member":
            return frame.to(f"/leden/{hit.code}")
        case "body":
            return frame.to(f"/gremia/{hit.code}")
        case _:
            return frame.to(LISTS[hit.place])


def _section(hit: Hit) -> str:
    return {"version": "#versies", "edition": "#versies", "route-step": "#route", "dossier-note": "#meedoen"}.get(
        hit.what, ""
    )


def _card(hit: Hit) -> str:
    if hit.what in CARDS:
        return f"#{CARDS[hit.what]}-{hit.of}"
    if hit.what in {"part", "part-title"}:
        return f"#onderdeel-{hit.part}"
    return SECTIONS.get(hit.what, "")


CARDS: dict[str, str] = {
    "reason": "positie",
    **dict.fromkeys(("standpoint", "alternative", "reply", "weighing"), "standpunt"),
    **dict.fromkeys(("view", "view-point", "view-answer"), "zienswijze"),
    **dict.fromkeys(("advice", "advice-answer"), "advies"),
    "undertaking": "toezegging",
}
"""What has a card of its own on the page of a decision, by the number of its entry."""
SECTIONS: dict[str, str] = {
    "remark": "#opmerkingen",
    "option": "#stemmingen",
    "poll": "#advies",
    "resolution": "#advies",
}
"""What is found in a section."""
