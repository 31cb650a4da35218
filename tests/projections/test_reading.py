"""An answer is read from one state, and reading writes nothing."""

from __future__ import annotations

import pytest
from psycopg import errors
from psycopg_pool import AsyncConnectionPool

from projections.reading import Connection, snapshot
from register.store.roles import Logins


async def test_every_answer_sees_one_state_and_can_write_nothing(logins: Logins) -> None:
    pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(logins.projections, min_size=1, max_size=1, open=False)
    async with pool:
        for _ in range(2):  # a new connection, and one that was used before
            async with snapshot(pool) as conn:
                cursor = await conn.execute(
                    "SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')"
                )
                assert await cursor.fetchone() == ("repeatable read", "on")
        with pytest.raises(errors.ReadOnlySqlTransaction):
            async with snapshot(pool) as conn:
                await conn.execute("CREATE TABLE read.mine ()")
        async with snapshot(pool) as conn:
            assert await (await conn.execute("SELECT 1")).fetchone() == (1,)
