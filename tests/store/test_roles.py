"""What each login may do, tried on its own connection."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import InsufficientPrivilege

from register.store.recorder import Recorder
from register.store.roles import Logins, StrangeFunction, prepare, role_name
from tests.databases import empty_database
from tests.store.counting import command

NEVER = (
    "UPDATE log.events SET entry = ''",
    "DELETE FROM log.events",
    "TRUNCATE log.events",
    "DROP TRIGGER entries_are_for_ever ON log.events",
    "ALTER TABLE log.events DISABLE TRIGGER ALL",
    "ALTER TABLE log.events DROP COLUMN entry",
    "DROP TABLE log.events",
    "CREATE TABLE log.more (a int)",
    "CREATE RULE none AS ON INSERT TO log.events DO INSTEAD NOTHING",
    "UPDATE log.commands SET account = 'somebody'",
    "DELETE FROM log.commands",
    "UPDATE log.openings SET disclosure = ''",
    "DELETE FROM log.openings",
    "UPDATE log.checkpoints SET note = ''",
    "DELETE FROM log.checkpoints",
    "TRUNCATE log.checkpoints",
    "ALTER TABLE log.checkpoints DISABLE TRIGGER ALL",
    "UPDATE log.cosigned SET note = ''",
    "DELETE FROM log.cosigned",
    "TRUNCATE log.cosigned",
    "ALTER TABLE log.cosigned DISABLE TRIGGER ALL",
    "INSERT INTO log.head DEFAULT VALUES",
    "UPDATE log.head SET one = true",
    "DELETE FROM log.head",
    "TRUNCATE log.head, log.commands, log.openings",
    "CREATE OR REPLACE FUNCTION log.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "DROP FUNCTION log.append",
    "DROP SCHEMA log CASCADE",
    "CREATE SCHEMA more",
    "SET ROLE {owner}",
    "SET ROLE {other}",
    "SET ROLE {eraser}",
    "CREATE OR REPLACE FUNCTION log.withdraw(at bigint) RETURNS boolean LANGUAGE sql AS 'DELETE FROM log.openings; SELECT true'",
    "ALTER TABLE log.openings DISABLE TRIGGER ALL",
    "DROP TRIGGER withdrawn_texts_go ON log.events",
    "SET SESSION AUTHORIZATION {owner}",
    "SET session_replication_role = replica",
    "ALTER ROLE CURRENT_USER CREATEROLE",
    "CREATE ROLE somebody_else",
    "INSERT INTO log.migrations (number, name, digest) VALUES (9, 'x', '')",
    "COPY log.events TO PROGRAM 'cat'",
    "SELECT log.recall_commands()",
)


def refused(conninfo: str, owner: str, other: str, statements: tuple[str, ...]) -> None:
    """Each statement fails for want of a right, on a connection that says who it is."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        who = connection.execute("SELECT current_user, session_user").fetchone()
        print(f"current_user, session_user = {who}")  # noqa: T201 - the run shows on whose connection this was tried
        roles = {"owner": owner, "other": other, "eraser": role_name("eraser", connection.info.dbname)}
        names = {purpose: sql.Identifier(role).as_string() for purpose, role in roles.items()}
        for statement in statements:
            with pytest.raises(InsufficientPrivilege):
                connection.execute(statement.format(**names).encode())
            print(f"refused: {statement}")  # noqa: T201 - as above
        connection.execute("GRANT ALL ON log.events, log.openings TO CURRENT_USER")  # warns, and grants nothing
        for statement in statements[:3]:
            with pytest.raises(InsufficientPrivilege):
                connection.execute(statement.encode())


def user(conninfo: str) -> str:
    return str(conninfo_to_dict(conninfo)["user"])


async def test_the_application_can_only_add(logins: Logins) -> None:
    recorder = Recorder(logins.app)
    await recorder.append([command(uuid4(), 0)])
    await recorder.close()
    refused(logins.app, user(logins.owner), user(logins.projections), NEVER)


async def test_the_read_side_writes_nothing_in_the_log(logins: Logins) -> None:
    refused(
        logins.projections,
        user(logins.owner),
        user(logins.app),
        (
            *NEVER,
            "INSERT INTO log.events SELECT * FROM log.events",
            "INSERT INTO log.openings VALUES (gen_random_uuid(), 1, 'reason', 'text')",
            "INSERT INTO log.checkpoints SELECT * FROM log.checkpoints",
            "UPDATE log.head SET next = 1",
            "SELECT * FROM log.head FOR UPDATE",
            "SELECT account FROM log.commands",
        ),
    )


async def test_the_read_side_keeps_its_own_tables(logins: Logins) -> None:
    with psycopg.connect(logins.projections, autocommit=True) as projections:
        projections.execute("CREATE TABLE read.rows (position bigint)")
        projections.execute("INSERT INTO read.rows SELECT position FROM log.events")
    with psycopg.connect(logins.app, autocommit=True) as app:
        assert app.execute("SELECT count(*) FROM read.rows").fetchone() == (0,)
        with pytest.raises(InsufficientPrivilege):
            app.execute("DROP TABLE read.rows")


def test_passwords_are_kept_to_ourselves(logins: Logins, tmp_path: Path) -> None:
    file = tmp_path / "register" / "logins.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert set(json.loads(file.read_text())) == {user(logins.app), user(logins.projections)}


def test_many_may_start_at_once(owner: str, tmp_path: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: prepare(owner, tmp_path), range(6)))
    assert len(set(made)) == 1


