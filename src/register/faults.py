"""What can be wrong with a body before any rule looks at it, in sentences: which field, what is wrong, what to do."""

from __future__ import annotations

from typing import Final

import msgspec

from register import values

LONGEST_NAME: Final = 80
"""A field name that somebody made up is shown, but not at any length."""


class Fault(msgspec.Struct, frozen=True):
    """One thing that is wrong: the field as it stands in the body (dotted, empty for the whole), a code for programs, a sentence for people."""

    field: str
    code: str
    sentence_nl: str
    sentence_en: str

    def sentence(self, lang: str = "nl") -> str:
        """The sentence in Dutch or English."""
        return self.sentence_nl if lang == "nl" else self.sentence_en


class BodyRefused(Exception):  # the past tense is the outcome, as in "the body was refused"
    """A body says nothing that could be recorded; every fault that was found is in `faults`, at least one."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Carry every fault, in the order of the body."""
        super().__init__("; ".join(fault.sentence_en for fault in faults))
        self.faults = faults


SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "body-too-large": (
        "De inhoud is groter dan {what} bytes; verdeel haar over meer verzoeken.",
        "The body is larger than {what} bytes; spread it over more requests.",
    ),
    "not-utf-8": (
        "De inhoud is geen UTF-8; stuur haar in die codering.",
        "The body is not UTF-8; send it in that encoding.",
    ),
    "syntax": (
        "De inhoud is geen JSON: het gaat mis op {what}.",
        "The body is not JSON: it goes wrong at {what}.",
    ),
    "nested-too-deep": (
        "De inhoud is dieper genest dan {what} lagen; geen feit heeft er zoveel.",
        "The body is nested deeper than {what} levels; no fact has so many.",
    ),
    "not-an-object": (
        "De inhoud is geen object; stuur de velden van één feit tussen accolades.",
        "The body is no object; send the fields of one fact between braces.",
    ),
    "duplicate-key": (
        "{field} staat er twee keer; laat er één staan.",
        "{field} stands there twice; keep one.",
    ),
    "missing": ("{field} ontbreekt; vul het in.", "{field} is missing; fill it in."),
    "unknown": (
        "{field} is hier geen veld; laat het weg.",
        "{field} is no field here; leave it out.",
    ),
    "null": (
        "{field} heeft geen waarde; laat het veld weg.",
        "{field} has no value; leave the field out.",
    ),
    "type": ("{field} moet {what} zijn.", "{field} must be {what}."),
    "not-one-of": (
        "{field} kent alleen deze waarden: {what}.",
        "{field} knows only these values: {what}.",
    ),
    "empty": (
        "{field} is leeg; vul het in of laat het veld weg.",
        "{field} is empty; fill it in or leave the field out.",
    ),
    "too-long": (
        "{field} is langer dan {what} tekens.",
        "{field} is longer than {what} characters.",
    ),
    "form": ("{field} heeft een andere vorm: {what}.", "{field} has another form: {what}."),
    "not-a-day": (
        "{field} noemt een dag die niet bestaat, of een periode die niet later eindigt dan zij begint.",
        "{field} names a day that does not exist, or a span that does not end later than it begins.",
    ),
    "too-small": ("{field} is kleiner dan {what}.", "{field} is less than {what}."),
    "too-great": ("{field} is groter dan {what}.", "{field} is greater than {what}."),
    "too-many": (
        "{field} heeft meer dan {what} delen; verdeel ze over meer vastleggingen.",
        "{field} has more than {what} items; spread them over more entries.",
    ),
    "twice": (
        "{field} noemt iets twee keer; noem het één keer.",
        "{field} names something twice; name it once.",
    ),
    "choose": (
        "{field} heeft niet de combinatie van velden die hier past: {what}.",
        "{field} does not have the combination of fields that fits here: {what}.",
    ),
    "character": (
        "{field} bevat het teken {what}, dat hier niet mag staan omdat een lezer het niet ziet; haal het weg.",
        "{field} holds the character {what}, which may not stand here because a reader does not see it; remove it.",
    ),
    "in-address": (
        "{field} staat al in het adres, en zegt daar iets anders; laat het hier weg.",
        "{field} stands in the address already, and says something else there; leave it out here.",
    ),
}
"""Dutch and English by code; `{field}` and `{what}` are filled in."""

