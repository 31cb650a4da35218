"""What can be recorded from a page: each act with its questions and the fact that the answers make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from api.accounts import Account
from api.pages.forms import Choice, Field, Typed, day, one, quoted, set_in
from api.pages.telling import Teller
from api.pages.words import dutch
from projections.course.row import Position
from projections.decisions.row import Decision
from projections.governance.row import Member
from projections.standpoints.row import Standpoint
from register.decisions import facts as decisions
from register.decisions import standing
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
        return tuple(grant.for_ for grant in self.account.grants if grant.role == role and grant.mandate is not None)

    @property
    def is_clerk(self) -> bool:
        """Whether the account records what others said."""
        return bool(self.held("clerk"))


class Act(msgspec.Struct, frozen=True):
    """One thing to record: its words, its questions, the fact that it makes and the body of that fact."""

    title: str
    lead: str
    submit: str
    fact: type[Fact]
    fields: Callable[[Ground], tuple[Field, ...]]
    body: Callable[[Typed, Ground], dict[str, Any]]


def _choices(tell: Teller, kind: str, *, without: tuple[str, ...] = ()) -> tuple[Choice, ...]:
    return tuple(Choice(value=code, label=word) for code, word in tell.word[kind].items() if code not in without)


def _member(ground: Ground) -> Field:
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


def _part(ground: Ground) -> Field:
    say = ground.tell.says.say
    parts = tuple(
        Choice(value=part.part, label=part.title.text or say("weggelaten"), lang=part.title.lang)
        for part in ground.decision.parts
    )
    whole = Choice(value="", label=say("Het geheel"), hint=say("elk onderdeel waarop het lid geen eigen positie heeft"))
    return Field(
        name="onderdeel", label=say("Onderdeel"), kind="radio", body="part", choices=(whole, *parts), values=("",)
    )


def _stance(ground: Ground) -> Field:
    return Field(
        name="positie",
        label=ground.tell.says.say("Positie"),
        kind="radio",
        body="stance",
        hint=ground.tell.says.say("Afwijken mag. Wie afwijkt, een voorbehoud maakt of niet meedoet, zegt waarom."),
        choices=_choices(ground.tell, "STANCE"),
    )


def _reason(ground: Ground, body: str = "reason") -> Field:
    return Field(
        name="reden",
        label=ground.tell.says.say("Reden"),
        kind="textarea",
        body=body,
        hint=ground.tell.says.say("In uw eigen woorden, zonder namen van personen."),
    )


def _reason_missing(ground: Ground) -> tuple[Field, ...]:
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
            choices=(none, *_choices(ground.tell, "REASON_MISSING")),
            values=("",),
        ),
    )


def _layer(ground: Ground) -> Field:
    return Field(
        name="laag",
        label=ground.tell.says.say("Wie van het lid sprak?"),
        kind="select",
        body="voice.layer",
        choices=_choices(ground.tell, "LAYER"),
        values=("seat",),
    )


def _on(ground: Ground) -> Field:
    return Field(
        name="dag",
        label=ground.tell.says.say("Op welke dag?"),
        kind="date",
        body="on",
        hint=ground.tell.says.say("Bijvoorbeeld 24-3-2022, of 2022-03 als alleen de maand bekend is. Leeg: vandaag."),
    )


def _evidence(ground: Ground) -> tuple[Field, ...]:
    say = ground.tell.says.say
    none = Choice(value="", label=say("Geen bron"))
    return (
        Field(
            name="bewijs",
            label=say("Soort bewijs"),
            kind="select",
            body="evidence.0.grade",
            choices=(none, *_choices(ground.tell, "GRADE")),
        ),
        Field(
            name="vindplaats",
            label=say("Waar staat het?"),
            kind="text",
            body="evidence.0.at",
            hint=say("Een adres dat met https:// begint, of de naam van het stuk."),
        ),
    )


def _with_common(body: dict[str, Any], typed: Typed) -> dict[str, Any]:
    """The day and the source that every act may have."""
    set_in(body, on=day(one(typed, "dag")))
    source: dict[str, Any] = {}
    set_in(source, grade=one(typed, "bewijs"), at=one(typed, "vindplaats"))
    set_in(body, evidence=[source] if source else [])
    return body


def _position_body(typed: Typed, ground: Ground) -> dict[str, Any]:
    body: dict[str, Any] = {}
    part = one(typed, "onderdeel")
    voice: dict[str, Any] = {"as": "own"}
    set_in(voice, layer=one(typed, "laag"))
    set_in(
        body,
        member=one(typed, "lid"),
        stance=one(typed, "positie"),
        voice=voice,
        part=part,
        n=next((each.n for each in ground.decision.parts if each.part == part), None),
        reason=_own_words(one(typed, "reden"), ground),
        reasonMissing=one(typed, "ontbreekt"),
    )
    return _with_common(body, typed)


def _own_words(text: str, ground: Ground) -> object:
    """A representative's text is the member's own; a clerk's tells what the source says."""
    return text if ground.is_clerk else quoted(text, ground.tell.frame.lang)


