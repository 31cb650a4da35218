"""A connection of the write path belongs to somebody at every moment."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from psycopg import AsyncConnection

from register.store.line import connect


async def test_one_that_is_given_up_while_it_is_made_is_closed(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[AsyncConnection[Any]] = []
    asked = asyncio.Event()

    async def never(connection: AsyncConnection[Any], *_: object) -> None:
        made.append(connection)
        asked.set()
        await asyncio.sleep(60)

    monkeypatch.setattr(AsyncConnection, "execute", never)
    making = asyncio.create_task(connect(server))
    await asked.wait()
    making.cancel()
    with pytest.raises(asyncio.CancelledError):
        await making
    assert made[0].closed
