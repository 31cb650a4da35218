"""The command `register export`: reads what is asked for, writes the folder, and says what it holds and what it cannot."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from psycopg import AsyncConnection

from api.asked import Asked
from api.console import Console
from api.exchange.exporting import Exported, StillBehind, export
from api.exchange.writing import NotEmpty
from api.house import NotOpened, data_dir_of, database, zone_of
from api.problems import Problem
from api.settings import Settings
from projections.at import At
from register.charter.facts import RegisterOpened
from register.opening import already_opened
from register.store.roles import Logins


class NotADay(Exception):
    """A day or moment that was asked for cannot be read."""


FAULTS = (NotADay, NotEmpty, StillBehind)
"""What is told in one sentence; the sentence says what to do."""


def run_export(settings: Settings, region: str, target: Path, console: Console, given: dict[str, str | None]) -> None:
    """Write all that the register tells into a folder; `given` may have `validOn` and `knownAt`, as HTTP reads them."""
    with database(settings, data_dir_of(settings, region)) as logins:
        told = asyncio.run(_export(logins, target.absolute(), given, console))
    rows = sum(each.rows for each in told.files if each.name.endswith(".csv"))
    console.tell(
        told,
        f"{target} tells of {told.region} up to entry {told.position}: {rows} rows in tables, and Popolo beside them.",
        f"{sum(each.count for each in told.cannot_carry)} things are in the register and in no table;"
        " manifest.json says which.",
    )


async def _export(logins: Logins, target: Path, given: dict[str, str | None], console: Console) -> Exported:
    async with await AsyncConnection.connect(logins.projections) as connection:
        opened = await already_opened(connection)
    if opened is None:
        msg = "this database holds no register yet, so there is nothing to export"
        raise NotOpened(msg)
    return await export(logins.projections, opened, clocks(opened, given), target, console.progress)


def clocks(opened: RegisterOpened, given: dict[str, str | None]) -> At:
    """The day and the moment that were asked for, read as HTTP reads them; raises NotADay."""
    query = urlencode({name: value for name, value in given.items() if value is not None}).encode()
    try:
        asked = Asked(query, zone=zone_of(opened), now=datetime.now(UTC), lang="en")
        at = At(asked.valid_on(), asked.known_at())
        asked.done()
    except Problem as problem:
        said = "; ".join(f"{error.field}: {error.message}" for error in problem.errors) or "it cannot be read"
        raise NotADay(said) from None
    return at
