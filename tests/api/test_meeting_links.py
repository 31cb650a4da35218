"""A link of a decision to a meeting leads to the page of that meeting, in the data and on the page."""

from __future__ import annotations

import re

import httpx

from tests.api.edge import Edge


def test_a_decision_that_answers_a_meeting_leads_to_its_page(edge: Edge) -> None:
    decision, meeting = edge.made["planning-mra-agenda"], edge.made["raadtafel-2023-03-14"]
    (link,) = (each for each in edge.read(f"/decisions/{decision}")["links"] if each["link"]["rel"] == "answers")
    assert link["meeting"] == {"id": meeting, "body": "mra-raadtafel", "on": "2023-03-14"}
    with httpx.Client(base_url=edge.url) as page:
        shown = page.get(f"/besluiten/{decision}").text
        assert re.search(rf'href="/vergaderingen/{meeting}"[^>]*>.*14 maart 2023', shown)
        assert f"/besluiten/{meeting}" not in shown
        assert page.get(f"/vergaderingen/{meeting}").status_code == 200
