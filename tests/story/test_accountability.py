"""What a member, a council and the region did in a period: every number with the list behind it, on the shipped history."""

from __future__ import annotations

from typing import Any

from tests.api.edge import Edge


def sections(found: Any) -> dict[str, Any]:  # noqa: ANN401  # any JSON
    return {each["kind"]: each for each in found["sections"]}


def items(found: Any, kind: str) -> list[Any]:  # noqa: ANN401  # any JSON
    return list(sections(found)[kind].get("items", ()))


def test_every_number_is_the_length_of_its_list_and_every_fact_has_its_entry(edge: Edge) -> None:
    size = edge.size()
    for path in ("/members/gm0402/accountability", "/bodies/pv27-ps/accountability", "/accountability"):
        found = edge.read(path, **{"from": "2019-01-01", "until": "2024-12-31"})
        assert (found["first"], found["last"]) == ("2019-01-01", "2024-12-31")
        for section in found["sections"]:
            assert section["n"] == len(section.get("items", ())) == sum(section["byWhat"].values())
            assert all(0 <= each["position"] < size for each in section.get("items", ()))


def test_hilversums_executive_was_overruled_in_2020_and_stood_there_since_2019(edge: Edge) -> None:
    before = edge.read("/members/gm0402/accountability", **{"from": "2019-01-01", "until": "2019-12-31"})
    after = edge.read("/members/gm0402/accountability", **{"from": "2020-01-01", "until": "2020-12-31"})
    decision = edge.made["sleutelgebieden"]
    assert [each["what"] for each in items(before, "position-taken") if each["decision"] == decision] == ["joins"]
    assert not items(before, "position-withdrawn")
    assert [each["what"] for each in items(after, "position-withdrawn") if each["decision"] == decision] == [
        "overruled"
    ]


def test_a_statement_on_behalf_of_a_sub_region_is_shown_for_its_members_and_counted_for_none(edge: Edge) -> None:
    found = edge.read("/members/gm0402/accountability", **{"from": "2020-01-01", "until": "2021-12-31"})
    spoken = [each for each in items(found, "spoken-for") if each["decision"] == edge.made["samenwerkingsafspraken"]]
    assert len(spoken) == 1
    assert "members" not in spoken[0]
    assert "gm0402" in spoken[0]["spokenFor"]
    own = [each["position"] for kind in ("minority-standpoint", "position-taken") for each in items(found, kind)]
    assert spoken[0]["position"] not in own


def test_the_departure_of_bloemendaal_has_its_reason(edge: Edge) -> None:
    found = edge.read("/members/gm0377/accountability", **{"from": "2022-01-01", "until": "2022-12-31"})
    (departed,) = [each for each in items(found, "departed") if each["what"] == "departs"]
    assert departed["text"]["text"]
    assert "reasonMissing" not in departed


def test_amsterdams_cut_without_a_known_reason_says_why_there_is_none_and_is_missing(edge: Edge) -> None:
    found = edge.read("/members/gm0363/accountability", **{"from": "2022-01-01", "until": "2022-12-31"})
    (departed,) = [each for each in items(found, "departed") if each.get("reasonMissing")]
    missing = [each for each in items(found, "missing") if each["what"] == "dissent-without-reason"]
    assert departed["position"] in [each["position"] for each in missing]


def test_a_council_reports_what_it_decided_itself(edge: Edge) -> None:
    found = edge.read("/bodies/pv27-ps/accountability", **{"from": "2022-01-01", "until": "2022-12-31"})
    assert found["of"] == "council"
    a56 = [each for each in items(found, "decided") if each["decision"] == edge.made["amendement-a56"]]
    assert [each["what"] for each in a56] == ["adopted"]
    region = edge.read("/accountability", **{"from": "2022-01-01", "until": "2022-12-31"})
    assert edge.made["amendement-a56"] not in [each["decision"] for each in items(region, "decided")]


