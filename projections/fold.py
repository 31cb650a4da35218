"""A read model that is a fold: each stream has a book, each entry changes some of its rows, and the changes are stored."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from importlib.resources import files
from uuid import UUID

import msgspec
import psycopg

from projections.book import Book, Change
from projections.entry import Entry, as_it_holds, is_correction
from projections.log import Log
from projections.reading import Connection
from projections.storing import Changed, store
from register.fact import Fact

Evolve = Callable[[Book, Entry], None]

ROOM = 5_000
"""How many rows the books of a read model may have together; what is taken off is folded again when it is needed."""


class Gap(msgspec.Struct, frozen=True):
    """An entry that a read model could not take in."""

    position: int
    reason: str


class Fold(msgspec.Struct, frozen=True, kw_only=True):
    """What a read model is: its tables, the kinds of stream that it reads, and the fold.

    `says` are the only types of fact, beside corrections, that the fold takes notice of (None: all). Without `replaces` a correction is an entry like any other; with it the stream is folded anew with the corrected entry replaced.
    """

    name: str
    tables: tuple[str, ...]
    kinds: frozenset[str]
    evolve: Evolve
    says: frozenset[type[Fact]] | None = None
    replaces: bool = True

    def takes(self, fact: Fact) -> bool:
        """Tell whether a fact can change a row."""
        if fact.KIND not in self.kinds:
            return False
        return self.says is None or type(fact) in self.says or is_correction(fact)


class Folded:
    """A fold at work: takes in entries in the order of the log, on a connection whose transaction belongs to the caller.

    `prefix` stands before the names of its tables, so that one can be built beside the one that is read.
    """

    def __init__(self, fold: Fold, prefix: str = "") -> None:
        self.name = fold.name
        self.tables = fold.tables
        self.schema = files("projections").joinpath(fold.name, "schema.sql").read_text("utf-8")
        self.prefix = prefix
        self._fold = fold
        self._shelf: OrderedDict[str, Book] = OrderedDict()

    def beside(self) -> Folded:
        """The same read model with tables of its own, empty."""
        return Folded(self._fold, "next_")

    def reset(self) -> None:
        """Forget every book: what was folded was not stored."""
        self._shelf.clear()

    async def take(self, conn: Connection, entries: Sequence[Entry], log: Log) -> list[Gap]:
        """Store what the entries change; an entry that cannot be folded becomes a gap. The books count on the commit: see reset."""
        for entry in entries:
            if entry.seq == 1 and entry.fact.KIND in self._fold.kinds:
                self._shelf[entry.stream] = Book()  # a stream that begins has no history to be fetched
        mine = [entry for entry in entries if self._fold.takes(entry.fact)]
        if not mine:
            return []
        await self._fetch(mine, log)
        changed: list[Changed] = []
        gaps: list[Gap] = []
        for entry in mine:
            try:
                changed.extend(Changed(entry, *change) for change in await self._changes(entry, log))
            except psycopg.Error:
                raise  # the log could not be read: that is no fault of the entry
            except Exception as fault:  # noqa: BLE001  # whatever an entry is stopped by, the others go on
                gaps.append(Gap(entry.position, f"{type(fault).__name__}: {fault}"))
        await store(conn, changed, self.prefix)
        self._make_room()
        return gaps

    async def _changes(self, entry: Entry, log: Log) -> list[Change]:
        book = self._shelf.setdefault(entry.stream, Book())
        self._shelf.move_to_end(entry.stream)
        if self._fold.replaces and is_correction(entry.fact):
            history = await log.histories({entry.id: entry.position + 1})
            anew = self._folded(history[entry.stream])
            self._shelf[entry.stream] = anew
            return anew.against(book)
        try:
            self._fold.evolve(book, entry)
        except Exception:
            book.undo()
            raise
        return book.changes()

    async def _fetch(self, entries: Sequence[Entry], log: Log) -> None:
        """Fold the streams that have entries before these and are not on the shelf."""
        missing: dict[UUID, int] = {}
        for entry in entries:
            if entry.stream not in self._shelf:
                missing.setdefault(entry.id, entry.position)
        if missing:
            for stream, history in (await log.histories(missing)).items():
                self._shelf[stream] = self._folded(history)

    def _folded(self, history: Sequence[Entry]) -> Book:
        book = Book()
        for entry in as_it_holds(history) if self._fold.replaces else history:
            if not self._fold.takes(entry.fact):
                continue
            try:
                self._fold.evolve(book, entry)
            except Exception:  # noqa: BLE001  # it is a gap already, or will be one when its turn comes
                book.undo()
            else:
                book.changes()
        return book

    def _make_room(self) -> None:
        size = sum(len(book) + 1 for book in self._shelf.values())
        while size > ROOM and len(self._shelf) > 1:
            _, book = self._shelf.popitem(last=False)
            size -= len(book) + 1
