"""What is told of the region's organisation, as it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from projections.at import At
from projections.governance import query
from register.fact import Instead
from register.governance import facts as f
from register.values import Evidence
from tests.projections.telling import GOVERNANCE, TODAY, Teller, shown


def member(code: str, name: str, since: str = "2017") -> f.MemberAdmitted:
    return f.MemberAdmitted(member=code, name=name, kind="municipality", from_=since)


def on(day: str) -> At:
    return At(date.fromisoformat(day))


async def test_who_is_a_member_depends_on_the_day(teller: Teller) -> None:
    teller.tell(
        GOVERNANCE, member("gm0363", "Amsterdam"), member("gm0457", "Weesp"), member("gm0209", "Beuningen", "2021")
    )
    teller.tell(GOVERNANCE, f.MemberMerged(member="gm0457", into="gm0363", until="2022-03-23"))
    async with shown(teller) as conn:
        counts = {
            day: [each.code for each in await query.members(conn, on(day))]
            for day in ("2016-12-31", "2017-01-01", "2021-01-01", "2022-03-23", "2022-03-24")
        }
    assert counts == {
        "2016-12-31": [],
        "2017-01-01": ["gm0363", "gm0457"],
        "2021-01-01": ["gm0363", "gm0209", "gm0457"],
        "2022-03-23": ["gm0363", "gm0209", "gm0457"],
        "2022-03-24": ["gm0363", "gm0209"],
    }


async def test_a_member_that_ended_is_found_at_any_date_with_its_end_and_successor(teller: Teller) -> None:
    teller.tell(GOVERNANCE, member("gm0363", "Amsterdam"), member("gm0457", "Weesp"))
    ending = teller.tell(GOVERNANCE, f.MemberMerged(member="gm0457", into="gm0363", until="2022-03-23"))
    async with shown(teller) as conn:
        weesp = await query.member(conn, "gm0457", TODAY)
        amsterdam = await query.member(conn, "gm0363", TODAY)
        before = await query.member(conn, "gm0363", on("2020-01-01"))
    assert weesp is not None
    assert not weesp.in_force
    assert weesp.until == date(2022, 3, 23)
    assert weesp.successor is not None
    assert (weesp.successor.code, weesp.successor.name, weesp.successor.on) == (
        "gm0363",
        "Amsterdam",
        date(2022, 3, 24),
    )
    assert weesp.successor.position == teller.position(GOVERNANCE, ending)
    assert amsterdam is not None
    assert [each.code for each in amsterdam.predecessors] == ["gm0457"]
    assert before is not None
    assert before.predecessors == ()


async def test_nobody_of_a_code_is_no_member(teller: Teller) -> None:
    teller.tell(GOVERNANCE, member("gm0363", "Amsterdam"))
    async with shown(teller) as conn:
        assert await query.member(conn, "gm9999", TODAY) is None


async def test_a_member_departs_on_the_last_possible_day_and_may_come_back(teller: Teller) -> None:
    teller.tell(GOVERNANCE, member("gm1955", "Montferland"))
    teller.tell(GOVERNANCE, f.DepartureAnnounced(member="gm1955", on="2023-10-05", planned_on="2025-01-01"))
    teller.tell(GOVERNANCE, f.MemberDeparted(member="gm1955", until="2024-12"))
    teller.tell(GOVERNANCE, member("gm1955", "Montferland", "2026-06-01"))
    async with shown(teller) as conn:
        during = await query.member(conn, "gm1955", on("2024-07-03"))
        gone = await query.member(conn, "gm1955", on("2025-01-01"))
        back = await query.member(conn, "gm1955", on("2026-06-01"))
        before = await query.member(conn, "gm1955", on("2023-10-04"))
    assert during is not None
    assert during.in_force
    assert during.departure_announced is not None
    assert during.departure_announced.planned_on == "2025-01-01"
    assert before is not None
    assert before.departure_announced is None
    assert gone is not None
    assert (gone.in_force, gone.until) == (False, date(2024, 12, 31))
    assert [each.exact for each in gone.memberships] == [False, True]
    assert back is not None
    assert (back.in_force, back.since, back.until) == (True, date(2026, 6, 1), None)


async def test_who_left_without_going_into_another_is_among_those_gone_until_it_comes_back(teller: Teller) -> None:
    teller.tell(GOVERNANCE, member("gm1955", "Montferland"))
    teller.tell(GOVERNANCE, f.MemberDeparted(member="gm1955", until="2024-12"))
    teller.tell(GOVERNANCE, member("gm1955", "Montferland", "2026-06-01"))
    async with shown(teller) as conn:
        days = ("2024-12-31", "2025-01-01", "2026-06-01")
        gone = [[each.name for each in await query.members_gone(conn, on(day))] for day in days]
    assert gone == [[], ["Montferland"], []]


async def test_a_former_name_keeps_its_period(teller: Teller) -> None:
    teller.tell(
        GOVERNANCE, member("so1", "Stadsregio"), f.MemberRenamed(member="so1", name="Vervoerregio", from_="2019-05-01")
    )
    teller.tell(GOVERNANCE, f.MemberRenamed(member="so1", name="Regiovervoer", from_="2018-01-01"))
    async with shown(teller) as conn:
        called = [
            (await query.names(conn, ["so1"], on(day)))["so1"] for day in ("2017-06-01", "2018-06-01", "2019-05-01")
        ]
        found = await query.member(conn, "so1", TODAY)
    assert called == ["Stadsregio", "Regiovervoer", "Vervoerregio"]
    assert found is not None
    assert {(each.name, each.valid_from, each.valid_until) for each in found.names} == {
        ("Stadsregio", date(2017, 1, 1), date(2017, 12, 31)),
        ("Regiovervoer", date(2018, 1, 1), date(2019, 4, 30)),
        ("Vervoerregio", date(2019, 5, 1), None),
    }


async def test_a_plan_ends_nothing_and_an_abandoned_one_stays_visible_as_such(teller: Teller) -> None:
    teller.tell(GOVERNANCE, member("gm0402", "Hilversum"), member("gm1696", "Wijdemeren"))
    teller.tell(GOVERNANCE, f.SuccessionPlanned(member="gm1696", into="gm0402", planned_on="2027-01-01", status="bill"))
    async with shown(teller) as conn:
        later = await query.member(conn, "gm1696", on("2027-06-01"))
    assert later is not None
    assert later.in_force
    assert [(each.into, each.planned_on, each.status) for each in later.succession_planned] == [
        ("gm0402", "2027-01-01", "bill")
    ]
    plan = f.SuccessionPlanned(member="gm1696", into="gm0402", planned_on="2027-01-01", status="abandoned")
    teller.tell(GOVERNANCE, plan, after=timedelta(days=3))
    async with shown(teller) as conn:
        later = await query.member(conn, "gm1696", on("2027-06-01"))
    assert later is not None
    assert [each.status for each in later.succession_planned] == ["abandoned"]


async def test_a_member_may_have_no_subregion_yet_and_change_it(teller: Teller) -> None:
    teller.tell(
        GOVERNANCE,
        f.SubregionEstablished(subregion="zaanstreek", name="Zaanstreek-Waterland", from_="2017"),
        f.SubregionEstablished(subregion="ijmond", name="IJmond", from_="2017"),
        member("gm0450", "Uitgeest"),
        f.SubregionJoined(member="gm0450", subregion="zaanstreek", from_="2017-07-18"),
        f.SubregionLeft(member="gm0450", subregion="zaanstreek", until="2020-12-31"),
        f.SubregionJoined(member="gm0450", subregion="ijmond", from_="2021-01-01"),
    )
    async with shown(teller) as conn:
        found = [await query.member(conn, "gm0450", on(day)) for day in ("2017-03-01", "2017-07-18", "2021-01-01")]
        groups = {each.code: each.members for each in await query.subregions(conn, on("2020-12-31"))}
    assert [each.subregion if each else "" for each in found] == [None, "zaanstreek", "ijmond"]
    assert [each.subregion_name if each else "" for each in found] == [None, "Zaanstreek-Waterland", "IJmond"]
    assert groups == {"zaanstreek": ("gm0450",), "ijmond": ()}


async def test_bodies_of_the_region_come_before_those_of_members(teller: Teller) -> None:
    teller.tell(
        GOVERNANCE,
        f.BodyEstablished(
            code="gm0362-raad",
            name="Raad",
            kind="council",
            force="binding",
            seats="not-recorded",
            from_="2017",
            of="gm0362",
            layer="council",
        ),
        f.BodyEstablished(
            code="mra-rg", name="Regiegroep", kind="board", force="course", seats="assigned", from_="2017"
        ),
        f.BodyEstablished(
            code="mra-av", name="Vergadering", kind="assembly", force="course", seats="every-member", from_="2021"
        ),
        f.BodyRenamed(body="mra-rg", name="Stuurgroep", from_="2019"),
        f.BodyDissolved(body="mra-rg", until="2021-12-31", successor="mra-av"),
    )
    async with shown(teller) as conn:
        now = [each.code for each in await query.bodies(conn, TODAY)]
        then = [(each.code, each.name) for each in await query.bodies(conn, on("2018-06-01"))]
        ended = await query.body(conn, "mra-rg", TODAY)
        council = await query.body(conn, "gm0362-raad", TODAY)
    assert now == ["mra-av", "gm0362-raad"]
    assert then == [("mra-rg", "Regiegroep"), ("gm0362-raad", "Raad")]
    assert ended is not None
    assert (ended.in_force, ended.name, ended.successor, ended.until) == (
        False,
        "Stuurgroep",
        "mra-av",
        date(2021, 12, 31),
    )
    assert council is not None
    assert (council.of, council.layer) == ("gm0362", "council")


async def test_parties_seats_mandates_rules_and_themes_are_found_for_their_period(teller: Teller) -> None:
    mandate = "00000000-0000-4000-8000-0000000000aa"
    seat = teller.tell(GOVERNANCE, f.SeatAssigned(body="mra-av", holder="gm0363", capacity="own", from_="2021"))
    teller.tell(
        GOVERNANCE,
        f.SeatVacated(seat=seat, until="2022-06-30"),
        f.PartyNamed(code="pv27-ps-g1", kind="political-group", name=teller.text("Groep een"), of="pv27-ps"),
        f.PartyNamed(code="x-corporaties", kind="organisation", name="Corporaties", from_="2023-01-01"),
        f.MandateGranted(
            mandate=mandate, role="clerk", for_="mra-av", from_="2021", holder=teller.text("De secretaris")
        ),
        f.MandateEnded(mandate=mandate, until="2023-12-31"),
        f.RuleAdopted(body="mra-av", kind="majority", from_="2021", until="2021-12-31", quorum="0.5"),
        f.RuleAdopted(body="mra-av", kind="none", from_="2022"),
        f.ThemeNamed(code="wonen", name=teller.text("Wonen")),
    )
    async with shown(teller) as conn:
        seats = [len(await query.seats(conn, "mra-av", on(day))) for day in ("2022-06-30", "2022-07-01")]
        groups = await query.parties(conn, TODAY, of="pv27-ps")
        everybody = [each.code for each in await query.parties(conn, on("2022-01-01"))]
        mandates = [len(await query.mandates(conn, on(day))) for day in ("2023-12-31", "2024-01-01")]
        hand = (await query.hands(conn, [mandate, "import"], on("2026-01-01")))[mandate]
        rules = [
            [each.kind for each in await query.rules(conn, "mra-av", on(day))] for day in ("2021-06-01", "2022-06-01")
        ]
        called = await query.names(conn, ["pv27-ps-g1", "x-corporaties", "wonen", "nobody"], TODAY)
    assert seats == [1, 0]
    assert [str(each.name) for each in groups] == ["Groep een"]
    assert everybody == ["pv27-ps-g1"]
    assert mandates == [1, 0]
    assert (hand.role, hand.until, str(hand.holder)) == ("clerk", "2023-12-31", "De secretaris")
    assert rules == [["majority"], ["none"]]
    assert called == {"pv27-ps-g1": "Groep een", "x-corporaties": "Corporaties", "wonen": "Wonen"}


async def test_a_correction_replaces_the_entry_in_its_place_and_both_states_can_be_asked_for(teller: Teller) -> None:
    wrong = teller.tell(GOVERNANCE, member("gm0363", "Amstredam"))
    said = {"member": "gm0363", "name": "Amsterdam", "kind": "municipality", "from": "2017-01-18"}
    correction = f.GovernanceCorrected(
        corrects=wrong, kind="clerical", grounds=teller.text("tikfout"), instead=instead("member.admitted", said)
    )
    mended = teller.tell(GOVERNANCE, correction)
    async with shown(teller) as conn:
        now = await query.member(conn, "gm0363", TODAY)
        before = await query.member(conn, "gm0363", At(TODAY.valid_on, teller.known(GOVERNANCE, wrong)))
    assert now is not None
    assert (now.name, now.since) == ("Amsterdam", date(2017, 1, 18))
    assert now.memberships[0].seq == wrong
    assert now.memberships[0].corrected_by == teller.position(GOVERNANCE, mended)
    assert before is not None
    assert (before.name, before.since) == ("Amstredam", date(2017, 1, 1))


async def test_an_annulled_entry_is_as_if_it_was_never_told(teller: Teller) -> None:
    teller.tell(GOVERNANCE, member("gm0363", "Amsterdam"), member("gm0457", "Weesp"))
    ending = teller.tell(GOVERNANCE, f.MemberDeparted(member="gm0457", until="2020"))
    teller.tell(GOVERNANCE, f.GovernanceCorrected(corrects=ending, kind="not-ours", grounds=teller.text("niet waar")))
    async with shown(teller) as conn:
        weesp = await query.member(conn, "gm0457", TODAY)
        then = await query.member(conn, "gm0457", At(TODAY.valid_on, teller.known(GOVERNANCE, ending)))
    assert weesp is not None
    assert (weesp.in_force, weesp.until) == (True, None)
    assert then is not None
    assert then.until == date(2020, 12, 31)


async def test_evidence_is_answered_with_the_entry_that_named_it(teller: Teller) -> None:
    source = Evidence(grade="official-page", at=teller.text("https://example.nl/weesp"))
    teller.tell(GOVERNANCE, member("gm0363", "Amsterdam"), member("gm0457", "Weesp"))
    ending = teller.tell(
        GOVERNANCE, f.MemberMerged(member="gm0457", into="gm0363", until="2022-03-23", evidence=(source,))
    )
    async with shown(teller) as conn:
        weesp = await query.member(conn, "gm0457", TODAY)
    assert weesp is not None
    (cited,) = weesp.memberships[0].evidence
    assert (cited.grade, str(cited.at), cited.position) == (
        "official-page",
        "https://example.nl/weesp",
        teller.position(GOVERNANCE, ending),
    )


def instead(type_: str, data: Mapping[str, object]) -> Instead:
    return msgspec.convert({"type": type_, "v": 1, "data": data}, Instead)
