"""The logins of a register and what each may do: owner migrates, app appends, projections reads; nobody is the eraser."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import msgspec
import psycopg
from psycopg import Connection, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import AmbiguousFunction, InsufficientPrivilege

from register.store.migrations import LOCK, migrate

Owner = Connection[tuple[object, ...]]


class RoleMissing(Exception):
    """A role is not there and may not be made with this login; the message says how to make it."""


class StrangeFunction(Exception):
    """Somebody added a function to the schema of the log that bears the name of one of ours; the message says which."""


class Logins(msgspec.Struct, frozen=True):
    """Connection strings: `owner` for migrations, `app` for the write side, `projections` for the read side."""

    owner: str
    app: str
    projections: str


def role_name(purpose: str, database: str) -> str:
    """The role of one register; several may share a server, so the database's name is part of it."""
    name = f"register_{purpose}_{database}"
    if len(name.encode()) <= 63:  # noqa: PLR2004 - PostgreSQL cuts longer names, and two registers might then meet
        return name
    return f"register_{purpose}_{hashlib.sha256(database.encode()).hexdigest()[:16]}"


def prepare(owner: str, data_dir: Path, *, app: str | None = None, projections: str | None = None) -> Logins:
    """Bring the database to this version's shape and return the logins; safe to call at each start, by many at once.

    `owner` may create roles and objects. Roles are made with random passwords, kept in `data_dir/logins.json`;
    when that file is lost they get new ones. With `app` or `projections` given (connection strings of roles that
    the operator made), that role is neither made nor altered, and only gets its grants. The eraser has no login:
    it owns what deletes a withdrawn text. Raises RoleMissing when it is not there and the owner may not make it, and
    StrangeFunction when rights cannot be given because a second function has the name of one of ours.
    """
    with _alone(data_dir), psycopg.connect(owner, autocommit=True) as connection:
        database = connection.info.dbname
        with _locked(connection):
            passwords = _kept(data_dir)
            app = app or _login(connection, owner, role_name("app", database), passwords)
            projections = projections or _login(connection, owner, role_name("projections", database), passwords)
            _keep(data_dir, passwords)
            eraser = role_name("eraser", database)
            _without_login(connection, eraser)
            migrate(connection)
            _grant(connection, _user(app), _user(projections), eraser)
    return Logins(owner, app, projections)


def _login(connection: Owner, owner: str, role: str, passwords: dict[str, str]) -> str:
    """Make the role if it is not there, and see that its kept password is the one it has."""
    known = role in passwords
    password = passwords.setdefault(role, secrets.token_urlsafe(32))
    conninfo = make_conninfo(owner, user=role, password=password)
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
        connection.execute(
            sql.SQL(
                "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS"
            ).format(sql.Identifier(role))
        )
        known = False
    if not known or not _opens(conninfo):
        # Only the verifier goes over the line and into the server's log, never the password.
        verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(verifier.decode()))
        )
    return conninfo


def _opens(conninfo: str) -> bool:
    try:
        psycopg.connect(conninfo).close()
    except psycopg.OperationalError:
        return False
    return True


def _without_login(connection: Owner, role: str) -> None:
    """Make a role that nobody can log in as, if it is not there."""
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
        return
    options = "NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS"
    made = f'CREATE ROLE "{role}" {options}'
    try:
        connection.execute(sql.SQL("CREATE ROLE {} " + options).format(sql.Identifier(role)))
    except InsufficientPrivilege as fault:
        owner = connection.info.user
        msg = (
            "the role that deletes withdrawn texts is not there, and may not be made with this login; have it made by"
            f' somebody who may: {made}; GRANT "{role}" TO "{owner}"'
        )
        raise RoleMissing(msg) from fault


def _grant(connection: Owner, app: str, projections: str, eraser: str) -> None:
    """Give each role its rights, and the read side the schema that it owns, and the eraser what deletes."""
    with connection.transaction():
        if not connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'read'").fetchone():
            _may_become(connection, projections)
            connection.execute(sql.SQL("CREATE SCHEMA read AUTHORIZATION {}").format(sql.Identifier(projections)))
        _may_become(connection, eraser)
        text = files("register.store").joinpath("sql", "grants.sql").read_text("utf-8")
        names = {"app": app, "projections": projections, "eraser": eraser}
        named = {purpose: sql.Identifier(role).as_string(connection) for purpose, role in names.items()}
        try:
            connection.execute(text.format(**named).encode())
        except AmbiguousFunction as fault:
            msg = f"{fault.diag.message_primary}: somebody added one; drop the one that this version did not make"
            raise StrangeFunction(msg) from fault


def _may_become(connection: Owner, role: str) -> None:
    """One gives a thing away only to a role that one may become."""
    become = "SET" if connection.info.server_version >= 160000 else "MEMBER"  # noqa: PLR2004 - PostgreSQL 16
    if connection.execute("SELECT pg_has_role(%s, %s)", (role, become)).fetchone() != (True,):
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))


def _user(conninfo: str) -> str:
    user = conninfo_to_dict(conninfo).get("user")
    if not user:
        raise ValueError("a connection string for a role must name its user")
    return str(user)


def _kept(data_dir: Path) -> dict[str, str]:
    try:
        return msgspec.json.decode((data_dir / "logins.json").read_bytes(), type=dict[str, str])
    except FileNotFoundError:
        return {}


def _keep(data_dir: Path, passwords: dict[str, str]) -> None:
    """Written beside and renamed, so that a crash leaves the old file or the new one."""
    path = data_dir / "logins.json"
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(passwords, order="sorted")) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


@contextmanager
def _alone(data_dir: Path) -> Generator[None]:
    """One process at a time on this data directory."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "logins.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _locked(connection: Owner) -> Generator[None]:
    """One process at a time on this server: roles are shared by its databases."""
    connection.execute("SELECT pg_advisory_lock(%s)", (LOCK + 1,))
    try:
        yield
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", (LOCK + 1,))