KINDS: Final[dict[str, tuple[str, str]]] = {
    "string": ("een tekst", "a text"),
    "integer": ("een geheel getal", "a whole number"),
    "boolean": ("waar of onwaar (true of false)", "true or false"),
    "array": ("een lijst", "a list"),
    "object": ("een object met velden", "an object with fields"),
    "string object": (
        "een tekst, of een object met text, lang en words",
        "a text, or an object with text, lang and words",
    ),
}
"""The kinds of value a field can have."""

FORMS: Final[dict[str, tuple[str, str]]] = {
    values.CODE: (
        "een code in kleine letters, cijfers, punten en streepjes, zoals gm0363",
        "a code in lower-case letters, digits, dots and dashes, such as gm0363",
    ),
    values.UUID_FORM: ("een UUID in kleine letters", "a UUID in lower case"),
    values.ADDRESS_FORM: (
        "het adres van een besluit of vastlegging: een UUID, of een UUID, een punt en een nummer",
        "the address of a decision or entry: a UUID, or a UUID, a dot and a number",
    ),
    values.NAME_FORM: (
        "een naam zonder dubbele spaties, rechte aanhalingstekens of backslash",
        "a name without double spaces, straight quotation marks or backslash",
    ),
    values.WHEN_FORM: (
        "2021, 2021-03, 2021-03-01 of 2021-03-01/2021-05-31",
        "2021, 2021-03, 2021-03-01 or 2021-03-01/2021-05-31",
    ),
    values.REFERENCE_FORM: (
        "een nummer met een cijfer en zonder spaties, zoals A56-2022",
        "a number with a digit and without spaces, such as A56-2022",
    ),
    values.LETTER_FORM: ("een of twee kleine letters", "one or two lower-case letters"),
    values.PAGE_FORM: ("een bladzijde zoals 39, 39-41 of iv", "a page such as 39, 39-41 or iv"),
    values.MOMENT_FORM: (
        "uren, minuten en seconden: 01:23:45",
        "hours, minutes and seconds: 01:23:45",
    ),
    values.CLOCK_FORM: ("een tijd zoals 09:30", "a time such as 09:30"),
    values.SHARE_FORM: ("een decimaal getal zoals 0.5", "a decimal number such as 0.5"),
    values.MONTH_DAY_FORM: ("een maand en dag zoals 01-01", "a month and day such as 01-01"),
    values.LANGUAGE_FORM: ("een taalcode zoals nl of fy-NL", "a language tag such as nl or fy-NL"),
}
"""What a form asks for, by its pattern; the others are never typed by a person."""

CHOICES: Final[dict[str, tuple[str, str]]] = {
    "DecidedBy": ("body of each, niet beide", "body or each, not both"),
    "Link": ("to of at, niet beide", "to or at, not both"),
    "PartyNamed": (
        "de naam van een groep of ambtsdrager is een object met text, zodat zij verzegeld wordt",
        "the name of a group or an office holder is an object with text, so that it is sealed",
    ),
    "PartiesListed": ("members, count of beide", "members, count or both"),
}
"""What a combination of fields asks for, by the name of the class."""

OTHER_FORM: Final = ("zie de beschrijving van dit veld", "see the description of this field")


def fault(field: str, code: str, what: str | tuple[str, str] = "") -> Fault:
    """A fault with its sentences; `what` fills them in, as a pair when it differs by language."""
    nl, en = (what, what) if isinstance(what, str) else what
    name = shown(field)
    dutch, english = SENTENCES[code]
    return Fault(
        name,
        code,
        dutch.format(field=name or "De inhoud", what=nl),
        english.format(field=name or "The body", what=en),
    )


def shown(name: str) -> str:
    """A field name that can be shown: what somebody made up is cut, and holds only what can be printed."""
    plain = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name)
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 1] + "…"
