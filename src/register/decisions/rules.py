"""What may happen to a decision: its links, parts, lists, ballots and outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from register.decisions import facts as f
from register.decisions import refusals as no
from register.decisions.state import FINAL, Decision, decided_in
from register.meetings.state import Meeting
from register.refusals import (
    MemberNotInForce,
    Refusal,
    UnknownBody,
    UnknownEntry,
    UnknownMember,
    UnknownParty,
    UnknownSubregion,
)
from register.values import Voice
from register.world import World


def proposed(fact: f.DecisionProposed, stream: str, state: Decision, world: World) -> Iterator[Refusal]:
    """A question is put once, to one body or to each, and refers to what exists."""
    if state.proposed is not None:
        yield no.AlreadyProposed()
    body = fact.decided_by.body
    if (body is None) == (fact.decided_by.each is None):
        yield no.DecidedByOne(field="decidedBy")
    if body is not None and body not in world.governance.bodies:
        yield UnknownBody(field="decidedBy.body", what=body)
    if fact.dossier is not None:
        yield no.UnknownDossier(field="dossier", what=fact.dossier)
    yield from linked(fact.links or (), stream, world)


def linked(links: tuple[f.Link, ...], stream: str, world: World) -> Iterator[Refusal]:
    """A link goes to exactly one place, and inside this register that place exists."""
    for index, link in enumerate(links):
        if (link.to is None) == (link.at is None):
            yield no.LinkNeedsTarget(field=f"links.{index}")
        elif link.to is not None and link.to.partition(".")[0] == stream:
            yield no.LinksToItself(field=f"links.{index}.to")
        elif link.to is not None:
            yield from _link_target(link, link.to, index, world)


def _link_target(link: f.Link, to: str, index: int, world: World) -> Iterator[Refusal]:
    target = world.at(to)
    if not isinstance(target, (Decision, Meeting)):
        yield no.UnknownDecision(field=f"links.{index}.to", what=to)
    elif link.part is not None and not (isinstance(target, Decision) and target.has_part(link.part, link.n)):
        yield no.UnknownPart(field=f"links.{index}.part", what=link.part)


def themed(fact: f.DecisionThemed, state: Decision, world: World) -> Iterator[Refusal]:
    """A theme was named, and is given once."""
    if fact.theme not in world.governance.themes:
        yield no.UnknownTheme(field="theme", what=fact.theme)
    if fact.theme in state.themes:
        yield no.AlreadyThemed(field="theme", what=fact.theme)


def placed(fact: f.DecisionPlaced, state: Decision, world: World) -> Iterator[Refusal]:
    """A decision is placed once under an item that stands on the agenda of a meeting."""
    meeting = world.at(fact.meeting)
    if not isinstance(meeting, Meeting):
        yield no.UnknownMeeting(field="meeting", what=fact.meeting)
    elif (fact.item, fact.letter) not in meeting.items and (fact.item, None) not in meeting.items:
        yield no.NotOnTheAgenda(field="item", what=fact.item + (fact.letter or ""))
    if (fact.meeting, fact.item, fact.letter) in state.places:
        yield no.AlreadyPlaced(field="item")


def part_added(fact: f.PartAdded, state: Decision, world: World) -> Iterator[Refusal]:
    """A part enters once; where it continues another one, that one exists in that version."""
    if fact.part in state.parts:
        yield no.PartTaken(field="part", what=fact.part)
    for index, origin in enumerate(fact.continues or ()):
        earlier = world.at(origin.decision)
        if not isinstance(earlier, Decision):
            yield no.UnknownDecision(field=f"continues.{index}.decision", what=origin.decision)
        elif not earlier.has_version(origin.part, origin.n):
            yield no.UnknownPart(field=f"continues.{index}.part", what=origin.part)


def part_amended(fact: f.PartAmended, state: Decision) -> Iterator[Refusal]:
    """A part goes to its next version, with something new."""
    if fact.part not in state.parts:
        yield no.UnknownPart(field="part", what=fact.part)
    elif fact.n != (following := state.parts[fact.part][1] + 1):
        yield no.NotTheNextVersion(field="n", what=str(following))
    if fact.title is None and fact.text is None:
        yield no.NothingAmended()


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


def known_parts(parts: tuple[str, ...] | None, field: str, state: Decision) -> Iterator[Refusal]:
    """Every part that is named exists in this decision."""
    for index, part in enumerate(parts or ()):
        if part not in state.parts:
            yield no.UnknownPart(field=f"{field}.{index}", what=part)


def votes_recorded(fact: f.VotesRecorded, state: Decision, world: World) -> Iterator[Refusal]:
    """Names belong to a ballot that has names; each voter was asked, and votes once."""
    ballot = state.ballots.get(fact.ballot)
    if ballot is None:
        yield no.UnknownBallot(field="ballot", what=str(fact.ballot))
    elif not ballot.named:
        yield no.BallotHasNoNames(field="votes")
    listed = voters(state, world, ballot.day if ballot else world.today)
    voted = set(ballot.voted) if ballot else set()
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
    """Who was asked: the list that was written, else who has a seat that day; None when the list is only a number."""
    if "voters" in state.lists:
        return state.lists["voters"]
    decided_by = state.proposed.decided_by if state.proposed else f.DecidedBy()
    if decided_by.body is not None and decided_by.body in world.governance.bodies:
        return frozenset(world.governance.voters_of(decided_by.body, day))
    if decided_by.each == "party":
        return frozenset(world.governance.parties) | frozenset(world.governance.members_on(day))
    return frozenset(world.governance.members_on(day))


def outcome_recorded(fact: f.OutcomeRecorded, state: Decision, world: World) -> Iterator[Refusal]:
    """An outcome is stated by who decides, once; the course it sets exists."""
    each = state.proposed is not None and state.proposed.decided_by.each is not None
    if each and (fact.decides is None) == (fact.count is None):
        yield no.OutcomeNeedsMember(field="decides")
    if not each and (fact.decides is not None or fact.count is not None):
        yield no.DecidedByBody(field="decides" if fact.decides is not None else "count")
    if fact.decides is not None and not world.governance.knows(fact.decides):
        yield UnknownParty(field="decides", what=fact.decides)
    if fact.ballot is not None and fact.ballot not in state.ballots:
        yield no.UnknownBallot(field="ballot", what=str(fact.ballot))
    yield from known_parts(fact.parts, "parts", state)
    former = state.outcomes.get(decided_in(fact))
    if former in FINAL and not (fact.verb == "repealed" and former != "repealed"):
        yield no.OutcomeStands(field="verb", what=former or "")
    if fact.sets is not None and fact.verb not in f.SETS_THE_COURSE:
        yield no.CourseNeedsVerb(field="sets")
    for index, part in enumerate(fact.sets or ()):
        if not state.has_version(part.part, part.n):
            yield no.UnknownPart(field=f"sets.{index}.part", what=part.part)


def known_entry(seq: int | None, field: str, state: Decision) -> Iterator[Refusal]:
    """An entry that is spoken of exists in this stream."""
    if seq is not None and state.entry(seq) is None:
        yield UnknownEntry(field=field, what=str(seq))


def confirmed(fact: f.DecisionConfirmed, state: Decision, world: World) -> Iterator[Refusal]:
    """Another account than the one that recorded says that entries are as in the evidence."""
    yield from known_entry(fact.up_to, "upTo", state)
    awaiting = [entry for entry in state.history[state.confirmed : fact.up_to] if needs_confirmation(entry.by, world)]
    if not awaiting:
        yield no.NothingToConfirm(field="upTo", what=str(fact.up_to))
    for entry in awaiting:
        own = world.accounts.get(entry.cause, world.actor.account)  # a cause that is not told may be one's own
        if world.actor.account is not None and own == world.actor.account:
            yield no.OwnEntry(field="upTo", what=str(entry.seq))
            return


def needs_confirmation(by: str, world: World) -> bool:
    """Tell whether an entry waits for a second pair of eyes: a clerk's and an import's do, a member's own statement does not."""
    mandate = world.governance.mandates.get(by)
    return by == "import" or (mandate is not None and mandate.role == "clerk")


