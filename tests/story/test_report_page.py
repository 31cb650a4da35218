"""The page of a report on a period, and its table: every number leads to its list, every fact to its entry."""

from __future__ import annotations

import csv
import io
import re

import httpx
import pytest

from tests.api.edge import Edge

YEARS = {"van": "1-1-2020", "tot": "31-12-2022"}


@pytest.mark.parametrize("path", ["/leden/gm0402/verantwoording", "/gremia/pv27-ps/verantwoording", "/verantwoording"])
def test_the_page_and_the_table_tell_the_facts_that_the_interface_tells(edge: Edge, path: str) -> None:
    api = (
        path.replace("/leden/", "/members/").replace("/gremia/", "/bodies/").replace("verantwoording", "accountability")
    )
    told = edge.read(api, **{"from": "2020-01-01", "until": "2022-12-31"})
    page = httpx.get(edge.url + path, params=YEARS, timeout=30)
    english = httpx.get(f"{edge.url}/en{path}", params=YEARS, timeout=30)
    assert (page.status_code, english.status_code) == (200, 200)
    assert "Accountability" in english.text
    table = httpx.get(f"{edge.url}{path}/tabel", params=YEARS, timeout=30)
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(io.StringIO(table.text)))
    facts = [(section["kind"], item["position"]) for section in told["sections"] for item in section.get("items", ())]
    assert [(each["section"], int(each["entry"])) for each in lines] == facts
    for section in told["sections"]:
        assert (f'href="#{section["kind"]}"' in page.text) == (section["n"] > 0)
    shown = {int(each) for each in re.findall(r'data-entry="(\d+)"', page.text)}
    assert {position for _, position in facts} <= shown


def test_a_day_that_cannot_be_read_and_a_period_that_runs_back_are_told_at_their_field(edge: Edge) -> None:
    straks = httpx.get(f"{edge.url}/verantwoording", params={"van": "straks"}, timeout=30)
    back = httpx.get(f"{edge.url}/verantwoording", params={"van": "1-1-2023", "tot": "1-1-2022"}, timeout=30)
    assert (straks.status_code, back.status_code) == (200, 200)
    assert "Schrijf een dag als 24-3-2022." in straks.text
    assert "De eerste dag ligt na de laatste." in back.text


def test_members_and_bodies_lead_to_their_report_and_who_is_unknown_has_none(edge: Edge) -> None:
    for path in ("/leden/gm0402", "/gremia/mra-av"):
        assert f'href="{path}/verantwoording"' in httpx.get(edge.url + path, timeout=30).text
    for path in ("/leden/gm9999/verantwoording", "/gremia/geen/verantwoording", "/gremia/geen/verantwoording/tabel"):
        assert httpx.get(edge.url + path, timeout=30).status_code == 404
