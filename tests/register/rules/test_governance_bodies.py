"""Bodies, parties, seats, rules and themes: what may happen to them."""

from __future__ import annotations

from datetime import date

import pytest

from register.governance import refusals as gov
from register.refusals import PeriodRunsBack, UnknownBody, UnknownMember, UnknownParty, UnknownSubregion
from tests.given import given
from tests.register.lines import ADMIN, Line, body_, departed, group, line, member, mends, rule, seat, theme
from tests.register.rules.saying import fact

DISSOLVED = line("/bodies/regiegroep/dissolution", ADMIN, until="2021-12-21", successor="mra-av")


def renamed(body: str, from_: str = "2022") -> Line:
    return line(f"/bodies/{body}/renamings", ADMIN, name="Ambtelijk overleg bestuurszaken", from_=from_)


def test_a_body_is_established_once() -> None:
    established = given().when(body_("platform-ruimte", kind="platform"))
    established.then(
        fact(
            "body.established",
            code="platform-ruimte",
            name="Gremium platform-ruimte",
            kind="platform",
            force="course",
            seats="assigned",
            from_="2017",
        )
    ).when(body_("platform-ruimte")).then_refused(gov.CodeTaken, field="code")


@pytest.mark.parametrize("taken", ["gm0363", "pv27-ps-g1", "mra-av"])
def test_a_code_is_given_once_whatever_has_it(taken: str) -> None:
    given().when(body_(taken)).then_refused(gov.CodeTaken, field="code")
    given().when(group(taken, "pv27-ps")).then_refused(gov.CodeTaken, field="code")


def test_the_council_of_a_member_names_the_member_and_its_layer() -> None:
    given().when(body_("gm0402-raad", of="gm0402", layer="council")).then("body.established")
    given().when(body_("gm0402-raad", of="gm0402")).then_refused(gov.LayerNeedsMember, field="layer")
    given().when(body_("gm0402-raad", layer="council")).then_refused(gov.LayerNeedsMember, field="of")
    given().when(body_("gm9999-raad", of="gm9999", layer="council")).then_refused(UnknownMember, field="of")


def test_a_body_gets_another_name_as_long_as_it_sits() -> None:
    given().when(renamed("mra-bestuur")).then("body.renamed")
    given().when(renamed("niemand")).then_refused(UnknownBody, field="body")
    given(body_("regiegroep"), DISSOLVED).when(renamed("regiegroep")).then_refused(gov.BodyEnded, field="body")
    given(body_("regiegroep"), DISSOLVED).when(renamed("regiegroep", "2019")).then("body.renamed")


def test_the_regiegroep_is_dissolved_once_and_the_assembly_takes_its_place() -> None:
    after = given(body_("regiegroep")).when(DISSOLVED).then("body.dissolved")
    assert after.governance.bodies["regiegroep"].period.last == date(2021, 12, 21)
    after.when(DISSOLVED).then_refused(gov.BodyEnded, field="body")


def test_a_body_is_dissolved_into_another_one_that_exists_and_not_before_it_began() -> None:
    given(body_("x")).when(line("/bodies/x/dissolution", ADMIN, until="2022", successor="x")).then_refused(
        gov.IntoItself, field="successor"
    )
    given(body_("x")).when(line("/bodies/x/dissolution", ADMIN, until="2022", successor="y")).then_refused(
        UnknownBody, field="successor"
    )
    given(body_("x")).when(line("/bodies/x/dissolution", ADMIN, until="2016-12-31")).then_refused(
        PeriodRunsBack, field="until"
    )
    given().when(line("/bodies/x/dissolution", ADMIN, until="2022")).then_refused(UnknownBody, field="body")


def test_nothing_begins_in_a_body_that_is_over() -> None:
    over = (body_("regiegroep"), DISSOLVED)
    given(*over).when(seat("gm0363", "regiegroep")).then_refused(gov.BodyEnded, field="body")
    given(*over).when(rule("regiegroep", **{"from": "2022"})).then_refused(gov.BodyEnded, field="body")
    given(*over).when(seat("gm0363", "regiegroep", from_="2018")).then("seat.assigned")


def test_a_group_has_a_sealed_name_and_an_organisation_may_have_its_name_in_clear() -> None:
    given().when(group("pv27-ps-g7", "pv27-ps")).then("party.named")
    given().when(line("/parties", ADMIN, code="x-corporaties", kind="organisation", name="Woningcorporaties")).then(
        "party.named"
    )
    given().when(line("/parties", ADMIN, code="x", kind="political-group", name="Fractie")).then_refused(
        gov.GroupNameInClear, field="name"
    )
    given().when(line("/parties", ADMIN, code="x", kind="office-holder", name="Wethouder")).then_refused(
        gov.GroupNameInClear, field="name"
    )


def test_a_group_belongs_to_a_body_or_to_another_group() -> None:
    given().when(group("pv27-ps-g1-lid", "pv27-ps-g1")).then("party.named")
    given().when(group("x", "niemand")).then_refused(UnknownBody, field="of")
    given().when(group("x", "x")).then_refused(UnknownBody, field="of")


