"""How others were heard on a decision, in words: who was asked, what each said, what was done with it and what its giver decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from api.pages import hearing
from api.pages.hearing import Party
from api.pages.standing import spanning
from api.pages.telling import Teller
from projections.at import At
from projections.decisions.consultation import query as consultation
from projections.decisions.consultation.beside import OwnDecision, View
from projections.decisions.consultation.inviting import BECAME, Asked, AskedAs, Invitation
from projections.decisions.consultation.promised import Advice, Undertaking
from projections.decisions.consultation.row import AdviceAnswer, ViewAnswer
from projections.decisions.consultation.viewing import Consultation, Difference, Figures, Note
from projections.decisions.row import Ballot, Decision
from projections.reading import Connection
from projections.row import Row, Text


class Loaded(msgspec.Struct, frozen=True):
    """What a page tells of it; nothing when nobody was heard and nothing promised."""

    consultation: Consultation | None = None
    views: tuple[View, ...] = ()
    advice: tuple[Advice, ...] = ()
    undertakings: tuple[Undertaking, ...] = ()


PAGES: Mapping[AskedAs, str] = {"council": "/raad/", "executive": "/gremia/", "member": "/leden/"}
"""Where those who are asked have their page."""


async def load(conn: Connection, decision: Decision, at: At) -> Loaded:
    """Ask for it, at the clocks of the decision."""
    title = decision.title
    return Loaded(
        decision.consultation,
        await consultation.views(conn, decision.id, title, at) if decision.consultation else (),
        await consultation.advice(conn, decision.id, title, at),
        await consultation.promises(conn, decision.id, title, at),
    )


def rows(loaded: Loaded) -> Iterator[Row]:
    """Every row that can have a source."""
    for each in loaded.views:
        yield each.received
        yield from (*each.answers, *(answer for point in each.items for answer in point.answers))
    if loaded.consultation is not None:
        found = loaded.consultation
        yield from (*(one.invited for one in found.invitations), *(one.note for one in found.reply_notes))
        yield from (*found.polls, *found.resolutions)
    for given in loaded.advice:
        yield from (row for row in (given.request, given.given, *given.answers) if row is not None)
    for promise in loaded.undertakings:
        yield from (row for row in (promise.given, *promise.progress, promise.closing) if row is not None)


def told(loaded: Loaded, tell: Teller, unconfirmed: Iterable[int] = ()) -> hearing.Heard:
    """Everything on the page of a decision."""
    seen, heard = set(unconfirmed), loaded.consultation
    return hearing.Heard(
        says=summary(heard.figures, tell) if heard else "",
        invitations=tuple(invitation(each, tell, seen) for each in heard.invitations) if heard else (),
        views=tuple(view(each, tell, seen) for each in loaded.views),
        notes=tuple(note(each, tell, seen) for each in heard.reply_notes) if heard else (),
        advice=tuple(advice(each, tell, seen) for each in loaded.advice),
        polls=tuple(_polls(heard, tell, seen)) if heard else (),
        resolutions=tuple(_resolutions(heard, tell, seen)) if heard else (),
        undertakings=tuple(undertaking(each, tell, seen) for each in loaded.undertakings),
    )


def summary(figures: Figures, tell: Teller) -> str:
    """How many views and points, and what was done with them."""
    count = tell.says.count
    said = [count("%(num)s zienswijze.", "%(num)s zienswijzen.", figures.views)]
    if figures.n:
        said.append(
            count(
                "%(num)s punt, waarvan %(answered)s met een antwoord.",
                "%(num)s punten, waarvan %(answered)s met een antwoord.",
                figures.n,
                answered=figures.answered,
            )
        )
    outcomes = [f"{tell.word['WEIGHED'][each]} {n}" for each, n in figures.by_outcome.items()]
    if outcomes:
        said.append(", ".join(outcomes).capitalize() + ".")
    return " ".join(said)


def party(code: str, tell: Teller, asked_as: AskedAs = "other") -> Party:
    """Somebody by name."""
    page = PAGES.get(asked_as)
    return Party(name=tell.name(code), href=tell.frame.to(page + code) if page else None)


def invitation(
    each: Invitation, tell: Teller, unconfirmed: Iterable[int] = (), about: Iterable[str] = ()
) -> hearing.InvitationCard:
    """An invitation, with those of whom the same became together; councils and executives apart."""
    mine = set(about)
    return hearing.InvitationCard(
        **tell.traced(each.invited, unconfirmed),
        seq=each.invited.seq,
        term=_term(each, tell),
        separately=each.invited.separately,
        layers=tuple(
            hearing.AskedLayer(
                asked_as=layer.asked_as,
                n=layer.n,
                heard=layer.heard,
                lines=tuple(_lines(each, layer.asked_as, tell)),
            )
            for layer in each.layers
        ),
        decision=tell.decision(each.decision, each.decision_title),
        became=next((became(asked, tell) for asked in each.parties if asked.party in mine), None),
    )


def became(asked: Asked, tell: Teller) -> str:
    """What became of one that was asked; a silence that nobody recorded is told apart from one that was."""
    if asked.became == "missed" and asked.position is None:
        return tell.says.say("niets vastgelegd; de termijn is voorbij")
    return tell.word["BECAME"][asked.became]


def _lines(each: Invitation, layer: AskedAs, tell: Teller) -> Iterator[hearing.AskedLine]:
    mine = sorted(
        (asked for asked in each.parties if asked.asked_as == layer), key=lambda one: BECAME.index(one.became)
    )
    together: dict[str, list[Party]] = {}
    for asked in mine:
        together.setdefault(became(asked, tell), []).append(party(asked.party, tell, layer))
    for word, parties in together.items():
        yield hearing.AskedLine(became=word, parties=tuple(sorted(parties, key=lambda one: one.name)))


def _term(each: Invitation, tell: Teller) -> str:
    say, said = tell.says.say, each.invited
    if said.from_ and said.until:
        return say("Termijn: %(period)s.", period=tell.day(spanning(said.from_, said.until)))
    if said.until:
        return say("Termijn: tot en met %(day)s.", day=tell.day(said.until))
    return say("Geen termijn vastgelegd.")


def view(
    each: View, tell: Teller, unconfirmed: Iterable[int] = (), parts: Mapping[str, Text] | None = None
) -> hearing.ViewCard:
    """One view, with the reply note's line for each of its points; `parts` are those of its decision."""
    said, seen, titles = each.received, set(unconfirmed), tell.parts if parts is None else parts
    points = [
        hearing.Point(
            number=point.item,
            gist=point.gist,
            part=titles.get(point.part) if point.part else None,
            answers=tuple(done(answer, tell, seen, titles) for answer in point.answers),
        )
        for point in each.items
    ]
    if each.answers:
        whole = tuple(done(answer, tell, seen, titles) for answer in each.answers)
        points.append(hearing.Point(number=None, gist=each.answers[-1].gist, answers=whole))
    return hearing.ViewCard(
        **tell.traced(said, seen),
        seq=said.seq,
        speaker=tell.speaker(said.voice),
        kind=said.kind,
        text=said.text,
        state=each.state,
        says=tuple(_about(each, tell)),
        points=tuple(points),
        own=tuple(_own(own, tell) for own in each.decided),
        decision=tell.decision(each.decision, each.decision_title),
        adds_to=said.adds_to,
        additions=tuple(int(address.rpartition(".")[2]) for address in each.additions),
    )


