"""What may happen to the question itself: put, linked, placed, divided into parts, confirmed, struck."""

from __future__ import annotations

from collections.abc import Iterator

from register.decisions import facts as f
from register.decisions import refusals as no
from register.decisions.standing_refusals import VersionNeedsPart
from register.decisions.state import Decision
from register.decisions.voices import known_decision, known_entry
from register.dossiers.refusals import DossierStruck, UnknownStep
from register.dossiers.state import Dossier
from register.history import Recorded
from register.meetings.refusals import MeetingStruck
from register.meetings.state import Meeting
from register.refusals import Refusal, UnknownBody
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
        yield from _open_dossier(fact.dossier, world)
    yield from linked(fact.links or (), stream, world)


def _open_dossier(dossier: str, world: World) -> Iterator[Refusal]:
    """A dossier may be closed by then: what was decided in it stays to be told."""
    known = world.at(dossier)
    if not isinstance(known, Dossier) or not known.opened:
        yield no.UnknownDossier(field="dossier", what=dossier)
    elif known.struck:
        yield DossierStruck(field="dossier", what=dossier)


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
    if isinstance(target, Dossier):
        if link.n is not None and link.n not in target.steps:
            yield UnknownStep(field=f"links.{index}.n", what=str(link.n))
        if link.part is not None:
            yield no.UnknownPart(field=f"links.{index}.part", what=link.part)
        return
    if link.n is not None and link.part is None:
        yield VersionNeedsPart(field=f"links.{index}.n")
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
    elif meeting.struck:
        yield MeetingStruck(field="meeting", what=fact.meeting)
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


def confirmed(fact: f.DecisionConfirmed, state: Decision, world: World) -> Iterator[Refusal]:
    """Another account than the one that recorded says that entries are as in the evidence."""
    yield from known_entry(fact.up_to, "upTo", state)
    awaiting = [entry for entry in state.history[state.confirmed : fact.up_to] if needs_confirmation(entry, world)]
    if not awaiting:
        yield no.NothingToConfirm(field="upTo", what=str(fact.up_to))
    for entry in awaiting:
        own = world.accounts.get(entry.cause, world.actor.account)  # a cause that is not told may be one's own
        if world.actor.account is None or own == world.actor.account:
            yield no.OwnEntry(field="upTo", what=str(entry.seq))
            return


def needs_confirmation(entry: Recorded, world: World) -> bool:
    """Tell whether an entry waits for a second pair of eyes: a clerk's and an import's do, a member's own statement does not."""
    mandate = world.governance.mandates.get(entry.by)
    written = entry.by == "import" or (mandate is not None and mandate.role == "clerk")
    return written and not isinstance(entry.fact, f.DecisionConfirmed)


def struck(fact: f.DecisionStruck, stream: str, world: World) -> Iterator[Refusal]:
    """A duplicate names the decision that stays."""
    if fact.because == "duplicate" and fact.see is None:
        yield no.DuplicateNeedsSee(field="see")
    if fact.see == stream:
        yield no.LinksToItself(field="see")
    elif fact.see is not None:
        yield from known_decision(fact.see, "see", world)
