"""A clerk records a whole meeting from one screen: only what was said is written, all faults are told at once, nothing twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import msgspec
import pytest

from register.register import Recorded, Request
from tests.api.edge import Edge
from tests.api.forms import Fields, form_in, send, signed_in

CLERK, SECOND, MEMBER = "redactie", "tweede-lezer", "gm0397"
ALMERE, LAREN, PURMEREND, HAARLEM = "gm0034", "gm0417", "gm0439", "gm0392"


class Gathering(msgspec.Struct):
    """A meeting with two items: a decision with a part on the first, none yet on the second."""

    id: str
    decision: str

    @property
    def path(self) -> str:
        return f"/vastleggen/vergadering/{self.id}"


@pytest.fixture
def gathering(edge: Edge) -> Gathering:
    meeting = made(edge, "/meetings", {"body": "mra-av", "plannedOn": "2025-03-21"})
    for item, title in (("1", "Regionaal laadplan"), ("2", "Voortgang")):
        edge.record(CLERK, f"/meetings/{meeting}/agenda-items", {"item": item, "title": title})
    asked = {"title": "Regionaal laadplan", "decidedBy": {"body": "mra-av"}, "kind": "decision", "class": "not-stated"}
    decision = made(edge, "/decisions", asked)
    edge.record(CLERK, f"/decisions/{decision}/parts", {"part": "palen", "n": 1, "title": "Laadpalen"})
    edge.record(CLERK, f"/decisions/{decision}/placements", {"meeting": meeting, "item": "1"})
    return Gathering(meeting, decision)


def made(edge: Edge, path: str, body: object) -> str:
    return str(edge.record(CLERK, path, body)["events"][0]["id"])


@pytest.fixture
def clerk(edge: Edge) -> Iterator[httpx.Client]:
    with signed_in(edge, CLERK) as browser:
        yield browser


def opened(browser: httpx.Client, path: str) -> Fields:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.text
    return form_in(answer.text)


def filled(fields: Fields, decision: str, **answers: str) -> None:
    """Answer questions about one decision, by the end of their names."""
    for name, value in answers.items():
        fields[f"b-{decision}-{name.replace('_', '-')}"] = [value]


def types(edge: Edge, decision: str) -> list[str]:
    return [str(each["event"]["type"]) for each in edge.read(f"/decisions/{decision}/events")["items"]]


def faults(answer: httpx.Response) -> str:
    found = re.search(r'<div class="notice notice-fault".*?</div>', answer.text, re.DOTALL)
    return found.group() if found else ""


def test_who_did_not_object_gets_no_position(edge: Edge, clerk: httpx.Client, gathering: Gathering) -> None:
    fields = opened(clerk, gathering.path)
    filled(fields, gathering.decision, uitkomst="adopted", stelt="palen")
    fields[f"was-{LAREN}"] = ["met"]
    before = types(edge, gathering.decision)
    assert send(clerk, gathering.path, fields).status_code == 303
    assert types(edge, gathering.decision) == [*before, "outcome.recorded"]
    held = edge.read(f"/meetings/{gathering.id}")["held"]
    assert held["absent"] == [{"member": LAREN, "notice": True}]
    assert len(held["present"]) == 32
    shown = clerk.get(f"/besluiten/{gathering.decision}").text
    assert "geen bezwaar (aanwezig)" in shown.lower()


def test_what_is_said_is_recorded_in_one_request_a_decision(
    edge: Edge, clerk: httpx.Client, gathering: Gathering
) -> None:
    fields = opened(clerk, gathering.path)
    said = {"r0_lid": ALMERE, "r0_wat": "positie.departs", "r0_onderdeel": "palen", "r0_ontbreekt": "not-given"}
    filled(fields, gathering.decision, uitkomst="adopted", stelt="palen", **said)
    filled(fields, gathering.decision, r1_lid=PURMEREND, r1_wat="kanttekening", r1_tekst="Graag eerder de stukken.")
    answer = send(clerk, gathering.path, fields)
    assert answer.status_code == 303, faults(answer)
    events = edge.read(f"/decisions/{gathering.decision}/events")["items"]
    mine = [
        each["event"]
        for each in events
        if each["event"]["type"] not in {"decision.proposed", "part.added", "decision.placed"}
    ]
    assert [each["type"] for each in mine] == [
        "outcome.recorded",
        "parties.listed",
        "position.recorded",
        "remark.recorded",
    ]
    assert len({each["cause"] for each in mine}) == 1
    summary = clerk.get(answer.headers["location"])
    assert summary.text.count("nog niet bevestigd") == 4
    assert f"{gathering.path}/bevestigen" in summary.text


def test_an_item_becomes_a_decision_when_something_came_of_it(
    edge: Edge, clerk: httpx.Client, gathering: Gathering
) -> None:
    fields = opened(clerk, gathering.path)
    new = next(name for name in fields if name.endswith("-titel"))
    fields[new.replace("-titel", "-uitkomst")] = ["noted"]
    assert send(clerk, gathering.path, fields).status_code == 303
    decision = new.removeprefix("b-").removesuffix("-titel")
    assert types(edge, decision) == ["decision.proposed", "decision.placed", "outcome.recorded"]
    assert edge.read(f"/decisions/{decision}")["proposed"]["title"]["text"] == "Voortgang"


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_recorded(
    edge: Edge, clerk: httpx.Client, gathering: Gathering
) -> None:
    fields = opened(clerk, gathering.path)
    fields["dag"], fields["telt-aanwezig"] = ["31-2-2025"], ["veel"]
    filled(fields, gathering.decision, uitkomst="held-over", stelt="palen", r0_lid=ALMERE, r0_wat="positie.departs")
    filled(fields, gathering.decision, r1_lid=HAARLEM, r1_tekst="Dit mag niet verloren gaan.")
    before = edge.size()
    answer = send(clerk, gathering.path, fields)
    assert answer.status_code == 422
    told = faults(answer)
    for where in ("dag", "telt-aanwezig", f"b-{gathering.decision}-r1-wat"):
        assert f'href="#{where}"' in told, where
    assert edge.size() == before
    assert form_in(answer.text) == fields
    fields["dag"], fields["telt-aanwezig"] = ["21-3-2025"], [""]
    again = faults(send(clerk, gathering.path, fields))
    assert f'href="#b-{gathering.decision}-stelt-0"' in again
    assert f'href="#b-{gathering.decision}-r0-tekst"' in again
    assert edge.size() == before


def test_names_that_differ_from_the_stated_numbers_are_confirmed_and_both_are_recorded(
    edge: Edge, clerk: httpx.Client, gathering: Gathering
) -> None:
    fields = opened(clerk, gathering.path)
    fields["telt-afwezig"] = ["2"]
    filled(fields, gathering.decision, uitkomst="adopted", hoe="hands", telt_against="0", rest="for")
    filled(fields, gathering.decision, r0_lid=ALMERE, r0_wat="stem.against")
    before = edge.size()
    differing = send(clerk, gathering.path, fields)
    assert (differing.status_code, edge.size()) == (422, before)
    assert "De bron telt 2 afwezig, hier staan er 0." in differing.text
    assert "de bron telt 0 keer tegen, de namen tellen op tot 1." in differing.text
    boxes = re.findall(r'name="verschil" value="([^"]+)"', differing.text)
    assert send(clerk, gathering.path, {**fields, "verschil": boxes[:1]}).status_code == 422
    assert send(clerk, gathering.path, {**fields, "verschil": boxes}).status_code == 303
    (ballot,) = edge.read(f"/decisions/{gathering.decision}")["ballots"]
    assert ballot["difference"] == [{"choice": "against", "stated": 0, "counted": 1}]


def test_after_a_death_half_way_the_same_form_goes_on_and_a_new_one_shows_what_is_there(
    edge: Edge, clerk: httpx.Client, gathering: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = opened(clerk, gathering.path)
    filled(fields, gathering.decision, uitkomst="adopted", r0_lid=ALMERE, r0_wat="kanttekening", r0_tekst="Let op.")
    before = edge.size()
    record, calls = edge.parts.register.record, list[Request]()

    async def dies(request: Request, **more: Any) -> Recorded:  # noqa: ANN401  # as it is called
        calls.append(request)
        if len(calls) > 1:
            raise KeyError("the machine went down")
        return await record(request, **more)

    monkeypatch.setattr(edge.parts.register, "record", dies)
    assert send(clerk, gathering.path, fields).status_code == 500
    monkeypatch.undo()
    assert edge.size() == before + 1
    anew = clerk.get(gathering.path).text
    assert "Gehouden op 21 maart 2025." in anew
    assert 'name="dag"' not in anew
    assert send(clerk, gathering.path, fields).status_code == 303
    assert edge.size() == before + 3
    assert send(clerk, gathering.path, fields).status_code == 303
    assert edge.size() == before + 3


def test_when_somebody_else_was_first_the_screen_says_so_and_keeps_what_was_typed(
    edge: Edge, clerk: httpx.Client, gathering: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = opened(clerk, gathering.path)
    filled(fields, gathering.decision, uitkomst="adopted")
    record, calls = edge.parts.register.record, list[Request]()

    async def after_another(request: Request, **more: Any) -> Recorded:  # noqa: ANN401  # as it is called
        calls.append(request)
        if len(calls) == 1:
            first = msgspec.structs.replace(request, cause=edge.home.register.id, request_hash=b"another")
            await record(first, **more)
        return await record(request, **more)

    monkeypatch.setattr(edge.parts.register, "record", after_another)
    answer = send(clerk, gathering.path, fields)
    assert answer.status_code == 409
    assert "Niet alles is vastgelegd." in answer.text
    assert form_in(answer.text)[f"b-{gathering.decision}-uitkomst"] == ["adopted"]


def test_a_second_account_confirms_and_the_clerk_cannot(edge: Edge, clerk: httpx.Client, gathering: Gathering) -> None:
    fields = opened(clerk, gathering.path)
    filled(fields, gathering.decision, uitkomst="noted")
    assert send(clerk, gathering.path, fields).status_code == 303
    assert clerk.get(f"{gathering.path}/bevestigen").status_code == 403
    with signed_in(edge, SECOND) as second:
        asked = opened(second, f"{gathering.path}/bevestigen")
        nothing = send(second, f"{gathering.path}/bevestigen", asked)
        assert (nothing.status_code, "Er is nog niets aangekruist." in nothing.text) == (422, True)
        ticked = {**asked, "besluit": [gathering.decision]}
        first = send(second, f"{gathering.path}/bevestigen", ticked)
        assert (first.status_code, types(edge, gathering.decision)[-1]) == (303, "decision.confirmed")
        size = edge.size()
        assert send(second, f"{gathering.path}/bevestigen", ticked).headers["location"] == first.headers["location"]
        assert edge.size() == size
    assert not edge.read(f"/decisions/{gathering.decision}").get("unconfirmed")


def test_only_the_clerk_of_the_body_has_the_screen(edge: Edge, gathering: Gathering) -> None:
    with httpx.Client(base_url=edge.url) as anybody:
        assert anybody.get(gathering.path).headers["location"].startswith("/aanmelden?naar=")
        assert "Leg deze vergadering vast" not in anybody.get(f"/vergaderingen/{gathering.id}").text
    with signed_in(edge, MEMBER) as member:
        answer = member.get(gathering.path)
        assert answer.status_code == 403
        assert "Geen van uw mandaten dekt Algemene Vergadering" in answer.text
        assert "Leg deze vergadering vast" not in member.get(f"/vergaderingen/{gathering.id}").text
    with signed_in(edge, CLERK) as clerk:
        assert "Leg deze vergadering vast" in clerk.get(f"/vergaderingen/{gathering.id}").text
        assert send(clerk, gathering.path, {**opened(clerk, gathering.path), "_csrf_token": ["x"]}).status_code == 403


def test_more_lines_are_given_and_nothing_is_recorded(edge: Edge, clerk: httpx.Client, gathering: Gathering) -> None:
    fields = opened(clerk, gathering.path)
    filled(fields, gathering.decision, r1_lid=HAARLEM)
    before = edge.size()
    answer = send(clerk, gathering.path, {**fields, "meer": [f"b-{gathering.decision}"]})
    assert (answer.status_code, edge.size()) == (200, before)
    grown = form_in(answer.text)
    assert grown[f"b-{gathering.decision}-r1-lid"] == [HAARLEM]
    assert f"b-{gathering.decision}-r4-lid" in grown
