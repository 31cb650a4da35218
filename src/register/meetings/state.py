"""What the rules remember of a meeting."""

from __future__ import annotations

import msgspec

from register.history import CORRECTIONS, Recorded, effective
from register.meetings import facts as f


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting: of which body, whether it was held or cancelled, and what stands on its agenda."""

    body: str | None = None
    held: bool = False
    cancelled: bool = False
    struck: bool = False
    items: frozenset[tuple[str, str | None]] = frozenset()
    history: tuple[Recorded, ...] = ()


def evolve(state: Meeting, entry: Recorded) -> Meeting:
    """The state after one more entry; a correction folds the whole history anew."""
    history = (*state.history, entry)
    if entry.fact.TYPE in CORRECTIONS:
        state = Meeting()
        for held in effective(history):
            state = _after(state, held)
    else:
        state = _after(state, entry)
    return msgspec.structs.replace(state, history=history)


def _after(state: Meeting, entry: Recorded) -> Meeting:  # noqa: PLR0911  # one arm a fact
    change = msgspec.structs.replace
    match entry.fact:
        case f.MeetingPlanned(body=body):
            return change(state, body=body)
        case f.MeetingHeld():
            return change(state, held=True)
        case f.MeetingCancelled():
            return change(state, cancelled=True)
        case f.MeetingStruck():
            return change(state, struck=True)
        case f.AgendaItemPlaced(item=item, letter=letter):
            return change(state, items=state.items | {(item, letter)})
        case f.AgendaItemWithdrawn(item=item, letter=letter):
            return change(state, items=state.items - {(item, letter)})
        case _:
            return state  # a new day and a paper change no rule
