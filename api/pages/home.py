"""The first page: the latest decisions as sentences, who departs, what waits, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

from api.missing import Heard, all_missing
from api.pages import decision_standing, forward_agenda, gaps, listing, members, standing, views
from api.pages.frame import Frame
from api.pages.telling import Teller, codes_in
from projections.at import At
from projections.completeness.query import counted
from projections.completeness.row import Gap
from projections.course import query as course
from projections.course.row import Matrix, Unexplained
from projections.decisions.briefly import briefly
from projections.dossiers import query as dossiers
from projections.dossiers.answer import ComingUp
from projections.governance import query as governance
from projections.governance.row import Member, Subregion
from projections.reading import Connection
from projections.row import Text
from projections.standpoints import query as standpoints
from projections.standpoints.row import Standpoint

LATEST = 6
WAITING = 4
SOON = 5
APART = frozenset({"departs", "does-not-take-part", "joins-with-reservation"})


class Loaded(msgspec.Struct, frozen=True):
    """Everything that the first page is made of."""

    listed: listing.Listed
    matrix: Matrix
    waiting: tuple[Standpoint, ...]
    unexplained: tuple[Unexplained, ...]
    members: tuple[Member, ...]
    subregions: tuple[Subregion, ...]
    names: Mapping[str, str]
    titles: Mapping[str, Text]
    missing: list[Gap]
    coming: tuple[ComingUp, ...]


class HomePage(views.View, frozen=True, kw_only=True):
    """What templates/home.html shows."""

    answer: tuple[str, ...]
    members: tuple[members.MemberGroup, ...]
    decisions: tuple[views.DecisionLine, ...]
    decisions_n: int
    standpoints: tuple[views.Standpoint, ...]
    departing: tuple[views.Position, ...]
    departing_say: str
    gaps: tuple[gaps.KindLine, ...]
    coming: tuple[forward_agenda.Line, ...]


async def load(conn: Connection, at: At) -> Loaded:
    """Ask for what the first page shows."""
    listed = await listing.load(conn, at, size=LATEST)
    matrix = await course.matrix(conn, at)
    waiting = await standpoints.open_ones(conn, at)
    unexplained = await course.unexplained(conn, at)
    titles = listing.titles((await briefly(conn, _mentioned(matrix, unexplained), at)).values())
    coming = (await dossiers.forward_agenda(conn, at))[:SOON]
    codes = {*codes_in((matrix.on_proposals, waiting, unexplained)), *forward_agenda.codes(coming)}
    names = await governance.names(conn, codes, at)
    rows = {row.member: row.name for group in matrix.groups for row in group.rows}
    members_, subregions = await governance.members_and_subregions(conn, at)
    return Loaded(
        listed,
        matrix,
        waiting,
        unexplained,
        members_,
        subregions,
        {**rows, **names, **listed.names},
        titles,
        await all_missing(conn, at, Heard(matrix, waiting, unexplained)),
        coming,
    )


def _mentioned(matrix: Matrix, unexplained: tuple[Unexplained, ...]) -> set[str]:
    """The decisions on which somebody departs, and those that a position rests on."""
    rows = [row for group in matrix.groups for each in group.rows for cell in each.cells for row in cell.positions]
    rows += [*matrix.on_proposals, *(each.position for each in unexplained)]
    return {row.stream for row in rows} | {row.basis.partition(".")[0] for row in rows if row.basis}


def page(loaded: Loaded, frame: Frame) -> HomePage:
    """Tell the first page."""
    tell = Teller(frame, loaded.names)
    tell.titles.update({key: title for key, title in loaded.titles.items() if "/" not in key})
    tell.titles.update({each.id: each.title for each in loaded.listed.decisions})
    counts = Counter(each.decision for each in loaded.waiting)
    departing = _departing(loaded, tell)
    return HomePage(
        answer=_answer(loaded, departing, tell),
        members=members.groups(loaded.members, loaded.subregions, tell),
        decisions=listing.lines(loaded.listed.decisions, tell, counts),
        decisions_n=loaded.listed.total,
        standpoints=tuple(standing.card(each, tell) for each in loaded.waiting[:WAITING]),
        departing=departing,
        departing_say=tell.says.say("Afwijken mag. Wie afwijkt, zegt waar en waarom."),
        gaps=_gaps(loaded, tell),
        coming=forward_agenda.lines(loaded.coming, tell),
    )


def _departing(loaded: Loaded, tell: Teller) -> tuple[views.Position, ...]:
    """Every position that is not joining, once; those on a proposal are marked as such."""
    rows = {
        row.address: (row, True)
        for group in loaded.matrix.groups
        for member in group.rows
        for cell in member.cells
        for row in cell.positions
        if row.stance in APART
    }
    rows |= {row.address: (row, False) for row in loaded.matrix.on_proposals if row.stance in APART and row.member}
    ranked = decision_standing.ranked(row for row, _ in rows.values())
    return tuple(
        msgspec.structs.replace(
            decision_standing.shown(row, tell),
            decision=tell.decision(row.stream, loaded.titles.get(row.stream)),
            part=loaded.titles.get(f"{row.stream}/{row.part}") if row.part else None,
            on_course=rows[row.address][1],
        )
        for row in ranked
    )


def _answer(loaded: Loaded, departing: tuple[views.Position, ...], tell: Teller) -> tuple[str, ...]:
    count = tell.says.count
    who = {name.code for each in departing if each.stance == "departs" for name in each.members}
    n = len(loaded.members)
    if not loaded.matrix.columns:
        return (count("%(num)s lid besluit hier.", "%(num)s leden besluiten hier samen.", n),)
    return (
        tell.says.count(
            "%(num)s lid zet een koers uit.",
            "%(num)s leden zetten samen een koers uit. Een lid mag afwijken, als het laat zien waar en waarom.",
            n,
        )
        + " "
        + (
            count(
                "%(num)s van de %(n)s wijkt nu op een onderdeel af.",
                "%(num)s van de %(n)s wijken nu op een onderdeel af.",
                len(who),
                n=n,
            )
            if who
            else tell.says.say("Van geen van hen is bekend dat het afwijkt.")
        ),
    )


def _gaps(loaded: Loaded, tell: Teller) -> tuple[gaps.KindLine, ...]:
    """What is missing, each number with the way to its list."""
    return tuple(gaps.line(each, tell) for each in counted(loaded.missing) if each.gaps)