def test_ijmonds_standpoint_counts_for_three_and_is_open_until_it_is_weighed(edge: Edge) -> None:
    found = edge.read("/members/gm0453/accountability", **{"from": "2021-01-01", "until": "2021-12-31"})
    (ijmond,) = [each for each in items(found, "minority-standpoint") if len(each.get("members", ())) == 3]
    assert ijmond["what"] == "open"
    assert "standpoint-not-weighed" in sections(found)["missing"]["byWhat"]


def test_a_period_that_runs_back_is_refused_and_who_is_unknown_is_not_found(edge: Edge) -> None:
    wrong = edge.get("/accountability", **{"from": "2023-01-01", "until": "2022-01-01"})
    assert wrong.status_code == 400
    assert wrong.json()["errors"][0]["field"] == "from"
    assert edge.get("/members/gm9999/accountability").status_code == 404
    assert edge.get("/bodies/geen-gremium/accountability").status_code == 404


def test_without_a_period_it_is_the_year_of_the_day_until_then(edge: Edge) -> None:
    found = edge.read("/accountability", validOn="2022-09-30")
    assert (found["first"], found["last"]) == ("2022-01-01", "2022-09-30")


def test_what_was_done_with_a_view_and_what_became_of_a_promise_stand_in_the_report_of_their_year(edge: Edge) -> None:
    body = {
        "title": "Over de jaarwisseling",
        "decidedBy": {"body": "mra-av"},
        "kind": "decision",
        "class": "not-stated",
    }
    decision = str(edge.record("redactie", "/decisions", {**body, "on": "2018-05-01"})["events"][0]["id"])
    below = f"/decisions/{decision}"
    asked = {"parties": ["gm0362-raad", "gm0402-raad"], "from": "2018-05-01", "until": "2018-06-30", "on": "2018-05-01"}
    edge.record("redactie", f"{below}/view-invitations", asked)
    voice = {"as": "own", "layer": "council", "members": ["gm0362"]}
    view = {"voice": voice, "text": "Meer groen.", "kind": "view", "on": "2018-06-01"}
    seq = edge.record("redactie", f"{below}/views", view)["events"][-1]["seq"]
    answer = {"outcome": "adopted", "reason": "Staat nu in hoofdstuk 2.", "by": "mra-bestuur", "on": "2019-02-01"}
    edge.record("redactie", f"/views/{decision}.{seq}/answers", answer)
    promise = {
        "text": "Een overzicht.",
        "voice": {"as": "own", "members": ["pv27"]},
        "to": "gm0362-raad",
        "on": "2018-07-01",
    }
    seq = edge.record("redactie", f"{below}/undertakings", promise)["events"][-1]["seq"]
    edge.record("redactie", f"/undertakings/{decision}.{seq}/closing", {"on": "2019-03-01", "how": "fulfilled"})

    def year(path: str, n: int, kind: str) -> list[Any]:
        found = edge.read(path, **{"from": f"{n}-01-01", "until": f"{n}-12-31"})
        return [each for each in items(found, kind) if each.get("decision") == decision]

    for path in ("/members/gm0362/accountability", "/bodies/gm0362-raad/accountability"):
        (before,), (after,) = year(path, 2018, "view-given"), year(path, 2019, "view-given")
        assert (before["what"], before.get("done")) == ("open", None), "what came later was not done that year"
        assert [(each["what"], each["by"]) for each in after["done"]] == [("adopted", "mra-bestuur")]
        assert after["done"][0]["reason"]["text"] == "Staat nu in hoofdstuk 2."
        assert [each["what"] for each in year(path, 2018, "undertaking")] == ["open"]
        assert [each["what"] for each in year(path, 2019, "undertaking")] == ["closed"]
        assert year(path, 2020, "undertaking") == year(path, 2020, "view-given") == []
    assert [each["what"] for each in year("/bodies/gm0402-raad/accountability", 2018, "view-not-given")] == ["missed"]
    assert year("/bodies/gm0402-raad/accountability", 2018, "view-given") == []
    assert [each["by"] for each in year("/accountability", 2018, "view-not-given")] == ["gm0402-raad"]
