"""What a councillor, a journalist and an auditor must be able to see at once: a note from advice to outcome, a council on a day, a vote that is missing."""

from __future__ import annotations

from typing import Any

from tests.api.edge import Edge
from tests.story.pages import read
from tests.story.telling import propose, seq, tell


def test_the_voortgangsnota_2022_is_told_from_the_advice_to_the_outcome_that_nobody_found(edge: Edge) -> None:
    dossier = edge.read(f"/dossiers/{edge.made['dossier-voortgangsnota-2022']}")
    told = {each["stage"]: (each.get("happenedOn"), each["plannedOn"], each["status"]) for each in dossier["steps"]}
    assert told["advice"] == ("2023-03-14", "2023-03-14", "happened")
    assert told["released"] == ("2023-03-24", "2023-03-24", "happened")
    (advice,) = [each for each in dossier["steps"] if each["stage"] == "advice"]
    assert advice["title"]["text"].endswith("grotendeels overgenomen"), "known since the planning of May 2023"
    assert told["assembly"] == (None, "2023-06-23", "not-recorded"), "planned; what came of it was not found"
    decisions = {each["id"]: each for each in dossier["decisions"]}
    reply = decisions[edge.made["staten-voortgangsnota-2022"]]
    assert (reply["decidedBy"], reply["outcome"], reply["outcomeOn"]) == ({"body": "pv27-ps"}, "adopted", "2023-05-30")
    released = edge.made["vrijgave-voortgangsnota-2022"]
    assert (decisions[released]["outcome"], decisions[released]["outcomeOn"]) == ("released", "2023-03-24")


def test_all_of_it_stands_on_one_page(edge: Edge) -> None:
    page = read(edge, f"/dossiers/{edge.made['dossier-voortgangsnota-2022']}")
    steps = (
        "grotendeels overgenomen", "gebeurd 14 maart 2023", "vrijgegeven", "gebeurd 24 maart 2023",
        "Gepland 23 juni 2023", "niet vastgelegd", "Reactie van Noord-Holland", "30 mei 2023",
    )  # fmt: skip
    assert [each for each in steps if each not in page] == []


def test_the_advice_about_it_was_asked_given_and_largely_taken_over(edge: Edge) -> None:
    (advice,) = edge.read(f"/decisions/{edge.made['vrijgave-voortgangsnota-2022']}/advice")["items"]
    (answer,) = advice["answers"]
    assert (advice["asked"], advice["given"]["on"], advice["borneBy"]) == (True, "2023-03-14", ["mra-raadtafel"])
    assert (answer["outcome"], answer["byBody"], answer["reasonMissing"]) == (
        "partly-adopted", "mra-bestuur", "not-given",
    )  # fmt: skip
    assert "grotendeels overgenomen" in answer["evidence"][0]["note"]["text"]


def test_of_32_councils_that_were_asked_about_it_one_reply_is_recorded(edge: Edge) -> None:
    decided = edge.read(f"/decisions/{edge.made['vrijgave-voortgangsnota-2022']}")
    (invitation,) = decided["consultation"]["invitations"]
    became = [each["became"] for each in invitation["parties"]]
    assert {each: became.count(each) for each in became} == {"received": 1, "not-recorded": 31}
    (view,) = edge.read(f"/decisions/{decided['id']}/views")["items"]
    assert (view["received"]["on"], view["counted"], view["state"]) == ("2023-05-30", ["pv27"], "open")


HILVERSUM, DAY = "gm0402-raad", "2021-06-01"


def test_a_councillor_of_hilversum_sees_what_can_be_influenced_and_until_when(edge: Edge) -> None:
    dossier = edge.read(f"/dossiers/{edge.made['dossier-verstedelijkingsconcept']}", validOn=DAY)
    assert [(each["version"], each["state"]) for each in dossier["versions"]] == [(2, "concept")]
    coming = edge.read("/forward-agenda", validOn=DAY, body=HILVERSUM)["items"]
    found = [each for each in coming if each.get("dossier") == dossier["id"]]
    assert [(each["stage"], each["status"], each["until"]) for each in found] == [("views", "under-way", "2021-07-12")]
    assert HILVERSUM in found[0]["influence"]


def test_a_councillor_of_hilversum_sees_what_was_said_on_its_behalf(edge: Edge) -> None:
    said = edge.read(f"/decisions/{edge.made['samenwerkingsafspraken']}/minority-standpoints", validOn=DAY)["items"]
    spoken = [each["recorded"]["voice"] for each in said if "gm0402" in each.get("throughSubregion", ())]
    assert spoken == [{"as": "namens", "layer": "executive", "subregion": "gooi-en-vechtstreek"}]


def test_the_reply_to_hilversums_views_is_not_recorded(edge: Edge) -> None:
    decision = edge.made["verstedelijkingsstrategie"]
    became = {day: _became(edge.read(f"/decisions/{decision}", validOn=day)) for day in (DAY, "2021-12-01")}
    assert became == {DAY: "open", "2021-12-01": "not-recorded"}, "23 letters came in and no source says whose"
    assert edge.read(f"/decisions/{decision}/views", validOn=DAY)["items"] == []
    (note,) = edge.read(f"/decisions/{decision}")["consultation"]["replyNotes"]
    assert (note["note"]["on"], note["note"]["letters"], note["note"]["items"]) == ("2021-11-03", 23, 212)
    assert "replyNotes" not in edge.read(f"/decisions/{decision}", validOn=DAY)["consultation"]


def _became(decided: Any) -> str:  # noqa: ANN401  # any JSON
    (invitation,) = decided["consultation"]["invitations"]
    return str(next(each["became"] for each in invitation["parties"] if each["party"] == HILVERSUM))


def test_one_vote_taken_out_of_a_complete_ballot_is_one_gap_more(edge: Edge) -> None:
    decision = propose(edge, "Een volledige stemming", decidedBy={"body": "mra-av"}, on="2023-03-24")
    below = f"/decisions/{decision}"
    members = ["gm0363", "gm0402", "gm0479"]
    tell(edge, f"{below}/party-lists", list="voters", basis="stated", members=members)
    ballot: dict[str, Any] = {"how": "roll-call", "unit": "member", "names": "all", "stated": {"for": 3}}
    tell(edge, f"{below}/ballots", ballot=1, on="2023-03-24", **ballot)
    votes = [{"voter": member, "choice": "for"} for member in members]
    recorded = tell(edge, f"{below}/votes", ballot=1, votes=votes)
    tell(edge, f"{below}/outcome", verb="adopted", how="vote", ballot=1, on="2023-03-24")
    before = _gaps(edge, decision)
    instead = {"type": "votes.recorded", "v": 1, "data": {"ballot": 1, "votes": votes[:-1]}}
    said: dict[str, Any] = {
        "corrects": seq(recorded),
        "kind": "clerical",
        "grounds": "Een stem te veel.",
        "instead": instead,
    }
    tell(edge, f"{below}/corrections", outcomeStands=True, **said)
    after = _gaps(edge, decision)
    assert "names-missing" not in before
    assert after == {**before, "names-missing": (1, 3)}, (
        "one name of three; nothing else is missing that was not before"
    )


def _gaps(edge: Edge, decision: str) -> dict[str, tuple[int, int | None]]:
    """What is missing of a decision: how many, of how many. Entries that wait for a second reader are counted elsewhere."""
    found = edge.read("/completeness", decision=decision)["items"]
    return {each["kind"]: (each["n"], each.get("of")) for each in found if each["kind"] != "not-confirmed"}
