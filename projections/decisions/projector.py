"""The only writer of decisions and meetings: what each entry says of them, as rows, and the list's row for each span of days."""

from __future__ import annotations

from datetime import date

from projections.at import Days, act, day_before
from projections.book import Book, cited, plain, text, told
from projections.decisions import row as r
from projections.decisions.consultation.telling import heard
from projections.decisions.meetings import evolve as evolve_meeting
from projections.entry import Entry
from projections.fold import Fold
from projections.row import Row
from register.decisions import facts as f

ALWAYS = Days()
"""What describes a decision holds for as long as the decision does."""
ACTS = (f.DecisionProposed, f.VoteHeld, f.OutcomeRecorded, f.DecisionStruck)
"""What changes a row of the list, beside an earlier first day."""


def evolve(book: Book, entry: Entry) -> None:
    """Take one entry into the book of a decision or of a meeting."""
    if entry.fact.KIND == "meeting":
        evolve_meeting(book, entry)
        return
    _told(book, entry)
    if _begins(book, entry) or isinstance(entry.fact, ACTS):
        _summed_up(book)


def _told(book: Book, entry: Entry) -> None:  # noqa: C901, PLR0912  # one arm a fact
    """What an entry says, as rows."""
    match entry.fact:
        case f.DecisionProposed() as fact:
            said = act(fact.on, entry.day)
            asked = told(r.Proposed, entry, Days(on=fact.on, exact=said.exact, dated=said.dated))
            book.put("proposed", asked)
            if fact.on and said.valid_from:
                book.note("proposed", said.valid_from)
            _linked(book, entry, fact.links or ())
        case f.DecisionLinked() as fact:
            _linked(book, entry, fact.links)
        case f.DecisionThemed():
            book.put(f"theme:{entry.seq}", told(r.Themed, entry, ALWAYS))
        case f.DecisionPlaced():
            book.put(f"placed:{entry.seq}", told(r.Placed, entry, ALWAYS))
        case f.PartAdded() as fact:
            book.put(f"part:{entry.seq}", told(r.PartText, entry, ALWAYS), f"part:{fact.part}")
        case f.PartAmended() as fact:
            _amended(book, entry, fact)
        case f.PartiesListed() as fact:
            book.put(f"list:{entry.seq}", told(r.PartyList, entry, ALWAYS), f"list:{fact.list}")
        case f.VoteHeld() as fact:
            options = tuple(plain(option, r.Option) for option in fact.options or ())
            held = told(r.BallotHeld, entry, act(fact.on, entry.day), options=options)
            book.put(f"ballot:{entry.seq}", held, f"ballot:{fact.ballot}", "acts")
        case f.VotesRecorded() as fact:
            ballot = book.last(f"ballot:{fact.ballot}", r.BallotHeld)
            votes = tuple(plain(vote, r.Vote) for vote in fact.votes)
            book.put(f"votes:{entry.seq}", told(r.Votes, entry, _as(ballot[1] if ballot else None), votes=votes))
        case f.OutcomeRecorded() as fact:
            book.put(f"outcome:{entry.seq}", told(r.Outcome, entry, act(fact.on, entry.day)), "acts")
        case f.JustificationGiven() as fact:
            book.put(f"justification:{entry.seq}", told(r.Justification, entry, act(fact.on, entry.day)))
        case f.RemarkRecorded() as fact:
            book.put(f"remark:{entry.seq}", told(r.Remark, entry, act(fact.on, entry.day)))
        case f.EvidenceAdded(of=seq, evidence=evidence):
            book.cite(seq, cited(entry, evidence))
        case f.DecisionConfirmed():
            book.put(f"confirmation:{entry.seq}", told(r.Confirmation, entry, ALWAYS))
        case f.DecisionCorrected() as fact:
            book.put(f"correction:{entry.seq}", told(r.Correction, entry, ALWAYS, annulled=fact.instead is None))
        case f.DecisionStruck():
            book.put("struck", told(r.Struck, entry, ALWAYS))
        case _:
            heard(book, entry)


