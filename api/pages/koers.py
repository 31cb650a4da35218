"""The matrix: every member by every part of the course, with sums that agree in all directions."""

from __future__ import annotations

# ruff: noqa: RUF001  # the dashes and quotation marks of a sentence are meant as they are
from collections.abc import Iterator, Mapping

import msgspec

from api.pages import decision_standing, listing, views, words
from api.pages.frame import Frame
from api.pages.telling import Teller
from projections.at import At
from projections.course import query as course
from projections.course.row import POSITIONS, Cell, Column, Group, Matrix, MatrixRow, Position
from projections.decisions.briefly import briefly
from projections.governance import query as governance
from projections.governance.row import Subregion
from projections.reading import Connection
from projections.row import Text

BROAD = 7
"""From so many columns on, the table is wider than a page on a tablet and scrolls in its own frame."""


class Loaded(msgspec.Struct, frozen=True):
    """The matrix, and the sub-regions to choose from."""

    matrix: Matrix
    whole: Matrix
    """The same without narrowing: the answer line speaks of all members."""
    subregions: tuple[Subregion, ...]
    names: Mapping[str, str]
    titles: Mapping[str, Text]
    subregion: str | None
    only_departing: bool


class Head(views.View, frozen=True, kw_only=True):
    """A decision over its parts."""

    href: str
    title: views.Said
    year: str
    parts: tuple[tuple[views.Said | None, int], ...]
    """Title of each part, None for the whole, with the position of the entry that set it."""


class Square(views.View, frozen=True, kw_only=True):
    """One cell: how it looks, what it says, and where it leads."""

    look: str
    words: str
    full: str
    part: str
    first: bool
    href: str | None = None
    entries: tuple[int, ...] = ()


class MemberRow(views.View, frozen=True, kw_only=True):
    """One member across all parts."""

    name: views.Named
    tally: views.Tally
    squares: tuple[Square, ...]


class Section(views.View, frozen=True, kw_only=True):
    """The members of one sub-region."""

    name: str
    n: int
    tally: views.Tally
    rows: tuple[MemberRow, ...]


class CoursePage(views.View, frozen=True, kw_only=True):
    """What templates/koers.html shows."""

    answer: str
    heads: tuple[Head, ...]
    totals: tuple[tuple[views.Tally, bool], ...]
    tally: views.Tally
    sections: tuple[Section, ...]
    columns: int
    members: int
    shown: int
    broad: bool
    has_own: bool
    subregions: tuple[tuple[str, str, bool], ...]
    only_departing: bool
    proposals: tuple[views.Position, ...]


async def load(conn: Connection, at: At, subregion: str | None, *, only_departing: bool) -> Loaded:
    """Ask for the matrix; the answer line speaks of all members, also when only some are shown."""
    whole = await course.matrix(conn, at)
    narrowed = subregion is not None or only_departing
    shown = await course.matrix(conn, at, subregion=subregion, only_departing=only_departing) if narrowed else whole
    codes = {row.member for row in whole.on_proposals if row.member} | {
        code for row in whole.on_proposals for code in (*(row.voice.members or ()), row.voice.subregion) if code
    }
    ids = {row.stream for row in whole.on_proposals}
    ids |= {row.basis.partition(".")[0] for row in whole.on_proposals if row.basis}
    titles = listing.titles((await briefly(conn, ids, at)).values())
    return Loaded(
        shown,
        whole,
        await governance.subregions(conn, at),
        await governance.names(conn, codes, at),
        titles,
        subregion,
        only_departing,
    )


def page(loaded: Loaded, frame: Frame) -> CoursePage:
    """Tell the matrix."""
    matrix = loaded.matrix
    tell = Teller(frame, loaded.names)
    tell.titles.update(loaded.titles)
    columns = matrix.columns
    return CoursePage(
        answer=_answer(loaded, tell),
        heads=tuple(_heads(columns, tell)),
        totals=tuple(
            (decision_standing.of_sums(each.sums), _first(columns, index)) for index, each in enumerate(columns)
        ),
        tally=decision_standing.of_sums(matrix.sums),
        sections=tuple(
            _section(group, columns, tell, alone=not loaded.subregions) for group in matrix.groups if group.rows
        ),
        columns=len(columns),
        members=matrix.members,
        shown=sum(len(group.rows) for group in matrix.groups),
        broad=len(columns) > BROAD,
        has_own=bool(loaded.whole.sums.own_decision + loaded.whole.sums.own_decision_by_total),
        subregions=tuple((each.code, each.name, each.code == loaded.subregion) for each in loaded.subregions),
        only_departing=loaded.only_departing,
        proposals=tuple(_proposal(row, loaded, tell) for row in decision_standing.ranked(matrix.on_proposals)),
    )


