"""A register that runs, with the shipped history, and what its operator has: for tests that look at it from inside and outside."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
import structlog
from click.testing import CliRunner, Result

from api.cli import main
from register.store.roles import Logins
from tests.api.edge import Edge, running_edge
from tests.databases import fresh_register

SECONDS = 30.0


class Kept:
    """A running register with its data directory."""

    def __init__(self, edge: Edge, logins: Logins, data_dir: Path) -> None:
        self.edge, self.logins, self.data_dir = edge, logins, data_dir

    def verify(self, *arguments: str) -> Result:
        """Run the command on it, as JSON."""
        environment = {"REGISTER_DATABASE_URL": self.logins.owner, "REGISTER_DATA_DIR": str(self.data_dir)}
        return CliRunner().invoke(main, ["verify", "--json", *arguments], env=environment, catch_exceptions=False)

    def log_keys(self) -> list[str]:
        """The keys of the log, as somebody outside has them."""
        lines = (self.data_dir / "log" / "policy").read_text("ascii").splitlines()
        return [f"--key={line.split()[1]}" for line in lines if line.startswith("log ")]

    @contextmanager
    def changed(self, statement: str, back: str) -> Iterator[None]:
        """What only somebody with all rights can do, and how it is undone."""
        with psycopg.connect(self.logins.owner, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(statement.encode())
            try:
                yield
            finally:
                connection.execute(back.encode())

    def one(self, query: str) -> Any:  # noqa: ANN401  # any column
        """The first column of the first row."""
        with psycopg.connect(self.logins.owner) as connection:
            row = connection.execute(query.encode()).fetchone()
            assert row is not None
            return row[0]

    def settle(self) -> None:
        """Wait until everything is published and projected."""
        deadline = time.monotonic() + SECONDS
        while self.one("SELECT max(size) FROM log.checkpoints") != self.one("SELECT next FROM log.head"):
            assert time.monotonic() < deadline
            time.sleep(0.1)


def told(result: Result) -> list[Any]:
    """What was found, and last what was looked at."""
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(scope="module", autouse=True)
def quiet() -> Iterator[None]:
    """The register that runs here logs in the process in which the command answers."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.configure(**before)


@pytest.fixture(scope="session")
def kept(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """One for all tests here; each leaves it as it was."""
    data_dir = tmp_path_factory.mktemp("checked")
    with fresh_register(server, data_dir) as logins, running_edge(logins, data_dir) as edge:
        made = Kept(edge, logins, data_dir)
        made.settle()
        yield made
