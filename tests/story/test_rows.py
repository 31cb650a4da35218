"""Votes and motions of councils about the region, each asked over HTTP by its own facts; what is no position is refused there too."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.edge import Edge


def decided(edge: Edge, name: str) -> Any:  # noqa: ANN401  # any JSON
    return edge.read(f"/decisions/{edge.made[name]}")


def choices(edge: Edge, name: str) -> dict[str, int]:
    """How many named voters of a decision's ballots made each choice."""
    ballots = edge.read(f"/decisions/{edge.made[name]}/votes")["items"]
    named = [vote["choice"] for ballot in ballots for vote in ballot.get("votes", ())]
    return {choice: named.count(choice) for choice in sorted(set(named))}


def about(answer: dict[str, Any]) -> set[str]:
    return {each["id"] for each in answer["links"] if each["link"]["rel"] == "about" and not each.get("backwards")}


def test_row_3_an_amendment_of_which_no_source_gives_the_result_has_none(edge: Edge) -> None:
    answer = decided(edge, "amendement-financieel-kader")
    assert (answer["proposed"]["kind"], answer["proposed"]["on"]) == ("amendment", "2022-07-04")
    assert "outcome" not in answer
    assert "ballots" not in answer


def test_row_4_everybody_for_but_two_who_were_not_there(edge: Edge) -> None:
    answer = decided(edge, "motie-m153")
    assert (answer["proposed"]["number"], answer["outcome"]["verb"]) == ("M153-2021", "adopted")
    assert choices(edge, "motie-m153") == {"absent": 2}
    assert answer["ballots"][0]["held"]["rest"] == "for"
    assert "stated" not in answer["ballots"][0]["held"], "the source gives no total, so none is shown"


def test_row_5_adopted_with_one_group_against(edge: Edge) -> None:
    assert choices(edge, "motie-transparantie") == {"against": 1, "for": 12}
    assert decided(edge, "motie-transparantie")["outcome"]["verb"] == "adopted"


def test_row_6_held_over(edge: Edge) -> None:
    answer = decided(edge, "motie-lobby-agenda")
    assert (answer["outcome"]["verb"], answer["outcome"]["on"]) == ("held-over", "2021-11-15")


def test_row_7_rejected_with_seven_groups_for_and_five_against(edge: Edge) -> None:
    assert choices(edge, "motie-stop-uitbreiding") == {"against": 5, "for": 7}
    assert decided(edge, "motie-stop-uitbreiding")["outcome"]["verb"] == "rejected"


def test_row_8_rejected_while_only_the_supporters_are_known(edge: Edge) -> None:
    answer = decided(edge, "motie-zaanstad")
    assert choices(edge, "motie-zaanstad") == {"for": 6}
    assert "rest" not in answer["ballots"][0]["held"]
    assert answer["outcome"]["verb"] == "rejected"
    assert "result" not in answer["ballots"][0]


def test_row_9_the_same_idea_adopted_in_one_council_and_rejected_in_another(edge: Edge) -> None:
    zaanstad, province = decided(edge, "amendement-zaanstad"), decided(edge, "motie-inzicht")
    assert (zaanstad["outcome"]["verb"], province["outcome"]["verb"]) == ("adopted", "rejected")
    assert about(zaanstad) & about(province) == {
        edge.made["meerjarenbegroting"],
        edge.made["dossier-meerjarenbegroting"],
    }


@pytest.mark.parametrize(("name", "council"), [("motie-almere", "gm0034-raad"), ("motie-purmerend", "gm0439-raad")])
def test_row_15_two_councils_ask_for_influence(edge: Edge, name: str, council: str) -> None:
    answer = decided(edge, name)
    assert (answer["proposed"]["decidedBy"], answer["proposed"]["kind"]) == ({"body": council}, "motion")
    assert answer["proposed"]["certain"] is False


def said(member: str, stance: str, act: str) -> dict[str, object]:
    """A remark from the press, sent as if it were a position."""
    return {
        "member": member,
        "stance": stance,
        "voice": {"as": "own", "layer": "executive"},
        "reasonMissing": "not-given",
        "on": "2023",
        "evidence": [{"act": act, "grade": "press"}],
    }


@pytest.mark.parametrize(
    ("row", "body", "sentence"),
    [
        (16, said("gm0034", "undecided", "interview"), "Een opmerking in een interview is geen positie"),
        (18, said("gm0363", "departs", "interview"), "Een opmerking in een interview is geen positie"),
        (18, said("gm0402", "departs", "interview"), "Een opmerking in een interview is geen positie"),
        (22, said("sp-zaanstreek", "departs", "none-stated"), "Het register kent geen lid met code sp-zaanstreek."),
    ],
)
def test_what_somebody_said_to_the_press_is_refused_in_a_sentence(
    edge: Edge, row: int, body: dict[str, object], sentence: str
) -> None:
    answer = edge.post("redactie", f"/decisions/{edge.made['samenwerkingsafspraken']}/positions", body)
    assert answer.status_code == 400, f"row {row}"
    assert any(error["message"].startswith(sentence) for error in answer.json()["errors"])
