"""From the answers on the screen of a meeting to the facts that they make: one request a stream, no position for who did not object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from api.pages.forms import Field, Typed, day, one, set_in
from api.pages.record_meeting_asking import ABSENT, HOW, NOTICE, POSITION, PRESENT, REMARK, VOTE
from api.pages.record_meeting_screen import VOTES, Asked, Line, Screen, named
from register.decisions import facts as d
from register.decisions.standing import PositionRecorded
from register.fact import Fact
from register.meetings.facts import MeetingHeld


class Saying(msgspec.Struct, frozen=True):
    """One fact with the answers that it is made of; `fields` say where on the screen each field of its body was asked."""

    fact: type[Fact]
    body: dict[str, Any]
    fields: tuple[Field, ...]


class Together(msgspec.Struct, frozen=True):
    """What is recorded in one stream, all of it or nothing."""

    stream: UUID
    title: str
    said: tuple[Saying, ...]


def of_meeting(screen: Screen, typed: Typed) -> Together | None:
    """That the meeting was held, and who was there; None when that is on record, or is not asked."""
    if "dag" not in typed:
        return None
    body: dict[str, Any] = {"on": day(one(typed, "dag"))}
    stated: dict[str, Any] = {}
    set_in(stated, present=number(one(typed, "telt-aanwezig")), absent=number(one(typed, "telt-afwezig")))
    set_in(body, stated=stated, evidence=source(typed))
    if one(typed, "genoemd") == "ja":
        present, absent = attendance(screen, typed)
        set_in(body, present=present, absent=absent)
    said = Saying(MeetingHeld, body, (*screen.held, *screen.source))
    return Together(UUID(screen.id), screen.about.title.text or "", (said,))


def attendance(screen: Screen, typed: Typed) -> tuple[list[str], list[dict[str, Any]]]:
    """Who was there and who was not, as the screen says."""
    was = {code: one(typed, f"was-{code}") for code, _ in screen.people}
    present = [code for code, how in was.items() if how == PRESENT]
    absent = [{"member": code, "notice": how == NOTICE} for code, how in was.items() if how in {NOTICE, ABSENT}]
    return present, absent


class Answers(msgspec.Struct, frozen=True):
    """What was answered about one decision; `ballot` is the number that a vote on it would have."""

    screen: Screen
    asked: Asked
    typed: Typed
    ballot: int

    @property
    def common(self) -> dict[str, Any]:
        """What every fact of the meeting has: its day and the source."""
        found: dict[str, Any] = {}
        set_in(found, on=self.screen.day or day(one(self.typed, "dag")), evidence=source(self.typed))
        return found

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines on which anything was answered."""
        return tuple(line for line in self.asked.lines if any(one(self.typed, each.name) for each in line.fields))

    @property
    def names(self) -> tuple[Line, ...]:
        """The lines that name a vote."""
        return tuple(line for line in self.lines if what(line, self.typed).startswith(VOTE))

    @property
    def way(self) -> tuple[str | None, str | None]:
        """How it was decided: what the outcome says of it, and the ballot."""
        return HOW.get(answer(self.asked.outcome, "hoe", self.typed), (None, None))

    @property
    def verb(self) -> str:
        """The outcome."""
        return answer(self.asked.outcome, "uitkomst", self.typed)

    @property
    def voted(self) -> bool:
        """Whether the answers tell of a vote: a number, a name, or a way of voting."""
        asked = (*(f"telt-{each}" for each in VOTES), "rest")
        counted = any(answer(self.asked.vote, ending, self.typed) for ending in asked)
        return counted or bool(self.names) or (bool(self.verb) and self.way[1] is not None)


def of_decision(given: Answers) -> Together | None:
    """The ballot with its names, the outcome, then what members said; None when nothing was filled in."""
    said = (
        *_votes(given),
        *_outcome(given),
        *(_line(given, each) for each in given.lines if what(each, given.typed) and each not in given.names),
    )
    asked = given.asked
    return Together(UUID(asked.id), asked.link.title.text or "", (*_proposed(given), *said)) if said else None


def _proposed(given: Answers) -> tuple[Saying, ...]:
    """That the question was put, and where it stood on the agenda, when the register does not know it yet."""
    asked, screen = given.asked, given.screen
    if not asked.title:
        return ()
    body: dict[str, Any] = {"decidedBy": {"body": screen.body}, "kind": "decision", "class": "not-stated"}
    set_in(body, title=answer(asked.title, "titel", given.typed), **given.common)
    item, letter = asked.placed
    place: dict[str, Any] = {"meeting": screen.id, "item": item}
    set_in(place, letter=letter, evidence=given.common.get("evidence"))
    return (
        Saying(d.DecisionProposed, body, (*asked.title, *screen.common)),
        Saying(d.DecisionPlaced, place, screen.source),
    )


def what(line: Line, typed: Typed) -> str:
    """What was said on a line: a position, a remark or a vote."""
    return answer(line.fields, "wat", typed)


