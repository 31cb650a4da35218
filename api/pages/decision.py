"""The page of one decision: loaded on one snapshot, then told."""

from __future__ import annotations

# ruff: noqa: RUF001  # the dashes and quotation marks of a sentence are meant as they are
from collections.abc import Mapping
from datetime import date

import msgspec

from api.pages import decision_facts, decision_standing, happened, heard, hearing, standing, views, words_told
from api.pages.decision_standing import Asked, Stood, holds
from api.pages.frame import Frame
from api.pages.listing import day_of
from api.pages.telling import Teller, codes_in
from projections.at import At
from projections.course import query as course
from projections.course.row import Position
from projections.decisions.row import Decision
from projections.dossiers import query as dossiers
from projections.dossiers.row import Titled
from projections.governance import query as governance
from projections.governance.row import Body, Subregion
from projections.history import query as history
from projections.history.row import Step
from projections.reading import Connection
from projections.standpoints import query as standpoints
from projections.standpoints.row import Standpoint

LISTED = ("course-for", "signatories", "voters", "consulted")
"""Which list says who was asked, the first that there is."""


class Loaded(msgspec.Struct, frozen=True):
    """Everything that the page of a decision is made of."""

    decision: Decision
    positions: tuple[Position, ...]
    standpoints: tuple[Standpoint, ...]
    heard: heard.Loaded
    steps: tuple[Step, ...]
    members: tuple[str, ...]
    """The members in force on the day of the decision's latest act."""
    subregions: tuple[Subregion, ...]
    body: Body | None
    names: dict[str, str]
    dossiers: Mapping[str, Titled] = {}
    """What those streams are called to which it belongs or links, as far as they are dossiers."""


class DecisionPage(views.View, frozen=True, kw_only=True):
    """What templates/decision.html shows."""

    id: str
    title: views.Said
    what: str
    """What stands there of which day, for a title that is not shown."""
    on: str | None
    entry: int
    kind: str
    over: str
    answer: tuple[str, ...]
    verb: str | None
    outcome_unconfirmed: bool
    force: str
    who: str
    when: str
    question: views.Said | None
    class_means: str
    decided: str
    standing: str
    outcomes: tuple[views.Outcome, ...]
    present: tuple[views.Present, ...]
    lists: tuple[views.PartyList, ...]
    placed: tuple[views.Placed, ...]
    tally: views.Tally | None
    tallies: tuple[views.PartTally, ...]
    groups: tuple[views.Group, ...]
    groups_name: str
    groups_as: str
    ended: tuple[views.Position, ...]
    parts: tuple[views.Part, ...]
    standpoints: tuple[views.Standpoint, ...]
    standpoints_say: str
    open_standpoints: int
    heard: hearing.Heard
    ballots: tuple[views.Ballot, ...]
    justifications: tuple[views.Remark, ...]
    remarks: tuple[views.Remark, ...]
    links: tuple[views.Link, ...]
    dossiers: tuple[views.Link, ...]
    evidence: tuple[views.Cited, ...]
    missing: list[str]
    timeline: tuple[views.Event, ...]
    corrections: tuple[views.Correction, ...]
    entries_say: str


async def load(conn: Connection, decision: Decision, at: At) -> Loaded:
    """Ask for the rest of what is known of a decision at the same clocks."""
    then = At(valid_on=min(decision.acted_on, at.valid_on), known_at=at.known_at, position=at.position)
    positions = await course.positions(conn, decision.id, at)
    held = await standpoints.of(conn, decision.id, at)
    consulted = await heard.load(conn, decision, at)
    steps = await history.events(conn, decision.id, at)
    members = tuple(each.code for each in await governance.members(conn, then))
    subregions = await governance.subregions(conn, then)
    body = (
        await governance.body(conn, decision.proposed.decided_by.body, then)
        if decision.proposed.decided_by.body
        else None
    )
    codes = {*codes_in((decision, positions, held, consulted, subregions)), *happened.codes(steps), *members}
    return Loaded(
        decision,
        positions,
        held,
        consulted,
        steps,
        members,
        subregions,
        body,
        dict(await governance.names(conn, codes, then)),
        await dossiers.titled(conn, decision_facts.dossiers_of(decision), at),
    )


