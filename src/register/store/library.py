"""The eventsourcing library's contracts over the same log: its recorder and subscription, without what is slow or wrong there.

Its notification ids count from 1, our positions from 0. Its own tables and functions are never made.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
from eventsourcing.persistence import (
    IntegrityError,
    InterfaceError,
    Notification,
    OperationalError,
    StoredEvent,
    Subscription,
)
from eventsourcing.postgres import (
    PostgresApplicationRecorder,
    PostgresDatastore,
    PostgresFactory,
    PostgresSubscription,
)
from psycopg import Connection, Cursor
from psycopg.adapt import Dumper
from psycopg.errors import DatabaseError
from psycopg.pq import Format
from psycopg.rows import DictRow
from typing_extensions import override

from register.store.appending import Append, Entry
from register.store.mapper import parts_of, topic_of
from register.store.recorder import REPEATED
from register.store.rows import ROW_TYPES, RowTypes, pack
from register.store.subscription import CHANNEL

APPEND = """
    SELECT outcome, first, known, culprits
    FROM log.append(%b::log.command_row[], %b::log.entry_row[], %b::log.guard_row[], %b::log.opening_row[])
"""
EVENTS = """
    SELECT stream, seq, kind, type, v, entry FROM log.events
    WHERE stream = %b AND seq > %b AND seq <= %b ORDER BY seq {} LIMIT %b
"""
NOTIFICATIONS = """
    SELECT position + 1, stream, seq, kind, type, v, entry FROM log.events
    WHERE position >= %b AND position <= %b
      AND (%b::text[] IS NULL OR (kind, type, v) IN (SELECT * FROM unnest(%b::text[], %b::text[], %b::int[])))
    ORDER BY position LIMIT %b
