"""What cannot be said of where members stand."""

from __future__ import annotations

from typing import ClassVar

from register.refusals import Conflict, Refusal, Unknown


class PositionNeedsMember(Refusal, frozen=True, kw_only=True):
    """A position names the member that takes it; only a statement on behalf of a group names none."""

    nl: ClassVar[str] = (
        "Een positie noemt het lid dat haar inneemt; alleen een uitspraak namens een groep noemt er geen."
    )


class NamensIsNoConsent(Refusal, frozen=True, kw_only=True):
    """A statement on behalf of a group is one statement and nobody's position: leave `member` out."""

    nl: ClassVar[str] = "Een uitspraak namens een groep is één uitspraak en niemands positie: laat `member` weg."


class VoiceLeavesMemberOut(Refusal, frozen=True, kw_only=True):
    """The voice names others than {what}, whose position this is."""

    nl: ClassVar[str] = "De stem noemt anderen dan {what}, van wie deze positie is."


class VersionNeedsPart(Refusal, frozen=True, kw_only=True):
    """A version (`n`) belongs to a part; name the part."""

    nl: ClassVar[str] = "Een versie (`n`) hoort bij een onderdeel; noem het onderdeel."


class PositionInForce(Conflict, frozen=True, kw_only=True):
    """{what} has a position on this already; revise or withdraw that one."""

    nl: ClassVar[str] = "{what} heeft hierop al een positie; herzie die of trek die in."


class ReasonNeeded(Refusal, frozen=True, kw_only=True):
    """Who departs, makes a reservation or does not take part says why: give a reason."""

    nl: ClassVar[str] = "Wie afwijkt, een voorbehoud maakt of niet meedoet zegt waarom: geef een reden."


class ReasonIsYours(Refusal, frozen=True, kw_only=True):
    """A member gives its own reason; only a clerk or an import may write that the reason is missing."""

    nl: ClassVar[str] = (
        "Een lid geeft zelf de reden; alleen een secretaris of een import mag schrijven dat de reden ontbreekt."
    )


class ReasonAndMissing(Refusal, frozen=True, kw_only=True):
    """A reason is given or missing, not both."""

    nl: ClassVar[str] = "Een reden is gegeven of ontbreekt, niet allebei."


class InterviewIsNoPosition(Refusal, frozen=True, kw_only=True):
    """A remark in an interview is no position; a vote, decision, letter, view or statement in a meeting is needed."""

    nl: ClassVar[str] = (
        "Een opmerking in een interview is geen positie; nodig is een stem, besluit, brief, zienswijze of uitspraak in een vergadering."
    )


class BasisIsNotTheirs(Refusal, frozen=True, kw_only=True):
    """What a position rests on, or is overruled by, is a decision of the member's own council or executive; {what} is not."""

    nl: ClassVar[str] = (
        "Waar een positie op rust, of door wordt overstemd, is een besluit van de eigen raad of het eigen bestuur van het lid; {what} is dat niet."
    )


class UnknownPosition(Unknown, frozen=True, kw_only=True):
    """Entry {what} of this decision is no position."""

    nl: ClassVar[str] = "Vastlegging {what} van dit besluit is geen positie."


class PositionWithdrawnBefore(Conflict, frozen=True, kw_only=True):
    """The position of entry {what} was withdrawn; record a new one."""

    nl: ClassVar[str] = "De positie van vastlegging {what} is ingetrokken; leg een nieuwe vast."


class AlreadyExplained(Conflict, frozen=True, kw_only=True):
    """The position of entry {what} has a reason already; revise it to give another one."""

    nl: ClassVar[str] = "De positie van vastlegging {what} heeft al een reden; herzie haar om een andere te geven."


class NothingRevised(Refusal, frozen=True, kw_only=True):
    """A revision gives another stance, another version or a reason."""

    nl: ClassVar[str] = "Een herziening geeft een andere positie, een andere versie of een reden."


class BeforeThePosition(Conflict, frozen=True, kw_only=True):
    """{what} lies before the day of the position itself."""

    nl: ClassVar[str] = "{what} ligt voor de dag van de positie zelf."


class OverrulesNeedsDecision(Refusal, frozen=True, kw_only=True):
    """Who overrules a position does so by a decision: name it (`because`)."""

    nl: ClassVar[str] = "Wie een positie overstemt doet dat met een besluit: noem het (`because`)."


class UnknownStandpoint(Unknown, frozen=True, kw_only=True):
    """Entry {what} of this decision is no minority standpoint."""

    nl: ClassVar[str] = "Vastlegging {what} van dit besluit is geen minderheidsstandpunt."


class StandpointWithdrawnBefore(Conflict, frozen=True, kw_only=True):
    """The standpoint of entry {what} was withdrawn."""

    nl: ClassVar[str] = "Het standpunt van vastlegging {what} is ingetrokken."


class BeforeTheStandpoint(Conflict, frozen=True, kw_only=True):
    """{what} lies before the first day on which the standpoint can have been made."""

    nl: ClassVar[str] = "{what} ligt voor de eerste dag waarop het standpunt kan zijn ingenomen."


class AlreadyHolds(Conflict, frozen=True, kw_only=True):
    """{what} holds this standpoint already."""

    nl: ClassVar[str] = "{what} deelt dit standpunt al."


class DoesNotHold(Conflict, frozen=True, kw_only=True):
    """{what} does not hold this standpoint."""

    nl: ClassVar[str] = "{what} deelt dit standpunt niet."


class WeighingNeedsReason(Refusal, frozen=True, kw_only=True):
    """Who weighs a standpoint says why, or that the source gives no reason: exactly one of the two."""

    nl: ClassVar[str] = "Wie een standpunt weegt zegt waarom, of dat de bron geen reden geeft: precies een van beide."
