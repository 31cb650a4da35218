"""What each entry says of a meeting, as rows; part of the projector of decisions."""

from __future__ import annotations

from projections.at import Days, act, day_before
from projections.book import Book, told
from projections.decisions import row as r
from projections.entry import Entry
from register.meetings import facts as f


def evolve(book: Book, entry: Entry) -> None:  # noqa: C901  # one arm a fact
    """Take one entry into the book of a meeting."""
    match entry.fact:
        case f.MeetingPlanned():
            book.put(f"planned:{entry.seq}", told(r.MeetingPlanned, entry, Days()), "planned")
        case f.MeetingRescheduled() as fact:
            _rescheduled(book, entry, fact)
        case f.MeetingHeld() as fact:
            book.put("held", told(r.MeetingHeld, entry, act(fact.on, entry.day)))
        case f.MeetingCancelled() as fact:
            book.put("cancelled", told(r.MeetingCancelled, entry, act(fact.on, entry.day)))
        case f.AgendaItemPlaced() as fact:
            book.put(f"item:{entry.seq}", told(r.AgendaItem, entry, Days()), _item(fact.item, fact.letter))
        case f.AgendaItemWithdrawn() as fact:
            placed = book.last(_item(fact.item, fact.letter), r.AgendaItem)
            if placed is not None:
                book.change(placed[0], withdrawn_on=act(fact.on, entry.day).valid_from)
        case f.DocumentPublished() as fact:
            book.put(f"document:{entry.seq}", told(r.Document, entry, act(fact.on, entry.day)))
        case f.MeetingCorrected() as fact:
            correction = told(r.MeetingCorrection, entry, Days(), annulled=fact.instead is None)
            book.put(f"correction:{entry.seq}", correction)
        case f.MeetingStruck():
            # What was known of it before stays known then; from here on only that it was struck is.
            for key, _ in tuple(book.rows()):
                book.drop(key)
            book.put("struck", told(r.MeetingStruck, entry, Days()))
        case _:
            raise TypeError(entry.fact.TYPE)


def _item(item: str, letter: str | None) -> str:
    return f"item:{item}{letter or ''}"


def _rescheduled(book: Book, entry: Entry, fact: f.MeetingRescheduled) -> None:
    """The new plan holds from the day of moving; the first plan is open at its beginning."""
    before = book.last("planned", r.MeetingPlanned)
    if before is None:
        return
    key, plan = before
    days = act(fact.on, entry.day)
    row = told(
        r.MeetingPlanned, entry, days, body=plan.body, written=plan.written, title=plan.title, source=plan.source
    )
    book.put(f"planned:{entry.seq}", row, "planned")
    if days.valid_from is not None:
        book.change(key, valid_until=day_before(days.valid_from))
