"""What the rules are asked in tests: given what was told, when somebody asks this, then it says so, or cites its rule.

Everything begins in the region of `tests/register/region.py`; a line is a write as it goes over HTTP (`tests/register/lines.py`).
"""

from __future__ import annotations

from datetime import date
from functools import cache

import msgspec

from register.decisions.state import Decision
from register.fact import Fact
from register.governance.state import Governance
from register.history import Recorded
from register.meetings.state import Meeting
from register.refusals import BreaksHistory, Refusal, Refused
from tests.register.lines import Line
from tests.register.rules.reading_lines import Teller, region
from tests.register.rules.told import TODAY, Told


@cache
def _region() -> Told:
    return region()


def given(*lines: Line, today: date = TODAY) -> Given:
    """A register in which these were recorded, one after the other."""
    return given_in(_region()).given(*lines, today=today)


def given_in(told: Told) -> Given:
    """A register that goes on where another one stands; that one stays as it is."""
    return Given(Teller(told.copy()))


class Given:
    """A register as it stands before somebody asks something of it."""

    def __init__(self, teller: Teller) -> None:
        """`teller` told everything so far."""
        self._teller = teller

    def given(self, *lines: Line, by: str | None = None, today: date = TODAY) -> Given:
        """And then these, by the account of each line unless `by` says otherwise, on a day."""
        for line in lines:
            self._teller.tell(_by(line, by), today=today)
        return self

    def mandate(self, who: str, role: str, for_: str, *, from_: str = "2017", until: str | None = None) -> Given:
        """And an account has another mandate."""
        self._teller.told.grant(who, role, for_, from_=from_, until=until)
        return self

    def alias(self, name: str, other: str) -> Given:
        """And what a line made may be called by another name as well."""
        self._teller.made[other] = self._teller.made[name]
        return self

    def when(self, line: Line, *, by: str | None = None, today: date = TODAY) -> When:
        """What the register answers when somebody asks to record this."""
        before = dict(self._teller.told.states)
        try:
            said = self._teller.tell(_by(line, by), today=today)
        except Refused as refused:
            assert self._teller.told.states == before, "a refusal changed something"
            return When(self._teller, (), refused.refusals)
        return When(self._teller, tuple(each.fact for each in said), ())


class When:
    """The answer of the register: what it recorded, or why not."""

    def __init__(self, teller: Teller, said: tuple[Fact, ...], refusals: tuple[Refusal, ...]) -> None:
        """Exactly one of `said` and `refusals` holds something."""
        self._teller, self._said, self._refusals = teller, said, refusals

    def then(self, *expected: Fact | str) -> Then:
        """It recorded these, in this order: a fact as it is, or any fact of a type."""
        assert not self._refusals, [refusal.sentence("en") for refusal in self._refusals]
        found = [fact.TYPE if isinstance(want, str) else fact for fact, want in zip(self._said, expected, strict=False)]
        assert [*found, *self._said[len(expected) :]] == list(expected)
        return Then(self._teller)

    def then_records(self) -> Then:
        """It recorded something, whatever else that brought along."""
        assert self._said, [refusal.sentence("en") for refusal in self._refusals]
        return Then(self._teller)

    def then_refused(self, *rules: type[Refusal], field: str | None = None) -> None:
        """It cited these rules and no other; `field` is where the first of them looks."""
        assert {type(refusal) for refusal in self._refusals} == set(rules), (self._said, self._refusals)
        if field is not None:
            assert next(each.field for each in self._refusals if type(each) is rules[0]) == field

    def then_cites(self, rule: type[Refusal]) -> None:
        """It cited this rule, among others perhaps."""
        assert rule in {type(refusal) for refusal in self._refusals}, (self._said, self._refusals)

    def then_breaks(self, rule: type[Refusal], *, of: str | None = None) -> None:
        """It refused a correction, since a later entry (that of line `of`) would break this rule."""
        (refusal,) = self._refusals
        assert isinstance(refusal, BreaksHistory), refusal
        assert type(refusal.broken) is rule, refusal
        if of is not None:
            assert refusal.what == str(self._teller.made[of].seq)


class Then(Given):
    """The register after it recorded something; it can be asked again, and looked at."""

    def decision(self, name: str = "d") -> Decision:
        """The state of a decision."""
        state = self._teller.told.states[self._teller.made[name].stream]
        assert isinstance(state, Decision)
        return state

    def meeting(self, name: str = "m") -> Meeting:
        """The state of a meeting."""
        state = self._teller.told.states[self._teller.made[name].stream]
        assert isinstance(state, Meeting)
        return state

    @property
    def governance(self) -> Governance:
        """The state of bodies and members."""
        return self._teller.told.governance

    def seq(self, name: str) -> int:
        """The number of the entry that a line made."""
        return self._teller.made[name].seq

    def history(self, name: str) -> tuple[Recorded, ...]:
        """Every entry of the stream in which a line was recorded."""
        return self._teller.told.history(self._teller.made[name].stream)

    def last(self, name: str = "d") -> Recorded:
        """The last entry of a decision or meeting."""
        return self.history(name)[-1]


def _by(line: Line, who: str | None) -> Line:
    return line if who is None else msgspec.structs.replace(line, as_=who)
