"""Votes and motions of councils about the region, each asked over HTTP by its own facts; what is no position is refused there too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.api.edge import Edge
from tests.story.asking import about, fact, groups


def test_row_3_an_amendment_of_which_no_source_gives_the_result_has_none(edge: Edge) -> None:
    answer = fact(edge, "amendement-financieel-kader")
    assert (answer["proposed"]["kind"], answer["proposed"]["on"]) == ("amendment", "2022-07-04")
    assert "outcome" not in answer
    assert "ballots" not in answer


def test_row_4_everybody_for_but_two_who_were_not_there(edge: Edge) -> None:
    answer = fact(edge, "motie-m153")
    assert (answer["proposed"]["number"], answer["outcome"]["verb"]) == ("M153-2021", "adopted")
    assert (answer["proposed"]["decidedBy"], answer["proposed"]["on"]) == ({"body": "pv27-ps"}, "2021-09-13")
    assert groups(edge, "motie-m153") == {"absent": {"FvD", "eenpersoonsfractie"}}
    assert answer["ballots"][0]["held"]["rest"] == "for"
    assert "stated" not in answer["ballots"][0]["held"], "the source gives no total, so none is shown"


def test_row_5_adopted_with_one_group_against(edge: Edge) -> None:
    made = groups(edge, "motie-transparantie")
    assert (made["against"], len(made["for"])) == ({"PVV"}, 12)
    assert fact(edge, "motie-transparantie")["outcome"]["verb"] == "adopted"


def test_row_6_held_over(edge: Edge) -> None:
    answer = fact(edge, "motie-lobby-agenda")
    assert (answer["outcome"]["verb"], answer["outcome"]["on"]) == ("held-over", "2021-11-15")
    assert "ballots" not in answer


def test_row_7_rejected_with_seven_groups_for_and_five_against(edge: Edge) -> None:
    assert groups(edge, "motie-stop-uitbreiding") == {
        "for": {"PvdD", "BIJ1", "DENK", "JA21", "SP", "CU", "CDA"},
        "against": {"D66", "GroenLinks", "PvdA", "PvdO", "VVD"},
    }
    assert fact(edge, "motie-stop-uitbreiding")["outcome"]["verb"] == "rejected"


def test_row_8_rejected_while_only_the_supporters_are_known(edge: Edge) -> None:
    answer = fact(edge, "motie-zaanstad")
    assert groups(edge, "motie-zaanstad") == {
        "for": {"Democratisch Zaanstad", "Lokaal Zaans", "Rosa", "CDA", "Partij voor de Dieren", "PVV"}
    }
    assert "rest" not in answer["ballots"][0]["held"]
    assert answer["outcome"]["verb"] == "rejected"
    assert "result" not in answer["ballots"][0]


def test_row_9_the_same_idea_adopted_in_one_council_and_rejected_in_another(edge: Edge) -> None:
    zaanstad, province = fact(edge, "amendement-zaanstad"), fact(edge, "motie-inzicht")
    assert (zaanstad["outcome"]["verb"], province["outcome"]["verb"]) == ("adopted", "rejected")
    dossier = edge.made["dossier-meerjarenbegroting"]
    assert about(zaanstad) & about(province) == {edge.made["meerjarenbegroting"], dossier}
    assert about(zaanstad) - about(province) == {edge.made["motie-inzicht"]}, "the one says that it is about the other"


@pytest.mark.parametrize(("name", "council"), [("motie-almere", "gm0034-raad"), ("motie-purmerend", "gm0439-raad")])
def test_row_15_two_councils_ask_for_influence(edge: Edge, name: str, council: str) -> None:
    answer = fact(edge, name)
    assert (answer["proposed"]["decidedBy"], answer["proposed"]["kind"]) == ({"body": council}, "motion")
    assert (answer["outcome"]["verb"], answer["outcome"]["on"]) == ("adopted", "2023-03")
    assert (answer["proposed"]["certain"], answer["outcome"]["certain"]) == (False, False)
    assert "hoe is gestemd staat er niet bij" in answer["outcome"]["note"]["text"]
    assert "ballots" not in answer
    course = edge.read("/course")
    assert edge.made[name] not in str(course["columns"]), "a motion of one council is not the course of the region"


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


def test_row_22_who_speaks_from_outside_takes_no_position_and_speaks_for_no_member(edge: Edge) -> None:
    place = f"/decisions/{edge.made['samenwerkingsafspraken']}"
    outside = {"as": "outside", "members": ["gm0450"]}
    refused = [
        edge.post("redactie", f"{place}/positions", said("gm0450", "departs", "none-stated") | {"voice": outside}),
        edge.post("redactie", f"{place}/minority-standpoints", {"voice": outside, "text": "Tegen.", "on": "2021-09"}),
    ]
    for answer in refused:
        assert answer.status_code == 400
        told = [error["message"] for error in answer.json()["errors"]]
        assert any(each.startswith("Wie van buiten spreekt heeft geen zetel") for each in told), told


def test_each_row_that_is_shipped_is_asked_here() -> None:
    asked = {
        int(number)
        for path in Path(__file__).parent.glob("test_rows*.py")
        for number in re.findall(r"(?m)^def test_row_(\d+)_", path.read_text(encoding="utf-8"))
    }
    assert asked >= {1, *range(3, 16)}
