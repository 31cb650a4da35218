"""What may be said of how others were heard, and of what was promised: invitations, views, answers, advice, polls, undertakings."""

from __future__ import annotations

from collections.abc import Iterator

from register.days import day_of
from register.decisions import consultation as c
from register.decisions import consultation_refusals as no
from register.decisions.refusals import NamedTwice, UnknownPart
from register.decisions.state import Decision, View
from register.decisions.voices import voice_holds
from register.governance.state import Governance
from register.refusals import PeriodRunsBack, Refusal, UnknownBody, UnknownParty
from register.values import Voice, When, first_day, last_day
from register.world import World


def may(fact: c.ConsultationFact, state: Decision, world: World) -> Iterator[Refusal]:  # noqa: C901, PLR0912  # one arm a fact; mypy reports a forgotten one
    """Every rule that a fact breaks; its days were looked at before."""
    match fact:
        case c.ViewsInvited(parties=parties):
            yield from _known(parties, "parties", world)
        case c.ViewReceived():
            yield from _view_received(fact, state, world)
        case c.ViewDeclined():
            yield from _view_declined(fact, state, world)
        case c.ViewMissed():
            yield from _view_missed(fact, state, world)
        case c.ViewAnswered():
            yield from _view_answered(fact, state, world)
        case c.ReplyNotePublished(by=by):
            yield from _body(by, "by", world)
        case c.AdviceRequested(body=body, until=until):
            yield from _body(body, "body", world)
            yield from _not_over_before(fact.on, until, "until")
        case c.AdviceGiven():
            yield from _advice_given(fact, state, world)
        case c.AdviceAnswered():
            yield from _advice_answered(fact, state, world)
        case c.PollHeld():
            yield from _poll_held(fact, world)
        case c.ResolutionGiven(voice=voice, to=to):
            yield from voice_holds(voice, world)
            yield from _known(to or (), "to", world)
        case c.UndertakingGiven(voice=voice, to=to, due=due):
            yield from voice_holds(voice, world)
            yield from _party(to, "to", world)
            yield from _not_over_before(fact.on, due, "due")
        case c.UndertakingProgressed() | c.UndertakingClosed():
            yield from _on_undertaking(fact, state, world)


def codes_of(voice: Voice, governance: Governance) -> frozenset[str]:
    """Under which codes a voice may have been invited: its members and parties, and the council or executive of each member that spoke."""
    members = frozenset(voice.members or ()) - frozenset(voice.dissent or ())
    own = {code for code, body in governance.bodies.items() if body.of in members and body.layer == voice.layer}
    return members | frozenset(voice.parties or ()) | own


def _view_received(fact: c.ViewReceived, state: Decision, world: World) -> Iterator[Refusal]:
    yield from voice_holds(fact.voice, world)
    numbers = [item.item for item in fact.items or ()]
    for index, item in enumerate(fact.items or ()):
        if item.item in numbers[:index]:
            yield no.ItemTwice(field=f"items.{index}.item", what=str(item.item))
        if item.part is not None and item.part not in state.parts:
            yield UnknownPart(field=f"items.{index}.part", what=item.part)
    if fact.adds_to is None:
        return
    joint = state.views.get(fact.adds_to)
    if joint is None:
        yield no.UnknownView(field="addsTo", what=str(fact.adds_to))
    elif joint.members:
        for code in fact.voice.members or ():
            if code not in joint.members:
                yield no.NotTheirView(field="addsTo", what=code)


def _view_declined(fact: c.ViewDeclined, state: Decision, world: World) -> Iterator[Refusal]:
    invited = state.invited(fact.party, day_of(fact, world.today))
    if invited is None:
        yield no.NotInvited(field="party", what=fact.party)
    elif (fact.party, invited) in state.declined:
        yield no.DeclinedBefore(field="party", what=fact.party)


def _view_missed(fact: c.ViewMissed, state: Decision, world: World) -> Iterator[Refusal]:
    invitation = state.invitations.get(fact.invitation)
    if invitation is None:
        yield no.UnknownInvitation(field="invitation", what=str(fact.invitation))
        return
    if fact.party not in invitation.parties:
        yield no.NotInvited(field="party", what=fact.party)
    if (fact.party, fact.invitation) in state.missed:
        yield no.MissedBefore(field="party", what=fact.party)
    if invitation.until is not None and last_day(invitation.until) >= world.today:
        yield no.TermStillRuns(field="invitation", what=fact.party)
    received = (
        view
        for view in state.views.values()
        if fact.party in codes_of(view.voice, world.governance)
        and state.invited(fact.party, view.since) == fact.invitation
    )
    if any(invitation.until is None or view.since <= last_day(invitation.until) for view in received):
        yield no.ViewWasReceived(field="party", what=fact.party)


