"""A register of which every text was withdrawn still answers: each kind of page, answer and table, without one of the words."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.erasure.conftest import Alone
from tests.exchange.exports import export_of

LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
ONE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[a-z]*[0-9][a-z0-9.:-]*|(?<==)[^&]*")
"""What one address has and another of its kind has not: an id, a number, a code, a day."""
DESCRIPTION = "/api/v1/openapi.json"
"""Has examples of its own, of which some are of this history."""
OF_EACH_KIND = 2
MOST = 1500
SHORTEST = 12
"""Letters of a text that stands nowhere by chance."""
OF_THE_PAGES = {"Termijnagenda", "Wensen en opvattingen"}
"""Titles of the history that are words of the pages themselves."""


@pytest.fixture(scope="module")
def gone(alone: Alone) -> list[str]:
    """Every text of the demo, all of them withdrawn."""
    with psycopg.connect(alone.server.dsn) as owner:
        rows = owner.execute(
            "SELECT stream::text, seq, field, disclosure FROM log.openings ORDER BY 1, 2, 3"
        ).fetchall()
    for stream, seq, field, _ in rows:
        said = {"of": {"id": stream, "seq": seq, "field": field}, "ground": "avg-17", "authority": "gm0363"}
        alone.edge.record("beheer", "/register/withdrawals", {**said, "on": "2026-01-15"})
    with psycopg.connect(alone.server.dsn) as owner:
        assert owner.execute("SELECT count(*) FROM log.openings").fetchone() == (0,)
    told = {words(disclosure) for *_, disclosure in rows} - OF_THE_PAGES
    return sorted(text for text in told if len(text) >= SHORTEST)


def words(disclosure: str) -> str:
    """What a disclosure tells."""
    return str(json.loads(base64.urlsafe_b64decode(disclosure + "=" * (-len(disclosure) % 4)))[2])


def answers(alone: Alone) -> Iterator[str]:
    """The addresses of the API, each with an id of every kind that it may be about."""
    said = alone.edge.read("/openapi.json")
    with psycopg.connect(alone.server.dsn) as owner:
        found = owner.execute("SELECT kind, array_agg(DISTINCT stream::text) FROM log.events GROUP BY kind").fetchall()
    ids = [id for _, streams in found for id in streams[:OF_EACH_KIND]] + ["gm0363", "mra-bestuur", "gm0363-raad"]
    for path, how in said["paths"].items():
        if "get" in how:
            root = "" if path.startswith(("/openings", "/log", "/health")) else "/api/v1"
            for each in ids if "{" in path else ids[:1]:
                yield root + re.sub(r"[{][^}]*[}]", each, path)


def test_every_kind_of_page_and_answer_still_comes_and_says_none_of_it(alone: Alone, gone: list[str]) -> None:
    assert len(gone) > 100
    api = sorted(set(answers(alone)))
    wanted, seen, wrong, kinds = (
        deque(["/", "/en", "/zoeken?q=de", "/verificatie", *api]),
        set[str](),
        list[str](),
        Counter[str](),
    )
    with httpx.Client(base_url=alone.edge.url, timeout=30) as client:
        while wanted and len(seen) < MOST:
            address = wanted.popleft()
            kind = ONE.sub("*", address)
            if address in seen | {DESCRIPTION} or (kinds[kind] >= OF_EACH_KIND and address not in api):
                continue
            seen.add(address)
            answer = client.get(address)
            if answer.status_code == 200:
                kinds[kind] += 1
            if answer.status_code >= 500:
                wrong.append(f"{answer.status_code} {address}")
            text = unescape(answer.content.decode("utf-8", "replace"))
            wrong += [f"{address}: {each}" for each in gone if each in text]
            if answer.headers.get("content-type", "").startswith("text/html"):
                wanted += [unescape(link) for link in LINK.findall(answer.text)]
    assert not wanted or len(seen) < MOST
    assert len(kinds) > 80
    assert wrong == []


def test_tables_and_popolo_of_it_have_none_either(alone: Alone, gone: list[str], tmp_path: Path) -> None:
    export_of(alone.edge, tmp_path / "export")
    files = [path for path in (tmp_path / "export").rglob("*") if path.is_file()]
    assert len(files) > 8
    assert {path.name: each for path in files for each in gone if each in path.read_text("utf-8")} == {}