def _answer(loaded: Loaded, tell: Teller) -> str:
    """Who departs, of all members; and how full the table is that is shown."""
    matrix, sums = loaded.whole, loaded.matrix.sums
    if not matrix.columns:
        return tell.says.say("Op deze dag is nog geen onderdeel als koers vastgesteld.")
    count = tell.says.count
    rows = [row.sums for group in matrix.groups for row in group.rows]
    departing = sum(1 for row in rows if row.departs)
    if departing:
        said = [
            count(
                "%(num)s van de %(n)s leden wijkt op een onderdeel van de koers af.",
                "%(num)s van de %(n)s leden wijken op een onderdeel van de koers af.",
                departing,
                n=matrix.members,
            )
        ]
    else:
        said = [tell.says.say("Geen van de %(n)s leden wijkt af van de koers, voor zover bekend.", n=matrix.members)]
    if reserving := sum(1 for row in rows if row.joins_with_reservation):
        said.append(count("%(num)s maakt een voorbehoud.", "%(num)s maken een voorbehoud.", reserving))
    if apart := sum(1 for row in rows if row.does_not_take_part):
        said.append(count("%(num)s doet op een onderdeel niet mee.", "%(num)s doen op een onderdeel niet mee.", apart))
    if early := len({row.member for row in matrix.on_proposals if row.stance == "departs" and row.member}):
        said.append(
            count(
                "%(num)s wijkt af op een voorstel dat nog geen koers is.",
                "%(num)s wijken af op een voorstel dat nog geen koers is.",
                early,
            )
        )
    if not sums.n:
        return " ".join(said)
    if not sums.positions:
        none = tell.says.say(
            "Op geen van de %(n)s plaatsen in deze tabel staat een positie; over %(unknown)s weten we niets.",
            n=sums.n,
            unknown=sums.not_recorded,
        )
        return " ".join([*said, none])
    said.append(
        count(
            "Van de %(n)s plaatsen in deze tabel is er %(num)s met een positie; over %(unknown)s weten we niets.",
            "Van de %(n)s plaatsen in deze tabel zijn er %(num)s met een positie; over %(unknown)s weten we niets.",
            sums.positions,
            n=sums.n,
            unknown=sums.not_recorded,
        )
    )
    return " ".join(said)


def _first(columns: tuple[Column, ...], index: int) -> bool:
    return index == 0 or columns[index - 1].decision != columns[index].decision


def _heads(columns: tuple[Column, ...], tell: Teller) -> Iterator[Head]:
    for decision in dict.fromkeys(each.decision for each in columns):
        own = [each for each in columns if each.decision == decision]
        yield Head(
            href=tell.frame.to(f"/besluiten/{decision}"),
            title=own[0].decision_title,
            year=str(own[0].set_on.year),
            parts=tuple((each.title if each.part else None, each.set_position) for each in own),
        )


def _section(group: Group, columns: tuple[Column, ...], tell: Teller, *, alone: bool) -> Section:
    return Section(
        name=group.name or decision_standing.no_subregion(tell, alone=alone),
        n=len(group.rows),
        tally=decision_standing.of_sums(group.sums),
        rows=tuple(_row(row, columns, tell) for row in group.rows),
    )


def _row(row: MatrixRow, columns: tuple[Column, ...], tell: Teller) -> MemberRow:
    return MemberRow(
        name=views.Named(code=row.member, name=row.name),
        tally=decision_standing.of_sums(row.sums),
        squares=tuple(
            _square(cell, columns[index], tell, first=_first(columns, index)) for index, cell in enumerate(row.cells)
        ),
    )


def _square(cell: Cell, column: Column, tell: Teller, *, first: bool) -> Square:
    href = tell.frame.to(f"/besluiten/{column.decision}")
    leading = cell.leading
    anchor = f"#positie-{leading.seq}" if leading is not None else "#posities"
    linked = cell.kind in POSITIONS or cell.kind in {"on-an-earlier-text", "spoken-for", "own-decision"}
    look, brief, full = _words(cell, tell)
    return Square(
        look=look,
        words=brief,
        full=full,
        part=f"{column.decision_title.text or ''}: {(column.part and column.title.text) or tell.says.say('het geheel')}",
        first=first,
        href=href + anchor if linked else None,
        entries=(*cell.entries, *(each.position for each in cell.dissents)),
    )


def _words(cell: Cell, tell: Teller) -> tuple[str, str, str]:  # noqa: PLR0911  # one line a kind of cell
    say, word = tell.says.say, tell.word
    match cell.kind:
        case "not-recorded" if cell.dissents:
            return "unknown", say("niet namens"), say("nog niet bekend; oneens met wat namens een groep is gezegd")
        case "not-recorded":
            return "unknown", "?", say("nog niet bekend")
        case "not-asked":
            return "unasked", "–", say("niet gevraagd")
        case "spoken-for":
            return "spoken", say("namens"), say("namens; telt voor niemand")
        case "on-an-earlier-text":
            return "undecided", say("eerdere tekst"), say("positie over een eerdere tekst")
        case "own-decision":
            verb = tell.says.verb(cell.verb or "not-stated", "decision")
            return "own", f"{verb}*", say("eigen besluit; geen positie")
        case "own-decision-by-total":
            verb = tell.says.verb(cell.verb or "not-stated", "decision")
            return "own", f"{verb}*", say("eigen besluit, alleen als totaal bekend; geen positie")
        case stance:
            return words.STANCE_LOOK[stance], word["STANCE_IN_CELL"][stance], word["STANCE"][stance]


def _proposal(row: Position, loaded: Loaded, tell: Teller) -> views.Position:
    return msgspec.structs.replace(
        decision_standing.shown(row, tell),
        decision=tell.decision(row.stream, loaded.titles.get(row.stream)),
        part=loaded.titles.get(f"{row.stream}/{row.part}") if row.part else None,
        on_course=False,
    )
