"""Small manners that clients of others rely on: what may be asked of an address, from where, and in which form."""

from __future__ import annotations

import pytest

from api.reads import READS
from api.writes import WRITES
from tests.api.edge import Edge

TITLE = {"title": "Een titel", "decidedBy": {"each": "member"}, "kind": "agreement", "class": "not-stated"}
METHODS = {read.path: {"GET", "HEAD"} for read in READS} | {
    write.path: {"POST"} | ({"GET", "HEAD"} if write.path in {read.path for read in READS} else set())
    for write in WRITES
}


def somewhere(path: str) -> str:
    """An address of this form; OPTIONS asks nothing of what is there."""
    id_ = "8a6e0804-2bd0-4672-b79d-d97027f9071a"
    return path.replace("{id}", id_).replace("{code}", "gm0363").replace("{seq}", "1").replace("{address}", f"{id_}.1")


@pytest.mark.parametrize("path", METHODS)
def test_an_address_tells_every_method_that_it_knows(edge: Edge, path: str) -> None:
    answer = edge.client.options(somewhere(path))
    assert answer.status_code == 204
    assert set(answer.headers["allow"].split(", ")) == METHODS[path] | {"OPTIONS"}
    refused = edge.client.delete(somewhere(path))
    assert refused.status_code == 405
    assert set(refused.headers["allow"].split(", ")) == METHODS[path] | {"OPTIONS"}


def test_a_page_of_another_site_may_read_and_ask_again_but_not_write(edge: Edge) -> None:
    asked = {"Origin": "https://elders.example", "Access-Control-Request-Headers": "if-none-match"}
    told = edge.client.options("/decisions", headers={**asked, "Access-Control-Request-Method": "GET"}).headers
    assert told["access-control-allow-origin"] == "*"
    assert told["access-control-allow-methods"] == "GET, HEAD"
    assert {"if-none-match", "accept-language"} <= set(told["access-control-allow-headers"].lower().split(", "))
    shown = edge.get("/decisions", pageSize=1).headers
    assert {"ETag", "Link", "Log-Position", "API-Version"} <= set(shown["access-control-expose-headers"].split(", "))


def test_a_moment_of_nothing_is_no_moment(edge: Edge) -> None:
    for name in ("knownAt", "validOn"):
        refused = edge.get("/members", **{name: ""})
        assert refused.status_code == 400
        assert [error["field"] for error in refused.json()["errors"]] == [name]


@pytest.mark.parametrize("language", ["not a tag", "nederlands", "nl, en", "NL"])
def test_texts_are_not_taken_as_dutch_because_their_language_is_misspelt(edge: Edge, language: str) -> None:
    size = edge.size()
    refused = edge.post("redactie", "/decisions", TITLE, headers={"Content-Language": language})
    assert refused.status_code == 400
    assert [(error["code"], error["field"]) for error in refused.json()["errors"]] == [
        ("not-a-language", "Content-Language")
    ]
    assert edge.size() == size


def test_sealed_texts_come_as_lines_or_not_at_all(edge: Edge) -> None:
    decision = edge.made["samenwerkingsafspraken"]
    assert edge.get(f"/openings/{decision}").headers["content-type"].startswith("application/jsonl")
    assert edge.client.get(f"/openings/{decision}", headers={"Accept": "application/json"}).status_code == 406


def test_a_step_is_replayed_only_when_it_was_known_by_then(edge: Edge) -> None:
    decision = edge.made["samenwerkingsafspraken"]
    steps = edge.read(f"/decisions/{decision}/replay")["steps"]
    last = edge.read(f"/decisions/{decision}/events", pageSize=500)["items"][-1]["event"]
    then = edge.read(f"/decisions/{decision}/replay", step=2, knownAt=last["knownFrom"])
    assert (then["step"], then["steps"]) == (2, steps)
    for unknown in ({"step": 2, "knownAt": "2000-01-01"}, {"step": steps + 1, "knownAt": last["knownFrom"]}):
        refused = edge.get(f"/decisions/{decision}/replay", **unknown)
        assert refused.status_code == 404


def test_what_is_new_is_found_at_its_own_address(edge: Edge) -> None:
    meeting = {"body": "mra-av", "plannedOn": "2031-01-15"}
    for path, body in (("/meetings", meeting), ("/decisions", TITLE)):
        answer = edge.post("redactie", path, body)
        assert answer.status_code == 201, answer.text
        id_ = answer.json()["events"][0]["id"]
        assert answer.headers["location"] == f"/api/v1{path}/{id_}"
        assert edge.read(f"{path}/{id_}")["id"] == id_
