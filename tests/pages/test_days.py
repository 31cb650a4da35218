"""Days are written with the precision that the source gave, and read as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from api.pages import days
from api.pages.frame import clocks

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "nl", "short", "en"),
    [
        ("2023-03-24", "24 maart 2023", "24 mrt 2023", "24 March 2023"),
        ("2022-07", "juli 2022", "jul 2022", "July 2022"),
        ("2017", "2017", "2017", "2017"),
        ("2021-03-01/2021-05-31", "maart\N{EN DASH}mei 2021", "mrt\N{EN DASH}mei 2021", "March\N{EN DASH}May 2021"),
        ("2021-03-01/2021-03-31", "maart 2021", "mrt 2021", "March 2021"),
        ("2021-01-01/2021-12-31", "2021", "2021", "2021"),
        ("2022-06-20/2022-06-24", "20\N{EN DASH}24 juni 2022", "20\N{EN DASH}24 jun 2022", "20\N{EN DASH}24 June 2022"),
        (
            "2022-06-20/2022-07-04",
            "20 juni \N{EN DASH} 4 juli 2022",
            "20 jun \N{EN DASH} 4 jul 2022",
            "20 June \N{EN DASH} 4 July 2022",
        ),
        (
            "2021-12-22/2022-01-02",
            "22 december 2021 \N{EN DASH} 2 januari 2022",
            "22 dec 2021 \N{EN DASH} 2 jan 2022",
            "22 December 2021 \N{EN DASH} 2 January 2022",
        ),
    ],
)
def test_a_day_keeps_its_precision(when: str, nl: str, short: str, en: str) -> None:
    assert (days.long_day(when, "nl"), days.short_day(when, "nl"), days.long_day(when, "en")) == (nl, short, en)


def test_an_hour_is_written_as_people_write_it() -> None:
    assert (days.hour("14:00", "nl"), days.hour("14:00", "en")) == ("14.00 uur", "14:00")


def test_a_known_time_is_told_by_the_clock_of_the_region() -> None:
    moment = datetime(2023, 5, 2, 8, 14, tzinfo=UTC)
    assert days.clock(moment, "nl", AMSTERDAM) == "2 mei 2023, 10.14 uur"
    assert days.clock(moment, "en", AMSTERDAM) == "2 May 2023, 10:14"


@pytest.mark.parametrize("typed", ["24-3-2022", "24/03/2022", "24.3.2022", " 2022-03-24 ", "24 3 2022"])
def test_a_day_can_be_typed_in_more_than_one_way(typed: str) -> None:
    assert days.typed_day(typed) == date(2022, 3, 24)


@pytest.mark.parametrize("typed", ["", "31-2-2022", "gisteren", "2022", "3-24-2022", "24-3-22"])
def test_what_is_no_day_is_none(typed: str) -> None:
    assert days.typed_day(typed) is None


def test_without_a_query_the_clocks_are_those_of_now() -> None:
    found = clocks({}, "nl", AMSTERDAM, NOW)
    assert (found.at.valid_on, found.at.known_at, dict(found.asked)) == (date(2026, 11, 21), None, {})
    assert [field.value for field in found.fields] == ["21-11-2026", "21-11-2026"]


def test_a_day_alone_is_known_until_its_end_in_the_region() -> None:
    found = clocks({"validOn": "23-3-2022", "knownAt": "1-5-2023"}, "nl", AMSTERDAM, NOW)
    assert found.at.known_at == datetime(2023, 5, 1, 21, 59, 59, 999999, tzinfo=UTC)
    assert dict(found.asked) == {"validOn": "2022-03-23", "knownAt": "2023-05-01"}


def test_today_as_known_today_is_now() -> None:
    found = clocks({"validOn": "21-11-2026", "knownAt": "2026-11-21"}, "nl", AMSTERDAM, NOW)
    assert (found.at.known_at, dict(found.asked)) == (None, {})


@pytest.mark.parametrize("moment", ["2023-05-01T10:00:00Z", "2023-05-01T12:00:00+02:00", "2023-05-01T12:00:00 02:00"])
def test_a_moment_can_be_asked_for(moment: str) -> None:
    found = clocks({"knownAt": moment}, "nl", AMSTERDAM, NOW)
    assert found.at.known_at == datetime(2023, 5, 1, 10, tzinfo=UTC)


def test_what_cannot_be_read_is_told_at_its_field_and_kept() -> None:
    found = clocks({"validOn": "31-2-2022", "knownAt": "ooit"}, "nl", AMSTERDAM, NOW)
    assert [(field.value, field.fault) for field in found.fields] == [
        ("31-2-2022", "Schrijf een dag als 24-3-2022."),
        ("ooit", "Schrijf een dag als 24-3-2022."),
    ]
    assert found.at.valid_on == date(2026, 11, 21)
