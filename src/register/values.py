"""The value types that facts are made of; what may stand in clear, and what is sealed.

A field of a fact is one of two classes (docs/format.md, "Field classes").
Class P stands in clear: an enumeration, a code, a date, an integer, a truth value, an id, the name of a public organisation.
Class E is every other string that a person can type; it is a `Sealed`, and its text lies outside the log.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

MAX_SAFE_INTEGER = 2**53 - 1
MAX_TEXT = 20_000
"""The longest text that can be sealed, in characters."""


CODE = r"^[a-z0-9][a-z0-9.-]{0,63}$"
UUID_FORM = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
DAY_FORM = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
WHEN_FORM = rf"^(?:[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]))?|{DAY_FORM}(?:/{DAY_FORM})?)$"

Code = Annotated[
    str,
    Meta(
        pattern=CODE,
        max_length=64,
        description="Code of a member, body, party, sub-region or part.",
    ),
]
Id = Annotated[str, Meta(pattern=UUID_FORM, max_length=36, description="UUID in lower case.")]
When = Annotated[
    str,
    Meta(
        pattern=WHEN_FORM,
        max_length=21,
        description="Civil day with its precision: 2017, 2017-01, 2017-01-18 or a span of days 2021-03-01/2021-05-31.",
    ),
]
Reference = Annotated[
    str,
    Meta(
        pattern=r"^(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9./-]{0,31}$",
        max_length=32,
        description="Number that a source gives: A56-2022, 2499, 5.1; has a digit and no space.",
    ),
]
Letter = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]{1,2}$",
        max_length=2,
        description="Letter of a decision within an agenda item.",
    ),
]
Page = Annotated[
    str,
    Meta(
        pattern=r"^(?:[0-9]{1,5}|[ivxlc]{1,8})(?:-(?:[0-9]{1,5}|[ivxlc]{1,8}))?$",
        max_length=17,
        description="Page or pages of the document: 39, 39-41 or iv.",
    ),
]
PublicName = Annotated[
    str, Meta(min_length=1, max_length=200, description="Name of a public organisation, in clear.")
]
Share = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{1,12}(?:[.][0-9]{1,6})?$",
        max_length=19,
        description="Share or amount, written as a decimal.",
    ),
]
Count = Annotated[int, Meta(ge=0, le=MAX_SAFE_INTEGER)]
Number = Annotated[int, Meta(ge=1, le=MAX_SAFE_INTEGER)]
Seq = Annotated[
    int, Meta(ge=1, le=MAX_SAFE_INTEGER, description="Number of an entry within its stream.")
]
Language = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$", max_length=35, description="BCP 47 tag."
    ),
]
Digest = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9_-]{43}$",
        max_length=43,
        description="base64url SHA-256 of a disclosure.",
    ),
]
Url = Annotated[
    str, Meta(pattern=r"^https://[A-Za-z0-9.-]{1,200}(?:/[!-~]{0,800})?$", max_length=1010)
]

Layer = Literal["seat", "executive", "council", "group", "not-stated"]
Stance = Literal["joins", "joins-with-reservation", "departs", "does-not-take-part", "undecided"]
Weighed = Literal["adopted", "partly-adopted", "not-adopted", "noted"]
ReasonMissing = Literal["not-given", "not-found", "not-public"]
Words = Literal["quoted", "summary", "translated"]
Grade = Literal[
    "minutes",
    "decision-list",
    "feedback-note",
    "letter",
    "own-statement",
    "official-page",
    "party-page",
    "press",
]
Act = Literal[
    "vote",
    "decision",
    "letter",
    "view",
    "statement-in-meeting",
    "signature",
    "deed",
    "interview",
    "none-stated",
]
CorrectionKind = Literal["clerical", "mistaken-vote", "ruling", "not-ours"]


class Sealed(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename={"sd": "_sd"},
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """Stands where a text was typed: that it was given, in which language, in whose words; never the text."""

    sd: Annotated[tuple[Digest, ...], Meta(min_length=1, max_length=1)]
    lang: Language
    words: Words


class Voice(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename={"as_": "as"},
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """Who spoke, in which capacity, for whom and with what mandate; members and parties are those the source names."""

    as_: Literal["own", "joint", "namens", "vanuit", "outside"]
    layer: Layer | None = None
    members: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=500)] | None = None
    parties: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=500)] | None = None
    subregion: Code | None = None
    body: Code | None = None
    backing: (
        Literal["council-agreed", "subject-to-council", "not-asked", "overruled", "not-stated"]
        | None
    ) = None
    dissent: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=500)] | None = None

    def counted(self) -> tuple[str, ...]:
        """The members for whom this utterance counts: each named one for own and joint, the one speaking for vanuit, none for the rest."""
        return (self.members or ()) if self.as_ in {"own", "joint", "vanuit"} else ()

    def spoken_for(self) -> tuple[str, ...]:
        """The members that somebody else spoke for; they are shown and never counted."""
        return (self.members or ()) if self.as_ == "namens" else ()


class Evidence(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One source of a fact: what was done (act), how we know (grade), and where it can be read."""

    grade: Grade
    act: Act | None = None
    at: Sealed | None = None
    page: Page | None = None
    sha256: Sealed | None = None


Evidences = Annotated[tuple[Evidence, ...], Meta(min_length=1, max_length=50)]


def is_civil(when: str) -> bool:
    """Tell whether each day named in `when` exists and a span does not run back (its form is the schema's concern)."""
    try:
        return first_day(when) <= last_day(when)
    except ValueError:
        return False


def first_day(when: str) -> date:
    """The first possible day of a date with precision; a period that begins `2017` begins on 2017-01-01."""
    head = when.partition("/")[0]
    parts = [int(part) for part in head.split("-")]
    year, month, day = (parts + [1, 1])[:3]
    return date(year, month, day)


def last_day(when: str) -> date:
    """The last possible day of a date with precision; a vague act counts from here."""
    head, _, tail = when.partition("/")
    parts = [int(part) for part in (tail or head).split("-")]
    if len(parts) == 1:
        return date(parts[0], 12, 31)
    if len(parts) == 2:  # noqa: PLR2004  # year and month
        return date(parts[0], parts[1], monthrange(parts[0], parts[1])[1])
    return date(*parts)


def is_exact(when: str) -> bool:
    """Tell whether `when` names one single day."""
    return re.fullmatch(DAY_FORM, when) is not None
