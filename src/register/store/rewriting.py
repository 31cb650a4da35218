"""Rewrites what held a deleted text: tables with indexes and statistics, then the write-ahead log until nothing of before is left.

Each step may be done again: dying anywhere leaves the database as it was or as it is to be, and the next run does the rest.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, LiteralString

import psycopg
from psycopg import Connection, sql

Asked = Connection[Any]
Progress = Callable[[int, int], None]
"""Called with how much was done, and how much there is."""

STATISTICS = "pg_catalog.pg_statistic"
"""Holds the most common values of every column, texts among them."""
PATIENCE = 60.0
"""Seconds in which transactions that began before may end."""
LOCKED = 30
"""Seconds that a rewrite waits for its table: readers and writers wait behind it as long."""
LONGEST = 3600
"""Seconds that one statement may take."""
ROUNDS = 8
"""Checkpoints after which what is left of the write-ahead log is held by something else."""
TICK = 1.1
"""Seconds: files tell their time in whole ones, so what is written after such a wait is younger than all before."""
SESSION = f"SET lock_timeout = '{LOCKED}s'; SET statement_timeout = '{LONGEST}s'; SET idle_in_transaction_session_timeout = '60s'"


class RewritingRefused(Exception):
    """What is deleted could not be rewritten out of the files; the message says what to do."""


def missing_rights(conn: Asked) -> list[str]:
    """What a superuser of the server would have to grant to this login, as statements; empty when it can do all."""
    [superuser, user, database] = _row(
        conn, "SELECT rolsuper, current_user, current_database() FROM pg_roles WHERE rolname = current_user"
    )
    if superuser:
        return []
    wanted: tuple[tuple[LiteralString, LiteralString], ...] = (
        (
            "SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()",
            "ALTER DATABASE {database} OWNER TO {user}",
        ),
        ("SELECT pg_has_role('pg_checkpoint', 'USAGE')", "GRANT pg_checkpoint TO {user}"),
        (
            "SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE')",
            "GRANT EXECUTE ON FUNCTION pg_switch_wal() TO {user}",
        ),
        ("SELECT has_function_privilege('pg_ls_waldir()', 'EXECUTE')", "GRANT pg_monitor TO {user}"),
    )
    names = {"user": sql.Identifier(user), "database": sql.Identifier(database)}
    return [sql.SQL(grant).format(**names).as_string(conn) for asked, grant in wanted if not _row(conn, asked)[0]]


def rewrite(conn: Asked, table: str) -> None:
    """Write a table, what it keeps aside and its indexes anew, without what was deleted; the statistics are taken anew."""
    settle(conn)
    before = _file_of(conn, table)
    name = sql.Identifier(*table.split("."))
    how = sql.SQL("VACUUM (FULL) {}") if table == STATISTICS else sql.SQL("VACUUM (FULL, ANALYZE) {}")
    try:
        conn.execute(how.format(name))
    except psycopg.errors.LockNotAvailable as fault:
        msg = f"{table} is in use for longer than {LOCKED} s; run this again when fewer use it"
        raise RewritingRefused(msg) from fault
    if _file_of(conn, table) == before:
        msg = f"{table} was not written anew, because this login may not; REGISTER_DATABASE_URL must be its owner"
        raise RewritingRefused(msg)


def settle(conn: Asked) -> None:
    """Wait until nobody can see any more what was deleted before now: a rewrite would keep it for them."""
    [now] = _row(conn, "SELECT pg_current_xact_id()::xid::text")
    until = time.monotonic() + PATIENCE
    while holders := [str(row[0]) for row in conn.execute(HOLDERS, {"now": now}).fetchall()]:
        if time.monotonic() > until:
            msg = f"what was deleted is still seen by {', '.join(holders)}; end that, and run this again"
            raise RewritingRefused(msg)
        time.sleep(0.1)


HOLDERS = """
    SELECT coalesce(nullif(application_name, ''), backend_type) || ' (process ' || pid || ')' FROM pg_stat_activity
    WHERE (datname = current_database() OR datname IS NULL) AND pid <> pg_backend_pid()
      AND (age(backend_xmin) > age(%(now)s::xid) OR age(backend_xid) > age(%(now)s::xid))
    UNION ALL
    SELECT 'replication slot ' || slot_name FROM pg_replication_slots
    WHERE age(xmin) > age(%(now)s::xid) OR age(catalog_xmin) > age(%(now)s::xid)
    UNION ALL
    SELECT 'prepared transaction ' || gid FROM pg_prepared_xacts
    WHERE database = current_database() AND age(transaction) > age(%(now)s::xid)