def _revision_body(typed: Typed, ground: Ground) -> dict[str, Any]:
    body: dict[str, Any] = {}
    set_in(
        body,
        stance=one(typed, "positie"),
        reason=_own_words(one(typed, "reden"), ground),
        reasonMissing=one(typed, "ontbreekt"),
    )
    return _with_common(body, typed)


def _explanation_body(typed: Typed, ground: Ground) -> dict[str, Any]:
    body: dict[str, Any] = {}
    set_in(body, reason=_own_words(one(typed, "reden"), ground))
    return _with_common(body, typed)


def _withdrawal_body(typed: Typed, ground: Ground) -> dict[str, Any]:  # noqa: ARG001  # every act makes its body alike
    return _with_common({}, typed)


def _correction_fields(ground: Ground) -> tuple[Field, ...]:
    say = ground.tell.says.say
    now = ground.position
    annul = Choice(value="geen", label=say("niets: wat deze regel zegt, geldt niet"))
    return (
        Field(
            name="soort",
            label=say("Wat voor fout was het?"),
            kind="radio",
            body="kind",
            choices=_choices(ground.tell, "CORRECTION", without=("mistaken-vote",)),
        ),
        Field(
            name="gronden",
            label=say("Wat was er fout, en hoe weet u dat?"),
            kind="textarea",
            body="grounds",
        ),
        Field(
            name="positie",
            label=say("Wat had er moeten staan?"),
            kind="radio",
            body="instead.data.stance",
            choices=(*_choices(ground.tell, "STANCE"), annul),
            values=(now.stance,) if now is not None else (),
        ),
        Field(
            name="reden",
            label=say("Reden"),
            kind="textarea",
            body="instead.data.reason",
            values=(now.reason.text,) if now is not None and now.reason is not None and now.reason.text else (),
        ),
    )


def _correction_body(typed: Typed, ground: Ground) -> dict[str, Any]:
    body: dict[str, Any] = {"corrects": ground.position.seq if ground.position else 0}
    set_in(body, kind=one(typed, "soort"), grounds=one(typed, "gronden"))
    stance = one(typed, "positie")
    if stance != "geen" and ground.entry is not None:
        data = _in_clear(ground.entry)
        data.pop("reason", None)
        set_in(data, stance=stance, reason=_own_words(one(typed, "reden"), ground))
        if "reason" in data:
            data.pop("reasonMissing", None)
        body["instead"] = {"type": ground.entry_type, "v": standing.PositionRecorded.V, "data": data}
    return body


def _in_clear(data: Any) -> Any:  # noqa: ANN401  # any JSON
    """A stored payload with its texts in clear, as a body has them."""
    if isinstance(data, Mapping):
        if "_sd" in data:
            return {"text": data.get("text") or "", "lang": data["lang"], "words": data["words"]}
        return {name: _in_clear(inner) for name, inner in data.items()}
    if isinstance(data, (list, tuple)):
        return [_in_clear(each) for each in data]
    return data


def _standpoint_fields(ground: Ground) -> tuple[Field, ...]:
    say = ground.tell.says.say
    parts = tuple(
        Choice(value=part.part, label=part.title.text or say("weggelaten"), lang=part.title.lang)
        for part in ground.decision.parts
    )
    who = msgspec.structs.replace(_member(ground), body="voice.members")
    which = Field(name="onderdelen", label=say("Over welke onderdelen?"), kind="checks", body="parts", choices=parts)
    return (
        who,
        Field(
            name="tekst",
            label=say("Het standpunt"),
            kind="textarea",
            body="text",
            hint=say("Wat vindt u, en waarom? Het staat open tot een gremium het weegt."),
        ),
        Field(name="anders", label=say("Wat zou er dan wel moeten?"), kind="textarea", body="alternative"),
        *((which,) if parts else ()),
        _layer(ground),
        _on(ground),
        *_evidence(ground),
    )


