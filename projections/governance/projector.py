"""The only writer of governance: what each entry says about the organisation of the region, as rows with their periods."""

from __future__ import annotations

from projections.at import act, period
from projections.book import Book, cited, text, told
from projections.entry import Entry
from projections.fold import Fold
from projections.governance import row as r
from register.governance import facts as f
from register.values import Sealed, last_day


def evolve(book: Book, entry: Entry) -> None:  # noqa: C901  # one arm a fact
    """Take one entry into the book of the organisation: what begins and ends here, the rest below."""
    match entry.fact:
        case f.MemberAdmitted() as fact:
            row = told(r.Membership, entry, period(fact.from_, None))
            book.put(f"membership:{entry.seq}", row, f"membership:{fact.member}")
            _named(book, entry, fact.member, "member")
        case f.BodyEstablished() as fact:
            book.put(f"body:{fact.code}", told(r.BodyRow, entry, period(fact.from_, None)))
            _named(book, entry, fact.code, "body")
        case f.SubregionEstablished() as fact:
            book.put(f"subregion:{fact.subregion}", told(r.SubregionRow, entry, period(fact.from_, None)))
            _named(book, entry, fact.subregion, "subregion")
        case f.MemberRenamed() as fact:
            _named(book, entry, fact.member, "member")
        case f.BodyRenamed() as fact:
            _named(book, entry, fact.body, "body")
        case f.MemberDeparted() as fact:
            _closed(book, entry, _membership(book, fact), fact.until, ended="departed")
        case f.MemberMerged() as fact:
            _closed(book, entry, _membership(book, fact), fact.until, ended="merged", into=fact.into)
        case f.BodyDissolved(body=code, until=until, successor=successor):
            _closed(book, entry, f"body:{code}", until, successor=successor)
        case f.SubregionLeft() as fact:
            joined = book.last(f"in:{fact.member}:{fact.subregion}", r.InSubregion)
            _closed(book, entry, joined[0] if joined else "", fact.until)
        case f.SeatVacated(seat=seat, until=until):
            _closed(book, entry, f"seat:{seat}", until)
        case f.MandateEnded(mandate=mandate, until=until):
            _closed(book, entry, f"mandate:{mandate}", until)
        case _:
            _besides(book, entry)


def _besides(book: Book, entry: Entry) -> None:  # noqa: C901  # one arm a fact
    """Plans, belongings, parties, seats, mandates, rules, inhabitants, themes and corrections."""
    match entry.fact:
        case f.DepartureAnnounced() as fact:
            announced = told(r.DepartureAnnounced, entry, act(fact.on, entry.day))
            book.put(f"departure:{entry.seq}", announced, f"departure:{fact.member}")
            book.line_up(f"departure:{fact.member}")
        case f.SuccessionPlanned() as fact:
            mark = f"succession:{fact.member}:{fact.into}"
            book.put(f"succession:{entry.seq}", told(r.SuccessionPlanned, entry, act(None, entry.day)), mark)
            book.line_up(mark)
        case f.SubregionJoined() as fact:
            belonging = told(r.InSubregion, entry, period(fact.from_, None))
            book.put(f"in:{entry.seq}", belonging, f"in:{fact.member}:{fact.subregion}")
        case f.PartyNamed() as fact:
            name = text(fact.name) if isinstance(fact.name, Sealed) else fact.name
            book.put(f"party:{fact.code}", told(r.Party, entry, period(fact.from_, None), name=name))
        case f.SeatAssigned() as fact:
            book.put(f"seat:{entry.seq}", told(r.Seat, entry, period(fact.from_, None)))
        case f.MandateGranted() as fact:
            book.put(f"mandate:{fact.mandate}", told(r.Mandate, entry, period(fact.from_, None)))
        case f.RuleAdopted() as fact:
            book.put(f"rule:{entry.seq}", told(r.Rule, entry, period(fact.from_, fact.until)))
        case f.InhabitantsCounted() as fact:
            mark = f"inhabitants:{fact.member}"
            book.put(f"inhabitants:{entry.seq}", told(r.Inhabitants, entry, act(fact.on, entry.day)), mark)
            book.line_up(mark)
        case f.ThemeNamed() as fact:
            book.put(f"theme:{fact.code}", told(r.Theme, entry, period(None, None)))
        case f.GovernanceCorrected() as fact:
            row = told(r.Correction, entry, act(None, entry.day), annulled=fact.instead is None)
            book.put(f"correction:{entry.seq}", row)
        case _:
            raise TypeError(entry.fact.TYPE)


def _named(book: Book, entry: Entry, code: str, of: str) -> None:
    """A name from the first day of `from` until the next one begins."""
    fact = entry.fact
    assert isinstance(  # noqa: S101  # those that give a name
        fact, (f.MemberAdmitted, f.MemberRenamed, f.BodyEstablished, f.BodyRenamed, f.SubregionEstablished)
    )
    mark = f"name:{of}:{code}"
    book.put(f"name:{entry.seq}", told(r.Name, entry, period(fact.from_, None), code=code, of=of), mark)
    book.line_up(mark)


def _membership(book: Book, fact: f.MemberDeparted | f.MemberMerged) -> str:
    """The key of the membership that began last before the end that an entry tells."""
    begun = [
        (row.valid_from, key)
        for key, row in book.marked(f"membership:{fact.member}", r.Membership)
        if row.valid_from is not None and row.valid_from <= last_day(fact.until)
    ]
    return max(begun)[1] if begun else ""


def _closed(book: Book, entry: Entry, key: str, until: str, **more: object) -> None:
    """Something ends on the last possible day of `until`; what is cited for its end is cited with it."""
    row = book.get(key, r.GovernanceRow)
    if row is None:
        return
    book.change(
        key,
        until=until,
        valid_until=last_day(until),
        exact=row.exact and period(None, until).exact,
        ended_by=entry.position,
        evidence=(*row.evidence, *cited(entry, entry.fact.evidence)),
        **more,
    )


FOLD = Fold(name="governance", tables=("governance",), kinds=frozenset({"governance"}), evolve=evolve)
