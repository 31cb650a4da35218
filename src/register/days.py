"""The rules about days that hold for every fact: each day exists, an act is not in the future, a period does not run back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from register.fact import DatedFact, Fact, written_as
from register.refusals import NotADay, NotYetHappened, PeriodRunsBack, Refusal
from register.values import first_day, is_civil, last_day

_DAYS = ("on", "from_", "until", "planned_on")


def days_hold(fact: Fact, today: date) -> Iterator[Refusal]:
    """Every refusal about the days of a fact; `today` is the civil day in the register's time zone."""
    named = {name: day for name in _DAYS if (day := getattr(fact, name, None)) is not None}
    wrong = [name for name, day in named.items() if not is_civil(day)]
    for name in wrong:
        yield NotADay(field=written_as(name), what=named[name])
    if wrong:
        return
    if isinstance(fact, DatedFact) and fact.on is not None and first_day(fact.on) > today:
        yield NotYetHappened(field="on", what=fact.on)
    if "from_" in named and "until" in named and last_day(named["until"]) < first_day(named["from_"]):
        yield PeriodRunsBack(field="until", what=named["until"])


def span_of(fact: Fact, today: date) -> tuple[date, date]:
    """The first and last possible day of a fact, none of them later than today; today twice when it has no date."""
    on = getattr(fact, "on", None)
    return (first_day(on), min(last_day(on), today)) if on is not None else (today, today)


def day_of(fact: Fact, today: date) -> date:
    """The day for which a fact counts: the last possible day of `on`, but never later than today; today when it has none."""
    return span_of(fact, today)[1]
