"""The only writer of dossiers: what each entry says of a subject that is followed, as rows."""

from __future__ import annotations

from projections.at import Days, act
from projections.book import Book, plain, told
from projections.dossiers import row as r
from projections.entry import Entry
from projections.fold import Fold
from register.dossiers import facts as f

ALWAYS = Days()
"""What speaks of an entry holds for as long as the dossier does."""
BY_TURNS = ("title", "route", "participation")
"""Of these one holds at a time, each until the day before the next."""


def evolve(book: Book, entry: Entry) -> None:
    """Take one entry into the book of a dossier."""
    _told(book, entry)
    _begins(book, entry)
    for mark in BY_TURNS:
        if book.last(mark, r.DossierRow) is not None:
            book.line_up(mark)


def _told(book: Book, entry: Entry) -> None:  # noqa: C901  # one arm a fact
    """What an entry says, as rows."""
    days = act(getattr(entry.fact, "on", None), entry.day)
    match entry.fact:
        case f.DossierOpened():
            book.put("opened", told(r.Opened, entry, days))
            book.put(f"title:{entry.seq}", told(r.Titled, entry, days), "title")
        case f.DossierRetitled():
            book.put(f"title:{entry.seq}", told(r.Titled, entry, days), "title")
        case f.VersionPublished():
            book.put(f"version:{entry.seq}", told(r.Version, entry, days))
        case f.RoutePlanned(steps=steps):
            planned = tuple(plain(each, r.RouteStep) for each in steps)
            book.put(f"route:{entry.seq}", told(r.Route, entry, days, steps=planned), "route")
        case f.RouteStepReached():
            book.put(f"reached:{entry.seq}", told(r.Reached, entry, days))
        case f.EditionPublished():
            book.put(f"edition:{entry.seq}", told(r.Edition, entry, days))
        case f.ParticipationStepChosen():
            book.put(f"participation:{entry.seq}", told(r.Participation, entry, days), "participation")
        case f.DossierClosed():
            book.put("closed", told(r.Closed, entry, days))
        case f.DossierCorrected() as fact:
            row = told(r.DossierCorrection, entry, ALWAYS, annulled=fact.instead is None)
            book.put(f"correction:{entry.seq}", row)
        case f.DossierStruck():
            book.put("struck", told(r.DossierStruck, entry, ALWAYS))
        case _:
            raise TypeError(entry.fact.TYPE)


def _begins(book: Book, entry: Entry) -> None:
    """A dossier and its first title hold from the day of its earliest dated fact, and without any from the day it became known."""
    opened = book.get("opened", r.Opened)
    on = getattr(entry.fact, "on", None)
    day = act(on, entry.day).valid_from if on else None
    if opened is None or opened.valid_from is None or day is None or opened.valid_from <= day:
        return
    book.change("opened", valid_from=day)
    for key, row in book.marked("title", r.Titled):
        if row.seq == opened.seq:
            book.change(key, valid_from=day)


FOLD = Fold(name="dossiers", tables=("dossiers",), kinds=frozenset({"dossier"}), evolve=evolve)
