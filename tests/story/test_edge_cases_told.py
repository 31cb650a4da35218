"""The edge cases of how regions decide that need more facts than the shipped history has: told over HTTP, asked over HTTP."""

from __future__ import annotations

from typing import Any

from tests.api.edge import Edge
from tests.story.telling import cells, propose, seq, tell

OWN = {"as": "own", "layer": "executive"}


def course(edge: Edge, decision: str, member: str, **query: str) -> list[dict[str, Any]]:
    """What the page of a member says about a decision, with its column."""
    found = edge.read(f"/members/{member}/course", **query)["cells"]
    return [each for each in found if each["column"]["decision"] == decision]


def test_edge_01_weesp_keeps_its_position_and_amsterdam_does_not_inherit_it(edge: Edge) -> None:
    decision = propose(edge, "Koers van 2021", on="2021-09-01")
    below = f"/decisions/{decision}"
    tell(edge, f"{below}/parts", part="p1", n=1, title="Een onderdeel")
    taken = tell(
        edge, f"{below}/positions", member="gm0457", stance="joins", part="p1", n=1, voice=OWN, on="2021-10-01"
    )
    tell(edge, f"{below}/outcome", verb="adopted", count=35, on="2021-12-01", sets=[{"part": "p1", "n": 1}])
    weesp, amsterdam = edge.read("/members/gm0457"), edge.read("/members/gm0363")
    assert (weesp["inForce"], weesp["successor"]["code"]) == (False, "gm0363")
    assert "gm0457" in {each["code"] for each in amsterdam["predecessors"]}
    kinds = {
        member: [each["cell"]["kind"] for each in course(edge, decision, member) if each["column"].get("part") == "p1"]
        for member in ("gm0457", "gm0363")
    }
    assert kinds == {"gm0457": ["joins"], "gm0363": ["not-recorded"]}
    found = edge.read(f"/decisions/{decision}/positions")["items"]
    assert {each["member"]: f"{each['stream']}.{each['seq']}" for each in found} == {"gm0457": taken}
    n = {
        day: course(edge, decision, "gm0363", validOn=day)[0]["column"]["sums"]["n"]
        for day in ("2022-03-23", "2022-03-24")
    }
    assert n == {"2022-03-23": 34, "2022-03-24": 33}


def test_edge_06_a_subregions_joint_reply_is_one_view_with_one_answer_for_all_its_members(edge: Edge) -> None:
    members = ["gm0376", "gm0402", "gm0406", "gm0417", "gm1696", "gm1942"]
    decision = propose(edge, "Verstedelijking", on="2021-05-17")
    below = f"/decisions/{decision}"
    tell(edge, f"{below}/view-invitations", parties=members, until="2021-07-12", on="2021-05-17")
    joint = {"as": "joint", "layer": "executive", "members": members, "subregion": "gooi-en-vechtstreek"}
    items = [{"item": 1, "gist": "Behoud het landschap."}]
    view = tell(edge, f"{below}/views", voice=joint, text="Samen.", kind="view", items=items, on="2021-07-01")
    answered = {"outcome": "partly-adopted", "reason": "In de tekst.", "on": "2021-11-03"}
    tell(edge, f"/views/{view}/answers", item=1, **answered)
    (one,) = edge.read(f"{below}/views")["items"]
    assert (one["counted"], one["answersFor"], one["state"]) == (members, members, "answered")
    own = {"as": "own", "layer": "executive", "members": ["gm0417"]}
    added = tell(
        edge, f"{below}/views", voice=own, text="Laren vult aan.", kind="view", addsTo=seq(view), on="2021-07-02"
    )
    water = {"as": "outside", "parties": ["x-waterschappen"]}
    tell(edge, f"{below}/views", voice=water, text="Gebundeld.", kind="view", on="2021-07-02")
    views = {each["id"]: each for each in edge.read(f"{below}/views")["items"]}
    assert (len(views), views[view]["additions"]) == (3, [added])
    assert "counted" not in list(views.values())[-1], "outside parties have no seat"


def test_edge_07_no_view_given_and_no_view_received_are_two_words(edge: Edge) -> None:
    decision = propose(edge, "Begroting van de Regio Gooi en Vechtstreek", on="2019-05-01")
    below = f"/decisions/{decision}"
    invited = tell(edge, f"{below}/view-invitations", parties=["gm1942", "gm0376"], until="2019-07-10", on="2019-05-01")
    tell(edge, f"{below}/views-declined", party="gm1942", on="2019-07-11")
    tell(edge, f"{below}/views-missed", party="gm0376", invitation=seq(invited))
    (invitation,) = edge.read(below)["consultation"]["invitations"]
    assert {each["party"]: each["became"] for each in invitation["parties"]} == {
        "gm1942": "declined",
        "gm0376": "missed",
    }


