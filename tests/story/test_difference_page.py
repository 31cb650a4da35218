"""The page on which two moments of a decision are compared, in two languages and without a script."""

from __future__ import annotations

import httpx

from tests.api.edge import Edge
from tests.api.test_difference import told


def test_the_page_says_it_in_words_in_two_languages(edge: Edge) -> None:
    decision, moment, position = told(edge)
    query = {"knownFrom": moment}
    dutch = httpx.get(f"{edge.url}/besluiten/{decision}/verschil", params=query)
    english = httpx.get(f"{edge.url}/en/besluiten/{decision}/verschil", params=query)
    assert (dutch.status_code, english.status_code) == (200, 200)
    assert "hersteld" in dutch.text
    assert "corrected" in english.text
    assert f'href="/api/v1/events/{position}/entry"' in dutch.text
    missing = httpx.get(f"{edge.url}/besluiten/00000000-0000-4000-8000-000000000000/verschil")
    assert missing.status_code == 404


def test_an_address_that_cannot_be_read_shows_its_fault_at_the_field(edge: Edge) -> None:
    decision, _, _ = told(edge)
    page = httpx.get(f"{edge.url}/besluiten/{decision}/verschil", params={"validFrom": "straks"})
    assert page.status_code == 200
    assert "Schrijf een dag als 24-3-2022." in page.text


def test_the_replay_leads_to_the_difference(edge: Edge) -> None:
    decision, _, _ = told(edge)
    page = httpx.get(f"{edge.url}/besluiten/{decision}/terugspelen", params={"step": "1"})
    assert f"/besluiten/{decision}/verschil" in page.text