def page(loaded: Loaded, frame: Frame) -> DecisionPage:
    """Tell a decision."""
    decision = loaded.decision
    tell = Teller(frame, loaded.names, decision_facts.titles(decision))
    tell.titles.update({each.id: each.title for each in decision.links if each.id and each.title})
    tell.days = {step.event.position: step.event.on for step in loaded.steps if step.event.on}
    day = frame.at.valid_on
    in_force = tuple(row for row in loaded.positions if holds(row, day) and row.member)
    statements = _statements(loaded, day)
    asked = _asked(loaded)
    regional = loaded.body is None or loaded.body.of is None
    told = happened.events(loaded.steps, tell, decision.proposed.kind)
    stood = Stood(asked, in_force, statements, decision)
    tally = stood.over_all() if regional else None
    justifications = decision_facts.justifications(decision, tell)
    rows = [
        *decision_facts.fact_rows(decision),
        *loaded.positions,
        *(each.recorded for each in loaded.standpoints),
        *heard.rows(loaded.heard),
    ]
    outcome = decision.outcome
    return DecisionPage(
        id=decision.id,
        title=decision.title,
        what=tell.word["DECISION_KIND"][decision.proposed.kind],
        on=day_of(decision),
        entry=decision.proposed.position,
        kind=decision.proposed.kind,
        over=_over(loaded, tell),
        answer=_answer(loaded, tally, tell),
        verb=outcome.verb if outcome else None,
        outcome_unconfirmed=outcome is not None and outcome.seq in decision.unconfirmed,
        force=_force(loaded, tell),
        who=_who(loaded, asked, tell),
        when=_when(decision, tell),
        question=decision.proposed.question,
        class_means=_class_means(decision, tell),
        decided=_verdict(loaded, tell),
        standing=_standing(tally, tell),
        outcomes=decision_facts.outcomes(decision, tell),
        present=decision_facts.present(decision, tell),
        lists=decision_facts.lists(decision, tell),
        placed=decision_facts.placed(decision, tell),
        tally=tally,
        tallies=decision_standing.per_part(stood) if regional else (),
        groups=decision_standing.groups(asked, in_force, statements, tell, decision.unconfirmed) if regional else (),
        groups_name=tell.says.say("Posities per deelregio")
        if loaded.subregions
        else tell.says.say("Posities van leden"),
        groups_as=_groups_as(loaded, tell),
        ended=tuple(
            decision_standing.ended(row, tell) for row in loaded.positions if row.member and not holds(row, day)
        ),
        parts=decision_facts.parts(decision, tell),
        standpoints=tuple(standing.card(each, tell, decision.unconfirmed) for each in loaded.standpoints),
        standpoints_say=standing.summary(loaded.standpoints, tell),
        open_standpoints=_open(loaded),
        heard=heard.told(loaded.heard, tell, decision.unconfirmed),
        ballots=decision_facts.ballots(decision, tell),
        justifications=justifications,
        remarks=decision_facts.remarks(decision, tell),
        links=decision_facts.links(decision, tell, loaded.dossiers),
        dossiers=decision_facts.dossiers(decision, tell, loaded.dossiers),
        evidence=decision_facts.evidence(rows, tell),
        missing=_missing(decision, tell),
        timeline=happened.timeline(told, day),
        corrections=decision_facts.corrections(
            decision, tell, {step.event.seq: step.event.position for step in loaded.steps}
        ),
        entries_say=tell.says.count(
            "%(num)s regel in het logboek.", "%(num)s regels in het logboek.", len(loaded.steps)
        ),
    )


def _groups_as(loaded: Loaded, tell: Teller) -> str:
    """The day of which the groups are."""
    day = tell.day(min(loaded.decision.acted_on, tell.frame.at.valid_on))
    if loaded.subregions:
        return tell.says.say("Zoals de deelregio’s waren op %(day)s.", day=day)
    return tell.says.say("Wie lid was op %(day)s.", day=day)


def _statements(loaded: Loaded, day: date) -> tuple[Position | Standpoint, ...]:
    """What somebody said on behalf of others and still holds."""
    positions = [row for row in loaded.positions if row.voice.as_ == "namens" and holds(row, day)]
    held = [each for each in loaded.standpoints if each.recorded.voice.as_ == "namens" and each.status != "withdrawn"]
    return (*positions, *held)


def _asked(loaded: Loaded) -> Asked:
    """Who was asked: the names of the decision's own list, or the members of that day; a list of parties names others as well."""
    if loaded.decision.proposed.decided_by.each == "party":
        return Asked(loaded.members, loaded.subregions, len(loaded.members))
    found = sorted(
        (each for each in loaded.decision.lists if each.list in LISTED), key=lambda each: LISTED.index(each.list)
    )
    codes = next((each.members for each in found if each.members), loaded.members)
    return Asked(codes, loaded.subregions, len(codes))


def _open(loaded: Loaded) -> int:
    return sum(each.status == "open" for each in loaded.standpoints)


def _over(loaded: Loaded, tell: Teller) -> str:
    proposed = loaded.decision.proposed
    said = [tell.word["DECISION_KIND"][proposed.kind]]
    if proposed.number:
        said.append(proposed.number)
    if loaded.body is not None and loaded.body.of is not None:
        said.append(tell.says.say("van een lid, niet van de regio"))
    if proposed.class_ != "not-stated":
        said.append(tell.word["SUBJECT_CLASS"][proposed.class_])
    return " · ".join(said)


def _answer(loaded: Loaded, tally: views.Tally | None, tell: Teller) -> tuple[str, ...]:
    first = _decided(loaded, tell)
    if tally is None:
        return (first,)
    return (f"{first} {_standing(tally, tell)}",)


