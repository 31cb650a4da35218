"""Exports a running register beside itself."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from pathlib import Path
from typing import Any

from api.exchange.exporting import export
from api.house import zone_of
from projections.at import At
from tests.api.edge import Edge
from tests.exchange.reading import Export


def export_of(edge: Edge, target: Path, day: date | None = None, known_at: datetime | None = None) -> Export:
    """What a register tells on a day, today unless one is given."""
    at = At(day or datetime.now(zone_of(edge.home.opened)).date(), known_at)
    asyncio.run(export(edge.logins.projections, edge.home.opened, at, target, lambda _what, _done, _all: None))
    return Export(target)


def listed(edge: Edge, path: str, **query: str) -> list[Any]:
    """The whole of a list that the API answers."""
    answer = edge.read(path, pageSize=500, **query)
    assert len(answer["items"]) == answer["total"]
    return list(answer["items"])