def _standpoint_body(typed: Typed, ground: Ground) -> dict[str, Any]:
    body: dict[str, Any] = {}
    voice: dict[str, Any] = {"as": "own"}
    set_in(voice, layer=one(typed, "laag"), members=[one(typed, "lid")] if one(typed, "lid") else [])
    set_in(
        body,
        voice=voice,
        text=_own_words(one(typed, "tekst"), ground),
        alternative=_own_words(one(typed, "anders"), ground),
        parts=[each for each in typed.get("onderdelen", ()) if each],
    )
    return _with_common(body, typed)


def _weighing_fields(ground: Ground) -> tuple[Field, ...]:
    say = ground.tell.says.say
    bodies = tuple(Choice(value=code, label=ground.tell.name(code)) for code in ground.held("clerk"))
    return (
        Field(
            name="uitkomst",
            label=say("Wat is ermee gedaan?"),
            kind="radio",
            body="outcome",
            choices=_choices(ground.tell, "WEIGHED", without=("open", "withdrawn")),
        ),
        _reason(ground),
        *_reason_missing(ground),
        Field(
            name="gremium",
            label=say("Welk gremium woog het?"),
            kind="select",
            body="by",
            choices=bodies,
            values=(bodies[0].value,) if bodies else (),
        ),
        _on(ground),
        *_evidence(ground),
    )


def _weighing_body(typed: Typed, ground: Ground) -> dict[str, Any]:  # noqa: ARG001  # every act makes its body alike
    body: dict[str, Any] = {}
    set_in(
        body,
        outcome=one(typed, "uitkomst"),
        reason=one(typed, "reden"),
        reasonMissing=one(typed, "ontbreekt"),
        by=one(typed, "gremium"),
    )
    return _with_common(body, typed)


def _confirmation_body(typed: Typed, ground: Ground) -> dict[str, Any]:  # noqa: ARG001  # every act makes its body alike
    return {"upTo": ground.decision.steps}


ON_DECISION: dict[str, Act] = {
    "positie": Act(
        dutch("Leg een positie vast"),
        dutch("Waar staat het lid, en waarom?"),
        dutch("Leg vast"),
        standing.PositionRecorded,
        lambda ground: (
            _member(ground),
            _part(ground),
            _stance(ground),
            _reason(ground),
            *_reason_missing(ground),
            _layer(ground),
            _on(ground),
            *_evidence(ground),
        ),
        _position_body,
    ),
    "standpunt": Act(
        dutch("Leg een minderheidsstandpunt vast"),
        dutch("Een standpunt blijft open tot een gremium zegt wat ermee is gedaan, en waarom."),
        dutch("Leg vast"),
        standing.MinorityStandpointRecorded,
        _standpoint_fields,
        _standpoint_body,
    ),
    "bevestigen": Act(
        dutch("Bevestig wat is vastgelegd"),
        dutch(
            "U zegt dat de regels tot nu toe zijn zoals in het bewijs staat. Uw eigen invoer kunt u niet bevestigen."
        ),
        dutch("Bevestig"),
        decisions.DecisionConfirmed,
        lambda _ground: (),
        _confirmation_body,
    ),
}
ON_POSITION: dict[str, Act] = {
    "herzien": Act(
        dutch("Herzie de positie"),
        dutch("Het lid staat er nu anders in. Wat het eerder zei, blijft staan."),
        dutch("Leg vast"),
        standing.PositionRevised,
        lambda ground: (_stance(ground), _reason(ground), *_reason_missing(ground), _on(ground), *_evidence(ground)),
        _revision_body,
    ),
    "intrekken": Act(
        dutch("Trek de positie in"),
        dutch("De positie geldt niet meer. Wat het lid eerder zei, blijft staan."),
        dutch("Trek in"),
        standing.PositionWithdrawn,
        lambda ground: (_on(ground), *_evidence(ground)),
        _withdrawal_body,
    ),
    "toelichten": Act(
        dutch("Geef de reden"),
        dutch("De reden komt bij de positie te staan, met de dag van vandaag."),
        dutch("Leg vast"),
        standing.PositionExplained,
        lambda ground: (_reason(ground), _on(ground), *_evidence(ground)),
        _explanation_body,
    ),
    "herstellen": Act(
        dutch("Herstel een fout"),
        dutch("De regel was verkeerd ingevoerd. De oude en de nieuwe tekst blijven allebei te zien."),
        dutch("Herstel"),
        decisions.DecisionCorrected,
        _correction_fields,
        _correction_body,
    ),
}
ON_STANDPOINT: dict[str, Act] = {
    "wegen": Act(
        dutch("Leg vast hoe dit is gewogen"),
        dutch("Zeg wat ermee is gedaan, en waarom. Een reactie is nog geen weging."),
        dutch("Leg vast"),
        standing.MinorityStandpointWeighed,
        _weighing_fields,
        _weighing_body,
    ),
}
