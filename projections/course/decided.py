"""What one decision has set as the course on a day, for whom, and who decided for itself; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

import msgspec

from projections.course.region import Region
from projections.course.row import DecisionFact, Outcome, PartText, PartyList, Proposed, Struck
from projections.row import Text
from register.decisions.facts import SETS_THE_COURSE

F = TypeVar("F", bound=DecisionFact)

ENDS_THE_COURSE = frozenset({"repealed", "withdrawn", "lapsed"})
"""The verbs with which a later outcome takes back what was set."""


class Fixed(msgspec.Struct, frozen=True):
    """A part of the course: the version that was set and by which outcome; without a part the decision as a whole."""

    part: str | None
    n: int | None
    title: Text
    by: Outcome


class Decided:
    """A decision on the course, by its facts up to a day."""

    def __init__(self, facts: Sequence[DecisionFact], region: Region) -> None:
        self._facts = facts
        self._region = region
        self.proposed = self._of(Proposed)[0]
        self.id = self.proposed.stream
        self._outcomes = sorted(self._of(Outcome), key=lambda each: (each.valid_from, each.seq))
        self._versions = self._of(PartText)
        listed = self._of(PartyList)
        self.course_for = next((each for each in reversed(listed) if each.list == "course-for"), None)
        self._signatories = next((each for each in reversed(listed) if each.list == "signatories"), None)

    @property
    def begins(self) -> date:
        """The day of its first outcome, by which columns are put in order."""
        return self._outcomes[0].valid_from if self._outcomes else date.max

    @property
    def counts(self) -> bool:
        """Whether it can set a course of the region: it is not struck, and no body of one member decides it."""
        return not self._of(Struck) and not self._region.is_of_a_member(self.proposed.decided_by.body)

    def course(self) -> tuple[Fixed, ...]:
        """The decision as a whole when members decided for themselves, then each part that is set, in the order of the parts."""
        fixed: dict[str, Fixed] = {}
        for outcome in self._outcomes:
            if outcome.verb in ENDS_THE_COURSE and outcome.decides is None:
                fixed = {part: each for part, each in fixed.items() if outcome.parts and part not in outcome.parts}
            elif outcome.verb in SETS_THE_COURSE:
                fixed |= {each.part: self._fixed(each.part, each.n, outcome) for each in outcome.sets}
        order = list(dict.fromkeys(each.part for each in self._versions))
        parts = sorted(fixed.values(), key=lambda each: order.index(each.part) if each.part in order else len(order))
        own = [each for each in self._outcomes if self._is_own(each) and not each.parts]
        whole = [Fixed(None, None, self.proposed.title, own[-1])] if parts and own else []
        return (*whole, *parts)

    def title(self, part: str, n: int | None = None) -> Text | None:
        """What a part is called in a version, or in its latest."""
        told = [each for each in self._versions if each.part == part]
        return next((each.title for each in told if each.n == n), told[-1].title if told else None)

    def version_on(self, part: str, day: date | None) -> int | None:
        """The version of a part that was in force on a day."""
        told = [each for each in self._versions if each.part == part]
        by_then = [each for each in told if each.valid_from is None or (day is not None and each.valid_from <= day)]
        return by_then[-1].n if by_then else None

    def is_for(self, code: str, day: date) -> bool:
        """Tell whether somebody was asked: by the decision's own list, else every member in force on the day."""
        if self.course_for is not None and self.course_for.members:
            return code in self.course_for.members
        return self._region.is_member(code, day)

    def own(self, code: str, part: str | None) -> Outcome | None:
        """The decision that a member took for itself on the whole or on a part, when the source names it."""
        named = (each for each in reversed(self._outcomes) if each.decides == code and _on(each, part))
        return next(named, None)

    def by_total(self, code: str, part: str | None) -> Outcome | None:
        """The total that includes a member: it counts as many as were asked, or it counts the signatures of a list with names."""
        for each in reversed(self._outcomes):
            if each.count is None or each.decides is not None or not _on(each, part):
                continue
            signed = self._signatories
            if each.verb == "signed" and signed is not None and signed.members:
                if code in signed.members:
                    return each
            elif self._counts_all(each, code):
                return each
        return None

    def _counts_all(self, total: Outcome, code: str) -> bool:
        listed = self.course_for
        if listed is None:
            there = self._region.members(total.valid_from)
            return total.count == len(there) and code in there
        return total.count == listed.n and (not listed.members or code in listed.members)

    def _is_own(self, outcome: Outcome) -> bool:
        return outcome.verb in SETS_THE_COURSE and (outcome.decides is not None or outcome.count is not None)

    def _fixed(self, part: str, n: int, by: Outcome) -> Fixed:
        return Fixed(part, n, self.title(part, n) or self.proposed.title, by)

    def _of(self, kind: type[F]) -> list[F]:
        return [fact for fact in self._facts if isinstance(fact, kind)]


def _on(outcome: Outcome, part: str | None) -> bool:
    """Whether an outcome speaks of the whole, or of a part by name."""
    return not outcome.parts if part is None else part in outcome.parts
