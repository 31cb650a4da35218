"""What the rules remember of the bodies and members of a region."""

from __future__ import annotations

from datetime import date

import msgspec

from register.governance import facts as f
from register.history import CORRECTIONS, Recorded, effective
from register.values import first_day, last_day


class Period(msgspec.Struct, frozen=True):
    """From the first day in force to the last; None when no end is known."""

    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether the period covers a day."""
        return self.first <= day and (self.last is None or day <= self.last)

    def ended(self, until: str) -> Period:
        """The same period with the last possible day of `until` as its end."""
        return Period(self.first, last_day(until))


class Body(msgspec.Struct, frozen=True):
    """A body: who has its seats, of which member and layer it is, and when it existed."""

    seats: str
    of: str | None
    layer: str | None
    period: Period

    def over(self, day: date) -> bool:
        """Tell whether the body was dissolved before a day."""
        return self.period.last is not None and self.period.last < day


class Belonging(msgspec.Struct, frozen=True):
    """A member belongs to a sub-region for a period."""

    subregion: str
    period: Period


class Seat(msgspec.Struct, frozen=True):
    """A seat in a body, who holds it and when."""

    body: str
    holder: str
    period: Period


class Mandate(msgspec.Struct, frozen=True):
    """The right to record for an organisation, in a role, for a period."""

    role: str
    for_: str
    period: Period


class Rule(msgspec.Struct, frozen=True):
    """A decision rule of a body for some subjects (None: all) in a period, with the votes that go with inhabitants."""

    body: str
    subjects: frozenset[str] | None
    period: Period
    bands: tuple[f.Band, ...] = ()


class Governance(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the rules need to know of who may sit, speak and decide on a day."""

    bodies: dict[str, Body] = {}
    members: dict[str, tuple[Period, ...]] = {}
    parties: dict[str, str | None] = {}
    subregions: dict[str, Period] = {}
    belongings: dict[str, tuple[Belonging, ...]] = {}
    seats: dict[int, Seat] = {}
    mandates: dict[str, Mandate] = {}
    rules: tuple[Rule, ...] = ()
    inhabitants: dict[tuple[str, date], int] = {}
    themes: frozenset[str] = frozenset()
    history: tuple[Recorded, ...] = ()

    def is_member(self, code: str, day: date) -> bool:
        """Tell whether an organisation is a member on a day."""
        return any(period.holds(day) for period in self.members.get(code, ()))

    def members_on(self, day: date) -> tuple[str, ...]:
        """The codes of all members on a day, in order."""
        return tuple(sorted(code for code in self.members if self.is_member(code, day)))

    def day_as_member(self, code: str, first: date, last: date) -> date | None:
        """The latest day of a span on which an organisation is a member, None when it is one on no day of it."""
        days = [min(last, period.last or last) for period in self.members.get(code, ())]
        return max((day for day in days if first <= day and self.is_member(code, day)), default=None)

    def has_left(self, code: str, day: date) -> bool:
        """Tell whether a member is one no longer, on a day and ever after."""
        return all(period.last is not None and period.last < day for period in self.members.get(code, ()))

    def knows(self, code: str) -> bool:
        """Tell whether a code is a member or a party."""
        return code in self.members or code in self.parties

    def voters_of(self, body: str, day: date) -> tuple[str, ...]:
        """Who has a seat in a body on a day; for a body whose seats are not recorded, the parties named of it."""
        match self.bodies[body].seats:
            case "every-member":
                return self.members_on(day)
            case "assigned":
                held = {seat.holder for seat in self.seats.values() if seat.body == body and seat.period.holds(day)}
                return tuple(sorted(code for code in held if code not in self.members or self.is_member(code, day)))
            case _:
                return tuple(sorted(party for party, of in self.parties.items() if of == body))


