"""Forms that keep what was typed: fields with their faults, a summary of all faults on top, and the body they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from api.pages import days, views
from api.pages.speech import Speech
from register.faults import BodyRefused
from register.refusals import Refused

Typed = Mapping[str, Sequence[str]]
"""What was typed, by the name of the field; more than one where boxes were ticked."""


class Choice(views.View, frozen=True, kw_only=True):
    """One of the answers that a field offers."""

    value: str
    label: str
    hint: str = ""
    lang: str | None = None


class Field(views.View, frozen=True, kw_only=True):
    """One question; `body` is the field of the fact that it fills, dotted."""

    name: str
    label: str
    kind: str
    body: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    values: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """The one value of a field that has one."""
        return self.values[0] if self.values else ""

    @property
    def target(self) -> str:
        """The id that a fault in the summary leads to."""
        return f"{self.name}-0" if self.kind in {"radio", "checks"} else self.name


class Form(views.View, frozen=True, kw_only=True):
    """A page with one form; `key` is the command id, so that sending it twice records once."""

    title: str
    about: views.Link | None
    lead: str
    action: str
    submit: str
    key: str
    fields: tuple[Field, ...]
    faults: tuple[str, ...] = ()
    """What is wrong with the whole, at no field."""

    @property
    def wrong(self) -> int:
        """How much is wrong in all."""
        return len(self.faults) + sum(len(field.faults) for field in self.fields)


def kept(fields: Iterable[Field], typed: Typed) -> tuple[Field, ...]:
    """The fields with what was typed in them."""
    return tuple(
        msgspec.structs.replace(field, values=tuple(typed[field.name])) if field.name in typed else field
        for field in fields
    )


def one(typed: Typed, name: str) -> str:
    """What was typed in a field that has one value."""
    values = typed.get(name, ())
    return values[0].strip() if values else ""


def set_in(body: dict[str, Any], **fields: object) -> None:
    """Fill in the fields that were answered; an empty answer is no field."""
    body.update({name: value for name, value in fields.items() if value not in (None, "", [], {})})


def day(text: str) -> str:
    """A day as the fact wants it: what can be read as one day is written so, anything else is left to be refused."""
    found = days.typed_day(text)
    return found.isoformat() if found else text.strip()


def quoted(text: str, lang: str) -> dict[str, str] | None:
    """A member's own words."""
    return {"text": text, "lang": lang, "words": "quoted"} if text else None


def refused(form: Form, fault: Refused | BodyRefused, says: Speech) -> Form:
    """The same form with every fault at its field, and those of no field on top."""
    found: dict[str, list[str]] = {}
    whole: list[str] = []
    for field, sentence in _sentences(fault, says.lang):
        place = next((each for each in form.fields if _belongs(field, each.body)), None)
        if place is None:
            whole.append(sentence)
        else:
            found.setdefault(place.name, []).append(sentence.replace(field, place.label) if field else sentence)
    return msgspec.structs.replace(
        form,
        faults=tuple(whole),
        fields=tuple(
            msgspec.structs.replace(each, faults=tuple(dict.fromkeys(found.get(each.name, ())))) for each in form.fields
        ),
    )


def _sentences(fault: Refused | BodyRefused, lang: str) -> list[tuple[str, str]]:
    if isinstance(fault, Refused):
        return [(each.field, each.sentence(lang)) for each in fault.refusals]
    return [(each.field, each.sentence(lang)) for each in fault.faults]


def _belongs(field: str, body: str) -> bool:
    return bool(field) and (field == body or field.startswith(body + ".") or body.startswith(field + "."))
