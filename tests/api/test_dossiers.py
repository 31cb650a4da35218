"""Dossiers and the forward agenda over HTTP, on the shipped history and on what is recorded here."""

from __future__ import annotations

from typing import Any

import httpx

from tests.api.edge import Edge

CLERK = "redactie"


def follow(edge: Edge, title: str) -> str:
    """A dossier of one's own, with a route that was moved and a rung."""
    made = edge.record(CLERK, "/dossiers", {"kind": "task", "title": title, "on": "2024-01-10", "number": "OPG-1"})
    dossier = str(made["events"][-1]["id"])
    first = {"step": 1, "stage": "views", "plannedOn": "2024-03-01", "by": "mra-bestuur", "influence": ["gm0402-raad"]}
    last = {"step": 2, "stage": "assembly", "plannedOn": "2024-06-14", "by": "mra-av"}
    for day, until in (("2024-01-10", "2024-05-01"), ("2024-02-01", "2024-05-20")):
        steps = [{**first, "until": until}, last]
        edge.record(CLERK, f"/dossiers/{dossier}/routes", {"steps": steps, "on": day})
    edge.record(CLERK, f"/dossiers/{dossier}/participation-steps", {"step": 5, "on": "2024-01-10"})
    return dossier


def mine(found: Any, dossier: str) -> list[tuple[str, int]]:  # noqa: ANN401  # any JSON
    return [(each["plannedOn"], each["step"]) for each in found["items"] if each.get("dossier") == dossier]


def test_the_mra_agenda_is_found_by_the_title_that_it_no_longer_has(edge: Edge) -> None:
    found = edge.read("/dossiers", q="2024-2028")["items"]
    assert [each["title"]["text"] for each in found] == ["MRA Agenda 2025-2028"]
    hits = edge.read("/search", q="2024-2028", place="dossier")["items"]
    assert {hit["id"] for hit in hits} == {edge.made["dossier-mra-agenda"]}
    assert {hit["title"]["text"] for hit in hits} == {"MRA Agenda 2025-2028"}
    meeting = edge.read(f"/meetings/{edge.made['raadtafel-2023-03-14']}")
    assert any("2024-2028" in item["title"]["text"] for item in meeting["items"]), "that day it was called so"
    assert edge.read("/dossiers", q="2025-2028", validOn="2024-01-01")["total"] == 0


def test_the_voortgangsnota_2022_shows_what_was_planned_what_happened_and_what_nobody_wrote_down(edge: Edge) -> None:
    found = edge.read(f"/dossiers/{edge.made['dossier-voortgangsnota-2022']}")
    told = [(each["stage"], each["plannedOn"], each["status"], each.get("happenedOn")) for each in found["steps"]]
    assert told == [
        ("advice", "2023-03-14", "happened", "2023-03-14"),
        ("released", "2023-03-24", "happened", "2023-03-24"),
        ("views", "2023-03-24/2023-06-23", "not-recorded", None),
        ("assembly", "2023-06-23", "not-recorded", None),
    ]
    assert found["steps"][1]["decisions"][0]["outcome"] == "released"
    then = edge.read(f"/dossiers/{edge.made['dossier-voortgangsnota-2022']}", validOn="2023-06-01")
    assert [each["status"] for each in then["steps"]] == ["happened", "happened", "under-way", "planned"]


def test_a_council_sees_until_when_it_has_influence_and_what_moved(edge: Edge) -> None:
    dossier = follow(edge, "Opgave landschap")
    agenda = edge.read("/forward-agenda", validOn="2024-04-01", body="gm0402-raad")
    assert mine(agenda, dossier) == [("2024-03-01", 1)]
    item = next(each for each in agenda["items"] if each.get("dossier") == dossier)
    assert (item["status"], item["until"], item["before"]["until"]) == ("under-way", "2024-05-20", "2024-05-01")
    assert item["participation"] == {
        "step": 5, "asks": "advice", "of": "committee-of-councillors", "when": "before-the-decision",
    }  # fmt: skip
    assert mine(edge.read("/forward-agenda", validOn="2024-04-01", body="mra-av"), dossier) == [("2024-06-14", 2)]
    assert mine(edge.read("/forward-agenda", validOn="2024-04-01", member="gm0402"), dossier) == [("2024-03-01", 1)]
    assert mine(edge.read("/forward-agenda", validOn="2024-05-21"), dossier) == [("2024-06-14", 2)]
    between = edge.read("/forward-agenda", validOn="2024-04-01", **{"from": "2024-06-01", "to": "2024-06-30"})
    assert mine(between, dossier) == [("2024-06-14", 2)]
    assert edge.read("/forward-agenda", validOn="2024-04-01", knownAt="2000-01-01")["items"] == []


def test_the_agenda_has_pages_and_each_leads_to_the_next(edge: Edge) -> None:
    answer = edge.get("/forward-agenda", validOn="2022-01-01", pageSize=2)
    assert len(answer.json()["items"]) == 2
    assert 'rel="next"' in answer.headers["link"]
    assert edge.get("/forward-agenda", body="Niet een code").status_code == 400
    back = edge.get("/forward-agenda", **{"from": "2022-02-01", "to": "2022-01-01"})
    assert (back.status_code, [fault["code"] for fault in back.json()["errors"]]) == (400, ["not-a-period"])