def test_a_seat_is_assigned_and_vacated_once() -> None:
    after = given(seat("gm0363")).when(line("/seats/{seat#seq}/vacation", ADMIN, until="2023")).then("seat.vacated")
    assert after.governance.voters_of("mra-bestuur", date(2023, 12, 31)) == ("gm0363",)
    assert after.governance.voters_of("mra-bestuur", date(2024, 1, 1)) == ()
    after.when(line("/seats/{seat#seq}/vacation", ADMIN, until="2024")).then_refused(gov.SeatVacant, field="seat")


def test_a_seat_is_not_vacated_before_it_was_taken_nor_where_there_is_none() -> None:
    given(seat("gm0363")).when(line("/seats/{seat#seq}/vacation", ADMIN, until="2020")).then_refused(
        PeriodRunsBack, field="until"
    )
    given().when(line("/seats/1/vacation", ADMIN, until="2020")).then_refused(gov.UnknownSeat, field="seat")


def test_a_seat_is_somebodys_in_a_body_whose_seats_are_assigned() -> None:
    given().when(seat("gm0363", "mra-av")).then_refused(gov.SeatsNotAssigned, field="body")
    given().when(seat("niemand")).then_refused(UnknownParty, field="holder")
    given().when(seat("gm0363", "niemand")).then_refused(UnknownBody, field="body")
    given().when(seat("gm0363", members=["gm0362", "niemand"])).then_refused(UnknownParty, field="members.1")
    given().when(seat("gm0363", subregion="nergens")).then_refused(UnknownSubregion, field="subregion")
    given().when(seat("pv27-ps-g1", subregion="ijmond")).then("seat.assigned")


def test_a_party_holds_a_seat_like_a_member() -> None:
    after = given(seat("gm0363")).when(seat("pv27-ps-g1")).then("seat.assigned")
    assert after.governance.voters_of("mra-bestuur", date(2022, 6, 1)) == ("gm0363", "pv27-ps-g1")
    assert after.governance.voters_of("mra-bestuur", date(2021, 12, 21)) == ()


def test_who_is_no_member_any_more_has_no_seat_though_nobody_vacated_it() -> None:
    after = given(member("gm1955"), seat("gm1955")).when(departed("gm1955", "2024-12-31")).then("member.departed")
    assert after.governance.voters_of("mra-bestuur", date(2024, 12, 31)) == ("gm1955",)
    assert after.governance.voters_of("mra-bestuur", date(2025, 1, 1)) == ()


def test_a_body_has_one_rule_for_a_subject_at_a_time() -> None:
    given(rule()).when(rule(**{"from": "2023"})).then_refused(gov.RuleInForce, field="body")
    given(rule(until="2022")).when(rule(**{"from": "2023"})).then("rule.adopted")
    given(rule(subjects=["begroting"])).when(rule(subjects=["toetreding"])).then("rule.adopted")
    given(rule(subjects=["begroting"])).when(rule(subjects=["toetreding", "begroting"])).then_refused(gov.RuleInForce)
    given(rule()).when(rule("mra-av")).then("rule.adopted")
    given().when(rule("niemand")).then_refused(UnknownBody, field="body")
    given().when(rule(until="2020")).then_refused(PeriodRunsBack, field="until")


def test_a_rule_for_some_subjects_stands_beside_the_one_for_all() -> None:
    given(rule()).when(rule(subjects=["begroting"])).then("rule.adopted")
    given(rule(subjects=["begroting"])).when(rule()).then("rule.adopted")
    given(rule(), rule(subjects=["begroting"])).when(rule(subjects=["begroting"])).then_refused(gov.RuleInForce)


def test_weights_go_with_a_weighted_rule_and_with_no_other() -> None:
    bands = [{"least": 0, "most": 20000, "votes": 1}, {"least": 20001, "votes": 2}]
    given().when(rule(kind="weighted", bands=bands, reference="01-01")).then("rule.adopted")
    given().when(rule(kind="double-majority", bands=bands)).then("rule.adopted")
    given().when(rule(kind="weighted")).then_refused(gov.RuleNeedsBands, field="bands")
    given().when(rule(kind="consensus", bands=bands)).then_refused(gov.RuleNeedsBands, field="bands")


def test_a_theme_is_named_once_and_may_share_its_code_with_a_body() -> None:
    given().when(theme("lucht")).then("theme.named")
    given().when(theme("wonen")).then_refused(gov.ThemeTaken, field="code")
    given(body_("lucht")).when(theme("lucht")).then("theme.named")


def test_a_mistake_in_a_body_is_mended_unless_something_stands_on_it() -> None:
    told = {"code": "x", "name": "X", "kind": "board", "force": "course", "seats": "every-member", "from": "2018"}
    given(body_("x")).when(mends("x", told, "body.established")).then("governance.corrected")
    given(body_("x")).when(mends("x")).then("governance.corrected")
    given(body_("x"), seat("gm0363", "x")).when(mends("x", told, "body.established")).then_breaks(gov.SeatsNotAssigned)
    given(body_("x"), seat("gm0363", "x")).when(mends("x")).then_breaks(UnknownBody)
