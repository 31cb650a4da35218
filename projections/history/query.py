"""What happened to a decision, step by step, and what each step changed."""

from __future__ import annotations

from projections.at import At
from projections.history.row import Change, Step
from projections.reading import Connection


async def events(conn: Connection, id: str, at: At) -> tuple[Step, ...]:
    """Every entry of a decision known then, in order; also of a struck one."""
    raise NotImplementedError


async def as_of_step(conn: Connection, id: str, step: int, at: At) -> At | None:
    """The clocks that show a decision as it stood after its entry `step`; None when there is no such entry."""
    raise NotImplementedError


async def differences(conn: Connection, id: str, before: At | None, after: At) -> tuple[Change, ...]:
    """What differs in what is known of a decision between two moments; `before` None is before its first entry."""
    raise NotImplementedError
