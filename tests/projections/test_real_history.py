"""The real history that the register ships with, as the read models answer it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from psycopg import sql

from projections.at import At
from projections.course import query as course
from projections.course.row import Matrix, Sums
from projections.decisions import query as decisions
from projections.governance import query as governance
from projections.history import query as history
from projections.standpoints import query as standpoints
from tests.api.edge import Edge, running_edge
from tests.databases import fresh_register
from tests.projections.deciding import on
from tests.projections.telling import connected

NOW = At(date(2026, 11, 21))
MUNICIPALITIES_OF_GOOI = 7


@pytest.fixture(scope="module")
def told(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    """The history as the demo tells it, over HTTP."""
    directory = tmp_path_factory.mktemp("real")
    with fresh_register(server, directory) as logins, running_edge(logins, directory) as running:
        yield running


@pytest.mark.parametrize(
    ("day", "count"),
    [("2018-06-01", 36), ("2021-06-01", 35), ("2022-02-01", 34), ("2022-03-23", 34), ("2022-03-24", 33)],
)
async def test_how_many_members_there_were(told: Edge, day: str, count: int) -> None:
    async with connected(told.logins) as conn:
        assert len(await governance.members(conn, on(day))) == count
        assert (await course.matrix(conn, on(day))).members == count


async def test_weesp_went_into_amsterdam_and_keeps_its_own_past(told: Edge) -> None:
    async with connected(told.logins) as conn:
        weesp = await governance.member(conn, "gm0457", NOW)
        stands = await course.member_course(conn, "gm0457", NOW)
        said = await standpoints.of_member(conn, "gm0457", NOW)
        of_amsterdam = await standpoints.of_member(conn, "gm0363", NOW)
    assert weesp is not None
    assert weesp.successor is not None
    assert (weesp.in_force, weesp.successor.code, weesp.successor.on) == (False, "gm0363", date(2022, 3, 24))
    assert stands.sums.spoken_for == 1
    assert len(said) == 1
    assert len(said[0].through_subregion) == MUNICIPALITIES_OF_GOOI
    assert said[0].id not in {each.id for each in of_amsterdam}


async def test_amstelveen_voted_for_and_called_it_vague_which_are_two_facts_and_its_basis(told: Edge) -> None:
    async with connected(told.logins) as conn:
        council = await decisions.decision(conn, told.made["raad-amstelveen"], NOW)
        stands = await course.positions(conn, told.made["meerjarenbegroting"], NOW)
    assert council is not None
    assert (council.ballots[0].held.rest, council.ballots[0].votes) == ("for", ())
    assert [each.voice.members for each in council.remarks] == [("gm0362",)]
    (joined,) = [each for each in stands if each.member == "gm0362"]
    assert (joined.stance, joined.layer, joined.basis) == ("joins", "council", told.made["raad-amstelveen"])


async def test_an_amendment_is_told_by_group_with_the_divided_and_the_absent_one(told: Edge) -> None:
    async with connected(told.logins) as conn:
        found = await decisions.decision(conn, told.made["amendement-a56"], NOW)
        called = await governance.names(conn, [vote.voter for vote in found.ballots[0].votes] if found else [], NOW)
    assert found is not None
    (ballot,) = found.ballots
    assert ballot.held.rest == "for"
    assert Counter(vote.choice for vote in ballot.votes) == {"against": 5, "divided": 1, "absent": 1}
    assert set(called) == {vote.voter for vote in ballot.votes}
    assert found.outcome is not None
    assert (found.outcome.verb, found.proposed.number) == ("adopted", "A56-2022")


async def test_ijmond_made_one_statement_for_three_members(told: Edge) -> None:
    async with connected(told.logins) as conn:
        found = await standpoints.of(conn, told.made["samenwerkingsafspraken"], NOW)
    joint = [each for each in found if each.recorded.voice.as_ == "joint"]
    assert [each.counted for each in joint] == [("gm0375", "gm0396", "gm0453")]
    assert joint[0].answers
    assert joint[0].status == "open"


async def test_what_the_council_of_hilversum_overruled_is_in_the_history_and_only_its_backing_was_found_later(
    told: Edge,
) -> None:
    decision = told.made["sleutelgebieden"]
    async with connected(told.logins) as conn:
        (position,) = await course.positions(conn, decision, NOW)
        steps = await history.events(conn, decision, NOW)
        found = await decisions.decision(conn, decision, NOW)
        before = await course.positions(conn, decision, on("2020-06-29"))
    assert (position.member, position.stance, position.overruled) == ("gm0402", "joins", True)
    assert [each.withdrawn_on for each in before] == [position.withdrawn_on]
    assert position.because == told.made["raad-hilversum"]
    assert {"position.recorded", "position.withdrawn"} <= {step.event.type for step in steps}
    assert found is not None
    assert [each.kind for each in found.corrections] == ["ruling"]


async def test_the_cut_of_amsterdam_waits_for_a_reason(told: Edge) -> None:
    async with connected(told.logins) as conn:
        waiting = await course.unexplained(conn, NOW)
    assert "gm0363" in {each.position.member for each in waiting}


async def test_bloemendaal_departs_on_one_part_which_is_no_course_yet(told: Edge) -> None:
    async with connected(told.logins) as conn:
        stands = await course.member_course(conn, "gm0377", NOW)
    assert [(each.stance, each.part) for each in stands.on_proposals] == [("departs", "p7")]
    assert stands.sums.departs == 0


async def test_more_is_not_recorded_than_anything_else_and_all_sums_agree(told: Edge) -> None:
    async with connected(told.logins) as conn:
        matrix = await course.matrix(conn, NOW)
    counted = {name: getattr(matrix.sums, name) for name in Sums.__struct_fields__ if name != "n"}
    assert counted["not_recorded"] == max(counted.values())
    assert counted["not_recorded"] > matrix.sums.n / 2
    assert sum(counted.values()) == len(cells(matrix)) == matrix.members * len(matrix.columns)
    for parts in (matrix.columns, matrix.groups, [row for group in matrix.groups for row in group.rows]):
        for name, number in counted.items():
            assert sum(getattr(part.sums, name) for part in parts) == number


def cells(matrix: Matrix) -> list[str]:
    return [cell.kind for group in matrix.groups for row in group.rows for cell in row.cells]


async def test_every_row_that_is_answered_is_reachable_from_an_entry(told: Edge) -> None:
    feed = {item["position"]: item["entry"] for item in told.read("/events", limit=1000)["items"]}
    async with connected(told.logins) as conn:
        for table in (
            "governance",
            "decisions",
            "decisions_facts",
            "meetings_facts",
            "history",
            "course",
            "standpoints",
        ):
            query = sql.SQL("SELECT DISTINCT stream::text, seq, position FROM {}").format(sql.Identifier("read", table))
            cursor = await conn.execute(query)
            for stream, seq, position in await cursor.fetchall():
                assert (feed[position]["id"], feed[position]["seq"]) == (stream, seq)
