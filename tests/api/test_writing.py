"""Recording over HTTP: who may, with which key, what is answered, and that it can be read at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.api.edge import PASSWORD, Edge

OWN: dict[str, Any] = {"as": "own", "layer": "executive"}
REASON = "De kosten zijn niet gedekt."


@pytest.fixture
def decision(edge: Edge) -> str:
    """A decision of its own for a test, with one part."""
    body = {
        "title": "Proefbesluit",
        "decidedBy": {"each": "member"},
        "kind": "agreement",
        "class": "organisation-and-frameworks",
        "on": "2021-06-01",
    }
    made: str = edge.record("redactie", "/decisions", body)["events"][0]["id"]
    edge.record("redactie", f"/decisions/{made}/parts", {"part": "p1", "n": 1, "title": "Het eerste deel"})
    return made


def position(member: str, stance: str = "joins", **more: object) -> dict[str, object]:
    return {"member": member, "stance": stance, "voice": {**OWN, "members": [member]}, **more}


def errors(answer: httpx.Response) -> dict[str, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return {error["code"]: error["message"] for error in answer.json()["errors"]}


def test_what_was_written_is_answered_with_where_it_is(edge: Edge, decision: str) -> None:
    answer = edge.post("gm0363", f"/decisions/{decision}/positions", position("gm0363"))
    assert answer.status_code == 201
    told = answer.json()
    assert [event["type"] for event in told["events"]] == ["parties.listed", "position.recorded"]
    assert [event["position"] for event in told["events"]] == [told["position"], told["position"] + 1]
    assert {event["id"] for event in told["events"]} == {decision}
    entry = httpx.get(edge.url + answer.headers["location"]).json()
    assert entry["type"] == "position.recorded"
    assert (entry["for"], entry["seq"]) == ("gm0363", told["events"][1]["seq"])
    assert "gm0363" not in entry["by"]


def test_a_new_decision_is_found_at_its_location(edge: Edge) -> None:
    body = {"title": "Nog een", "decidedBy": {"body": "mra-av"}, "kind": "decision", "class": "not-stated"}
    answer = edge.post("redactie", "/decisions", body)
    found = httpx.get(edge.url + answer.headers["location"])
    assert found.status_code == 200
    assert found.json()["proposed"]["title"]["text"] == "Nog een"


def test_a_departure_without_a_reason_is_refused_with_a_sentence(edge: Edge, decision: str) -> None:
    before = edge.size()
    where = f"/decisions/{decision}/positions"
    dutch = edge.post("gm0363", where, position("gm0363", "departs"))
    english = edge.post("gm0363", where, position("gm0363", "departs"), headers={"Accept-Language": "en"})
    assert dutch.status_code == english.status_code == 400
    assert errors(english)["reason-needed"].startswith("Who departs")
    assert errors(dutch)["reason-needed"].startswith("Wie afwijkt")
    assert edge.size() == before


def test_with_a_reason_it_is_on_the_decision_the_member_and_the_matrix_at_once(edge: Edge, decision: str) -> None:
    edge.record("redactie", f"/decisions/{decision}/outcome", {"verb": "agreed", "on": "2021-06-02", "count": 3})
    body = position("gm0363", "departs", reason=REASON, part="p1")
    edge.record("gm0363", f"/decisions/{decision}/positions", body)
    [found] = edge.read(f"/decisions/{decision}/positions")["items"]
    assert (found["stance"], found["reason"]["text"]) == ("departs", REASON)
    assert decision in str(edge.read("/members/gm0363/course"))
    assert decision in str(edge.read("/course"))


def test_the_same_key_twice_is_stored_once_and_answered_the_same(edge: Edge, decision: str) -> None:
    key, where = str(uuid4()), f"/decisions/{decision}/positions"
    first = edge.post("gm0363", where, position("gm0363"), key=key)
    before = edge.size()
    again = edge.post("gm0363", where, position("gm0363"), key=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first.headers["location"] == again.headers["location"]
    assert edge.size() == before


def test_the_same_key_with_other_content_is_422(edge: Edge, decision: str) -> None:
    key, where = str(uuid4()), f"/decisions/{decision}/positions"
    edge.post("gm0363", where, position("gm0363"), key=key)
    before = edge.size()
    for account, path, body in (
        ("gm0363", where, position("gm0363", "undecided")),
        ("gm0362", where, position("gm0363")),
        ("gm0363", f"/decisions/{decision}/remarks", position("gm0363")),
    ):
        answer = edge.post(account, path, body, key=key)
        assert answer.status_code in {422, 400}, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
    assert edge.post("gm0363", where, position("gm0363", "undecided"), key=key).status_code == 422
    assert edge.size() == before


@pytest.mark.parametrize("key", ["", "1", "not-a-uuid", "00000000000040008000000000000000", "g" * 36])
def test_a_key_is_a_uuid(edge: Edge, decision: str, key: str) -> None:
    headers = {"Idempotency-Key": key} if key else {}
    url = f"/decisions/{decision}/positions"
    answer = edge.client.post(url, json=position("gm0363"), headers=headers, auth=("gm0363", PASSWORD))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


def test_who_is_not_signed_in_records_nothing(edge: Edge, decision: str) -> None:
    url, key = f"/decisions/{decision}/positions", {"Idempotency-Key": str(uuid4())}
    assert edge.client.post(url, json=position("gm0363"), headers=key).status_code == 401
    for auth in (("gm0363", "wrong"), ("nobody", PASSWORD), ("gm0363\u00e9", PASSWORD), ("", "")):
        answer = edge.client.post(url, json=position("gm0363"), headers=key, auth=auth)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Basic")
        assert answer.headers["cache-control"] == "no-store"
    for header in ("Basic", "Basic ???", "Bearer x", "Basic " + "=" * 100, "Basic /w=="):
        answer = edge.client.post(url, json=position("gm0363"), headers={**key, "Authorization": header})
        assert answer.status_code == 401, header
    odd = {name.encode(): value.encode() for name, value in key.items()} | {b"Authorization": b"Basic \xff"}
    assert edge.client.post(url, json=position("gm0363"), headers=odd).status_code == 401


@pytest.mark.parametrize(
    ("account", "path", "body"),
    [
        ("gm0362", "positions", position("gm0363")),
        ("tweede-lezer", "positions", position("gm0363")),
        ("beheer", "positions", position("gm0363")),
        ("gm0363", "striking", {"because": "exercise", "grounds": "niet van mij"}),
        ("gm0363", "confirmations", {"upTo": 1}),
    ],
)
def test_who_has_no_mandate_for_it_is_told_so(
    edge: Edge, decision: str, account: str, path: str, body: dict[str, Any]
) -> None:
    before = edge.size()
    answer = edge.post(account, f"/decisions/{decision}/{path}", body)
    assert answer.status_code == 403, answer.text
    assert edge.size() == before


def test_nobody_confirms_their_own_entry(edge: Edge, decision: str) -> None:
    assert edge.post("tweede-lezer", f"/decisions/{decision}/confirmations", {"upTo": 2}).status_code == 201


def test_a_second_position_on_the_same_is_a_conflict(edge: Edge, decision: str) -> None:
    where = f"/decisions/{decision}/positions"
    edge.record("gm0363", where, position("gm0363"))
    answer = edge.post("gm0363", where, position("gm0363", "undecided"))
    assert answer.status_code == 409
    assert "position-in-force" in errors(answer)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"on": "2999-01-01"}, "not-yet-happened"),
        ({"on": "2022-02-30"}, "not-a-day"),
        ({"evidence": [{"grade": "press", "act": "interview"}]}, "interview-is-no-position"),
        ({"part": "p9"}, "unknown-part"),
        ({"basis": "00000000-0000-4000-8000-000000000000"}, "unknown-decision"),
        ({"stance": "perhaps"}, "not-one-of"),
        ({"reason": "a\u0000b"}, "character"),
        ({"colour": "blue"}, "unknown"),
    ],
)
def test_what_cannot_be_recorded_is_400_with_its_sentence(
    edge: Edge, decision: str, more: dict[str, Any], code: str
) -> None:
    before = edge.size()
    answer = edge.post("gm0363", f"/decisions/{decision}/positions", {**position("gm0363"), **more})
    assert answer.status_code == 400, answer.text
    assert code in errors(answer)
    assert edge.size() == before


def test_a_member_that_the_register_does_not_know_is_400_and_an_address_is_404(edge: Edge, decision: str) -> None:
    body = {"member": "gm9999", "stance": "joins", "voice": {**OWN, "members": ["gm9999"]}}
    assert edge.post("redactie", f"/decisions/{decision}/positions", body).status_code == 400
    assert edge.post("gm0363", f"/decisions/{uuid4()}/positions", position("gm0363")).status_code == 404
    assert edge.post("beheer", "/members/gm9999/departure", {"until": "2026"}).status_code == 404
    gone = edge.post("redactie", f"/positions/{decision}.77/explanation", {"reason": "nergens bij"})
    assert gone.status_code == 404


def test_the_key_of_a_source_that_made_a_decision_makes_no_meeting(edge: Edge) -> None:
    source = {"source": f"tabel {uuid4()}"}
    opened = {"title": "Proef", "decidedBy": {"body": "mra-av"}, "kind": "decision", "class": "not-stated"}
    edge.record("redactie", "/decisions", opened | source)
    answer = edge.post("redactie", "/meetings", {"body": "mra-av", "plannedOn": "2027-01-01"} | source)
    assert (answer.status_code, list(errors(answer))) == (400, ["another-kind-of-stream"])


def test_all_that_is_wrong_is_told_at_once(edge: Edge, decision: str) -> None:
    body = {"member": 7, "stance": "perhaps", "n": -1, "on": "soon", "wat": True}
    answer = edge.post("gm0363", f"/decisions/{decision}/positions", body)
    fields = {error.get("field") for error in answer.json()["errors"]}
    assert {"member", "stance", "n", "on", "wat", "voice"} <= fields


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "", "application/json; charset=latin-1"])
def test_another_form_of_content_is_415(edge: Edge, decision: str, content_type: str) -> None:
    headers = {"Content-Type": content_type}
    answer = edge.post("gm0363", f"/decisions/{decision}/positions", b"{}", headers=headers)
    assert answer.status_code == 415


def test_who_wants_no_json_is_told_that_there_is_nothing_else(edge: Edge, decision: str) -> None:
    for accept, status in (("text/html", 406), ("application/json;q=0", 406), ("*/*", 201)):
        headers = {"Accept": accept}
        answer = edge.post("gm0363", f"/decisions/{decision}/positions", position("gm0363"), headers=headers)
        assert answer.status_code == status, accept


def test_a_field_of_the_address_is_not_contradicted_by_the_body(edge: Edge) -> None:
    same = {"member": "gm0363", "name": "Amsterdam", "from": "2026"}
    other = {"member": "gm0362", "name": "Amstelveen", "from": "2026"}
    assert edge.post("beheer", "/members/gm0363/renamings", other).status_code == 400
    assert edge.post("beheer", "/members/gm0363/renamings", same).status_code == 201


def test_members_that_record_at_the_same_moment_are_all_recorded(edge: Edge, decision: str) -> None:
    members = [item["code"] for item in edge.read("/members", validOn="2021-06-01")["items"]]
    assert len(members) == 35
    before = edge.size()

    def record(member: str) -> httpx.Response:
        # The two that are no member any more have no representative today; the clerk records for them.
        account = member if edge.known(member) else "redactie"
        return edge.post(account, f"/decisions/{decision}/positions", position(member, on="2021-06-01"))

    with ThreadPoolExecutor(35) as pool:
        answers = list(pool.map(record, members))
    assert [answer.status_code for answer in answers] == [201] * 35, [answer.text for answer in answers]
    # Each position once, and the list that they are counted against once.
    assert edge.size() == before + 36
    found = edge.read(f"/decisions/{decision}/positions", pageSize=50)["items"]
    assert sorted(item["member"] for item in found) == sorted(members)
