"""Whatever is asked of whatever read: an answer or a problem, never a fault."""

from __future__ import annotations

import http.client
import json
from random import Random

import pytest

from api.reads import READS
from tests.api.edge import Edge

VALUES = (
    "", "0", "1", "-1", "x", "%00", "%FF", "%E2%80%AE", "%F0%9F%8F%9B", "a" * 5000, "0001-01-01", "9999-12-31", "2022-02-29",
    "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00", "2022-01-01T00:00:00Z", "%27%3B--", "%25_%25", "%26%7C%21%28",
    "a%20%3A%2A%20b", "%22", "%5C", "null", "true", "[]", "gm0363", "departs", "open", "1e9", "9223372036854775808",
    "00000000-0000-4000-8000-000000000000",
)  # fmt: skip
KEYS = (
    "validOn", "knownAt", "page", "pageSize", "q", "body", "member", "stance", "outcome", "subjectClass", "from", "to", "sort",
    "step", "status", "subregion", "decision", "onlyDeparting", "of", "after", "limit",
)  # fmt: skip
PATHS = [
    *(read.path for read in READS),
    "/events",
    "/events/{position}/entry",
    "/events/{position}/proof",
    "/decisions/{id}/proof",
    "/openings/{id}",
]


def _target(random: Random, path: str, edge: Edge) -> str:
    known = {
        "{id}": edge.made["samenwerkingsafspraken"],
        "{code}": "gm0363",
        "{address}": edge.addresses["standpunt-ijmond"],
        "{position}": "0",
    }
    for name, value in known.items():
        path = path.replace(name, value if random.random() < 0.7 else random.choice(VALUES) or "-")
    query = "&".join(f"{random.choice(KEYS)}={random.choice(VALUES)}" for _ in range(random.randrange(4)))
    return f"/api/v1{path}?{query}"


@pytest.mark.parametrize("path", PATHS)
def test_no_question_breaks_anything(edge: Edge, path: str) -> None:
    random = Random(path)
    connection = http.client.HTTPConnection("127.0.0.1", edge.port, timeout=30)
    statuses = set()
    for _ in range(60):
        target = _target(random, path, edge)
        connection.putrequest("GET", target, skip_accept_encoding=True)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        statuses.add(answer.status)
        assert answer.status in {200, 400, 404, 410}, (target, answer.status, body)
        if answer.status != 200:
            told = json.loads(body)
            assert told["errors"], target
    connection.close()
    assert 400 in statuses


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "\xff\xfe"},
        {"Accept": "a/b;q=x,,;;"},
        {"Accept-Language": ";;q=,\x80"},
        {"If-None-Match": "*"},
        {"If-None-Match": '"' * 3000},
        {"X-Request-Id": "a" * 5000},
        {"Cookie": "register-session=%00; ="},
        {"Authorization": "Basic \xff"},
        {"Range": "bytes=0-1"},
    ],
)
def test_no_header_breaks_anything(edge: Edge, headers: dict[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", edge.port, timeout=30)
    connection.putrequest("GET", "/api/v1/members", skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value.encode("latin-1"))
    connection.endheaders()
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status in {200, 304, 400, 406, 431}
