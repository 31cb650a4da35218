"""The only writer of the course: the positions of members, each with the days on which it stood."""

from __future__ import annotations

from projections.at import act, day_before
from projections.book import Book, cited, text, told
from projections.course.row import Position
from projections.entry import Entry
from projections.fold import Fold
from register.decisions.facts import EvidenceAdded
from register.decisions.standing import PositionExplained, PositionRecorded, PositionRevised, PositionWithdrawn


def evolve(book: Book, entry: Entry) -> None:
    """Take one entry into the book of a decision's positions; most entries of a decision say nothing about them."""
    match entry.fact:
        case PositionRecorded() as fact:
            row = told(Position, entry, act(fact.on, entry.day), recorded=entry.seq)
            book.put(f"position:{entry.seq}", row, _line(entry.seq))
        case PositionRevised() as fact:
            _revised(book, entry, fact)
        case PositionExplained() as fact:
            _explained(book, entry, fact)
        case PositionWithdrawn() as fact:
            _withdrawn(book, entry, fact)
        case EvidenceAdded(of=seq, evidence=evidence):
            book.cite(seq, cited(entry, evidence))
        case _:
            return


def _line(recorded: int) -> str:
    """The mark of a position with its revisions."""
    return f"position:{recorded}"


def _revised(book: Book, entry: Entry, fact: PositionRevised) -> None:
    last = book.last(_line(fact.position), Position)
    if last is None:
        return
    key, before = last
    book.change(key, revised_by=entry.position)
    row = told(
        Position,
        entry,
        act(fact.on, entry.day),
        recorded=fact.position,
        member=before.member,
        voice=before.voice,
        part=before.part,
        n=fact.n if fact.n is not None else before.n,
    )
    book.put(f"position:{entry.seq}", row, _line(fact.position))
    book.line_up(_line(fact.position))


def _explained(book: Book, entry: Entry, fact: PositionExplained) -> None:
    last = book.last(_line(fact.position), Position)
    if last is None:
        return
    key, row = last
    book.change(
        key,
        reason=text(fact.reason),
        reason_missing=None,
        explained_by=entry.position,
        explained_on=act(fact.on, entry.day).valid_from,
        evidence=(*row.evidence, *cited(entry, fact.evidence)),
    )


def _withdrawn(book: Book, entry: Entry, fact: PositionWithdrawn) -> None:
    last = book.last(_line(fact.position), Position)
    day = act(fact.on, entry.day).valid_from
    if last is None or day is None:
        return
    key, row = last
    book.change(
        key,
        valid_until=day_before(day),
        withdrawn_on=day,
        withdrawn_by=entry.position,
        because=fact.because,
        overruled=fact.rel == "overrules",
        evidence=(*row.evidence, *cited(entry, fact.evidence)),
    )


FOLD = Fold(
    name="course",
    tables=("course",),
    kinds=frozenset({"decision"}),
    evolve=evolve,
    says=frozenset({PositionRecorded, PositionRevised, PositionExplained, PositionWithdrawn, EvidenceAdded}),
)
