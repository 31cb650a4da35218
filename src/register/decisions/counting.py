"""Who is counted: lists, ballots with their names, and outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from register.days import span_of
from register.decisions import facts as f
from register.decisions import refusals as no
from register.decisions.state import FINAL, REPEALABLE, Decision, decided_in
from register.decisions.voices import known_parts
from register.fact import Fact
from register.history import replaced_by
from register.refusals import MemberNotInForce, Refusal, UnknownMember, UnknownParty
from register.world import World


def parties_listed(fact: f.PartiesListed, state: Decision, world: World) -> Iterator[Refusal]:
    """A list is written once, by names or by number."""
    if fact.list in state.lists:
        yield no.ListWritten(field="list", what=fact.list)
    named = len(fact.members or ())
    if (fact.count is None and not named) or (fact.count is not None and fact.count < named):
        yield no.MembersOrCount(field="members")
    seen: set[str] = set()
    for index, code in enumerate(fact.members or ()):
        if not world.governance.knows(code) and code not in world.governance.bodies:
            yield UnknownParty(field=f"members.{index}", what=code)
        if code in seen:
            yield no.NamedTwice(field=f"members.{index}", what=code)
        seen.add(code)


def list_stays(fact: f.DecisionCorrected, state: Decision) -> Iterator[Refusal]:
    """A list on which somebody is counted is corrected, and stays the list that it is."""
    entry = state.entry(fact.corrects)
    if entry is None or not isinstance(entry.fact, f.PartiesListed):
        return
    name = entry.fact.list
    instead = replaced_by(fact)
    stays = isinstance(instead, f.PartiesListed) and instead.list == name
    standing = any(position.member for position in state.positions.values()) or any(
        standpoint.holders for standpoint in state.standpoints.values()
    )
    counted_on = {"course-for": standing, "voters": any(ballot.voted for ballot in state.ballots.values())}
    if not stays and counted_on.get(name, False):
        yield no.ListIsCountedOn(field="corrects", what=name)


def counted(codes: tuple[str, ...], field: str, fact: Fact, state: Decision, world: World) -> Iterator[Refusal]:
    """Only who is on the list of those for whom the course is meant is counted; without a list, who is a member that day.

    Where the day is known, nobody is counted who had left before it: a list may be older than what is said.
    """
    listed = state.lists.get("course-for")
    span = span_of(fact, world.today)
    for code in codes:
        if code not in world.governance.members:
            continue  # named as unknown elsewhere
        if listed is not None and code not in listed:
            yield no.NotOnTheList(field=field, what=code)
            continue
        dated = getattr(fact, "on", None) is not None
        never = listed is None and world.governance.day_as_member(code, *span) is None
        if never or (dated and world.governance.has_left(code, span[0])):
            yield MemberNotInForce(field=field, what=code)


def vote_held(fact: f.VoteHeld, state: Decision) -> Iterator[Refusal]:
    """A ballot has its own number; a secret one, or one on persons, has no names."""
    if fact.ballot in state.ballots:
        yield no.BallotTaken(field="ballot", what=str(fact.ballot))
    on_persons = state.proposed is not None and state.proposed.kind == "appointment"
    if (fact.how == "secret" or on_persons) and fact.names in {"all", "some"}:
        yield no.BallotHasNoNames(field="names")
    yield from known_parts(fact.parts, "parts", state)
    numbers = [option.option for option in fact.options or ()]
    for index, number in enumerate(numbers):
        if number in numbers[:index]:
            yield no.NamedTwice(field=f"options.{index}.option", what=str(number))


def votes_recorded(fact: f.VotesRecorded, state: Decision, world: World) -> Iterator[Refusal]:
    """Names belong to a ballot that has names; each voter was asked, and votes once."""
    ballot = state.ballots.get(fact.ballot)
    if ballot is None:
        yield no.UnknownBallot(field="ballot", what=str(fact.ballot))
    elif not ballot.named:
        yield no.BallotHasNoNames(field="votes")
    listed = voters(state, world, ballot.day if ballot else world.today)
    voted: set[str] = set(ballot.voted) if ballot else set()
    for index, vote in enumerate(fact.votes):
        field = f"votes.{index}.voter"
        if not world.governance.knows(vote.voter):
            yield UnknownParty(field=field, what=vote.voter)
        elif listed is not None and vote.voter not in listed:
            yield no.NotOnTheList(field=field, what=vote.voter)
        if vote.voter in voted:
            yield no.VoterTwice(field=field, what=vote.voter)
        voted.add(vote.voter)
        if vote.split is not None and vote.choice != "divided":
            yield no.SplitNeedsDivided(field=f"votes.{index}.split")
        if vote.option is not None and (ballot is None or vote.option not in ballot.options):
            yield no.UnknownOption(field=f"votes.{index}.option", what=str(vote.option))


def voters(state: Decision, world: World, day: date) -> frozenset[str] | None:
    """Who was asked: the list that was written, else who has a seat that day; None when the list is no more than a number."""
    if "voters" in state.lists:
        return state.lists["voters"]
    decided_by = state.proposed.decided_by if state.proposed else f.DecidedBy()
    if decided_by.body is not None and decided_by.body in world.governance.bodies:
        return frozenset(world.governance.voters_of(decided_by.body, day))
    if decided_by.each == "party":
        return frozenset()  # which parties were asked is for the source to say: their list is written first
    return frozenset(world.governance.members_on(day))


def outcome_recorded(fact: f.OutcomeRecorded, state: Decision, world: World) -> Iterator[Refusal]:
    """An outcome is stated by who decides, once; the course it sets exists."""
    each = state.proposed is not None and state.proposed.decided_by.each is not None
    if each and (fact.decides is None) == (fact.count is None):
        yield no.OutcomeNeedsMember(field="decides")
    if not each and (fact.decides is not None or fact.count is not None):
        yield no.DecidedByBody(field="decides" if fact.decides is not None else "count")
    if fact.decides is not None:
        yield from _decides(fact.decides, fact, state, world)
    if fact.ballot is not None and fact.ballot not in state.ballots:
        yield no.UnknownBallot(field="ballot", what=str(fact.ballot))
    yield from known_parts(fact.parts, "parts", state)
    former = state.outcomes.get(decided_in(fact))
    if former in FINAL and not (fact.verb == "repealed" and former in REPEALABLE):
        yield no.OutcomeStands(field="verb")
    if fact.sets is not None and fact.verb not in f.SETS_THE_COURSE:
        yield no.CourseNeedsVerb(field="sets")
    for index, part in enumerate(fact.sets or ()):
        if not state.has_version(part.part, part.n):
            yield no.UnknownPart(field=f"sets.{index}.part", what=part.part)
        if part.part in [other.part for other in (fact.sets or ())[:index]]:
            yield no.NamedTwice(field=f"sets.{index}.part", what=part.part)


def _decides(code: str, fact: f.OutcomeRecorded, state: Decision, world: World) -> Iterator[Refusal]:
    """Where each member decides only a member does, and it is counted; where each party decides, one of those listed."""
    if state.decided_by_each_member:
        if code not in world.governance.members:
            yield UnknownMember(field="decides", what=code)
        yield from counted((code,), "decides", fact, state, world)
    elif not world.governance.knows(code):
        yield UnknownParty(field="decides", what=code)
    else:
        listed = state.lists.get("signatories") or state.lists.get("voters")
        if listed is not None and code not in listed:
            yield no.NotOnTheList(field="decides", what=code)
