"""What can be recorded of a minority standpoint: it is held, and a body says what it did with it."""

from __future__ import annotations

from typing import Any

from api.pages.act_asking import (
    Act,
    Ground,
    choices,
    day_of_it,
    layer,
    own_words,
    reason,
    reason_missing,
    source,
    with_common,
)
from api.pages.act_voices import amiss, of_standpoint, voice
from api.pages.forms import Choice, Field, Typed, one, set_in
from api.pages.words import dutch
from register.decisions import standing


def _standpoint_fields(ground: Ground) -> tuple[Field, ...]:
    say = ground.tell.says.say
    parts = tuple(
        Choice(value=part.part, label=part.title.text or say("afgeschermd"), lang=part.title.lang)
        for part in ground.decision.parts
    )
    which = Field(name="onderdelen", label=say("Over welke onderdelen?"), kind="checks", body="parts", choices=parts)
    return (
        *of_standpoint(ground),
        Field(
            name="tekst",
            label=say("Het standpunt"),
            kind="textarea",
            body="text",
            hint=say("Wat vindt u, en waarom? Het staat open tot een gremium het weegt."),
        ),
        Field(name="anders", label=say("Wat zou er dan wel moeten?"), kind="textarea", body="alternative"),
        *((which,) if parts else ()),
        layer(ground),
        day_of_it(ground),
        *source(ground),
    )


def _standpoint_body(typed: Typed, ground: Ground) -> dict[str, Any]:
    body: dict[str, Any] = {}
    set_in(
        body,
        voice=voice(typed, position=False),
        text=own_words(one(typed, "tekst"), ground),
        alternative=own_words(one(typed, "anders"), ground),
        parts=[each for each in typed.get("onderdelen", ()) if each],
    )
    return with_common(body, typed)


def _weighing_fields(ground: Ground) -> tuple[Field, ...]:
    say = ground.tell.says.say
    bodies = tuple(Choice(value=code, label=ground.tell.name(code)) for code in ground.held("clerk"))
    return (
        Field(
            name="uitkomst",
            label=say("Wat is ermee gedaan?"),
            kind="radio",
            body="outcome",
            choices=choices(ground.tell, "WEIGHED", without=("open", "withdrawn")),
        ),
        reason(ground),
        *reason_missing(ground),
        Field(
            name="gremium",
            label=say("Welk gremium woog het?"),
            kind="select",
            body="by",
            choices=bodies,
            values=(bodies[0].value,) if bodies else (),
        ),
        day_of_it(ground),
        *source(ground),
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
    return with_common(body, typed)


STANDPOINT = Act(
    dutch("Leg een minderheidsstandpunt vast"),
    dutch("Een standpunt blijft open tot een gremium zegt wat ermee is gedaan, en waarom."),
    dutch("Leg vast"),
    standing.MinorityStandpointRecorded,
    _standpoint_fields,
    _standpoint_body,
    amiss,
)
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
