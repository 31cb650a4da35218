"""The edge cases of how regions decide that the shipped history holds, each by its real codes and days, asked over HTTP."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.api.edge import Edge
from tests.story.pages import read


def fact(edge: Edge, name: str, *below: str, **query: str) -> Any:  # noqa: ANN401  # any JSON
    """What the register says of the decision that a line of the history made."""
    return edge.read("/".join((f"/decisions/{edge.made[name]}", *below)), **query)


def test_edge_02_wijdemeren_is_a_member_after_the_day_on_which_a_bill_would_end_it(edge: Edge) -> None:
    found = edge.read("/members/gm1696", validOn="2027-06-01")
    assert found["inForce"] is True
    assert "until" not in found, "a plan is no end"
    (plan,) = found["successionPlanned"]
    assert (plan["into"], plan["plannedOn"], plan["status"]) == ("gm0402", "2027-01-01", "bill")


def test_edge_03_uitgeest_is_a_member_before_it_has_a_subregion(edge: Edge) -> None:
    found = edge.read("/members/gm0450", validOn="2017-03-01")
    assert (found["inForce"], "subregion" in found) == (True, False)
    assert edge.read("/members/gm0450", validOn="2017-07-18")["subregion"] == "zaanstreek-waterland"


def test_edge_08_amstelveen_votes_in_favour_and_keeps_its_criticism_as_two_facts(edge: Edge) -> None:
    decided = fact(edge, "raad-amstelveen")
    (ballot,), (remark,) = decided["ballots"], decided["remarks"]
    assert (ballot["held"]["on"], ballot["held"]["rest"]) == ("2022-06-15", "for")
    assert (remark["voice"]["layer"], remark["voice"]["members"]) == ("group", ["gm0362"])
    assert ballot["held"]["seq"] != remark["seq"]


def test_edge_10_one_idea_with_opposite_outcomes_in_two_councils_stands_on_one_page(edge: Edge) -> None:
    dossier = edge.read(f"/dossiers/{edge.made['dossier-meerjarenbegroting']}")
    ideas = {edge.made["amendement-zaanstad"], edge.made["motie-inzicht"]}
    found = {each["decidedBy"]["body"]: each["outcome"] for each in dossier["decisions"] if each["id"] in ideas}
    assert found == {"gm0479-raad": "adopted", "pv27-ps": "rejected"}


def test_edge_11_hilversums_executive_is_overruled_and_was_not_wrong(edge: Edge) -> None:
    history = fact(edge, "sleutelgebieden", "events")["items"]
    told = [step["event"]["type"] for step in history]
    assert told.index("position.recorded") < told.index("position.withdrawn")
    withdrawn = history[told.index("position.withdrawn")]["event"]
    then = fact(edge, "sleutelgebieden", "positions", knownAt=withdrawn["knownFrom"])["items"]
    (position,) = then
    assert (position["member"], position["overruled"], position["because"]) == (
        "gm0402", True, edge.made["raad-hilversum"],
    )  # fmt: skip
    assert "correctedBy" not in position, "who is overruled is not corrected"


def test_edge_12_amsterdam_departs_by_an_act_and_its_reason_is_waited_for(edge: Edge) -> None:
    positions = fact(edge, "meerjarenbegroting", "positions")["items"]
    (cut,) = [each for each in positions if each.get("member") == "gm0363"]
    assert (cut["stance"], cut["part"], [each["act"] for each in cut["evidence"]]) == (
        "departs", "p-financing", ["deed"],
    )  # fmt: skip
    waiting = [each["position"] for each in edge.read("/worklists/unexplained-dissent")["items"]]
    assert edge.addresses["amsterdam-wijkt-af"] in {f"{each['stream']}.{each['seq']}" for each in waiting}


def test_edge_14_what_the_mayor_of_almere_said_in_an_interview_is_no_position(edge: Edge) -> None:
    body = {
        "member": "gm0034",
        "stance": "undecided",
        "voice": {"as": "own", "layer": "executive"},
        "reasonMissing": "not-given",
        "on": "2023-03",
        "evidence": [{"act": "interview", "grade": "press"}],
    }
    answer = edge.post("redactie", f"/decisions/{edge.made['samenwerkingsafspraken']}/positions", body)
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["message"].startswith("Een opmerking in een interview is geen positie")


def test_edge_15_corporations_support_the_woondeal_without_signing_it(edge: Edge) -> None:
    decided, views = fact(edge, "woondeal"), fact(edge, "woondeal", "views")["items"]
    (signatories,), (support,) = decided["lists"], views
    assert (signatories["list"], signatories["count"]) == ("signatories", 33)
    assert support["received"]["voice"] == {"as": "outside", "parties": ["x-corporaties"]}
    assert "x-corporaties" not in signatories["members"]
    assert "counted" not in support, "who has no seat counts for nobody"
    assert fact(edge, "woondeal", "positions")["total"] == 0
    page = read(edge, f"/besluiten/{edge.made['woondeal']}")
    assert "elke partij voor zich" in page
    assert "33 leden, elk voor zich" not in page, "who signs need not be a member"


def test_edge_16_what_was_renamed_is_found_by_its_former_name_and_papers_keep_theirs(edge: Edge) -> None:
    assert [each["title"]["text"] for each in edge.read("/dossiers", q="2024-2028")["items"]] == [
        "MRA Agenda 2025-2028"
    ]
    meeting = edge.read(f"/meetings/{edge.made['raadtafel-2023-03-14']}")
    assert any("MRA Agenda 2024-2028" in item["title"]["text"] for item in meeting["items"])
    successors = {code: edge.read(f"/bodies/{code}")["successor"] for code in ("mra-regiegroep", "mra-agendacommissie")}
    assert successors == {"mra-regiegroep": "mra-av", "mra-agendacommissie": "mra-bestuur"}


def test_edge_17_a_meeting_planned_for_the_16th_was_held_on_the_21st_and_both_are_told(edge: Edge) -> None:
    meeting = edge.read(f"/meetings/{edge.made['av-2022-09-21']}")
    assert (meeting["rescheduledFrom"], meeting["plannedOn"], meeting["held"]["on"]) == (
        ["2022-09-16"], "2022-09-21", "2022-09-21",
    )  # fmt: skip
    steps = edge.read(f"/dossiers/{edge.made['dossier-meerjarenbegroting']}")["steps"]
    (assembly,) = [each for each in steps if each["step"] == 4]
    assert (assembly["firstPlannedOn"], assembly["plannedOn"], assembly["moved"]) == ("2022-09-16", "2022-09-21", True)


def test_edge_19_one_decision_stands_on_three_meetings(edge: Edge) -> None:
    placed = {each["placed"]["meeting"] for each in fact(edge, "meerjarenbegroting")["placements"]}
    meetings = ("bestuur-2022-03-25", "av-2022-09-21", "av-2022-11-18")
    assert placed == {edge.made[name] for name in meetings}


def test_edge_22_an_undertaking_of_2022_is_open_until_the_day_in_2024_on_which_it_was_closed(edge: Edge) -> None:
    (open_,) = fact(edge, "staten-brief", "undertakings", validOn="2024-06-23")["items"]
    (closed,) = fact(edge, "staten-brief", "undertakings", validOn="2024-06-24")["items"]
    assert (open_["status"], closed["status"]) == ("open", "closed")
    assert (open_["given"]["number"], open_["given"]["on"]) == ("2499", "2022-06-20/2022-07-04")
    assert open_["given"]["exact"] is False
    assert fact(edge, "staten-brief", "undertakings", validOn="2022-07-03")["items"] == []


def test_each_of_the_22_edge_cases_has_a_test_that_is_named_after_it() -> None:
    files = Path(__file__).parent.glob("test_edge_cases*.py")
    named = {int(number) for file in files for number in re.findall(r"def test_edge_(\d\d)_", file.read_text("utf-8"))}
    assert named == set(range(1, 23))
