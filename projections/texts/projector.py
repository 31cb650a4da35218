"""The only writer of texts: each seal gets a row at its place, with its text when there is an opening that fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import cast

import msgspec
from psycopg import sql

from projections.entry import Entry
from projections.filling import deep
from projections.fold import Gap
from projections.log import Log
from projections.reading import Connection
from projections.storing import together
from projections.texts.row import Opened
from register.charter.facts import DisclosureWithdrawn
from register.sealing import BrokenSealError, opened
from register.values import Sealed

TEXT_COLUMNS: Mapping[str, tuple[str, ...]] = {"texts": ("text",)}
"""The columns that hold text, by table; no other column of any read model does."""

PLAIN: frozenset[type] = frozenset({str, int, bool, float, type(None)})
"""What no seal can be in."""

STORE = """
    INSERT INTO {} (stream, seq, field, digest, text)
    SELECT * FROM unnest(%s::uuid[], %s::int[], %s::text[], %s::text[], %s::text[])
"""
WITHHOLD = """
    WITH gone AS (
        UPDATE {table} SET text = NULL, withheld = %(ground)s, instead = %(instead)s,
            authority = %(authority)s, "on" = %(on)s, entry = %(entry)s
        WHERE stream = %(id)s::uuid AND seq = %(seq)s AND field = %(field)s RETURNING digest
    )
    UPDATE {table} AS t SET instead = %(instead)s FROM gone WHERE t.instead = gone.digest
"""
"""What stood in place of another text gives way to what stands in place of it."""


class Texts:
    """A read model that remembers nothing, and so has nothing to fold."""

    name = "texts"
    tables: tuple[str, ...] = ("texts",)

    def __init__(self, prefix: str = "") -> None:
        self.schema = files("projections").joinpath("texts", "schema.sql").read_text("utf-8")
        self.prefix = prefix

    def beside(self) -> Texts:
        """The same read model with a table of its own, empty."""
        return Texts("next_")

    def reset(self) -> None:
        """Nothing is remembered."""

    async def take(self, conn: Connection, entries: Sequence[Entry], log: Log) -> list[Gap]:
        """Store the texts of some entries; an opening that does not fit its seal is a gap, and its text is not shown."""
        sealed = [(entry, field, seal) for entry in entries for field, seal in seals(entry.fact)]
        openings = await log.openings(list({(entry.id, entry.seq): None for entry, _, _ in sealed}))
        rows: list[Opened] = []
        gaps: list[Gap] = []
        for entry, field, seal in sealed:
            words = None
            try:
                if (disclosure := openings.get((entry.stream, entry.seq, field))) is not None:
                    words = opened(seal, disclosure)
            except BrokenSealError as fault:
                gaps.append(Gap(entry.position, f"{field}: {fault}"))
            rows.append(Opened(stream=entry.stream, seq=entry.seq, field=field, digest=seal.sd[0], text=words))
        async with together(conn):
            if rows:
                columns = zip(*((row.stream, row.seq, row.field, row.digest, row.text) for row in rows), strict=True)
                await conn.execute(sql.SQL(STORE).format(self._table), [list(column) for column in columns])
            for entry in entries:
                if isinstance(entry.fact, DisclosureWithdrawn):
                    await self._withhold(conn, entry.fact, entry.position)
        return gaps

    async def _withhold(self, conn: Connection, fact: DisclosureWithdrawn, position: int) -> None:
        said = {
            "ground": fact.ground,
            "authority": fact.authority,
            "on": fact.on,
            "entry": position,
            "instead": fact.instead.sd[0] if fact.instead else None,
            "id": fact.of.id,
            "seq": fact.of.seq,
            "field": fact.of.field,
        }
        await conn.execute(sql.SQL(WITHHOLD).format(table=self._table), said)

    @property
    def _table(self) -> sql.Identifier:
        return sql.Identifier("read", f"{self.prefix}texts")


async def forget(conn: Connection, stream: str, seq: int, field: str) -> None:
    """Take the text of one field out of the read side, at every known time: its opening was deleted."""
    await conn.execute(
        "UPDATE read.texts SET text = NULL WHERE stream = %s::uuid AND seq = %s AND field = %s", (stream, seq, field)
    )


def seals(fact: object) -> Iterator[tuple[str, Sealed]]:
    """Every seal in a fact with its field, as register.sealing.seals_in finds them, but by what is there instead of by type."""
    yield from _within(fact, "")


def _within(value: object, path: str) -> Iterator[tuple[str, Sealed]]:
    if isinstance(value, Sealed):
        yield path, value
        return
    for name, inner in _inside(value):
        if name == "_sd":
            yield path, msgspec.convert(value, Sealed)
        elif type(inner) not in PLAIN:
            yield from _within(inner, f"{path}.{name}" if path else f"{name}")


def _inside(value: object) -> Iterable[tuple[str | int, object]]:
    if isinstance(value, msgspec.Struct):
        return [(written, getattr(value, name)) for written, name in _written(type(value))]
    if isinstance(value, dict):
        return cast("dict[str, object]", value).items()
    return enumerate(cast("Sequence[object]", value))


@cache
def _written(kind: type[msgspec.Struct]) -> tuple[tuple[str, str], ...]:
    """The fields in which a seal may be, as they are written and as they are named."""
    named = zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True)
    return tuple((written, name) for written, name in named if name in deep(kind))
