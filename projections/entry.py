"""An entry of the log as a projector sees it, and the history of a stream as it holds after its corrections."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from uuid import UUID

import msgspec

from projections.at import civil_day
from register import stored
from register.fact import Fact, Instead
from register.history import CORRECTIONS, replacement
from register.store.reading import Row


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A fact at its place in the log; `known` is its known time and `day` the civil day of that.

    `stream` is its stream as entries name it, `id` the same as the log's columns do. `corrected_by` is the position of the correction that replaced what the entry said with `fact`.
    """

    position: int
    known: datetime
    day: date
    id: UUID
    stream: str
    seq: int
    by: str
    for_: str
    cause: str
    fact: Fact
    corrected_by: int | None = None


def read(row: Row, zone: tzinfo) -> Entry:
    """The entry behind a row of the log; decoded once for all read models."""
    envelope = stored.trusted(row.entry)
    return Entry(
        position=row.position,
        known=row.known,
        day=civil_day(row.known, zone),
        id=row.stream,
        stream=envelope.id,
        seq=envelope.seq,
        by=envelope.by,
        for_=envelope.for_,
        cause=envelope.cause,
        fact=envelope.data,
    )


def is_correction(fact: Fact) -> bool:
    """Tell whether a fact replaces what another entry of its stream said."""
    return fact.TYPE in CORRECTIONS


def as_it_holds(history: Iterable[Entry]) -> list[Entry]:
    """The history of one stream with each corrected entry replaced in its place, or left out when it was annulled.

    The last correction of an entry wins; the corrections themselves keep their place.
    """
    entries = list(history)
    instead: dict[int, tuple[Instead | None, int]] = {
        entry.fact.corrects: (entry.fact.instead, entry.position)  # type: ignore[attr-defined]  # every correction has both
        for entry in entries
        if is_correction(entry.fact)
    }
    held: list[Entry] = []
    for entry in entries:
        said, by = instead.get(entry.seq, (None, None))
        if by is None:
            held.append(entry)
        elif said is not None:
            held.append(msgspec.structs.replace(entry, fact=replacement(said), corrected_by=by))
    return held