def _view_answered(fact: c.ViewAnswered, state: Decision, world: World) -> Iterator[Refusal]:
    yield from _body(fact.by, "by", world)
    yield from _reasoned(fact)
    if fact.landed is not None and not state.has_version(fact.landed.part, fact.landed.n):
        yield UnknownPart(field="landed.part", what=fact.landed.part)
    view = state.views.get(fact.view)
    if view is None:
        yield no.UnknownView(field="view", what=str(fact.view))
        return
    if fact.item is not None and fact.item not in view.items and fact.gist is None:
        yield no.ItemNeedsGist(field="item", what=str(fact.item))
    if (fact.view, fact.item, fact.by) in state.answers:
        yield no.ItemAnswered(field="view" if fact.item is None else "item", what=str(fact.item or fact.view))
    yield from _not_before(fact, view, world)


def _not_before(fact: c.ViewAnswered | c.AdviceAnswered, view: View, world: World) -> Iterator[Refusal]:
    if fact.on is not None and day_of(fact, world.today) < view.first:
        yield no.BeforeTheView(field="on", what=fact.on)


def _advice_given(fact: c.AdviceGiven, state: Decision, world: World) -> Iterator[Refusal]:
    yield from voice_holds(fact.voice, world)
    if fact.request is None:
        return
    asked = state.requests.get(fact.request)
    if asked is None:
        yield no.UnknownRequest(field="request", what=str(fact.request))
    elif asked not in {fact.voice.body, *(fact.voice.parties or ())}:
        yield no.AdviceOfAnother(field="request", what=asked)


def _advice_answered(fact: c.AdviceAnswered, state: Decision, world: World) -> Iterator[Refusal]:
    yield from _body(fact.by, "by", world)
    yield from _reasoned(fact)
    advice = state.advice.get(fact.advice)
    if advice is None:
        yield no.UnknownAdvice(field="advice", what=str(fact.advice))
        return
    if (fact.advice, None, fact.by) in state.answers:
        yield no.ItemAnswered(field="advice", what=str(fact.advice))
    yield from _not_before(fact, advice, world)


def _reasoned(fact: c.ViewAnswered | c.AdviceAnswered) -> Iterator[Refusal]:
    if (fact.reason is None) == (fact.reason_missing is None):
        yield no.AnswerNeedsReason(field="reason")


def _poll_held(fact: c.PollHeld, world: World) -> Iterator[Refusal]:
    yield from _party(fact.among, "among", world)
    numbers = [option.option for option in fact.options or ()]
    for index, number in enumerate(numbers):
        if number in numbers[:index]:
            yield NamedTwice(field=f"options.{index}.option", what=str(number))
    if fact.asked is not None and fact.answered is not None and fact.answered > fact.asked:
        yield no.MoreAnswersThanAsked(field="answered", what=str(fact.asked))


def _on_undertaking(
    fact: c.UndertakingProgressed | c.UndertakingClosed, state: Decision, world: World
) -> Iterator[Refusal]:
    undertaking = state.undertakings.get(fact.undertaking)
    if undertaking is None:
        yield no.UnknownUndertaking(field="undertaking", what=str(fact.undertaking))
        return
    if undertaking.closed:
        yield no.UndertakingWasClosed(field="undertaking", what=str(fact.undertaking))
    if fact.on is not None and day_of(fact, world.today) < undertaking.since:
        yield no.BeforeTheUndertaking(field="on", what=fact.on)


def _not_over_before(on: When | None, until: When | None, field: str) -> Iterator[Refusal]:
    """A term ends no earlier than the first day on which it can have been set."""
    if on is not None and until is not None and last_day(until) < first_day(on):
        yield PeriodRunsBack(field=field, what=until)


def _known(codes: tuple[str, ...], field: str, world: World) -> Iterator[Refusal]:
    for index, code in enumerate(codes):
        yield from _party(code, f"{field}.{index}", world)
        if code in codes[:index]:
            yield NamedTwice(field=f"{field}.{index}", what=code)


def _party(code: str | None, field: str, world: World) -> Iterator[Refusal]:
    if code is not None and not world.governance.knows(code) and code not in world.governance.bodies:
        yield UnknownParty(field=field, what=code)


def _body(code: str | None, field: str, world: World) -> Iterator[Refusal]:
    if code is not None and code not in world.governance.bodies:
        yield UnknownBody(field=field, what=code)
