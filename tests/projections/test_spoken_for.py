"""Whoever speaks for others is one voice: shown with each of them, counted for none, and never for who dissents; a second hat adds nothing."""

from __future__ import annotations

from projections.at import At
from projections.course import query as course
from projections.course.row import Cell, MemberCourse
from projections.decisions import query as decisions
from projections.decisions.row import Filter
from projections.reading import Connection
from projections.standpoints import query as standpoints
from register.decisions import facts as f
from register.decisions import standing as s
from register.values import Stance, Voice
from tests.projections.deciding import D, part, position, proposed, sets, tell_members, tell_subregion
from tests.projections.telling import TODAY, Teller, shown

IJMOND = ("gm1", "gm2", "gm3")
VERVOERREGIO = "so1"


def told(teller: Teller, *facts: s.PositionRecorded | s.MinorityStandpointRecorded) -> int:
    """A course of one part for four members, three of a sub-region, and a public body of which some are part; the number of the first of these."""
    tell_members(teller, *IJMOND, VERVOERREGIO)
    tell_subregion(teller, "ijmond", *IJMOND)
    listed = f.PartiesListed(list="course-for", basis="stated", members=(*IJMOND, VERVOERREGIO))
    teller.tell(D, proposed(teller), part(teller, "p1"), listed, sets("p1", day="2021-12-01"))
    return teller.tell(D, *facts)


def said_for(teller: Teller, **more: object) -> s.MinorityStandpointRecorded:
    voice = Voice(as_="namens", layer="executive", subregion="ijmond", **more)  # type: ignore[arg-type]  # as the test says it
    return s.MinorityStandpointRecorded(voice=voice, text=teller.text("anders"), on="2021-06-01")


def stands_for(stance: Stance = "departs", **more: object) -> s.PositionRecorded:
    voice = Voice(as_="namens", layer="executive", subregion="ijmond", **more)  # type: ignore[arg-type]  # as above
    return s.PositionRecorded(stance=stance, voice=voice, reason_missing="not-found", on="2021-06-01")


async def cells(conn: Connection, at: At = TODAY) -> dict[str, Cell]:
    matrix = await course.matrix(conn, at)
    return {row.member: row.cells[0] for group in matrix.groups for row in group.rows}


async def pages(conn: Connection) -> dict[str, MemberCourse]:
    return {code: await course.member_course(conn, code, TODAY) for code in (*IJMOND, VERVOERREGIO)}


async def test_a_statement_for_a_sub_region_is_one_on_the_decision_and_shown_with_each_of_its_members(
    teller: Teller,
) -> None:
    seq = told(teller, said_for(teller), stands_for())
    async with shown(teller) as conn:
        (statement,) = await standpoints.of(conn, D, TODAY)
        stated = await course.positions(conn, D, TODAY)
        matrix = await course.matrix(conn, TODAY)
        found, mine = await cells(conn), await pages(conn)
        departing = await decisions.decisions(conn, Filter(member="gm1", stance="departs"), TODAY)
        anybody = await decisions.decisions(conn, Filter(member="gm1"), TODAY)
    assert (statement.counted, statement.through_subregion) == ((), IJMOND)
    assert [each.counts_for() for each in stated] == [()]
    assert (matrix.sums.positions, matrix.sums.spoken_for) == (0, 3)
    assert [found[code].kind for code in IJMOND] == ["spoken-for"] * 3
    both = [teller.position(D, seq), teller.position(D, seq + 1)]
    assert all(sorted(each.position for each in mine[code].spoken_for) == both for code in IJMOND)
    assert mine[VERVOERREGIO].spoken_for == ()
    assert (departing.total, anybody.total) == (0, 1), "who was spoken for departs from nothing by that"


async def test_who_dissents_inside_the_group_was_not_spoken_for_and_its_dissent_is_shown(teller: Teller) -> None:
    seq = told(teller, said_for(teller, dissent=("gm3",)), stands_for(dissent=("gm3",)))
    async with shown(teller) as conn:
        (statement,) = await standpoints.of(conn, D, TODAY)
        found, mine = await cells(conn), await pages(conn)
        of_member = await standpoints.of_member(conn, "gm3", TODAY)
    assert statement.through_subregion == ("gm1", "gm2")
    assert statement.recorded.voice.dissent == ("gm3",)
    assert [found[code].kind for code in IJMOND] == ["spoken-for", "spoken-for", "not-recorded"]
    assert [len(found[code].dissents) for code in IJMOND] == [0, 0, 2]
    assert mine["gm3"].spoken_for == ()
    assert [each.position for each in mine["gm3"].dissents] == [teller.position(D, seq), teller.position(D, seq + 1)][
        ::-1
    ]
    assert (mine["gm1"].dissents, of_member) == ((), ())


async def test_who_is_named_and_dissents_was_not_spoken_for_either(teller: Teller) -> None:
    told(teller, said_for(teller, members=("gm1", "gm2"), dissent=("gm2",)))
    async with shown(teller) as conn:
        (statement,) = await standpoints.of(conn, D, TODAY)
        found = await cells(conn)
    assert (statement.spoken_for, statement.through_subregion) == (("gm1",), ())
    assert [found[code].kind for code in IJMOND] == ["spoken-for", "not-recorded", "not-recorded"]


async def test_vanuit_counts_for_the_member_of_the_speaker_alone(teller: Teller) -> None:
    voice = Voice(as_="vanuit", layer="executive", subregion="ijmond", members=("gm1",))
    statement = s.MinorityStandpointRecorded(voice=voice, text=teller.text("anders"), on="2021-06-01")
    told(teller, position("gm1", "joins", voice=voice), statement)
    async with shown(teller) as conn:
        (held,) = await standpoints.of(conn, D, TODAY)
        found, mine = await cells(conn), await pages(conn)
    assert (held.counted, held.spoken_for, held.through_subregion) == (("gm1",), (), ())
    assert [found[code].kind for code in IJMOND] == ["joins", "not-recorded", "not-recorded"]
    assert [each.spoken_for for each in mine.values()] == [()] * 4


async def test_a_second_hat_counts_for_its_own_seat_and_adds_nothing_to_the_first(teller: Teller) -> None:
    """A member and the body that it is part of each have a seat: two positions, two counts, and neither makes one for the other."""
    told(teller, position("gm1", "joins"), position(VERVOERREGIO, "departs"))
    async with shown(teller) as conn:
        matrix = await course.matrix(conn, TODAY)
        found = await cells(conn)
    rows = [row.member for group in matrix.groups for row in group.rows]
    assert sorted(rows) == sorted({*IJMOND, VERVOERREGIO})
    assert (found["gm1"].kind, found[VERVOERREGIO].kind, found["gm2"].kind) == ("joins", "departs", "not-recorded")
    assert (matrix.sums.n, matrix.sums.positions) == (4, 2)


async def test_a_person_in_several_bodies_speaks_once_and_the_hat_is_told(teller: Teller) -> None:
    """A personal union: what a member's alderman said as a board member counts once for the member, with the body in which it was said."""
    voice = Voice(as_="own", layer="executive", members=("gm1",), body="mra-bestuur")
    told(teller, position("gm1", "joins", voice=voice))
    async with shown(teller) as conn:
        (said,) = await course.positions(conn, D, TODAY)
        matrix = await course.matrix(conn, TODAY)
        of_body = await decisions.decisions(conn, Filter(member="mra-bestuur"), TODAY)
    assert (said.voice.body, said.counts_for()) == ("mra-bestuur", ("gm1",))
    assert matrix.sums.positions == 1
    assert of_body.total == 0
