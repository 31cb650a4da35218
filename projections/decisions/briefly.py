"""Several decisions at once, in the few facts that a list or a reference to them needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from projections.at import At
from projections.decisions import row as r
from projections.filling import filled
from projections.reading import BEGUN, Connection, rows
from projections.row import Text, Told

FACTS = ("proposed", "outcome", "justification", "part")


class Brief(Told, frozen=True, kw_only=True):
    """What is to be decided, the outcome of the whole, the latest reason for it, and the titles of its parts."""

    id: str
    proposed: r.Proposed
    outcome: r.Outcome | None = None
    justification: r.Justification | None = None
    parts: Mapping[str, Text]

    @property
    def title(self) -> Text:
        """The title."""
        return self.proposed.title


async def briefly(conn: Connection, ids: Collection[str], at: At) -> Mapping[str, Brief]:
    """Each of these decisions that was known and held by then, by its id; struck ones too."""
    if not ids:
        return {}
    found: list[r.Proposed | r.Outcome | r.Justification | r.PartText] = await rows(
        conn,
        "decisions_facts",
        r.Proposed | r.Outcome | r.Justification | r.PartText,
        at,
        days=BEGUN,
        where="r.stream = ANY (%(ids)s) AND r.fact = ANY (%(facts)s)",
        arguments={"ids": [UUID(each) for each in sorted(ids)], "facts": list(FACTS)},
    )
    return await filled(conn, {brief.id: brief for brief in _briefs(found)})


def _briefs(found: list[r.Proposed | r.Outcome | r.Justification | r.PartText]) -> list[Brief]:
    outcomes: dict[str, list[r.Outcome]] = {}
    reasons: dict[str, r.Justification] = {}
    parts: dict[str, dict[str, Text]] = {}
    for row in found:
        match row:
            case r.Outcome():
                outcomes.setdefault(row.stream, []).append(row)
            case r.Justification(of=None):
                reasons[row.stream] = row
            case r.PartText():
                parts.setdefault(row.stream, {})[row.part] = row.title
            case _:
                pass
    return [
        Brief(
            id=row.stream,
            proposed=row,
            outcome=r.of_the_whole(sorted(outcomes.get(row.stream, ()), key=_order)),
            justification=reasons.get(row.stream),
            parts=parts.get(row.stream, {}),
        )
        for row in found
        if isinstance(row, r.Proposed)
    ]


def _order(row: r.Outcome) -> tuple[date, int]:
    return row.valid_from or date.min, row.seq
