"""Minority standpoints, as they are answered."""

from __future__ import annotations

from datetime import date

from projections.at import At
from projections.reading import Connection
from projections.standpoints import query
from projections.standpoints.row import Standpoint
from register.decisions import facts as f
from register.decisions import standing as s
from register.governance import facts as g
from register.values import Evidence, Voice
from tests.projections.deciding import D, corrected, on, proposed, tell_members, tell_subregion
from tests.projections.telling import GOVERNANCE, TODAY, Teller, shown, stream

IJMOND = Voice(as_="joint", layer="executive", members=("gm1", "gm2", "gm3"), subregion="ijmond")


def said(
    teller: Teller, voice: Voice = IJMOND, day: str | None = "2021-03-01/2021-05-31", words: str = "kies zelf"
) -> s.MinorityStandpointRecorded:
    return s.MinorityStandpointRecorded(voice=voice, text=teller.text(words), on=day)


async def only(conn: Connection, at: At = TODAY) -> Standpoint:
    (found,) = await query.of(conn, D, at)
    return found


async def test_one_joint_statement_counts_for_each_member_that_it_names(teller: Teller) -> None:
    teller.tell(D, proposed(teller, on="2021-01-01"))
    alternative = s.MinorityStandpointRecorded(
        voice=IJMOND,
        text=teller.text("kies zelf"),
        alternative=teller.text("een eigen voorzitter"),
        parts=("p1",),
        on="2021-03-01/2021-05-31",
    )
    first = teller.tell(D, alternative)
    async with shown(teller) as conn:
        found = await only(conn)
        early = await query.of(conn, D, on("2021-05-30"))
        one = await query.standpoint(conn, D, first, TODAY)
        none = await query.standpoint(conn, D, first + 1, TODAY)
    assert (found.id, found.decision, str(found.decision_title)) == (f"{D}.{first}", D, "Begroting")
    assert (found.counted, found.spoken_for, found.status) == (("gm1", "gm2", "gm3"), (), "open")
    assert (found.open_since, found.recorded.exact, found.recorded.parts) == (date(2021, 5, 31), False, ("p1",))
    assert str(found.recorded.alternative) == "een eigen voorzitter"
    assert early == ()
    assert (one, none) == (found, None)


async def test_a_reply_is_not_a_weighing(teller: Teller) -> None:
    teller.tell(D, proposed(teller), said(teller))
    voice = Voice(as_="own", layer="executive", members=("pv27",))
    teller.tell(
        D,
        s.MinorityStandpointAnswered(
            standpoint=2, voice=voice, text=teller.text("de provincie besluit"), on="2021-06-01"
        ),
    )
    async with shown(teller) as conn:
        found = await only(conn)
        waiting = await query.open_ones(conn, TODAY)
    assert [str(each.text) for each in found.answers] == ["de provincie besluit"]
    assert [each.id for each in waiting] == [found.id]


async def test_it_is_open_until_weighed_and_may_be_weighed_again(teller: Teller) -> None:
    teller.tell(D, proposed(teller), said(teller))
    board = s.MinorityStandpointWeighed(
        standpoint=2, outcome="not-adopted", by="mra-db", reason_missing="not-found", on="2022-05-01"
    )
    landed = f.PartVersion(part="p1", n=2)
    assembly = s.MinorityStandpointWeighed(
        standpoint=2, outcome="partly-adopted", by="mra-av", reason=teller.text("deels"), on="2022-06-01", landed=landed
    )
    teller.tell(D, assembly, board, f.EvidenceAdded(of=3, evidence=(Evidence(grade="minutes"),)))
    async with shown(teller) as conn:
        states = [(await only(conn, on(day))).status for day in ("2022-04-30", "2022-05-01", "2022-06-01")]
        found = await only(conn)
        waiting = await query.open_ones(conn, on("2022-04-30"))
        weighed = await query.standpoints(conn, TODAY, status="weighed")
        unweighed = await query.standpoints(conn, TODAY, status="open")
    assert states == ["open", "not-adopted", "partly-adopted"]
    assert [(each.by_body, each.outcome, str(each.reason or ""), each.reason_missing) for each in found.weighings] == [
        ("mra-db", "not-adopted", "", "not-found"),
        ("mra-av", "partly-adopted", "deels", None),
    ]
    assert found.weighings[1].landed == landed
    assert [each.grade for each in found.weighings[1].evidence] == ["minutes"]
    assert (len(waiting), weighed.total, unweighed.total) == (1, 1, 0)


async def test_members_join_and_leave_with_their_days(teller: Teller) -> None:
    teller.tell(D, proposed(teller), said(teller))
    teller.tell(D, s.MinorityStandpointJoined(standpoint=2, member="gm4", on="2021-07-01"))
    teller.tell(D, s.MinorityStandpointLeft(standpoint=2, member="gm1", on="2021-08-01"))
    teller.tell(D, s.MinorityStandpointLeft(standpoint=2, member="gm4", on="2021-09-01"))
    async with shown(teller) as conn:
        counted = [
            (await only(conn, on(day))).counted for day in ("2021-06-30", "2021-07-01", "2021-08-01", "2021-09-01")
        ]
        left = await query.of_member(conn, "gm4", TODAY)
    assert counted == [("gm1", "gm2", "gm3"), ("gm1", "gm2", "gm3", "gm4"), ("gm2", "gm3", "gm4"), ("gm2", "gm3")]
    assert [each.holders[0].left_on for each in left] == [date(2021, 9, 1)]


