"""Whatever is sent to whatever write: a problem document, nothing stored, never a fault."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from api.writes import WRITES, Write
from tests.api.edge import Edge

DEEP = b'{"a":' * 2000 + b"1" + b"}" * 2000
BODIES: dict[str, bytes] = {
    "nothing": b"",
    "broken": b'{"stance":',
    "no object": b'["stance"]',
    "null": b"null",
    "a number": b"12",
    "not utf-8": b'{"reason":"\xff\xfe"}',
    "a zero byte": b'{"reason":"a\x00b"}',
    "a written zero": rb'{"reason":"a\u0000b","title":"\u0000","member":"gm0363\u0000"}',
    "half a character": rb'{"reason":"\ud800","code":"\udfff"}',
    "turned around": '{"reason":"\u202eabc","name":"\u2066x"}'.encode(),
    "unknown fields": b'{"wat":1,"data":{},"__class__":"x","seq":1}',
    "wrong types": b'{"member":1,"stance":[],"voice":"own","on":20220101,"evidence":{},"title":7,"from":null,"votes":"x"}',
    "a key twice": b'{"member":"gm0363","member":"gm0362"}',
    "no numbers": b'{"n":NaN,"seq":Infinity,"ballot":-1,"count":1e999}',
    "great numbers": b'{"n":99999999999999999999999999,"ballot":9007199254740992,"seat":-5}',
    "deep": DEEP,
    "long name": json.dumps({"x" * 5000: 1}).encode(),
    "days that are none": b'{"on":"2022-02-30","from":"2022-13","until":"2023-01-01/2022-01-01","plannedOn":"never"}',
    "long texts": json.dumps({"reason": "x" * 30_000, "title": "y" * 30_000, "text": "z" * 30_000}).encode(),
    "empty": b'{"reason":"","title":"","evidence":[],"voice":{},"instead":{}}',
}


def path(write: Write, edge: Edge) -> str:
    """An address of this write that exists."""
    found = write.path.replace("{code}", "gm0363").replace("{seq}", "12").replace("{address}", _entry(write, edge))
    return found.replace("{id}", edge.made["samenwerkingsafspraken"] if write.place == "stream" else str(uuid4()))


def _entry(write: Write, edge: Edge) -> str:
    return edge.addresses["standpunt-ijmond" if write.names == "standpoint" else "hilversum-sluit-aan"]


def account(write: Write) -> str:
    return "beheer" if write.place == "governance" else "redactie"


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.path)
def test_nothing_that_is_no_fact_is_stored_or_breaks_anything(edge: Edge, write: Write) -> None:
    before = edge.size()
    for what, body in BODIES.items():
        answer = edge.post(account(write), path(write, edge), body)
        assert answer.status_code in {400, 403, 404, 413}, (what, answer.text)
        _is_problem(answer.content, answer.status_code, answer.headers["content-type"])
    assert edge.size() == before


def test_a_body_of_a_megabyte_is_too_large_and_not_read_to_its_end(edge: Edge) -> None:
    before = edge.size()
    for size in (300_000, 1_000_000, 12_000_000):
        body = json.dumps({"title": "x" * size}).encode()
        answer = edge.post("redactie", "/decisions", body)
        assert answer.status_code == 413, size
        assert "256 KiB" in answer.json()["detail"]
        _is_problem(answer.content, 413, answer.headers["content-type"])
    assert edge.size() == before


@pytest.mark.parametrize(
    "address",
    [
        "/decisions/x/positions",
        "/decisions/00000000-0000-4000-8000-00000000000G/positions",
        "/decisions/A0000000-0000-4000-8000-000000000000/positions",
        "/positions/00000000-0000-4000-8000-000000000000/explanation",
        "/positions/00000000-0000-4000-8000-000000000000.0/explanation",
        "/positions/00000000-0000-4000-8000-000000000000.99999999999/explanation",
        "/members/GM0363/renamings",
        "/members/%00/renamings",
        "/members/%FF%FE/renamings",
        "/members/" + "x" * 3000 + "/renamings",
        "/seats/-1/vacation",
        "/seats/one/vacation",
        "/seats/99999999999999999999/vacation",
        "/mandates/none/end",
        "/nothing/here",
        "/decisions/../members",
    ],
)
def test_an_address_that_cannot_be_one_is_not_found(edge: Edge, address: str) -> None:
    for account_ in ("redactie", "beheer"):
        answer = edge.post(account_, address, {})
        assert answer.status_code in {400, 404}, (address, answer.text)
        _is_problem(answer.content, answer.status_code, answer.headers["content-type"])


def _is_problem(content: bytes, status: int, content_type: str) -> None:
    told = json.loads(content)
    assert content_type == "application/problem+json"
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    assert told["errors"]
    for error in told["errors"]:
        assert error["code"]
        assert error["message"]
        assert "Traceback" not in error["message"]
