"""A text goes in the transaction that appends the entry which withdraws it, and in no other way."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest
from psycopg import Connection
from psycopg.errors import InsufficientPrivilege, RestrictViolation

from register.store.appending import Append, Entry, Opening
from register.store.recorder import Recorder
from register.store.roles import Logins, role_name
from tests.store.counting import command

FIELDS = ("reason", "title")


def withdrawal(register: UUID, seq: int, stream: UUID, field: str, *, of: int = 1) -> Append:
    """One command that withdraws one text."""
    cause, time = uuid4(), datetime.now(UTC)
    place = {"field": field, "id": str(stream), "seq": of}
    said = {"data": {"of": place}, "id": str(register), "seq": seq, "type": "disclosure.withdrawn"}
    raw = json.dumps(said, separators=(",", ":"), sort_keys=True).encode()
    entry = Entry(register, "register", seq, "disclosure.withdrawn", 1, time, cause, raw)
    return Append(cause, time, (entry,), {register: seq - 1}, (), b"", "account")


def two_texts(stream: UUID) -> Append:
    """An entry with two texts."""
    made = command(stream, 0)
    openings = tuple(Opening(stream, 1, field, f"the {field}") for field in FIELDS)
    return Append(made.cause, made.time, made.entries, made.guards, openings, b"", "account")


def left(owner: Connection, stream: UUID) -> list[str]:
    rows = owner.execute("SELECT field FROM log.openings WHERE stream = %s ORDER BY 1", (stream,)).fetchall()
    return [field for (field,) in rows]


async def test_exactly_the_text_that_is_named_goes_with_the_entry(logins: Logins) -> None:
    register, one, other = uuid4(), uuid4(), uuid4()
    recorder = Recorder(logins.app)
    with psycopg.connect(logins.owner, autocommit=True) as owner:
        await recorder.append([two_texts(one), two_texts(other)])
        await recorder.append([withdrawal(register, 1, one, "reason")])
        assert (left(owner, one), left(owner, other)) == (["title"], ["reason", "title"])
    await recorder.close()


async def test_a_text_goes_that_came_in_the_same_batch(logins: Logins) -> None:
    register, stream = uuid4(), uuid4()
    recorder = Recorder(logins.app)
    await recorder.append([two_texts(stream), withdrawal(register, 1, stream, "title")])
    await recorder.close()
    with psycopg.connect(logins.owner) as owner:
        assert left(owner, stream) == ["reason"]


async def test_an_entry_that_is_not_stored_takes_no_text_away(logins: Logins) -> None:
    register, stream = uuid4(), uuid4()
    recorder = Recorder(logins.app)
    await recorder.append([two_texts(stream)])
    with pytest.raises(Exception):  # noqa: B017, PT011  # whatever a stale guard is told as
        await recorder.append([withdrawal(register, 2, stream, "title")])
    await recorder.close()
    with psycopg.connect(logins.owner) as owner:
        assert left(owner, stream) == ["reason", "title"]


async def test_what_a_restore_brought_back_goes_again_and_a_second_time_does_nothing(logins: Logins) -> None:
    register, stream = uuid4(), uuid4()
    recorder = Recorder(logins.app)
    await recorder.append([two_texts(stream)])
    await recorder.append([withdrawal(register, 1, stream, "title")])
    await recorder.close()
    back = "INSERT INTO log.openings VALUES (%s, 1, 'title', 'the title')"
    with psycopg.connect(logins.owner, autocommit=True) as owner, psycopg.connect(logins.app, autocommit=True) as app:
        owner.execute(back, (stream,))
        assert app.execute("SELECT log.withdraw(1)").fetchone() == (True,)
        assert app.execute("SELECT log.withdraw(1)").fetchone() == (False,)
        owner.execute(back, (stream,))
        assert app.execute("SELECT log.withdraw_all()").fetchone() == (1,)
        assert app.execute("SELECT log.withdraw_all()").fetchone() == (0,)
        assert left(owner, stream) == ["reason"]


async def test_no_text_goes_by_an_entry_that_withdraws_none(logins: Logins) -> None:
    stream = uuid4()
    recorder = Recorder(logins.app)
    await recorder.append([two_texts(stream)])
    await recorder.close()
    with psycopg.connect(logins.app, autocommit=True) as app:
        for position in (0, 7, None):
            with pytest.raises(RestrictViolation, match="withdraws no text"):
                app.execute("SELECT log.withdraw(%s)", (position,))
        assert app.execute("SELECT log.withdraw_all()").fetchone() == (0,)


async def test_even_the_owner_cannot_take_a_text_away_that_no_entry_withdraws(logins: Logins) -> None:
    register, stream = uuid4(), uuid4()
    recorder = Recorder(logins.app)
    await recorder.append([two_texts(stream), withdrawal(register, 1, uuid4(), "reason")])
    await recorder.close()
    with psycopg.connect(logins.owner, autocommit=True) as owner:
        for statement in (
            "DELETE FROM log.openings WHERE field = 'reason'",
            "UPDATE log.openings SET disclosure = 'other'",
            "TRUNCATE log.openings",
        ):
            with pytest.raises(RestrictViolation):
                owner.execute(statement.encode())
        assert left(owner, stream) == ["reason", "title"]


def test_what_deletes_belongs_to_a_role_that_nobody_can_log_in_as_and_that_can_do_nothing_else(logins: Logins) -> None:
    with psycopg.connect(logins.owner, autocommit=True) as owner:
        eraser = role_name("eraser", owner.info.dbname)
        rows = owner.execute(
            "SELECT p.proname, r.rolname, r.rolcanlogin, p.prosecdef FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner"
            " WHERE p.pronamespace = 'log'::regnamespace AND p.prosecdef AND p.proname LIKE 'withdraw%' ORDER BY 1"
        ).fetchall()
        assert rows == [(name, eraser, False, True) for name in ("withdraw", "withdraw_all", "withdraw_appended")]
        granted = owner.execute(
            "SELECT table_schema || '.' || table_name, privilege_type FROM information_schema.table_privileges"
            " WHERE grantee = %s ORDER BY 1, 2",
            (eraser,),
        ).fetchall()
        assert granted == [("log.events", "SELECT"), ("log.openings", "DELETE"), ("log.openings", "SELECT")]
        assert owner.execute("SELECT has_schema_privilege(%s, 'log', 'CREATE')", (eraser,)).fetchone() == (False,)


def test_the_read_side_withdraws_nothing(logins: Logins) -> None:
    with psycopg.connect(logins.projections, autocommit=True) as projections:
        for statement in ("SELECT log.withdraw(0)", "SELECT log.withdraw_all()", "SELECT log.withdraw_appended()"):
            with pytest.raises(InsufficientPrivilege):
                projections.execute(statement.encode())


async def test_an_entry_that_says_no_place_is_not_stored_and_its_writer_is_told(logins: Logins) -> None:
    """The text goes when the transaction ends, so what is wrong comes after the answer of the append itself."""
    register, stream = uuid4(), uuid4()
    recorder = Recorder(logins.app)
    await recorder.append([two_texts(stream)])
    made = withdrawal(register, 1, stream, "title")
    broken = msgspec.structs.replace(made, entries=(msgspec.structs.replace(made.entries[0], bytes=b"{}"),))
    with pytest.raises(Exception):  # noqa: B017, PT011  # whatever the store tells it as
        await recorder.append([broken])
    assert (await recorder.append([withdrawal(register, 1, stream, "reason")])) is not None
    await recorder.close()
    with psycopg.connect(logins.owner) as owner:
        assert owner.execute("SELECT count(*) FROM log.events").fetchone() == (2,)
        assert left(owner, stream) == ["title"]
