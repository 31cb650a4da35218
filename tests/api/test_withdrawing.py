"""Withdrawing a text over HTTP: who may, what is refused, and that no answer gives it away, at any known time."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.api.edge import Edge

GROUND = {"ground": "avg-17", "authority": "gm0363", "on": "2026-01-15"}
WORDS = "zomerklokjesveld"
"""Words that stand nowhere else."""


def places(edge: Edge, words: str) -> dict[str, Any]:
    """A decision with a position, both of which say these words."""
    body = {"title": f"Plan {words}", "decidedBy": {"each": "member"}, "kind": "agreement", "class": "not-stated"}
    made = edge.record("redactie", "/decisions", {**body, "on": "2026-01-10"})["events"][0]["id"]
    own = {"as": "own", "layer": "executive", "members": ["gm0363"]}
    said = {"member": "gm0363", "stance": "departs", "voice": own, "reason": f"Mevrouw {words} woont er."}
    position = edge.record("gm0363", f"/decisions/{made}/positions", {**said, "on": "2026-01-11"})["events"][-1]
    return {"decision": made, "seq": position["seq"], "known": edge.size() - 1}


def withdrawal(stream: str, seq: int, field: str, **more: object) -> dict[str, object]:
    return {"of": {"id": stream, "seq": seq, "field": field}, **GROUND, **more}


def codes(answer: httpx.Response) -> set[str]:
    return {error["code"] for error in answer.json()["errors"]}


def addresses(made: dict[str, Any], at: str) -> list[str]:
    """Every address that told these words."""
    decision, asked = made["decision"], f"?knownAt={at}" if at else ""
    api = [
        f"/api/v1/decisions/{decision}{asked}",
        f"/api/v1/decisions/{decision}/positions{asked}",
        f"/api/v1/decisions/{decision}/history{asked}",
        f"/api/v1/decisions/{decision}/difference{asked}",
        f"/api/v1/members/gm0363/positions{asked}",
        f"/api/v1/search?q={WORDS}{'&' + asked[1:] if asked else ''}",
    ]
    pages = [
        f"{lang}/besluiten/{decision}{below}{asked}" for lang in ("", "/en") for below in ("", "/stap", "/verschil")
    ]
    more = [f"/zoeken?q={WORDS}{'&' + asked[1:] if asked else ''}", f"/leden/gm0363{asked}", f"/{asked}"]
    return [*api, *pages, *more, f"/openings/{decision}", f"/api/v1/events?after={made['known'] - 9}"]


def telling(edge: Edge, made: dict[str, Any], at: str = "") -> set[str]:
    """The addresses that answer, and those words with it; a search repeats what was asked for."""
    found: set[str] = set()
    for address in addresses(made, at):
        answer = httpx.get(edge.url + address, follow_redirects=True, timeout=30)
        said = answer.text.replace(f'value="{WORDS}"', "").replace(f"q={WORDS}", "")
        if answer.status_code == 200 and (f"Plan {WORDS}" in said or f"Mevrouw {WORDS}" in said):
            found.add(address)
    return found


def test_only_an_administrator_may(edge: Edge) -> None:
    made = places(edge, "alpha")
    body = withdrawal(made["decision"], 1, "title")
    for account in ("redactie", "gm0363", "tweede-lezer"):
        answer = edge.post(account, "/register/withdrawals", body)
        assert (answer.status_code, codes(answer)) == (403, {"not-yours"})
    assert edge.post("beheer", "/register/withdrawals", body).status_code == 201


def test_the_same_request_again_gets_the_same_answer_and_another_is_refused(edge: Edge) -> None:
    made, key = places(edge, "beta"), str(uuid4())
    body = withdrawal(made["decision"], 1, "title")
    first = edge.post("beheer", "/register/withdrawals", body, key=key)
    again = edge.post("beheer", "/register/withdrawals", body, key=key)
    assert first.json()["events"] == again.json()["events"]
    other = edge.post("beheer", "/register/withdrawals", body)
    assert (other.status_code, codes(other)) == (409, {"already-withdrawn"})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"of": {"id": str(uuid4()), "seq": 1, "field": "title"}}, "nothing-there"),
        ({"of": {"seq": 99}}, "nothing-there"),
        ({"of": {"field": "number"}}, "no-text-there"),
        ({"of": {"field": "decidedBy.each"}}, "no-text-there"),
        ({"authority": "nobody"}, "unknown-authority"),
        ({"on": "2099-01-01"}, "not-yet-happened"),
    ],
)
def test_what_cannot_be_withdrawn_is_refused_with_its_rule(edge: Edge, change: dict[str, Any], code: str) -> None:
    body = withdrawal(edge.made["samenwerkingsafspraken"], 1, "title")
    of = {**body["of"], **change.get("of", {})}  # type: ignore[dict-item]  # an object
    before = edge.size()
    answer = edge.post("beheer", "/register/withdrawals", {**body, **change, "of": of})
    assert answer.status_code in {400, 409}, answer.text
    assert codes(answer) == {code}
    assert edge.size() == before


def test_no_answer_gives_a_withdrawn_text_away_at_any_known_time(edge: Edge) -> None:
    made = places(edge, WORDS)
    moment = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    kept = httpx.get(f"{edge.url}/besluiten/{made['decision']}?knownAt={moment}")
    assert kept.headers["cache-control"] == "public, max-age=0, must-revalidate"
    before = telling(edge, made)
    assert {address.partition("?")[0] for address in before} >= {
        f"/api/v1/decisions/{made['decision']}",
        f"/besluiten/{made['decision']}",
        f"/en/besluiten/{made['decision']}",
        "/zoeken",
    }
    edge.record("beheer", "/register/withdrawals", withdrawal(made["decision"], 1, "title"))
    instead = {"instead": "Mevrouw … woont er."}
    edge.record("beheer", "/register/withdrawals", withdrawal(made["decision"], made["seq"], "reason", **instead))
    for at in ("", moment, "2026-01-01"):
        assert telling(edge, made, at) == set()
    unchanged = httpx.get(str(kept.url), headers={"If-None-Match": kept.headers["etag"]})
    assert unchanged.status_code == 200
    title = edge.read(f"/decisions/{made['decision']}", knownAt=moment)["proposed"]["title"]
    assert (title["withheld"], title["withheldBy"], title["withheldOn"]) == ("avg-17", "gm0363", "2026-01-15")
    assert "text" not in title
    [position] = edge.read(f"/decisions/{made['decision']}/positions")["items"]
    assert (position["reason"]["text"], position["reason"]["instead"]) == ("Mevrouw … woont er.", True)


def test_pages_say_that_it_is_withheld_on_what_ground_and_lead_to_the_entry(edge: Edge) -> None:
    made = places(edge, "gamma")
    entry = edge.record("beheer", "/register/withdrawals", withdrawal(made["decision"], 1, "title"))["events"][0]
    dutch = httpx.get(f"{edge.url}/besluiten/{made['decision']}").text
    english = httpx.get(f"{edge.url}/en/besluiten/{made['decision']}").text
    assert "<title>Afspraak van 10 januari 2026 (titel afgeschermd) –" in dutch  # noqa: RUF001  # the dash of a title
    assert "<title>Agreement of 10 January 2026 (title withheld) –" in english  # noqa: RUF001  # as above
    assert "recht op vergetelheid, AVG artikel 17" in dutch
    assert f'href="/afgeschermd#regel-{entry["position"]}"' in dutch
    assert f'href="/en/afgeschermd#regel-{entry["position"]}"' in english
    for where, name in (("/afgeschermd", "Amsterdam"), ("/en/afgeschermd", "Amsterdam")):
        page = httpx.get(edge.url + where).text
        assert f'id="regel-{entry["position"]}"' in page
        assert name in page
        assert f"/api/v1/events/{entry['position']}/proof" in page
    assert (
        f'/besluiten/{made["decision"]}">Afspraak van 10 januari 2026 (titel afgeschermd met regel'
        in httpx.get(f"{edge.url}/afgeschermd").text
    )
    assert httpx.get(f"{edge.url}/api/v1/events/{entry['position']}/proof", timeout=30).status_code == 200


def test_the_region_that_answers_for_it_is_called_by_its_name(edge: Edge) -> None:
    made = places(edge, "theta")
    region = edge.home.register.charter.region
    body = {**withdrawal(made["decision"], 1, "title"), "authority": region}
    entry = edge.record("beheer", "/register/withdrawals", body)["events"][0]
    page = httpx.get(f"{edge.url}/afgeschermd").text
    row = page.partition(f'id="regel-{entry["position"]}"')[2].partition("</tr>")[0]
    name = json.loads(httpx.get(f"{edge.url}/api/v1/events/0/entry").text)["data"]["region"]["name"]
    assert f'data-label="Door">{name}</td>' in row


def test_the_bundle_of_a_decision_proves_its_entries_without_the_text(edge: Edge) -> None:
    made = places(edge, "delta")
    edge.record("beheer", "/register/withdrawals", withdrawal(made["decision"], made["seq"], "reason"))
    answer = httpx.get(f"{edge.url}/api/v1/decisions/{made['decision']}/proof", timeout=30)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        openings = [json.loads(line) for line in archive.read("openings.jsonl").splitlines()]
    assert [(each["seq"], each["field"]) for each in openings] == [(1, "title")]


def test_what_stands_in_place_of_a_text_can_be_withdrawn_for_another(edge: Edge) -> None:
    made = places(edge, "epsilon")
    register = str(edge.home.register.id)
    first = withdrawal(made["decision"], made["seq"], "reason", instead="Mevrouw E. woont er.")
    at = edge.record("beheer", "/register/withdrawals", first)["events"][0]["seq"]
    edge.record("beheer", "/register/withdrawals", withdrawal(register, at, "instead", instead="… woont er."))
    [position] = edge.read(f"/decisions/{made['decision']}/positions")["items"]
    assert position["reason"]["text"] == "… woont er."
    page = httpx.get(f"{edge.url}/besluiten/{made['decision']}").text
    assert "… woont er." in page
    assert "Mevrouw E." not in page
    assert "deels afgeschermd" in page


def test_the_same_import_again_does_not_bring_a_text_back(edge: Edge) -> None:
    body = {"title": "Plan zeta", "decidedBy": {"each": "member"}, "kind": "agreement", "class": "not-stated"}
    key = str(uuid4())
    first = edge.post("redactie", "/decisions", {**body, "source": "bron zeta"}, key=key)
    stream = first.json()["events"][0]["id"]
    edge.record("beheer", "/register/withdrawals", withdrawal(stream, 1, "title"))
    again = edge.post("redactie", "/decisions", {**body, "source": "bron zeta"}, key=key)
    assert again.json()["events"] == first.json()["events"]
    other = edge.post("redactie", "/decisions", {**body, "source": "bron zeta"})
    assert other.status_code == 409
    title = edge.read(f"/decisions/{stream}")["proposed"]["title"]
    assert ("text" in title, title["withheld"]) == (False, "avg-17")
    openings = httpx.get(f"{edge.url}/openings/{stream}").text
    assert [json.loads(line)["field"] for line in openings.splitlines()] == ["source"]


def test_who_follows_the_entries_is_told_and_finds_the_text_gone(edge: Edge) -> None:
    made = places(edge, "eta")
    before = edge.size()
    edge.record("beheer", "/register/withdrawals", withdrawal(made["decision"], 1, "title"))
    [told] = edge.read("/events", after=before - 1)["items"]
    entry = told["entry"] if isinstance(told["entry"], dict) else json.loads(told["entry"])
    assert entry["type"] == "disclosure.withdrawn"
    assert entry["data"]["of"] == {"field": "title", "id": made["decision"], "seq": 1}
    said = edge.read("/events", after=made["known"] - 20)["items"]
    assert "Plan eta" not in json.dumps(said)
