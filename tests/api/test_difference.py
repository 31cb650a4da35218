"""The difference of a decision between two moments, as JSON."""

from __future__ import annotations

from typing import Any

from tests.api.edge import Edge

CLERK = "redactie"


def told(edge: Edge) -> tuple[str, str, int]:
    """A decision of which the outcome was noted wrongly and then corrected: its id, a moment in between, the position of the correction."""
    body = {"title": "Twee standen", "decidedBy": {"body": "mra-av"}, "kind": "decision", "class": "not-stated"}
    decision = str(edge.record(CLERK, "/decisions", {**body, "on": "2022-01-01"})["events"][0]["id"])
    wrong = edge.record(CLERK, f"/decisions/{decision}/outcome", {"verb": "noted", "on": "2022-02-01"})["events"][0]
    moment = next(
        each["event"]["knownFrom"]
        for each in edge.read(f"/decisions/{decision}/events")["items"]
        if each["event"]["seq"] == wrong["seq"]
    )
    right = {"type": "outcome.recorded", "v": 1, "data": {"verb": "agreed", "on": "2022-02-01"}}
    said = {"corrects": wrong["seq"], "kind": "clerical", "grounds": "Er staat instemmen.", "instead": right}
    mended = edge.record(CLERK, f"/decisions/{decision}/corrections", said)["events"][0]
    return decision, moment, mended["position"]


def outcome(found: Any) -> Any:  # noqa: ANN401  # any JSON
    return next(each for each in found["changes"] if each["fact"] == "outcome")


def test_what_was_corrected_is_told_with_both_states_and_its_entry(edge: Edge) -> None:
    decision, moment, position = told(edge)
    found = edge.read(f"/decisions/{decision}/difference", knownFrom=moment)
    changed = outcome(found)
    assert (changed["how"], changed["entries"]) == ("corrected", [position])
    assert (changed["before"]["verb"], changed["after"]["verb"]) == ("noted", "agreed")
    assert [each["event"]["type"] for each in found["learned"]] == ["decision.corrected"]
    assert found["before"]["knownAt"] == moment


def test_between_two_days_the_outcome_came(edge: Edge) -> None:
    decision, _, _ = told(edge)
    found = edge.read(f"/decisions/{decision}/difference", validFrom="2022-01-15", validOn="2022-03-01")
    assert outcome(found)["how"] == "added"
    assert found.get("learned", []) == []
    whole = edge.read(f"/decisions/{decision}/difference")
    assert {each["how"] for each in whole["changes"]} == {"added"}
    assert "before" not in whole


def test_what_cannot_be_a_moment_is_refused_and_an_unknown_decision_is_not_found(edge: Edge) -> None:
    decision, _, _ = told(edge)
    wrong = edge.get(f"/decisions/{decision}/difference", knownFrom="gisteren", validFrom="2022-13-01")
    assert wrong.status_code == 400
    assert {each["field"] for each in wrong.json()["errors"]} == {"knownFrom", "validFrom"}
    assert edge.get("/decisions/00000000-0000-4000-8000-000000000000/difference").status_code == 404
    assert edge.get(f"/decisions/{decision}/difference", knownAt="2020-01-01").status_code == 404
