"""Where members stand, as it is answered: positions, the matrix, a member's own page and the worklist."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from projections.at import At
from projections.course import query
from projections.course.row import Cell, Matrix, Sums
from projections.reading import Connection
from register.decisions import facts as f
from register.decisions import standing as s
from register.governance import facts as g
from register.values import Evidence, Voice
from tests.projections.deciding import (
    D,
    corrected,
    instead,
    on,
    part,
    position,
    proposed,
    sets,
    tell_members,
    tell_subregion,
)
from tests.projections.telling import GOVERNANCE, TODAY, Teller, shown, stream

THREE = ("gm1", "gm2", "gm3")
COURSE_FOR = f.PartiesListed(list="course-for", basis="seats-in-force", members=THREE)


def cells(matrix: Matrix) -> dict[tuple[str, str | None], Cell]:
    """Every cell by member and part."""
    return {
        (row.member, column.part): cell
        for group in matrix.groups
        for row in group.rows
        for column, cell in zip(matrix.columns, row.cells, strict=True)
    }


async def kinds(conn: Connection, at: At = TODAY) -> dict[tuple[str, str | None], str]:
    return {place: cell.kind for place, cell in cells(await query.matrix(conn, at)).items()}


async def test_a_position_counts_only_on_what_an_outcome_set_and_silence_is_not_consent(teller: Teller) -> None:
    tell_members(teller, *THREE)
    teller.tell(D, proposed(teller, on="2021-01-01"), part(teller, "p1"), part(teller, "p2"), COURSE_FOR)
    teller.tell(D, position("gm1", "departs", part="p1", n=1, reason=teller.text("anders")))
    teller.tell(D, position("gm2", "joins", part="p2", n=1), sets("p1", day="2022-01-01"))
    async with shown(teller) as conn:
        matrix = await query.matrix(conn, TODAY)
        before = await query.matrix(conn, on("2021-12-31"))
    assert [(each.part, each.n, str(each.title), each.verb) for each in matrix.columns] == [
        ("p1", 1, "Onderdeel p1", "adopted")
    ]
    assert {place: cell.kind for place, cell in cells(matrix).items()} == {
        ("gm1", "p1"): "departs",
        ("gm2", "p1"): "not-recorded",
        ("gm3", "p1"): "not-recorded",
    }
    (leading,) = cells(matrix)["gm1", "p1"].positions
    assert (str(leading.reason), leading.position) == ("anders", teller.position(D, 5))
    assert [(each.member, each.part) for each in matrix.on_proposals] == [("gm2", "p2")]
    assert (before.columns, [each.member for each in before.on_proposals]) == ((), ["gm1", "gm2"])


async def test_without_a_part_a_position_speaks_of_every_part_on_which_that_layer_has_none(teller: Teller) -> None:
    tell_members(teller, *THREE)
    teller.tell(D, proposed(teller), part(teller, "p1"), part(teller, "p2"), COURSE_FOR, sets("p1", "p2"))
    teller.tell(D, position("gm1", "joins"), position("gm1", "departs", part="p2", n=1))
    teller.tell(D, position("gm2", "joins"), position("gm2", "undecided", layer="council", part="p1", n=1))
    async with shown(teller) as conn:
        found = cells(await query.matrix(conn, TODAY))
    assert found["gm1", "p1"].kind == "joins"
    assert [each.stance for each in found["gm1", "p2"].positions] == ["departs"]
    assert [(each.stance, each.layer) for each in found["gm2", "p1"].positions] == [
        ("undecided", "council"),
        ("joins", "executive"),
    ]
    assert found["gm2", "p1"].kind == "undecided"


async def test_layers_are_never_merged_and_the_furthest_from_joining_leads(teller: Teller) -> None:
    tell_members(teller, *THREE)
    teller.tell(D, proposed(teller), part(teller, "p1"), COURSE_FOR, sets("p1"))
    teller.tell(D, position("gm1", "joins", layer="executive", part="p1", n=1))
    teller.tell(D, position("gm1", "departs", layer="council", part="p1", n=1))
    teller.tell(D, position("gm1", "joins-with-reservation", layer="seat", part="p1", n=1))
    async with shown(teller) as conn:
        cell = cells(await query.matrix(conn, TODAY))["gm1", "p1"]
    assert cell.kind == "departs"
    assert [(each.layer, each.stance) for each in cell.positions] == [
        ("council", "departs"),
        ("seat", "joins-with-reservation"),
        ("executive", "joins"),
    ]


async def test_a_position_on_an_earlier_version_reads_on_an_earlier_text_and_one_on_a_later_is_on_a_proposal(
    teller: Teller,
) -> None:
    tell_members(teller, *THREE)
    teller.tell(D, proposed(teller), part(teller, "p1"), COURSE_FOR, position("gm1", "departs", part="p1", n=1))
    teller.tell(D, position("gm3", "departs", day="2021-06-01"))
    teller.tell(D, f.PartAmended(part="p1", n=2, on="2021-09-01"), position("gm2", "joins", part="p1", n=2))
    teller.tell(D, sets("p1", day="2022-01-01", n=2), f.PartAmended(part="p1", n=3, on="2022-02-01"))
    teller.tell(D, position("gm1", "joins", part="p1", n=3, layer="council", day="2022-03-01"))
    async with shown(teller) as conn:
        matrix = await query.matrix(conn, TODAY)
    found = cells(matrix)
    assert (found["gm1", "p1"].kind, [each.n for each in found["gm1", "p1"].positions]) == ("on-an-earlier-text", [1])
    assert (found["gm2", "p1"].kind, found["gm3", "p1"].kind) == ("joins", "on-an-earlier-text")
    assert [(each.member, each.n) for each in matrix.on_proposals] == [("gm1", 3)]


async def test_a_total_makes_nobody_join_and_is_shown_for_the_whole(teller: Teller) -> None:
    tell_members(teller, *THREE)
    teller.tell(D, proposed(teller, decided_by=f.DecidedBy(each="member")), part(teller, "p1"), COURSE_FOR)
    teller.tell(D, f.OutcomeRecorded(verb="agreed", on="2021-10-26", decides="gm2"), sets("p1", count=3))
    teller.tell(D, position("gm1", "joins", day="2021-10-01"))
    async with shown(teller) as conn:
        matrix = await query.matrix(conn, TODAY)
    found = cells(matrix)
    assert [each.part for each in matrix.columns] == [None, "p1"]
    assert {place: cell.kind for place, cell in found.items()} == {
        ("gm1", None): "joins",
        ("gm2", None): "own-decision",
        ("gm3", None): "own-decision-by-total",
        ("gm1", "p1"): "joins",
        ("gm2", "p1"): "not-recorded",
        ("gm3", "p1"): "not-recorded",
    }
    assert (found["gm2", None].verb, found["gm3", None].verb) == ("agreed", "adopted")
    assert matrix.sums.positions == 2


async def test_a_total_that_is_not_everybody_tells_nothing_of_anybody(teller: Teller) -> None:
    tell_members(teller, *THREE)
    teller.tell(
        D, proposed(teller, decided_by=f.DecidedBy(each="member")), part(teller, "p1"), COURSE_FOR, sets("p1", count=2)
    )
    async with shown(teller) as conn:
        assert set((await kinds(conn)).values()) == {"not-recorded"}


async def test_who_signed_is_told_by_the_list_of_signatories(teller: Teller) -> None:
    tell_members(teller, *THREE)
    teller.tell(D, proposed(teller, decided_by=f.DecidedBy(each="party")), part(teller, "p1"), COURSE_FOR)
    teller.tell(D, f.PartiesListed(list="signatories", basis="stated", members=("gm1", "gm2", "x-rijk")))
    teller.tell(D, sets("p1", verb="signed", count=3))
    async with shown(teller) as conn:
        found = await kinds(conn)
    assert [found[code, None] for code in THREE] == ["own-decision-by-total", "own-decision-by-total", "not-recorded"]


async def test_namens_counts_for_nobody_and_shows_with_each_member_that_was_spoken_for(teller: Teller) -> None:
    tell_members(teller, *THREE, "gm4")
    tell_subregion(teller, "gooi", "gm1", "gm2")
    tell_subregion(teller, "later", "gm4", since="2024")
    teller.tell(GOVERNANCE, g.MemberDeparted(member="gm2", until="2022-03-23"))
    teller.tell(D, proposed(teller), part(teller, "p1"), part(teller, "p2"), sets("p1", "p2", day="2021-12-01"))
    voice = Voice(as_="namens", layer="executive", subregion="gooi")
    said = teller.tell(
        D,
        s.MinorityStandpointRecorded(
            voice=voice, text=teller.text("gelijk"), parts=("p1",), from_="2020", until="2021"
        ),
    )
    named = Voice(as_="namens", members=("gm3",), subregion="gooi")
    spoken = teller.tell(
        D, s.PositionRecorded(stance="departs", voice=named, reason_missing="not-found", on="2021-06-01", part="p2")
    )
    teller.tell(
        D,
        s.MinorityStandpointRecorded(voice=Voice(as_="namens", subregion="later"), text=teller.text("nee"), on="2021"),
    )
    async with shown(teller) as conn:
        matrix = await query.matrix(conn, TODAY)
        ended = await query.member_course(conn, "gm2", TODAY)
        apart = await query.member_course(conn, "gm3", TODAY)
        later = await query.member_course(conn, "gm4", TODAY)
    found = cells(matrix)
    assert (found["gm1", "p1"].kind, found["gm1", "p2"].kind) == ("spoken-for", "not-recorded")
    assert found["gm1", "p1"].entries == (teller.position(D, said),)
    assert (found["gm3", "p1"].kind, found["gm3", "p2"].kind) == ("not-recorded", "spoken-for")
    assert matrix.sums.positions == 0
    assert [each.position for each in ended.spoken_for] == [teller.position(D, said)]
    assert [each.position for each in apart.spoken_for] == [teller.position(D, spoken)]
    assert later.spoken_for == ()


async def test_vanuit_counts_for_the_speaker_and_outside_for_nobody(teller: Teller) -> None:
    tell_members(teller, *THREE)
    teller.tell(D, proposed(teller), part(teller, "p1"), COURSE_FOR, sets("p1"))
    teller.tell(D, position("gm1", "joins", voice=Voice(as_="vanuit", subregion="gooi", members=("gm1",))))
    teller.tell(D, position(None, "departs", voice=Voice(as_="outside", parties=("x-corporaties",))))
    async with shown(teller) as conn:
        assert [(await kinds(conn))[code, "p1"] for code in THREE] == ["joins", "not-recorded", "not-recorded"]


async def test_who_is_not_on_the_list_of_the_decision_was_not_asked(teller: Teller) -> None:
    tell_members(teller, *THREE, "gm4")
    teller.tell(D, proposed(teller), part(teller, "p1"), COURSE_FOR, sets("p1"))
    async with shown(teller) as conn:
        matrix = await query.matrix(conn, TODAY)
    assert cells(matrix)["gm4", "p1"].kind == "not-asked"
    (column,) = matrix.columns
    assert (column.basis, column.listed, column.sums.n, column.sums.not_asked) == ("list", 3, 3, 1)
    assert column.list_position == teller.position(D, 3)
    assert matrix.members == 4


async def test_without_names_on_a_list_the_members_of_the_day_are_the_denominator(teller: Teller) -> None:
    tell_members(teller, *THREE)
    teller.tell(GOVERNANCE, g.MemberMerged(member="gm3", into="gm1", until="2022-03-23"))
    teller.tell(
        D,
        proposed(teller),
        part(teller, "p1"),
        f.PartiesListed(list="course-for", basis="stated", count=17),
        sets("p1"),
    )
    async with shown(teller) as conn:
        (before,) = (await query.matrix(conn, on("2022-03-23"))).columns
        (after,) = (await query.matrix(conn, on("2022-03-24"))).columns
        ended = await query.member_course(conn, "gm3", TODAY)
    assert (before.sums.n, after.sums.n) == (3, 2)
    assert (after.basis, after.listed) == ("members", 17)
    assert [each.cell.kind for each in ended.cells] == ["not-recorded"]


async def test_a_member_that_ended_was_not_asked_about_what_came_after(teller: Teller) -> None:
    tell_members(teller, *THREE)
    teller.tell(GOVERNANCE, g.MemberMerged(member="gm3", into="gm1", until="2022-03-23"))
    later = stream("later")
    teller.tell(
        D,
        proposed(teller),
        part(teller, "p1"),
        sets("p1", day="2021-01-01"),
        position("gm3", "departs", day="2021-02-01"),
    )
    teller.tell(later, proposed(teller), part(teller, "q1"), sets("q1", day="2023-01-01"))
    async with shown(teller) as conn:
        ended = await query.member_course(conn, "gm3", TODAY)
        successor = await query.member_course(conn, "gm1", TODAY)
    assert [(each.column.part, each.cell.kind) for each in ended.cells] == [("p1", "departs"), ("q1", "not-asked")]
    assert (ended.sums.n, ended.sums.departs) == (1, 1)
    assert [each.cell.kind for each in successor.cells] == ["not-recorded", "not-recorded"]


async def test_the_council_of_a_member_sets_no_course_of_the_region(teller: Teller) -> None:
    tell_members(teller, *THREE)
    council = g.BodyEstablished(
        code="gm1-raad",
        name="Raad",
        kind="council",
        force="binding",
        seats="not-recorded",
        from_="2017",
        of="gm1",
        layer="council",
    )
    teller.tell(GOVERNANCE, council)
    teller.tell(D, proposed(teller, decided_by=f.DecidedBy(body="gm1-raad")), part(teller, "p1"), sets("p1"))
    async with shown(teller) as conn:
        assert (await query.matrix(conn, TODAY)).columns == ()


async def test_what_was_repealed_or_struck_is_no_course(teller: Teller) -> None:
    tell_members(teller, *THREE)
    struck = stream("struck")
    teller.tell(D, proposed(teller), part(teller, "p1"), part(teller, "p2"), sets("p1", "p2", day="2021-01-01"))
    teller.tell(
        D,
        f.OutcomeRecorded(verb="repealed", on="2023-01-01", parts=("p1",)),
        f.OutcomeRecorded(verb="lapsed", on="2024-01-01"),
    )
    teller.tell(struck, proposed(teller), part(teller, "p1"), sets("p1"), position("gm1", "departs"))
    teller.tell(struck, f.DecisionStruck(because="exercise", grounds=teller.text("oefening")))
    async with shown(teller) as conn:
        days = ("2022-12-31", "2023-01-01", "2024-01-01")
        parts = [[each.part for each in (await query.matrix(conn, on(day))).columns] for day in days]
        waiting = await query.unexplained(conn, TODAY)
    assert parts == [["p1", "p2"], ["p2"], []]
    assert waiting == ()


async def test_rows_columns_groups_and_the_whole_add_up(teller: Teller) -> None:
    tell_members(teller, *THREE, "gm4", "gm5")
    tell_subregion(teller, "gooi", "gm1", "gm2")
    tell_subregion(teller, "ijmond", "gm3")
    teller.tell(D, proposed(teller), part(teller, "p1"), part(teller, "p2"), COURSE_FOR, sets("p1", "p2"))
    teller.tell(
        D,
        position("gm1", "departs", part="p1", n=1),
        position("gm2", "joins"),
        position("gm3", "joins-with-reservation"),
    )
    async with shown(teller) as conn:
        whole = await query.matrix(conn, TODAY)
        gooi = await query.matrix(conn, TODAY, subregion="gooi")
        departing = await query.matrix(conn, TODAY, only_departing=True)
        elsewhere = await query.matrix(conn, TODAY, decision=stream("nothing"))
    assert [(each.subregion, each.name, len(each.rows)) for each in whole.groups] == [
        ("gooi", "Gooi", 2),
        ("ijmond", "Ijmond", 1),
        (None, None, 2),
    ]
    for matrix in (whole, gooi, departing):
        assert matrix.members == 5
        for counted in (
            total(column.sums for column in matrix.columns),
            total(group.sums for group in matrix.groups),
            total(row.sums for group in matrix.groups for row in group.rows),
        ):
            assert counted == matrix.sums
    assert (whole.sums.n, whole.sums.not_asked) == (6, 4)
    assert {place[0] for place in cells(gooi)} == {"gm1", "gm2"}
    assert {place[0] for place in cells(departing)} == {"gm1", "gm3"}
    assert elsewhere.columns == ()


def total(sums: Iterable[Sums]) -> Sums:
    counted = dict.fromkeys(Sums.__struct_fields__, 0)
    for each in sums:
        counted = {name: counted[name] + getattr(each, name) for name in counted}
    return Sums(**counted)


async def test_a_revision_is_a_row_of_its_own_and_what_was_said_before_stays(teller: Teller) -> None:
    tell_members(teller, *THREE)
    teller.tell(D, proposed(teller), part(teller, "p1"), sets("p1", day="2021-01-01"))
    first = teller.tell(D, position("gm1", "departs", part="p1", n=1, day="2021-02-01", reason=teller.text("te duur")))
    second = teller.tell(D, s.PositionRevised(position=first, stance="joins", on="2022-02-01", basis=stream("raad")))
    async with shown(teller) as conn:
        then, now = [(await kinds(conn, on(day)))["gm1", "p1"] for day in ("2022-01-31", "2022-02-01")]
        told = await query.positions(conn, D, TODAY)
        page = await query.member_course(conn, "gm1", TODAY)
    assert (then, now) == ("departs", "joins")
    assert [(each.stance, each.valid_from, each.valid_until, each.recorded) for each in told] == [
        ("departs", date(2021, 2, 1), date(2022, 1, 31), first),
        ("joins", date(2022, 2, 1), None, first),
    ]
    assert (told[0].revised_by, told[1].basis, told[1].n) == (teller.position(D, second), stream("raad"), 1)
    assert [each.stance for each in page.past] == ["departs"]


async def test_a_position_that_the_council_overruled_stays_in_the_history_as_it_was(teller: Teller) -> None:
    tell_members(teller, *THREE)
    teller.tell(D, proposed(teller), part(teller, "p1"), COURSE_FOR, sets("p1", day="2019-12-04"))
    first = teller.tell(D, position("gm1", "joins", part="p1", n=1, day="2019-12"))
    ended = teller.tell(D, s.PositionWithdrawn(position=first, because=stream("raad"), rel="overrules", on="2020-06"))
    async with shown(teller) as conn:
        (told,) = await query.positions(conn, D, TODAY)
        found = [(await kinds(conn, on(day)))["gm1", "p1"] for day in ("2020-06-29", "2020-06-30")]
    assert (told.overruled, told.because, told.withdrawn_on, told.corrected_by) == (
        True,
        stream("raad"),
        date(2020, 6, 30),
        None,
    )
    assert told.withdrawn_by == teller.position(D, ended)
    assert found == ["joins", "not-recorded"]


async def test_dissent_without_a_reason_waits_until_one_comes(teller: Teller) -> None:
    tell_members(teller, *THREE)
    teller.tell(D, proposed(teller), part(teller, "p1"), sets("p1", day="2021-01-01"))
    first = teller.tell(D, position("gm1", "departs", part="p1", n=1, day="2022"), position("gm2", "joins"))
    teller.tell(D, position("gm3", "does-not-take-part", day="2021-05-05", reason=teller.text("niet van ons")))
    explained = teller.tell(D, s.PositionExplained(position=first, reason=teller.text("bezuiniging"), on="2023-05-01"))
    async with shown(teller) as conn:
        before = await query.unexplained(conn, on("2023-04-30"))
        after = await query.unexplained(conn, on("2023-05-01"))
        known = await query.unexplained(conn, At(TODAY.valid_on, teller.known(D, first)))
        told = next(each for each in await query.positions(conn, D, TODAY) if each.member == "gm1")
    assert [(each.position.member, str(each.decision_title), str(each.part_title)) for each in before] == [
        ("gm1", "Begroting", "Onderdeel p1")
    ]
    assert after == ()
    assert [each.position.reason_missing for each in known] == ["not-found"]
    assert (str(told.reason), told.explained_by) == ("bezuiniging", teller.position(D, explained))


async def test_a_corrected_position_changes_the_matrix_from_then_on(teller: Teller) -> None:
    tell_members(teller, *THREE)
    teller.tell(D, proposed(teller), part(teller, "p1"), COURSE_FOR, sets("p1"))
    first = teller.tell(D, position("gm1", "joins", part="p1", n=1))
    said = {
        "member": "gm2",
        "stance": "departs",
        "voice": {"as": "own", "layer": "council"},
        "on": "2021-06-01",
        "reasonMissing": "not-given",
    }
    teller.tell(D, corrected(teller, first, instead("position.recorded", said)))
    teller.tell(D, f.EvidenceAdded(of=first, evidence=(Evidence(grade="minutes"),)))
    async with shown(teller) as conn:
        now = await kinds(conn)
        then = await kinds(conn, At(TODAY.valid_on, teller.known(D, first)))
        (told,) = await query.positions(conn, D, TODAY)
    assert (now["gm1", "p1"], now["gm2", "p1"]) == ("not-recorded", "departs")
    assert (then["gm1", "p1"], then["gm2", "p1"]) == ("joins", "not-recorded")
    assert [each.grade for each in told.evidence] == ["minutes"]


@pytest.mark.parametrize("day", ["2016-01-01", "2030-01-01"])
async def test_an_empty_register_has_an_empty_matrix(teller: Teller, day: str) -> None:
    async with shown(teller) as conn:
        matrix = await query.matrix(conn, on(day))
        page = await query.member_course(conn, "gm1", on(day))
    assert (matrix.columns, matrix.groups, matrix.members) == ((), (), 0)
    assert (page.cells, page.sums) == ((), Sums())
