"""Fixtures of the edge: one register with the demo's history for all tests that only add to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.edge import Edge, running_edge
from tests.databases import fresh_register


@pytest.fixture(scope="session")
def edge(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    """A register that listens and was told the history; tests add to it and never rely on how much is there."""
    data_dir = tmp_path_factory.mktemp("edge")
    with fresh_register(server, data_dir) as logins, running_edge(logins, data_dir) as running:
        yield running