def _about(each: View, tell: Teller) -> Iterator[str]:
    say, voice = tell.says.say, each.received.voice
    if each.received.version is not None:
        yield say("Over versie %(n)s.", n=each.received.version)
    if voice.as_ == "joint":
        if each.counted:
            yield tell.says.count(
                "Eén zienswijze, van %(num)s lid.", "Eén zienswijze, van %(num)s leden samen.", len(each.counted)
            )
        else:
            yield say("De bron noemt geen leden; deze zienswijze telt voor geen van hen als eigen antwoord.")
    if voice.as_ == "namens":
        yield say("Gesproken namens anderen; het telt voor niemand als eigen zienswijze.")


def done(
    answer: ViewAnswer | AdviceAnswer,
    tell: Teller,
    unconfirmed: Iterable[int] = (),
    parts: Mapping[str, Text] | None = None,
) -> hearing.Done:
    """An answer with its reason and where it landed."""
    landed = answer.landed if isinstance(answer, ViewAnswer) else None
    return hearing.Done(
        **tell.traced(answer, unconfirmed),
        outcome=answer.outcome,
        by=tell.name(answer.by_body) if answer.by_body else None,
        reason=answer.reason,
        reason_missing=answer.reason_missing,
        landed=((parts or {}).get(landed.part) or tell.text(landed.part)) if landed else None,
    )


def _own(own: OwnDecision, tell: Teller) -> hearing.Own:
    return hearing.Own(
        link=tell.decision(own.decision, own.title),
        body=tell.name(own.body) if own.body else "",
        verb=own.outcome,
        on=own.outcome_on,
        entry=own.position,
        versions=tuple(
            hearing.Version(n=each.n, title=each.title, entry=each.position, text=each.text) for each in own.versions
        ),
        votes=tuple(_vote(each, tell) for each in own.ballots),
    )


