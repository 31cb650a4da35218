"""How a date with precision becomes days, and which row holds on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from projections.at import Days, act, begun, civil_day, day_after, day_before, held, latest, period

KNOWN = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("on", "day", "exact"),
    [
        ("2022-07-04", date(2022, 7, 4), True),
        ("2022-02", date(2022, 2, 28), False),
        ("2022", date(2022, 12, 31), False),
        ("2021-03-01/2021-05-31", date(2021, 5, 31), False),
        ("2026", KNOWN, False),
        ("2026-11", KNOWN, False),
    ],
)
def test_a_vague_act_counts_from_its_last_day_and_never_after_it_became_known(
    on: str, day: date, *, exact: bool
) -> None:
    assert act(on, KNOWN) == Days(valid_from=day, on=on, exact=exact)


def test_an_act_without_a_day_holds_from_the_day_it_became_known_and_says_so() -> None:
    assert act(None, KNOWN) == Days(valid_from=KNOWN, dated=False)


def test_a_period_runs_from_the_first_to_the_last_possible_day() -> None:
    assert period("2017", "2022-03") == Days(date(2017, 1, 1), date(2022, 3, 31), exact=False)
    assert period("2017-01-18", None) == Days(date(2017, 1, 18), None)


def test_the_calendar_ends_nowhere_with_a_fault() -> None:
    assert (day_before(date.min), day_after(date.max)) == (date.min, date.max)
    assert (day_before(KNOWN), day_after(KNOWN)) == (date(2026, 11, 20), date(2026, 11, 22))


def test_both_ends_of_a_period_belong_to_it() -> None:
    row = Days(date(2020, 1, 1), date(2020, 12, 31))
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)]
    assert [held(row, day) for day in days] == [False, True, True, False]
    assert [begun(row, day) for day in days] == [False, True, True, True]
    assert held(Days(), date.min)


def test_the_latest_is_the_one_that_holds_else_the_last_before_else_the_first_to_come() -> None:
    early, late = Days(date(2020, 1, 1), date(2020, 12, 31)), Days(date(2022, 1, 1))
    assert latest([late, early], date(2021, 6, 1)) == early
    assert latest([early, late], date(2022, 6, 1)) == late
    assert latest([late, early], date(2019, 6, 1)) == early
    assert latest([], KNOWN) is None


def test_a_day_begins_at_midnight_in_the_region() -> None:
    zone = ZoneInfo("Europe/Amsterdam")
    assert civil_day(datetime(2026, 3, 31, 22, 30, tzinfo=UTC), zone) == date(2026, 4, 1)
    assert civil_day(datetime(2026, 1, 31, 22, 30, tzinfo=UTC), zone) == date(2026, 1, 31)
