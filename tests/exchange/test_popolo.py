"""Popolo as others read it: every id leads somewhere, the counts are those that are stated, and nobody is a person."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from api.exchange.popolo.files import FILES
from api.exchange.popolo.words import OPTIONS
from tests.api.edge import Edge
from tests.exchange.exports import listed
from tests.exchange.reading import Export

CHECKS = Path(__file__).parents[3] / "shared" / "checks"
CLASSES = {"memberships": "membership", "motions": "motion", "organizations": "organization", "events": "event",
           "posts": "post", "vote_events": "vote_event"}  # fmt: skip


@pytest.mark.skipif(not (CHECKS / "popolo").is_dir(), reason="the schemas of Popolo do not lie beside this checkout")
@pytest.mark.skipif(importlib.util.find_spec("jsonschema") is None, reason="jsonschema is not installed")
@pytest.mark.parametrize("file", FILES)
def test_every_file_is_what_the_schemas_of_popolo_ask(told: Export, file: str) -> None:
    said = [str(CHECKS / "check_popolo.py"), CLASSES[file], str(told.folder / "popolo" / f"{file}.json")]
    done = subprocess.run([sys.executable, "-W", "ignore", *said], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith(" objects, 0 faults\n")


@pytest.mark.parametrize("file", FILES)
def test_ids_are_there_once_and_in_order_and_no_field_is_empty(told: Export, file: str) -> None:
    found = told.popolo(file)
    ids = [each["id"] for each in found]
    assert ids
    assert ids == sorted(set(ids))
    assert all(value not in (None, "", [], {}) for each in found for value in each.values())


def test_every_id_leads_to_an_object(told: Export) -> None:
    organizations = {each["id"] for each in told.popolo("organizations")}
    meetings = {each["id"] for each in told.popolo("events")}
    motions = {each["id"] for each in told.popolo("motions")}
    seats = {each["id"] for each in told.popolo("posts")}
    for file in FILES:
        for each in told.popolo(file):
            assert {
                each[key] for key in ("organization_id", "parent_id", "on_behalf_of_id") if key in each
            } <= organizations
            assert {each[key] for key in ("legislative_session_id",) if key in each} <= meetings
            assert {each[key] for key in ("motion_id",) if key in each} <= motions
            assert {each[key] for key in ("post_id",) if key in each} <= seats
            assert {vote["voter_id"] for vote in each.get("votes", ())} <= organizations
            assert file != "memberships" or each["member"]["id"] in organizations


def test_there_are_no_persons(told: Export) -> None:
    assert not (told.folder / "popolo" / "persons.json").exists()
    assert not any("person_id" in each or "creator_id" in each for file in FILES for each in told.popolo(file))


def test_there_are_as_many_as_in_the_tables_and_the_api(edge: Edge, told: Export) -> None:
    assert [each["id"] for each in told.popolo("motions")] == [row["decision_id"] for row in told.table("decisions")]
    meetings = listed(edge, "/meetings")
    assert [each["id"] for each in told.popolo("events")] == sorted(each["id"] for each in meetings)
    assert sum(len(each.get("votes", ())) for each in told.popolo("vote_events")) == len(told.table("votes"))
    kinds = [each["classification"] for each in told.popolo("organizations")]
    others = {row["kind"] for row in told.table("bodies")} | {"region", "subregion", "political-group", "organisation"}
    assert sum(kind not in others for kind in kinds) == len(told.table("members"))
    held = {each["id"]: each.get("held", {}).get("on") for each in meetings}
    for each in told.popolo("events"):
        assert (each["status"] == "held") == (held[each["id"]] is not None)
        assert each["status"] != "held" or each["start_date"] == held[each["id"]]


def test_a_ballot_has_stated_counts_groups_and_names(proposed: str, told: Export) -> None:
    (ballot,) = (each for each in told.popolo("vote_events") if each["motion_id"] == proposed)
    assert ballot["result"] == "rejected"
    assert ballot["counts"] == [
        {"option": "no", "value": 30},
        {"option": "blank", "value": 1},
        {"option": "yes", "value": 20},
        {"group_id": "pv27-ps-g2", "option": "no", "value": 3},
        {"group_id": "pv27-ps-g2", "option": "yes", "value": 2},
    ]
    assert ballot["group_results"] == [
        {"group_id": "pv27-ps-g1", "result": "yes"},
        {"group_id": "pv27-ps-g2", "result": "divided"},
    ]
    assert [(vote["voter_id"], vote["option"]) for vote in ballot["votes"]] == [
        ("pv27-ps-g1", "yes"),
        ("pv27-ps-g2", "divided"),
    ]


def test_no_count_is_invented_where_the_source_states_none(edge: Edge, told: Export) -> None:
    ballots = [each for each in told.popolo("vote_events") if "counts" not in each]
    assert ballots
    for each in ballots:
        held = next(one["held"] for one in listed(edge, f"/decisions/{each['motion_id']}/votes"))
        assert "stated" not in held


def test_a_seat_is_a_post_that_an_organisation_holds(told: Export) -> None:
    (post,) = told.popolo("posts")
    assert (post["organization_id"], post["role"], post["start_date"]) == ("mra-proef", "namens", "2025-02")
    (seat,) = (each for each in told.popolo("memberships") if each.get("post_id") == post["id"])
    assert seat["member"] == {"id": "gm0363", "name": "Amsterdam"}
    assert seat["on_behalf_of_id"] == "subregion:amsterdam"


def test_every_choice_has_its_option() -> None:
    from projections.decisions.ballots import CHOICES  # noqa: PLC0415  # beside what it is about

    assert set(CHOICES) <= set(OPTIONS)
