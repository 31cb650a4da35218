"""Where each member stands on each part of the course, on a day; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from projections.at import held
from projections.course.decided import Decided, Fixed
from projections.course.region import Region
from projections.course.row import (
    Cell,
    CellKind,
    Column,
    Position,
    SpokenFor,
    Sums,
)
from register.values import Stance

LOUDNESS: tuple[Stance, ...] = ("departs", "does-not-take-part", "joins-with-reservation", "undecided", "joins")
"""Of positions in several layers the one furthest from joining leads; all are shown."""


class Standing:
    """The positions and standpoints that hold on a day, by decision."""

    def __init__(self, positions: Iterable[Position], namens: Iterable[SpokenFor], region: Region, day: date) -> None:
        self._region = region
        self.day = day
        self._own: dict[tuple[str, str], list[Position]] = defaultdict(list)
        self._namens: dict[str, list[SpokenFor | Position]] = defaultdict(list)
        for each in positions:
            if not held(each, day):
                continue
            if each.voice.as_ == "namens":
                self._namens[each.stream].append(each)
            for code in each.counts_for():
                self._own[each.stream, code].append(each)
        for said in namens:
            if said.voice.as_ == "namens" and (said.withdrawn_on is None or said.withdrawn_on > day):
                self._namens[said.stream].append(said)

    def of(self, decision: str, code: str) -> tuple[Position, ...]:
        """The positions of a member on a decision."""
        return tuple(self._own.get((decision, code), ()))

    def cell(self, decided: Decided, fixed: Fixed, code: str, *, asked: bool) -> Cell:
        """Where a member stands on a part of the course, or on the whole."""
        if not asked:
            return Cell(kind="not-asked")
        speaking = [each for each in self._speaking(decided.id, code, fixed.part) if not ahead(each, decided, fixed)]
        current = [each for each in speaking if _version(each, decided, fixed) == fixed.n]
        spoken_by = self.spoken_by(decided.id, code, fixed.part)
        own = decided.own(code, fixed.part)
        total = None if own else decided.by_total(code, fixed.part)
        positions = tuple(sorted(current or speaking, key=lambda each: (LOUDNESS.index(each.stance), -each.seq)))
        outcome = own or total
        return Cell(
            kind=_kind(current, speaking, own=own is not None, spoken=bool(spoken_by), total=total is not None),
            positions=positions,
            spoken_by=spoken_by,
            dissents=tuple(each for each in self.dissents(decided.id, code) if _speaks_of(each, fixed.part)),
            verb=outcome.verb if outcome else None,
            entries=tuple(
                [each.position for each in (*positions, *spoken_by)] + ([outcome.position] if outcome else [])
            ),
        )

    def spoken_by(self, decision: str, code: str, part: str | None) -> tuple[SpokenFor | Position, ...]:
        """What was said on behalf of a member: it is named, or its sub-region is and nobody is named."""
        return tuple(
            each for each in self._namens.get(decision, ()) if self._speaks_for(each, code) and _speaks_of(each, part)
        )

    def dissents(self, decision: str, code: str) -> tuple[SpokenFor | Position, ...]:
        """What was said on behalf of a group from which a member dissents: it was not spoken for."""
        return tuple(each for each in self._namens.get(decision, ()) if code in (each.voice.dissent or ()))

    def _speaking(self, decision: str, code: str, part: str | None) -> list[Position]:
        """Positions on the part; without a part one speaks of every part on which that layer has none of its own."""
        own = self.of(decision, code)
        on_part = [each for each in own if each.part == part and part is not None]
        layers = {each.layer for each in on_part}
        return [*on_part, *(each for each in own if each.part is None and each.layer not in layers)]

    def _speaks_for(self, said: SpokenFor | Position, code: str) -> bool:
        voice = said.voice
        if code in (voice.dissent or ()):
            return False
        if voice.members:
            return code in voice.members
        if voice.subregion is None or said.valid_from is None:
            return False
        last = max(said.valid_until or said.valid_from, said.valid_from)
        return self._region.belonged(code, voice.subregion, said.valid_from, last)


def ahead(position: Position, decided: Decided, fixed: Fixed) -> bool:
    """Whether a position speaks of a later text than the one that was set: it is then one on a proposal."""
    n = _version(position, decided, fixed)
    return n is not None and fixed.n is not None and n > fixed.n


def _version(position: Position, decided: Decided, fixed: Fixed) -> int | None:
    """The version of the part of which a position speaks: the one it names, else the one in force when it was taken."""
    if fixed.part is None:
        return None
    if position.part is not None and position.n is not None:
        return position.n
    return decided.version_on(fixed.part, position.valid_from) or fixed.n


def _speaks_of(said: SpokenFor | Position, part: str | None) -> bool:
    parts = (
        (said.part,) if isinstance(said, Position) and said.part else said.parts if isinstance(said, SpokenFor) else ()
    )
    return not parts or part in parts


def _kind(
    current: Sequence[Position], speaking: Sequence[Position], *, own: bool, spoken: bool, total: bool
) -> CellKind:
    if current:
        stances = {each.stance for each in current}
        return next(stance for stance in LOUDNESS if stance in stances)
    if speaking:
        return "on-an-earlier-text"
    if own:
        return "own-decision"
    if spoken:
        return "spoken-for"
    return "own-decision-by-total" if total else "not-recorded"


def summed(cells: Iterable[Cell]) -> Sums:
    """How many cells there are of each kind."""
    counts: dict[str, int] = defaultdict(int)
    for cell in cells:
        counts[cell.kind.replace("-", "_")] += 1
    return Sums(n=sum(counts.values()) - counts["not_asked"], **counts)


def column(decided: Decided, fixed: Fixed, cells: Iterable[Cell], members: int) -> Column:
    """The head of a column, with the sums of its cells."""
    listed = decided.course_for
    named = listed is not None and bool(listed.members)
    return Column(
        decision=decided.id,
        decision_title=decided.proposed.title,
        part=fixed.part,
        n=fixed.n,
        title=fixed.title,
        set_on=fixed.by.valid_from,
        set_exact=fixed.by.exact,
        set_position=fixed.by.position,
        verb=fixed.by.verb,
        sums=summed(cells),
        basis="list" if named else "members",
        listed=listed.n if listed is not None else members,
        list_position=listed.position if listed is not None else None,
    )
