"""What became of each party that was asked for its view, on a day; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, get_args

import msgspec

from projections.at import day_after
from projections.decisions.consultation.row import BodyOf, Declined, Invited, Missed, Received, ReplyNote
from projections.row import Text, Told
from register.values import first_day, last_day

Became = Literal["in-time", "late", "received", "declined", "spoken-for", "missed", "open", "not-recorded"]
"""`received`: whether it was in time cannot be told from its day. `missed`: the term has ended and nothing came."""
BECAME: tuple[Became, ...] = get_args(Became)
HEARD: frozenset[Became] = frozenset({"in-time", "late", "received"})
AskedAs = Literal["council", "executive", "member", "other"]


class Asked(Told, frozen=True, kw_only=True):
    """One party that was asked, and what became of it.

    It is told by the entry at `position` and by the `view` with that address; a party about which nothing is recorded has
    neither, and when the term has ended without it, `missed` is derived from that.
    """

    party: str
    asked_as: AskedAs
    became: Became
    position: int | None = None
    view: str | None = None
    on: str | None = None
    reason: Text | None = None


class OfLayer(Told, frozen=True, kw_only=True):
    """How many councils, executives, members or others were asked, and what became of them."""

    asked_as: AskedAs
    n: int
    heard: int
    became: Mapping[Became, int]


class Invitation(Told, frozen=True, kw_only=True):
    """An invitation with its own answers; `ended` when its term is over."""

    id: str
    decision: str
    decision_title: Text
    invited: Invited
    ended: bool
    parties: tuple[Asked, ...]
    layers: tuple[OfLayer, ...]


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one decision by the day, as far as its invitations need it."""

    invited: Sequence[Invited]
    views: Sequence[Received]
    declined: Sequence[Declined]
    missed: Sequence[Missed]
    notes: Sequence[ReplyNote]
    bodies: Mapping[str, BodyOf]
    members: frozenset[str]


def reached(view: Received, party: str, bodies: Mapping[str, BodyOf]) -> Literal["own", "spoken-for"] | None:
    """Whether a view is that of a party: of itself, or of the member whose council or executive it is when that layer spoke.

    What is said on behalf of others is nobody's own view, and an executive does not answer for the council beside it; it is
    not that of a member that dissents from it.
    """
    voice = view.voice
    named = {*(voice.members or ()), *(voice.parties or ())} - set(voice.dissent or ())
    body = bodies.get(party)
    of_it = body is not None and body.of in named and body.layer == voice.layer
    itself = voice.as_ != "namens" and voice.body == party and not named
    if party not in named and not of_it and not itself:
        return None
    return "spoken-for" if voice.as_ == "namens" else "own"


def invitations(said: Known, decision: str, title: Text, day: date) -> tuple[Invitation, ...]:
    """Each invitation, in the order in which they were recorded."""
    return tuple(_invitation(each, said, decision, title, day) for each in said.invited)


def _invitation(invited: Invited, said: Known, decision: str, title: Text, day: date) -> Invitation:
    ended = invited.until is not None and day > last_day(invited.until)
    parties = tuple(_asked(invited, party, said, ended=ended) for party in invited.parties)
    return Invitation(
        id=invited.address,
        decision=decision,
        decision_title=title,
        invited=invited,
        ended=ended,
        parties=parties,
        layers=tuple(_layers(parties)),
    )


def _layers(parties: Sequence[Asked]) -> Iterable[OfLayer]:
    for layer in get_args(AskedAs):
        of_it = [each for each in parties if each.asked_as == layer]
        if of_it:
            became = Counter(each.became for each in of_it)
            yield OfLayer(
                asked_as=layer,
                n=len(of_it),
                heard=sum(became[each] for each in HEARD),
                became={each: became[each] for each in BECAME if became[each]},
            )


def _asked(invited: Invited, party: str, said: Known, *, ended: bool) -> Asked:
    """The strongest of what is known: its own view, that it declined, that others spoke for it, that it missed the term."""
    as_ = _asked_as(party, said)
    views = [view for view in said.views if _belongs(view, party, invited, said)]
    own = next((view for view in views if reached(view, party, said.bodies) == "own"), None)
    if own is not None:
        return Asked(
            party=party, asked_as=as_, became=_timely(own, invited), position=own.position, view=own.address, on=own.on
        )
    declined = next((each for each in said.declined if each.party == party and _to(each, party, said) is invited), None)
    if declined is not None:
        return Asked(
            party=party,
            asked_as=as_,
            became="declined",
            position=declined.position,
            on=declined.on,
            reason=declined.reason,
        )
    if views:
        return Asked(
            party=party,
            asked_as=as_,
            became="spoken-for",
            position=views[0].position,
            view=views[0].address,
            on=views[0].on,
        )
    missed = next((each for each in said.missed if (each.party, each.invitation) == (party, invited.seq)), None)
    if missed is not None:
        return Asked(party=party, asked_as=as_, became="missed", position=missed.position)
    return Asked(party=party, asked_as=as_, became=_silent(invited, said, ended=ended))


def _silent(invited: Invited, said: Known, *, ended: bool) -> Became:
    """Nothing is recorded: still open, missed when the term ended, and unknown where there is no term.

    It is unknown as well when a reply note answers letters of which the register does not have all, or does not say how many.
    """
    if invited.until is None:
        return "not-recorded"
    if not ended:
        return "open"
    unnamed = any(note.letters is None or note.letters > len(said.views) for note in said.notes)
    return "not-recorded" if unnamed else "missed"


def _belongs(view: Received, party: str, invited: Invited, said: Known) -> bool:
    return reached(view, party, said.bodies) is not None and _to(view, party, said) is invited


def _to(said_then: Received | Declined, party: str, said: Known) -> Invited:
    """Who gives a view or declines does so on the last invitation of that party that had begun by then, else on the first."""
    mine = sorted((each for each in said.invited if party in each.parties), key=lambda each: (_begins(each), each.seq))
    by_then = [each for each in mine if _begins(each) <= (said_then.valid_from or date.min)]
    return by_then[-1] if by_then else mine[0]


def _begins(invited: Invited) -> date:
    return invited.valid_from or date.min


def _timely(view: Received, invited: Invited) -> Became:
    if invited.until is None or view.on is None:
        return "received"
    last = last_day(invited.until)
    if last_day(view.on) <= last:
        return "in-time"
    return "late" if first_day(view.on) >= day_after(last) else "received"


def _asked_as(party: str, said: Known) -> AskedAs:
    body = said.bodies.get(party)
    if body is not None:
        return body.layer or "other"
    return "member" if party in said.members else "other"
