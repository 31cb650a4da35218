"""Mandates: granted to record for an organisation, in a role, from a day, until they end."""

from __future__ import annotations

from datetime import date

import pytest

from register.governance import refusals as gov
from register.refusals import PeriodRunsBack, UnknownBody
from tests.given import given
from tests.register.lines import ADMIN, Line, line

MANDATE = "22222222-2222-4222-8222-222222222222"


def granted(role: str = "clerk", for_: str = "mra-av", **more: str) -> Line:
    return line(
        "/mandates", ADMIN, "mandate", **{"mandate": MANDATE, "role": role, "for": for_, "from": "2021", **more}
    )


def ended(until: str = "2023") -> Line:
    return line("/mandates/{mandate}/end", ADMIN, until=until)


def test_a_mandate_holds_from_its_first_day_until_its_last() -> None:
    after = given(granted()).when(ended("2023-06-30")).then("mandate.ended")
    period = after.governance.mandates[MANDATE].period
    assert (period.first, period.last) == (date(2021, 1, 1), date(2023, 6, 30))


def test_each_grant_has_an_id_of_its_own() -> None:
    given(granted()).when(granted("confirmer")).then_refused(gov.MandateTaken, field="mandate")
    given(granted(), ended()).when(granted()).then_refused(gov.MandateTaken)


def test_a_mandate_ends_once_not_before_it_began_and_only_if_it_exists() -> None:
    given(granted(), ended()).when(ended("2024")).then_refused(gov.MandateOver, field="mandate")
    given(granted()).when(ended("2020")).then_refused(PeriodRunsBack, field="until")
    given().when(line(f"/mandates/{MANDATE}/end", ADMIN, until="2022")).then_refused(
        gov.UnknownMandate, field="mandate"
    )


@pytest.mark.parametrize(
    ("role", "for_"),
    [
        ("representative", "gm0402"),
        ("clerk", "mra-bestuur"),
        ("confirmer", "mra-av"),
        ("auditor", "gm0363"),
        ("auditor", "mra"),
        ("administrator", "mra"),
    ],
)
def test_a_role_serves_what_it_is_for(role: str, for_: str) -> None:
    given().when(granted(role, for_)).then("mandate.granted")


@pytest.mark.parametrize(
    ("role", "for_", "rule"),
    [
        ("representative", "mra-av", gov.RepresentsAMember),
        ("representative", "niemand", gov.RepresentsAMember),
        ("clerk", "gm0363", gov.ServesABody),
        ("confirmer", "mra", gov.ServesABody),
        ("auditor", "gmr", gov.ServesTheRegion),
        ("administrator", "pv27-ps-g1", gov.ServesTheRegion),
    ],
)
def test_a_role_serves_nothing_else(role: str, for_: str, rule: type[gov.ServesABody]) -> None:
    given().when(granted(role, for_)).then_refused(rule, field="for")


def test_a_representative_sits_in_a_body_that_exists() -> None:
    given().when(granted("representative", "gm0363", body="mra-av")).then("mandate.granted")
    given().when(granted("representative", "gm0363", body="niemand")).then_refused(UnknownBody, field="body")
