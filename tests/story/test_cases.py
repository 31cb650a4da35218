"""What the shipped history tells as a whole, asked as a journalist would, and what a member adds to it: over HTTP."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.api.edge import Edge
from tests.story.asking import cells, fact


def test_amsterdams_cut_waits_for_its_reason(edge: Edge) -> None:
    waiting = edge.read("/worklists/unexplained-dissent")["items"]
    assert "gm0363" in str(waiting)
    positions = fact(edge, "meerjarenbegroting", "positions")["items"]
    (cut,) = [each for each in positions if each.get("member") == "gm0363"]
    assert (cut["stance"], cut["reasonMissing"]) == ("departs", "not-found")
    assert [evidence["act"] for evidence in cut["evidence"]] == ["deed"]


def test_the_matrix_has_more_not_recorded_than_anything_else(edge: Edge) -> None:
    kinds = [cell["kind"] for group in edge.read("/course")["groups"] for row in group["rows"] for cell in row["cells"]]
    counts = {kind: kinds.count(kind) for kind in set(kinds)}
    assert max(counts, key=lambda kind: counts[kind]) == "not-recorded"
    assert counts["not-recorded"] > len(kinds) / 2


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
    (cell,) = [each for each in cells(edge, "gm0034") if each["decision"] == decision and each["part"]]
    assert cell["kind"] == "departs"


def test_twice_with_one_key_it_is_stored_once(edge: Edge, decision: str) -> None:
    key, size = str(uuid4()), edge.size()
    body = departing(reason="De kosten zijn niet gedekt.")
    first = edge.post("gm0034", f"/decisions/{decision}/positions", body, key=key)
    again = edge.post("gm0034", f"/decisions/{decision}/positions", body, key=key)
    assert (first.status_code, first.json()) == (201, again.json())
    assert edge.size() == size + 2, "the position, and the list of those for whom the course is meant"
