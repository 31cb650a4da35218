"""From the bytes of a body to one fact, with every fault told at once; what it cannot read is refused, never an error.

The body holds the fields of one fact, its texts in clear: here they are sealed, and their disclosures handed on beside the fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, Final, cast

import msgspec
from jsonschema_rs import Draft202012Validator, ValidationError, ValidationErrorKind

from register.fact import Fact
from register.faults import CHOICES, FORMS, KINDS, OTHER_FORM, BodyRefused, Fault, fault
from register.plainjson import read_json
from register.schemas import NOT_BLANK, Json, body_schema
from register.unsealed import payload_type, sealed_in
from register.values import WHEN_FORM, is_civil
from register.vocabulary import replaceable
from register.writing import FORBIDDEN, composed, forbidden_in

MAX_BODY: Final = 256 * 1024
"""The longest body in bytes, unless the caller says otherwise."""
MAX_FAULTS: Final = 100
"""No more than these are told at once."""
LONGEST_LIST: Final = 501
"""No list of any fact is so long; what comes after is not looked at, since the list is refused."""

_Path = tuple[str | int, ...]


class Intake(msgspec.Struct, frozen=True):
    """A fact as it was sent, with the disclosure of each text by its digest."""

    fact: Fact
    disclosures: Mapping[str, str]


def read_body(
    raw: bytes,
    fact: type[Fact],
    fixed: Mapping[str, object],
    lang: str,
    *,
    limit: int = MAX_BODY,
) -> Intake:
    """Read a body as one fact of this class.

    `fixed` are fields that the address gives, by their name in the entry; `lang` is the language of a text that names none.
    Raises BodyRefused, and nothing else, for any bytes.
    """
    return read_fields(read_json(raw, limit), fact, fixed, lang)


def read_fields(fields: Mapping[str, object], fact: type[Fact], fixed: Mapping[str, object], lang: str) -> Intake:
    """The same for fields that were read already, from a form for example."""
    faults = [fault(name, "in-address") for name, value in fixed.items() if name in fields and fields[name] != value]
    tree = cast("dict[str, Json]", _written(cast("Json", {**fields, **fixed}), (), faults))
    faults.extend(_against_schema(tree, fact, ()))
    if faults:
        raise BodyRefused(_first_of_each_field(faults))
    disclosures: dict[str, str] = {}
    try:
        read = msgspec.convert(sealed_in(tree, fact, lang, disclosures), fact)
    except msgspec.ValidationError as broken:
        # A struct that is stricter than its own schema; the property tests look for one.
        where = str(broken).rpartition("$.")[2].rstrip("`")
        raise BodyRefused((fault(where, "form", OTHER_FORM),)) from broken
    return Intake(read, disclosures)


def _written(value: Json, path: _Path, faults: list[Fault]) -> Json:
    """The tree with every string in the form in which it would be stored; characters that may not stand there are faults."""
    if isinstance(value, dict):
        return {
            FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", name): _written(inner, (*path, name), faults)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_written(inner, (*path, index), faults) for index, inner in enumerate(value[:LONGEST_LIST])]
    if not isinstance(value, str):
        return value
    text = composed(value)
    if hidden := forbidden_in(text):
        faults.append(fault(_dotted(path), "character", hidden))
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def _against_schema(tree: dict[str, Json], fact: type[Fact], path: _Path) -> Iterator[Fault]:
    for error in islice(_validator(fact).iter_errors(tree), MAX_FAULTS):
        yield from _told(error, path)
    instead = tree.get("instead")
    if not isinstance(instead, dict) or instead.get("type") not in replaceable(fact):
        return
    if (other := payload_type(instead)) is None:
        yield fault(_dotted((*path, "instead", "v")), "not-one-of", "1")
    elif isinstance(data := instead.get("data"), dict):
        yield from _against_schema(data, other, (*path, "instead", "data"))


@cache
def _validator(fact: type[Fact]) -> Draft202012Validator:
    return Draft202012Validator(
        cast("dict[str, Any]", body_schema(fact)),
        formats={"civil-days": is_civil},
        validate_formats=True,
    )


def _told(error: ValidationError, above: _Path) -> Iterator[Fault]:
    """What an error of the schema says to a person."""
    path = (*above, *error.instance_path)
    match error.kind:
        case ValidationErrorKind.Required(property=name):
            yield fault(_dotted((*path, name)), "missing")
        case ValidationErrorKind.AdditionalProperties(unexpected=names):
            for name in names:
                yield fault(_dotted((*path, name)), "unknown")
        case _ if error.instance is None:
            yield fault(_dotted(path), "null")
        case ValidationErrorKind.Format():
            # A string in another form is told by its pattern.
            if re.search(WHEN_FORM, str(error.instance)):
                yield fault(_dotted(path), "not-a-day")
        case _:
            yield fault(_dotted(path), *_value_fault(error))


def _value_fault(error: ValidationError) -> tuple[str, str | tuple[str, str]]:
    """The code of a fault in one value, and what fills in its sentence."""
    match error.kind:
        case ValidationErrorKind.Type(types=types):
            return "type", KINDS[" ".join(sorted(types, reverse=True))]
        case ValidationErrorKind.Enum(options=options):
            return "not-one-of", ", ".join(map(str, options))
        case ValidationErrorKind.Constant(expected_value=value):
            return "not-one-of", str(value).lower()
        case ValidationErrorKind.Pattern(pattern=form) if error.instance and form != NOT_BLANK:
            return "form", FORMS.get(form, OTHER_FORM)
        case kind if kind.name in {"oneOf", "anyOf", "maxProperties"}:
            return "choose", CHOICES[str(error.schema_path[1])]
        case kind:
            return VALUE_FAULTS.get(kind.name, "empty"), str(getattr(kind, "limit", ""))


VALUE_FAULTS: Final = {
    "maxLength": "too-long",
    "minimum": "too-small",
    "maximum": "too-great",
    "maxItems": "too-many",
    "uniqueItems": "twice",
}
"""Codes by keyword of the schema; the others mean that nothing stands there."""


def _first_of_each_field(faults: list[Fault]) -> tuple[Fault, ...]:
    first: dict[str, Fault] = {}
    for told in faults:
        first.setdefault(told.field, told)
    return tuple(first.values())[:MAX_FAULTS]


def _dotted(path: _Path) -> str:
    return ".".join(map(str, path))