def evolve(state: Governance, entry: Recorded) -> Governance:
    """The state after one more entry; a correction folds the whole history anew, with the entry replaced in its place."""
    history = (*state.history, entry)
    if entry.fact.TYPE in CORRECTIONS:
        state = Governance()
        for held in effective(history):
            state = _after(state, held)
    else:
        state = _after(state, entry)
    return msgspec.structs.replace(state, history=history)


def _after(state: Governance, entry: Recorded) -> Governance:  # noqa: C901, PLR0911, PLR0912  # one arm a fact; mypy reports a forgotten one
    change = msgspec.structs.replace
    match entry.fact:
        case f.BodyEstablished() as fact:
            body = Body(fact.seats, fact.of, fact.layer, Period(first_day(fact.from_)))
            return change(state, bodies={**state.bodies, fact.code: body})
        case f.BodyDissolved(body=code, until=until):
            body = state.bodies[code]
            return change(state, bodies={**state.bodies, code: change(body, period=body.period.ended(until))})
        case f.MemberAdmitted() as fact:
            periods = (*state.members.get(fact.member, ()), Period(first_day(fact.from_)))
            return change(state, members={**state.members, fact.member: periods})
        case f.MemberDeparted(member=code, until=until) | f.MemberMerged(member=code, until=until):
            return _without(state, code, until)
        case f.PartyNamed() as fact:
            return change(state, parties={**state.parties, fact.code: fact.of})
        case f.SubregionEstablished() as fact:
            return change(
                state,
                subregions={**state.subregions, fact.subregion: Period(first_day(fact.from_))},
            )
        case f.SubregionJoined() as fact:
            joined = (
                *state.belongings.get(fact.member, ()),
                Belonging(fact.subregion, Period(first_day(fact.from_))),
            )
            return change(state, belongings={**state.belongings, fact.member: joined})
        case f.SubregionLeft() as fact:
            left = _ended(state.belongings.get(fact.member, ()), fact.until)
            return change(state, belongings={**state.belongings, fact.member: left})
        case f.SeatAssigned() as fact:
            seat = Seat(fact.body, fact.holder, Period(first_day(fact.from_)))
            return change(state, seats={**state.seats, entry.seq: seat})
        case f.SeatVacated(seat=seq, until=until):
            seat = state.seats[seq]
            return change(state, seats={**state.seats, seq: change(seat, period=seat.period.ended(until))})
        case f.MandateGranted() as fact:
            mandate = Mandate(fact.role, fact.for_, Period(first_day(fact.from_)))
            return change(state, mandates={**state.mandates, fact.mandate: mandate})
        case f.MandateEnded(mandate=key, until=until):
            mandate = state.mandates[key]
            return change(
                state,
                mandates={
                    **state.mandates,
                    key: change(mandate, period=mandate.period.ended(until)),
                },
            )
        case f.RuleAdopted() as fact:
            period = Period(first_day(fact.from_), last_day(fact.until) if fact.until else None)
            rule = Rule(fact.body, frozenset(fact.subjects) if fact.subjects else None, period, fact.bands or ())
            return change(state, rules=(*state.rules, rule))
        case f.InhabitantsCounted() as fact:
            day = last_day(fact.on) if fact.on else entry.day
            return change(state, inhabitants={**state.inhabitants, (fact.member, day): fact.inhabitants})
        case f.ThemeNamed(code=code):
            return change(state, themes=state.themes | {code})
        case _:
            return state  # names, plans and announcements change no rule; the read models show them


def _without(state: Governance, member: str, until: str) -> Governance:
    """A member leaves: its last period ends, and with it its place in a sub-region."""
    *former, last = state.members[member]
    left = _ended(state.belongings.get(member, ()), until)
    return msgspec.structs.replace(
        state,
        members={**state.members, member: (*former, last.ended(until))},
        belongings={**state.belongings, member: left},
    )


def _ended(belongings: tuple[Belonging, ...], until: str) -> tuple[Belonging, ...]:
    return tuple(
        each if each.period.last is not None else Belonging(each.subregion, each.period.ended(until))
        for each in belongings
    )
