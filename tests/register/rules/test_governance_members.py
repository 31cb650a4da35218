"""Members and their sub-regions: they come, leave, merge and are renamed, each with its own days."""

from __future__ import annotations

from datetime import date

from register.governance import refusals as gov
from register.refusals import MemberNotInForce, NotADay, NotYetHappened, PeriodRunsBack, UnknownMember, UnknownSubregion
from tests.given import given
from tests.register.lines import ADMIN, Line, body_, departed, line, member, mends, merged


def announced(code: str, on: str = "2023-10-05") -> Line:
    return line(f"/members/{code}/departure-announcements", ADMIN, on=on, plannedOn="2025-01-01")


def planned(code: str, into: str) -> Line:
    return line(f"/members/{code}/succession-plans", ADMIN, into=into, plannedOn="2027-01-01", status="bill")


def joins(code: str, subregion: str = "ijmond", from_: str = "2018") -> Line:
    return line(f"/subregions/{subregion}/members", ADMIN, member=code, from_=from_)


def leaves(code: str, subregion: str = "ijmond", until: str = "2020") -> Line:
    return line(f"/subregions/{subregion}/departures", ADMIN, member=code, until=until)


def test_a_member_is_one_from_the_first_possible_day_to_the_last() -> None:
    after = given(member("gm1955", from_="2021")).when(departed("gm1955", "2024-12")).then("member.departed")
    assert after.governance.is_member("gm1955", date(2021, 1, 1))
    assert after.governance.is_member("gm1955", date(2024, 12, 31))
    assert not after.governance.is_member("gm1955", date(2025, 1, 1))


def test_a_member_is_admitted_again_only_after_it_left() -> None:
    given(member("gm0209")).when(member("gm0209", from_="2021")).then_refused(gov.AlreadyMember, field="member")
    gone = given(member("gm0209"), departed("gm0209", "2019"))
    gone.when(member("gm0209", from_="2019-06")).then_refused(gov.AlreadyMember)
    gone.when(member("gm0209", from_="2019-12-31")).then_refused(gov.AlreadyMember)
    given(member("x"), departed("x", "2019")).when(member("x", from_="2020-01-01")).then("member.admitted")
    again = gone.when(member("gm0209", from_="2021")).then("member.admitted")
    assert not again.governance.is_member("gm0209", date(2020, 6, 1))
    assert again.governance.is_member("gm0209", date(2021, 1, 1))


def test_a_member_takes_no_code_of_a_body_or_a_party() -> None:
    given(body_("x")).when(member("x")).then_refused(gov.CodeTaken, field="member")
    given().when(member("pv27-ps-g1")).then_refused(gov.CodeTaken, field="member")


def test_an_announced_departure_ends_nothing() -> None:
    after = given(member("gm1955")).when(announced("gm1955")).then("departure.announced")
    assert after.governance.is_member("gm1955", date(2025, 6, 1))


def test_what_was_announced_was_announced_before_today_by_a_member() -> None:
    given().when(announced("gm1955")).then_refused(UnknownMember, field="member")
    given().when(announced("gm0457")).then_refused(gov.MemberEnded, field="member")
    given().when(announced("gm0363", "2026-11-22")).then_refused(NotYetHappened, field="on")
    given().when(announced("gm0363", "2026")).then("departure.announced")


def test_a_member_departs_once_and_not_before_it_came() -> None:
    given().when(departed("gm0457", "2025")).then_refused(gov.MemberEnded, field="member")
    given().when(departed("gm0363", "2016")).then_refused(PeriodRunsBack, field="until")
    given().when(departed("gm9999", "2024")).then_refused(UnknownMember, field="member")
    given().when(departed("gm0363", "2024-02-30")).then_refused(NotADay, field="until")


def test_a_planned_succession_ends_nothing_until_it_happens() -> None:
    after = given(member("gm1696")).when(planned("gm1696", "gm0402")).then("succession.planned")
    assert after.governance.is_member("gm1696", date(2027, 6, 1))
    after.when(merged("gm1696", "gm0402", "2026-12-31")).then("member.merged")


def test_a_succession_is_of_a_member_into_another_one() -> None:
    given().when(planned("gm9999", "gm0402")).then_refused(UnknownMember, field="member")
    given().when(planned("gm0363", "gm9999")).then_refused(UnknownMember, field="into")
    given().when(planned("gm0363", "gm0363")).then_refused(gov.IntoItself, field="into")
    given().when(planned("gm0457", "gm0363")).then_refused(gov.MemberEnded, field="member")


def test_a_merged_member_ends_and_its_successor_goes_on() -> None:
    after = given(member("gm0370", "Beemster")).when(merged("gm0370", "gm0363", "2021-12-31")).then("member.merged")
    assert after.governance.has_left("gm0370", date(2022, 1, 1))
    assert after.governance.is_member("gm0363", date(2022, 1, 1))


