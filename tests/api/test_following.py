"""The pages of dossiers and of the forward agenda; in both languages, without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.api.edge import Edge
from tests.api.test_dossiers import CLERK, follow


@pytest.fixture
def site(edge: Edge) -> Iterator[httpx.Client]:
    """Whoever reads pages."""
    with httpx.Client(base_url=edge.url, timeout=30) as client:
        yield client


def plain(page: str) -> str:
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_each_page_is_there_in_both_languages_and_is_not_sent_again(edge: Edge, site: httpx.Client) -> None:
    agenda = edge.made["dossier-mra-agenda"]
    for path in (
        "/dossiers",
        "/dossiers?q=2024-2028",
        f"/dossiers/{agenda}",
        "/termijnagenda",
        "/termijnagenda?voor=gm0402",
    ):
        for lang, address in (("nl", path), ("en", "/en" + path)):
            first = site.get(address)
            assert (first.status_code, first.headers["Content-Language"]) == (200, lang)
            assert site.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_the_page_of_a_dossier_shows_planned_beside_happened_and_what_is_not_recorded(
    edge: Edge, site: httpx.Client
) -> None:
    page = site.get(f"/dossiers/{edge.made['dossier-voortgangsnota-2022']}").text
    said = plain(page)
    assert "Gepland 24 maart 2023, gebeurd 24 maart 2023." in said
    assert f'href="/besluiten/{edge.made["vrijgave-voortgangsnota-2022"]}"' in page
    last = plain(page.partition('id="stap-4"')[2].partition("</li>")[0])
    assert "niet vastgelegd" in last
    assert "gebeurd" not in last
    english = plain(site.get(f"/en/dossiers/{edge.made['dossier-voortgangsnota-2022']}").text)
    assert "Planned 24 March 2023, happened 24 March 2023." in english


def test_every_title_stands_on_the_page_and_the_heading_is_that_of_the_day(edge: Edge, site: httpx.Client) -> None:
    agenda = edge.made["dossier-mra-agenda"]
    heading = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
    for day, title in (("2023-06-01", "MRA Agenda 2024-2028"), ("2024-06-01", "MRA Agenda 2025-2028")):
        page = site.get(f"/dossiers/{agenda}?validOn={day}").text
        (called,) = heading.findall(page)
        assert plain(called) == title
    assert "Het heette ook ‘MRA Agenda 2024-2028’." in plain(site.get(f"/dossiers/{agenda}").text)  # noqa: RUF001  # the quotation marks of the page


def test_a_decision_leads_to_the_step_of_its_dossier_and_to_no_decision_that_is_none(
    edge: Edge, site: httpx.Client
) -> None:
    dossier = edge.made["dossier-voortgangsnota-2022"]
    page = site.get(f"/besluiten/{edge.made['vrijgave-voortgangsnota-2022']}").text
    assert f'<a href="/dossiers/{dossier}#stap-2">' in page
    assert f"/besluiten/{dossier}" not in page
    assert 'id="stap-2"' in site.get(f"/dossiers/{dossier}").text


def test_search_leads_to_a_dossier_by_a_former_title_and_says_what_it_is_called_now(
    edge: Edge, site: httpx.Client
) -> None:
    page = site.get("/zoeken?q=2024-2028&waar=dossier").text
    assert f'href="/dossiers/{edge.made["dossier-mra-agenda"]}"' in page
    assert "nu: MRA Agenda 2025-2028" in plain(page)


def test_a_council_reads_when_what_comes_who_establishes_it_and_what_moved(edge: Edge, site: httpx.Client) -> None:
    dossier = follow(edge, "Opgave groen")
    page = site.get("/termijnagenda?voor=gm0402-raad&validOn=2024-04-01").text
    said = plain(page)
    assert f'href="/dossiers/{dossier}?validOn=2024-04-01#stap-1"' in page
    assert "Invloed tot en met 20 mei 2024: Gemeenteraad van Hilversum." in said
    assert "De termijn is veranderd: eerder tot en met 1 mei 2024." in said
    assert "Trede 5: een commissie van raadsleden adviseert" in said
    assert "loopt nu" in said
    assert 'value="gm0402-raad" selected' in page
    shown = plain(site.get(f"/dossiers/{dossier}?validOn=2024-04-01").text)
    assert "Nu: wensen en opvattingen, tot en met 20 mei 2024." in shown


def test_the_first_page_tells_what_comes(edge: Edge, site: httpx.Client) -> None:
    dossier = follow(edge, "Opgave water")
    assert "Er is niets vastgelegd dat nog moet komen." in plain(site.get("/?validOn=2101-01-01").text)
    assert f"/dossiers/{dossier}" in site.get("/termijnagenda?validOn=2024-04-01").text
    assert "Wat er komt" in plain(site.get("/?validOn=2024-04-01").text)


def test_a_struck_dossier_says_why_and_what_had_been_recorded(edge: Edge, site: httpx.Client) -> None:
    dossier = follow(edge, "Proefdossier")
    edge.record(CLERK, f"/dossiers/{dossier}/striking", {"because": "exercise", "grounds": "Alleen een proef."})
    gone = site.get(f"/dossiers/{dossier}")
    assert gone.status_code == 410
    said = plain(gone.text)
    for sentence in ("Dit dossier is doorgehaald", "Alleen een proef.", "Route gepland; aantal stappen: 2."):
        assert sentence in said
    assert dossier not in site.get("/dossiers?q=Proefdossier").text


def test_what_is_no_dossier_is_a_page_too(edge: Edge, site: httpx.Client) -> None:
    assert site.get(f"/dossiers/{edge.made['samenwerkingsafspraken']}").status_code == 404
    assert site.get("/dossiers/geen").status_code == 404
    assert site.get("/termijnagenda?voor=<script>").status_code == 404
    typed = site.get("/dossiers", params={"q": "<script>alert(1)</script>"})
    assert typed.status_code == 200
    assert "<script>" not in typed.text
