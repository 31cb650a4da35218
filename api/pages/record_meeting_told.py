"""What is on record of a meeting, entry by entry, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from api.pages import happened
from api.pages.record_meeting_loading import Loaded
from api.pages.record_meeting_screen import Told
from api.pages.telling import Teller
from projections.decisions.row import Decision
from projections.history.row import Step
from projections.row import Text


def held_told(loaded: Loaded) -> tuple[Told, ...]:
    """That the meeting was held, as it is on record."""
    held, say = loaded.meeting.held, loaded.tell.says.say
    if held is None:
        return ()
    said = [say("Gehouden op %(day)s.", day=loaded.tell.day(held.on or loaded.meeting.planned_on))]
    if held.present or held.absent:
        absent = [loaded.tell.name(each.member) for each in held.absent]
        count = loaded.tell.says.count
        said.append(count("%(num)s lid aanwezig.", "%(num)s leden aanwezig.", len(held.present)))
        said.append(say("Afwezig: %(names)s.", names=loaded.tell.says.join(absent)) if absent else "")
    else:
        said.append(say("Wie er was, is niet vastgelegd."))
    return (
        Told(
            sentence=" ".join(each for each in said if each),
            entry=held.position,
            sources=loaded.tell.sources(held.evidence),
        ),
    )


def told(steps: tuple[Step, ...], decision: Decision, tell: Teller) -> tuple[Told, ...]:
    """Entries of a decision in words."""
    return tuple(
        Told(
            sentence=happened.sentence(step.event.type, step.event.data, tell, decision.proposed.kind),
            entry=step.event.position,
            unconfirmed=step.event.seq in decision.unconfirmed,
            text=_text(step.event.data),
            sources=tell.sources(step.event.evidence),
        )
        for step in steps
    )


def _text(data: Mapping[str, Any]) -> Text | None:
    """The words of an entry: its reason, its text or its title."""
    found = next((data[name] for name in ("reason", "text", "title") if isinstance(data.get(name), Mapping)), None)
    return msgspec.convert(found, Text) if found is not None else None
