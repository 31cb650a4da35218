"""Members as they stand on a day, from the facts that are known of all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from projections.at import begun, day_after, held, latest
from projections.governance.row import (
    AnyRow,
    DepartureAnnounced,
    InSubregion,
    Member,
    Membership,
    Name,
    Succession,
    SuccessionPlanned,
)
from projections.row import Row

R = TypeVar("R", bound=Row)


class Region:
    """What is known of members and sub-regions, looked at on a day."""

    def __init__(self, facts: Iterable[AnyRow], day: date) -> None:
        self._day = day
        self._about: dict[str, list[AnyRow]] = defaultdict(list)
        for fact in facts:
            for code in fact.about():
                self._about[code].append(fact)

    def codes(self) -> tuple[str, ...]:
        """Everybody who is or was a member."""
        return tuple(code for code in self._about if self._memberships(code))

    def name(self, code: str, day: date, of: str) -> str | None:
        """What somebody was called on a day."""
        called = latest((each for each in self._of(code, Name) if each.code == code and each.of == of), day)
        return called.name if called else None

    def member(self, code: str) -> Member:
        """A member on the day; what changes with time is that of its last day when it has ended."""
        memberships = self._memberships(code)
        current = latest(memberships, self._day)
        assert current is not None  # noqa: S101  # only asked for those who have one
        day = min(self._day, current.valid_until or self._day)
        belongs = tuple(each for each in self._of(code, InSubregion) if each.member == code)
        subregion = next((each.subregion for each in reversed(belongs) if held(each, day)), None)
        return Member(
            code=code,
            name=self.name(code, day, "member") or code,
            kind=current.kind,
            in_force=held(current, self._day),
            since=current.valid_from or day,
            position=current.position,
            until=current.valid_until,
            identifier=current.identifier,
            subregion=subregion,
            subregion_name=self.name(subregion, day, "subregion") if subregion else None,
            memberships=memberships,
            names=tuple(each for each in self._of(code, Name) if each.of == "member"),
            subregions=belongs,
            successor=self._successor(current),
            predecessors=self._predecessors(code),
            succession_planned=self._planned(code, current),
            departure_announced=self._announced(code, current),
        )

    def _of(self, code: str, kind: type[R]) -> list[R]:
        return [each for each in self._about.get(code, ()) if isinstance(each, kind)]

    def _memberships(self, code: str) -> tuple[Membership, ...]:
        return tuple(each for each in self._of(code, Membership) if each.member == code)

    def _successor(self, ended: Membership) -> Succession | None:
        if ended.into is None or ended.valid_until is None:
            return None
        return self._succession(ended, ended.into, ended.valid_until)

    def _predecessors(self, code: str) -> tuple[Succession, ...]:
        """Those that went into this one by the day."""
        return tuple(
            self._succession(each, each.member, each.valid_until)
            for each in self._of(code, Membership)
            if each.into == code and each.valid_until is not None and each.valid_until < self._day
        )

    def _succession(self, ended: Membership, other: str, last: date) -> Succession:
        position = ended.ended_by if ended.ended_by is not None else ended.position
        name = self.name(other, last, "member") or other
        return Succession(code=other, name=name, on=day_after(last), position=position)

    def _planned(self, code: str, current: Membership) -> tuple[SuccessionPlanned, ...]:
        """Plans that hold on the day, for as long as the member has not ended."""
        if not held(current, self._day):
            return ()
        plans = self._of(code, SuccessionPlanned)
        return tuple(each for each in plans if each.member == code and held(each, self._day))

    def _announced(self, code: str, current: Membership) -> DepartureAnnounced | None:
        found = (each for each in self._of(code, DepartureAnnounced) if begun(each, self._day))
        return latest(found, self._day) if held(current, self._day) else None
