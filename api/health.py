"""Whether this process lives, and whether it can do its work: for load balancers and for people on call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
import structlog
from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from psycopg import Error
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from api.freshness import Freshness
from api.problems import Problem
from projections.reading import Connection, reflects
from register.publishing.ledger import last_checkpoint
from register.publishing.publisher import Publisher
from register.publishing.stamp_rows import last_stamped
from register.publishing.witnessed import Witnessed, WitnessTold, witnessed
from register.store.reading import Reader

MOST_BEHIND = 1000
"""Entries that a read model may be behind the log before this process no longer takes readers."""
PATIENCE = 2.0

log = structlog.get_logger(__name__)


class Ready(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """What was looked at: the last position of the log, the one that the read models show, rows that could not be stored, and what of the log is published.

    That something is not published keeps no reader away: it is told here for who watches over it.
    """

    database: str
    log: int | None = None
    shown: int | None = None
    behind: int | None = None
    gaps: int | None = None
    published: int | None = None
    """Entries under the last checkpoint."""
    published_at: datetime | None = None
    published_seconds_ago: int | None = None
    published_too_old: bool = False
    """Whether that is longer ago than REGISTER_LOG_ALARM."""
    not_published_because: str = ""
    witnesses: tuple[WitnessTold, ...] = ()
    """Who is asked to sign it too, and when each did, or why it did not."""
    below_quorum: bool = False
    stamped_seconds_ago: int | None = None
    """Since an authority put its time under a checkpoint; absent when none ever did."""
    not_stamped_because: dict[str, str] = {}
    """By the name of each authority that gave no stamp when it was asked last."""

    @property
    def well(self) -> bool:
        """Whether readers can be sent here."""
        return self.behind is not None and self.behind <= MOST_BEHIND and self.gaps == 0


async def look(
    pool: AsyncConnectionPool[Connection], publisher: Publisher | None = None, freshness: Freshness | None = None
) -> Ready:
    """Look at the database, the lag and the gaps; a database that does not answer is what it finds, not a fault."""
    try:
        async with pool.connection(timeout=PATIENCE) as conn:
            last = (await Reader(conn).head()).size - 1
            shown = await reflects(conn)
            cursor = await conn.execute("SELECT count(*) FROM read.gaps")
            row = await cursor.fetchone()
            published = await last_checkpoint(conn)
            stamped = await last_stamped(conn)
    except (Error, PoolTimeout) as fault:
        log.warning("database_unreachable", reason=str(fault))
        return Ready("unreachable")
    note = published.note if published is not None else None
    seen = witnessed(note, publisher.witnesses) if publisher is not None else Witnessed()
    found = Ready(
        database="reachable",
        witnesses=seen.witnesses,
        below_quorum=not seen.quorum,
        log=last,
        shown=shown,
        behind=max(0, last - shown),
        gaps=int(row[0]) if row else 0,
        not_published_because=publisher.refused if publisher is not None else "",
        stamped_seconds_ago=_ago(stamped) if stamped is not None else None,
        not_stamped_because=publisher.stamping.reasons if publisher is not None else {},
    )
    if published is None:
        return found
    freshness = freshness or Freshness()
    freshness.seen(published.at)
    return msgspec.structs.replace(
        found,
        published=published.size,
        published_at=published.at,
        published_seconds_ago=_ago(published.at),
        published_too_old=freshness.too_old(published.at, datetime.now(UTC)),
    )


def _ago(moment: datetime) -> int:
    return max(0, int((datetime.now(UTC) - moment).total_seconds()))


def health_routes(
    pool: AsyncConnectionPool[Connection], publisher: Publisher | None = None, freshness: Freshness | None = None
) -> Sequence[HTTPRouteHandler]:
    """`/health/live` and `/health/ready`."""

    @get("/health/live", name="health_live", include_in_schema=False)
    async def live() -> Response[bytes]:
        return Response(b'{"status":"alive"}', media_type="application/json", headers={"Cache-Control": "no-store"})

    @get("/health/ready", name="health_ready", include_in_schema=False)
    async def ready() -> Response[bytes]:
        found = await look(pool, publisher, freshness)
        if not found.well:
            raise Problem(503, "not-ready", more={"checks": found}, headers={"Retry-After": "5"})
        body = msgspec.json.encode({"status": "ready", "checks": found})
        return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})

    return [live, ready]
