"""The only writer of history: every entry of a decision, dossier or meeting as it was written, with what a correction made of it."""

from __future__ import annotations

import msgspec

from projections.at import act
from projections.book import Book, cited, told
from projections.entry import Entry
from projections.fold import Fold
from projections.history.row import Event
from register.decisions.facts import DecisionCorrected, EvidenceAdded
from register.dossiers.facts import DossierCorrected
from register.meetings.facts import MeetingCorrected


def evolve(book: Book, entry: Entry) -> None:
    """Take one entry into the book; a correction leaves the entry that it corrects in place and says so there."""
    fact = entry.fact
    days = act(getattr(fact, "on", None), entry.day)
    data = msgspec.to_builtins(fact)
    row = told(Event, entry, days, type=fact.TYPE, v=fact.V, cause=entry.cause, for_=entry.for_, data=data)
    book.put(_key(entry.seq), row)
    match fact:
        case (
            DecisionCorrected(corrects=seq, instead=instead)
            | DossierCorrected(corrects=seq, instead=instead)
            | MeetingCorrected(corrects=seq, instead=instead)
        ) if book.get(_key(seq), Event):
            book.change(_key(seq), corrected_by=entry.position, corrected_to=dict(instead.data) if instead else None)
        case EvidenceAdded(of=seq, evidence=evidence):
            book.cite(seq, cited(entry, evidence))
        case _:
            return


def _key(seq: int) -> str:
    return f"event:{seq}"


FOLD = Fold(
    name="history",
    tables=("history",),
    kinds=frozenset({"decision", "dossier", "meeting"}),
    evolve=evolve,
    replaces=False,
)
