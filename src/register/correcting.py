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
from register.sealing import seals_in

NEVER_CORRECTED = CORRECTIONS | {
    "decision.confirmed", "decision.struck", "meeting.struck", "dossier.struck",
    "vocabulary.published", "disclosure.withdrawn", "register.closed",
}  # fmt: skip

Judged = Iterable[tuple[int, tuple[Refusal, ...]]]
"""The entries of a history by their numbers, in order, each with every rule that it breaks there."""

Judge = Callable[[tuple[Recorded, ...]], Judged]
"""Judges a history from its beginning, no further than it is asked."""


def correction(
    seq: int, instead: Instead | None, history: tuple[Recorded, ...], made: Recorded, judge: Judge
) -> Iterator[Refusal]:
    """Every reason why entry `seq` cannot be corrected to `instead`; `made` is the correction as it would be recorded.

    A rule that the same entry breaks already, because governance was corrected since, does not stand in the way of mending something else.
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
    if _same(new, _standing(now, seq)):
        yield NothingChanged(field="instead")
        return
    before = {(at, refusal) for at, refusals in judge(now) for refusal in refusals}
    yield from _newly_broken(seq, instead, before, judge(effective((*history, made))))


def _newly_broken(
    seq: int, instead: Instead | None, before: set[tuple[int, Refusal]], after: Judged
) -> Iterator[Refusal]:
    """What the corrected entry itself breaks, all of it; else the first later entry that would not stand any more.

    `after` is read no further than that: a history cannot be followed beyond an entry that it does not bear.
    """
    for at, refusals in after:
        broken = tuple(refusal for refusal in refusals if (at, refusal) not in before)
        if at == seq:
            yield from (
                msgspec.structs.replace(each, field=f"instead.data.{each.field}".rstrip(".")) for each in broken
            )
        elif broken:
            yield BreaksHistory(field="instead" if instead else "corrects", what=str(at), broken=broken[0])
        if broken:
            return


def _same(new: Fact | None, standing: Fact | None) -> bool:
    """Tell whether a correction changes nothing. A fact with a text may have another text, which no rule can see."""
    return new == standing and (new is None or next(seals_in(new), None) is None)


def _standing(held: tuple[Recorded, ...], seq: int) -> Fact | None:
    """What entry `seq` says now; None when it was annulled."""
    return next((entry.fact for entry in held if entry.seq == seq), None)
