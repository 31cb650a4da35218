"""What `register doctor` looks at: each check tries the thing itself, and says in one sentence what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, LiteralString

import msgspec
import psycopg
from psycopg import Connection, Error, errors, sql

from api.health import MOST_BEHIND
from projections.texts.withdrawn import STILL_THERE
from register.publishing.files import Files
from register.restoring.continuing import must_know_published, published_size
from register.restoring.refusing import RestoreRefused
from register.store.binaries import OLDEST
from register.store.migrations import shipped
from register.store.roles import Logins

Asked = Connection[Any]

FORBIDDEN: tuple[LiteralString, ...] = (
    "UPDATE log.events SET entry = entry WHERE position = 0",
    "DELETE FROM log.events WHERE position = 0",
    "TRUNCATE log.events",
    "DROP TRIGGER entries_are_for_ever ON log.events",
    "ALTER TABLE log.events DISABLE TRIGGER ALL",
    "ALTER TABLE log.events ADD COLUMN extra text",
    "DELETE FROM log.openings WHERE false",
    "UPDATE log.openings SET disclosure = disclosure WHERE false",
)
"""What the role that writes must not be able to do."""


OPENED: LiteralString = """
    SELECT count(*) FROM log.events e, log.withdrawn_by(e.entry) w
    JOIN log.openings o ON (o.stream, o.seq, o.field) = (w.stream, w.seq, w.field)
    WHERE e.type = 'disclosure.withdrawn'
"""


class Finding(msgspec.Struct, frozen=True):
    """One thing that was looked at."""

    what: str
    well: bool
    says: str


def examine(logins: Logins, published: Files | None = None) -> Iterator[Finding]:
    """Look at everything; a check that fails to run is a finding and does not keep the others from running.

    `published` is where the log of this register is published.
    """
    for what, login, check in (
        ("database", logins.owner, _version),
        ("migrations", logins.owner, _migrations),
        ("writer's role", logins.app, _append_only),
        ("reader's role", logins.projections, _reads_only),
        ("log", logins.app, _gapless),
        ("published log", logins.app, _published),
        ("what was published", logins.owner, lambda connection: _knows(connection, published)),
        ("withdrawn texts", logins.projections, _withheld),
        ("read models", logins.projections, _following),
        ("rows not stored", logins.projections, _gaps),
    ):
        yield _found(what, login, check)


def _found(what: str, login: str, check: Callable[[Asked], tuple[bool, str]]) -> Finding:
    try:
        with psycopg.connect(login, autocommit=True) as connection:
            return Finding(what, *check(connection))
    except Error as fault:
        return Finding(what, False, f"could not be looked at: {str(fault).strip().splitlines()[0]}")  # noqa: FBT003  # not well


def _one(connection: Asked, query: LiteralString, *arguments: object) -> tuple[Any, ...]:
    row = connection.execute(query, arguments).fetchone()
    return row if row is not None else ()


def _version(connection: Asked) -> tuple[bool, str]:
    version = connection.info.server_version
    told = f"PostgreSQL {version // 10_000}.{version % 10_000}"
    return version >= OLDEST * 10_000, told if version >= OLDEST * 10_000 else f"{told}; {OLDEST} or newer is needed"


def _migrations(connection: Asked) -> tuple[bool, str]:
    applied = {
        number: bytes(digest) for number, digest in connection.execute("SELECT number, digest FROM log.migrations")
    }
    missing = [each.name for each in shipped() if applied.get(each.number) != each.digest]
    if missing:
        return False, f"not applied, or changed since: {', '.join(missing)}"
    return True, f"{len(applied)} applied"


def _append_only(connection: Asked) -> tuple[bool, str]:
    (role,) = _one(connection, "SELECT current_user")
    able: list[str] = [statement for statement in FORBIDDEN if _can(connection, sql.SQL(statement))]
    (owner,) = _one(connection, "SELECT tableowner FROM pg_tables WHERE schemaname = 'log' AND tablename = 'events'")
    if _can(connection, sql.SQL("SET ROLE {}").format(sql.Identifier(owner))):
        able.append(f"become {owner}")
    if able:
        return False, f"{role} can do what nobody should: {'; '.join(able)}"
    return True, f"{role} can add entries, and cannot change or remove any"


def _reads_only(connection: Asked) -> tuple[bool, str]:
    (role,) = _one(connection, "SELECT current_user")
    statements: tuple[LiteralString, ...] = (
        "UPDATE log.head SET next = next",
        "DELETE FROM log.openings WHERE false",
        *FORBIDDEN[:3],
    )
    able = [statement for statement in statements if _can(connection, sql.SQL(statement))]
    if able:
        return False, f"{role} can write to the log: {'; '.join(able)}"
    return True, f"{role} can read the log, and cannot write to it"


def _can(connection: Asked, statement: sql.Composable) -> bool:
    """Whether a statement would be done; it is always rolled back."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(sql.Composed([statement]))
    except (
        errors.InsufficientPrivilege,
        errors.RestrictViolation,
        errors.InvalidParameterValue,
        errors.UndefinedObject,
    ):
        return False
    return True


