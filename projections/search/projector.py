"""The only writer of search: each text that a reader may look for, and each name, with the page that it is on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from projections.at import Days, act, period
from projections.book import Book, text
from projections.entry import Entry
from projections.fold import Fold
from projections.search.consulted import of_consultation
from projections.search.row import Findable, Place
from projections.search.said import Said, speakers
from register.decisions import facts as f
from register.decisions import standing as s
from register.dossiers import facts as ds
from register.governance import facts as g
from register.meetings import facts as m
from register.values import Sealed


def evolve(book: Book, entry: Entry) -> None:
    """Take one entry into the book of its stream."""
    match entry.fact.KIND:
        case "decision":
            for said in _of_decision(entry):
                _put(book, entry, "decision", said)
            _numbered(book, entry)
        case "meeting" if isinstance(entry.fact, m.MeetingStruck):
            for key, _ in tuple(book.rows()):
                book.drop(key)
        case "meeting":
            for said in _of_meeting(entry):
                _put(book, entry, "meeting", said)
        case "dossier":
            for said in _of_dossier(entry):
                _put(book, entry, "dossier", said)
            _numbered(book, entry)
        case _:
            _named(book, entry)


def _put(book: Book, entry: Entry, place: Place, said: Said) -> None:
    """Keep the place of a text; what describes a decision, dossier or meeting is found for as long as that is."""
    if said.seal is None:
        return
    lasting = place == "meeting" or said.what in {"title", "question", "dossier"}
    days = Days() if lasting else act(getattr(entry.fact, "on", None), entry.day)
    _keep(
        book,
        entry,
        days,
        key=f"{said.what}:{entry.seq}.{said.field}",
        place=place,
        what=said.what,
        of=said.of or entry.seq,
        text=text(said.seal),
        part=said.part,
        named=tuple(dict.fromkeys(said.named)),
    )


def _keep(book: Book, entry: Entry, days: Days, *, key: str, **found: Any) -> None:  # noqa: ANN401  # the fields of a row
    row = Findable(
        stream=entry.stream,
        seq=entry.seq,
        position=entry.position,
        by=entry.by,
        corrected_by=entry.corrected_by,
        valid_from=days.valid_from,
        on=getattr(entry.fact, "on", None),
        **found,
    )
    book.put(key, row)


def _of_decision(entry: Entry) -> Iterator[Said]:  # noqa: C901, PLR0912  # one arm a fact
    match entry.fact:
        case f.DecisionProposed() as fact:
            body = (fact.decided_by.body,) if fact.decided_by.body else ()
            yield Said("title", "title", fact.title, named=body)
            yield Said("question", "question", fact.question, named=body)
        case f.PartAdded() | f.PartAmended() as fact:
            yield Said("title", "part-title", fact.title, part=fact.part)
            yield Said("text", "part", fact.text, part=fact.part)
        case f.VoteHeld() as fact:
            for index, option in enumerate(fact.options or ()):
                yield Said(str(index), "option", option.title)
        case f.VotesRecorded() as fact:
            for vote in fact.votes:
                yield Said(vote.voter, "reason", vote.reason, named=(vote.voter,))
        case f.OutcomeRecorded() as fact:
            yield Said("note", "outcome", fact.note)
        case f.JustificationGiven() as fact:
            yield Said("text", "justification", fact.text)
        case f.RemarkRecorded() as fact:
            yield Said("text", "remark", fact.text, part=fact.part, named=speakers(fact.voice))
        case s.PositionRecorded() as fact:
            who = (fact.member, *speakers(fact.voice)) if fact.member else speakers(fact.voice)
            yield Said("reason", "reason", fact.reason, part=fact.part, named=who)
        case s.PositionExplained() as fact:
            yield Said("reason", "reason", fact.reason, of=fact.position)
        case s.PositionRevised() as fact:
            yield Said("reason", "reason", fact.reason)
        case _:
            yield from _of_standpoint(entry)


def _of_standpoint(entry: Entry) -> Iterator[Said]:
    match entry.fact:
        case s.MinorityStandpointRecorded() as fact:
            yield Said("text", "standpoint", fact.text, named=speakers(fact.voice))
            yield Said("alternative", "alternative", fact.alternative, named=speakers(fact.voice))
        case s.MinorityStandpointAmended() as fact:
            yield Said("text", "standpoint", fact.text, of=fact.standpoint)
            yield Said("alternative", "alternative", fact.alternative, of=fact.standpoint)
        case s.MinorityStandpointAnswered() as fact:
            yield Said("text", "reply", fact.text, of=fact.standpoint, named=speakers(fact.voice))
        case s.MinorityStandpointWeighed() as fact:
            yield Said("reason", "weighing", fact.reason, of=fact.standpoint, named=(fact.by,))
        case _:
            yield from of_consultation(entry)


def _of_meeting(entry: Entry) -> Iterator[Said]:
    match entry.fact:
        case m.MeetingPlanned() as fact:
            yield Said("title", "meeting", fact.title, named=(fact.body,))
        case m.MeetingCancelled() as fact:
            yield Said("reason", "cancellation", fact.reason)
        case m.AgendaItemPlaced() as fact:
            yield Said("title", "agenda-item", fact.title)
        case m.DocumentPublished() as fact:
            yield Said("title", "document", fact.title)
        case _:
            return


def _of_dossier(entry: Entry) -> Iterator[Said]:
    match entry.fact:
        case ds.DossierOpened() | ds.DossierRetitled() as fact:
            yield Said("title", "dossier", fact.title)
        case ds.VersionPublished() as fact:
            yield Said("name", "version", fact.name)
        case ds.EditionPublished() as fact:
            yield Said("title", "edition", fact.title)
        case ds.RoutePlanned() as fact:
            for index, step in enumerate(fact.steps):
                takes = (step.by,) if step.by else ()
                yield Said(str(index), "route-step", step.title, named=(*takes, *(step.influence or ())))
        case ds.ParticipationStepChosen() | ds.DossierClosed() as fact:
            yield Said("note", "dossier-note", fact.note)
        case _:
            return


def _numbered(book: Book, entry: Entry) -> None:
    """The number by which people outside call a decision or a dossier."""
    fact = entry.fact
    if isinstance(fact, f.DecisionProposed | ds.DossierOpened) and fact.number:
        _keep(
            book,
            entry,
            Days(),
            key=f"number:{entry.seq}",
            place="decision" if isinstance(fact, f.DecisionProposed) else "dossier",
            what="number",
            of=entry.seq,
            words=fact.number,
        )


def _named(book: Book, entry: Entry) -> None:
    """Names in clear, and those of parties and themes by their seals."""
    match entry.fact:
        case (
            g.MemberAdmitted(member=code, name=name, from_=begins)
            | g.MemberRenamed(member=code, name=name, from_=begins)
        ):
            _name(book, entry, begins, name, place="member", code=code)
        case g.BodyEstablished(code=code, name=name, from_=begins) | g.BodyRenamed(body=code, name=name, from_=begins):
            _name(book, entry, begins, name, place="body", code=code)
        case g.SubregionEstablished(subregion=code, name=name, from_=begins):
            _name(book, entry, begins, name, place="subregion", code=code)
        case g.PartyNamed(code=code, name=name, from_=begin):
            _name(book, entry, begin, name, place="party", code=code)
        case g.ThemeNamed(code=code, name=name):
            _name(book, entry, None, name, place="theme", code=code)
        case _:
            return


def _name(  # noqa: PLR0913  # what a name is kept with
    book: Book, entry: Entry, begins: str | None, name: Sealed | str, *, place: Place, code: str
) -> None:
    _keep(
        book,
        entry,
        period(begins, None),
        key=f"name:{entry.seq}",
        place=place,
        what="name",
        of=entry.seq,
        text=text(name) if isinstance(name, Sealed) else None,
        words=None if isinstance(name, Sealed) else name,
        code=code,
        named=(code,),
    )


FOLD = Fold(
    name="search", tables=("search",), kinds=frozenset({"decision", "dossier", "meeting", "governance"}), evolve=evolve
)
