"""What cannot happen to bodies, members, parties, seats, mandates and rules."""

from __future__ import annotations

from typing import ClassVar

from register.refusals import Conflict, Refusal, Unknown


class CodeTaken(Conflict, frozen=True, kw_only=True):
    """Code {what} is in use already; a code is given once and for ever."""

    nl: ClassVar[str] = "Code {what} is al in gebruik; een code wordt één keer gegeven, voor altijd."


class LayerNeedsMember(Refusal, frozen=True, kw_only=True):
    """A body of a member names both the member (`of`) and its layer, executive or council; any other body names neither."""

    nl: ClassVar[str] = (
        "Een gremium van een lid noemt zowel het lid (`of`) als de laag, bestuur of raad; elk ander gremium noemt geen van beide."
    )


class BodyEnded(Conflict, frozen=True, kw_only=True):
    """Body {what} was dissolved already."""

    nl: ClassVar[str] = "Gremium {what} is al opgeheven."


class AlreadyMember(Conflict, frozen=True, kw_only=True):
    """{what} is a member on that day already."""

    nl: ClassVar[str] = "{what} is op die dag al lid."


class MemberEnded(Conflict, frozen=True, kw_only=True):
    """{what} is no member any more."""

    nl: ClassVar[str] = "{what} is geen lid meer."


class IntoItself(Refusal, frozen=True, kw_only=True):
    """{what} cannot go into itself."""

    nl: ClassVar[str] = "{what} kan niet in zichzelf opgaan."


class GroupNameInClear(Refusal, frozen=True, kw_only=True):
    """The name of a political group is sealed: send it as a text; only an organisation has its name in clear."""

    nl: ClassVar[str] = (
        "De naam van een fractie wordt verzegeld: stuur hem als tekst; alleen een organisatie heeft haar naam open."
    )


class AlreadyInSubregion(Conflict, frozen=True, kw_only=True):
    """{what} belongs to a sub-region on that day already; let it leave first."""

    nl: ClassVar[str] = "{what} hoort op die dag al bij een deelregio; leg eerst het vertrek vast."


class NotInSubregion(Conflict, frozen=True, kw_only=True):
    """{what} does not belong to that sub-region."""

    nl: ClassVar[str] = "{what} hoort niet bij die deelregio."


class SeatsNotAssigned(Refusal, frozen=True, kw_only=True):
    """The seats of {what} are not assigned one by one; they belong to every member, or are not recorded."""

    nl: ClassVar[str] = (
        "De zetels van {what} worden niet een voor een toegewezen; zij zijn van elk lid, of niet vastgelegd."
    )


class UnknownSeat(Unknown, frozen=True, kw_only=True):
    """Entry {what} assigned no seat."""

    nl: ClassVar[str] = "Vastlegging {what} wees geen zetel toe."


class SeatVacant(Conflict, frozen=True, kw_only=True):
    """The seat of entry {what} was vacated already."""

    nl: ClassVar[str] = "De zetel van vastlegging {what} is al vrijgekomen."


class MandateTaken(Conflict, frozen=True, kw_only=True):
    """This mandate was granted already; each grant has a new random id."""

    nl: ClassVar[str] = "Dit mandaat is al verleend; elke verlening krijgt een nieuw willekeurig kenmerk."


class UnknownMandate(Unknown, frozen=True, kw_only=True):
    """The register knows no such mandate."""

    nl: ClassVar[str] = "Het register kent dit mandaat niet."


class MandateOver(Conflict, frozen=True, kw_only=True):
    """This mandate has ended already."""

    nl: ClassVar[str] = "Dit mandaat is al beëindigd."


class RepresentsAMember(Refusal, frozen=True, kw_only=True):
    """A representative stands for a member and names the body it sits in; {what} is no member."""

    nl: ClassVar[str] = "Een vertegenwoordiger staat voor een lid; {what} is geen lid."


class ServesABody(Refusal, frozen=True, kw_only=True):
    """A clerk or confirmer serves a body; {what} is no body."""

    nl: ClassVar[str] = "Een secretaris of tweede lezer werkt voor een gremium; {what} is geen gremium."


class ServesTheRegion(Refusal, frozen=True, kw_only=True):
    """An administrator or auditor serves the region, or a body or member of it; {what} is none of these."""

    nl: ClassVar[str] = (
        "Een beheerder of auditor werkt voor de regio, of voor een gremium of lid daarvan; {what} is geen van deze."
    )


class RuleInForce(Conflict, frozen=True, kw_only=True):
    """Body {what} has a rule for those subjects in that period already."""

    nl: ClassVar[str] = "Gremium {what} heeft voor die onderwerpen in die periode al een regel."


class RuleNeedsBands(Refusal, frozen=True, kw_only=True):
    """A weighted rule and a double majority say how many votes go with how many inhabitants; other rules do not."""

    nl: ClassVar[str] = (
        "Een gewogen regel en een dubbele meerderheid zeggen hoeveel stemmen bij hoeveel inwoners horen; andere regels niet."
    )


class BandsOverlap(Refusal, frozen=True, kw_only=True):
    """Each number of inhabitants falls in one band at most: this band runs back, or begins inside another one."""

    nl: ClassVar[str] = (
        "Elk aantal inwoners valt in hooguit één klasse: deze klasse loopt terug, of begint binnen een andere."
    )


class BetweenBands(Conflict, frozen=True, kw_only=True):
    """{what} inhabitants fall in no band of the rule of {body}: the rule does not say how many votes go with it; correct the rule first."""

    nl: ClassVar[str] = (
        "{what} inwoners vallen in geen klasse van de regel van {body}: die zegt niet hoeveel stemmen daarbij horen; corrigeer eerst de regel."
    )

    body: str = ""

    def sentence(self, lang: str = "nl") -> str:
        """Name the number and the body whose rule leaves it out."""
        return super().sentence(lang).replace("{body}", self.body)


class CountNeedsDay(Refusal, frozen=True, kw_only=True):
    """A number of inhabitants holds on a day: say which (`on`)."""

    nl: ClassVar[str] = "Een aantal inwoners geldt op een dag: zeg welke (`on`)."


class CountedThatDay(Conflict, frozen=True, kw_only=True):
    """The inhabitants of {what} on that day were recorded already; correct that entry if it is wrong."""

    nl: ClassVar[str] = (
        "Het aantal inwoners van {what} op die dag staat al vast; corrigeer die vastlegging als het niet klopt."
    )


class ThemeTaken(Conflict, frozen=True, kw_only=True):
    """Theme {what} was named already."""

    nl: ClassVar[str] = "Thema {what} is al benoemd."
