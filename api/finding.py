"""Questions across the whole register: where words are found, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from api.missing import missing
from api.reading import Reading
from projections.completeness.query import counted
from projections.completeness.row import Counted, Gap
from projections.row import Page
from projections.search.query import Where, search
from projections.search.row import Hit


async def found(r: Reading) -> Page[Hit]:
    """What has these words in it; without words nothing."""
    if not r.given["q"]:
        return Page(items=(), total=0, page=r.page, page_size=r.page_size)
    where = Where(q=r.given["q"], place=r.given["place"], body=r.given["body"], member=r.given["member"])
    return await search(r.conn, where, r.at, page=r.page, page_size=r.page_size)


async def gaps(r: Reading) -> Sequence[Gap]:
    """What is missing: of a kind, about a member, in a decision."""
    return await missing(r.conn, r.at, r.given["kind"], member=r.given["member"], decision=r.given["decision"])


async def gap_counts(r: Reading) -> Sequence[Counted]:
    """How much is missing of each kind."""
    return counted(await missing(r.conn, r.at))
