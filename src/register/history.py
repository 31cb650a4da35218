"""The history of one stream as the rules remember it, and how a correction replaces an entry in its place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from register.fact import Fact, Instead
from register.vocabulary import fact_type

CORRECTIONS = frozenset(
    {"register.corrected", "governance.corrected", "meeting.corrected", "dossier.corrected", "decision.corrected"}
)


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """A fact as it was recorded: its number in the stream, by which mandate, for whom, from which command, on which civil day."""

    seq: int
    fact: Fact
    by: str
    for_: str
    cause: str
    day: date


def replacement(instead: Instead) -> Fact:
    """The fact that an `instead` says; raises msgspec.ValidationError or KeyError when it says none."""
    fact = fact_type(instead.type, instead.v)
    if fact is None:
        raise KeyError(instead.type)
    return msgspec.convert(instead.data, fact)


def replaced_by(fact: Fact) -> Fact | None:
    """The fact that a correction puts in the place of another; None for an annulment, for what cannot be read, and for any other fact."""
    instead = getattr(fact, "instead", None)
    if fact.TYPE not in CORRECTIONS or instead is None:
        return None
    try:
        return replacement(instead)
    except (KeyError, msgspec.ValidationError):
        return None


def effective(history: Iterable[Recorded]) -> tuple[Recorded, ...]:
    """The history that holds: each corrected entry replaced in its place or left out, the corrections themselves kept at theirs.

    The last correction of an entry wins.
    """
    entries = tuple(history)
    instead: dict[int, Instead | None] = {
        entry.fact.corrects: entry.fact.instead  # type: ignore[attr-defined]  # each kind of correction has both fields
        for entry in entries
        if entry.fact.TYPE in CORRECTIONS
    }
    held: list[Recorded] = []
    for entry in entries:
        if entry.seq not in instead:
            held.append(entry)
        elif (said := instead[entry.seq]) is not None:
            held.append(msgspec.structs.replace(entry, fact=replacement(said)))
    return tuple(held)
