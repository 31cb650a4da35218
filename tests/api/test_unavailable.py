"""Without its database the register says so, loses nothing that it answered, and goes on when the database is back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from register.store.embedded import EmbeddedPostgres
from register.store.roles import prepare
from tests.api.edge import Edge, running_edge

POSITION = {
    "member": "gm0363",
    "stance": "undecided",
    "voice": {"as": "own", "layer": "executive", "members": ["gm0363"]},
}


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[tuple[Edge, EmbeddedPostgres]]:
    """A register on a server of its own, which may be stopped."""
    with EmbeddedPostgres(tmp_path) as server, running_edge(prepare(server.dsn, tmp_path), tmp_path) as edge:
        yield edge, server


def test_it_is_told_as_unavailable_and_goes_on_afterwards(alone: tuple[Edge, EmbeddedPostgres]) -> None:
    edge, server = alone
    where, key = f"/decisions/{edge.made['samenwerkingsafspraken']}/positions", str(uuid4())
    before = edge.size()
    server.stop()
    for path in ("/members", "/events", f"/decisions/{edge.made['samenwerkingsafspraken']}"):
        answer = edge.get(path)
        assert answer.status_code == 503, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert int(answer.headers["retry-after"]) > 0
    ready = httpx.get(f"{edge.url}/health/ready")
    assert (ready.status_code, ready.json()["checks"]["database"]) == (503, "unreachable")
    assert httpx.get(f"{edge.url}/health/live").status_code == 200
    written = edge.post("gm0363", where, POSITION, key=key)
    assert written.status_code == 503, written.text
    server.start()
    again = _until_answered(edge, where, key)
    assert again.status_code == 201, again.text
    assert _until_answered(edge, where, key).json() == again.json()
    written_now = [event["position"] for event in again.json()["events"]]
    assert written_now[0] == before
    assert edge.size() == before + len(written_now)


def _until_answered(edge: Edge, where: str, key: str) -> httpx.Response:
    deadline = time.monotonic() + 30
    while True:
        answer = edge.post("gm0363", where, POSITION, key=key)
        if answer.status_code != 503 or time.monotonic() > deadline:
            return answer
        time.sleep(0.2)
