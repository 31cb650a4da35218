"""The only writer of standpoints: who holds which other view, for which days, what was answered and how it was weighed."""

from __future__ import annotations

from typing import get_args

from projections.at import Days, act, day_before
from projections.book import Book, cited, text, told
from projections.entry import Entry
from projections.fold import Fold
from projections.standpoints.row import Answer, Holder, Left, StandpointText, Weighing
from register.decisions import standing as s
from register.decisions.facts import EvidenceAdded
from register.values import first_day, is_exact, last_day


def evolve(book: Book, entry: Entry) -> None:
    """Take one entry into the book of a decision's standpoints; most entries of a decision say nothing about them."""
    match entry.fact:
        case s.MinorityStandpointRecorded() as fact:
            said = told(StandpointText, entry, _held(fact, entry), standpoint=entry.seq)
            book.put(f"standpoint:{entry.seq}", said, _line(entry.seq))
        case s.MinorityStandpointAmended() as fact:
            _amended(book, entry, fact)
        case s.MinorityStandpointWithdrawn() as fact:
            _withdrawn(book, entry, fact)
        case s.MinorityStandpointJoined() as fact:
            key, mark = f"holder:{entry.seq}", f"holder:{fact.standpoint}:{fact.member}"
            book.put(key, told(Holder, entry, act(fact.on, entry.day)), mark)
        case s.MinorityStandpointLeft() as fact:
            _left(book, entry, fact)
        case s.MinorityStandpointAnswered() as fact:
            book.put(f"answer:{entry.seq}", told(Answer, entry, act(fact.on, entry.day)))
        case s.MinorityStandpointWeighed() as fact:
            weighing = told(Weighing, entry, act(fact.on, entry.day), by_body=fact.by)
            book.put(f"weighing:{entry.seq}", weighing)
        case EvidenceAdded(of=seq, evidence=evidence):
            book.cite(seq, cited(entry, evidence))
        case _:
            return


def _line(recorded: int) -> str:
    """The mark of a standpoint with its amended texts."""
    return f"standpoint:{recorded}"


def _held(fact: s.MinorityStandpointRecorded, entry: Entry) -> Days:
    """From the first day of `from` when the source gives one, else from the day it was said; until the last day of `until`."""
    said = act(fact.on, entry.day)
    return Days(
        valid_from=first_day(fact.from_) if fact.from_ else said.valid_from,
        valid_until=last_day(fact.until) if fact.until else None,
        on=said.on,
        exact=said.exact and all(is_exact(when) for when in (fact.from_, fact.until) if when),
        dated=said.dated or fact.from_ is not None,
    )


def _amended(book: Book, entry: Entry, fact: s.MinorityStandpointAmended) -> None:
    last = book.last(_line(fact.standpoint), StandpointText)
    if last is None:
        return
    key, before = last
    book.change(key, amended_by=entry.position)
    alternative = text(fact.alternative) if fact.alternative else before.alternative
    kept = {name: getattr(before, name) for name in ("voice", "parts", "against", "adds_to", "from_", "until")}
    row = told(StandpointText, entry, act(fact.on, entry.day), alternative=alternative, **kept)
    book.put(f"standpoint:{entry.seq}", row, _line(fact.standpoint))
    book.line_up(_line(fact.standpoint), until=before.valid_until)


def _withdrawn(book: Book, entry: Entry, fact: s.MinorityStandpointWithdrawn) -> None:
    last = book.last(_line(fact.standpoint), StandpointText)
    day = act(fact.on, entry.day).valid_from
    if last is None or day is None:
        return
    key, row = last
    end = day_before(day)
    book.change(
        key,
        valid_until=min(end, row.valid_until) if row.valid_until else end,
        withdrawn_on=day,
        withdrawn_by=entry.position,
        evidence=(*row.evidence, *cited(entry, fact.evidence)),
    )


def _left(book: Book, entry: Entry, fact: s.MinorityStandpointLeft) -> None:
    """One that joined holds it no longer; one that recorded it has no row to close, so its leaving is one."""
    days = act(fact.on, entry.day)
    joined = book.last(f"holder:{fact.standpoint}:{fact.member}", Holder)
    if joined is None or joined[1].left_by is not None or days.valid_from is None:
        book.put(f"left:{entry.seq}", told(Left, entry, days))
        return
    key, row = joined
    evidence = (*row.evidence, *cited(entry, fact.evidence))
    end = day_before(days.valid_from)
    book.change(key, valid_until=end, left_on=days.valid_from, left_by=entry.position, evidence=evidence)


FOLD = Fold(
    name="standpoints",
    tables=("standpoints",),
    kinds=frozenset({"decision"}),
    evolve=evolve,
    says=frozenset({*get_args(s.StandpointFact), EvidenceAdded}),
)
