"""A register of its own for tools that write whatever comes to mind: nothing that it says is believed afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.edge import Edge, running_edge
from tests.databases import fresh_register


@pytest.fixture(scope="module")
def fuzzed(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    """A register that listens and was told the history."""
    data_dir = tmp_path_factory.mktemp("fuzzed")
    with fresh_register(server, data_dir) as logins, running_edge(logins, data_dir) as running:
        yield running
