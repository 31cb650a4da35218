"""What may happen to bodies and members: each rule yields its refusal, so that a caller hears all of them at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from register.governance import facts as f
from register.governance import refusals as no
from register.governance.state import Governance, Period
from register.refusals import (
    MemberNotInForce,
    PeriodRunsBack,
    Refusal,
    UnknownBody,
    UnknownMember,
    UnknownParty,
    UnknownSubregion,
)
from register.values import Sealed, first_day, last_day


def may(fact: f.GovernanceFact, state: Governance, region: str) -> Iterator[Refusal]:  # noqa: C901, PLR0912, PLR0915  # one arm a fact; mypy reports a forgotten one
    """Every rule of governance that a fact breaks; its days were looked at before."""
    match fact:
        case f.BodyEstablished():
            yield from _body_established(fact, state)
        case f.BodyRenamed(body=body, from_=from_):
            yield from _body_from(state, body, from_)
        case f.BodyDissolved():
            yield from _body_dissolved(fact, state)
        case f.MemberAdmitted():
            yield from _member_admitted(fact, state)
        case f.MemberRenamed(member=member):
            yield from _known_member(state, member)
        case f.DepartureAnnounced(member=member):
            yield from _open_member(state, member)
        case f.MemberDeparted(member=member, until=until):
            yield from _open_member(state, member, until)
        case f.SuccessionPlanned(member=member, into=into):
            yield from _open_member(state, member)
            yield from _another_member(state, member, into)
        case f.MemberMerged(member=member, into=into, until=until):
            yield from _open_member(state, member, until)
            yield from _another_member(state, member, into)
            if into in state.members and state.has_left(into, last_day(until)):
                yield MemberNotInForce(field="into", what=into)
        case f.PartyNamed():
            yield from _party_named(fact, state)
        case f.SubregionEstablished(subregion=code):
            if code in state.subregions:
                yield no.CodeTaken(field="subregion", what=code)
        case f.SubregionJoined():
            yield from _subregion_joined(fact, state)
        case f.SubregionLeft():
            yield from _subregion_left(fact, state)
        case f.SeatAssigned():
            yield from _seat_assigned(fact, state)
        case f.SeatVacated(seat=seq, until=until):
            if (seat := state.seats.get(seq)) is None:
                yield no.UnknownSeat(field="seat", what=str(seq))
            else:
                yield from _ends(seat.period, until, no.SeatVacant(field="seat", what=str(seq)))
        case f.MandateGranted():
            yield from _mandate_granted(fact, state, region)
        case f.MandateEnded(mandate=key, until=until):
            if (mandate := state.mandates.get(key)) is None:
                yield no.UnknownMandate(field="mandate", what=key)
            else:
                yield from _ends(mandate.period, until, no.MandateOver(field="mandate", what=key))
        case f.RuleAdopted():
            yield from _rule_adopted(fact, state)
        case f.InhabitantsCounted():
            yield from _inhabitants_counted(fact, state)
        case f.ThemeNamed(code=code):
            if code in state.themes:
                yield no.ThemeTaken(field="code", what=code)
        case f.GovernanceCorrected():
            return  # register.correcting holds the one rule for corrections in every kind of stream


def _known_member(state: Governance, code: str, field: str = "member") -> Iterator[Refusal]:
    if code not in state.members:
        yield UnknownMember(field=field, what=code)


def _known_body(state: Governance, code: str, field: str = "body") -> Iterator[Refusal]:
    if code not in state.bodies:
        yield UnknownBody(field=field, what=code)


def _body_from(state: Governance, code: str, from_: str) -> Iterator[Refusal]:
    """What begins in a body begins before the body is over."""
    yield from _known_body(state, code)
    if code in state.bodies and state.bodies[code].over(first_day(from_)):
        yield no.BodyEnded(field="body", what=code)


def _another_member(state: Governance, code: str, into: str) -> Iterator[Refusal]:
    yield from _known_member(state, into, "into")
    if into == code:
        yield no.IntoItself(field="into", what=code)


def _open_member(state: Governance, code: str, until: str | None = None) -> Iterator[Refusal]:
    if code not in state.members:
        yield UnknownMember(field="member", what=code)
        return
    yield from _ends(state.members[code][-1], until, no.MemberEnded(field="member", what=code))


def _ends(period: Period, until: str | None, ended: Refusal) -> Iterator[Refusal]:
    """A period that is open may end, not before it begins."""
    if period.last is not None:
        yield ended
    elif until is not None and last_day(until) < period.first:
        yield PeriodRunsBack(field="until", what=until)


def _free(state: Governance, code: str) -> Iterator[Refusal]:
    if code in state.bodies or code in state.members or code in state.parties:
        yield no.CodeTaken(field="code", what=code)


def _body_established(fact: f.BodyEstablished, state: Governance) -> Iterator[Refusal]:
    yield from _free(state, fact.code)
    if (fact.of is None) != (fact.layer is None):
        yield no.LayerNeedsMember(field="of" if fact.of is None else "layer")
    if fact.of is not None:
        yield from _known_member(state, fact.of, "of")


def _body_dissolved(fact: f.BodyDissolved, state: Governance) -> Iterator[Refusal]:
    yield from _known_body(state, fact.body)
    if fact.body in state.bodies:
        yield from _ends(state.bodies[fact.body].period, fact.until, no.BodyEnded(field="body", what=fact.body))
    if fact.successor is not None:
        yield from _known_body(state, fact.successor, "successor")
        if fact.successor == fact.body:
            yield no.IntoItself(field="successor", what=fact.body)


def _member_admitted(fact: f.MemberAdmitted, state: Governance) -> Iterator[Refusal]:
    if fact.member in state.bodies or fact.member in state.parties:
        yield no.CodeTaken(field="member", what=fact.member)
    former = state.members.get(fact.member, ())
    if any(period.last is None or first_day(fact.from_) <= period.last for period in former):
        yield no.AlreadyMember(field="member", what=fact.member)


def _party_named(fact: f.PartyNamed, state: Governance) -> Iterator[Refusal]:
    yield from _free(state, fact.code)
    if fact.kind != "organisation" and not isinstance(fact.name, Sealed):
        yield no.GroupNameInClear(field="name")
    if fact.of is not None and fact.of not in state.parties:
        yield from _known_body(state, fact.of, "of")


def _subregion_joined(fact: f.SubregionJoined, state: Governance) -> Iterator[Refusal]:
    if fact.subregion not in state.subregions:
        yield UnknownSubregion(field="subregion", what=fact.subregion)
    if fact.member not in state.members:
        yield UnknownMember(field="member", what=fact.member)
        return
    day = first_day(fact.from_)
    if not state.is_member(fact.member, day):
        yield MemberNotInForce(field="member", what=fact.member)
    if any(each.period.last is None or day <= each.period.last for each in state.belongings.get(fact.member, ())):
        yield no.AlreadyInSubregion(field="member", what=fact.member)


def _subregion_left(fact: f.SubregionLeft, state: Governance) -> Iterator[Refusal]:
    belongings = state.belongings.get(fact.member, ())
    if not belongings or belongings[-1].subregion != fact.subregion or belongings[-1].period.last is not None:
        yield no.NotInSubregion(field="member", what=fact.member)
    elif last_day(fact.until) < belongings[-1].period.first:
        yield PeriodRunsBack(field="until", what=fact.until)


def _seat_assigned(fact: f.SeatAssigned, state: Governance) -> Iterator[Refusal]:
    yield from _body_from(state, fact.body, fact.from_)
    if fact.body in state.bodies and state.bodies[fact.body].seats != "assigned":
        yield no.SeatsNotAssigned(field="body", what=fact.body)
    for index, code in enumerate((fact.holder, *(fact.members or ()))):
        if not state.knows(code):
            yield UnknownParty(field="holder" if index == 0 else f"members.{index - 1}", what=code)
    if fact.subregion is not None and fact.subregion not in state.subregions:
        yield UnknownSubregion(field="subregion", what=fact.subregion)


def _mandate_granted(fact: f.MandateGranted, state: Governance, region: str) -> Iterator[Refusal]:
    if fact.mandate in state.mandates:
        yield no.MandateTaken(field="mandate")
    if fact.role == "representative" and fact.for_ not in state.members:
        yield no.RepresentsAMember(field="for", what=fact.for_)
    if fact.role in {"clerk", "confirmer"} and fact.for_ not in state.bodies:
        yield no.ServesABody(field="for", what=fact.for_)
    known = fact.for_ == region or fact.for_ in state.bodies or fact.for_ in state.members
    if fact.role in {"administrator", "auditor"} and not known:
        yield no.ServesTheRegion(field="for", what=fact.for_)
    if fact.body is not None:
        yield from _known_body(state, fact.body)


def _rule_adopted(fact: f.RuleAdopted, state: Governance) -> Iterator[Refusal]:
    yield from _body_from(state, fact.body, fact.from_)
    if (fact.kind in {"weighted", "double-majority"}) != (fact.bands is not None):
        yield no.RuleNeedsBands(field="bands")
    yield from _bands_hold(fact, state)
    first, last = first_day(fact.from_), last_day(fact.until) if fact.until else date.max
    for rule in state.rules:
        if (
            rule.body == fact.body
            and _overlap(rule.subjects, fact.subjects)
            and first <= (rule.period.last or date.max)
            and rule.period.first <= last
        ):
            yield no.RuleInForce(field="body", what=fact.body)
            return


def _inhabitants_counted(fact: f.InhabitantsCounted, state: Governance) -> Iterator[Refusal]:
    """A number has one day, counts once, and falls in a band of every rule that will weigh by it."""
    yield from _known_member(state, fact.member)
    if fact.on is None:
        yield no.CountNeedsDay(field="on")
        return
    day = last_day(fact.on)
    if (fact.member, day) in state.inhabitants:
        yield no.CountedThatDay(field="on", what=fact.member)
    for rule in state.rules:
        over = rule.period.last is not None and rule.period.last < day
        if rule.bands and not over and not any(_in(band, fact.inhabitants) for band in rule.bands):
            yield no.BetweenBands(field="inhabitants", what=str(fact.inhabitants), body=rule.body)
            return


def _bands_hold(fact: f.RuleAdopted, state: Governance) -> Iterator[Refusal]:
    """Bands do not overlap, and every number of inhabitants that is known falls in one."""
    bands = fact.bands or ()
    for index, band in enumerate(bands):
        backwards = band.most is not None and band.most < band.least
        if backwards or any(_in(other, band.least) for other in bands[:index] + bands[index + 1 :]):
            yield no.BandsOverlap(field=f"bands.{index}")
    latest = {member: number for (member, _), number in sorted(state.inhabitants.items())}
    for number in sorted(set(latest.values())):
        if bands and not any(_in(band, number) for band in bands):
            yield no.BetweenBands(field="bands", what=str(number), body=fact.body)
            return


def _in(band: f.Band, number: int) -> bool:
    return band.least <= number and (band.most is None or number <= band.most)


def _overlap(one: frozenset[str] | None, other: tuple[str, ...] | None) -> bool:
    """Two rules speak of the same subjects; one for some subjects goes before the one for all, and both may stand."""
    if one is None or other is None:
        return one is None and other is None
    return not one.isdisjoint(other)
