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
    group: str = ""
    """What it stands under, where answers are many."""


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


class Wrong(msgspec.Struct, frozen=True):
    """One thing that is wrong: at which field of the body, which rule, what it names, and the register's sentence for it."""

    field: str
    code: str
    what: str
    sentence: str


def refused(form: Form, fault: Refused | BodyRefused, says: Speech, names: Mapping[str, str]) -> Form:
    """The same form with every fault at its field, and those of no field on top; a code is called by its name."""
    found, whole = placed(form.fields, fault, says, names)
    return msgspec.structs.replace(
        form, faults=whole, fields=tuple(faulty(each, found.get(each.name, ())) for each in form.fields)
    )


def faulty(field: Field, faults: Iterable[str]) -> Field:
    """A field with what is wrong in it, each thing once."""
    return msgspec.structs.replace(field, faults=tuple(dict.fromkeys(faults)))


def placed(
    fields: Sequence[Field], fault: Refused | BodyRefused, says: Speech, names: Mapping[str, str]
) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """What is wrong, by the name of the field at which it stands; and what is wrong with the whole."""
    found: dict[str, list[str]] = {}
    whole: list[str] = []
    for wrong in _wrongs(fault, says.lang):
        place = next((each for each in fields if _belongs(wrong.field, each.body)), None)
        sentence = (
            wrong.sentence.replace(wrong.what, names.get(wrong.what, wrong.what)) if wrong.what else wrong.sentence
        )
        if place is None:
            whole.append(sentence)
        else:
            found.setdefault(place.name, []).append(_for_people(wrong, place, sentence, says))
    return found, tuple(whole)


def _wrongs(fault: Refused | BodyRefused, lang: str) -> list[Wrong]:
    if isinstance(fault, Refused):
        return [Wrong(each.field, each.code, each.what, each.sentence(lang)) for each in fault.refusals]
    return [Wrong(each.field, each.code, "", each.sentence(lang)) for each in fault.faults]


def _for_people(wrong: Wrong, field: Field, sentence: str, says: Speech) -> str:
    """What a person is to do; programs are told the same in the words of the body."""
    match wrong.code:
        case "missing" | "empty" if field.kind in {"radio", "select"}:
            return says.say("Kies een antwoord: %(label)s.", label=field.label)
        case "missing" | "empty":
            return says.say("Vul dit in: %(label)s.", label=field.label)
        case "form" | "not-a-day" if field.kind == "date":
            return says.say("Schrijf een dag als 24-3-2022, een maand als 2022-03 of een jaar als 2022.")
        case _:
            return sentence.replace(wrong.field, field.label) if wrong.field else sentence


def _belongs(field: str, body: str) -> bool:
    return bool(field) and (field == body or field.startswith(body + ".") or body.startswith(field + "."))
