"""The one rule for corrections in every kind of stream: the history with the entry replaced must have been acceptable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from register.fact import Fact, Instead
from register.history import CORRECTIONS, Recorded, effective, replacement
from register.refusals import (
    BreaksHistory,
    CorrectsACorrection,
    FirstEntryStays,
    InsteadOfAnotherType,
    NotAPayload,
    NothingChanged,
    Refusal,
    UnknownEntry,
)

NEVER_CORRECTED = CORRECTIONS | {"decision.confirmed", "decision.struck"}

Judge = Callable[[tuple[Recorded, ...]], Iterable[Refusal]]
"""Judges a history from its beginning and yields every refusal in it."""


def correction(
    seq: int, instead: Instead | None, history: tuple[Recorded, ...], made: Recorded, judge: Judge
) -> Iterator[Refusal]:
    """Every reason why entry `seq` cannot be corrected to `instead`; `made` is the correction as it would be recorded.

    A rule that the history breaks already, because governance was corrected since, does not stand in the way of mending something else.
    """
    if not 1 <= seq <= len(history):
        yield UnknownEntry(field="corrects", what=str(seq))
        return
    entry = history[seq - 1]
    if entry.fact.TYPE in NEVER_CORRECTED:
        yield CorrectsACorrection(field="corrects", what=str(seq))
        return
    if instead is None and seq == 1:
        yield FirstEntryStays(field="instead")
        return
    if instead is not None and instead.type != entry.fact.TYPE:
        yield InsteadOfAnotherType(field="instead.type", what=entry.fact.TYPE)
        return
    try:
        new = replacement(instead) if instead is not None else None
    except (KeyError, msgspec.ValidationError):
        yield NotAPayload(field="instead.data", what=entry.fact.TYPE)
        return
    now = effective(history)
    if new == _standing(now, seq):
        yield NothingChanged(field="instead")
        return
    before = set(judge(now))
    broken = next((refusal for refusal in judge(effective((*history, made))) if refusal not in before), None)
    if broken is not None:
        yield BreaksHistory(field="instead" if instead else "corrects", broken=broken)


def _standing(held: tuple[Recorded, ...], seq: int) -> Fact | None:
    """What entry `seq` says now; None when it was annulled."""
    return next((entry.fact for entry in held if entry.seq == seq), None)