def _vote(ballot: Ballot, tell: Teller) -> hearing.InnerVote:
    """Who is named under which choice, in one line a choice."""
    said: list[str] = []
    for choice, word in tell.word["CHOICE"].items():
        names = [tell.name(vote.voter) for vote in ballot.votes if vote.choice == choice]
        if names:
            said.append(f"{word}: {tell.says.join(sorted(names))}")
    if ballot.held.rest:
        said.append(tell.says.say("wie niet genoemd is: %(choice)s", choice=tell.word["CHOICE"][ballot.held.rest]))
    return hearing.InnerVote(**tell.traced(ballot.held), how=ballot.held.how, says=tuple(said))


def note(each: Note, tell: Teller, unconfirmed: Iterable[int] = ()) -> hearing.NoteCard:
    """A reply note: its own totals, and where the register does not come to them."""
    said, count = each.note, tell.says.count
    totals = []
    if said.letters is not None:
        totals.append(count("De nota telt %(num)s brief.", "De nota telt %(num)s brieven.", said.letters))
    if said.items is not None:
        totals.append(count("De nota telt %(num)s punt.", "De nota telt %(num)s punten.", said.items))
    href = said.at.text if said.at is not None and said.at.text and said.at.text.startswith("https://") else None
    return hearing.NoteCard(
        **tell.traced(said, unconfirmed),
        by=tell.name(said.by_body) if said.by_body else None,
        version=said.version,
        says=tuple(totals),
        differs=tuple(_differs(difference, tell) for difference in each.differences),
        href=href,
    )


def _differs(each: Difference, tell: Teller) -> str:
    if each.of == "letters":
        return tell.says.say(
            "Brieven: volgens de nota %(stated)s, in het register %(counted)s.",
            stated=each.stated,
            counted=each.counted,
        )
    return tell.says.say(
        "Punten: volgens de nota %(stated)s, in het register %(counted)s.", stated=each.stated, counted=each.counted
    )


def advice(each: Advice, tell: Teller, unconfirmed: Iterable[int] = ()) -> hearing.AdviceCard:
    """Advice, or the request that waits for it."""
    request, given = each.request, each.given
    row = given or request
    assert row is not None  # noqa: S101  # an advice is given, asked, or both
    say = tell.says.say
    asked = say("ongevraagd")
    if request is not None:
        asked = say("gevraagd aan %(who)s", who=tell.name(request.body))
        if request.until:
            asked = say("%(asked)s, uiterlijk %(day)s", asked=asked, day=tell.day(request.until))
    return hearing.AdviceCard(
        **tell.traced(row, unconfirmed),
        seq=row.seq,
        who=tell.speaker(given.voice) if given else "",
        asked=asked,
        state=each.state,
        question=request.question if request else None,
        text=given.text if given else None,
        answers=tuple(done(answer, tell, unconfirmed) for answer in each.answers),
    )


def _polls(heard: Consultation, tell: Teller, unconfirmed: Iterable[int]) -> Iterator[hearing.PollCard]:
    for each in heard.polls:
        options: tuple[tuple[Text, int | None], ...] = tuple((one.title, one.votes) for one in each.options)
        yield hearing.PollCard(
            **tell.traced(each, unconfirmed),
            among=party(each.among, tell),
            question=each.question,
            asked=each.asked_n,
            answered=each.answered,
            options=options,
        )


def _resolutions(heard: Consultation, tell: Teller, unconfirmed: Iterable[int]) -> Iterator[hearing.ResolutionCard]:
    for each in heard.resolutions:
        yield hearing.ResolutionCard(
            **tell.traced(each, unconfirmed),
            speaker=tell.speaker(each.voice),
            text=each.text,
            to=tuple(party(code, tell) for code in each.to),
        )


def undertaking(each: Undertaking, tell: Teller, unconfirmed: Iterable[int] = ()) -> hearing.UndertakingCard:
    """An undertaking: who promised what to whom, when it is due, and what was told since."""
    given = each.given
    return hearing.UndertakingCard(
        **tell.traced(given, unconfirmed),
        seq=given.seq,
        speaker=tell.speaker(given.voice),
        text=given.text,
        status="overdue" if each.overdue else each.status,
        decision=tell.decision(each.decision, each.decision_title),
        number=given.number,
        to=party(given.to, tell) if given.to else None,
        condition=given.condition,
        due=given.due,
        progress=tuple(hearing.Told(**tell.traced(row, unconfirmed), text=row.text) for row in each.progress),
        closing=hearing.Told(
            **tell.traced(each.closing, unconfirmed), text=each.closing.note, how=each.closing.how or "not-stated"
        )
        if each.closing
        else None,
    )
