"""What is known of one stream: rows by key, folded from its entries; nothing in here reads or stores."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TypeVar

import msgspec

from projections.at import Days, day_before
from projections.entry import Entry
from projections.row import Evidence, Row, Text, Voice
from register.values import Evidence as SealedEvidence
from register.values import Sealed
from register.values import Voice as SealedVoice

R = TypeVar("R", bound=Row)
S = TypeVar("S", bound=msgspec.Struct)
T = TypeVar("T")

Change = tuple[str, Row | None, Row | None]
"""A key with its row before and after; None before when it is new, None after when it is gone."""


class Book:
    """The rows of one stream. After each entry either `changes` or `undo` is called, so that a fold that fails leaves no trace.

    A mark is a name for one or more keys, by which a later entry finds what it speaks of; a note is a day that the fold has to
    remember and no row tells.
    """

    __slots__ = ("_marks", "_marks_before", "_notes", "_notes_before", "_rows", "_rows_before")

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._marks: dict[str, tuple[str, ...]] = {}
        self._rows_before: dict[str, Row | None] = {}
        self._marks_before: dict[str, tuple[str, ...] | None] = {}
        self._notes: dict[str, date] = {}
        self._notes_before: dict[str, date | None] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def put(self, key: str, row: Row, *marks: str) -> None:
        """Keep a row under a key; it is also found by each mark, and by `#seq` of the entry that made it."""
        self._rows_before.setdefault(key, self._rows.get(key))
        self._rows[key] = row
        for mark in (f"#{row.seq}", *marks):
            keys = self._marks.get(mark, ())
            if key not in keys:
                self._marks_before.setdefault(mark, self._marks.get(mark))
                self._marks[mark] = (*keys, key)

    def change(self, key: str, **fields: object) -> None:
        """Change some fields of a row that is there."""
        self._rows_before.setdefault(key, self._rows[key])
        self._rows[key] = msgspec.structs.replace(self._rows[key], **fields)

    def drop(self, key: str) -> None:
        """Take a row out."""
        if key in self._rows:
            self._rows_before.setdefault(key, self._rows[key])
            del self._rows[key]

    def get(self, key: str, kind: type[R]) -> R | None:
        """The row under a key, when it is of that kind."""
        row = self._rows.get(key)
        return row if isinstance(row, kind) else None

    def marked(self, mark: str, kind: type[R]) -> list[tuple[str, R]]:
        """The rows of a kind under a mark with their keys, in the order in which they came."""
        found = ((key, self._rows.get(key)) for key in self._marks.get(mark, ()))
        return [(key, row) for key, row in found if isinstance(row, kind)]

    def last(self, mark: str, kind: type[R]) -> tuple[str, R] | None:
        """The row that came last under a mark."""
        rows = self.marked(mark, kind)
        return rows[-1] if rows else None

    def note(self, name: str, day: date) -> None:
        """Remember a day."""
        self._notes_before.setdefault(name, self._notes.get(name))
        self._notes[name] = day

    def noted(self, name: str) -> date | None:
        """The day that was remembered under a name."""
        return self._notes.get(name)

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Every row with its key."""
        yield from self._rows.items()

    def line_up(self, mark: str, until: date | None = None) -> None:
        """Let each row under a mark hold until the day before the next one begins, and the last until `until`."""
        rows = sorted(
            ((row.valid_from, row.seq, key) for key, row in self.marked(mark, Row) if row.valid_from is not None)
        )
        for (_, _, key), following in zip(rows, [*rows[1:], None], strict=True):
            end = day_before(following[0]) if following is not None else until
            self.change(key, valid_until=end)

    def cite(self, seq: int, evidence: tuple[Evidence, ...]) -> None:
        """Better evidence was found for what entry `seq` said."""
        for key, row in self.marked(f"#{seq}", Row):
            if row.seq == seq:
                self.change(key, evidence=(*row.evidence, *evidence))

    def changes(self) -> list[Change]:
        """What the entry changed; forgets how it was before."""
        changed = [
            (key, before, after)
            for key, before in self._rows_before.items()
            if before != (after := self._rows.get(key))
        ]
        self._settle()
        return changed

    def undo(self) -> None:
        """Put everything back as it was before the entry."""
        _restore(self._rows, self._rows_before)
        _restore(self._marks, self._marks_before)
        _restore(self._notes, self._notes_before)
        self._settle()

    def _settle(self) -> None:
        self._rows_before.clear()
        self._marks_before.clear()
        self._notes_before.clear()

    def against(self, old: Book) -> list[Change]:
        """What differs from a book that was folded before."""
        keys = dict.fromkeys((*old._rows, *self._rows))
        return [
            (key, before, after) for key in keys if (before := old._rows.get(key)) != (after := self._rows.get(key))
        ]


def _restore(now: dict[str, T], before: dict[str, T | None]) -> None:
    for name, value in before.items():
        if value is None:
            now.pop(name, None)
        else:
            now[name] = value


def text(sealed: Sealed) -> Text:
    """A seal as a row has it: the place of a text."""
    return Text(sd=sealed.sd, lang=sealed.lang, words=sealed.words)


def cited(entry: Entry, evidence: tuple[SealedEvidence, ...] | None) -> tuple[Evidence, ...]:
    """Evidence as a row has it, with the entry that named it."""
    return tuple(plain(each, Evidence, position=entry.position) for each in evidence or ())


def voice(said: SealedVoice) -> Voice:
    """A voice as a row has it."""
    return plain(said, Voice)


def _read(value: object) -> object:
    if isinstance(value, Sealed):
        return text(value)
    return voice(value) if type(value) is SealedVoice else value


@cache
def _shared(said: type[msgspec.Struct], kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields that two structs have both."""
    return tuple(name for name in said.__struct_fields__ if name in kind.__struct_fields__)


def plain(said: msgspec.Struct, kind: type[S], **more: object) -> S:
    """Another struct with the same fields, seals become the places of their texts; what is absent keeps its default."""
    fields = more
    for name in _shared(type(said), kind):
        if name not in fields and (value := getattr(said, name)) is not None:
            fields[name] = value if type(value) is str else _read(value)
    return kind(**fields)


def told(kind: type[R], entry: Entry, days: Days, **more: object) -> R:
    """The row that an entry makes: the fields that its fact and the row share, the place of the entry, and the days."""
    fact = entry.fact
    return plain(
        fact,
        kind,
        stream=entry.stream,
        seq=entry.seq,
        position=entry.position,
        by=entry.by,
        corrected_by=entry.corrected_by,
        valid_from=days.valid_from,
        valid_until=days.valid_until,
        on=days.on,
        exact=days.exact,
        dated=days.dated,
        certain=getattr(fact, "certain", None) is not False,
        evidence=cited(entry, fact.evidence),
        **more,
    )
