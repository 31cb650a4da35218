"""The tables say what the API says of the same register, and nothing that was withdrawn."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest

from api.exchange.tables import COLUMNS
from tests.api.edge import Edge
from tests.exchange.conftest import FORMULA, PROPOSED
from tests.exchange.exports import export_of, listed
from tests.exchange.reading import Export


@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_has_its_header_and_ends_its_lines_as_the_rfc_says(told: Export, table: str) -> None:
    raw = told.raw(table)
    assert raw.partition(b"\r\n")[0].decode() == ",".join(COLUMNS[table])
    assert raw.endswith(b"\r\n")
    assert all(len(row) == len(COLUMNS[table]) and None not in row.values() for row in told.table(table))


def test_bodies_members_and_voters_are_those_of_the_api_and_those_that_ended(edge: Edge, told: Export) -> None:
    bodies = {row["body_id"]: row for row in told.table("bodies")}
    open_bodies = {each["code"]: each["name"] for each in listed(edge, "/bodies")}
    assert {code: row["name"] for code, row in bodies.items() if not row["until"]} == open_bodies
    assert bodies["mra-regiegroep"]["until"]
    members = {row["member_id"]: row for row in told.table("members")}
    in_force = listed(edge, "/members")
    assert {code for code, row in members.items() if not row["member_until"]} == {each["code"] for each in in_force}
    for each in in_force:
        row = members[each["code"]]
        shown = (row["name"], row["kind"], row["subregion"], row["identifier"])
        assert shown == (each["name"], each["kind"], each.get("subregion", ""), each.get("identifier", ""))
    weesp = members["gm0457"]
    assert (weesp["member_until"], weesp["successor"], weesp["weight"]) == ("2022-03-23", "gm0363", "")
    voters = {row["voter_id"]: row["name"] for row in told.table("voters")}
    named = {each["code"]: each["name"] for each in listed(edge, "/parties")}
    assert voters == {code: name["text"] if isinstance(name, dict) else name for code, name in named.items()}


def test_decisions_are_those_of_the_api(edge: Edge, told: Export) -> None:
    summaries = listed(edge, "/decisions")
    rows = {row["decision_id"]: row for row in told.table("decisions")}
    assert sorted(rows) == sorted(each["id"] for each in summaries)
    assert list(rows) == sorted(rows)
    for each in summaries:
        row, by = rows[each["id"]], each["decidedBy"]
        assert row["title"] == each["title"]["text"]
        assert row["body_id"] == by.get("body", f"each:{by.get('each')}")
        assert (row["kind"], row["subject_class"]) == (each["kind"], each["class"])
        assert row["outcome"] == each.get("outcome", "")


def test_parts_votes_and_positions_of_every_decision_are_those_of_the_api(edge: Edge, told: Export) -> None:
    seen = 0
    for row in told.table("decisions"):
        id_ = row["decision_id"]
        ballots = listed(edge, f"/decisions/{id_}/votes")
        votes = {(str(b["held"]["ballot"]), v["voter"], v["choice"]) for b in ballots for v in b.get("votes", ())}
        assert {(v["ballot"], v["voter_id"], v["choice"]) for v in told.of("votes", decision_id=id_)} == votes
        parts = edge.read(f"/decisions/{id_}").get("parts", ())
        versions = {(p["part"], str(v["n"]), v["title"]["text"]) for p in parts for v in p["versions"]}
        assert {(p["part"], p["n"], p["title"]) for p in told.of("parts", decision_id=id_)} == versions
        standing = {
            (code, each["stance"], each.get("part", ""), each.get("reason", {}).get("text", ""))
            for each in listed(edge, f"/decisions/{id_}/positions")
            if each.get("validUntil", "9999") >= told.manifest["validOn"]
            for code in ([each["member"]] if "member" in each else [])
        }
        found = told.of("positions", decision_id=id_)
        assert {(p["member_id"], p["stance"], p["part"], p["reason"]) for p in found} == standing
        seen += len(votes) + len(versions) + len(standing)
    assert seen == sum(len(told.table(each)) for each in ("votes", "parts", "positions")) > 40


def test_why_bloemendaal_departs_is_found_with_its_source(edge: Edge, told: Export) -> None:
    (row,) = told.of("positions", member_id="gm0377")
    assert row["decision_id"] == edge.made["verstedelijkingsstrategie"]
    said = (row["stance"], row["part"], row["layer"], row["as"], row["on"], row["act"], row["grade"])
    assert said == ("departs", "p7", "not-stated", "own", "2022-02", "view", "party-page")
    assert row["reason"]
    assert row["source"].startswith("https://")


def test_a_position_that_was_overruled_has_no_row(edge: Edge, told: Export) -> None:
    assert told.of("positions", member_id="gm0402") == []
    assert told.lost("position.withdrawn") == 1
    (before,) = edge.read("/members/gm0402/course")["past"]
    assert before["overruled"]


def test_standpoints_are_those_of_the_api_and_nobody_is_filled_in(edge: Edge, told: Export) -> None:
    rows = {row["standpoint_id"]: row for row in told.table("minority_standpoints")}
    assert sorted(rows) == sorted(each["id"] for each in listed(edge, "/minority-standpoints"))
    ijmond = rows[edge.addresses["standpunt-ijmond"]]
    assert (ijmond["members"], ijmond["as"], ijmond["weighed"]) == ("gm0375;gm0396;gm0453", "joint", "")
    assert rows[edge.addresses["standpunt-gooi"]]["members"] == "subregion:gooi-en-vechtstreek"


def test_a_formula_is_kept_from_running_and_read_back_whole(proposed: str, told: Export) -> None:
    quoted = FORMULA.replace('"', '""')
    assert f',"\'{quoted}",'.encode() in told.raw("decisions")
    (row,) = told.of("decisions", decision_id=proposed)
    assert (row["title"], row["text"]) == (FORMULA, PROPOSED["question"])
    assert (row["stated_for"], row["stated_against"], row["stated_abstained"]) == ("20", "30", "")
    assert row["links"] == "about:https://example.org/a\\;b"
    assert told.of("votes", voter_id="pv27-ps-g1", decision_id=proposed)[0]["reason"] == "- omdat het kan"


def test_a_position_namens_others_is_nobodys_row(proposed: str, told: Export) -> None:
    assert told.of("positions", decision_id=proposed) == []
    assert told.lost("positions-namens") == 1


def test_a_weighing_stands_with_its_standpoint(proposed: str, told: Export) -> None:
    (row,) = told.of("minority_standpoints", decision_id=proposed)
    weighed = (row["weighed"], row["weighing_reason"], row["weighed_by"], row["weighed_on"])
    assert weighed == ("noted", "Gehoord.", "mra-av", "2025-03-05")


def test_two_exports_of_one_position_are_the_same_bytes(edge: Edge, told: Export, tmp_path: Path) -> None:
    assert told.manifest["position"] == edge.size() - 1
    assert export_of(edge, tmp_path / "again").files() == told.files()


def test_an_earlier_day_tells_what_had_begun_by_then(edge: Edge, proposed: str, tmp_path: Path) -> None:
    early = export_of(edge, tmp_path / "early", date(2021, 12, 31))
    ids = {row["decision_id"] for row in early.table("decisions")}
    assert ids == {each["id"] for each in listed(edge, "/decisions", validOn="2021-12-31")}
    assert proposed not in ids
    assert early.of("members", member_id="gm0457")[0]["name"] == "Weesp"


def test_what_was_known_earlier_is_a_prefix_of_the_log(edge: Edge, proposed: str, tmp_path: Path) -> None:
    first = listed(edge, f"/decisions/{proposed}/events")[0]["event"]
    before = datetime.fromisoformat(first["knownFrom"]).astimezone(UTC)
    known_at = datetime.fromtimestamp(before.timestamp() - 0.0005, UTC)
    early = export_of(edge, tmp_path / "early", None, known_at)
    assert early.manifest["position"] == first["position"] - 1
    assert early.of("decisions", decision_id=proposed) == []
    nothing = export_of(edge, tmp_path / "nothing", None, datetime(2020, 1, 1, tzinfo=UTC))
    assert nothing.manifest["position"] == -1
    assert all(not nothing.table(table) for table in COLUMNS)


def test_a_text_that_was_withdrawn_stands_nowhere(edge: Edge, told: Export, tmp_path: Path) -> None:
    (row,) = told.of("positions", member_id="gm0377")
    hide = "UPDATE read.texts SET text = %s, withheld = %s WHERE stream = %s AND field = 'reason'"
    stream = row["decision_id"]
    with psycopg.connect(edge.logins.owner, autocommit=True) as owner:
        owner.execute(hide, (None, "privacy", stream))
        try:
            after = export_of(edge, tmp_path / "after")
        finally:
            owner.execute(hide, (row["reason"], None, stream))
    (withheld,) = after.of("positions", member_id="gm0377")
    assert withheld == {**row, "reason": ""}
    assert not any(row["reason"].encode() in content for content in after.files().values())
    assert any(row["reason"].encode() in content for content in told.files().values())
