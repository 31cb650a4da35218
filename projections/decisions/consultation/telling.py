"""What each entry says of views, advice, polls, resolutions and undertakings, as rows; the projector of decisions asks."""

from __future__ import annotations

from projections.at import Days, act, day_after
from projections.book import Book, plain, told
from projections.decisions.consultation import row as r
from projections.entry import Entry
from register.decisions import consultation as c
from register.fact import DatedFact
from register.values import first_day, is_exact, last_day

PLAIN: dict[type[c.ConsultationFact], type[r.ConsultationRow]] = {
    c.ViewDeclined: r.Declined,
    c.AdviceRequested: r.AdviceRequest,
    c.AdviceGiven: r.AdviceText,
    c.ResolutionGiven: r.Resolution,
    c.UndertakingGiven: r.Promise,
    c.UndertakingProgressed: r.Progress,
    c.UndertakingClosed: r.Closing,
}
"""The facts that a row tells in the same words; the others are told below."""
ANSWERS: dict[type[c.ConsultationFact], type[r.ConsultationRow]] = {
    c.ViewAnswered: r.ViewAnswer,
    c.ReplyNotePublished: r.ReplyNote,
    c.AdviceAnswered: r.AdviceAnswer,
}
"""The same, where the body that speaks must not be taken for the mandate under which it was entered."""


def heard(book: Book, entry: Entry) -> None:
    """Take an entry that says who was heard or what was promised into the book of its decision."""
    row = _row(book, entry)
    if row is not None:
        book.put(f"heard:{entry.seq}", row)


def _row(book: Book, entry: Entry) -> r.ConsultationRow | None:
    days = act(entry.fact.on, entry.day) if isinstance(entry.fact, DatedFact) else Days(valid_from=entry.day)
    match entry.fact:
        case c.ViewsInvited() as fact:
            return told(r.Invited, entry, _invited(days, fact))
        case c.ViewReceived() as fact:
            return told(r.Received, entry, days, items=tuple(plain(each, r.Point) for each in fact.items or ()))
        case c.ViewMissed() as fact:
            return told(r.Missed, entry, _after_term(book, entry, fact.invitation))
        case c.PollHeld() as fact:
            options = tuple(plain(each, r.Choice) for each in fact.options or ())
            return told(r.Poll, entry, days, options=options, asked_n=fact.asked)
        case _:
            return _plainly(entry, days)


def _plainly(entry: Entry, days: Days) -> r.ConsultationRow | None:
    answer = next((row for kind, row in ANSWERS.items() if type(entry.fact) is kind), None)
    if answer is not None:
        return told(answer, entry, days, by_body=getattr(entry.fact, "by", None))
    same = next((row for kind, row in PLAIN.items() if type(entry.fact) is kind), None)
    return told(same, entry, days) if same is not None else None


def _invited(said: Days, fact: c.ViewsInvited) -> Days:
    """From the day of the invitation, or the first day of its term when that comes before it or is all that is known."""
    if fact.from_ is None:
        return said
    first = first_day(fact.from_)
    begins = min(first, said.valid_from) if said.dated and said.valid_from else first
    return Days(valid_from=begins, on=said.on, exact=said.exact and is_exact(fact.from_))


def _after_term(book: Book, entry: Entry, invitation: int) -> Days:
    """From the day after the term in which nothing came."""
    asked = book.get(f"heard:{invitation}", r.Invited)
    until = asked.until if asked is not None else None
    begins = min(day_after(last_day(until)), entry.day) if until is not None else entry.day
    return Days(valid_from=begins, dated=until is not None)
