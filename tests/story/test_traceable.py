"""Every fact that a page shows leads to an entry of the log, and the pages can be made again from the log alone."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from psycopg import sql

from projections.models import every
from projections.rebuild import rebuild
from tests.api.edge import Edge
from tests.story.pages import ENTRY, public_pages, read


@pytest.fixture(scope="module")
def shown(edge: Edge) -> dict[str, str]:
    """Every public page."""
    return public_pages(edge)


def test_there_are_pages_for_every_member_and_decision_in_both_languages(edge: Edge, shown: dict[str, str]) -> None:
    for decision in edge.read("/decisions", pageSize=100)["items"]:
        assert {f"/besluiten/{decision['id']}", f"/en/besluiten/{decision['id']}"} <= set(shown)
    for member in edge.read("/members", pageSize=100)["items"]:
        assert {f"/leden/{member['code']}", f"/en/leden/{member['code']}"} <= set(shown)


def test_every_fact_on_a_page_is_an_entry_of_the_public_log(edge: Edge, shown: dict[str, str]) -> None:
    entries = set()
    after: int | None = None
    while True:
        query: dict[str, int] = {"limit": 500} if after is None else {"limit": 500, "after": after}
        page = edge.read("/events", **query)["items"]
        if not page:
            break
        entries |= {event["position"] for event in page}
        after = page[-1]["position"]
    assert sorted(entries) == list(range(len(entries))), "the log has no gap"
    for path, text in shown.items():
        named = {int(position) for position in ENTRY.findall(text)}
        assert named <= entries, f"{path} shows what is in no entry"
    facts = {path for path, text in shown.items() if ENTRY.search(text)}
    assert len(facts) > len(shown) * 0.9, "nearly every page shows facts, and says which entries they are"


def test_with_all_read_models_dropped_a_rebuild_brings_back_the_same_pages(edge: Edge, shown: dict[str, str]) -> None:
    with psycopg.connect(edge.logins.projections, autocommit=True) as connection:
        tables = [row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'read'")]
        for table in tables:
            connection.execute(sql.SQL("DROP TABLE IF EXISTS read.{} CASCADE").format(sql.Identifier(table)))
        assert tables
    done = asyncio.run(rebuild(edge.logins.projections, edge.home.register.charter.time_zone, every()))
    assert not done.missed
    for path, text in shown.items():
        assert read(edge, path) == text, f"{path} differs after the rebuild"