async def test_an_amended_text_leaves_the_former_one_readable(teller: Teller) -> None:
    teller.tell(D, proposed(teller), said(teller))
    teller.tell(
        D,
        s.MinorityStandpointAmended(
            standpoint=2, text=teller.text("kies samen"), alternative=teller.text("om en om"), on="2021-12-01"
        ),
    )
    async with shown(teller) as conn:
        before, after = [await only(conn, on(day)) for day in ("2021-11-30", "2021-12-01")]
    assert (str(before.recorded.text), str(after.recorded.text)) == ("kies zelf", "kies samen")
    assert (after.recorded.voice.members, str(after.recorded.alternative), after.open_since) == (
        IJMOND.members,
        "om en om",
        date(2021, 5, 31),
    )
    assert [str(each.text) for each in after.versions] == ["kies zelf", "kies samen"]
    assert after.counted == before.counted


async def test_a_withdrawn_standpoint_waits_no_longer_and_stays(teller: Teller) -> None:
    teller.tell(D, proposed(teller), said(teller))
    teller.tell(D, s.MinorityStandpointWithdrawn(standpoint=2, on="2022-01-01"))
    async with shown(teller) as conn:
        states = [(await only(conn, on(day))).status for day in ("2021-12-31", "2022-01-01")]
        found = await only(conn)
        assert await query.open_ones(conn, TODAY) == ()
    assert states == ["open", "withdrawn"]
    assert (found.in_force, found.recorded.withdrawn_on) == (False, date(2022, 1, 1))


async def test_a_period_that_ended_does_not_weigh_it(teller: Teller) -> None:
    voice = Voice(as_="own", members=("gm1",))
    teller.tell(
        D,
        proposed(teller),
        s.MinorityStandpointRecorded(voice=voice, text=teller.text("x"), from_="2020", until="2021"),
    )
    async with shown(teller) as conn:
        found = await only(conn)
    assert (found.status, found.in_force, found.open_since, found.recorded.valid_until) == (
        "open",
        False,
        date(2020, 1, 1),
        date(2021, 12, 31),
    )


async def test_a_line_of_a_subregion_is_shown_with_those_who_belonged_to_it_then_and_counts_for_none(
    teller: Teller,
) -> None:
    tell_members(teller, "gm1", "gm2", "gm3")
    tell_subregion(teller, "gooi", "gm1", "gm2")
    teller.tell(GOVERNANCE, g.SubregionJoined(member="gm3", subregion="gooi", from_="2023"))
    teller.tell(GOVERNANCE, g.MemberMerged(member="gm2", into="gm1", until="2022-03-23"))
    voice = Voice(as_="namens", layer="executive", subregion="gooi")
    teller.tell(
        D,
        proposed(teller),
        s.MinorityStandpointRecorded(voice=voice, text=teller.text("x"), from_="2020", until="2021"),
    )
    async with shown(teller) as conn:
        found = await only(conn)
        of_members = {code: len(await query.of_member(conn, code, TODAY)) for code in ("gm1", "gm2", "gm3")}
    assert (found.counted, found.spoken_for, found.through_subregion) == ((), (), ("gm1", "gm2"))
    assert of_members == {"gm1": 1, "gm2": 1, "gm3": 0}


async def test_the_longest_waiting_comes_first_and_a_struck_decision_is_left_out(teller: Teller) -> None:
    other = stream("another")
    teller.tell(D, proposed(teller), said(teller, day="2022-01-01"))
    teller.tell(other, proposed(teller, "Woondeal"), said(teller, day="2021-01-01"), said(teller, day="2023-01-01"))
    async with shown(teller) as conn:
        waiting = await query.open_ones(conn, TODAY)
        second = await query.standpoints(conn, TODAY, page=2, page_size=2)
    assert [each.open_since.year for each in waiting] == [2021, 2022, 2023]
    assert ([each.open_since.year for each in second.items], second.total) == ([2023], 3)
    teller.tell(other, f.DecisionStruck(because="duplicate", grounds=teller.text("dubbel")))
    async with shown(teller) as conn:
        assert [each.decision for each in await query.open_ones(conn, TODAY)] == [D]


async def test_an_annulled_weighing_opens_it_again(teller: Teller) -> None:
    teller.tell(D, proposed(teller), said(teller))
    weighed = teller.tell(
        D,
        s.MinorityStandpointWeighed(
            standpoint=2, outcome="noted", by="mra-av", reason=teller.text("x"), on="2022-05-01"
        ),
    )
    teller.tell(D, corrected(teller, weighed))
    async with shown(teller) as conn:
        assert (await only(conn)).status == "open"
        assert (await only(conn, At(TODAY.valid_on, teller.known(D, weighed)))).status == "noted"