"""

SEGMENTS = """
    SELECT count(*) FILTER (WHERE name > pg_walfile_name(pg_current_wal_lsn())), count(*)
    FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}' AND modification <= %s
"""


def renew_wal(conn: Asked, progress: Progress) -> int:
    """Fill and leave every file of the write-ahead log that was written until now; how many something else still holds.

    A file that is kept to be used again holds what it held, until it is written over: so all are gone through.
    """
    _leave(conn, 1)
    [since] = _row(conn, "SELECT clock_timestamp()")
    time.sleep(TICK)
    [ahead, old] = _row(conn, SEGMENTS, (since,))
    first = max(old, 1)
    for _ in range(ROUNDS):
        progress(first - old, first)
        if old == 0:
            break
        _leave(conn, ahead + 1)
        conn.execute("CHECKPOINT")
        [ahead, old] = _row(conn, SEGMENTS, (since,))
    # The one in use is young since its first page was written; what it held before lies behind that.
    _leave(conn, 1)
    return int(old)


def _leave(conn: Asked, files: int) -> None:
    """Go on to the next file, so many times; what is left of the one in use is filled up with zeros."""
    for _ in range(files):
        conn.execute("SELECT pg_logical_emit_message(false, 'register', 'erase')")
        conn.execute("SELECT pg_switch_wal()")


def elsewhere(conn: Asked) -> Iterator[str]:
    """What of this server still holds what was deleted, or passed it on, and cannot be reached from here."""
    settings = {
        str(name): str(value) for name, value in conn.execute("SELECT name, setting FROM pg_settings").fetchall()
    }
    if settings["archive_mode"] != "off":
        yield "the archive of its write-ahead log"
    for (slot,) in conn.execute("SELECT slot_name FROM pg_replication_slots ORDER BY 1").fetchall():
        yield f"who reads replication slot {slot}"
    if _row(conn, "SELECT count(*) FROM pg_stat_replication")[0]:
        yield "its replicas"
    if settings["log_statement"] in {"mod", "all"} or settings["log_min_duration_statement"] != "-1":
        yield "its log files, as they tell statements"


UNKNOWN = """
    WITH own AS (SELECT oid FROM pg_database WHERE datname = current_database()), folders AS (
        SELECT 'base/' || own.oid AS folder FROM own UNION ALL
        SELECT 'pg_tblspc/' || t.oid || '/PG_' || current_setting('server_version_num')::integer / 10000 || '_'
            || c.catalog_version_no || '/' || own.oid FROM own, pg_tablespace t, pg_control_system() c
    )
    SELECT folder || '/' || name FROM folders, pg_ls_dir(folder, true, false) AS name
    WHERE name ~ '^[0-9]+(_[a-z]+)?([.][0-9]+)?$' AND folder || '/' || substring(name FROM '^[0-9]+') NOT IN
        (SELECT pg_relation_filepath(oid) FROM pg_class WHERE pg_relation_filepath(oid) IS NOT NULL)
"""
"""In every tablespace: a database may have one of its own, and then no folder among the others."""


def orphans(conn: Asked) -> list[str] | None:
    """Files of this database that belong to no table: a server that died made them, and none takes them away. None when this login may not look.

    What a transaction makes that still goes on belongs to no table either: so those that went on when the first look
    was taken must have ended before the second, and what was dropped must have been removed.
    """
    try:
        before = _unknown(conn)
        settle(conn)
        conn.execute("CHECKPOINT")
        return sorted(before & _unknown(conn))
    except psycopg.errors.InsufficientPrivilege:
        return None


def _unknown(conn: Asked) -> set[str]:
    return {str(name) for (name,) in conn.execute(UNKNOWN).fetchall()}


def _file_of(conn: Asked, table: str) -> int:
    return int(_row(conn, "SELECT pg_relation_filenode(%s)", (table,))[0])


def _row(conn: Asked, query: LiteralString, given: Sequence[object] = ()) -> tuple[Any, ...]:
    row = conn.execute(query, given).fetchone()
    return row if row is not None else ()
