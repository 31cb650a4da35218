"""What comes when: by whom, until when who can influence it, and what moved since the edition before."""

from __future__ import annotations

from datetime import date

import msgspec

from projections.at import At
from projections.dossiers import query
from projections.dossiers.answer import ComingUp
from projections.dossiers.participation import LADDER
from register.dossiers import facts as f
from register.governance import facts as g
from register.meetings import facts as m
from tests.projections.deciding import on, tell_members, tell_subregion
from tests.projections.dossiering import AGENDA, ASSEMBLY, opened, outcome, route, step, takes
from tests.projections.telling import GOVERNANCE, TODAY, Teller, shown, stream

MEETING = stream("a meeting of the assembly")


def told(agenda: tuple[ComingUp, ...]) -> list[tuple[str, str, str | None]]:
    return [(each.planned_on, each.status, each.by) for each in agenda]


def tell_route(teller: Teller) -> None:
    teller.tell(
        AGENDA,
        opened(teller, on="2021-01-01"),
        route(
            step(1, "released", "2021-05-17", by="mra-db"),
            step(2, "views", "2021-05-17", by="mra-db", influence=("gm1-raad", "gooi"), until="2021-07-12"),
            step(3, "assembly", "2021-11", by="mra-av"),
            step(4, "each-member", "2022-01"),
            day="2021-02-01",
        ),
    )


def tell_who(teller: Teller) -> None:
    tell_members(teller, "gm1", "gm2", "gm3")
    tell_subregion(teller, "gooi", "gm2")
    bodies = (("mra-av", None, None), ("gm1-raad", "gm1", "council"), ("gm2-raad", "gm2", "council"))
    for code, of, layer in bodies:
        said = {"code": code, "name": code, "kind": "board", "force": "course", "seats": "not-recorded", "from": "2017"}
        extra = {"of": of, "layer": layer} if of else {}
        teller.tell(GOVERNANCE, msgspec.convert({**said, **extra}, g.BodyEstablished))


async def test_what_can_be_influenced_still_stands_on_it_until_the_last_day(teller: Teller) -> None:
    tell_route(teller)
    async with shown(teller) as conn:
        june = await query.forward_agenda(conn, on("2021-06-01"))
        late = await query.forward_agenda(conn, on("2021-07-13"))
        between = await query.forward_agenda(conn, on("2021-06-01"), from_=date(2021, 8, 1), to=date(2021, 11, 15))
        past = await query.forward_agenda(conn, on("2021-06-01"), from_=date(2021, 5, 1), to=date(2021, 5, 31))
    assert told(june) == [
        ("2021-05-17", "under-way", "mra-db"),
        ("2021-11", "planned", "mra-av"),
        ("2022-01", "planned", None),
    ]
    assert (june[0].until, june[0].influence, str(june[0].dossier_title)) == (
        "2021-07-12",
        ("gm1-raad", "gooi"),
        "MRA Agenda 2024-2028",
    )
    assert told(late) == told(june)[1:]
    assert told(between) == [("2021-11", "planned", "mra-av")]
    assert told(past) == [("2021-05-17", "not-recorded", "mra-db"), ("2021-05-17", "under-way", "mra-db")]


async def test_a_council_sees_what_it_takes_and_what_it_can_influence(teller: Teller) -> None:
    tell_who(teller)
    tell_route(teller)
    async with shown(teller) as conn:
        june = on("2021-06-01")
        mine = await query.forward_agenda(conn, june, body="gm1-raad")
        through = await query.forward_agenda(conn, june, body="gm2-raad")
        member = await query.forward_agenda(conn, june, member="gm3")
        assembly = await query.forward_agenda(conn, june, body="mra-av")
    assert [each.step for each in mine] == [2, 4]
    assert [each.step for each in through] == [2, 4], "its sub-region is named"
    assert [each.step for each in member] == [4]
    assert [each.step for each in assembly] == [3]