def _decided(loaded: Loaded, tell: Teller) -> str:
    decision, outcome = loaded.decision, loaded.decision.outcome
    if outcome is None:
        return tell.says.say("Van dit voorstel is nog geen uitkomst gevonden.")
    proposed = decision.proposed
    template = tell.word["OUTCOME_SAYS"][outcome.verb]
    if outcome.verb == "adopted" and proposed.kind in {"motion", "amendment"}:
        template = tell.says.say(words_told.CARRIED_SAYS)
    return template % {"who": _decider(loaded, tell), "when": tell.when(outcome.on)}


def _verdict(loaded: Loaded, tell: Teller) -> str:
    """The outcome in as few words as there are: Vastgesteld door 35 leden, elk voor zich."""
    outcome, kind = loaded.decision.outcome, loaded.decision.proposed.kind
    if outcome is None:
        return tell.says.say("Nog geen uitkomst gevonden")
    verb = tell.says.verb(outcome.verb, kind)
    verb = verb[:1].upper() + verb[1:]
    if outcome.verb in {"withdrawn", "lapsed", "not-stated"}:
        return verb
    return tell.says.say("%(verb)s door %(who)s", verb=verb, who=_decider(loaded, tell))


def _decider(loaded: Loaded, tell: Teller) -> str:
    outcome, decided_by = loaded.decision.outcome, loaded.decision.proposed.decided_by
    if decided_by.each == "party":  # a total of parties counts others than members as well
        each = tell.says.say("Elke partij voor zich")
        return each[:1].lower() + each[1:]
    if outcome is not None and outcome.count is not None:
        return tell.says.count("%(num)s lid", "%(num)s leden, elk voor zich", outcome.count)
    if decided_by.body:
        return tell.name(decided_by.body)
    if outcome is not None and outcome.decides:
        return tell.name(outcome.decides)
    return tell.says.say("de leden, elk voor zich")


def _standing(tally: views.Tally | None, tell: Teller) -> str:
    if tally is None:
        return tell.says.say("Een besluit van een lid zelf; daarop neemt de regio geen positie in.")
    count = tell.says.count
    n = tally.n
    if not tally.recorded:
        return tell.says.say("Van geen van de %(n)s leden is een positie vastgelegd; dat is geen instemming.", n=n)
    if tally.apart and tally.apart == tally.stances.get("departs"):
        return count(
            "%(num)s van de %(n)s leden wijkt op een onderdeel af.",
            "%(num)s van de %(n)s leden wijken op een onderdeel af.",
            tally.apart,
            n=n,
        )
    if tally.apart and tally.apart == tally.stances.get("joins-with-reservation"):
        return count(
            "%(num)s van de %(n)s leden maakt een voorbehoud.",
            "%(num)s van de %(n)s leden maken een voorbehoud.",
            tally.apart,
            n=n,
        )
    if tally.apart:
        return count(
            "%(num)s van de %(n)s leden wijkt op een onderdeel af, maakt een voorbehoud of doet niet mee.",
            "%(num)s van de %(n)s leden wijken op een onderdeel af, maken een voorbehoud of doen niet mee.",
            tally.apart,
            n=n,
        )
    return count(
        "%(num)s van de %(n)s leden nam een positie in; geen daarvan wijkt af.",
        "%(num)s van de %(n)s leden namen een positie in; geen daarvan wijkt af.",
        tally.recorded,
        n=n,
    )


def _force(loaded: Loaded, tell: Teller) -> str:
    if loaded.body is None:
        return tell.says.say("Elk lid besluit voor zich")
    return tell.word["FORCE"][loaded.body.force]


def _who(loaded: Loaded, asked: Asked, tell: Teller) -> str:
    decided_by = loaded.decision.proposed.decided_by
    if decided_by.body:
        return tell.name(decided_by.body)
    if decided_by.each == "party":
        return tell.says.say("Elke partij voor zich")
    return tell.says.count("Het ene lid", "De %(num)s leden, elk voor zich", asked.n)


def _when(decision: Decision, tell: Teller) -> str:
    if decision.outcome is not None and decision.outcome.on:
        return tell.day(decision.outcome.on)
    if decision.proposed.on:
        return tell.says.say("Voorgelegd: %(day)s", day=tell.day(decision.proposed.on))
    return tell.says.say("Dag niet vermeld")


def _class_means(decision: Decision, tell: Teller) -> str:
    return tell.word["SUBJECT_CLASS_MEANS"].get(decision.proposed.class_, "")


def _missing(decision: Decision, tell: Teller) -> list[str]:
    say = tell.says.say
    gaps: list[str] = []
    if decision.outcome is None:
        gaps.append(say("de uitkomst"))
    if not decision.justifications:
        gaps.append(say("waarom zo is besloten"))
    if decision.without_evidence:
        gaps.append(
            tell.says.count("een bron bij %(num)s regel", "een bron bij %(num)s regels", len(decision.without_evidence))
        )
    return gaps
