"""The only reader of what was withdrawn; at no known time is there more or less of it than now."""

from __future__ import annotations

from projections.filling import filled
from projections.reading import Connection
from projections.row import Text
from projections.texts.row import Withdrawal
from register import stored
from register.charter.facts import DisclosureWithdrawn

MOST = 500
"""So many are told at once, the newest first."""

WITHDRAWN = """
    SELECT e.position, e.known, e.entry, h.position, h.kind, h.type
    FROM log.events e, log.withdrawn_by(e.entry) w JOIN log.events h ON (h.stream, h.seq) = (w.stream, w.seq)
    WHERE e.type = 'disclosure.withdrawn' AND e.position <= %s ORDER BY e.position DESC LIMIT %s
"""


async def withdrawals(conn: Connection, until: int) -> tuple[Withdrawal, ...]:
    """Every text that was withdrawn up to a position of the log, with what stands in its place."""
    cursor = await conn.execute(WITHDRAWN, (until, MOST))
    told: list[Withdrawal] = []
    for position, known, entry, of, kind, type_ in await cursor.fetchall():
        fact = stored.trusted(bytes(entry)).data
        assert isinstance(fact, DisclosureWithdrawn)  # noqa: S101  # the store keeps its type beside it
        told.append(
            Withdrawal(
                position=position,
                known_from=known,
                ground=fact.ground,
                authority=fact.authority,
                on=fact.on,
                stream=fact.of.id,
                kind=kind,
                type=type_,
                field=fact.of.field,
                of=of,
                instead=Text(sd=seal.sd, lang=seal.lang, words=seal.words) if (seal := fact.instead) else None,
            )
        )
    return tuple(await filled(conn, told))
