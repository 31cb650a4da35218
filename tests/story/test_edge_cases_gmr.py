"""The edge cases of the second region, in a register of its own: who is a member, who takes part, and by which weights."""

from __future__ import annotations

from tests.api.edge import Edge
from tests.story.telling import propose, tell
from tests.story.test_voting_rule import ARNHEM, OVERBETUWE, ZEVENAAR, ballot_of, balloted, gmr, split

__all__ = ["gmr"]


def members(edge: Edge, day: str) -> list[str]:
    return [each["code"] for each in edge.read("/members", validOn=day, pageSize=100)["items"]]


def test_edge_04_montferland_is_a_member_whose_departure_was_announced_and_takes_no_part(gmr: Edge) -> None:
    found = gmr.read("/members/gm1955", validOn="2024-07-03")
    assert found["inForce"] is True
    assert (found["departureAnnounced"]["on"], found["departureAnnounced"]["plannedOn"]) == ("2023-10-05", "2025-01-01")
    assert gmr.read("/members/gm1955", validOn="2025-01-01")["inForce"] is False
    listed = gmr.read(f"/decisions/{gmr.made['rpw-uitgangspunten']}")["lists"]
    course = [each for each in listed if each["list"] == "course-for"]
    assert [(each["count"], "gm1955" in each.get("members", ())) for each in course] == [(16, False)]
    (late,) = gmr.read("/members/gm0209")["memberships"]
    assert (late["from"], late["exact"]) == ("2021", False), (
        "Beuningen came later that year, on a day that no source gives"
    )


def test_edge_05_who_votes_who_is_asked_and_whom_it_binds_are_three_lists(gmr: Edge) -> None:
    eighteen = members(gmr, "2024-07-03")
    seventeen = [code for code in eighteen if code != "gm1955"]
    sixteen = [code for code in seventeen if code != "gm0944"]
    decision = propose(gmr, "Programma", decidedBy={"body": "gmr-ab"}, on="2024-07-03")
    for name, listed in (("voters", eighteen), ("consulted", seventeen), ("course-for", sixteen)):
        tell(gmr, f"/decisions/{decision}/party-lists", list=name, basis="stated", members=listed)
    found = {each["list"]: len(each["members"]) for each in gmr.read(f"/decisions/{decision}")["lists"]}
    assert found == {"voters": 18, "consulted": 17, "course-for": 16}


def test_edge_19_one_item_holds_four_decisions_with_their_own_verbs(gmr: Edge) -> None:
    names = ("zienswijzen-2023", "reactie-zienswijzen-2023", "jaarrekening-2023", "resultaat-2023")
    found = {}
    for name in names:
        decided = gmr.read(f"/decisions/{gmr.made[name]}")
        (placement,) = decided["placements"]
        assert (placement["placed"]["meeting"], placement["placed"]["item"]) == (gmr.made["ab-2024-07-03"], "5")
        found[placement["placed"]["letter"]] = decided["outcome"]["verb"]
    assert found == {"a": "noted", "b": "agreed", "c": "adopted", "d": "agreed"}


def test_edge_21_two_reference_days_give_two_results_and_without_a_rule_there_is_none(gmr: Edge) -> None:
    tell(gmr, f"/members/{ZEVENAAR}/inhabitants", account="beheer", inhabitants=50_000, on="2022-12-31")
    sides = split((OVERBETUWE, ZEVENAAR), (ARNHEM,))
    found = {day: ballot_of(gmr, balloted(gmr, sides, on=day)) for day in ("2022-12-31", "2023-01-01", "2026-01-15")}
    assert [found[day]["weighing"]["reference"] for day in ("2022-12-31", "2023-01-01")] == ["2022-01-01", "2023-01-01"]
    assert [found[day]["result"] for day in ("2022-12-31", "2023-01-01")] == ["rejected", "adopted"]
    assert "result" not in found["2026-01-15"]


def test_the_regional_agenda_is_on_the_first_rung_and_each_council_opts_in(gmr: Edge) -> None:
    found = gmr.read(f"/dossiers/{gmr.made['dossier-regionale-agenda']}")
    assert (found["participation"][0]["step"], [each["edition"] for each in found["editions"]]) == (1, [2022])
    told = {each["stage"]: (each["status"], each.get("by"), each.get("happenedOn")) for each in found["steps"]}
    assert told["assembly"] == ("happened", "gmr-ab", "2021-09-15")
    assert told["each-member"] == ("not-recorded", None, None), "who opted in is in no source"
    programme = gmr.read(f"/dossiers/{gmr.made['dossier-rpw']}")
    assert [each["decisions"][0]["outcome"] for each in programme["steps"]] == ["agreed", "offered"]