def struck(fact: f.DecisionStruck, stream: str, world: World) -> Iterator[Refusal]:
    """A duplicate names the decision that stays."""
    if fact.because == "duplicate" and fact.see is None:
        yield no.DuplicateNeedsSee(field="see")
    if fact.see == stream:
        yield no.LinksToItself(field="see")
    elif fact.see is not None and not isinstance(world.at(fact.see), Decision):
        yield no.UnknownDecision(field="see", what=fact.see)


def voice_holds(voice: Voice, world: World, *, named: bool = False) -> Iterator[Refusal]:  # noqa: C901  # one line a rule
    """A voice names who it must, and only whom the register knows; `named` when the fact itself names the member."""
    governance = world.governance
    members, parties = voice.members or (), voice.parties or ()
    if voice.as_ == "outside" and members:
        yield no.OutsideHasNoSeat(field="voice.members")
    if voice.as_ == "vanuit" and len(members) > 1:
        yield no.VanuitSpeaksForOne(field="voice.members")
    anybody = bool(members or parties or named) or (
        voice.as_ in {"joint", "namens"} and bool(voice.subregion or voice.body)
    )
    if not anybody:
        yield no.VoiceNeedsName(field="voice")
    for place, codes in (("members", members), ("dissent", voice.dissent or ())):
        for index, code in enumerate(codes):
            if code not in governance.members:
                yield UnknownMember(field=f"voice.{place}.{index}", what=code)
            if code in codes[:index]:
                yield no.NamedTwice(field=f"voice.{place}.{index}", what=code)
    for index, code in enumerate(parties):
        if not governance.knows(code) and code not in governance.bodies:
            yield UnknownParty(field=f"voice.parties.{index}", what=code)
    if voice.subregion is not None and voice.subregion not in governance.subregions:
        yield UnknownSubregion(field="voice.subregion", what=voice.subregion)
    if voice.body is not None and voice.body not in governance.bodies:
        yield UnknownBody(field="voice.body", what=voice.body)


def counted(codes: tuple[str, ...], field: str, state: Decision, world: World, day: date) -> Iterator[Refusal]:
    """Only who is on the list of those for whom the course is meant is counted; without a list, who is a member that day."""
    listed = state.lists.get("course-for")
    for code in codes:
        if code not in world.governance.members:
            continue  # named as unknown elsewhere
        if listed is not None and code not in listed:
            yield no.NotOnTheList(field=field, what=code)
        elif listed is None and not world.governance.is_member(code, day):
            yield MemberNotInForce(field=field, what=code)
