"""Views with what was done with each of their points, and what the reply notes state beside what is counted here; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, get_args

from projections.decisions.consultation.inviting import Invitation, Known, reached
from projections.decisions.consultation.row import Poll, Received, ReplyNote, Resolution, ViewAnswer
from projections.row import Text, Told
from register.values import Weighed

State = Literal["open", "partly-answered", "answered"]
OUTCOMES: tuple[Weighed, ...] = get_args(Weighed)


class ViewPoint(Told, frozen=True, kw_only=True):
    """One point of a view with every answer to it, the oldest first; numbered by the view or by the reply note."""

    item: int
    gist: Text | None = None
    part: str | None = None
    answers: tuple[ViewAnswer, ...] = ()


class Viewed(Told, frozen=True, kw_only=True):
    """One view, from one voice, however many it speaks for.

    `counted` are the members whose own view it is, `spoken_for` those for whom somebody else spoke, `answers_for` those of the
    invited that it answers for. `additions` are the addresses of what one of them added to a joint view.
    """

    id: str
    decision: str
    decision_title: Text
    received: Received
    state: State
    counted: tuple[str, ...] = ()
    spoken_for: tuple[str, ...] = ()
    answers_for: tuple[str, ...] = ()
    items: tuple[ViewPoint, ...] = ()
    answers: tuple[ViewAnswer, ...] = ()
    additions: tuple[str, ...] = ()

    @property
    def unanswered(self) -> int:
        """How many points wait for an answer; the view itself when it has no points."""
        if self.answers:
            return 0
        return sum(not each.answers for each in self.items) if self.items else 1


class Difference(Told, frozen=True, kw_only=True):
    """A total on which the register does not come to what the reply note states."""

    of: Literal["letters", "items"]
    stated: int
    counted: int


class Note(Told, frozen=True, kw_only=True):
    """A reply note, with what is counted here beside the totals that it states."""

    note: ReplyNote
    letters: int
    items: int
    differences: tuple[Difference, ...] = ()


class Figures(Told, frozen=True, kw_only=True):
    """Views, and the points in them: so many, so many with an answer, and those by the latest answer. A view without points counts for one."""

    views: int
    n: int
    answered: int
    by_outcome: Mapping[Weighed, int]


class Consultation(Told, frozen=True, kw_only=True):
    """How others were heard on a decision, as sums: who was asked, what came, what was done; the views have an address of their own."""

    figures: Figures
    invitations: tuple[Invitation, ...] = ()
    reply_notes: tuple[Note, ...] = ()
    polls: tuple[Poll, ...] = ()
    resolutions: tuple[Resolution, ...] = ()


def view(received: Received, known: Known, answers: Sequence[ViewAnswer], title: Text) -> Viewed:
    """One view as it stands on a day."""
    mine = [each for each in answers if each.view == received.seq]
    items = tuple(_points(received, mine))
    whole = tuple(each for each in mine if each.item is None)
    waiting = 0 if whole else sum(not each.answers for each in items)
    asked = dict.fromkeys(party for invited in known.invited for party in invited.parties)
    return Viewed(
        id=received.address,
        decision=received.stream,
        decision_title=title,
        received=received,
        state="open" if not mine else "partly-answered" if waiting else "answered",
        counted=received.voice.counted(),
        spoken_for=received.voice.spoken_for(),
        answers_for=tuple(party for party in asked if reached(received, party, known.bodies) == "own"),
        items=items,
        answers=whole,
        additions=tuple(each.address for each in known.views if each.adds_to == received.seq),
    )


def _points(received: Received, answers: Sequence[ViewAnswer]) -> Iterable[ViewPoint]:
    """The points of the view, and those that only an answer tells, with what it says that they ask."""
    said = {each.item: each for each in received.items}
    told = {each.item: each.gist for each in answers if each.item is not None and each.gist is not None}
    for number in sorted({*said, *(each.item for each in answers if each.item is not None)}):
        point = said.get(number)
        yield ViewPoint(
            item=number,
            gist=point.gist if point is not None else told.get(number),
            part=point.part if point is not None else None,
            answers=tuple(each for each in answers if each.item == number),
        )


def figures(views: Sequence[Viewed]) -> Figures:
    """The sums over the views of a decision."""
    latest = [answer for each in views for answer in _latest(each)]
    outcomes = Counter(each.outcome for each in latest if each is not None)
    return Figures(
        views=len(views),
        n=len(latest),
        answered=sum(outcomes.values()),
        by_outcome={each: outcomes[each] for each in OUTCOMES if outcomes[each]},
    )


def _latest(each: Viewed) -> list[ViewAnswer | None]:
    """The latest answer to each point; an answer to the whole answers every point that has none of its own."""
    whole = each.answers[-1] if each.answers else None
    return [point.answers[-1] if point.answers else whole for point in each.items] or [whole]


def notes(said: Sequence[ReplyNote], views: Sequence[Viewed]) -> tuple[Note, ...]:
    """Each reply note beside the views of its version; a view without a version belongs to each."""
    return tuple(
        _note(each, [v for v in views if each.version is None or v.received.version in {None, each.version}])
        for each in said
    )


def _note(note: ReplyNote, views: Sequence[Viewed]) -> Note:
    letters, items = len(views), sum(len(each.items) for each in views)
    beside: tuple[tuple[Literal["letters", "items"], int | None, int], ...] = (
        ("letters", note.letters, letters),
        ("items", note.items, items),
    )
    return Note(
        note=note,
        letters=letters,
        items=items,
        differences=tuple(
            Difference(of=of, stated=stated, counted=counted)
            for of, stated, counted in beside
            if stated is not None and stated != counted
        ),
    )