def _gapless(connection: Asked) -> tuple[bool, str]:
    size, count, last = _one(
        connection,
        "SELECT h.next, (SELECT count(*) FROM log.events), (SELECT coalesce(max(position), -1) FROM log.events)"
        " FROM log.head h",
    )
    if not size == count == last + 1:
        return False, f"the head says {size} entries, there are {count}, and the last position is {last}"
    return True, f"{size} entries at positions without a gap"


SHOWN: LiteralString = """
    SELECT k.size, coalesce(c.at, k.at) AT TIME ZONE 'UTC' FROM log.checkpoints k
    LEFT JOIN LATERAL (SELECT s.kind, s.at FROM log.cosigned s WHERE s.size = k.size ORDER BY s.number DESC LIMIT 1) c ON true
    WHERE c.kind IS DISTINCT FROM 'waiting' ORDER BY k.size DESC LIMIT 1
"""


def _published(connection: Asked) -> tuple[bool, str]:
    """What waits for witnesses is not published yet."""
    size, at = _one(connection, SHOWN) or (0, None)
    waiting, long = _one(
        connection,
        "SELECT count(*), coalesce(min(time) < now() - interval '1 minute', false) FROM log.events WHERE position >= %s",
        size,
    )
    if long:
        return (
            False,
            f"{waiting} entries are not published, some for more than a minute; if the register is running, /health/ready says why",
        )
    return True, f"{size} entries, the last checkpoint of {at:%Y-%m-%d %H:%M} UTC" if at else "nothing yet"


def _knows(connection: Asked, published: Files | None) -> tuple[bool, str]:
    if published is None:
        return True, "nothing here"
    try:
        must_know_published(connection, published)
    except RestoreRefused as refused:
        return False, str(refused)
    return True, f"{published_size(published)} entries, and the database knows them"


def _withheld(connection: Asked) -> tuple[bool, str]:
    (count,) = _one(connection, "SELECT count(*) FROM log.events WHERE type = 'disclosure.withdrawn'")
    (opened,) = _one(connection, OPENED)
    (shown,) = (
        _one(connection, STILL_THERE) if _one(connection, "SELECT to_regclass('read.texts')") != (None,) else (0,)
    )
    if left := max(opened, shown):
        return False, f"{left} can still be read; start the register, which takes them out before it answers anybody"
    return True, f"{count}, and none of them can be read"


def _following(connection: Asked) -> tuple[bool, str]:
    rows = connection.execute(
        "SELECT p.model, p.position, h.next - 1 - p.position FROM read.positions p, log.head h ORDER BY p.model"
    ).fetchall()
    if not rows:
        return False, "there are none yet; start the register, or run `register rebuild`"
    late = [f"{model} is {behind} behind" for model, _, behind in rows if behind > MOST_BEHIND]
    if late:
        return False, f"{'; '.join(late)}; is the register running?"
    return True, ", ".join(f"{model} at {position}" for model, position, _ in rows)


def _gaps(connection: Asked) -> tuple[bool, str]:
    rows = connection.execute("SELECT model, position, reason FROM read.gaps ORDER BY position LIMIT 1").fetchall()
    for model, position, reason in rows:
        return (
            False,
            f"{model} could not take in entry {position}: {reason}; mend the cause, then `register rebuild {model}`",
        )
    return True, "none"
