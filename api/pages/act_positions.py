"""What can be recorded of a position: it is taken, revised, withdrawn, explained, and a mistake in it is corrected."""

from __future__ import annotations

from collections.abc import Mapping
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
    stance,
    which_part,
    with_common,
)
from api.pages.act_voices import amiss, of_position, voice
from api.pages.forms import Choice, Field, Typed, one, set_in
from api.pages.words import dutch
from register.decisions import facts as decisions
from register.decisions import standing


def _position_body(typed: Typed, ground: Ground) -> dict[str, Any]:
    body: dict[str, Any] = {}
    part = one(typed, "onderdeel")
    set_in(
        body,
        member=one(typed, "lid"),
        stance=one(typed, "positie"),
        voice=voice(typed, position=True),
        part=part,
        n=next((each.n for each in ground.decision.parts if each.part == part), None),
        reason=own_words(one(typed, "reden"), ground),
        reasonMissing=one(typed, "ontbreekt"),
    )
    return with_common(body, typed)


def _revision_body(typed: Typed, ground: Ground) -> dict[str, Any]:
    body: dict[str, Any] = {}
    set_in(
        body,
        stance=one(typed, "positie"),
        reason=own_words(one(typed, "reden"), ground),
        reasonMissing=one(typed, "ontbreekt"),
    )
    return with_common(body, typed)


def _explanation_body(typed: Typed, ground: Ground) -> dict[str, Any]:
    body: dict[str, Any] = {}
    set_in(body, reason=own_words(one(typed, "reden"), ground))
    return with_common(body, typed)


def _withdrawal_body(typed: Typed, ground: Ground) -> dict[str, Any]:  # noqa: ARG001  # every act makes its body alike
    return with_common({}, typed)


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
            choices=choices(ground.tell, "CORRECTION", without=("mistaken-vote",)),
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
            choices=(*choices(ground.tell, "STANCE"), annul),
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
        set_in(data, stance=stance, reason=own_words(one(typed, "reden"), ground))
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


POSITION = Act(
    dutch("Leg een positie vast"),
    dutch("Waar staat het lid, en waarom?"),
    dutch("Leg vast"),
    standing.PositionRecorded,
    lambda ground: (
        *of_position(ground),
        which_part(ground),
        stance(ground),
        reason(ground),
        *reason_missing(ground),
        layer(ground),
        day_of_it(ground),
        *source(ground),
    ),
    _position_body,
    amiss,
)
ON_POSITION: dict[str, Act] = {
    "herzien": Act(
        dutch("Herzie de positie"),
        dutch("Het lid staat er nu anders in. Wat het eerder zei, blijft staan."),
        dutch("Leg vast"),
        standing.PositionRevised,
        lambda ground: (stance(ground), reason(ground), *reason_missing(ground), day_of_it(ground), *source(ground)),
        _revision_body,
    ),
    "intrekken": Act(
        dutch("Trek de positie in"),
        dutch("De positie geldt niet meer. Wat het lid eerder zei, blijft staan."),
        dutch("Trek in"),
        standing.PositionWithdrawn,
        lambda ground: (day_of_it(ground), *source(ground)),
        _withdrawal_body,
    ),
    "toelichten": Act(
        dutch("Geef de reden"),
        dutch("De reden komt bij de positie te staan, met de dag van vandaag."),
        dutch("Leg vast"),
        standing.PositionExplained,
        lambda ground: (reason(ground), day_of_it(ground), *source(ground)),
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
