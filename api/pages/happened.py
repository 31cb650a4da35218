"""An entry of a decision or dossier in one sentence, for its timeline and its replay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from api.pages.standing import spanning
from api.pages.telling import Teller
from api.pages.views import Event
from projections.history.row import Step
from projections.row import Voice
from register.values import first_day, last_day

TURNS = frozenset(
    {
        "outcome.recorded",
        "decision.struck",
        "minority-standpoint.weighed",
        "route.planned",
        "dossier.struck",
        "meeting.struck",
    }
)
BEHIND_THE_SCENES = frozenset(
    {
        "parties.listed",
        "evidence.added",
        "decision.linked",
        "decision.themed",
        "decision.confirmed",
        "part.added",
        "votes.recorded",
        "decision.corrected",
        "decision.placed",
    }
)
"""Entries that a timeline leaves to the replay: they record, and nothing happened."""


NUMBERED = (
    "position",
    "standpoint",
    "corrects",
    "upTo",
    "view",
    "advice",
    "undertaking",
    "invitation",
    "version",
    "edition",
    "step",
)
"""The fields by which an entry names the number of an earlier one."""
WHO = ("by", "member", "party", "body", "among")
"""The fields by which an entry names whom it is about, the first that there is; else its voice does."""
COUNTED = ("votes", "parties", "steps")
"""The lists of which a sentence tells the length."""


def codes(steps: tuple[Step, ...]) -> Iterator[str]:
    """The codes that the sentences name."""
    for step in steps:
        data = step.event.data
        voice = data.get("voice") or {}
        yield from (code for key in (*WHO, "decides") if isinstance(code := data.get(key), str))
        yield from (*voice.get("members", ()), *voice.get("parties", ()))
        yield from (code for key in ("subregion", "body") if (code := voice.get(key)))


def events(steps: tuple[Step, ...], tell: Teller, kind: str) -> tuple[Event, ...]:
    """Every entry in words, as the log has them."""
    return tuple(_event(step, number, tell, kind) for number, step in enumerate(steps, 1))


def timeline(told: tuple[Event, ...], day: date) -> tuple[Event, ...]:
    """What happened until a day, in the order in which it happened; what has no day of its own comes last."""
    happened = [
        each for each in told if each.type not in BEHIND_THE_SCENES and (each.on is None or last_day(each.on) <= day)
    ]
    return tuple(
        sorted(happened, key=lambda each: (each.on is None, first_day(each.on) if each.on else each.step, each.step))
    )


def _event(step: Step, number: int, tell: Teller, kind: str) -> Event:
    event = step.event
    return Event(
        entry=event.position,
        step=number,
        type=event.type,
        sentence=sentence(event.type, event.data, tell, kind),
        on=event.on or spanning(event.data.get("from"), event.data.get("until")),
        known=tell.moment(event.known_from),
        turn=event.type in TURNS,
        corrected=event.corrected_by is not None,
    )


def sentence(type_: str, data: Mapping[str, Any], tell: Teller, kind: str) -> str:
    """What an entry says, without the texts in it."""
    key = "position.overruled" if type_ == "position.withdrawn" and data.get("rel") == "overrules" else type_
    filled = tell.word["EVENT"][key] % _values(data, tell, kind)
    if type_ == "outcome.recorded":
        return filled + _of_whom(data, tell)
    if type_ == "position.recorded" and (part := data.get("part")):
        return tell.says.say("%(said)s Onderdeel: %(part)s.", said=filled, part=tell.part(part))
    return filled


def _of_whom(data: Mapping[str, Any], tell: Teller) -> str:
    if decides := data.get("decides"):
        return " " + tell.says.say("Eigen besluit van %(who)s.", who=tell.name(decides))
    if count := data.get("count"):
        return " " + tell.says.say("Als totaal vermeld: %(n)s.", n=count)
    return ""


def _values(data: Mapping[str, Any], tell: Teller, kind: str) -> dict[str, object]:
    word = tell.word
    number = next((data[key] for key in NUMBERED if key in data), "")
    return {
        "n": next((len(data[key]) for key in COUNTED if key in data), number),
        "title": _text(data.get("title"), tell),
        "list": word["LIST"][data.get("list", "")],
        "how": word["HOW"][data.get("how", "")],
        "verb": tell.says.verb(data.get("verb", ""), kind),
        "stance": word["STANCE"][data.get("stance", "")],
        "kind": word["CORRECTION"][data.get("kind", "")],
        "weighed": word["WEIGHED"][data.get("outcome", "")],
        "who": _who(data, tell),
    }


def _who(data: Mapping[str, Any], tell: Teller) -> str:
    if code := next((data[key] for key in WHO if isinstance(data.get(key), str)), None):
        return tell.name(code)
    if "voice" in data:
        return tell.who(msgspec.convert(data["voice"], Voice))
    return ""


def _text(text: object, tell: Teller) -> str:
    found = text.get("text") if isinstance(text, Mapping) else None
    return str(found) if found else tell.says.say("afgeschermd")
