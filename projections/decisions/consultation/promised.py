"""Undertakings and advice as they stand on a day: open or closed, overdue, waiting or answered; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from projections.decisions.consultation.row import AdviceAnswer, AdviceRequest, AdviceText, Closing, Progress, Promise
from projections.row import Text, Told
from register.values import last_day


class Undertaking(Told, frozen=True, kw_only=True):
    """Something that was promised: `open` until it is closed, and `overdue` when it is open after the last day of its term."""

    id: str
    decision: str
    decision_title: Text
    given: Promise
    status: Literal["open", "closed"]
    overdue: bool = False
    progress: tuple[Progress, ...] = ()
    closing: Closing | None = None

    def concerns(self, codes: Sequence[str]) -> bool:
        """Whether one of these codes promised it, or it was promised to one of them."""
        return bool(set(self.given.about()) & set(codes))


class Advice(Told, frozen=True, kw_only=True):
    """Advice, asked or unasked, with what was done with it.

    `asked` when there was a request: `waiting` until advice is given, `overdue` when its term ended without. `borne_by` are those
    whose advice it is.
    """

    id: str
    decision: str
    decision_title: Text
    asked: bool
    state: Literal["waiting", "overdue", "given", "answered"]
    request: AdviceRequest | None = None
    given: AdviceText | None = None
    borne_by: tuple[str, ...] = ()
    answers: tuple[AdviceAnswer, ...] = ()


def undertaking(
    given: Promise, progress: Sequence[Progress], closings: Sequence[Closing], title: Text, day: date
) -> Undertaking:
    """One undertaking on a day."""
    closing = next((each for each in closings if each.undertaking == given.seq), None)
    late = given.due is not None and day > last_day(given.due)
    return Undertaking(
        id=given.address,
        decision=given.stream,
        decision_title=title,
        given=given,
        status="open" if closing is None else "closed",
        overdue=closing is None and late,
        progress=tuple(each for each in progress if each.undertaking == given.seq),
        closing=closing,
    )


def advice(
    requests: Sequence[AdviceRequest],
    texts: Sequence[AdviceText],
    answers: Sequence[AdviceAnswer],
    title: Text,
    day: date,
) -> tuple[Advice, ...]:
    """Each advice that was given and each request that none was given to, in the order in which they were recorded."""
    asked = {each.seq: each for each in requests}
    made = [_given(each, asked.get(each.request or 0), answers, title) for each in texts]
    answered = {each.request for each in texts}
    made += [_waiting(each, title, day) for each in requests if each.seq not in answered]
    return tuple(sorted(made, key=lambda each: int(each.id.rpartition(".")[2])))


def _given(given: AdviceText, request: AdviceRequest | None, answers: Sequence[AdviceAnswer], title: Text) -> Advice:
    mine = tuple(each for each in answers if each.advice == given.seq)
    voice = given.voice
    return Advice(
        id=given.address,
        decision=given.stream,
        decision_title=title,
        asked=request is not None,
        state="answered" if mine else "given",
        request=request,
        given=given,
        borne_by=(*voice.counted(), *(voice.parties or ())) or ((voice.body,) if voice.body else ()),
        answers=mine,
    )


def _waiting(request: AdviceRequest, title: Text, day: date) -> Advice:
    over = request.until is not None and day > last_day(request.until)
    return Advice(
        id=request.address,
        decision=request.stream,
        decision_title=title,
        asked=True,
        state="overdue" if over else "waiting",
        request=request,
    )
