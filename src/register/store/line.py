"""One connection of the write path, one prepared statement at a time, straight over libpq.

The cursors of psycopg do more than is needed here: this way a statement costs a quarter of the processor time,
which is most of what a lone command waits for. Connecting, errors and the reading of values stay psycopg's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Self

import msgspec
from psycopg import AsyncConnection, OperationalError
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGresult

Rows = list[tuple[Any, ...]]

SESSION = """
    SELECT set_config('default_transaction_isolation', 'read committed', false),
           set_config('timezone', 'UTC', false),
           -- An answer means: on disk. What an operator set beyond that (a standby) stays.
           set_config('synchronous_commit', CASE current_setting('synchronous_commit')
               WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false),
           -- Every statement of the write path looks up by key. Planned once, on a table that was empty then,
           -- it would otherwise go on reading the whole log.
           set_config('enable_seqscan', 'off', false),
           set_config('plan_cache_mode', 'force_generic_plan', false),
           set_config('jit', 'off', false)
"""


class Statement(msgspec.Struct, frozen=True):
    """A statement with places `$1`, `$2`, …; its name is what the server keeps it under."""

    name: bytes
    text: bytes


class Line:
    """Give it one statement at a time. Once `broken` it stays so: close it and open another.

    `silence` is how many seconds an answer may take before the line counts as broken.
    """

    def __init__(self, connection: AsyncConnection[Any], silence: float) -> None:
        self._connection = connection
        self._libpq = connection.pgconn
        self._libpq.nonblocking = 1
        self._silence = silence
        self._prepared: set[bytes] = set()
        self._results: list[PGresult] = []
        self._answer: asyncio.Future[list[PGresult]] | None = None
        self._loop = asyncio.get_running_loop()
        self._socket = self._libpq.socket
        self._loop.add_reader(self._socket, self._readable)
        self.broken = False

    @classmethod
    async def open(cls, conninfo: str, silence: float) -> Self:
        """Connect; each statement is then a transaction of its own."""
        return cls(await connect(conninfo), silence)

    async def run(self, statement: Statement, parameters: Sequence[bytes]) -> Rows:
        """The rows that a statement answers; parameters in PostgreSQL's binary form.

        Raises what the server says, OperationalError when the connection is lost and TimeoutError when it is silent.
        """
        if statement.name not in self._prepared:
            self._libpq.send_prepare(statement.name, statement.text)
            await self._answered()
            self._prepared.add(statement.name)
        self._libpq.send_query_prepared(
            statement.name, parameters, [Format.BINARY] * len(parameters), result_format=Format.BINARY
        )
        result = await self._answered()
        read = Transformer(self._connection)
        read.set_pgresult(result)
        return read.load_rows(0, result.ntuples, tuple)

    async def close(self) -> None:
        """Hang up; a statement under way is not waited for."""
        self._break(OperationalError("the connection was closed"))
        await self._connection.close()

    async def _answered(self) -> PGresult:
        if self.broken:
            raise OperationalError("the connection is lost")
        self._answer = self._loop.create_future()
        silent = self._loop.call_later(self._silence, self._break, TimeoutError("the database is silent"))
        try:
            self._flush()
            result = (await self._answer)[-1]
        except asyncio.CancelledError:
            self._break(OperationalError("the statement was given up"))  # its answer would be taken for the next one's
            raise
        finally:
            self._answer = None
            silent.cancel()
        if result.status == ExecStatus.FATAL_ERROR:
            raise error_from_result(result)
        return result

    def _flush(self) -> None:
        try:
            if self._libpq.flush():
                self._loop.add_writer(self._socket, self._flush)
            else:
                self._loop.remove_writer(self._socket)
        except OperationalError as lost:
            self._break(lost)

    def _readable(self) -> None:
        try:
            self._libpq.consume_input()
            while self._answer is not None and not self._libpq.is_busy():
                result = self._libpq.get_result()
                if result is None:
                    results, self._results = self._results, []
                    if not self._answer.done():
                        self._answer.set_result(results)
                    return
                self._results.append(result)
        except OperationalError as lost:
            self._break(lost)

    def _break(self, why: Exception) -> None:
        if self.broken:
            return
        self.broken = True
        self._loop.remove_reader(self._socket)
        self._loop.remove_writer(self._socket)
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(why)


async def connect(conninfo: str) -> AsyncConnection[Any]:
    """A connection as the store wants it: each statement is a transaction, and what it answers is on disk."""
    connection = await AsyncConnection.connect(conninfo, autocommit=True)
    try:
        await connection.execute(SESSION)
    except BaseException:
        # Nobody else has it yet: given up here, as at the end of a process, it would stay open.
        await connection.close()
        raise
    return connection
