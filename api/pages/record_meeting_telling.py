"""The screen for a whole meeting in words: what is on record, and the questions about the rest in the order of the agenda."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from api.pages import record_meeting_asking, views
from api.pages.act_asking import source_of
from api.pages.decision_facts import UNNUMBERED
from api.pages.forms import Typed, one
from api.pages.frame import address
from api.pages.record_meeting_asking import Subject
from api.pages.record_meeting_loading import Loaded, Standing, new_decision
from api.pages.record_meeting_screen import LINES, Asked, Line, Screen, Told
from api.pages.record_meeting_told import held_told, told
from api.pages.telling import Teller
from projections.decisions import query as decisions
from projections.decisions.row import AgendaItem, Decision
from projections.history.row import Step
from register.decisions.state import FINAL

MORE, MOST_LINES = 3, 60
SAID = frozenset(
    {
        "vote.held",
        "votes.recorded",
        "outcome.recorded",
        "remark.recorded",
        "position.recorded",
        "position.revised",
        "position.withdrawn",
        "minority-standpoint.recorded",
    }
)
"""The entries of a decision that a clerk wants to see before adding to them."""


def screen(loaded: Loaded, key: UUID, typed: Typed) -> Screen:
    """The screen in words; `typed` says how many lines each decision has."""
    tell, meeting = loaded.tell, loaded.meeting
    say = tell.says.say
    href = tell.frame.to(f"/vergaderingen/{meeting.id}")
    return Screen(
        id=meeting.id,
        title=say("Leg een hele vergadering vast"),
        about=views.Link(href=href, title=tell.text(tell.meeting(meeting.body, loaded.day))),
        lead=_lead(loaded),
        action=address(tell.frame.lang, tell.frame.path),
        key=str(key),
        body=meeting.body,
        day=loaded.day if loaded.held else "",
        people=loaded.who.people,
        held=() if loaded.held else record_meeting_asking.held(tell, _as_typed(loaded.day)),
        attendance=() if loaded.held else record_meeting_asking.attendance(tell, loaded.who.people),
        source=source_of(tell),
        recorded=held_told(loaded),
        decisions=tuple(_agenda(loaded, key, typed)),
    )


def _as_typed(day: str) -> str:
    """A day as a clerk would type it."""
    return "-".join(str(int(each)) for each in reversed(day.split("-"))) if "/" not in day else day


def _lead(loaded: Loaded) -> str:
    if loaded.who.parties:
        return loaded.tell.says.say("Vul alleen in wat de bron noemt.")
    return loaded.tell.says.count(
        "Het %(num)s lid staat op geen bezwaar. Dat is geen positie. Vul alleen in wie iets zei, of er niet was.",
        "Alle %(num)s leden staan op geen bezwaar. Dat is geen positie. Vul alleen in wie iets zei, of er niet was.",
        len(loaded.who.people),
    )


def _agenda(loaded: Loaded, key: UUID, typed: Typed) -> Iterator[Asked]:
    """The items in their order, each with its decisions, or with one that is not on record yet; then what stands under no item."""
    rest = {each.decision.id: each for each in loaded.standing}
    items = [each for each in loaded.meeting.items if each.withdrawn_on is None]
    for item in sorted(items, key=lambda each: (decisions.natural(each.item), each.letter or "", each.position)):
        new = new_decision(key, item)
        here = [each for each in rest.values() if (each.placed.item, each.placed.letter) == (item.item, item.letter)]
        mine = rest.pop(new, None)
        others = [rest.pop(each.decision.id) for each in here if each.decision.id != new]
        yield from (_asked(loaded, each, typed) for each in others)
        if not others:
            yield _new(loaded, item, new, mine, typed)
    yield from (_asked(loaded, each, typed) for each in rest.values())


def _number(item: str, letter: str | None) -> str | None:
    return None if item.startswith(UNNUMBERED) else f"{item}{letter or ''}"


def _lines(loaded: Loaded, subject: Subject, name: str, typed: Typed) -> tuple[Line, ...]:
    """As many lines as there were, and some more when they were asked for."""
    number = one(typed, f"{name}-regels")
    count = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else LINES  # noqa: PLR2004  # longer is no number of lines
    more = MORE if one(typed, "meer") == name else 0
    return record_meeting_asking.lines(loaded.tell, subject, name, loaded.who, min(max(count, 1) + more, MOST_LINES))


def _asked(loaded: Loaded, standing: Standing, typed: Typed) -> Asked:
    tell, decision, at = loaded.tell, standing.decision, standing.placed
    name, subject = f"b-{decision.id}", Subject(decision.proposed.kind, decision.parts)
    decided = _decided(loaded, decision, standing.steps)
    return Asked(
        id=decision.id,
        name=name,
        link=tell.decision(decision.id, decision.title),
        number=_number(at.item, at.letter),
        parties=loaded.who.parties,
        recorded=_said(standing, tell),
        title=(),
        placed=(at.item, at.letter),
        outcome=() if decided else record_meeting_asking.outcome(tell, subject, name),
        vote=() if decided else record_meeting_asking.vote(tell, name),
        lines=_lines(loaded, subject, name, typed),
        sets=tuple((part.part, part.n) for part in decision.parts),
    )


def _said(standing: Standing, tell: Teller) -> tuple[Told, ...]:
    return told(tuple(step for step in standing.steps if step.event.type in SAID), standing.decision, tell)


def _new(loaded: Loaded, item: AgendaItem, id: str, mine: Standing | None, typed: Typed) -> Asked:
    """An item without a decision; `mine` is the decision that this form put on record for it before."""
    tell, name, subject = loaded.tell, f"b-{id}", Subject("decision")
    return Asked(
        id=id,
        name=name,
        link=views.Link(
            href=tell.frame.to(f"/vergaderingen/{loaded.meeting.id}") + f"#punt-{item.position}", title=item.title
        ),
        number=_number(item.item, item.letter),
        parties=loaded.who.parties,
        recorded=_said(mine, tell) if mine is not None else (),
        title=record_meeting_asking.title(tell, item.title, name),
        placed=(item.item, item.letter),
        outcome=record_meeting_asking.outcome(tell, subject, name),
        vote=record_meeting_asking.vote(tell, name),
        lines=_lines(loaded, subject, name, typed),
        sets=(),
    )


def _decided(loaded: Loaded, decision: Decision, steps: tuple[Step, ...]) -> bool:
    """Whether there is nothing to ask of the outcome: it is on record by another form, or each member decides for itself."""
    if decision.proposed.decided_by.each is not None:
        return True
    causes = {step.event.seq: step.event.cause for step in steps}
    return any(
        (each.verb in FINAL or each.on == loaded.day) and causes.get(each.seq) not in loaded.mine
        for each in decision.outcomes
        if not each.parts
    )