def answer(fields: Sequence[Field], ending: str, typed: Typed) -> str:
    """What was answered to the question with that ending of its name."""
    field = named(fields, ending)
    return one(typed, field.name) if field is not None else ""


def ballot_held(given: Answers) -> dict[str, Any]:
    """The body of the ballot."""
    names = len(given.names)
    stated: dict[str, Any] = {}
    set_in(stated, **{code: number(answer(given.asked.vote, f"telt-{code}", given.typed)) for code in VOTES})
    body: dict[str, Any] = {
        "ballot": given.ballot,
        "how": given.way[1] or "not-stated",
        "unit": "group" if given.asked.parties else "member",
        "names": "none" if not names else "all" if names >= len(given.screen.people) else "some",
    }
    set_in(body, stated=stated, rest=answer(given.asked.vote, "rest", given.typed))
    return body


def votes(given: Answers) -> list[dict[str, Any]]:
    """Who chose what, by name."""
    found: list[dict[str, Any]] = []
    for line in given.names:
        vote: dict[str, Any] = {"choice": what(line, given.typed).removeprefix(VOTE)}
        set_in(vote, voter=answer(line.fields, "lid", given.typed), reason=answer(line.fields, "tekst", given.typed))
        found.append(vote)
    return found


def _votes(given: Answers) -> tuple[Saying, ...]:
    if not given.voted:
        return ()
    screen, asked, common = given.screen, given.asked, given.common
    held = Saying(d.VoteHeld, {**ballot_held(given), **common}, (*asked.vote, *asked.outcome, *screen.common))
    if not given.names:
        return (held,)
    places = {"lid": "voter", "wat": "choice", "tekst": "reason"}
    fields = [
        field
        for index, line in enumerate(given.names)
        for field in _placed(line, {ending: f"votes.{index}.{place}" for ending, place in places.items()})
    ]
    body: dict[str, Any] = {"ballot": given.ballot, "votes": votes(given)}
    set_in(body, evidence=common.get("evidence"))
    return (held, Saying(d.VotesRecorded, body, (*fields, *screen.common)))


def _outcome(given: Answers) -> tuple[Saying, ...]:
    if not given.verb:
        return ()
    body: dict[str, Any] = {"verb": given.verb, **given.common}
    chosen = named(given.asked.outcome, "stelt")
    ticked = set(given.typed.get(chosen.name, ())) if chosen is not None else set[str]()
    set_in(
        body,
        how=given.way[0],
        sets=[{"part": part, "n": n} for part, n in given.asked.sets if part in ticked],
        ballot=given.ballot if given.voted else None,
    )
    return (Saying(d.OutcomeRecorded, body, (*given.asked.outcome, *given.screen.common)),)


def _line(given: Answers, line: Line) -> Saying:
    """A position or a remark of one member; who has no line has no objection, and no fact says so."""
    return _remark(given, line) if what(line, given.typed) == REMARK else _position(given, line)


def _remark(given: Answers, line: Line) -> Saying:
    member = answer(line.fields, "lid", given.typed)
    voice: dict[str, Any] = {"as": "own", "layer": "group" if given.asked.parties else "seat"}
    set_in(voice, **{"parties" if given.asked.parties else "members": [member] if member else []})
    body: dict[str, Any] = {**given.common, "voice": voice}
    set_in(
        body,
        text=answer(line.fields, "tekst", given.typed),
        part=answer(line.fields, "onderdeel", given.typed),
    )
    fields = _placed(line, {"lid": "voice", "tekst": "text", "onderdeel": "part"})
    return Saying(d.RemarkRecorded, body, (*fields, *given.screen.common))


def _position(given: Answers, line: Line) -> Saying:
    body: dict[str, Any] = {**given.common, "voice": {"as": "own", "layer": "seat"}}
    set_in(
        body,
        member=answer(line.fields, "lid", given.typed),
        stance=what(line, given.typed).removeprefix(POSITION),
        part=answer(line.fields, "onderdeel", given.typed),
        reason=answer(line.fields, "tekst", given.typed),
        reasonMissing=answer(line.fields, "ontbreekt", given.typed),
    )
    return Saying(PositionRecorded, body, (*line.fields, *given.screen.common))


def _placed(line: Line, places: Mapping[str, str]) -> tuple[Field, ...]:
    """The questions of a line as the fields of another fact."""
    return tuple(
        msgspec.structs.replace(field, body=place)
        for ending, place in places.items()
        if (field := named(line.fields, ending)) is not None
    )


def source(typed: Typed) -> list[dict[str, Any]]:
    """The source that is given for all."""
    found: dict[str, Any] = {}
    set_in(found, grade=one(typed, "bewijs"), at=one(typed, "vindplaats"), page=one(typed, "blz"))
    return [found] if found else []


def number(text: str) -> int | str | None:
    """A whole number; what is none is left to be refused."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text  # noqa: PLR2004  # no body has so many seats