def test_a_member_merges_once_into_another_one_that_did_not_leave_before() -> None:
    given().when(merged("gm0363", "gm0363", "2024")).then_refused(gov.IntoItself, field="into")
    given().when(merged("gm0363", "gm9999", "2024")).then_refused(UnknownMember, field="into")
    given().when(merged("gm0457", "gm0363", "2024")).then_refused(gov.MemberEnded, field="member")
    given().when(merged("gm0363", "gm0457", "2024")).then_refused(MemberNotInForce, field="into")
    given().when(merged("gm0363", "gm0362", "2016")).then_refused(PeriodRunsBack, field="until")


def test_a_member_is_renamed() -> None:
    given().when(line("/members/gm0457/renamings", ADMIN, name="Stadsgebied Weesp", from_="2022-03-24")).then(
        "member.renamed"
    )
    given().when(line("/members/gm9999/renamings", ADMIN, name="Nergens", from_="2022")).then_refused(
        UnknownMember, field="member"
    )


def test_a_subregion_is_established_once() -> None:
    again = line("/subregions", ADMIN, subregion="ijmond", name="IJmond", from_="2017")
    given().when(line("/subregions", ADMIN, subregion="zaanstreek", name="Zaanstreek", from_="2017")).then(
        "subregion.established"
    )
    given().when(again).then_refused(gov.CodeTaken, field="subregion")


def test_a_member_belongs_to_one_subregion_at_a_time() -> None:
    given(joins("gm0375")).when(joins("gm0375", from_="2020")).then_refused(gov.AlreadyInSubregion, field="member")
    moved = given(joins("gm0375"), leaves("gm0375", until="2020-06-30")).when(joins("gm0375", from_="2020-07-01"))
    assert len(moved.then("subregion.joined").governance.belongings["gm0375"]) == 2
    given(joins("gm0375"), leaves("gm0375", until="2020-06-30")).when(joins("gm0375", from_="2020-06-30")).then_refused(
        gov.AlreadyInSubregion
    )


def test_only_a_member_of_that_day_joins_a_subregion_that_exists() -> None:
    given().when(joins("gm9999")).then_refused(UnknownMember, field="member")
    given().when(joins("gm0375", "nergens")).then_refused(UnknownSubregion, field="subregion")
    given().when(joins("gm0457", from_="2022-03-24")).then_refused(MemberNotInForce, field="member")
    given().when(joins("gm0457", from_="2022-03-23")).then("subregion.joined")


def test_a_member_leaves_the_subregion_that_it_belongs_to() -> None:
    given(joins("gm0375")).when(leaves("gm0375")).then("subregion.left")
    given().when(leaves("gm0375")).then_refused(gov.NotInSubregion, field="member")
    given(joins("gm0375")).when(leaves("gm0375", "nergens")).then_refused(gov.NotInSubregion)
    given(joins("gm0375")).when(leaves("gm0375", until="2017")).then_refused(PeriodRunsBack, field="until")
    given(joins("gm0375"), leaves("gm0375")).when(leaves("gm0375")).then_refused(gov.NotInSubregion)


def test_who_leaves_the_region_leaves_its_subregion() -> None:
    after = given(joins("gm0375")).when(departed("gm0375", "2024-12-31")).then("member.departed")
    assert after.governance.belongings["gm0375"][-1].period.last == date(2024, 12, 31)


def test_the_day_of_a_member_is_mended_unless_it_would_leave_before_it_came() -> None:
    told = {"member": "x", "name": "X", "kind": "municipality"}
    given(member("x")).when(mends("x", {**told, "from": "2018"}, "member.admitted")).then("governance.corrected")
    gone = given(member("x"), departed("x", "2020"))
    gone.when(mends("x", {**told, "from": "2021"}, "member.admitted")).then_breaks(PeriodRunsBack)
    gone.when(mends("x")).then_breaks(UnknownMember)


def test_a_mended_entry_that_cannot_stand_itself_says_which_rule_it_breaks() -> None:
    told = {"member": "gm0363", "name": "X", "kind": "municipality", "from": "2018"}
    given(member("x")).when(mends("x", told, "member.admitted")).then_refused(
        gov.AlreadyMember, field="instead.data.member"
    )


def test_an_annulled_departure_makes_the_member_one_again_and_it_may_depart_another_day() -> None:
    gone = given(member("x")).given(line("/members/x/departure", ADMIN, "gone", until="2020"))
    back = gone.when(mends("gone")).then("governance.corrected")
    assert back.governance.is_member("x", date(2024, 1, 1))
    back.when(departed("x", "2024")).then("member.departed")
