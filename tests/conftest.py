"""Fixtures every test may ask for: the server, and a log of one's own on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from register.store.roles import Logins
from tests.databases import database_server, empty_database, fresh_register


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Conninfo of a login that may make databases and roles."""
    with database_server(tmp_path_factory.mktemp("server")) as dsn:
        yield dsn


@pytest.fixture
def owner(server: str) -> Iterator[str]:
    """Conninfo to an empty database."""
    with empty_database(server) as dsn:
        yield dsn


@pytest.fixture
def logins(server: str, tmp_path: Path) -> Iterator[Logins]:
    """The logins of a database with an empty log."""
    with fresh_register(server, tmp_path / "register") as made:
        yield made
