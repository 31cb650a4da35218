"""A meeting that was struck leaves every list and count, and keeps its address, its reason and its history."""

from __future__ import annotations

import httpx

from tests.api.edge import Edge

CLERK = "redactie"


def test_a_struck_meeting_is_gone_with_its_reason_and_its_history_stays(edge: Edge) -> None:
    made = edge.record(CLERK, "/meetings", {"body": "mra-av", "plannedOn": "2020-02-03", "title": "Oefenvergadering"})
    meeting = str(made["events"][-1]["id"])
    edge.record(CLERK, f"/meetings/{meeting}/agenda-items", {"item": "1", "title": "Oefenpunt"})
    edge.record(CLERK, f"/meetings/{meeting}/holding", {"on": "2020-02-03"})
    before = edge.read("/meetings", body="mra-av")["total"]
    gaps = edge.read("/completeness", pageSize="100")["total"]
    assert edge.read("/search", q="Oefenpunt")["total"] == 1

    edge.record(CLERK, f"/meetings/{meeting}/striking", {"because": "exercise", "grounds": "Een oefening."})

    assert edge.read("/meetings", body="mra-av")["total"] == before - 1
    assert edge.read("/completeness", pageSize="100")["total"] < gaps
    assert edge.read("/search", q="Oefenpunt")["total"] == 0
    gone = edge.get(f"/meetings/{meeting}")
    assert gone.status_code == 410
    assert gone.json()["struck"]["grounds"]["text"] == "Een oefening."
    history = httpx.get(f"{edge.url}{gone.json()['events']}").json()["items"]
    assert [each["event"]["type"] for each in history] == [
        "meeting.planned",
        "agenda-item.placed",
        "meeting.held",
        "meeting.struck",
    ]
    page = httpx.get(f"{edge.url}/vergaderingen/{meeting}")
    assert page.status_code == 410
    assert "Doorgehaalde vergadering" in page.text
    assert "Een oefening." in page.text
    assert "De vergadering is doorgehaald." in page.text
