"""Why the register says no: each rule is a class, its docstring is the sentence, and the Dutch sentence stands beside it.

Four families tell a caller what to do: mend the request (`Refusal`), look at what happened meanwhile (`Conflict`),
name something that exists (`Unknown`), or let somebody else record it (`NoAuthority`).
"""

from __future__ import annotations

import re
from typing import ClassVar

import msgspec


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """The request says something that cannot be recorded."""

    nl: ClassVar[str] = "Dit verzoek zegt iets wat niet kan worden vastgelegd."

    field: str = ""
    what: str = ""

    @property
    def code(self) -> str:
        """The public name of the rule: `reason-needed`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()

    def sentence(self, lang: str = "nl") -> str:
        """What is wrong and what to do, in Dutch or English."""
        form = self.nl if lang == "nl" else " ".join((type(self).__doc__ or "").split())
        return form.replace("{what}", self.what)


class Conflict(Refusal, frozen=True, kw_only=True):
    """What was recorded before stands in the way."""

    nl: ClassVar[str] = "Wat eerder is vastgelegd staat dit in de weg."


class Unknown(Refusal, frozen=True, kw_only=True):
    """The register does not know what is named."""

    nl: ClassVar[str] = "Het register kent niet wat hier wordt genoemd."


class NoAuthority(Refusal, frozen=True, kw_only=True):
    """This account may not record this."""

    nl: ClassVar[str] = "Dit account mag dit niet vastleggen."


class Refused(Exception):  # the past tense is the outcome of a command, as in "the command was refused"
    """A command was refused; nothing was stored. Every rule that it breaks is in `refusals`."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        """Carry every refusal, in the order of the facts asked for."""
        super().__init__("; ".join(refusal.sentence("en") for refusal in refusals))
        self.refusals = refusals


class NoMandate(NoAuthority, frozen=True, kw_only=True):
    """This account has no mandate in force today; ask the administrator of the register for one."""

    nl: ClassVar[str] = "Dit account heeft vandaag geen geldig mandaat; vraag er een aan de beheerder van het register."


class NotYours(NoAuthority, frozen=True, kw_only=True):
    """None of your mandates covers {what}; a representative records for its own member and a clerk for its own body."""

    nl: ClassVar[str] = (
        "Geen van uw mandaten dekt {what}; een vertegenwoordiger legt vast voor het eigen lid en een secretaris voor het eigen gremium."
    )


class NotADay(Refusal, frozen=True, kw_only=True):
    """{what} is not a day that exists, or a span that runs back; write 2021, 2021-03, 2021-03-01 or 2021-03-01/2021-05-31."""

    nl: ClassVar[str] = (
        "{what} is geen bestaande dag, of een periode die terugloopt; schrijf 2021, 2021-03, 2021-03-01 of 2021-03-01/2021-05-31."
    )


class NotYetHappened(Refusal, frozen=True, kw_only=True):
    """{what} is later than today; only what has happened can be recorded as an act."""

    nl: ClassVar[str] = "{what} is later dan vandaag; alleen wat is gebeurd kan als handeling worden vastgelegd."


class PeriodRunsBack(Refusal, frozen=True, kw_only=True):
    """The period would end on {what}, before it begins."""

    nl: ClassVar[str] = "De periode zou eindigen op {what}, voordat zij begint."


class UnknownMember(Unknown, frozen=True, kw_only=True):
    """The register knows no member with code {what}."""

    nl: ClassVar[str] = "Het register kent geen lid met code {what}."


class UnknownBody(Unknown, frozen=True, kw_only=True):
    """The register knows no body with code {what}."""

    nl: ClassVar[str] = "Het register kent geen gremium met code {what}."


class UnknownParty(Unknown, frozen=True, kw_only=True):
    """The register knows no member or party with code {what}."""

    nl: ClassVar[str] = "Het register kent geen lid of partij met code {what}."


class UnknownSubregion(Unknown, frozen=True, kw_only=True):
    """The register knows no sub-region with code {what}."""

    nl: ClassVar[str] = "Het register kent geen deelregio met code {what}."


class UnknownEntry(Unknown, frozen=True, kw_only=True):
    """This stream has no entry number {what}."""

    nl: ClassVar[str] = "Hier is geen vastlegging met nummer {what}."


class MemberNotInForce(Conflict, frozen=True, kw_only=True):
    """{what} was not a member on the day of this fact."""

    nl: ClassVar[str] = "{what} was geen lid op de dag van dit feit."


class CorrectsACorrection(Conflict, frozen=True, kw_only=True):
    """Entry {what} is a correction, a confirmation or a striking; correct the entry that it speaks of instead."""

    nl: ClassVar[str] = (
        "Vastlegging {what} is een correctie, bevestiging of doorhaling; corrigeer de vastlegging waar zij over gaat."
    )


class FirstEntryStays(Conflict, frozen=True, kw_only=True):
    """The first entry of a stream is what the rest stands on; correct what it says, or strike the whole decision."""

    nl: ClassVar[str] = (
        "De eerste vastlegging draagt al het andere; corrigeer wat zij zegt, of haal het hele besluit door."
    )


class InsteadOfAnotherType(Refusal, frozen=True, kw_only=True):
    """A correction keeps the type of the entry that it corrects; this one is {what}."""

    nl: ClassVar[str] = "Een correctie houdt het soort van de vastlegging die zij corrigeert; dat is hier {what}."


class NothingChanged(Refusal, frozen=True, kw_only=True):
    """The correction says the same as what stands there already."""

    nl: ClassVar[str] = "De correctie zegt hetzelfde als wat er al staat."


class BreaksHistory(Conflict, frozen=True, kw_only=True):
    """Entry {what} would not have been accepted after this correction: {broken}"""  # noqa: D415  # the broken rule ends the sentence

    nl: ClassVar[str] = "Vastlegging {what} zou na deze correctie niet zijn aanvaard: {broken}"

    broken: Refusal = Refusal()

    def sentence(self, lang: str = "nl") -> str:
        """Name the later entry and the rule that it would break, in its own sentence."""
        return super().sentence(lang).replace("{broken}", self.broken.sentence(lang))


class NotAPayload(Refusal, frozen=True, kw_only=True):
    """What should stand instead cannot be read as {what}."""

    nl: ClassVar[str] = "Wat ervoor in de plaats moet komen is niet te lezen als {what}."


class AnotherKindOfStream(Unknown, frozen=True, kw_only=True):
    """The address {what} is of something else; look at where you are recording."""

    nl: ClassVar[str] = "Het adres {what} is van iets anders; kijk waar u vastlegt."


class EntryTooLong(Refusal, frozen=True, kw_only=True):
    """This {what} is too long for one entry; record it in pieces."""

    nl: ClassVar[str] = "Dit {what} is te lang voor één vastlegging; leg het in delen vast."
