"""The rows of a database as their bytes: every column in the binary form in which PostgreSQL sends it, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import psycopg
from psycopg import sql
from psycopg.pq import ExecStatus, Format

LOG = ("events", "head", "commands", "openings")
KEY = """
    SELECT a.attname FROM pg_index i JOIN unnest(i.indkey) WITH ORDINALITY AS k (attnum, n) ON true
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
    WHERE i.indrelid = %s::regclass AND i.indisprimary ORDER BY k.n
"""

Cell = bytes | None


class RefusedByPostgres(Exception):
    """The database itself takes no such value or row."""


@dataclass(frozen=True)
class Table:
    """A table: its columns, their types, and which of them are its key."""

    schema: str
    name: str
    columns: tuple[str, ...]
    types: tuple[int, ...]
    key: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def quoted(self) -> sql.Identifier:
        """Its name in a statement."""
        return sql.Identifier(self.schema, self.name)


@dataclass(frozen=True)
class Row:
    """One row of a table, column by column; `texts` are the same values as people read them."""

    table: Table
    cells: tuple[Cell, ...]
    texts: tuple[str | None, ...] = field(compare=False)

    def cell(self, column: str) -> Cell:
        """The bytes of one column."""
        return self.cells[self.table.columns.index(column)]

    def text(self, column: str) -> str:
        """One column as people read it."""
        return self.texts[self.table.columns.index(column)] or ""

    @property
    def key(self) -> str:
        """Its key as findings name it."""
        return ", ".join(f"{name} {self.text(name)}" for name in self.table.key)

    def with_cell(self, column: str, value: Cell) -> Row:
        """The same row with other bytes in one column."""
        at = self.table.columns.index(column)
        return replace(self, cells=(*self.cells[:at], value, *self.cells[at + 1 :]))


class Database:
    """A database as somebody with every right reaches it: no trigger stands in the way."""

    def __init__(self, owner: str) -> None:
        """`owner` is the login of a superuser."""
        self.connection = psycopg.connect(owner, autocommit=True)
        self.connection.execute("SET session_replication_role = replica")
        self.connection.execute("SET timezone = UTC")

    def tables(self) -> list[Table]:
        """Those of the log whose rows nobody else vouches for, and all that is answered from."""
        read = self.connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'read' ORDER BY 1"
        ).fetchall()
        return [self._table("log", name) for name in LOG] + [self._table("read", name) for (name,) in read]

    def _table(self, schema: str, name: str) -> Table:
        about = self.connection.execute(sql.SQL("SELECT * FROM {} LIMIT 0").format(sql.Identifier(schema, name)))
        described = about.description or []
        key = self.connection.execute(KEY, (f"{schema}.{name}",)).fetchall()
        return Table(
            schema,
            name,
            tuple(column.name for column in described),
            tuple(column.type_code for column in described),
            tuple(column for (column,) in key),
        )

    def rows(self, table: Table, where: Row | None = None) -> list[Row]:
        """All rows of a table, or the one with the key of another row."""
        columns = [sql.Identifier(name) for name in table.columns]
        # Under other names, or they would be what is sorted by.
        shown = [
            sql.SQL("{}::text AS {}").format(column, sql.Identifier(f"said {at}")) for at, column in enumerate(columns)
        ]
        query = sql.SQL("SELECT {} FROM {}").format(sql.SQL(", ").join(columns), table.quoted)
        texts = sql.SQL("SELECT {} FROM {}").format(sql.SQL(", ").join(shown), table.quoted)
        order = sql.SQL(" ORDER BY {}").format(sql.SQL(", ").join(map(sql.Identifier, table.key)))
        keys: list[tuple[Cell, int]] = []
        if where is not None:
            condition, keys = _keyed(where)
            query, texts = query + condition, texts + condition
        found = self._run(query + order, keys)
        said = self._run(texts + order, keys)
        return [
            Row(table, cells, tuple(None if text is None else text.decode() for text in shown_as))
            for cells, shown_as in zip(found, said, strict=True)
        ]

    def put(self, row: Row) -> None:
        """Add a row; RefusedByPostgres when it may not be there."""
        table = row.table
        places = sql.SQL(", ").join(sql.SQL(f"${at}") for at in range(1, len(row.cells) + 1))  # pyright: ignore[reportArgumentType]  # numbers only
        columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
        statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(table.quoted, columns, places)
        self._run(statement, list(zip(row.cells, table.types, strict=True)))

    def change(self, row: Row, column: str, value: Cell) -> None:
        """Put other bytes in one column of a row."""
        at = row.table.columns.index(column)
        condition, keys = _keyed(row, after=1)
        statement = sql.SQL("UPDATE {} SET {} = $1").format(row.table.quoted, sql.Identifier(column)) + condition
        self._run(statement, [(value, row.table.types[at]), *keys])

    def remove(self, row: Row) -> None:
        """Take a row away, by its key."""
        condition, keys = _keyed(row)
        self._run(sql.SQL("DELETE FROM {}").format(row.table.quoted) + condition, keys)

    def close(self) -> None:
        """Nothing more is changed."""
        self.connection.close()

    def _run(self, statement: sql.Composed, values: Sequence[tuple[Cell, int]]) -> list[tuple[Cell, ...]]:
        result = self.connection.pgconn.exec_params(
            statement.as_bytes(self.connection),
            [value for value, _ in values],
            [kind for _, kind in values],
            [Format.BINARY] * len(values),
            Format.BINARY,
        )
        if result.status not in {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}:
            raise RefusedByPostgres(result.error_message.decode("utf-8", "replace"))
        return [tuple(result.get_value(row, at) for at in range(result.nfields)) for row in range(result.ntuples)]


def _keyed(row: Row, after: int = 0) -> tuple[sql.Composed, list[tuple[Cell, int]]]:
    """The condition that finds a row by its key, and its values."""
    table = row.table
    parts = [
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.SQL(f"${at}"))  # pyright: ignore[reportArgumentType]  # numbers only
        for at, name in enumerate(table.key, after + 1)
    ]
    values = [(row.cell(name), table.types[table.columns.index(name)]) for name in table.key]
    return sql.SQL(" WHERE {}").format(sql.SQL(" AND ").join(parts)), values