"""
LAST = 2**31 - 1


class Batch:
    """An array of rows in binary form; what type it has stands beside its place in the statement."""

    __slots__ = ("data",)

    def __init__(self, data: bytes) -> None:
        self.data = data


class BatchDumper(Dumper):
    """Sends a batch as it is."""

    format = Format.BINARY
    oid = 0

    @override
    def dump(self, obj: Batch) -> bytes:
        return obj.data


psycopg.adapters.register_dumper(Batch, BatchDumper)


class GaplessRecorder(PostgresApplicationRecorder):
    """Keyword arguments of `insert_events`: `cause`, `time`, `guards`, `openings`, `request_hash`, `account`, as in Append.

    Without a `cause` each call is a command of its own.
    """

    def __init__(self, datastore: PostgresDatastore, *, events_table_name: str = "events") -> None:
        if datastore.enable_db_functions:
            raise ValueError("POSTGRES_ENABLE_DB_FUNCTIONS loses events and is refused")
        super().__init__(datastore, events_table_name=events_table_name)
        self.channel_name = CHANNEL
        self._types: RowTypes | None = None

    @override
    def create_table(self) -> None:
        """Nothing: the tables come from our own migrations, by another role."""

    @override
    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        if not stored_events:
            return None
        append = as_append(stored_events, **kwargs)
        try:
            with self.datastore.get_connection() as conn, conn.cursor(binary=True) as curs:
                row = _execute(curs, pack([append], append.guards, self._row_types(curs)))
        except (OperationalError, InterfaceError):
            # Not a blind second try: the command table says whether the first was stored.
            known = self._known(append)
            if known is None:
                raise
            return known
        if row is None:
            known = self._known(append)
            if known is None:
                raise IntegrityError("the command was stored before, with other content")
            return known
        if row["outcome"] != "stored":
            raise IntegrityError(f"nothing was stored: {row['outcome']} {row['culprits'] or ''}")
        return list(range(row["first"] + 1, row["first"] + 1 + len(stored_events)))

    def _row_types(self, curs: Cursor[DictRow]) -> RowTypes:
        if self._types is None:
            row = curs.execute(ROW_TYPES).fetchone()
            self._types = RowTypes(*(row or {}).values())
        return self._types

    def _known(self, append: Append) -> Sequence[int] | None:
        """The ids that a command got, if it is stored with this content."""
        with self.datastore.get_connection() as conn, conn.cursor(binary=True) as curs:
            curs.execute("SELECT first, count, request_hash FROM log.commands WHERE cause = %b", (append.cause,))
            row = curs.fetchone()
        if row is None or row["request_hash"] not in (None, append.request_hash):
            return None
        return list(range(row["first"] + 1, row["first"] + 1 + row["count"]))

    @override
    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        query = EVENTS.format("DESC" if desc else "ASC").encode()
        bounds = (originator_id, -1 if gt is None else gt, LAST if lte is None else lte, limit)
        with self.datastore.get_connection() as conn, conn.cursor(binary=True) as curs:
            curs.execute(query, bounds, prepare=True)
            return [
                StoredEvent(row["stream"], row["seq"], topic_of(row["kind"], row["type"], row["v"]), row["entry"])
                for row in curs
            ]

    @override
    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        first = 0 if start is None else start - (1 if inclusive_of_start else 0)
        last = 2**62 if stop is None else stop - 1
        parts = [parts_of(topic) for topic in topics]
        kinds, types, versions = ([part[i] for part in parts] for i in range(3))
        with self.datastore.get_connection() as conn, conn.cursor(binary=True) as curs:
            curs.execute(NOTIFICATIONS, (first, last, kinds or None, kinds, types, versions, limit), prepare=True)
            return [
                Notification(
                    row["stream"],
                    row["seq"],
                    topic_of(row["kind"], row["type"], row["v"]),
                    row["entry"],
                    row["?column?"],
                )
                for row in curs
            ]

    @override
    def max_notification_id(self) -> int | None:
        with self.datastore.get_connection() as conn, conn.cursor() as curs:
            curs.execute("SELECT nullif(next, 0) AS last FROM log.head")
            row = curs.fetchone()
        return None if row is None else row["last"]

    @override
    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[PostgresApplicationRecorder]:
        return RobustSubscription(self, gt=gt, topics=topics)


class RobustSubscription(PostgresSubscription):
    """Listens before it reads, looks every second without being told, and outlives its connections."""

    @override
    def _listen(self) -> None:
        while not self._has_been_stopped:
            try:
                with self._recorder.datastore.get_connection() as conn:
                    conn.execute(f"LISTEN {CHANNEL}")
                    self._has_been_notified.set()  # what came before we listened
                    self._hear(conn)
            except (OperationalError, InterfaceError):
                time.sleep(0.1)

    def _hear(self, conn: Connection[DictRow]) -> None:
        look = time.monotonic() + 1
        while not self._has_been_stopped:
            told = list(conn.notifies(timeout=0.1, stop_after=1))
            if told or time.monotonic() > look:
                look = time.monotonic() + 1
                self._has_been_notified.set()

    @override
    def _loop_on_pull(self) -> None:
        while not self._has_been_stopped:
            try:
                self._pull()
                self._has_been_notified.wait()
            except (OperationalError, InterfaceError):
                time.sleep(0.1)
            except BaseException as error:  # noqa: BLE001 - raised again in the reader's thread
                self._thread_error = self._thread_error or error
                self.stop()


class Factory(PostgresFactory):
    """`PERSISTENCE_MODULE=register.store.library:Factory`."""

    application_recorder_class = GaplessRecorder


def as_append(stored_events: Sequence[StoredEvent], **kwargs: Any) -> Append:  # noqa: ANN401 - as they come
    """The stored events as one command."""
    cause: UUID = kwargs.get("cause") or uuid4()
    now: datetime = kwargs.get("time") or datetime.now(UTC)
    entries = tuple(_entry(event, now, cause) for event in stored_events)
    return Append(
        cause,
        now,
        entries,
        kwargs.get("guards", {}),
        kwargs.get("openings", ()),
        kwargs.get("request_hash"),
        kwargs.get("account"),
    )


def _entry(event: StoredEvent, now: datetime, cause: UUID) -> Entry:
    if not isinstance(event.originator_id, UUID):
        raise TypeError("the id of a stream is a UUID")
    kind, type_, v = parts_of(event.topic)
    return Entry(event.originator_id, kind, event.originator_version, type_, v, now, cause, event.state)


def _execute(curs: Cursor[DictRow], arguments: Sequence[bytes]) -> DictRow | None:
    """The row of `log.append`; None when the command was stored before."""
    try:
        curs.execute(APPEND, [Batch(argument) for argument in arguments], prepare=True)
    except DatabaseError as error:
        if error.sqlstate == REPEATED:
            return None
        raise
    return curs.fetchone()
