"""One dossier: its route as planned and as it went, its titles, versions, editions, and the decisions that belong to it."""

from __future__ import annotations

# ruff: noqa: RUF001  # the dashes and quotation marks of a sentence are meant as they are
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from api.pages import happened, heard, hearing, struck, views
from api.pages.frame import Frame
from api.pages.telling import Teller, codes_in
from api.pages.way import Influence, asks, by, called, influence, next_step, numbered
from projections.at import At
from projections.decisions.consultation import query as consultation
from projections.decisions.consultation.promised import Advice
from projections.dossiers import query as dossiers
from projections.dossiers import row as r
from projections.dossiers.answer import Dossier, Step, Taken
from projections.governance import query as governance
from projections.history import query as history
from projections.history.row import Step as Written
from projections.reading import Connection
from projections.row import Text


class Taking(views.View, frozen=True, kw_only=True):
    """A decision that belongs to the dossier, with the step of the route that it takes."""

    href: str
    title: Text
    by: str
    kind: str
    verb: str | None
    entry: int
    on: str | None = None
    step: int | None = None


class Stop(views.View, frozen=True, kw_only=True):
    """A step of the route: planned beside actual."""

    step: int
    stage: str
    status: str
    by: str
    when: str
    days: str
    entry: int
    title: Text | None = None
    influence: Influence | None = None
    reached: views.Traced | None = None
    decisions: tuple[Taking, ...] = ()


class Titled(views.Traced, frozen=True, kw_only=True):
    """A title with its period."""

    title: Text
    since: str
    until: str | None


class Published(views.Traced, frozen=True, kw_only=True):
    """A version or an edition of the document."""

    number: int
    state: str | None = None
    title: Text | None = None
    period: str | None = None
    href: str | None = None
    withheld: bool = False


class Rung(views.Traced, frozen=True, kw_only=True):
    """How far councils take part for a period."""

    step: int
    note: Text | None
    since: str
    until: str | None


class DossierPage(views.View, frozen=True, kw_only=True):
    """What templates/dossier.html shows."""

    id: str
    title: Text
    what: str
    """What stands there of which day, for a title that is not shown."""
    on: str | None
    over: str
    entry: int
    answer: tuple[str, ...]
    steps: tuple[Stop, ...]
    dropped: tuple[Stop, ...]
    routes: tuple[views.Traced, ...]
    titles: tuple[Titled, ...]
    versions: tuple[Published, ...]
    editions: tuple[Published, ...]
    rungs: tuple[Rung, ...]
    asks: str | None
    besides: tuple[Taking, ...]
    advice: tuple[tuple[hearing.AdviceCard, views.Link], ...]
    corrections: tuple[views.Correction, ...]
    unsourced: int
    timeline: tuple[views.Event, ...]


class Loaded(msgspec.Struct, frozen=True):
    """One dossier with its history."""

    dossier: Dossier
    steps: tuple[Written, ...]
    names: Mapping[str, str]
    advice: tuple[Advice, ...] = ()


async def load(conn: Connection, id: str, at: At) -> Loaded | None:
    """Ask for one dossier; None when there is none by then."""
    found = await dossiers.dossier(conn, id, at)
    if found is None:
        return None
    steps = await history.events(conn, id, at)
    given = [each for taken in found.decisions for each in await consultation.advice(conn, taken.id, taken.title, at)]
    codes = {*codes_in(found.decisions), *codes_in(given), *_takers(found), *happened.codes(steps)}
    return Loaded(found, steps, await governance.names(conn, codes, at), tuple(given))


def _takers(dossier: Dossier) -> Iterator[str]:
    """Who takes a step, and who can influence one."""
    for step in (*dossier.steps, *dossier.dropped):
        yield from ((step.by,) if step.by else ())
        yield from step.influence


def page(loaded: Loaded, frame: Frame) -> DossierPage:
    """Tell one dossier."""
    dossier, tell = loaded.dossier, Teller(frame, loaded.names)
    on_route = {each.id for step in (*dossier.steps, *dossier.dropped) for each in step.decisions}
    return DossierPage(
        id=dossier.id,
        title=dossier.title,
        what=numbered(dossier.opened.number, tell),
        on=dossier.opened.on,
        over=_over(dossier, tell),
        entry=dossier.opened.position,
        answer=tuple(_answer(dossier, tell)),
        steps=tuple(_stop(each, tell) for each in dossier.steps),
        dropped=tuple(_stop(each, tell) for each in dossier.dropped),
        routes=tuple(views.Traced(**tell.traced(each)) for each in dossier.routes),
        titles=tuple(_titled(each, tell) for each in dossier.titles),
        versions=tuple(_version(each, tell) for each in dossier.versions),
        editions=tuple(_edition(each, tell) for each in dossier.editions),
        rungs=tuple(_rung(each, tell) for each in dossier.participation),
        asks=asks(dossier.asks.step, tell) if dossier.asks else None,
        besides=tuple(_taking(each, tell) for each in dossier.decisions if each.id not in on_route),
        advice=tuple(
            (
                heard.advice(each, tell),
                views.Link(href=frame.to(f"/besluiten/{each.decision}"), title=each.decision_title),
            )
            for each in loaded.advice
        ),
        corrections=tuple(_correction(each, loaded.steps, tell) for each in dossier.corrections),
        unsourced=len(dossier.without_evidence),
        timeline=happened.events(loaded.steps, tell, "decision"),
    )


