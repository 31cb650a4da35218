"""A register of its own for tools that write whatever comes to mind, and one long published log for all that read one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.api.edge import Edge, running_edge
from tests.databases import fresh_register
from tests.outside.large import Large, publish_large


@pytest.fixture(scope="module")
def fuzzed(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    """A register that listens and was told the history."""
    data_dir = tmp_path_factory.mktemp("fuzzed")
    with fresh_register(server, data_dir) as logins, running_edge(logins, data_dir) as running:
        yield running


@pytest.fixture(scope="session")
def large(server: str, tmp_path_factory: pytest.TempPathFactory) -> Large:
    """A log of 70,000 entries; nobody changes it, whoever wants another one makes a copy."""
    where = tmp_path_factory.mktemp("large")
    with fresh_register(server, where / "register") as logins:
        return asyncio.run(publish_large(logins, where))
