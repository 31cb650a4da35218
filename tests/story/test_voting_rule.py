"""The voting rule of the GMR over HTTP, in a register of its own; the numbers of inhabitants are made up and nowhere but here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.history import History
from tests.api.edge import Edge, running_edge
from tests.databases import fresh_register

ADMIN, CLERK = "beheer", "redactie"
PEOPLE = {"gm0268": 240_000, "gm0202": 110_000, "gm1734": 48_000, "gm0299": 45_000, "gm0277": 2_000}
"""Votes 4, 4, 2, 2 and 1, together 13; of 445.000 inhabitants a majority is 222.501."""
NIJMEGEN, ARNHEM, OVERBETUWE, ZEVENAAR, ROZENDAAL = PEOPLE


@pytest.fixture(scope="module")
def gmr(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    """The register of the GMR as it ships, in which five of its members were counted on 1 January 2022."""
    data_dir = tmp_path_factory.mktemp("gmr")
    with fresh_register(server, data_dir) as logins, running_edge(logins, data_dir, History("gmr")) as running:
        for code, number in PEOPLE.items():
            running.record(ADMIN, f"/members/{code}/inhabitants", {"inhabitants": number, "on": "2022-01-01"})
        yield running


def balloted(edge: Edge, choices: dict[str, str], on: str = "2022-06-01", theme: str | None = None) -> str:
    """A decision of the general board with one ballot by name."""
    said = {"title": "Proef", "decidedBy": {"body": "gmr-ab"}, "kind": "decision", "class": "not-stated", "on": on}
    decision = str(edge.record(CLERK, "/decisions", said)["events"][0]["id"])
    below = f"/decisions/{decision}"
    edge.record(CLERK, f"{below}/party-lists", {"list": "voters", "basis": "stated", "members": list(PEOPLE)})
    if theme is not None:
        edge.record(CLERK, f"{below}/themes", {"theme": theme})
    ballot = {"ballot": 1, "on": on, "how": "roll-call", "unit": "member", "names": "all"}
    edge.record(CLERK, f"{below}/ballots", ballot)
    votes = [{"voter": voter, "choice": choices.get(voter, "abstained")} for voter in PEOPLE]
    edge.record(CLERK, f"{below}/votes", {"ballot": 1, "votes": votes})
    return decision


def ballot_of(edge: Edge, decision: str, **query: str) -> Any:  # noqa: ANN401  # any JSON
    (found,) = edge.read(f"/decisions/{decision}/votes", **query)["items"]
    return found


def split(for_: tuple[str, ...], against: tuple[str, ...]) -> dict[str, str]:
    return dict.fromkeys(for_, "for") | dict.fromkeys(against, "against")


@pytest.mark.parametrize(
    ("for_", "against", "weighted", "double"),
    [
        pytest.param(
            (ARNHEM, OVERBETUWE, ZEVENAAR), (NIJMEGEN, ROZENDAAL), "adopted", "rejected",
            id="eight votes to five, of 203.000 inhabitants",
        ),
        pytest.param(
            (NIJMEGEN,), (OVERBETUWE, ZEVENAAR, ROZENDAAL), "rejected", "rejected",
            id="four votes to five, of 240.000 inhabitants",
        ),
        pytest.param(
            (NIJMEGEN, ROZENDAAL), (OVERBETUWE, ZEVENAAR), "adopted", "adopted",
            id="five votes to four, of 242.000 inhabitants",
        ),
    ],
)  # fmt: skip
def test_a_budget_needs_the_votes_and_the_inhabitants(
    gmr: Edge, for_: tuple[str, ...], against: tuple[str, ...], weighted: str, double: str
) -> None:
    general = ballot_of(gmr, balloted(gmr, split(for_, against)))
    budget = ballot_of(gmr, balloted(gmr, split(for_, against), theme="begroting"))
    assert (general["rule"], general["result"]) == ("weighted", weighted)
    assert (budget["rule"], budget["result"]) == ("double-majority", double)


def test_from_new_years_day_on_the_other_weights_count(gmr: Edge) -> None:
    gmr.record(ADMIN, f"/members/{ROZENDAAL}/inhabitants", {"inhabitants": 20_000, "on": "2022-12-31"})
    sides = split((OVERBETUWE, ROZENDAAL), (NIJMEGEN,))
    before, after = (ballot_of(gmr, balloted(gmr, sides, on=day)) for day in ("2022-12-31", "2023-01-01"))
    assert [before["weighing"]["reference"], after["weighing"]["reference"]] == ["2022-01-01", "2023-01-01"]
    votes = [{each["voter"]: each["votes"] for each in found["weighing"]["weights"]} for found in (before, after)]
    assert [each[ROZENDAAL] for each in votes] == [1, 2]
    assert [each["inhabitants"] for each in after["weighing"]["weights"] if each["voter"] == ROZENDAAL] == [20_000]


def test_after_the_last_day_of_the_rule_there_is_no_result_field_at_all(gmr: Edge) -> None:
    sides = split((NIJMEGEN, ARNHEM), (ROZENDAAL,))
    last, after = (ballot_of(gmr, balloted(gmr, sides, on=day)) for day in ("2026-01-14", "2026-01-15"))
    assert last["result"] == "adopted"
    assert not {"result", "rule", "weighing", "outcomeDiffers"} & after.keys()


def test_before_anybody_was_counted_it_is_said_whose_inhabitants_are_missing(gmr: Edge) -> None:
    found = ballot_of(gmr, balloted(gmr, split((NIJMEGEN, ARNHEM), ()), on="2021-06-01"))
    assert "result" not in found
    assert found["weighing"]["missing"] == sorted(PEOPLE)


def test_a_stated_outcome_that_is_another_one_stays_beside_it_and_the_page_says_so(gmr: Edge) -> None:
    decision = balloted(gmr, split((NIJMEGEN, ARNHEM), (ROZENDAAL,)))
    gmr.record(CLERK, f"/decisions/{decision}/outcome", {"verb": "rejected", "on": "2022-06-01", "ballot": 1})
    read = gmr.read(f"/decisions/{decision}")
    assert read["outcome"]["verb"] == "rejected"
    assert (read["ballots"][0]["result"], read["ballots"][0]["outcomeDiffers"]) == ("adopted", True)
    page = gmr.client.get(f"{gmr.url}/besluiten/{decision}", headers={"Accept": "text/html"}, timeout=30)
    assert "De uitkomst van de bron is een andere dan uit de stemregel volgt." in page.text


def test_exactly_a_hundred_thousand_is_refused_with_a_sentence(gmr: Edge) -> None:
    refused = gmr.post(ADMIN, "/members/gm0296/inhabitants", {"inhabitants": 100_000, "on": "2022-01-01"})
    assert refused.status_code in {400, 409}
    (error,) = refused.json()["errors"]
    assert error["message"].startswith("100000 inwoners")
