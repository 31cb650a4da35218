"""Who spoke for whom, over HTTP and on pages: one voice with its hat, shown with each of those it speaks for and with who dissents."""

from __future__ import annotations

import re

import httpx

from tests.api.edge import Edge

CLERK = "redactie"


def words(edge: Edge, path: str) -> str:
    page = httpx.get(edge.url + path, timeout=30)
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", page.text).split())


def proposed(edge: Edge, title: str) -> str:
    body = {
        "title": title,
        "decidedBy": {"body": "mra-av"},
        "kind": "decision",
        "class": "not-stated",
        "on": "2023-03-01",
    }
    return str(edge.record(CLERK, "/decisions", body)["events"][0]["id"])


def test_who_dissents_from_a_statement_of_its_sub_region_is_shown_apart_and_not_as_spoken_for(edge: Edge) -> None:
    decision = proposed(edge, "Namens IJmond")
    voice = {"as": "namens", "layer": "executive", "subregion": "ijmond", "dissent": ["gm0453"]}
    said = {"voice": voice, "text": "IJmond wil het anders.", "on": "2023-03-02"}
    made = edge.record(CLERK, f"/decisions/{decision}/minority-standpoints", said)["events"][-1]["position"]
    (standpoint,) = edge.read(f"/decisions/{decision}/minority-standpoints")["items"]
    assert "counted" not in standpoint
    assert standpoint["throughSubregion"] == ["gm0375", "gm0396"]
    inside = edge.read("/members/gm0396/course")["spokenFor"]
    apart = edge.read("/members/gm0453/course")
    assert made in [each["position"] for each in inside]
    assert made not in [each["position"] for each in apart.get("spokenFor", ())]
    assert made in [each["position"] for each in apart["dissents"]]
    assert "Niet namens Velsen gezegd" in words(edge, "/leden/gm0453")
    assert "behalve Velsen" in words(edge, f"/besluiten/{decision}")


def test_one_person_in_two_bodies_speaks_once_and_the_page_tells_in_which(edge: Edge) -> None:
    decision = proposed(edge, "Personele unie")
    voice = {"as": "own", "layer": "executive", "members": ["gm0363"], "body": "mra-bestuur"}
    edge.record(
        CLERK,
        f"/decisions/{decision}/positions",
        {"member": "gm0363", "stance": "joins", "voice": voice, "on": "2023-03-02"},
    )
    (position,) = edge.read(f"/decisions/{decision}/positions")["items"]
    assert (position["member"], position["voice"]["body"]) == ("gm0363", "mra-bestuur")
    matrix = edge.read("/course", decision=decision)
    assert [each["member"] for each in matrix.get("onProposals", ())] == ["gm0363"]
    board = edge.read("/bodies/mra-bestuur")["name"]
    assert f"in {board}" in words(edge, f"/besluiten/{decision}")


def test_the_matrix_shows_who_was_spoken_for_and_who_dissents_and_counts_neither(edge: Edge) -> None:
    decision = proposed(edge, "Koers met een stem voor IJmond")
    below = f"/decisions/{decision}"
    edge.record(CLERK, f"{below}/parts", {"part": "p1", "n": 1, "title": "Een onderdeel"})
    outcome = {"verb": "adopted", "on": "2023-03-01", "sets": [{"part": "p1", "n": 1}]}
    edge.record(CLERK, f"{below}/outcome", outcome)
    voice = {"as": "namens", "layer": "executive", "subregion": "ijmond", "dissent": ["gm0453"]}
    said = {"voice": voice, "text": "Liever anders.", "on": "2023-03-02", "parts": ["p1"]}
    position = edge.record(CLERK, f"{below}/minority-standpoints", said)["events"][-1]["position"]
    matrix = edge.read("/course", decision=decision)
    index = next(n for n, each in enumerate(matrix["columns"]) if each.get("part") == "p1")
    cells = {row["member"]: row["cells"][index] for group in matrix["groups"] for row in group["rows"]}
    assert [cells[code]["kind"] for code in ("gm0375", "gm0396", "gm0453")] == [
        "spoken-for",
        "spoken-for",
        "not-recorded",
    ]
    assert [each["position"] for each in cells["gm0453"]["dissents"]] == [position]
    sums = matrix["columns"][index]["sums"]
    assert (sums["spokenFor"], sums["joins"], sums["departs"]) == (2, 0, 0)
    assert "oneens met wat namens een groep is gezegd" in words(edge, "/koers?deelregio=ijmond")
