"""What machines that watch over the register read: `/metrics`, in the text format of Prometheus, on an address of its own.

Not on the public one: behind a proxy every request comes from this machine, so nothing else would keep the public from it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from typing import cast

from prometheus_client import CollectorRegistry, make_asgi_app
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api.app import Parts
from api.health import Ready, look
from api.outgoing import ASGIApp, Receive, Scope, Send
from api.serving import free_port, listening

PATH = "/metrics"
Where = tuple[str, int]


class Found(Collector):
    """One look, told as metrics; what is not known is left out, and not told as nought."""

    def __init__(self, ready: Ready, alarm: float, refused: Mapping[str, str], answered: Mapping[str, int]) -> None:
        """What was found, the age of alarm, which authorities gave no stamp, and requests by the class of their status."""
        self._ready, self._alarm, self._refused, self._answered = ready, alarm, refused, answered

    def collect(self) -> Iterator[Metric]:
        """Every metric there is."""
        for name, said, value in self._numbers():
            if value is not None:
                yield GaugeMetricFamily(f"register_{name}", said, value=float(value))
        stamps = GaugeMetricFamily(
            "register_stamp_refused", "1 for an authority that gave no stamp when asked last", labels=["authority"]
        )
        for url in self._refused:
            stamps.add_metric([url], 1.0)
        yield stamps
        requests = CounterMetricFamily("register_requests", "Requests answered, by class of status", labels=["status"])
        for status, count in sorted(self._answered.items()):
            requests.add_metric([status], count)
        yield requests

    def _numbers(self) -> Iterator[tuple[str, str, float | None]]:
        found = self._ready
        size = None if found.log is None else found.log + 1
        waiting = None if size is None else size - (found.published or 0)
        yield "database_up", "1 when the database answers", found.database == "reachable"
        yield "log_entries", "Entries in the log", size
        yield "log_published_entries", "Entries under the last checkpoint that is published", found.published
        yield "log_unpublished_entries", "Entries that wait to be published", waiting
        yield "log_checkpoint_age_seconds", "Seconds since the log signed last", found.published_seconds_ago
        yield "log_checkpoint_alarm_seconds", "Age from which a checkpoint is too old", self._alarm
        yield (
            "log_publishing_refused",
            "1 when this process publishes nothing and says why",
            bool(found.not_published_because),
        )
        yield "stamp_age_seconds", "Seconds since an authority stamped a checkpoint last", found.stamped_seconds_ago
        yield "read_models_behind_entries", "Entries that the read models are behind the log", found.behind
        yield "read_models_gaps", "Rows of read models that could not be stored", found.gaps


def metrics_app(parts: Parts) -> ASGIApp:
    """The application that answers `/metrics`, and nothing else."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["path"] != PATH or scope["method"] not in {"GET", "HEAD"}:
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        found = await look(parts.pool, parts.publisher, parts.freshness)
        refused = parts.publisher.stamping.reasons if parts.publisher is not None else {}
        registry = CollectorRegistry()
        registry.register(Found(found, parts.freshness.alarm.total_seconds(), refused, parts.answered))
        await cast("ASGIApp", make_asgi_app(registry))(scope, receive, send)

    return app


@asynccontextmanager
async def measured(where: Where | None, parts: Parts) -> AsyncIterator[str | None]:
    """Answer `/metrics` for as long as the block runs; the address, None when none is wanted."""
    if where is None:
        yield None
        return
    host, port = where[0], free_port(*where, "REGISTER_METRICS")
    async with listening(metrics_app(parts), host, port):
        yield f"http://{host}:{port}{PATH}"
