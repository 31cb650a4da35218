"""All members by sub-region, those that ended, and why their number differs from day to day."""

from __future__ import annotations

# ruff: noqa: RUF001  # the quotation marks of a sentence are meant as they are
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec

from api.pages import decision_standing, views
from api.pages.frame import Frame
from api.pages.telling import Teller
from projections.at import At
from projections.course import query as course
from projections.course.row import Matrix
from projections.governance import query as governance
from projections.governance.row import Member, Subregion
from projections.reading import Connection

FEW = 3
"""Up to so many entries are named beside a number."""


class Loaded(msgspec.Struct, frozen=True):
    """The members of the day and of the days before."""

    members: tuple[Member, ...]
    subregions: tuple[Subregion, ...]
    former: tuple[Member, ...]
    matrix: Matrix


class Inside(views.View, frozen=True, kw_only=True):
    """A member in a list, with the stance that is furthest from joining and on how many parts it has it."""

    code: str
    name: str
    entry: int
    stance: str | None = None
    count: int | None = None


class MemberGroup(views.View, frozen=True, kw_only=True):
    """A sub-region with its members."""

    name: str
    members: tuple[Inside, ...]


class Former(views.View, frozen=True, kw_only=True):
    """A member that ended."""

    code: str
    name: str
    until: date
    how: str
    entry: int


class Count(views.View, frozen=True, kw_only=True):
    """How many members there were from a day, and why the number changed."""

    on: date
    n: int
    why: str
    entries: tuple[int, ...]


class MembersPage(views.View, frozen=True, kw_only=True):
    """What templates/members.html shows."""

    answer: tuple[str, ...]
    counted: str
    groups: tuple[MemberGroup, ...]
    former: tuple[Former, ...]
    counts: tuple[Count, ...]


async def load(conn: Connection, at: At) -> Loaded:
    """Ask for the members at these clocks, and for those that were one before."""
    return Loaded(
        await governance.members(conn, at),
        await governance.subregions(conn, at),
        await governance.members_gone(conn, at),
        await course.matrix(conn, at),
    )


def groups(
    members: Sequence[Member],
    subregions: Sequence[Subregion],
    tell: Teller,
    stances: Mapping[str, tuple[str, int]] | None = None,
) -> tuple[MemberGroup, ...]:
    """Members by sub-region, those without one last."""
    known = stances or {}
    inside = {each.code: each.members for each in subregions}
    placed = {code for codes in inside.values() for code in codes}
    made = [(each.name, set(inside[each.code])) for each in subregions]
    made.append((decision_standing.no_subregion(tell, alone=not subregions), {each.code for each in members} - placed))
    return tuple(
        MemberGroup(
            name=name,
            members=tuple(
                Inside(
                    code=each.code,
                    name=each.name,
                    entry=each.position,
                    stance=known.get(each.code, (None, None))[0],
                    count=known.get(each.code, (None, None))[1],
                )
                for each in members
                if each.code in codes
            ),
        )
        for name, codes in made
        if codes
    )


def page(loaded: Loaded, frame: Frame) -> MembersPage:
    """Tell the members."""
    tell = Teller(frame, {})
    n = len(loaded.members)
    says = tell.says
    stances = {
        row.member: (stance, count)
        for group in loaded.matrix.groups
        for row in group.rows
        for stance, count in list(decision_standing.of_sums(row.sums).stances.items())[:1]
        if stance != "joins"
    }
    return MembersPage(
        answer=(
            says.count(
                "Op %(day)s telt de regio %(num)s lid.",
                "Op %(day)s telt de regio %(num)s leden.",
                n,
                day=tell.day(frame.at.valid_on),
            ),
        ),
        counted=_counted(stances, tell),
        groups=groups(loaded.members, loaded.subregions, tell, stances),
        former=tuple(_former(each, tell) for each in loaded.former),
        counts=_counts(loaded, tell),
    )


def _counted(stances: Mapping[str, tuple[str, int]], tell: Teller) -> str:
    """What the labels beside the names say; without a label, that there is none."""
    if stances:
        return tell.says.say("Met de stand op de koers van wie iets anders zegt dan ‘sluit aan’.")
    return tell.says.say("Van geen van hen is bekend dat het van de koers afwijkt.")


def _former(member: Member, tell: Teller) -> Former:
    until = member.until or member.since
    if member.successor is not None:
        how = tell.says.say(
            "Opgegaan in %(name)s op %(day)s", name=member.successor.name, day=tell.day(member.successor.on)
        )
    else:
        how = tell.says.say("Uitgetreden")
    return Former(code=member.code, name=member.name, until=until, how=how, entry=_ended_by(member))


def _ended_by(member: Member) -> int:
    if member.successor is not None:
        return member.successor.position
    return member.memberships[-1].ended_by or member.position if member.memberships else member.position


def _admitted(came: Sequence[Member], on: date) -> tuple[int, ...]:
    """The entries by which a few came; for many the page names none, since each member has its own."""
    found = [each.position for member in came for each in member.memberships if each.valid_from == on]
    return tuple(found) if len(found) <= FEW else ()


def _counts(loaded: Loaded, tell: Teller) -> tuple[Count, ...]:
    """The number of members from each day on which it changed; the latest last."""
    changes: dict[date, tuple[list[Member], list[Member]]] = {}
    for member in (*loaded.members, *loaded.former):
        for each in member.memberships:
            if each.valid_from is not None:
                changes.setdefault(each.valid_from, ([], []))[0].append(member)
            if each.valid_until is not None and each.valid_until < tell.frame.at.valid_on:
                changes.setdefault(each.valid_until + timedelta(days=1), ([], []))[1].append(member)
    made: list[Count] = []
    n = 0
    for on, (came, went) in sorted(changes.items()):
        if on > tell.frame.at.valid_on:
            break
        n += len(came) - len(went)
        made.append(
            Count(
                on=on,
                n=n,
                why=_why(came, went, tell, first=not made),
                entries=tuple(_ended_by(each) for each in went) or _admitted(came, on),
            )
        )
    return tuple(made)


def _why(came: Sequence[Member], went: Sequence[Member], tell: Teller, *, first: bool) -> str:
    say = tell.says.say
    if first:
        return say("Het begin van deze telling.")
    said = [say("%(names)s erbij.", names=tell.says.join([each.name for each in came]))] if came else []
    for each in went:
        if each.successor is not None:
            said.append(say("%(name)s gaat op in %(into)s.", name=each.name, into=each.successor.name))
        else:
            said.append(say("%(name)s treedt uit.", name=each.name))
    return " ".join(said)
