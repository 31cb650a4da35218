"""The kinds of change to rows, and of one byte of everything: each is made behind the register's back, and is undone."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from random import Random

from tests.tamper.files import Files
from tests.tamper.places import Place, SaysTheSame
from tests.tamper.rows import Cell, Database, Row


class Rows:
    """The rows of a database, changed one at a time."""

    def __init__(self, database: Database, random: Random) -> None:
        """Every row is read once, so that it can be put back."""
        self.database, self.random = database, random
        self.rows = {str(table): database.rows(table) for table in database.tables()}
        self.full = [name for name, rows in self.rows.items() if rows]
        self.cells = [
            (row, column)
            for rows in self.rows.values()
            for row in rows
            for column in row.table.columns
            if row.cell(column)
        ]

    @contextmanager
    def with_cell(self, row: Row, column: str, value: Cell) -> Iterator[Place]:
        """A row with other bytes in a column."""
        changed = row.with_cell(column, value)
        self.database.change(row, column, value)
        now = self.database.rows(row.table, changed)
        try:
            if [each.cells for each in now] == [row.cells]:
                raise SaysTheSame
            yield place(row, "" if column in row.table.key else column)
        finally:
            self.database.remove(changed)
            self.database.put(row)

    @contextmanager
    def without(self, row: Row) -> Iterator[Place]:
        """A row that is gone."""
        self.database.remove(row)
        try:
            yield place(row)
        finally:
            self.database.put(row)

    @contextmanager
    def with_row(self, row: Row) -> Iterator[Place]:
        """A row too many."""
        self.database.put(row)
        (there,) = self.database.rows(row.table, row)
        try:
            yield place(there)
        finally:
            self.database.remove(row)

    @contextmanager
    def swapped(self, one: Row, other: Row, column: str) -> Iterator[Place]:
        """Two rows that have each other's bytes in a column."""
        with self.with_cell(one, column, other.cell(column)) as named, self.with_cell(other, column, one.cell(column)):
            yield named

    def any_row(self) -> Row:
        """A row of a table, each table as often as another."""
        return self.random.choice(self.rows[self.random.choice(self.full)])

    def copy(self) -> Row:
        """A row once more, under another key."""
        row = self.any_row()
        column = self.random.choice(row.table.key)
        value = row.cell(column) or b"\0"
        at = self.random.randrange(len(value))
        return row.with_cell(column, value[:at] + bytes([value[at] ^ self.random.randrange(1, 256)]) + value[at + 1 :])

    def cut(self) -> tuple[Row, str, Cell]:
        """A text or bytes of a row without their end."""
        row, column = self.random.choice([cell for cell in self.cells if len(cell[0].cell(cell[1]) or b"") > 1])
        value = row.cell(column) or b""
        return row, column, value[: self.random.randrange(len(value))]

    def pair(self) -> tuple[Row, Row, str]:
        """Two rows of a table, and a column in which they differ."""
        rows = self.rows[self.random.choice([name for name in self.full if len(self.rows[name]) > 1])]
        one, other = self.random.sample(rows, 2)
        free = [name for name in one.table.columns if name not in one.table.key and one.cell(name) != other.cell(name)]
        if not free:
            raise SaysTheSame
        return one, other, self.random.choice(free)


def place(row: Row, column: str = "") -> Place:
    """Where findings name a row."""
    entry = int(row.text("position")) if str(row.table) == "log.events" else None
    return Place(str(row.table), "" if entry is not None else row.key, entry, column)


class Bytes:
    """Every byte of some files and rows in one line, to draw from with the same chance for each."""

    def __init__(self, files: Files, rows: Rows) -> None:
        self.files, self.rows = files, rows
        self._parts: list[str | tuple[Row, str]] = [*files.names, *rows.cells]
        sizes = [
            len(files.raw[part] if isinstance(part, str) else part[0].cell(part[1]) or b"") for part in self._parts
        ]
        self._ends = list(accumulate(sizes))

    def __len__(self) -> int:
        return self._ends[-1]

    @contextmanager
    def changed(self, random: Random) -> Iterator[Place]:
        """One byte is another one."""
        offset = random.randrange(len(self))
        number = bisect(self._ends, offset)
        part, at = self._parts[number], offset - (self._ends[number - 1] if number else 0)
        raw = self.files.raw[part] if isinstance(part, str) else part[0].cell(part[1]) or b""
        other = raw[:at] + bytes([raw[at] ^ random.randrange(1, 256)]) + raw[at + 1 :]
        with (
            self.files.with_bytes(part, other) if isinstance(part, str) else self.rows.with_cell(*part, other)
        ) as named:
            yield named
