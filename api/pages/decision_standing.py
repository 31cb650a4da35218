"""Who stands where on a decision, as its page shows it: per sub-region, per part, in force and past."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

import msgspec

from api.pages import views
from api.pages.standing import spanning
from api.pages.telling import Teller
from projections.course.row import Matrix, Position, Sums
from projections.governance.row import Subregion
from projections.row import Row
from projections.standpoints.row import Standpoint
from register.values import Voice

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
        day = tell.day(row.withdrawn_on)
        if row.overruled:
            return say("Ingetrokken op %(day)s: de eigen raad of Staten beslisten anders.", day=day)
        return say("Ingetrokken op %(day)s.", day=day)
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
                name=name or tell.says.say("Zonder deelregio"),
                n=len(inside),
                positions=tuple(shown(row, tell, unconfirmed) for row in own),
                spoken=tuple(spoken(each, tell) for each in said),
                unknown=tell.members(each for each in inside if each not in told),
            )
        )
    return tuple(made)


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


def over_all(asked: Asked, rows: Sequence[Position], statements: Sequence[Position | Standpoint]) -> views.Tally:
    """Each member once, under what is furthest from joining among its positions in force."""
    furthest: dict[str, str] = {}
    for row in ranked(rows):
        if row.member in asked.codes:
            furthest.setdefault(row.member, row.stance)
    voiced = {code for each in statements for code in _voiced(each) if code in asked.codes and code not in furthest}
    counts = {stance: n for stance in FURTHEST if (n := list(furthest.values()).count(stance))}
    n = max(asked.n, len(furthest))
    return views.Tally(n=n, stances=counts, spoken=len(voiced), unknown=n - len(furthest) - len(voiced))


def per_part(asked: Asked, rows: Sequence[Position], matrix: Matrix, tell: Teller) -> tuple[views.PartTally, ...]:
    """The count on each part: of the course as the matrix has it, of a proposal as its positions say."""
    if matrix.columns:
        return tuple(
            views.PartTally(tally=of_sums(each.sums), title=each.title if each.part else None)
            for each in matrix.columns
        )
    made: list[views.PartTally] = []
    for code in dict.fromkeys(row.part for row in ranked(rows)):
        title = tell.parts.get(code) if code else None
        made.append(views.PartTally(tally=over_all(asked, [row for row in rows if row.part == code], ()), title=title))
    return tuple(made)
