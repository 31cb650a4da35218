"""What the shipped history tells, asked as a journalist or an auditor would: over HTTP, fact by fact."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.api.edge import Edge


def fact(edge: Edge, name: str, *below: str) -> Any:  # noqa: ANN401  # any JSON
    """What the register says of the decision that a line of the history made."""
    return edge.read("/".join((f"/decisions/{edge.made[name]}", *below)))


def test_amstelveen_voted_in_favour_and_called_it_vague_and_these_are_two_facts(edge: Edge) -> None:
    decided = fact(edge, "raad-amstelveen")
    (ballot,), (remark,) = decided["ballots"], decided["remarks"]
    assert (ballot["held"]["on"], ballot["held"]["names"], ballot["held"]["rest"]) == ("2022-06-15", "none", "for")
    assert decided["outcome"]["verb"] == "agreed"
    assert "vaag" in remark["text"]["text"]
    assert ballot["held"]["position"] != remark["position"]


def test_amstelveen_joins_with_its_councils_decision_as_basis(edge: Edge) -> None:
    positions = fact(edge, "meerjarenbegroting", "positions")["items"]
    (joins,) = [each for each in positions if each.get("member") == "gm0362"]
    assert (joins["stance"], joins["basis"]) == ("joins", edge.made["raad-amstelveen"])
    assert joins["voice"]["layer"] == "council"


def test_a56_2022_has_for_against_divided_and_absent_by_group(edge: Edge) -> None:
    decided = fact(edge, "amendement-a56")
    assert decided["proposed"]["number"] == "A56-2022"
    assert decided["outcome"]["verb"] == "adopted"
    (ballot,) = fact(edge, "amendement-a56", "votes")["items"]
    assert (ballot["held"]["unit"], ballot["held"]["rest"]) == ("group", "for")
    choices = [vote["choice"] for vote in ballot["votes"]]
    assert {choice: choices.count(choice) for choice in set(choices)} == {"against": 5, "divided": 1, "absent": 1}
    assert "result" not in ballot, "no rule is known for this council, so the register computes no result"


def test_ijmond_is_one_statement_of_three_members(edge: Edge) -> None:
    standpoints = fact(edge, "samenwerkingsafspraken", "minority-standpoints")["items"]
    (ijmond,) = [each for each in standpoints if each["recorded"]["voice"].get("subregion") == "ijmond"]
    assert ijmond["counted"] == ["gm0375", "gm0396", "gm0453"]
    assert ijmond["status"] == "open"
    assert len(ijmond["answers"]) == 1, "the province replied; a reply is not a weighing"


def test_gooi_en_vechtstreek_spoke_once_and_counts_for_nobody(edge: Edge) -> None:
    standpoints = fact(edge, "samenwerkingsafspraken", "minority-standpoints")["items"]
    (gooi,) = [each for each in standpoints if each["recorded"]["voice"]["as"] == "namens"]
    assert "counted" not in gooi
    assert len(gooi["throughSubregion"]) == 7


def test_hilversums_executive_was_overruled_by_its_council_and_both_stand_in_the_history(edge: Edge) -> None:
    (position,) = fact(edge, "sleutelgebieden", "positions")["items"]
    assert (position["member"], position["overruled"]) == ("gm0402", True)
    assert position["because"] == edge.made["raad-hilversum"]
    types = [event["type"] for event in _events(edge, "sleutelgebieden")]
    assert types.index("position.recorded") < types.index("position.withdrawn")


def test_hilversums_mandate_reads_otherwise_before_and_after_the_correction(edge: Edge) -> None:
    events = _events(edge, "sleutelgebieden")
    before = next(event["knownFrom"] for event in events if event["type"] == "position.withdrawn")
    after = next(event["knownFrom"] for event in events if event["type"] == "decision.corrected")
    decision = edge.made["sleutelgebieden"]
    (then,) = edge.read(f"/decisions/{decision}/positions", knownAt=before)["items"]
    (now,) = edge.read(f"/decisions/{decision}/positions", knownAt=after)["items"]
    assert (then["voice"].get("backing"), now["voice"]["backing"]) == ("not-stated", "not-asked")


def test_bloemendaal_departs_on_one_part_of_a_proposal_and_is_not_recorded_as_joining_anything(edge: Edge) -> None:
    (departs,) = fact(edge, "verstedelijkingsstrategie", "positions")["items"]
    assert (departs["member"], departs["stance"], departs["part"]) == ("gm0377", "departs", "p7")
    assert departs["reason"]["text"]
    assert "joins" not in {cell["kind"] for cell in _cells(edge) if cell["member"] == "gm0377"}


def test_amsterdams_cut_waits_for_its_reason(edge: Edge) -> None:
    waiting = edge.read("/worklists/unexplained-dissent")["items"]
    assert "gm0363" in str(waiting)
    positions = fact(edge, "meerjarenbegroting", "positions")["items"]
    (cut,) = [each for each in positions if each.get("member") == "gm0363"]
    assert (cut["stance"], cut["reasonMissing"]) == ("departs", "not-found")
    assert [evidence["act"] for evidence in cut["evidence"]] == ["deed"]


def test_the_matrix_has_more_not_recorded_than_anything_else(edge: Edge) -> None:
    kinds = [cell["kind"] for cell in _cells(edge)]
    counts = {kind: kinds.count(kind) for kind in set(kinds)}
    assert max(counts, key=lambda kind: counts[kind]) == "not-recorded"
    assert counts["not-recorded"] > len(kinds) / 2


def _cells(edge: Edge) -> list[dict[str, Any]]:
    """Every cell of the matrix, with whose it is and of which decision."""
    matrix = edge.read("/course")
    return [
        {**cell, "member": row["member"], "decision": column["decision"], "part": column.get("part")}
        for group in matrix["groups"]
        for row in group["rows"]
        for column, cell in zip(matrix["columns"], row["cells"], strict=True)
    ]


def _events(edge: Edge, name: str) -> list[dict[str, Any]]:
    return [step["event"] for step in fact(edge, name, "events")["items"]]


@pytest.fixture
def decision(edge: Edge) -> str:
    """A decision with one part that is the course, for a member to depart from."""
    body = {"title": "Proef", "decidedBy": {"body": "mra-av"}, "kind": "decision", "class": "not-stated"}
    made = str(edge.record("redactie", "/decisions", body)["events"][0]["id"])
    edge.record("redactie", f"/decisions/{made}/parts", {"part": "p1", "n": 1, "title": "Een onderdeel"})
    adopted = {"verb": "adopted", "on": "2023-03-24", "sets": [{"part": "p1", "n": 1}]}
    edge.record("redactie", f"/decisions/{made}/outcome", adopted)
    return made


def departing(**more: object) -> dict[str, object]:
    return {"member": "gm0034", "stance": "departs", "part": "p1", "voice": {"as": "own", "layer": "executive"}, **more}


def test_who_departs_without_a_reason_is_told_so_in_a_sentence(edge: Edge, decision: str) -> None:
    size = edge.size()
    answer = edge.post("gm0034", f"/decisions/{decision}/positions", departing())
    assert answer.status_code == 400
    assert [error["code"] for error in answer.json()["errors"]] == ["reason-needed"]
    assert "geef een reden" in answer.json()["errors"][0]["message"]
    assert edge.size() == size


def test_with_a_reason_it_is_at_once_on_the_decision_the_member_and_the_matrix(edge: Edge, decision: str) -> None:
    edge.record("gm0034", f"/decisions/{decision}/positions", departing(reason="De kosten zijn niet gedekt."))
    (shown,) = edge.read(f"/decisions/{decision}/positions")["items"]
    assert shown["reason"]["text"] == "De kosten zijn niet gedekt."
    assert decision in str(edge.read("/members/gm0034/course"))
    (cell,) = [
        each for each in _cells(edge) if each["decision"] == decision and each["member"] == "gm0034" and each["part"]
    ]
    assert cell["kind"] == "departs"


def test_twice_with_one_key_it_is_stored_once(edge: Edge, decision: str) -> None:
    key, size = str(uuid4()), edge.size()
    body = departing(reason="De kosten zijn niet gedekt.")
    first = edge.post("gm0034", f"/decisions/{decision}/positions", body, key=key)
    again = edge.post("gm0034", f"/decisions/{decision}/positions", body, key=key)
    assert (first.status_code, first.json()) == (201, again.json())
    assert edge.size() == size + 2, "the position, and the list of those for whom the course is meant"
