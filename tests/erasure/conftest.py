"""A register on a server of its own, whose files are all in one directory, its log lines too."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from api.logs import configure_logs
from register.store.embedded import EmbeddedPostgres
from register.store.roles import prepare
from tests.api.edge import Edge, running_edge


class Alone(msgspec.Struct, frozen=True):
    """A register that nobody else uses, and the data directory with everything it wrote."""

    edge: Edge
    server: EmbeddedPostgres
    data_dir: Path
    """As a command is given it: the register's own is `mra` in it."""

    @property
    def files(self) -> Path:
        """The data directory of the register."""
        return self.data_dir / "mra"


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Alone]:
    """The history of the demo, told on a server of its own."""
    data_dir = tmp_path_factory.mktemp("erasure")
    files = data_dir / "mra"
    with EmbeddedPostgres(files) as server, (files / "demo.log").open("a", encoding="utf-8") as lines:
        configure_logs("info", lines)
        try:
            with running_edge(prepare(server.dsn, files), files) as edge:
                yield Alone(edge, server, data_dir)
        finally:
            configure_logs("info", sys.stderr)