def _linked(book: Book, entry: Entry, links: tuple[f.Link, ...]) -> None:
    for index, link in enumerate(links):
        at = text(link.at) if link.at else None
        row = told(r.Link, entry, ALWAYS, rel=link.rel, to=link.to, part=link.part, n=link.n, at=at)
        book.put(f"link:{entry.seq}.{index}", row)


def _amended(book: Book, entry: Entry, fact: f.PartAmended) -> None:
    """A version that has no title or number of its own keeps those of the one before."""
    before = book.last(f"part:{fact.part}", r.PartText)
    if before is None:
        return
    title = text(fact.title) if fact.title else before[1].title
    row = told(r.PartText, entry, act(fact.on, entry.day), title=title, number=fact.number or before[1].number)
    book.put(f"part:{entry.seq}", row, f"part:{fact.part}")


def _as(row: Row | None) -> Days:
    """The days of another row."""
    if row is None:
        return ALWAYS
    return Days(row.valid_from, row.valid_until, row.on, row.exact, row.dated)


def _begins(book: Book, entry: Entry) -> bool:
    """A decision holds from the day of its earliest dated fact, and without any from the day it became known; tell whether that day changed."""
    on = getattr(entry.fact, "on", None)
    if on is None and book.noted("begun") is None:
        book.note("begun", entry.day)
        return True
    day = act(on, entry.day).valid_from
    dated = book.noted("dated")
    if on is None or day is None or (dated is not None and dated <= day):
        return False
    book.note("dated", day)
    book.note("begun", day)
    return True


def _summed_up(book: Book) -> None:
    """The rows of the list: one from the first day of the decision, and one from the day of each act on."""
    proposed, begun = book.get("proposed", r.Proposed), book.noted("begun")
    if proposed is None or begun is None:
        return
    said_on = book.noted("proposed")
    acts: list[tuple[date, Row]] = [(said_on, proposed)] if said_on else []
    acts += [(row.valid_from, row) for _, row in book.marked("acts", Row) if row.valid_from]
    acts.sort(key=lambda each: (each[0], each[1].seq))
    days = sorted({begun, *(day for day, _ in acts)})
    wanted = {f"list:{day}": day for day in days}
    for key, _ in book.marked("list", r.Summary):
        if key not in wanted:
            book.drop(key)
    struck = book.get("struck", r.Struck) is not None
    for (key, day), following in zip(wanted.items(), [*days[1:], None], strict=True):
        days_of = Days(valid_from=day, valid_until=day_before(following) if following else None)
        by_then = [row for on, row in acts if on <= day]
        book.put(key, _summary(proposed, begun, days_of, by_then, struck=struck), "list")


def _summary(proposed: r.Proposed, begun: date, days: Days, acts: list[Row], *, struck: bool) -> r.Summary:
    """The decision as a list shows it from a day on; it is told by the latest act, or by the proposal when there is none yet."""
    latest = acts[-1] if acts else proposed
    outcome = r.of_the_whole([row for row in acts if isinstance(row, r.Outcome)])
    return plain(
        proposed,
        r.Summary,
        id=proposed.stream,
        begins=begun,
        acted_on=days.valid_from,
        outcome=outcome.verb if outcome else None,
        outcome_on=outcome.on if outcome else None,
        outcome_position=outcome.position if outcome else None,
        struck=struck,
        seq=latest.seq,
        position=latest.position,
        by=latest.by,
        corrected_by=latest.corrected_by,
        valid_from=days.valid_from,
        valid_until=days.valid_until,
        on=latest.on,
        exact=latest.exact,
        dated=latest.dated,
        certain=latest.certain,
        evidence=latest.evidence,
    )


FOLD = Fold(
    name="decisions",
    tables=("decisions", "decisions_facts", "consultation", "meetings_facts"),
    kinds=frozenset({"decision", "meeting"}),
    evolve=evolve,
)
