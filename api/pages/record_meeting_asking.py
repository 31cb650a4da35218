"""The questions of the screen for a whole meeting, in words; every member stands on present and without objection."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from api.pages.forms import Choice, Field
from api.pages.record_meeting_screen import VOTES, Line, blank
from api.pages.telling import Teller
from projections.decisions.row import Part
from projections.row import Text

PRESENT, NOTICE, ABSENT, UNNAMED = "aanwezig", "met", "zonder", "niet"
POSITION, REMARK, VOTE = "positie.", "kanttekening", "stem."
HOW = {
    "without-vote": ("without-vote", None),
    "vote": ("vote", "not-stated"),
    "hands": ("vote", "hands"),
    "roll-call": ("vote", "roll-call"),
    "written": ("written", "written"),
    "not-stated": ("not-stated", None),
}
"""How it was decided: what the outcome says of it, and the ballot if there was one."""


class Subject(msgspec.Struct, frozen=True):
    """What is decided on: a decision that is on record, or an item of the agenda on which there is none yet."""

    kind: str
    parts: tuple[Part, ...] = ()


def title(tell: Teller, item: Text, name: str) -> tuple[Field, ...]:
    """What a decision that is not on record yet is to be called."""
    return (
        Field(
            name=f"{name}-titel",
            label=tell.says.say("Hoe heet het besluit?"),
            kind="text",
            body="title",
            values=(item.text,) if item.text else (),
        ),
    )


def held(tell: Teller, planned: str) -> tuple[Field, ...]:
    """When it was, whether the source names who was there, and how many it counts."""
    say = tell.says.say
    names = (
        Choice(value="ja", label=say("Ja: zoals hieronder staat")),
        Choice(value="nee", label=say("Nee, de bron noemt geen namen")),
    )
    return (
        Field(
            name="dag",
            label=say("Op welke dag was de vergadering?"),
            kind="date",
            body="on",
            hint=say("Bijvoorbeeld 24-3-2022."),
            values=(planned,),
        ),
        Field(
            name="genoemd",
            label=say("Noemt de bron wie er was?"),
            kind="radio",
            body="present",
            choices=names,
            values=("ja",),
        ),
        _number("telt-aanwezig", say("Aanwezig volgens de bron"), "stated.present"),
        _number("telt-afwezig", say("Afwezig volgens de bron"), "stated.absent"),
    )


def _number(name: str, label: str, body: str) -> Field:
    return Field(name=name, label=label, kind="number", body=body)


def attendance(tell: Teller, people: Sequence[tuple[str, str]]) -> tuple[Field, ...]:
    """For each member whether it was there."""
    say = tell.says.say
    choices = (
        Choice(value=PRESENT, label=say("aanwezig")),
        Choice(value=NOTICE, label=say("met bericht afwezig")),
        Choice(value=ABSENT, label=say("zonder bericht afwezig")),
        Choice(value=UNNAMED, label=say("niet genoemd")),
    )
    return tuple(
        Field(name=f"was-{code}", label=name, kind="select", body="", choices=choices, values=(PRESENT,))
        for code, name in people
    )


def outcome(tell: Teller, subject: Subject, name: str) -> tuple[Field, ...]:
    """What came of it, how it was decided, and which parts are the course from now on."""
    say, word = tell.says.say, tell.word
    kind = subject.kind
    verbs = tuple(Choice(value=code, label=tell.says.verb(code, kind)) for code in word["VERB"])
    how = {code: word["HOW"][code] for code in HOW}
    parts = tuple(
        Choice(value=each.part, label=each.title.text or say("afgeschermd"), lang=each.title.lang)
        for each in subject.parts
    )
    asked = (
        Field(
            name=f"{name}-uitkomst",
            label=say("Uitkomst"),
            kind="select",
            body="verb",
            choices=(blank(say("Nog niet vastleggen")), *verbs),
            values=("",),
        ),
        Field(
            name=f"{name}-hoe",
            label=say("Hoe is besloten?"),
            kind="select",
            body="how",
            choices=tuple(Choice(value=code, label=label) for code, label in how.items()),
            values=("without-vote",),
        ),
    )
    sets = Field(
        name=f"{name}-stelt",
        label=say("Welke onderdelen zijn nu de koers?"),
        kind="checks",
        body="sets",
        hint=say("Alleen bij vastgesteld, ingestemd of ondertekend."),
        choices=parts,
    )
    return (*asked, sets) if parts else asked


def vote(tell: Teller, name: str) -> tuple[Field, ...]:
    """What the source counts, and what it says of who is not named."""
    say, word = tell.says.say, tell.word
    rest = tuple(Choice(value=code, label=word["CHOICE"][code]) for code in VOTES)
    labels = {"for": say("Voor"), "against": say("Tegen"), "abstained": say("Onthouden")}
    return (
        *(_number(f"{name}-telt-{code}", labels[code], f"stated.{code}") for code in VOTES),
        Field(
            name=f"{name}-rest",
            label=say("Wie niet is genoemd, stemde"),
            kind="select",
            body="rest",
            choices=(blank(say("de bron zegt het niet")), *rest),
            values=("",),
        ),
    )


class Speakers(msgspec.Struct, frozen=True):
    """Who may be there and speak, by code and name: the members, or the groups of a council (`parties`)."""

    people: tuple[tuple[str, str], ...]
    parties: bool


def lines(tell: Teller, subject: Subject, name: str, who: Speakers, number: int) -> tuple[Line, ...]:
    """So many lines for what members said."""
    return tuple(
        Line(
            label=tell.says.say("Regel %(n)s", n=index + 1),
            fields=_line(tell, subject, f"{name}-r{index}", who),
        )
        for index in range(number)
    )


def _line(tell: Teller, subject: Subject, name: str, who: Speakers) -> tuple[Field, ...]:
    say = tell.says.say
    names = tuple(Choice(value=code, label=called) for code, called in who.people)
    whole = blank(say("Het geheel"))
    parts = tuple(Choice(value=each.part, label=each.title.text or say("afgeschermd")) for each in subject.parts)
    missing = tuple(Choice(value=code, label=label) for code, label in tell.word["REASON_MISSING"].items())
    label = say("Fractie of deelnemer") if who.parties else say("Lid")
    asked = (
        _select(f"{name}-lid", label, "member", (blank(say("Kies")), *names)),
        _select(f"{name}-wat", say("Wat"), "stance", (blank(say("Kies")), *_what(tell, parties=who.parties))),
        Field(name=f"{name}-tekst", label=say("Reden of tekst"), kind="text", body="reason"),
        _select(
            f"{name}-ontbreekt", say("Ontbreekt de reden?"), "reasonMissing", (blank(say("Reden staat er")), *missing)
        ),
    )
    return (*asked, _select(f"{name}-onderdeel", say("Onderdeel"), "part", (whole, *parts))) if parts else asked


def _select(name: str, label: str, body: str, choices: tuple[Choice, ...]) -> Field:
    return Field(name=name, label=label, kind="select", body=body, choices=choices, values=("",))


def _what(tell: Teller, *, parties: bool) -> tuple[Choice, ...]:
    """A position, a remark or a vote; groups of a council take no position on the course."""
    say, word = tell.says.say, tell.word
    positions = () if parties else tuple(word["STANCE"].items())
    votes = ("against", "for", "abstained", "divided", "absent", "not-voting")
    return (
        *(Choice(value=POSITION + code, label=label, group=say("Positie")) for code, label in positions),
        Choice(value=REMARK, label=say("kanttekening"), group=say("Geen positie")),
        *(Choice(value=VOTE + code, label=word["CHOICE"][code], group=say("Stem")) for code in votes),
    )
