"""The query of a read is read strictly, and all that is wrong with it is told at once."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from api.asked import Asked
from api.problems import Problem

NOW = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def asked(query: bytes, lang: str = "nl") -> Asked:
    return Asked(query, zone=AMSTERDAM, now=NOW, lang=lang)


def test_without_a_day_it_is_today_in_the_zone_of_the_register() -> None:
    assert asked(b"").valid_on() == date(2026, 3, 29)


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        (b"2022-03-24T12:00:00Z", datetime(2022, 3, 24, 12, tzinfo=UTC)),
        (b"2022-03-24T12:00:00.25-05:30", datetime(2022, 3, 24, 17, 30, 0, 250000, UTC)),
        (b"2022-03-24T12:00:00%2B01:00", datetime(2022, 3, 24, 11, tzinfo=UTC)),
        (b"2022-03-24T12:00:00+01:00", datetime(2022, 3, 24, 11, tzinfo=UTC)),
        # The clocks go forward that night, so the day ends at 22:00 UTC and not at 23:00.
        (b"2022-03-27", datetime(2022, 3, 27, 21, 59, 59, 999999, UTC)),
        (b"2022-03-26", datetime(2022, 3, 26, 22, 59, 59, 999999, UTC)),
    ],
)
def test_a_moment_has_any_offset_and_a_day_is_its_end(given: bytes, moment: datetime) -> None:
    query = asked(b"knownAt=" + given)
    assert query.known_at() == moment
    query.done()


@pytest.mark.parametrize(
    "given",
    [
        b"knownAt=2022-03-24T12:00:00",
        b"knownAt=2022-02-30",
        b"knownAt=9999-12-31",
        b"knownAt=2022-03-24T25:00:00Z",
        b"knownAt=now",
        b"validOn=2022-3-4",
        b"validOn=2022-02-29",
        b"validOn=",
        b"validOn=%D9%A12022-01-01",
        b"page=0",
        b"page=-1",
        b"page=1.0",
        b"page=999999999999999999999",
        b"pageSize=501",
        b"pageSize=0",
        b"page=1&page=1",
        b"pagesize=10",
        b"q=%00",
        b"q=%E2%80%AE",
        b"stance=maybe",
        b"member=GM0363",
        b"id=x",
    ],
)
def test_what_cannot_be_read_is_a_400_that_names_its_key(given: bytes) -> None:
    query = asked(given)
    query.valid_on()
    query.known_at()
    query.page()
    query.text("q")
    query.choice("stance", ["joins", "departs"])
    query.code("member")
    query.id("id")
    with pytest.raises(Problem) as refused:
        query.done()
    assert refused.value.status == 400
    assert [error.field for error in refused.value.errors] == [given.partition(b"=")[0].decode()]


def test_everything_that_is_wrong_is_told_at_once_in_the_language_of_the_caller() -> None:
    query = asked(b"validOn=x&page=0&wat=1", lang="en")
    query.valid_on()
    query.page()
    with pytest.raises(Problem) as refused:
        query.done()
    assert [(error.field, error.code) for error in refused.value.errors] == [
        ("validOn", "not-a-day"),
        ("page", "not-a-number"),
        ("wat", "unknown-key"),
    ]
    assert refused.value.errors[2].message == ("This query key does not exist here; these do: validOn, page, pageSize.")


@pytest.mark.parametrize("query", [b"q=%FF", b"\xff", b"&".join(b"a%d=1" % n for n in range(60))])
def test_a_query_that_is_no_text_at_all_is_a_400(query: bytes) -> None:
    with pytest.raises(Problem) as refused:
        asked(query)
    assert refused.value.status == 400
