"""Standpoints as they stand on a day, from their rows; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from projections.at import held, latest
from projections.row import Text
from projections.standpoints.row import (
    Answer,
    AnyRow,
    Belonging,
    Holder,
    Left,
    Membership,
    Standpoint,
    StandpointRow,
    StandpointText,
    Status,
    Weighing,
)

R = TypeVar("R", bound=StandpointRow)


def composed(
    rows: Sequence[AnyRow],
    titles: Mapping[str, Text],
    belongings: Sequence[Belonging],
    members: Sequence[Membership],
    day: date,
) -> tuple[Standpoint, ...]:
    """Every standpoint of which the decision is shown, the longest waiting first."""
    groups: dict[tuple[str, int], list[AnyRow]] = {}
    for row in rows:
        groups.setdefault((row.stream, row.standpoint), []).append(row)
    found = [
        _standpoint(group, titles[stream], belongings, members, day)
        for (stream, _), group in groups.items()
        if stream in titles and any(isinstance(row, StandpointText) for row in group)
    ]
    return tuple(sorted(found, key=lambda each: (each.open_since, each.recorded.position)))


def _standpoint(
    group: list[AnyRow], title: Text, belongings: Sequence[Belonging], members: Sequence[Membership], day: date
) -> Standpoint:
    versions = _of(group, StandpointText)
    recorded = latest(versions, day)
    assert recorded is not None  # noqa: S101  # there is a text in every group
    first = versions[0]
    holders, left = _of(group, Holder), _of(group, Left)
    weighings = tuple(sorted(_of(group, Weighing), key=lambda row: (row.valid_from or date.min, row.seq)))
    gone = {row.member for row in left}
    counted = [code for code in recorded.voice.counted() if code not in gone]
    counted += [row.member for row in holders if held(row, day)]
    return Standpoint(
        id=f"{first.stream}.{first.standpoint}",
        decision=first.stream,
        decision_title=title,
        recorded=recorded,
        status=_status(recorded, weighings, day),
        open_since=first.valid_from or day,
        counted=tuple(dict.fromkeys(counted)),
        spoken_for=recorded.voice.spoken_for(),
        through_subregion=_through(first, belongings, members),
        in_force=held(recorded, day),
        versions=tuple(versions),
        holders=tuple(holders),
        left=tuple(left),
        answers=tuple(_of(group, Answer)),
        weighings=weighings,
    )


def _of(group: list[AnyRow], kind: type[R]) -> list[R]:
    return [row for row in group if isinstance(row, kind)]


def _status(recorded: StandpointText, weighings: Sequence[Weighing], day: date) -> Status:
    if weighings:
        return weighings[-1].outcome
    return "withdrawn" if recorded.withdrawn_on is not None and recorded.withdrawn_on <= day else "open"


def _through(said: StandpointText, belongings: Sequence[Belonging], members: Sequence[Membership]) -> tuple[str, ...]:
    """Who belonged to the sub-region, as a member, on some day for which it spoke: its period, or the day it was said."""
    voice, first = said.voice, said.valid_from
    if voice.as_ != "namens" or voice.members or voice.subregion is None or first is None:
        return ()
    last = max(said.valid_until or first, first)
    there = {row.member for row in belongings if row.subregion == voice.subregion and _meets(row, first, last)}
    return tuple(
        sorted((there & {row.member for row in members if _meets(row, first, last)}) - set(voice.dissent or ()))
    )


def _meets(row: Belonging | Membership, first: date, last: date) -> bool:
    begins, ends = row.valid_from or date.min, row.valid_until or date.max
    return begins <= last and first <= ends