def test_a_struck_dossier_is_gone_with_its_reason_and_its_history_stays(edge: Edge) -> None:
    dossier = follow(edge, "Oefendossier")
    edge.record(CLERK, f"/dossiers/{dossier}/striking", {"because": "exercise", "grounds": "Een oefening."})
    gone = edge.get(f"/dossiers/{dossier}")
    assert gone.status_code == 410
    assert gone.json()["struck"]["grounds"]["text"] == "Een oefening."
    history = edge.read(gone.json()["events"].removeprefix("/api/v1"))["items"]
    assert [each["event"]["type"] for each in history][-1] == "dossier.struck"
    assert mine(edge.read("/forward-agenda", validOn="2024-04-01"), dossier) == []


def test_what_is_no_dossier_or_none_yet_is_told_apart(edge: Edge) -> None:
    decision = edge.made["samenwerkingsafspraken"]
    for path in (f"/dossiers/{decision}", f"/dossiers/{decision}/events"):
        assert edge.get(path).json()["detail"] == "Het register kent geen dossier met dit nummer."
    early = edge.get(f"/dossiers/{edge.made['dossier-mra-agenda']}", validOn="2020-01-01")
    assert (early.status_code, early.json()["detail"]) == (404, "Op dat moment kende het register dit nog niet.")
    assert edge.get("/dossiers", kind="book").status_code == 400


def test_a_corrected_step_is_told_as_it_should_have_been(edge: Edge) -> None:
    dossier = follow(edge, "Opgave verbinden")
    made = edge.record(CLERK, f"/dossiers/{dossier}/steps-reached", {"step": 1, "on": "2024-03-02"})
    seq = made["events"][-1]["seq"]
    right = {"type": "route-step.reached", "v": 1, "data": {"step": 1, "on": "2024-03-01"}}
    said = {"corrects": seq, "kind": "clerical", "grounds": "Een dag te laat.", "instead": right}
    edge.record(CLERK, f"/dossiers/{dossier}/corrections", said)
    found = edge.read(f"/dossiers/{dossier}")
    assert found["steps"][0]["happenedOn"] == "2024-03-01"
    assert found["corrections"][0]["corrects"] == seq


def test_a_struck_meeting_is_gone_with_its_reason_and_its_history_stays(edge: Edge) -> None:
    made = edge.record(CLERK, "/meetings", {"body": "mra-av", "plannedOn": "2027-03-19"})
    meeting = made["events"][-1]["id"]
    assert meeting in {each.get("meeting") for each in edge.read("/forward-agenda", body="mra-av")["items"]}
    edge.record(CLERK, f"/meetings/{meeting}/striking", {"because": "exercise", "grounds": "Geen vergadering."})
    gone = edge.get(f"/meetings/{meeting}")
    assert (gone.status_code, gone.json()["struck"]["grounds"]["text"]) == (410, "Geen vergadering.")
    history = edge.read(gone.json()["events"].removeprefix("/api/v1"))["items"]
    assert [each["event"]["type"] for each in history] == ["meeting.planned", "meeting.struck"]
    assert meeting not in {each.get("meeting") for each in edge.read("/forward-agenda", body="mra-av")["items"]}
    page = httpx.get(f"{edge.url}/vergaderingen/{meeting}")
    assert (page.status_code, "Geen vergadering." in page.text) == (410, True)


def test_a_step_without_a_stage_is_a_step_on_its_page_and_on_the_agenda(edge: Edge) -> None:
    made = edge.record(CLERK, "/dossiers", {"kind": "task", "title": "Opgave zonder fasen", "on": "2024-01-10"})
    dossier = str(made["events"][-1]["id"])
    steps = [{"step": 1, "plannedOn": "2099-03", "by": "mra-av"}]
    edge.record(CLERK, f"/dossiers/{dossier}/routes", {"steps": steps, "on": "2024-01-10"})
    assert mine(edge.read("/forward-agenda"), dossier) == [("2099-03", 1)]
    for prefix, word in (("", "1. Stap"), ("/en", "1. Step")):
        page = httpx.get(f"{edge.url}{prefix}/dossiers/{dossier}").text
        assert f"<b>{word}</b>" in page
        agenda = httpx.get(f"{edge.url}{prefix}/termijnagenda").text
        assert f"/dossiers/{dossier}#stap-1" in agenda


def test_a_sub_region_can_influence_a_step_and_its_members_see_that(edge: Edge) -> None:
    made = edge.record(CLERK, "/dossiers", {"kind": "task", "title": "Propositie", "on": "2023-01-10"})
    dossier = str(made["events"][-1]["id"])
    step = {"step": 1, "plannedOn": "2023-06", "by": "mra-av", "influence": ["ijmond"], "until": "2023-11-01"}
    edge.record(CLERK, f"/dossiers/{dossier}/routes", {"steps": [step], "on": "2023-01-10"})
    for member, found in (("gm0453", [("2023-06", 1)]), ("gm0402", [])):
        assert mine(edge.read("/forward-agenda", validOn="2023-05-01", member=member), dossier) == found
    page = httpx.get(f"{edge.url}/dossiers/{dossier}").text
    assert "Invloed tot en met 1 november 2023: IJmond." in page
