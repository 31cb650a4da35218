"""The questions that acts have in common, what an act stands on, and how answers become fields of a body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from api.accounts import Account
from api.pages.forms import Choice, Field, Typed, day, one, quoted, set_in
from api.pages.telling import Teller
from projections.course.row import Position
from projections.decisions.row import Decision
from projections.governance.row import Member
from projections.standpoints.row import Standpoint
from register.fact import Fact


class Ground(msgspec.Struct, frozen=True):
    """What an act stands on: who acts, on which decision, and the position or standpoint that it is about."""

    account: Account
    decision: Decision
    members: tuple[Member, ...]
    tell: Teller
    position: Position | None = None
    standpoint: Standpoint | None = None
    entry: Mapping[str, Any] | None = None
    """The payload of the entry that a correction is about."""
    entry_type: str = ""

    def held(self, role: str) -> tuple[str, ...]:
        """For whom the account has mandates of a role."""
        return self.account.held(role)

    @property
    def is_clerk(self) -> bool:
        """Whether the account records what others said."""
        return bool(self.held("clerk"))


def nothing_amiss(typed: Typed, ground: Ground) -> Mapping[str, str]:  # noqa: ARG001  # as every act is asked
    """The rules of the register say all that is wrong."""
    return {}


class Act(msgspec.Struct, frozen=True):
    """One thing to record: its words, its questions, the fact that it makes and the body of that fact."""

    title: str
    lead: str
    submit: str
    fact: type[Fact]
    fields: Callable[[Ground], tuple[Field, ...]]
    body: Callable[[Typed, Ground], dict[str, Any]]
    amiss: Callable[[Typed, Ground], Mapping[str, str]] = nothing_amiss
    """What a person answered that does not go together, by the name of the question."""


def choices(tell: Teller, kind: str, *, without: tuple[str, ...] = ()) -> tuple[Choice, ...]:
    """The words for a code, as answers."""
    return tuple(Choice(value=code, label=word) for code, word in tell.word[kind].items() if code not in without)


def which_member(ground: Ground) -> Field:
    """Which member it is about; a representative has its own."""
    own = ground.held("representative")
    codes = own if own and not ground.is_clerk else tuple(each.code for each in ground.members)
    names = {each.code: each.name for each in ground.members}
    chosen = tuple(Choice(value=code, label=names.get(code, code)) for code in codes)
    say = ground.tell.says.say
    return Field(
        name="lid",
        label=say("Lid"),
        kind="select",
        body="member",
        choices=chosen if len(chosen) == 1 else (Choice(value="", label=say("Kies een lid")), *chosen),
        values=(chosen[0].value,) if len(chosen) == 1 else (),
    )


def which_part(ground: Ground) -> Field:
    """Of which part it speaks, or of the whole."""
    say = ground.tell.says.say
    parts = tuple(
        Choice(value=part.part, label=part.title.text or say("afgeschermd"), lang=part.title.lang)
        for part in ground.decision.parts
    )
    whole = Choice(value="", label=say("Het geheel"), hint=say("elk onderdeel waarop het lid geen eigen positie heeft"))
    return Field(
        name="onderdeel", label=say("Onderdeel"), kind="radio", body="part", choices=(whole, *parts), values=("",)
    )


def stance(ground: Ground) -> Field:
    """Where the member stands."""
    return Field(
        name="positie",
        label=ground.tell.says.say("Positie"),
        kind="radio",
        body="stance",
        hint=ground.tell.says.say("Afwijken mag. Wie afwijkt, een voorbehoud maakt of niet meedoet, zegt waarom."),
        choices=choices(ground.tell, "STANCE"),
    )


def reason(ground: Ground, body: str = "reason") -> Field:
    """Why."""
    return Field(
        name="reden",
        label=ground.tell.says.say("Reden"),
        kind="textarea",
        body=body,
        hint=ground.tell.says.say("In uw eigen woorden, zonder namen van personen."),
    )


def reason_missing(ground: Ground) -> tuple[Field, ...]:
    """What a clerk writes where the source gives no reason; nobody else may."""
    if not ground.is_clerk:
        return ()
    say = ground.tell.says.say
    none = Choice(value="", label=say("De reden staat hierboven"))
    return (
        Field(
            name="ontbreekt",
            label=say("Of ontbreekt de reden?"),
            kind="radio",
            body="reasonMissing",
            choices=(none, *choices(ground.tell, "REASON_MISSING")),
            values=("",),
        ),
    )


def layer(ground: Ground) -> Field:
    """Who of the member spoke."""
    return Field(
        name="laag",
        label=ground.tell.says.say("Wie van het lid sprak?"),
        kind="select",
        body="voice.layer",
        choices=choices(ground.tell, "LAYER"),
        values=("seat",),
    )


def day_of_it(ground: Ground) -> Field:
    """On which day it happened."""
    return Field(
        name="dag",
        label=ground.tell.says.say("Op welke dag?"),
        kind="date",
        body="on",
        hint=ground.tell.says.say(
            "Bijvoorbeeld 24-3-2022, of 2022-03 als alleen de maand bekend is. Leeg als de dag niet bekend is."
        ),
    )


def source(ground: Ground) -> tuple[Field, ...]:
    """How it is known, and where that can be read."""
    return source_of(ground.tell)


def source_of(tell: Teller) -> tuple[Field, ...]:
    """The same, before it is known what it is about."""
    say = tell.says.say
    none = Choice(value="", label=say("Geen bron"))
    return (
        Field(
            name="bewijs",
            label=say("Soort bewijs"),
            kind="select",
            body="evidence.0.grade",
            choices=(none, *choices(tell, "GRADE")),
        ),
        Field(
            name="vindplaats",
            label=say("Waar staat het?"),
            kind="text",
            body="evidence.0.at",
            hint=say("Een adres dat met https:// begint, of de naam van het stuk."),
        ),
    )


def with_common(body: dict[str, Any], typed: Typed) -> dict[str, Any]:
    """The day and the source that every act may have."""
    set_in(body, on=day(one(typed, "dag")))
    source: dict[str, Any] = {}
    set_in(source, grade=one(typed, "bewijs"), at=one(typed, "vindplaats"))
    set_in(body, evidence=[source] if source else [])
    return body


def own_words(text: str, ground: Ground) -> object:
    """A representative's text is the member's own; a clerk's tells what the source says."""
    return text if ground.is_clerk else quoted(text, ground.tell.frame.lang)
