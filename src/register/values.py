"""The value types that facts are made of; what may stand in clear, and what is sealed.

A field of a fact is one of two classes (docs/format.md, "Field classes").
Class P stands in clear: an enumeration, a code, a date, an integer, a truth value, an id, the name of a public organisation.
Class E is every other string that a person can type; it is a `Sealed`, and its text lies outside the log.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

MAX_SAFE_INTEGER = 2**53 - 1
MAX_TEXT = 20_000
"""The longest text that can be sealed, in characters."""
MAX_VOTES = 10**10
"""No tally, weight or number of inhabitants is larger; bounds the length of an entry."""

CODE = r"^[a-z0-9][a-z0-9.-]{0,63}$"
UUID_FORM = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
ADDRESS_FORM = rf"{UUID_FORM[:-1]}(?:[.][1-9][0-9]{{0,15}})?$"
NAME_FORM = "^[{0}](?: ?[{0}])*$".format(
    "!#-\\[\\]-~\u00a1-\u00ac\u00ae-\u024f\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2015\u2018-\u201e\u20ac"
)
"""Letters, digits and signs that people write names with; no quotation mark or backslash, so that no entry needs an escape."""
REFERENCE_FORM = r"^(?:[A-Za-z][A-Za-z./-]{0,11})?[0-9][A-Za-z0-9./-]*$"
LETTER_FORM = r"^[a-z]{1,2}$"
PAGE_FORM = r"^(?:[0-9]{1,5}|[ivxlc]{1,8})(?:-(?:[0-9]{1,5}|[ivxlc]{1,8}))?$"
MOMENT_FORM = r"^[0-9]{2}:[0-5][0-9]:[0-5][0-9]$"
CLOCK_FORM = r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$"
SHARE_FORM = r"^[0-9]{1,12}(?:[.][0-9]{1,6})?$"
MONTH_DAY_FORM = r"^(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])$"
LANGUAGE_FORM = r"^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?$"
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
Codes = Annotated[tuple[Code, ...], Meta(min_length=1, max_length=300, extra_json_schema={"uniqueItems": True})]
"""Codes that a source names, in its order; none of them twice."""
Id = Annotated[str, Meta(pattern=UUID_FORM, max_length=36, description="UUID in lower case.")]
Address = Annotated[
    str,
    Meta(
        pattern=ADDRESS_FORM,
        max_length=53,
        description="A stream of this register, or an entry in it: {id} or {id}.{seq}.",
    ),
]
When = Annotated[
    str,
    Meta(
        pattern=WHEN_FORM,
        max_length=21,
        extra_json_schema={"format": "civil-days"},
        description="Civil day with its precision: 2017, 2017-01, 2017-01-18 or a span of days 2021-03-01/2021-05-31.",
    ),
]
Reference = Annotated[
    str,
    Meta(
        pattern=REFERENCE_FORM,
        max_length=32,
        description="Number that a source gives: A56-2022, 2499, 5.1; has a digit, and no space.",
    ),
]
Letter = Annotated[
    str,
    Meta(
        pattern=LETTER_FORM,
        max_length=2,
        description="Letter of a decision within an agenda item.",
    ),
]
Page = Annotated[
    str,
    Meta(
        pattern=PAGE_FORM,
        max_length=17,
        description="Page or pages of the document: 39, 39-41 or iv.",
    ),
]
Moment = Annotated[
    str,
    Meta(
        pattern=MOMENT_FORM,
        max_length=8,
        description="Moment in a recording, counted from its beginning.",
    ),
]
ClockTime = Annotated[
    str,
    Meta(
        pattern=CLOCK_FORM,
        max_length=5,
        description="Time of day on the clocks of the region.",
    ),
]
PublicName = Annotated[
    str,
    Meta(
        pattern=NAME_FORM,
        min_length=1,
        max_length=200,
        description="Name of a public organisation, in clear.",
    ),
]
Share = Annotated[
    str,
    Meta(
        pattern=SHARE_FORM,
        max_length=19,
        description="Share or amount, written as a decimal: 0.5 is half.",
    ),
]
Count = Annotated[int, Meta(ge=0, le=MAX_SAFE_INTEGER)]
OnlyFalse = Annotated[bool, Meta(extra_json_schema={"const": False})]
"""Says that something is not so; that it is so, absence says."""
Votes = Annotated[int, Meta(ge=0, le=MAX_VOTES)]
Number = Annotated[int, Meta(ge=1, le=MAX_SAFE_INTEGER)]
Seq = Annotated[int, Meta(ge=1, le=MAX_SAFE_INTEGER, description="Number of an entry within its stream.")]
Language = Annotated[
    str,
    Meta(
        pattern=LANGUAGE_FORM,
        max_length=11,
        description="BCP 47 tag: language, script and region at most.",
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
    "recording",
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
Struck = Literal["duplicate", "wrong-register", "exercise"]


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


Spoken = Annotated[tuple[Code, ...], Meta(min_length=1, max_length=150, extra_json_schema={"uniqueItems": True})]


class Voice(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename={"as_": "as"},
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """Who spoke, in which capacity, for whom and with what mandate; members and parties are those the source names.

    `speaker` is the office holder whose words they are, sealed.
    """

    as_: Literal["own", "joint", "namens", "vanuit", "outside"]
    layer: Layer | None = None
    members: Spoken | None = None
    parties: Spoken | None = None
    subregion: Code | None = None
    body: Code | None = None
    backing: Literal["council-agreed", "subject-to-council", "not-asked", "overruled", "not-stated"] | None = None
    dissent: Spoken | None = None
    speaker: Sealed | None = None

    def counted(self) -> tuple[str, ...]:
        """The members for whom this utterance counts: each named one for own and joint, the one speaking for vanuit, none for the rest.

        Who dissents from it said otherwise, and is not counted.
        """
        apart = self.dissent or ()
        named = tuple(code for code in self.members or () if code not in apart)
        return named if self.as_ in {"own", "joint", "vanuit"} else ()

    def spoken_for(self) -> tuple[str, ...]:
        """The members that somebody else spoke for; they are shown and never counted. Who dissents from it was not spoken for."""
        apart = self.dissent or ()
        return tuple(code for code in self.members or () if code not in apart) if self.as_ == "namens" else ()


class Evidence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One source of a fact: what was done (act), how we know (grade), and where it can be read.

    `bearing` is absent for a source that supports the fact; `note` says what the source says, or how it was found.
    """

    grade: Grade
    act: Act | None = None
    at: Sealed | None = None
    page: Page | None = None
    moment: Moment | None = None
    sha256: Sealed | None = None
    bearing: Literal["contradicts", "retracted"] | None = None
    note: Sealed | None = None


Evidences = Annotated[tuple[Evidence, ...], Meta(min_length=1, max_length=10)]


@lru_cache(4096)
def is_civil(when: str) -> bool:
    """Tell whether each day named in `when` exists and a span has a later last day (its form is the schema's concern)."""
    try:
        first, last = first_day(when), last_day(when)
    except (ValueError, OverflowError):
        return False
    return first < last if "/" in when else True


def first_day(when: str) -> date:
    """The first possible day of a date with precision; a period that begins `2017` begins on 2017-01-01."""
    head = when.partition("/")[0]
    parts = [int(part) for part in head.split("-")]
    year, month, day = [*parts, 1, 1][:3]
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
