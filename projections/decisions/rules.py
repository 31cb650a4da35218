"""By which rule a ballot was to be counted, and what each voter weighed by it on that day; pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import msgspec

from projections.at import begun, held
from projections.row import Told
from register.governance.facts import Band

WEIGHING = frozenset({"weighted", "double-majority"})
"""The kinds of rule by which the inhabitants of a member say how many votes it has."""


class RuleOf(msgspec.Struct, frozen=True, tag_field="fact", tag="rule", rename="camel"):
    """A rule of the body that decides, as governance tells it; with `subjects` only for decisions under one of those themes."""

    kind: str
    position: int
    subjects: tuple[str, ...] = ()
    quorum: str | None = None
    bands: tuple[Band, ...] = ()
    reference: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None


class CountOf(msgspec.Struct, frozen=True, tag_field="fact", tag="inhabitants", rename="camel"):
    """How many inhabitants a member had on a day, as governance tells it."""

    member: str
    inhabitants: int
    position: int
    seq: int
    valid_from: date | None = None
    valid_until: date | None = None


class Weight(Told, frozen=True, kw_only=True):
    """What one voter weighs: the votes that go with its inhabitants, which were counted on `on` as told by entry `position`.

    `stated` is what the source itself says that the voter weighs.
    """

    voter: str
    votes: int
    inhabitants: int
    on: date
    position: int
    stated: int | None = None

    @property
    def differs(self) -> bool:
        """Whether the source gives the voter another weight than the rule does."""
        return self.stated is not None and self.stated != self.votes


class Weighing(Told, frozen=True, kw_only=True):
    """The weights by which a ballot was counted: those of `reference`, by the rule of entry `rule`.

    `missing` are the voters without a number of inhabitants on that day, or with one that falls in no band: then nothing is computed.
    """

    rule: int
    reference: date
    weights: tuple[Weight, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def votes(self) -> dict[str, int]:
        """The votes of each voter whose weight is known."""
        return {each.voter: each.votes for each in self.weights}

    @property
    def inhabitants(self) -> dict[str, int]:
        """The inhabitants of each voter whose weight is known."""
        return {each.voter: each.inhabitants for each in self.weights}


def in_force(rules: Sequence[RuleOf], themes: Collection[str], days: Sequence[date]) -> RuleOf | None:
    """The rule on each of these days: one for a theme of the decision goes before the one for every subject.

    None when there is none, when the days have different rules, and when different themes ask for different rules.
    """
    found = [_on(rules, themes, day) for day in days]
    return found[0] if found and all(each is found[0] for each in found) else None


def _on(rules: Sequence[RuleOf], themes: Collection[str], day: date) -> RuleOf | None:
    standing = [each for each in rules if held(each, day)]
    special = [each for each in standing if not set(themes).isdisjoint(each.subjects)]
    asked = special or [each for each in standing if not each.subjects]
    return asked[0] if len(asked) == 1 else None


def reference_day(rule: RuleOf, day: date) -> date:
    """The latest yearly day on or before a ballot on which weights were fixed; the day itself where the rule names none."""
    if rule.reference is None:
        return day
    of_year = date.fromisoformat(f"{day.year:04}-{rule.reference}")
    return of_year if of_year <= day else of_year.replace(year=max(1, day.year - 1))


def weighed(
    rule: RuleOf, day: date, voters: Collection[str], counts: Sequence[CountOf], stated: dict[str, int]
) -> Weighing:
    """What each of these voters weighed on the reference day before a ballot."""
    reference = reference_day(rule, day)
    weights: list[Weight] = []
    missing: list[str] = []
    for voter in sorted(voters):
        count = _latest([each for each in counts if each.member == voter and begun(each, reference)])
        votes = _votes(rule, count.inhabitants) if count is not None else None
        if count is None or votes is None:
            missing.append(voter)
            continue
        weights.append(
            Weight(
                voter=voter,
                votes=votes,
                inhabitants=count.inhabitants,
                on=count.valid_from or reference,
                position=count.position,
                stated=stated.get(voter),
            )
        )
    return Weighing(rule=rule.position, reference=reference, weights=tuple(weights), missing=tuple(missing))


def _latest(counts: Sequence[CountOf]) -> CountOf | None:
    return max(counts, key=lambda each: (each.valid_from or date.min, each.seq), default=None)


def _votes(rule: RuleOf, inhabitants: int) -> int | None:
    """None for a number between two bands: the rule does not say."""
    return next(
        (
            band.votes
            for band in rule.bands
            if band.least <= inhabitants and (band.most is None or inhabitants <= band.most)
        ),
        None,
    )
