"""Where members and their councils stood, each case asked over HTTP by its own facts: vote, position and standpoint stay apart."""

from __future__ import annotations

from tests.api.edge import Edge
from tests.story.asking import about, cells, events, fact, groups


def test_row_1_the_province_amends_its_own_letter_because_amsterdam_broke_an_agreement(edge: Edge) -> None:
    decided = fact(edge, "amendement-a56")
    assert (decided["proposed"]["number"], decided["proposed"]["kind"]) == ("A56-2022", "amendment")
    assert (decided["outcome"]["verb"], decided["outcome"]["on"]) == ("adopted", "2022-07-04")
    assert "afspraak doorbroken" in decided["justifications"][0]["text"]["text"]
    assert decided["justifications"][0]["text"]["words"] == "quoted"
    amends = {each["id"] for each in decided["links"] if each["link"]["rel"] == "amends"}
    assert (amends, about(decided)) == ({edge.made["staten-brief"]}, {edge.made["meerjarenbegroting"]})
    assert fact(edge, "staten-brief")["outcome"]["amended"] is True


def test_row_1_has_for_against_divided_and_absent_by_group(edge: Edge) -> None:
    (ballot,) = fact(edge, "amendement-a56", "votes")["items"]
    assert (ballot["held"]["unit"], ballot["held"]["rest"]) == ("group", "for")
    assert groups(edge, "amendement-a56") == {
        "against": {"VVD", "JA21", "CDA", "FvD", "PVV"},
        "divided": {"SP"},
        "absent": {"eenpersoonsfractie"},
    }
    (voters,) = [each for each in fact(edge, "amendement-a56")["lists"] if each["list"] == "voters"]
    assert len(voters["members"]) == 15
    assert "result" not in ballot, "no rule is known for this council, so the register computes no result"


def test_row_10_amstelveen_voted_in_favour_and_called_it_vague_and_these_are_two_facts(edge: Edge) -> None:
    decided = fact(edge, "raad-amstelveen")
    (ballot,), (remark,) = decided["ballots"], decided["remarks"]
    assert (ballot["held"]["on"], ballot["held"]["names"], ballot["held"]["rest"]) == ("2022-06-15", "none", "for")
    assert decided["outcome"]["verb"] == "agreed"
    assert "vaag" in remark["text"]["text"]
    assert remark["voice"]["layer"] == "group"
    assert ballot["held"]["position"] != remark["position"]


def test_row_10_amstelveen_joins_with_its_councils_decision_as_basis(edge: Edge) -> None:
    positions = fact(edge, "meerjarenbegroting", "positions")["items"]
    (joins,) = [each for each in positions if each.get("member") == "gm0362"]
    assert (joins["stance"], joins["basis"]) == ("joins", edge.made["raad-amstelveen"])
    assert joins["voice"]["layer"] == "council"


def test_row_11_ijmond_is_one_statement_of_three_executives_with_an_answer(edge: Edge) -> None:
    standpoints = fact(edge, "samenwerkingsafspraken", "minority-standpoints")["items"]
    (ijmond,) = [each for each in standpoints if each["recorded"]["voice"].get("subregion") == "ijmond"]
    said = ijmond["recorded"]
    assert (said["voice"]["as"], said["voice"]["layer"], said["parts"]) == ("joint", "executive", ["p1"])
    assert "kiezen zelf een voorzitter" in said["alternative"]["text"]
    assert ijmond["counted"] == ["gm0375", "gm0396", "gm0453"]
    (answer,) = ijmond["answers"]
    assert (answer["voice"]["members"], answer["on"]) == (["pv27"], "2021-04-07")
    assert ijmond["status"] == "open", "the province replied; a reply is not a weighing"
    for member in ijmond["counted"]:
        assert "departs" not in {cell["kind"] for cell in cells(edge, member)}, "a standpoint is no position"


def test_row_12_gooi_en_vechtstreek_spoke_once_for_two_years_and_counts_for_nobody(edge: Edge) -> None:
    standpoints = fact(edge, "samenwerkingsafspraken", "minority-standpoints")["items"]
    (gooi,) = [each for each in standpoints if each["recorded"]["voice"]["as"] == "namens"]
    said = gooi["recorded"]
    assert said["voice"] == {"as": "namens", "layer": "executive", "subregion": "gooi-en-vechtstreek"}
    assert "niet verder formaliseren" in said["text"]["text"]
    assert "gelijke vertegenwoordiging" in said["alternative"]["text"]
    assert (said["from"], said["until"], said["parts"]) == ("2020", "2021", ["p3"])
    assert (gooi["status"], gooi["inForce"]) == ("open", False), (
        "nobody holds it any more, and nobody weighed it either"
    )
    assert "counted" not in gooi
    weesp = "gm0457"
    assert {weesp, "gm0402", "gm1942"} < set(gooi["throughSubregion"])
    assert len(gooi["throughSubregion"]) == 7
    positions = fact(edge, "samenwerkingsafspraken", "positions")["items"]
    assert set(gooi["throughSubregion"]).isdisjoint(each["member"] for each in positions)


def test_row_13_bloemendaal_departs_on_one_part_of_a_proposal_and_joins_nothing(edge: Edge) -> None:
    (departs,) = fact(edge, "verstedelijkingsstrategie", "positions")["items"]
    assert (departs["member"], departs["stance"], departs["part"]) == ("gm0377", "departs", "p7")
    assert "kustplaatsen moeten van elkaar blijven verschillen" in departs["reason"]["text"]
    assert (departs["on"], departs["certain"]) == ("2022-02", False)
    assert [(each["act"], each["grade"]) for each in departs["evidence"]] == [("view", "party-page")]
    assert "outcome" not in fact(edge, "verstedelijkingsstrategie")
    assert "joins" not in {cell["kind"] for cell in cells(edge, "gm0377")}


def test_row_14_hilversums_executive_was_overruled_by_its_council_and_both_stand_in_the_history(edge: Edge) -> None:
    (position,) = fact(edge, "sleutelgebieden", "positions")["items"]
    assert (position["member"], position["stance"], position["overruled"]) == ("gm0402", "joins", True)
    assert position["because"] == edge.made["raad-hilversum"]
    assert (position["validFrom"], position["withdrawnOn"]) == ("2019-12-04", "2020-06-30")
    council = fact(edge, "raad-hilversum")
    assert (council["outcome"]["verb"], council["ballots"][0]["held"]["stated"]) == ("held-over", {"for": 8})
    types = [event["type"] for event in events(edge, "sleutelgebieden")]
    assert types.index("position.recorded") < types.index("position.withdrawn")


def test_row_14_hilversums_mandate_reads_otherwise_before_and_after_the_correction(edge: Edge) -> None:
    happened = events(edge, "sleutelgebieden")
    before = next(event["knownFrom"] for event in happened if event["type"] == "position.withdrawn")
    after = next(event["knownFrom"] for event in happened if event["type"] == "decision.corrected")
    decision = edge.made["sleutelgebieden"]
    (then,) = edge.read(f"/decisions/{decision}/positions", knownAt=before)["items"]
    (now,) = edge.read(f"/decisions/{decision}/positions", knownAt=after)["items"]
    assert (then["voice"].get("backing"), now["voice"]["backing"]) == ("not-stated", "not-asked")