def test_a_lost_file_of_passwords_gets_new_ones(logins: Logins, tmp_path: Path) -> None:
    (tmp_path / "register" / "logins.json").unlink()
    again = prepare(logins.owner, tmp_path / "register")
    assert again.app != logins.app
    psycopg.connect(again.app).close()


def test_a_right_given_by_hand_does_not_stay(logins: Logins, tmp_path: Path) -> None:
    with psycopg.connect(logins.owner, autocommit=True) as connection:
        connection.execute(sql.SQL("GRANT DELETE ON log.openings TO {}").format(sql.Identifier(user(logins.app))))
    prepare(logins.owner, tmp_path / "register")
    with psycopg.connect(logins.app) as app, pytest.raises(InsufficientPrivilege):
        app.execute("DELETE FROM log.openings")


def test_a_function_that_bears_the_name_of_one_of_ours_is_named(logins: Logins, tmp_path: Path) -> None:
    with psycopg.connect(logins.owner, autocommit=True) as connection:
        connection.execute("CREATE FUNCTION log.append(int) RETURNS int LANGUAGE sql AS 'SELECT 1'")
    with pytest.raises(StrangeFunction, match=r"log\.append.* somebody added one; drop"):
        prepare(logins.owner, tmp_path)
    with psycopg.connect(logins.owner, autocommit=True) as connection:
        connection.execute("DROP FUNCTION log.append(int)")
    prepare(logins.owner, tmp_path)


def test_roles_of_the_operator_only_get_their_grants(server: str, tmp_path: Path) -> None:
    with empty_database(server) as owner:
        name = str(conninfo_to_dict(owner)["dbname"])
        theirs = [role_name("app", name), role_name("projections", name)]  # these names are cleaned up
        with psycopg.connect(owner, autocommit=True) as connection:
            for role in theirs:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'theirs'").format(sql.Identifier(role)))
        app, projections = (make_conninfo(owner, user=role, password="theirs") for role in theirs)  # noqa: S106 - made above
        made = prepare(owner, tmp_path, app=app, projections=projections)
        assert made == Logins(owner, app, projections)
        assert json.loads((tmp_path / "logins.json").read_text()) == {}
        with psycopg.connect(app) as connection:
            connection.execute("SELECT * FROM log.head FOR UPDATE")


def test_an_owner_that_is_no_superuser(server: str, tmp_path: Path) -> None:
    with empty_database(server) as database:
        name = str(conninfo_to_dict(database)["dbname"])
        role = sql.Identifier(f"migrator_{name}")
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD 'theirs'").format(role))
            connection.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(sql.Identifier(name), role))
        try:
            owner = make_conninfo(database, user=f"migrator_{name}", password="theirs")  # noqa: S106 - made above
            made = prepare(owner, tmp_path)
            assert prepare(owner, tmp_path) == made
            with psycopg.connect(made.projections) as projections:
                projections.execute("CREATE TABLE read.rows (position bigint)")
        finally:
            with psycopg.connect(database, autocommit=True) as connection:
                connection.execute("DROP SCHEMA log, read CASCADE")
                connection.execute(sql.SQL("DROP OWNED BY {}").format(role))
                connection.execute(sql.SQL("DROP ROLE {}").format(role))


def test_names_of_roles_fit_and_do_not_meet() -> None:
    long = "a" * 60
    assert role_name("app", "region") == "register_app_region"
    assert len(role_name("projections", long)) <= 63
    assert role_name("app", long + "b") != role_name("app", long + "c")


def test_requests_are_forgotten_after_thirty_days_and_no_sooner(logins: Logins) -> None:
    with psycopg.connect(logins.owner, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO log.commands VALUES (gen_random_uuid(), 0, 1, now() - interval '31 days', 'hash', 'old'),"
            " (gen_random_uuid(), 1, 1, now() - interval '29 days', 'hash', 'new')"
        )
    with psycopg.connect(logins.app, autocommit=True) as app:
        assert app.execute("SELECT log.forget_requests(now(), now())").fetchone() == (1,)
        rows = app.execute("SELECT account, request_hash FROM log.commands ORDER BY first").fetchall()
        assert rows == [(None, None), ("new", b"hash")]
        assert app.execute("SELECT log.forget_requests(now(), now())").fetchone() == (0,)


def test_the_operators_script_makes_roles_that_suffice(server: str, tmp_path: Path) -> None:
    """The script of the deployment, read as psql reads it, then a start with these three logins."""
    script = Path("deploy/postgresql/roles.sql").read_text()
    with empty_database(server) as database:
        name = str(conninfo_to_dict(database)["dbname"])
        roles = {
            purpose: f"owner_{name}" if purpose == "owner" else role_name(purpose, name)
            for purpose in ("owner", "app", "projections", "eraser")
        }
        with psycopg.connect(database, autocommit=True) as connection:
            for variable, value in (*roles.items(), ("DBNAME", name)):
                script = script.replace(f':"{variable}"', sql.Identifier(value).as_string(connection))
            connection.execute(script.encode())
            for role in roles.values():
                connection.execute(sql.SQL("ALTER ROLE {} PASSWORD 'theirs'").format(sql.Identifier(role)))
        try:
            owner, app, projections = (
                make_conninfo(database, user=role, password="theirs")  # noqa: S106 - made above
                for role in (roles["owner"], roles["app"], roles["projections"])
            )
            for _ in range(2):
                prepare(owner, tmp_path, app=app, projections=projections)
            refused(app, roles["owner"], roles["projections"], NEVER)
        finally:
            with psycopg.connect(database, autocommit=True) as connection:
                connection.execute("DROP SCHEMA IF EXISTS log, read CASCADE")
                connection.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(roles["owner"])))
                connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(roles["owner"])))