def test_edge_09_a_letter_has_two_versions_and_an_inner_vote_beside_the_view_that_it_is(edge: Edge) -> None:
    asked = propose(edge, "Meerjarenbegroting, ter reactie", decidedBy={"body": "mra-av"}, on="2022-03-25")
    own = {"as": "own", "layer": "council", "members": ["pv27"]}
    view = tell(edge, f"/decisions/{asked}/views", voice=own, text="De brief.", kind="reaction", on="2022-07-04")
    letter = propose(
        edge,
        "De brief van de Staten",
        decidedBy={"body": "pv27-ps"},
        on="2022-06-20",
        links=[{"rel": "answers", "to": view}],
    )
    below = f"/decisions/{letter}"
    tell(edge, f"{below}/parts", part="brief", n=1, title="Brief", text="Vanwege economische tegenwind.")
    tell(edge, f"{below}/ballots", ballot=1, on="2022-07-04", how="not-stated", unit="group", names="some", rest="for")
    against = [{"voter": f"pv27-ps-g{number}", "choice": "against"} for number in range(1, 6)]
    divided = [{"voter": "pv27-ps-g6", "choice": "divided"}, {"voter": "pv27-ps-g7", "choice": "absent"}]
    tell(edge, f"{below}/votes", ballot=1, votes=[*against, *divided])
    tell(edge, f"{below}/part-versions", part="brief", n=2, text="Met het oog op brede welvaart.", on="2022-07-04")
    tell(edge, f"{below}/outcome", verb="adopted", amended=True, on="2022-07-04")
    (one,) = edge.read(f"/decisions/{asked}/views")["items"]
    (decided,) = one["decided"]
    assert [each["n"] for each in decided["versions"]] == [1, 2]
    choices = [vote["choice"] for vote in decided["ballots"][0]["votes"]]
    assert {choice: choices.count(choice) for choice in choices} == {"against": 5, "divided": 1, "absent": 1}
    (part,) = edge.read(below)["parts"]
    assert [each["text"]["text"] for each in part["versions"]] == [
        "Vanwege economische tegenwind.", "Met het oog op brede welvaart.",
    ]  # fmt: skip


def test_edge_13_bloemendaal_departs_on_one_part_and_is_not_recorded_on_the_others(edge: Edge) -> None:
    decision = propose(edge, "Verstedelijkingsstrategie", on="2022-01-10")
    below = f"/decisions/{decision}"
    for part in ("p7", "p8"):
        tell(edge, f"{below}/parts", part=part, n=1, title=part)
    tell(
        edge, f"{below}/positions", member="gm0377", stance="departs", part="p7", n=1, voice=OWN,
        reason="De kustplaatsen verschillen van elkaar.", on="2022-02",
    )  # fmt: skip
    sets = [{"part": part, "n": 1} for part in ("p7", "p8")]
    tell(edge, f"{below}/outcome", verb="adopted", count=34, on="2022-03-01", sets=sets)
    found = cells(edge, decision, "gm0377")
    assert (found["p7"], found["p8"]) == ("departs", "not-recorded")


def test_edge_18_who_sits_at_the_table_twice_is_counted_once_for_each_seat(edge: Edge) -> None:
    decision = propose(edge, "Duidelijk Anders", on="2023-10-01")
    below = f"/decisions/{decision}"
    tell(edge, f"{below}/parts", part="p1", n=1, title="Een onderdeel")
    for member in ("gm0363", "so0001", "pv24"):
        tell(edge, f"{below}/positions", member=member, stance="joins", part="p1", n=1, voice=OWN, on="2023-10-02")
    joint = {"as": "joint", "layer": "council", "members": ["gm0034", "gm0995", "pv24"], "subregion": "almere-lelystad"}
    tell(edge, f"{below}/views", voice=joint, text="Propositie.", kind="bid", on="2023-10")
    tell(edge, f"{below}/outcome", verb="adopted", count=33, on="2023-11-01", sets=[{"part": "p1", "n": 1}])
    matrix = edge.read("/course", decision=decision)
    rows = [row["member"] for group in matrix["groups"] for row in group["rows"]]
    assert (rows.count("gm0363"), rows.count("so0001"), rows.count("pv24")) == (1, 1, 1)
    (column,) = [each for each in matrix["columns"] if each.get("part") == "p1"]
    assert (column["sums"]["joins"], column["sums"]["n"]) == (3, 33)
    assert cells(edge, decision, "gm0034") != {"p1": "joins"}, "a bid is no position"


def test_edge_20_absent_with_notice_is_not_no_objection(edge: Edge) -> None:
    meeting = str(
        edge.record("redactie", "/meetings", {"body": "mra-av", "plannedOn": "2024-02-09"})["events"][0]["id"]
    )
    tell(edge, f"/meetings/{meeting}/agenda-items", item="3", title="Voorzitter")
    absent = [{"member": "gm0402", "notice": True}, {"member": "gm0376", "notice": False}]
    tell(edge, f"/meetings/{meeting}/holding", on="2024-02-09", present=["gm0363", "gm0392"], absent=absent)
    decision = propose(edge, "Een andere voorzitter", decidedBy={"body": "mra-av"}, on="2024-02-09")
    tell(edge, f"/decisions/{decision}/placements", meeting=meeting, item="3")
    tell(edge, f"/decisions/{decision}/outcome", verb="adopted", how="without-vote", on="2024-02-09")
    found = {each["member"]: each["kind"] for each in edge.read(f"/decisions/{decision}")["attendance"]}
    assert found == {
        "gm0363": "no-objection", "gm0392": "no-objection", "gm0402": "absent-with-notice", "gm0376": "absent",
    }  # fmt: skip
