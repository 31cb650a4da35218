"""How old the last checkpoint is, is told to readers, to people on call and to machines; each of them from the same threshold."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import msgspec
import pytest
from prometheus_client.parser import text_string_to_metric_families
from psycopg_pool import AsyncConnectionPool

from api.app import Parts
from api.metrics import measured
from projections.reading import Connection
from tests.api.edge import Edge
from tests.api.test_published import caught_up, checks

RULES = Path(__file__).parents[2] / "deploy" / "prometheus" / "register.rules.yml"
SIGN = "Het laatste controlepunt is te oud."


@contextmanager
def alarmed(edge: Edge) -> Iterator[None]:
    """Have every checkpoint count as too old."""
    freshness = edge.parts.freshness
    before, freshness.alarm = freshness.alarm, timedelta(seconds=-1)
    try:
        yield
    finally:
        freshness.alarm = before


@contextmanager
def metrics(parts: Parts, loop: asyncio.AbstractEventLoop) -> Iterator[str]:
    """The address of the metrics, where the register runs."""
    found: Future[str | None] = Future()
    stop = asyncio.Event()

    async def serve() -> None:
        async with measured(("127.0.0.1", 0), parts) as url:
            found.set_result(url)
            await stop.wait()

    task = asyncio.run_coroutine_threadsafe(serve(), loop)
    try:
        yield str(found.result(10))
    finally:
        loop.call_soon_threadsafe(stop.set)
        task.result(20)


def read(url: str) -> dict[str, float]:
    """Each metric of one value, as a machine reads them."""
    answer = httpx.get(url, timeout=10)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    return {
        sample.name + "".join(sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_a_page_says_so_only_when_the_checkpoint_is_too_old(edge: Edge) -> None:
    caught_up(edge)
    fresh = httpx.get(f"{edge.url}/gremia")
    assert SIGN not in fresh.text
    tag = {"If-None-Match": fresh.headers["etag"]}
    assert httpx.get(f"{edge.url}/gremia", headers=tag).status_code == 304
    with alarmed(edge):
        old = httpx.get(f"{edge.url}/gremia", headers=tag)
        assert old.status_code == 200
        assert SIGN in old.text
        assert "The last checkpoint is too old." in httpx.get(f"{edge.url}/en/gremia").text
        told = httpx.get(f"{edge.url}/verificatie").text
        assert "Er hoort minstens elk uur een nieuw controlepunt te zijn." in told
    after = httpx.get(f"{edge.url}/gremia", headers={"If-None-Match": old.headers["etag"]})
    assert after.status_code == 200
    assert SIGN not in after.text
    assert "minstens elk uur" not in httpx.get(f"{edge.url}/verificatie").text


def test_people_on_call_are_told_and_no_reader_is_kept_away(edge: Edge) -> None:
    caught_up(edge)
    assert "publishedTooOld" not in checks(edge)
    with alarmed(edge):
        answer = httpx.get(f"{edge.url}/health/ready")
        assert answer.status_code == 200
        assert answer.json()["checks"]["publishedTooOld"] is True


def test_machines_read_the_same_numbers(edge: Edge) -> None:
    size = caught_up(edge)
    with metrics(edge.parts, edge.loop) as url:
        before = read(url)
        assert before["register_database_up"] == 1
        assert before["register_log_entries"] == before["register_log_published_entries"] == size
        assert before["register_log_unpublished_entries"] == 0
        assert 0 <= before["register_log_checkpoint_age_seconds"] < 3600
        assert before["register_log_checkpoint_alarm_seconds"] == 7200
        assert before["register_log_publishing_refused"] == before["register_read_models_gaps"] == 0
        httpx.get(f"{edge.url}/api/v1/nothing")
        httpx.get(f"{edge.url}/health/live")
        assert read(url)["register_requests_total4xx"] == before.get("register_requests_total4xx", 0) + 1
        assert httpx.get(url.removesuffix("metrics")).status_code == 404
        assert httpx.post(url).status_code == 404
    assert httpx.get(f"{edge.url}/metrics").status_code == 404, "and not where the public asks"


def test_a_database_that_does_not_answer_is_told_as_such_and_no_number_is_made_up(edge: Edge) -> None:
    async def to_nowhere() -> AsyncConnectionPool[Connection]:
        nowhere: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            "host=127.0.0.1 port=1", open=False, min_size=0, max_size=1
        )
        await nowhere.open()
        return nowhere

    nowhere = asyncio.run_coroutine_threadsafe(to_nowhere(), edge.loop).result(10)
    with metrics(msgspec.structs.replace(edge.parts, pool=nowhere), edge.loop) as url:
        told = read(url)
    asyncio.run_coroutine_threadsafe(nowhere.close(), edge.loop).result(10)
    assert told["register_database_up"] == 0
    assert not {"register_log_entries", "register_log_checkpoint_age_seconds"} & set(told)


def test_every_alert_asks_for_a_metric_that_there_is(edge: Edge) -> None:
    with metrics(edge.parts, edge.loop) as url:
        there = set(re.findall(r"^# TYPE (\w+)", httpx.get(url).text, re.MULTILINE))
    (group,) = msgspec.yaml.decode(RULES.read_bytes())["groups"]
    assert len(group["rules"]) >= 4
    for rule in group["rules"]:
        asked = set(re.findall(r"register_\w+", rule["expr"]))
        assert asked
        assert asked <= there, rule["alert"]
        assert {"summary", "description"} <= set(rule["annotations"])
    assert any("checkpoint_age_seconds > register_log_checkpoint_alarm" in rule["expr"] for rule in group["rules"])


@pytest.mark.skipif(
    shutil.which("promtool") is None, reason="promtool is not installed; on Debian: apt-get install prometheus"
)
def test_prometheus_takes_the_alerts() -> None:
    told = subprocess.run(["promtool", "check", "rules", RULES], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
