"""Days as people write them: with the precision that the source gave, in Dutch and in English."""

from __future__ import annotations

# ruff: noqa: RUF001, RUF002  # the dashes and quotation marks of a sentence are meant as they are
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from register.values import first_day, last_day

Lang = Literal["nl", "en"]

_MONTHS: dict[Lang, Sequence[str]] = {
    "nl": [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_SHORT: dict[Lang, Sequence[str]] = {
    "nl": ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
_TYPED = re.compile(r"^\s*(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})\s*$")


def long_day(when: str | date, lang: Lang) -> str:
    """A date with its precision for running text: 24 maart 2023, juli 2022, maart–mei 2021."""
    return _written(when, _MONTHS[lang])


def short_day(when: str | date, lang: Lang) -> str:
    """The same for tables and lists, with the months cut short: 24 mrt 2023."""
    return _written(when, _SHORT[lang])


def _written(when: str | date, months: Sequence[str]) -> str:
    if isinstance(when, date):
        return _day(when, months)
    if "/" in when:
        return _span(first_day(when), last_day(when), months)
    match when.split("-"):
        case [year, month]:
            return f"{months[int(month) - 1]} {year}"
        case [_, _, _]:
            return _day(first_day(when), months)
        case _:
            return when


def _day(day: date, months: Sequence[str]) -> str:
    return f"{day.day} {months[day.month - 1]} {day.year}"


def _span(start: date, end: date, months: Sequence[str]) -> str:  # noqa: PLR0911  # one line a form
    whole_months = start.day == 1 and (end + timedelta(days=1)).day == 1
    if whole_months and start.year == end.year:
        if (start.month, end.month) == (1, 12):
            return str(start.year)
        if start.month == end.month:
            return f"{months[start.month - 1]} {start.year}"
        return f"{months[start.month - 1]}–{months[end.month - 1]} {start.year}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year}–{end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{_day(end, months)}"
    if start.year == end.year:
        return f"{start.day} {months[start.month - 1]} – {_day(end, months)}"
    return f"{_day(start, months)} – {_day(end, months)}"


def clock(moment: datetime, lang: Lang, zone: ZoneInfo) -> str:
    """A known time for people, as the clock of the region shows it: 2 mei 2023, 10.14 uur."""
    local = moment.astimezone(zone)
    day = long_day(local.date(), lang)
    return f"{day}, {local:%H.%M} uur" if lang == "nl" else f"{day}, {local:%H:%M}"


def hour(written: str, lang: Lang) -> str:
    """The hour at which something begins, for people: 14:00 becomes 14.00 uur."""
    return f"{written.replace(':', '.')} uur" if lang == "nl" else written


def typed_day(text: str) -> date | None:
    """The day that somebody typed, as 24-3-2023 or 2023-03-24; None when it is no day."""
    try:
        if found := _TYPED.match(text):
            day, month, year = (int(part) for part in found.groups())
            return date(year, month, day)
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def as_typed(day: date) -> str:
    """A day as a Dutch reader types it into a form: 24-3-2023."""
    return f"{day.day}-{day.month}-{day.year}"
