"""Who stands where on a decision, as its page shows it: per sub-region, per part, in force and past."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from api.pages import views
from api.pages.standing import spanning
from api.pages.telling import Teller
from projections.course.row import Position, Sums
from projections.decisions.row import Decision
from projections.governance.row import Subregion
from projections.row import Row, Voice
from projections.standpoints.row import Standpoint

FURTHEST = ("departs", "does-not-take-part", "joins-with-reservation", "undecided", "joins")
"""The order in which a page shows stances: what is furthest from joining first."""


class Asked(msgspec.Struct, frozen=True):
    """Who was asked, by sub-region of that day; `elsewhere` for those in none."""

    codes: tuple[str, ...]
    subregions: tuple[Subregion, ...]
    n: int

    def groups(self) -> Iterator[tuple[str | None, str | None, tuple[str, ...]]]:
        """Code and name of each sub-region with those of its members that were asked."""
        placed: set[str] = set()
        for each in self.subregions:
            inside = tuple(code for code in each.members if code in self.codes)
            placed.update(inside)
            if inside:
                yield each.code, each.name, inside
        if rest := tuple(code for code in self.codes if code not in placed):
            yield None, None, rest


def holds(row: Row, day: date) -> bool:
    """Tell whether a row holds on a day."""
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_until is None or row.valid_until >= day)


def shown(row: Position, tell: Teller, unconfirmed: Collection[int] = ()) -> views.Position:
    """One position in words."""
    return views.Position(
        **tell.traced(row, unconfirmed),
        address=row.address,
        begun=f"{row.stream}.{row.recorded}",
        members=(tell.member(row.member),) if row.member else (),
        stance=row.stance,
        speaker=tell.speaker(row.voice, row.member),
        part=tell.parts.get(row.part) if row.part else None,
        reason=row.reason,
        reason_missing=row.reason_missing,
        basis=tell.decision(row.basis.partition(".")[0], None) if row.basis else None,
    )


def ended(row: Position, tell: Teller) -> views.Position:
    """A position that no longer holds, with how it ended."""
    because = tell.decision(row.because.partition(".")[0], None) if row.because else None
    return msgspec.structs.replace(shown(row, tell), ended=_ending(row, tell), because=because)


def _ending(row: Position, tell: Teller) -> str:
    say = tell.says.say
    if row.withdrawn_on is not None:
        when = tell.when(tell.days.get(row.withdrawn_by or 0, row.withdrawn_on))
        if row.overruled:
            return say("Ingetrokken %(when)s: de eigen raad of Staten beslisten anders.", when=when)
        return say("Ingetrokken %(when)s.", when=when)
    if row.valid_until is not None:
        return say("Herzien: gold tot en met %(day)s.", day=tell.day(row.valid_until))
    return say("Herzien.")


def ranked(positions: Iterable[Position]) -> list[Position]:
    """Positions with what is furthest from joining first."""
    return sorted(positions, key=lambda each: (FURTHEST.index(each.stance), each.seq))


def spoken(row: Position | Standpoint, tell: Teller) -> views.Spoken:
    """One statement for others."""
    if isinstance(row, Position):
        return views.Spoken(
            **tell.traced(row),
            speaker=tell.speaker(row.voice),
            members=tell.members(row.voice.members or ()),
            text=row.reason,
            stance=row.stance,
            part=tell.parts.get(row.part) if row.part else None,
        )
    said = row.recorded
    return views.Spoken(
        **{**tell.traced(said), "on": said.on or spanning(said.from_, said.until)},
        speaker=tell.speaker(said.voice),
        members=tell.members(said.voice.members or ()),
        text=said.text,
        part=tell.parts.get(said.parts[0]) if len(said.parts) == 1 else None,
    )


def groups(
    asked: Asked,
    rows: Sequence[Position],
    statements: Sequence[Position | Standpoint],
    tell: Teller,
    unconfirmed: Collection[int],
) -> tuple[views.Group, ...]:
    """The members asked, by sub-region, each under what is known of it."""
    made: list[views.Group] = []
    for code, name, inside in asked.groups():
        own = [row for row in ranked(rows) if row.member in inside]
        said = [each for each in statements if _concerns(each, code, inside)]
        told = {row.member for row in own} | {code for each in said for code in _voiced(each)}
        made.append(
            views.Group(
                name=name or no_subregion(tell, alone=not asked.subregions),
                n=len(inside),
                positions=tuple(shown(row, tell, unconfirmed) for row in own),
                spoken=tuple(spoken(each, tell) for each in said),
                unknown=tell.members(each for each in inside if each not in told),
            )
        )
    return tuple(made)


def no_subregion(tell: Teller, *, alone: bool) -> str:
    """What the group of members in no sub-region is called; alone when the region has none."""
    return tell.says.say("Alle leden") if alone else tell.says.say("Zonder deelregio")


def _voice(statement: Position | Standpoint) -> Voice:
    return statement.voice if isinstance(statement, Position) else statement.recorded.voice


def _voiced(statement: Position | Standpoint) -> tuple[str, ...]:
    return _voice(statement).members or ()


def _concerns(statement: Position | Standpoint, subregion: str | None, members: Sequence[str]) -> bool:
    voice = _voice(statement)
    if voice.subregion is not None:
        return voice.subregion == subregion
    return any(code in members for code in _voiced(statement))


def of_sums(sums: Sums) -> views.Tally:
    """The count of a column or row of the matrix."""
    by_stance = {
        "departs": sums.departs,
        "does-not-take-part": sums.does_not_take_part,
        "joins-with-reservation": sums.joins_with_reservation,
        "undecided": sums.undecided,
        "joins": sums.joins,
    }
    return views.Tally(
        n=sums.n,
        stances={stance: n for stance, n in by_stance.items() if n},
        spoken=sums.spoken_for,
        own=sums.own_decision + sums.own_decision_by_total,
        earlier=sums.on_an_earlier_text,
        unknown=sums.not_recorded,
    )


class Stood(msgspec.Struct, frozen=True):
    """Who was asked on a decision, what they said, and what others said for them."""

    asked: Asked
    positions: Sequence[Position]
    statements: Sequence[Position | Standpoint]
    decision: Decision

    def over_all(self) -> views.Tally:
        """Each member once, under what is furthest from joining among its positions in force."""
        found = {code: _first(self._of(code)) for code in self.asked.codes}
        return self._tally({code: row.stance if row else self._voiced(code, None) for code, row in found.items()})

    def on_part(self, part: str) -> views.Tally:
        """Each member by its position on a part, or else by its position on the whole, which speaks of every other part."""
        set_n = next((each.set_n for each in self.decision.parts if each.part == part), None)
        found: dict[str, str | None] = {}
        for code in self.asked.codes:
            own = self._of(code)
            row = _first([each for each in own if each.part == part]) or _first(
                [each for each in own if each.part is None]
            )
            if row is not None and row.n is not None and set_n is not None and row.n < set_n:
                found[code] = "earlier"
            else:
                found[code] = row.stance if row is not None else self._voiced(code, part)
        return self._tally(found)

    def on_whole(self) -> views.Tally:
        """Each member by its position on the whole; an own decision is none, and is counted beside them."""
        decided = {each.decides for each in self.decision.outcomes if each.decides}
        of_members = self.decision.proposed.decided_by.each == "member"
        total = of_members and any(each.count is not None for each in self.decision.outcomes)
        found: dict[str, str | None] = {}
        for code in self.asked.codes:
            row = _first([each for each in self._of(code) if each.part is None])
            own = "own" if total or code in decided else None
            found[code] = row.stance if row is not None else own
        return self._tally(found)

    def _of(self, code: str) -> list[Position]:
        return [row for row in self.positions if row.member == code]

    def _voiced(self, code: str, part: str | None) -> str | None:
        """Whether somebody spoke for a member, by name or for the sub-region that it was in."""
        inside = {each.code for each in self.asked.subregions if code in each.members}
        for each in self.statements:
            voice, parts = _voice(each), _parts(each)
            apart = code in (voice.dissent or ())
            spoken_for = not apart and (code in voice.members if voice.members else voice.subregion in inside)
            if spoken_for and (part is None or not parts or part in parts):
                return "spoken"
        return None

    def _tally(self, found: Mapping[str, str | None]) -> views.Tally:
        counted = Counter(found.values())
        return views.Tally(
            n=len(found),
            stances={stance: n for stance in FURTHEST if (n := counted[stance])},
            spoken=counted["spoken"],
            own=counted["own"],
            earlier=counted["earlier"],
            unknown=counted[None],
        )


def _first(rows: list[Position]) -> Position | None:
    return next(iter(ranked(rows)), None)


def _parts(statement: Position | Standpoint) -> tuple[str, ...]:
    if isinstance(statement, Position):
        return (statement.part,) if statement.part else ()
    return statement.recorded.parts


def per_part(stood: Stood) -> tuple[views.PartTally, ...]:
    """The count on the whole, where anybody spoke or decided on it, and on each part."""
    whole = any(row.part is None for row in stood.positions) or stood.decision.proposed.decided_by.each is not None
    parts = tuple(views.PartTally(tally=stood.on_part(each.part), title=each.title) for each in stood.decision.parts)
    return (views.PartTally(tally=stood.on_whole()), *parts) if whole or not parts else parts
