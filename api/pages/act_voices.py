"""Who speaks, for whom: one member, several together, or one for a group; and for whom that counts, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from api.pages.act_asking import Ground, which_member
from api.pages.forms import Choice, Field, Typed, one, set_in
from api.pages.telling import Teller
from projections.row import Voice

TOGETHER = 2
"""So many members make a joint statement."""


def of_position(ground: Ground) -> tuple[Field, ...]:
    """Whose position it is; a clerk also says in which capacity it was given."""
    return (_capacity(ground), which_member(ground), *_others(ground)) if ground.is_clerk else (which_member(ground),)


def of_standpoint(ground: Ground) -> tuple[Field, ...]:
    """Who holds a standpoint."""
    if ground.is_clerk:
        return (_capacity(ground), *_others(ground))
    return (msgspec.structs.replace(which_member(ground), body="voice.members"),)


def _capacity(ground: Ground) -> Field:
    say = ground.tell.says.say
    word = ground.tell.word["VOICE"]
    hints = {
        "own": say("telt één keer, voor dat lid"),
        "joint": say("één verklaring van de leden die u aankruist; een positie telt voor het lid dat u kiest"),
        "namens": say("één spreker voor een groep; telt voor niemand en staat bij de leden als namens hen gezegd"),
        "vanuit": say("een lid spreekt vanuit een deelregio; telt alleen voor dat lid"),
    }
    return Field(
        name="stem",
        label=say("Hoe werd het gezegd?"),
        kind="radio",
        body="voice.as",
        choices=tuple(Choice(value=code, label=word[code], hint=hint) for code, hint in hints.items()),
        values=("own",),
    )


def _others(ground: Ground) -> tuple[Field, ...]:
    say = ground.tell.says.say
    apart = say("Zonder deelregio")
    members = sorted(
        ground.members, key=lambda each: (each.subregion_name is None, each.subregion_name or "", each.name)
    )
    regions = {each.subregion: each.subregion_name or each.subregion for each in members if each.subregion}
    none = Choice(value="", label=say("Geen deelregio"))
    return (
        Field(
            name="leden",
            label=say("Welke leden noemt de bron?"),
            kind="checks",
            body="voice.members",
            hint=say("Alleen wie de bron noemt; vul niet aan uit de lijst van een deelregio."),
            choices=tuple(
                Choice(value=each.code, label=each.name, group=each.subregion_name or apart) for each in members
            ),
        ),
        Field(
            name="deelregio",
            label=say("Welke deelregio?"),
            kind="radio",
            body="voice.subregion",
            choices=(none, *(Choice(value=code, label=name) for code, name in regions.items())),
            values=("",),
        ),
    )


def voice(typed: Typed, *, position: bool) -> dict[str, Any]:
    """The voice that was answered; on a position of one member the fact itself names it."""
    capacity, member = one(typed, "stem") or "own", one(typed, "lid")
    members = list(dict.fromkeys(each for each in typed.get("leden", ()) if each))
    if member and member not in members and (members or not position):
        members.insert(0, member)
    found: dict[str, Any] = {"as": capacity}
    set_in(found, layer=one(typed, "laag"), members=members, subregion=one(typed, "deelregio"))
    return found


def amiss(typed: Typed, ground: Ground) -> Mapping[str, str]:
    """What does not go together in the answers of a clerk, by the name of the question."""
    if not ground.is_clerk:
        return {}
    say, said = ground.tell.says.say, voice(typed, position=False)
    members, region = len(said.get("members", ())), "subregion" in said
    match said["as"]:
        case "own" if members > 1:
            return {"stem": say("U noemt meer dan één lid: kies hoe zij samen spraken.")}
        case "joint" if members < TOGETHER and not region:
            return {"leden": say("Kruis aan wie samen spraken: minstens twee leden.")}
        case "vanuit" if not region:
            return {"deelregio": say("Zeg vanuit welke deelregio.")}
        case _:
            return {}


def counts(said: Voice, member: str | None, tell: Teller) -> str:
    """For whom a statement counts; it is one statement, however many it names."""
    say, join = tell.says.say, tell.says.join
    named = [tell.name(code) for code in said.members or ()]
    if said.as_ == "namens":
        group = tell.name(said.subregion) if said.subregion else ""
        if named:
            return say(
                "Dit is één uitspraak. Zij telt voor niemand en staat bij %(names)s als namens hen gezegd.",
                names=join(named),
            )
        return say(
            "Dit is één uitspraak. Zij telt voor niemand en staat bij de leden van %(group)s als namens hen gezegd.",
            group=group,
        )
    if member is not None:
        others = [tell.name(code) for code in said.members or () if code != member]
        sentence = say("Dit telt als positie van %(name)s, en van niemand anders.", name=tell.name(member))
        also = say("%(names)s spraken mee en nemen zelf een positie in.", names=join(others)) if len(others) > 1 else ""
        only = say("%(names)s sprak mee en neemt zelf een positie in.", names=join(others)) if len(others) == 1 else ""
        return " ".join(each for each in (sentence, also, only) if each)
    if len(named) > 1:
        return say("Dit is één standpunt. Het telt één keer voor elk van deze leden: %(names)s.", names=join(named))
    return say("Dit telt voor %(name)s, en voor niemand anders.", name=join(named)) if named else ""
