"""Log lines are JSON with the request they belong to, and never hold the values of variables."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from api.logs import configure_logs


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where log lines go during a test; afterwards logging is as it was."""
    before, handlers, level = structlog.get_config(), logging.getLogger().handlers[:], logging.getLogger().level
    written = io.StringIO()
    configure_logs("info", written)
    yield written
    structlog.configure(**before)
    logging.getLogger().handlers[:] = handlers
    logging.getLogger().setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_has_its_event_its_time_and_its_request(stream: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(request_id="abc"):
        structlog.get_logger().info("fact_recorded", position=7)
        structlog.get_logger().debug("not_told")
    [line] = lines(stream)
    assert (line["event"], line["position"], line["request_id"], line["level"]) == ("fact_recorded", 7, "abc", "info")
    assert line["timestamp"].endswith("Z")


def test_a_fault_is_told_with_its_place_and_without_what_was_typed(stream: io.StringIO) -> None:
    def record(text: str) -> None:
        raise ZeroDivisionError(len(text))

    try:
        record("a text that is to be forgotten one day")
    except ZeroDivisionError:
        structlog.get_logger().exception("request_failed")
    [line] = lines(stream)
    [fault] = line["exception"]
    assert fault["exc_type"] == "ZeroDivisionError"
    assert fault["frames"][-1]["name"] == "record"
    assert "to be forgotten" not in stream.getvalue()


def test_what_libraries_warn_of_takes_the_same_road(stream: io.StringIO) -> None:
    logging.getLogger("a.library").warning("it went %s", "wrong")
    logging.getLogger("a.library").info("nothing of interest")
    [line] = lines(stream)
    assert (line["event"], line["logger"], line["message"]) == ("library_logged", "a.library", "it went wrong")