def struck_page(loaded: Loaded, gone: r.DossierStruck, frame: Frame) -> struck.StruckPage:
    """Tell a dossier that was struck."""
    tell = Teller(frame, loaded.names)
    see = views.Link(href=frame.to(f"/dossiers/{gone.see}"), title=loaded.dossier.title) if gone.see else None
    return struck.StruckPage(
        over=tell.says.say("Doorgehaald dossier"),
        says=tell.says.say(
            "Dit dossier is doorgehaald en staat in geen lijst meer. Zijn adres en zijn regels blijven staan."
        ),
        up=views.Link(href=frame.to("/dossiers"), title=tell.text(tell.says.say("Dossiers"))),
        title=loaded.dossier.title,
        what=numbered(loaded.dossier.opened.number, tell),
        on=loaded.dossier.opened.on,
        entry=gone.position,
        because=gone.because,
        grounds=gone.grounds,
        see=see,
        timeline=happened.events(loaded.steps, tell, "decision"),
    )


def _over(dossier: Dossier, tell: Teller) -> str:
    kind = tell.word["DOSSIER"][dossier.kind]
    return f"{kind} {dossier.number}" if dossier.number else kind


def _answer(dossier: Dossier, tell: Teller) -> Iterator[str]:
    say = tell.says.say
    coming = [each for each in dossier.steps if each.status in {"planned", "under-way", "held-over"}]
    silent = sum(1 for each in dossier.steps if each.status == "not-recorded")
    if dossier.closed is not None:
        yield say("Dit dossier is gesloten en wordt niet langer gevolgd.")
    elif coming:
        yield next_step(coming[0], tell)
    elif dossier.steps:
        yield say("Er staat geen stap meer gepland.")
    else:
        yield say("Van dit dossier is nog geen route vastgelegd.")
    if silent:
        yield tell.says.count(
            "Van %(num)s stap is de dag voorbij zonder dat is vastgelegd of zij is gezet.",
            "Van %(num)s stappen is de dag voorbij zonder dat is vastgelegd of zij zijn gezet.",
            silent,
        )
    former = [str(each.title) for each in dossier.titles if each.title.text and each.title.sd != dossier.title.sd]
    if former:
        yield say("Het heette ook %(names)s.", names=tell.says.join([f"‘{each}’" for each in former]))


def _stop(step: Step, tell: Teller) -> Stop:
    return Stop(
        step=step.step,
        stage=called(step.stage, tell),
        status=step.status,
        by=by(step.by, step.stage, tell),
        when=step.happened_on or step.planned_on,
        days=_days(step, tell),
        entry=step.position,
        title=step.title,
        influence=influence(step.influence, step.until, tell),
        reached=views.Traced(**tell.traced(step.reached)) if step.reached else None,
        decisions=tuple(_taking(each, tell) for each in step.decisions),
    )


def _days(step: Step, tell: Teller) -> str:
    """First planned, now planned, happened."""
    say = tell.says.say
    planned = list(dict.fromkeys(tell.day(each.planned_on) for each in step.plannings))
    if len(planned) > 1:
        told = [say("Eerst gepland %(day)s", day=planned[0]), *(say("toen %(day)s", day=day) for day in planned[1:-1])]
        told.append(say("nu gepland %(day)s", day=tell.day(step.planned_on)))
    else:
        told = [say("Gepland %(day)s", day=planned[0])]
    if step.happened_on:
        told.append(say("gebeurd %(day)s", day=tell.day(step.happened_on)))
    return ", ".join(told) + "."


def _taking(taken: Taken, tell: Teller) -> Taking:
    body = taken.decided_by.body
    return Taking(
        href=tell.frame.to(f"/besluiten/{taken.id}"),
        title=taken.title,
        by=tell.name(body) if body else tell.says.say("elk lid voor zich"),
        kind=taken.kind,
        verb=taken.outcome,
        entry=taken.outcome_position or taken.position,
        on=taken.outcome_on,
        step=taken.steps[0] if taken.steps else None,
    )


def _titled(row: r.Titled, tell: Teller) -> Titled:
    until = row.valid_until.isoformat() if row.valid_until else None
    return Titled(**tell.traced(row), title=row.title, since=_since(row), until=until)


def _since(row: r.DossierRow) -> str:
    """The first day as the source gives it, else the one on which it became known."""
    return row.on or (row.valid_from.isoformat() if row.valid_from else "")


def _rung(row: r.Participation, tell: Teller) -> Rung:
    until = row.valid_until.isoformat() if row.valid_until else None
    return Rung(**tell.traced(row), step=row.step, note=row.note, since=_since(row), until=until)


def _version(row: r.Version, tell: Teller) -> Published:
    return Published(
        **tell.traced(row),
        number=row.version,
        state=tell.word["VERSION"][row.state],
        title=row.name,
        href=_href(row.at),
        withheld=_withheld(row.at),
    )


def _edition(row: r.Edition, tell: Teller) -> Published:
    days: Iterable[str] = dict.fromkeys(tell.day(each) for each in (row.from_, row.until) if each)
    return Published(
        **tell.traced(row),
        number=row.edition,
        title=row.title,
        period="–".join(days) or None,
        href=_href(row.at),
        withheld=_withheld(row.at),
    )


def _href(at: Text | None) -> str | None:
    return at.text if at is not None and at.text and at.text.startswith("https://") else None


def _withheld(at: Text | None) -> bool:
    return at is not None and at.text is None


def _correction(row: r.DossierCorrection, steps: Iterable[Written], tell: Teller) -> views.Correction:
    positions = {each.event.seq: each.event.position for each in steps}
    say = tell.says.say
    what = say("Deze regel is geschrapt.") if row.annulled else say("Deze regel zegt nu wat zij had moeten zeggen.")
    return views.Correction(
        **tell.traced(row),
        kind=row.kind,
        corrects=positions.get(row.corrects, row.position),
        what=what,
        known=tell.moment(row.known_from),
        grounds=row.grounds,
    )
