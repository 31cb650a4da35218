"""The log as it is served: whole, sound from outside, and nothing but the log."""

from __future__ import annotations

from time import monotonic, sleep
from typing import Any

import httpx
import pytest

from register.verify import Address, Log
from tests.api.edge import Edge


def checks(edge: Edge) -> Any:  # noqa: ANN401  # any JSON
    return httpx.get(f"{edge.url}/health/ready").json()["checks"]


def caught_up(edge: Edge) -> int:
    """Wait until everything is published, and give how many entries that are."""
    deadline = monotonic() + 20
    while (found := checks(edge)).get("published") != found["log"] + 1:
        assert monotonic() < deadline, found
        sleep(0.05)
    return int(found["published"])


def test_everything_is_published_and_found_sound_from_outside(edge: Edge) -> None:
    size = caught_up(edge)
    policy = httpx.get(f"{edge.url}/log/policy").text
    keys = [line.removeprefix("log ") for line in policy.splitlines() if line.startswith("log ")]
    entries: list[bytes] = []
    report = Log(Address(f"{edge.url}/log"), keys, lambda _, raw: entries.append(raw)).run()
    assert report.findings == []
    assert (report.size, len(entries)) == (size, size)
    assert report.signed_by == [f"127.0.0.1/mra/log ({kind})" for kind in ("Ed25519", "ML-DSA-44")]
    assert entries[7] == httpx.get(f"{edge.url}/api/v1/events/7/entry").content


def test_health_says_how_old_the_last_checkpoint_is(edge: Edge) -> None:
    caught_up(edge)
    found = checks(edge)
    assert 0 <= found["publishedSecondsAgo"] < 3600
    assert found["publishedAt"] > "2026"
    assert "notPublishedBecause" not in found


@pytest.mark.parametrize(
    ("name", "kept", "kind"),
    [
        ("checkpoint", "public, max-age=1", "text/plain; charset=utf-8"),
        ("tile/0/000", "public, max-age=31536000, immutable", "application/octet-stream"),
        ("tile/entries/000", "public, max-age=31536000, immutable", "application/octet-stream"),
        ("policy", "public, max-age=3600", "text/plain; charset=utf-8"),
        ("verify.py", "public, max-age=3600", "text/plain; charset=utf-8"),
    ],
)
def test_each_file_says_how_long_it_may_be_kept(edge: Edge, name: str, kept: str, kind: str) -> None:
    caught_up(edge)
    answer = httpx.get(f"{edge.url}/log/{name}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == kept
    assert answer.headers["content-type"] == kind
    assert answer.headers["access-control-allow-origin"] == "*"
    head = httpx.head(f"{edge.url}/log/{name}")
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    "name",
    [
        "", "checkpoint/", "checkpoints", "checkpoints/0", "tile/0/000.p/0", "tile/0/999", "tile/8/000", "tile/00/000",
        "../keys/log-1.key", "..%2Fkeys%2Flog-1.key", "tile/..%2F..%2F..%2Fkeys/log-1.key", "%2e%2e/logins.json", "tile",
        "tile/0/000%00", "tile/0/000%0a",
    ],
)  # fmt: skip
def test_nothing_but_the_log_is_served(edge: Edge, name: str) -> None:
    answer = httpx.get(f"{edge.url}/log/{name}")
    assert answer.status_code == 404
    assert b"PRIVATE" not in answer.content


@pytest.mark.parametrize(("path", "words"), [("/verificatie", "zijn ondertekend"), ("/en/verificatie", "are signed")])
def test_the_page_on_checking_gives_the_keys_and_the_way(edge: Edge, path: str, words: str) -> None:
    size = caught_up(edge)
    answer = httpx.get(edge.url + path)
    assert answer.status_code == 200
    assert words in answer.text
    assert f"{edge.url}/log/checkpoints/{size}".removeprefix(edge.url) in answer.text
    assert f"python verify.py {edge.url}/log --policy policy" in answer.text
    assert all(key in answer.text for key in httpx.get(f"{edge.url}/log/policy").text.split() if "+" in key)
    # What is published comes after what the log position says, so nobody keeps this page by that.
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
