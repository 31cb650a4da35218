"""Ends a register whose database was put back under it: what serves goes on through a restart of PostgreSQL, and must not through an older copy."""

from __future__ import annotations

import asyncio
from pathlib import Path

from psycopg import AsyncConnection, Error

from register.publishing.files import Files
from register.publishing.publisher import Home
from register.restoring.continuing import KNOWN, older, shown_size
from register.store.roles import Logins

LOOK = 1.0
"""Seconds between two looks."""
PATIENCE = 10.0
"""Seconds that the database has to answer a look."""


async def until_older(logins: Logins, data_dir: Path) -> None:
    """Return never; RestoreRefused as soon as the database knows less than was published from here."""
    log = Files(Home(data_dir).log)
    while True:
        try:
            # As the owner: an older copy may have come without the rights of the others.
            async with await AsyncConnection.connect(logins.owner, autocommit=True) as connection:
                while True:
                    await _look(connection, log)
                    await asyncio.sleep(LOOK)
        except (Error, OSError, TimeoutError):
            # A database that is away answers nobody; when it is back it is looked at first.
            await asyncio.sleep(LOOK / 10)


async def _look(connection: AsyncConnection, log: Files) -> None:
    # The file before the database: what is shown was kept there before.
    published = await asyncio.to_thread(shown_size, log)
    async with asyncio.timeout(PATIENCE):
        row = await (await connection.execute(KNOWN)).fetchone()
    if row is not None and published > min(row):
        raise older(log, published, min(row))
