"""What was decided, as the page of a decision shows it: outcomes, lists, ballots, parts, remarks, corrections, evidence."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from msgspec import UNSET

from api.pages import views
from api.pages.telling import Teller
from projections.decisions.row import Ballot, Decision, Named
from projections.decisions.rules import Weighing
from projections.dossiers.row import Titled
from projections.row import Row, Text

UNNUMBERED = "z.n."
"""How an agenda item without a number is told apart from the others of its meeting."""


def outcomes(decision: Decision, tell: Teller) -> tuple[views.Outcome, ...]:
    """Every outcome that the source states, the latest first."""
    return tuple(
        views.Outcome(
            **tell.traced(row, decision.unconfirmed),
            verb=row.verb,
            how=row.how,
            decides=tell.member(row.decides) if row.decides else None,
            count=row.count,
            amended=bool(row.amended),
            remarks=bool(row.remarks),
            note=row.note,
            sets=tuple(tell.parts[each.part] for each in row.sets if each.part in tell.parts),
        )
        for row in reversed(decision.outcomes)
    )


def lists(decision: Decision, tell: Teller) -> tuple[views.PartyList, ...]:
    """The lists behind the denominators."""
    return tuple(
        views.PartyList(
            **tell.traced(row, decision.unconfirmed),
            list=row.list,
            n=row.n,
            stated=row.basis == "stated",
            nameless=not row.members,
        )
        for row in decision.lists
    )


def ballots(decision: Decision, tell: Teller) -> tuple[views.Ballot, ...]:
    """Every ballot with its names under each choice."""
    return tuple(_ballot(each, decision, tell) for each in decision.ballots)


def _ballot(ballot: Ballot, decision: Decision, tell: Teller) -> views.Ballot:
    held = ballot.held
    order = list(tell.word["CHOICE"])
    chosen = sorted({vote.choice for vote in ballot.votes}, key=order.index)
    return views.Ballot(
        **tell.traced(held, decision.unconfirmed),
        number=held.ballot,
        how=held.how,
        unit=held.unit,
        names=held.names,
        rest=held.rest,
        options=tuple(option.title for option in held.options),
        result=None if ballot.result is UNSET else ballot.result,
        rule=ballot.rule,
        outcome_differs=ballot.outcome_differs,
        weighing=_weighing(ballot.weighing, tell) if ballot.weighing is not None else None,
        choices=tuple(
            (choice, tuple(_voter(vote, held.unit, tell) for vote in ballot.votes if vote.choice == choice))
            for choice in chosen
        ),
        tallies=tuple(_tallies(ballot, order)),
    )


def _weighing(weighing: Weighing, tell: Teller) -> views.Weights:
    return views.Weights(
        reference=weighing.reference.isoformat(),
        rule=weighing.rule,
        weights=tuple(
            views.Weight(
                name=tell.member(each.voter),
                votes=each.votes,
                inhabitants=each.inhabitants,
                on=each.on.isoformat(),
                entry=each.position,
                differs=each.stated if each.differs else None,
            )
            for each in weighing.weights
        ),
        missing=tell.members(weighing.missing),
    )


def _voter(vote: Named, unit: str, tell: Teller) -> views.Voter:
    name = tell.member(vote.voter) if unit == "member" else tell.party(vote.voter)
    split = None
    if vote.split is not None:
        said = [f"{tell.word['CHOICE'][choice]} {n}" for choice, n in _stated(vote.split).items()]
        split = ", ".join(said)
    return views.Voter(name=name, entry=vote.position, split=split, reason=vote.reason)


def _tallies(ballot: Ballot, order: list[str]) -> Iterator[tuple[str, int | None, int]]:
    if ballot.held.stated is None:
        return
    stated, counted = _stated(ballot.held.stated), dict(ballot.computed or {})
    for choice in order:
        if choice in stated or counted.get(choice):
            yield choice, stated.get(choice), counted.get(choice, 0)


def _stated(tally: object) -> dict[str, int]:
    names = {"for_": "for", "not_voting": "not-voting"}
    return {
        names.get(field, field): n
        for field in tally.__struct_fields__  # type: ignore[attr-defined]  # a Tally is a struct
        if (n := getattr(tally, field)) is not None
    }


def parts(decision: Decision, tell: Teller) -> tuple[views.Part, ...]:
    """The parts in their present version."""
    return tuple(
        views.Part(
            **tell.traced(part.versions[-1], decision.unconfirmed),
            code=part.part,
            title=part.title,
            n=part.n,
            text=part.versions[-1].text,
            set_n=part.set_n,
            continues=tuple(
                tell.decision(each.decision, None) for version in part.versions for each in version.continues
            ),
        )
        for part in decision.parts
    )


def placed(decision: Decision, tell: Teller) -> tuple[views.Placed, ...]:
    """The agendas on which a decision stands, the earliest first."""
    made = [
        views.Placed(
            body=tell.name(each.meeting.body) if each.meeting else None,
            on=(each.meeting.held.on if each.meeting.held else None) or each.meeting.planned_on
            if each.meeting
            else None,
            href=tell.frame.to(f"/vergaderingen/{each.placed.meeting}") if each.meeting else None,
            item=None if each.placed.item.startswith(UNNUMBERED) else f"{each.placed.item}{each.placed.letter or ''}",
            entry=each.placed.position,
        )
        for each in decision.placements
    ]
    return tuple(sorted(made, key=lambda each: (each.on or "", each.entry)))


def present(decision: Decision, tell: Teller) -> tuple[views.Present, ...]:
    """Who had no objection and who was absent; neither is a position."""
    kinds = dict.fromkeys(each.kind for each in decision.attendance)
    return tuple(
        views.Present(
            kind=kind,
            members=tell.members(each.member for each in decision.attendance if each.kind == kind),
            entry=next(each.position for each in decision.attendance if each.kind == kind),
        )
        for kind in kinds
    )


def justifications(decision: Decision, tell: Teller) -> tuple[views.Remark, ...]:
    """Why it was decided so, as the source says."""
    return tuple(
        views.Remark(**tell.traced(row, decision.unconfirmed), text=row.text) for row in decision.justifications
    )


def remarks(decision: Decision, tell: Teller) -> tuple[views.Remark, ...]:
    """Remarks, which are no reservations."""
    return tuple(
        views.Remark(**tell.traced(row, decision.unconfirmed), text=row.text, speaker=tell.speaker(row.voice))
        for row in decision.remarks
    )


def links(decision: Decision, tell: Teller, followed: Container[str] = ()) -> tuple[views.Link, ...]:
    """Other decisions, meetings, and addresses outside the register; not the dossiers that are `followed`."""
    return tuple(_links(decision, tell, followed))


def dossiers_of(decision: Decision) -> set[str]:
    """The streams that may be a dossier to which it belongs."""
    linked = {each.id for each in decision.links if each.id and not each.backwards and each.meeting is None}
    return linked | ({decision.proposed.dossier} if decision.proposed.dossier else set())


def dossiers(decision: Decision, tell: Teller, followed: Mapping[str, Titled]) -> tuple[views.Link, ...]:
    """The dossiers to which it belongs, each at the step of the route that it takes."""
    steps = {each.id: each.link.n for each in decision.links if each.id and each.link.n}
    return tuple(
        views.Link(
            href=tell.frame.to(f"/dossiers/{id_}") + (f"#stap-{steps[id_]}" if id_ in steps else ""), title=row.title
        )
        for id_, row in sorted(followed.items())
    )


def _links(decision: Decision, tell: Teller, followed: Container[str]) -> Iterator[views.Link]:
    for each in decision.links:
        at = each.link.at
        if each.id is not None and each.id in followed:
            continue
        if each.meeting is not None:
            yield views.Link(
                href=tell.frame.to(f"/vergaderingen/{each.meeting.id}"),
                title=tell.text(tell.meeting(each.meeting.body, each.meeting.on)),
                rel=each.link.rel,
                entry=each.link.position,
            )
        elif each.id is not None:
            yield views.Link(
                href=tell.frame.to(f"/besluiten/{each.id}"),
                title=each.title or tell.text(tell.says.say("een ander besluit")),
                rel=each.link.rel,
                backwards=each.backwards,
                entry=each.link.position,
            )
        elif at is not None and at.text and at.text.startswith("https://"):
            yield views.Link(href=at.text, title=at, rel=each.link.rel, outside=True, entry=each.link.position)


def corrections(decision: Decision, tell: Teller, positions: dict[int, int]) -> tuple[views.Correction, ...]:
    """What was wrong, and why; `positions` tells where each numbered entry stands in the log."""
    return tuple(
        views.Correction(
            **tell.traced(row),
            kind=row.kind,
            corrects=positions.get(row.corrects, row.position),
            what=_corrected(row.corrects, tell, annulled=row.annulled),
            known=tell.moment(row.known_from),
            grounds=row.grounds,
        )
        for row in decision.corrections
    )


def _corrected(step: int, tell: Teller, *, annulled: bool) -> str:
    if annulled:
        return tell.says.say("Wat stap %(n)s zei, geldt niet.", n=step)
    return tell.says.say("Stap %(n)s zegt nu iets anders.", n=step)


def evidence(rows: Iterable[Row], tell: Teller) -> tuple[views.Cited, ...]:
    """Every source once, the strongest first, with the entries that it supports."""
    found: dict[tuple[object, ...], tuple[views.Source, list[int]]] = {}
    for row in rows:
        for source in map(tell.source, row.evidence):
            key = (source.grade, source.href, source.label, source.page, source.act)
            found.setdefault(key, (source, []))[1].append(row.position)
    order = list(tell.word["GRADE"])
    cited = [views.Cited(source=source, entries=tuple(sorted(set(at)))) for source, at in found.values()]
    return tuple(sorted(cited, key=lambda each: (order.index(each.source.grade), each.entries)))


def fact_rows(decision: Decision) -> Iterator[Row]:
    """The rows of a decision that can have a source."""
    yield decision.proposed
    yield from decision.outcomes
    yield from decision.lists
    yield from decision.justifications
    yield from decision.remarks
    yield from (ballot.held for ballot in decision.ballots)
    yield from (version for part in decision.parts for version in part.versions)


def titles(decision: Decision) -> dict[str, Text]:
    """The title of each part by its code."""
    return {part.part: part.title for part in decision.parts}
