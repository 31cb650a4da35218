"""Who was a member and in which sub-region, as far as the course needs it; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from projections.at import held, latest
from projections.course.row import BodyOf, InSubregion, Membership, Name, RegionFact


class Region:
    """Members, sub-regions and their names through time."""

    def __init__(self, facts: Sequence[RegionFact]) -> None:
        self._members: dict[str, list[Membership]] = defaultdict(list)
        self._belongs: dict[str, list[InSubregion]] = defaultdict(list)
        self._names: dict[tuple[str, str], list[Name]] = defaultdict(list)
        self._of_members: set[str] = set()
        for fact in facts:
            match fact:
                case Membership(member=code):
                    self._members[code].append(fact)
                case InSubregion(member=code):
                    self._belongs[code].append(fact)
                case Name(code=code, of=of):
                    self._names[of, code].append(fact)
                case BodyOf(code=code, of=of) if of is not None:
                    self._of_members.add(code)
                case BodyOf():
                    pass

    def is_of_a_member(self, body: str | None) -> bool:
        """Tell whether a body is the council or executive of a member, whose decisions set no course of the region."""
        return body in self._of_members

    def members(self, day: date) -> tuple[str, ...]:
        """The codes of the members in force on a day, by name."""
        found = (code for code in self._members if self.is_member(code, day))
        return tuple(sorted(found, key=lambda code: (self.name(code, day), code)))

    def is_member(self, code: str, day: date) -> bool:
        """Tell whether somebody is a member on a day."""
        return any(held(each, day) for each in self._members.get(code, ()))

    def last_day(self, code: str) -> date | None:
        """The last day on which somebody was a member, None when no end is known."""
        ends = [each.valid_until for each in self._members.get(code, ())]
        return None if not ends or None in ends else max(each for each in ends if each is not None)

    def subregions(self, code: str) -> set[str]:
        """Every sub-region to which a member ever belonged."""
        return {each.subregion for each in self._belongs.get(code, ())}

    def subregion(self, code: str, day: date) -> str | None:
        """The sub-region to which a member belongs on a day."""
        return next((each.subregion for each in reversed(self._belongs.get(code, [])) if held(each, day)), None)

    def name(self, code: str, day: date, of: str = "member") -> str:
        """What a member or sub-region is called on a day."""
        called = latest(self._names.get((of, code), ()), day)
        return called.name if called else code

    def belonged(self, code: str, subregion: str, first: date, last: date) -> bool:
        """Tell whether a member belonged to a sub-region on some day of a period."""
        belongs = (each for each in self._belongs.get(code, ()) if each.subregion == subregion)
        members = self._members.get(code, ())
        return any(_meets(each, first, last) for each in belongs) and any(_meets(each, first, last) for each in members)


def _meets(row: Membership | InSubregion, first: date, last: date) -> bool:
    begins, ends = row.valid_from or date.min, row.valid_until or date.max
    return begins <= last and first <= ends
