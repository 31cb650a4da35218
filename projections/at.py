"""The two clocks of every read: on which day it holds, and as known when; and how a date with precision becomes days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Protocol, TypeVar

import msgspec

from register.values import first_day, is_exact, last_day


class At(msgspec.Struct, frozen=True):
    """What held on `valid_on`, as the register knew it at `known_at` (None: everything it knows).

    With `position`, known means: told by the entries up to and including that position; it goes before `known_at`.
    """

    valid_on: date
    known_at: datetime | None = None
    position: int | None = None


class Days(msgspec.Struct, frozen=True):
    """The days on which a row holds (None: open), with what the source says about them."""

    valid_from: date | None = None
    valid_until: date | None = None
    on: str | None = None
    exact: bool = True
    dated: bool = True


DATES = 4096
"""How many dates with precision are remembered with their days: all that happens in a meeting has the same."""


class Held(Protocol):
    """Anything that holds on some days."""

    @property
    def valid_from(self) -> date | None:
        """The first day; None is open."""
        ...

    @property
    def valid_until(self) -> date | None:
        """The last day; None is open."""
        ...


H = TypeVar("H", bound=Held)


def held(row: Held, day: date) -> bool:
    """Tell whether a row holds on a day."""
    return begun(row, day) and (row.valid_until is None or day <= row.valid_until)


def begun(row: Held, day: date) -> bool:
    """Tell whether a row holds on a day or held before it."""
    return row.valid_from is None or row.valid_from <= day


def latest(rows: Iterable[H], day: date) -> H | None:
    """The row that holds on a day, else the last that did before it, else the first that will."""
    ordered = sorted(rows, key=lambda row: row.valid_from or date.min)
    return next((row for row in reversed(ordered) if begun(row, day)), ordered[0] if ordered else None)


@lru_cache(maxsize=DATES)
def act(on: str | None, known: date) -> Days:
    """An act holds from the last possible day of `on`, but no later than the day that it became known; without `on` from that day."""
    if on is None:
        return Days(valid_from=known, dated=False)
    return Days(valid_from=min(last_day(on), known), on=on, exact=is_exact(on))


@lru_cache(maxsize=DATES)
def period(from_: str | None, until: str | None) -> Days:
    """A period runs from the first possible day of `from` to the last possible day of `until`, both included."""
    return Days(
        valid_from=first_day(from_) if from_ else None,
        valid_until=last_day(until) if until else None,
        exact=(from_ is None or is_exact(from_)) and (until is None or is_exact(until)),
    )


def day_before(day: date) -> date:
    """The last day on which something held that is otherwise from `day`; the calendar has no day before its first."""
    return day - timedelta(days=1) if day > date.min else day


def day_after(day: date) -> date:
    """The first day on which something holds no longer that held until `day`; the calendar has no day after its last."""
    return day + timedelta(days=1) if day < date.max else day


def civil_day(moment: datetime, zone: tzinfo) -> date:
    """The day on the calendar of the region at a moment."""
    return moment.astimezone(zone).date()
