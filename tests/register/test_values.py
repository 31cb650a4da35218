"""Dates keep their precision, codes and numbers have a form, and a voice counts for whom it says."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register import values
from register.values import Voice, first_day, is_civil, is_exact, last_day


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2017-01", date(2017, 1, 1), date(2017, 1, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2017-01-18", date(2017, 1, 18), date(2017, 1, 18)),
        ("2021-03-01/2021-05-31", date(2021, 3, 1), date(2021, 5, 31)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_a_date_has_a_first_and_a_last_possible_day(when: str, first: date, last: date) -> None:
    assert re.search(values.WHEN_FORM, when)
    assert is_civil(when)
    assert (first_day(when), last_day(when)) == (first, last)
    assert is_exact(when) == (first == last)


@pytest.mark.parametrize(
    "when",
    [
        "2023-02-29",
        "2021-04-31",
        "1900-02-29",
        "0000",
        "0000-01-01",
        "2021-05-31/2021-03-01",
        "2021-03-01/2021-03-01",
        "2021-02-28/2021-02-30",
    ],
)
def test_a_day_that_does_not_exist_is_no_date_although_it_looks_like_one(when: str) -> None:
    assert re.search(values.WHEN_FORM, when)
    assert not is_civil(when)


@pytest.mark.parametrize(
    "when",
    [
        "",
        "17",
        "2200000000",
        "2017-13",
        "2017-1",
        "20170118",
        "2017-01-18T09:30",
        "2017/2018",
        "2017-01-00",
        "10000",
        "-0044",
    ],
)
def test_what_has_another_form_is_no_date(when: str) -> None:
    assert not re.search(values.WHEN_FORM, when)
    assert is_civil(when) in {True, False}


@given(st.text())
def test_any_text_can_be_asked_whether_it_is_a_day(when: str) -> None:
    assert is_civil(when) in {True, False}


@given(st.dates(), st.dates())
def test_a_span_runs_from_its_first_day_to_its_last(one: date, other: date) -> None:
    span = f"{one.isoformat()}/{other.isoformat()}"
    assert is_civil(span) == (one < other)


@pytest.mark.parametrize(
    ("form", "good", "bad"),
    [
        (values.CODE, ["gm0363", "mra-av", "pv27-ps-g7", "x", "a.b"], ["", "GM0363", "-a", "a b", "a_b", "é", "a" * 65]),
        (values.REFERENCE_FORM, ["A56-2022", "2499", "5.1", "VD-64", "M153-2021"], ["", "jan", "A 56", "-1", "é1"]),
        (values.PAGE_FORM, ["39", "39-41", "iv", "iv-x"], ["", "39,41", "p39", "39-"]),
        (values.SHARE_FORM, ["0.5", "2", "66.67"], ["", "1,5", ".5", "5.", "-1", "1e3"]),
        (values.LANGUAGE_FORM, ["nl", "fy-NL", "zh-Hant-TW", "nds"], ["", "NL", "nl-nl", "dutch", "nl-Jan-Jansen", "x-a"]),
        (values.CLOCK_FORM, ["09:30", "23:59", "00:00"], ["9:30", "24:00", "09:60", "09:30:00"]),
        (values.MOMENT_FORM, ["00:00:00", "01:23:45"], ["1:23:45", "01:60:00"]),
        (values.MONTH_DAY_FORM, ["01-01", "12-28"], ["1-1", "13-01", "02-29", "00-10"]),
        (values.ADDRESS_FORM, ["6f9619ff-8b86-4011-b42d-00cf4fc964ff", "6f9619ff-8b86-4011-b42d-00cf4fc964ff.12"],
         ["6F9619FF-8B86-4011-B42D-00CF4FC964FF", "6f9619ff-8b86-4011-b42d-00cf4fc964ff.0", "1"]),
        (values.NAME_FORM, ["Gooise Meren", "Súdwest-Fryslân", "\u2019s-Hertogenbosch", "Łódź", "Wien (Stadt)", "Αθήνα"],
         ["", " a", "a ", "a  b", 'a "b"', "a\\b", "a\tb", "a\u00a0b", "e\u0301", "a\u200bb"]),
    ],
)  # fmt: skip
def test_a_form_takes_what_people_write_and_refuses_the_rest(form: str, good: list[str], bad: list[str]) -> None:
    assert [text for text in good if not re.search(form, text)] == []
    assert [text for text in bad if re.search(form, text)] == []


@pytest.mark.parametrize(
    ("said_as", "counted", "spoken_for"),
    [
        ("own", ("gm0375", "gm0396"), ()),
        ("joint", ("gm0375", "gm0396"), ()),
        ("vanuit", ("gm0375", "gm0396"), ()),
        ("namens", (), ("gm0375", "gm0396")),
        ("outside", (), ()),
    ],
)
def test_a_voice_counts_for_those_who_signed_and_never_for_those_spoken_for(
    said_as: str, counted: tuple[str, ...], spoken_for: tuple[str, ...]
) -> None:
    voice = Voice(as_=said_as, members=("gm0375", "gm0396"))  # type: ignore[arg-type]  # each of the five is one of the literals
    assert (voice.counted(), voice.spoken_for()) == (counted, spoken_for)
