"""The query keys of the reads: how each is read, what it may hold, what it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import msgspec

from api.asked import GREATEST, LONGEST, MOST_A_PAGE, MOST_PAGES, PAGE_SIZE, Asked
from projections.completeness.row import Kind
from projections.decisions.consultation.query import Status
from projections.decisions.row import Sort
from projections.dossiers.row import DossierKind
from projections.search.row import Place
from register.decisions.facts import Verb
from register.values import CODE, UUID_FORM, Stance
from register.writing import FORBIDDEN

Schema = dict[str, Any]

HIDDEN = "".join(
    char if char.isascii() and char.isprintable() else f"\\u{ord(char):04x}"
    for char in FORBIDDEN.pattern[1:-1].removesuffix("\ud800-\udfff")
)
"""What may not stand in a text, for the brackets of a pattern; no JSON in UTF-8 holds a lone surrogate."""
SUBJECT_CLASSES = ("organisation-and-frameworks", "political-administrative", "not-stated")


class Key(msgspec.Struct, frozen=True):
    """One key: its name in a query, how it is read, the JSON Schema of its value, and what it is for."""

    name: str
    read: Callable[[Asked], object]
    schema: Schema
    meaning: str


def _choice(name: str, choices: tuple[str, ...], meaning: str) -> Key:
    return Key(name, lambda asked: asked.choice(name, choices), {"type": "string", "enum": list(choices)}, meaning)


def _code(name: str, meaning: str) -> Key:
    return Key(name, lambda asked: asked.code(name), {"type": "string", "pattern": CODE, "maxLength": 64}, meaning)


def _day(name: str, meaning: str) -> Key:
    return Key(name, lambda asked: asked.day(name), {"type": "string", "format": "date", "maxLength": 10}, meaning)


def _number(name: str, least: int, most: int, meaning: str) -> Key:
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Key(name, lambda asked: asked.number(name, least, most), schema, meaning)


ENTRIES = 100
MOST_ENTRIES = 1000

MOMENT_OR_DAY: Schema = {"type": "string", "maxLength": 35, "anyOf": [{"format": "date-time"}, {"format": "date"}]}

_EVERYWHERE: dict[str, Key] = {
    key.name: key
    for key in (
        Key("q", lambda asked: asked.text("q"), {"type": "string", "maxLength": LONGEST, "pattern": f"^[^{HIDDEN}]*$"}, "Words in its texts."),
        _code("body", "The body that decides, by its code."),
        _code("member", "A member that spoke or was spoken for, by its code."),
        _choice("stance", get_args(Stance), "A stance that was taken on it."),
        _choice("outcome", get_args(Verb), "The verb of its outcome."),
        _choice("subjectClass", SUBJECT_CLASSES, "The class of its subject."),
        _day("from", "The first day of the latest act."),
        _day("to", "The last day of the latest act."),
        _choice("sort", get_args(Sort), "The order; a minus turns it around."),
        _number("step", 1, 1_000_000, "The number of an entry of the decision."),
        _choice("status", ("open", "weighed"), "Whether a body has weighed it."),
        _code("subregion", "Members of this sub-region only."),
        Key("decision", lambda asked: asked.id("decision"), {"type": "string", "pattern": UUID_FORM, "maxLength": 36}, "Parts of this decision only."),
        _choice("onlyDeparting", ("true", "false"), "Members that depart or make a reservation on some part only."),
        _choice("place", get_args(Place), "The kind of page on which it is found."),
        _choice("kind", get_args(Kind), "The kind of thing that is missing."),
        _code("of", "Parties of this body only."),
        _number("after", 0, GREATEST, "Entries after this position; from the first when it is absent."),
        _number("limit", 1, MOST_ENTRIES, f"At most so many entries; {ENTRIES} when it is absent."),
    )
}  # fmt: skip

KEYS: dict[str, Key] = _EVERYWHERE | {
    "dossierKind": _choice("kind", get_args(DossierKind), "The kind of dossier."),
    "takenBy": _code("body", "What this body takes or can influence: a body of the region, a council or an executive."),
    "undertakingStatus": _choice("status", get_args(Status), "Open or closed on the day; overdue: open after its term."),
    "promised": _code("body", "Undertakings to this body, or of it."),
    "promising": _code("member", "Undertakings of this member, or to it."),
    "concerns": _code("member", "What this member takes or can influence, with its council and executive."),
    "comesFrom": _day("from", "What comes or can still be influenced on this day or later; the day of validOn when it is absent."),
    "comesTo": _day("to", "What comes on this day or earlier."),
    "periodFrom": _day("from", "The first day of the period; 1 January of its last year when it is absent."),
    "periodUntil": _day("until", "The last day of the period; the day of validOn when it is absent."),
    "validFrom": _day("validFrom", "The day of the moment before; that of validOn when it is absent."),
    "knownFrom": Key(
        "knownFrom",
        lambda asked: asked.known_at("knownFrom"),
        MOMENT_OR_DAY,
        "The moment at which the register must have known what was before, a day being its end; that of knownAt when it is absent.",
    ),
}  # fmt: skip
"""Every key by the name under which a read asks for it: its own, or another where one name means two things at two addresses."""

VALID_ON = _day("validOn", "The day that the answer is about; today when it is absent.")
KNOWN_AT = Key(
    "knownAt",
    lambda asked: asked.known_at(),
    MOMENT_OR_DAY,
    "The moment at which the register must have known it, a day being its end; now when it is absent.",
)
PAGE = _number("page", 1, MOST_PAGES, "The page of the list, from 1.")
PAGE_SIZE_KEY = _number("pageSize", 1, MOST_A_PAGE, f"Items a page; {PAGE_SIZE} when it is absent.")
