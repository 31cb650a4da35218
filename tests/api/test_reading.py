"""Reading over HTTP: every read with its two clocks, pages, headers, and the errors that a reader can make."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import httpx
import psycopg
import pytest

from api.reads import READS
from tests.api.edge import Edge

LISTS = ("/decisions", "/members", "/bodies", "/parties", "/subregions", "/meetings", "/minority-standpoints",
         "/worklists/unexplained-dissent", "/worklists/open-standpoints", "/dossiers", "/forward-agenda")  # fmt: skip


def address(edge: Edge, path: str) -> str:
    """An address of this read that exists."""
    streams = {"dossiers": "dossier-mra-agenda", "meetings": "av-2023-03-24"}
    stream = edge.made[streams.get(path.split("/")[1], "samenwerkingsafspraken")]
    code = "mra-av" if path.startswith("/bodies") else "gm0363"
    entry = edge.addresses["standpunt-ijmond" if path.startswith("/minority") else "hilversum-sluit-aan"]
    return path.replace("{id}", stream).replace("{code}", code).replace("{address}", entry)


EXISTING = [read.path for read in READS]


@pytest.mark.parametrize("path", EXISTING)
def test_every_read_answers_with_the_position_it_reflects(edge: Edge, path: str) -> None:
    answer = edge.get(address(edge, path))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    position = int(answer.headers["log-position"])
    assert 0 <= position < edge.size()
    assert answer.headers["etag"].startswith(f'"{position}-')
    assert answer.headers["api-version"] == "1.0.0"


@pytest.mark.parametrize("path", EXISTING)
def test_every_read_is_answered_to_head_and_304_and_refuses_what_it_does_not_know(edge: Edge, path: str) -> None:
    url = address(edge, path)
    got = edge.get(url)
    head = edge.client.head(url)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]
    tag = edge.get(url).headers["etag"]
    assert edge.client.get(url, headers={"If-None-Match": tag}).status_code == 304
    assert edge.get(url, wat=1).status_code == 400
    assert edge.get(url, validOn="soon").status_code == 400
    assert edge.client.get(url, headers={"Accept": "text/html"}).status_code == 406
    assert edge.client.get(url + "/").status_code == 404
    refused = edge.client.put(url, json={})
    assert refused.status_code == 405
    assert "GET" in refused.headers["allow"]
    assert "HEAD" in refused.headers["allow"]


@pytest.mark.parametrize("path", EXISTING)
def test_before_the_register_knew_anything_there_is_nothing(edge: Edge, path: str) -> None:
    answer = edge.get(address(edge, path), knownAt="2000-01-01T00:00:00Z")
    assert answer.status_code in {200, 404}
    if path in LISTS:
        assert answer.json()["items"] == []


@pytest.mark.parametrize(
    ("day", "count"), [("2018-06-01", 36), ("2021-06-01", 35), ("2022-02-01", 34), ("2022-03-24", 33)]
)
def test_members_are_those_of_the_day(edge: Edge, day: str, count: int) -> None:
    answer = edge.read("/members", validOn=day)
    assert answer["total"] == count
    assert len(answer["items"]) == count
    assert answer["validOn"] == day


def test_a_member_that_went_into_another_keeps_its_own_past(edge: Edge) -> None:
    weesp = edge.read("/members/gm0457")
    assert weesp["inForce"] is False
    assert weesp["until"] == "2022-03-23"
    assert "gm0363" in json.dumps(weesp)


def test_pages_of_a_list_are_linked_and_do_not_overlap(edge: Edge) -> None:
    first = edge.get("/members", pageSize=10, validOn="2021-06-01")
    codes = [item["code"] for item in first.json()["items"]]
    seen = 1
    url: str | None = first.links["next"]["url"]
    while url is not None:
        answer = httpx.get(edge.url + url)
        codes += [item["code"] for item in answer.json()["items"]]
        seen += 1
        url = answer.links.get("next", {}).get("url")
    assert (seen, len(codes), len(set(codes))) == (4, 35, 35)
    assert "prev" not in first.links
    assert "validOn=2021-06-01" in first.links["last"]["url"]
    beyond = edge.read("/members", page=99, validOn="2021-06-01")
    assert (beyond["items"], beyond["total"]) == ([], 35)


def test_everything_that_is_wrong_with_a_query_is_told_at_once(edge: Edge) -> None:
    answer = edge.get("/decisions", stance="maybe", outcome="won", body="X", page=0, wat=1, sort="title")
    assert answer.status_code == 400
    fields = {error["field"] for error in answer.json()["errors"]}
    assert fields == {"stance", "outcome", "body", "page", "wat", "sort"}


@pytest.mark.parametrize(
    "path",
    [
        "/decisions/00000000-0000-4000-8000-000000000000",
        "/decisions/00000000-0000-4000-8000-000000000000/events",
        "/decisions/00000000-0000-4000-8000-000000000000/replay",
        "/decisions/x",
        "/members/gm9999",
        "/members/gm9999/course",
        "/members/%00",
        "/bodies/none",
        "/meetings/00000000-0000-4000-8000-000000000000",
        "/positions/00000000-0000-4000-8000-000000000000.1",
        "/positions/x",
        "/minority-standpoints/00000000-0000-4000-8000-000000000000.1",
        "/events/999999/entry",
        "/events/-1/entry",
        "/events/99999999999999999999/entry",
        "/openings/00000000-0000-4000-8000-000000000000",
        "/nothing",
        "/",
    ],
)
def test_what_is_not_there_is_404(edge: Edge, path: str) -> None:
    answer = edge.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_feed_gives_every_entry_once_and_in_order(edge: Edge) -> None:
    seen: list[dict[str, Any]] = []
    url: str = "/api/v1/events?limit=37"
    while True:
        answer = httpx.get(edge.url + url)
        items = answer.json()["items"]
        if not items:
            break
        seen += items
        url = answer.links["next"]["url"]
    assert [item["position"] for item in seen] == list(range(len(seen)))
    assert len(seen) >= edge.size() - 1
    assert seen[0]["entry"]["type"] == "register.opened"
    known = [item["knownFrom"] for item in seen]
    assert known == sorted(known)


def test_at_the_end_of_the_feed_there_is_nothing_and_a_place_to_ask_again(edge: Edge) -> None:
    answer = edge.get("/events", after=10**12)
    assert answer.json()["items"] == []
    assert edge.get("/events", after="x").status_code == 400
    assert edge.get("/events", limit=0).status_code == 400
    assert edge.get("/events", limit=1001).status_code == 400


def test_an_entry_is_served_as_the_bytes_that_are_stored(edge: Edge) -> None:
    with psycopg.connect(edge.logins.app) as connection:
        rows = connection.execute("SELECT position, entry FROM log.events ORDER BY position LIMIT 40").fetchall()
    for position, entry in rows:
        assert edge.get(f"/events/{position}/entry").content == bytes(entry)


def test_the_openings_open_the_seals_of_their_stream(edge: Edge) -> None:
    decision = edge.made["samenwerkingsafspraken"]
    answer = httpx.get(f"{edge.url}/openings/{decision}")
    assert answer.headers["content-type"].startswith("application/jsonl")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    entries = {item["entry"]["seq"]: item["entry"] for item in _entries(edge, decision)}
    assert lines
    for line in lines:
        digest = base64.urlsafe_b64encode(hashlib.sha256(line["d"].encode()).digest()).rstrip(b"=").decode()
        sealed: Any = entries[line["seq"]]["data"]
        for step in line["field"].split("."):
            sealed = sealed[int(step)] if isinstance(sealed, list) else sealed[step]
        assert sealed["_sd"] == [digest]


def _entries(edge: Edge, stream: str) -> list[dict[str, Any]]:
    items = edge.read("/events", limit=1000)["items"]
    return [item for item in items if item["entry"]["id"] == stream]


def test_replay_shows_each_step_and_what_it_changed(edge: Edge) -> None:
    decision = edge.made["sleutelgebieden"]
    events = edge.read(f"/decisions/{decision}/events")["items"]
    last = edge.read(f"/decisions/{decision}/replay")
    assert last["steps"] == last["step"] == len(events)
    first = edge.read(f"/decisions/{decision}/replay", step=1)
    assert first["step"] == 1
    assert first["changes"]
    assert first["decision"]["steps"] == 1
    assert edge.get(f"/decisions/{decision}/replay", step=len(events) + 1).status_code == 404
    assert edge.get(f"/decisions/{decision}/replay", step=1, knownAt="2026-01-01").status_code == 404


def test_the_withdrawn_position_of_hilversum_is_in_the_history_with_what_overruled_it(edge: Edge) -> None:
    decision = edge.made["sleutelgebieden"]
    positions = edge.read(f"/decisions/{decision}/positions")["items"]
    [hilversum] = [item for item in positions if item.get("member") == "gm0402"]
    assert hilversum["overruled"] is True
    types = [item["event"]["type"] for item in edge.read(f"/decisions/{decision}/events")["items"]]
    assert "position.recorded" in types
    assert "position.withdrawn" in types


def test_knowing_before_and_after_a_correction_gives_the_two_states(edge: Edge) -> None:
    body = {"title": "Met een schrijffout", "decidedBy": {"body": "mra-av"}, "kind": "decision", "class": "not-stated"}
    made = edge.record("redactie", "/decisions", body)
    decision = made["events"][0]["id"]
    outcome = edge.record("redactie", f"/decisions/{decision}/outcome", {"verb": "noted", "on": "2022-01-01"})
    seq = outcome["events"][0]["seq"]
    before = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    corrected = {
        "corrects": seq,
        "kind": "clerical",
        "grounds": "Er staat agreed in de besluitenlijst.",
        "instead": {"type": "outcome.recorded", "v": 1, "data": {"verb": "agreed", "on": "2022-01-01"}},
    }
    edge.record("redactie", f"/decisions/{decision}/corrections", corrected)
    assert edge.read(f"/decisions/{decision}", knownAt=before)["outcome"]["verb"] == "noted"
    assert edge.read(f"/decisions/{decision}")["outcome"]["verb"] == "agreed"


def test_a_struck_decision_is_gone_and_keeps_its_history(edge: Edge) -> None:
    body = {"title": "Dubbel", "decidedBy": {"body": "mra-av"}, "kind": "decision", "class": "not-stated"}
    decision = edge.record("redactie", "/decisions", body)["events"][0]["id"]
    edge.record("redactie", f"/decisions/{decision}/striking", {"because": "exercise", "grounds": "Een oefening."})
    gone = edge.get(f"/decisions/{decision}")
    assert gone.status_code == 410
    assert gone.json()["struck"]["because"] == "exercise"
    assert edge.get(gone.json()["events"].removeprefix("/api/v1")).status_code == 200
    assert decision not in edge.get("/decisions", pageSize=500).text
    written = edge.post("redactie", f"/decisions/{decision}/themes", {"theme": "wonen"})
    assert written.status_code == 409


def test_amsterdams_departure_waits_for_its_reason(edge: Edge) -> None:
    items = edge.read("/worklists/unexplained-dissent")["items"]
    assert any(item["position"].get("member") == "gm0363" for item in items)


def test_the_matrix_has_more_not_recorded_than_anything_else(edge: Edge) -> None:
    sums = edge.read("/course")["sums"]
    kinds = {kind: count for kind, count in sums.items() if kind != "n"}
    assert kinds["notRecorded"] == max(kinds.values())
    assert kinds["notRecorded"] > sum(kinds.values()) / 2


def test_open_standpoints_are_found_by_their_status(edge: Edge) -> None:
    open_ones = edge.read("/minority-standpoints", status="open")["items"]
    ijmond = [item for item in open_ones if len(item.get("counted", [])) == 3]
    assert ijmond
    assert edge.get("/minority-standpoints", status="shut").status_code == 400


def test_health_says_that_it_lives_and_can_work(edge: Edge) -> None:
    assert httpx.get(f"{edge.url}/health/live").json() == {"status": "alive"}
    ready = httpx.get(f"{edge.url}/health/ready")
    assert ready.status_code == 200
    assert ready.json()["checks"]["gaps"] == 0
    assert ready.headers["cache-control"] == "no-store"