async def test_what_moved_since_the_edition_before_is_told(teller: Teller) -> None:
    tell_route(teller)
    again = route(
        step(1, "released", "2021-05-17", by="mra-db"),
        step(2, "views", "2021-05-17", by="mra-db", influence=("gm1-raad",), until="2021-08-12"),
        step(3, "assembly", "2021-12", by="mra-av"),
        step(5, "evaluated", "2025"),
        day="2021-06-15",
    )
    teller.tell(AGENDA, again)
    teller.tell(MEETING, m.MeetingPlanned(body="mra-av", planned_on="2021-09-16", title=teller.text("Najaar")))
    teller.tell(MEETING, m.MeetingRescheduled(planned_on="2021-09-21", on="2021-06-10"))
    teller.tell(MEETING, m.AgendaItemPlaced(item="5", title=teller.text("Agenda")))
    async with shown(teller) as conn:
        found = await query.forward_agenda(conn, on("2021-07-01"))
        known = At(date(2021, 7, 1), teller.known(AGENDA, 2))
        then = await query.forward_agenda(conn, known)
    moved = {each.step or each.meeting: each for each in found}
    assert [(each.status, each.before and each.before.planned_on, each.fresh) for each in found] == [
        ("under-way", "2021-05-17", False),
        ("planned", "2021-09-16", False),
        ("planned", "2021-11", False),
        ("dropped", None, False),
        ("planned", None, True),
    ]
    assert (moved[2].before and moved[2].before.until, moved[2].until) == ("2021-07-12", "2021-08-12")
    assert (moved[MEETING].by, moved[MEETING].items, str(moved[MEETING].title)) == ("mra-av", 1, "Najaar")
    assert [each.before for each in then] == [None, None, None]
    assert then[1].planned_on == "2021-11"


async def test_what_happened_was_cancelled_or_closed_is_not_coming(teller: Teller) -> None:
    tell_route(teller)
    teller.tell(ASSEMBLY, takes(teller, 3, on="2021-06-20"), outcome("adopted", "2021-06-20"))
    for name, fact in (("held", m.MeetingHeld(on="2021-06-15")), ("off", m.MeetingCancelled(on="2021-06-15"))):
        teller.tell(stream(name), m.MeetingPlanned(body="mra-av", planned_on="2021-12-01"), fact)
    async with shown(teller) as conn:
        assert [each.step for each in await query.forward_agenda(conn, on("2021-07-01"))] == [2, 4]
        before = await query.forward_agenda(conn, on("2021-06-10"))
        assert [each.step for each in before] == [2, 3, None, None, 4]
    teller.tell(AGENDA, f.DossierClosed(on="2021-07-01"))
    async with shown(teller) as conn:
        assert await query.forward_agenda(conn, on("2021-07-01")) == ()


async def test_the_rung_of_a_dossier_says_what_it_asks_of_whom_and_when(teller: Teller) -> None:
    tell_route(teller)
    teller.tell(AGENDA, f.ParticipationStepChosen(step=4, on="2021-02-01"))
    async with shown(teller) as conn:
        found = await query.forward_agenda(conn, on("2021-06-01"))
    asked = found[0].participation
    assert asked is not None
    assert (asked.asks, asked.of, asked.when) == ("resolution", "meeting-of-councillors", "on-the-way")
    assert [each.step for each in LADDER] == [1, 2, 3, 4, 5, 6, 7]


async def test_nothing_is_planned_in_an_empty_register(teller: Teller) -> None:
    async with shown(teller) as conn:
        assert await query.forward_agenda(conn, TODAY) == ()
        assert await query.forward_agenda(conn, TODAY, member="gm1") == ()


async def test_who_is_no_member_on_the_day_takes_nothing_that_each_member_takes(teller: Teller) -> None:
    tell_who(teller)
    tell_route(teller)
    teller.tell(GOVERNANCE, g.MemberDeparted(member="gm3", until="2021-03-31"))
    async with shown(teller) as conn:
        before, after, nobody = [
            told(await query.forward_agenda(conn, on(day), member=code))
            for day, code in (("2021-03-31", "gm3"), ("2021-04-01", "gm3"), ("2021-03-31", "gm9"))
        ]
    assert before == [("2022-01", "planned", None)]
    assert after == nobody == []
