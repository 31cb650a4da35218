"""What cannot happen to a decision, its ballots and outcomes."""

from __future__ import annotations

from typing import ClassVar

from register.refusals import Conflict, NoAuthority, Refusal, Unknown


class AlreadyProposed(Conflict, frozen=True, kw_only=True):
    """This decision was proposed already."""

    nl: ClassVar[str] = "Dit besluit is al voorgesteld."


class NotProposed(Unknown, frozen=True, kw_only=True):
    """The register knows no such decision; propose it first."""

    nl: ClassVar[str] = "Het register kent dit besluit niet; stel het eerst voor."


class Struck(Conflict, frozen=True, kw_only=True):
    """This decision was struck from the register; nothing can be added to it."""

    nl: ClassVar[str] = "Dit besluit is doorgehaald; er kan niets aan worden toegevoegd."


class DecidedByOne(Refusal, frozen=True, kw_only=True):
    """A decision is decided by one body, or by each member or party: name exactly one of the two."""

    nl: ClassVar[str] = (
        "Een besluit wordt genomen door één gremium, of door elk lid of elke partij: noem precies een van beide."
    )


class UnknownDecision(Unknown, frozen=True, kw_only=True):
    """The register knows no decision {what}."""

    nl: ClassVar[str] = "Het register kent geen besluit {what}."


class UnknownDossier(Unknown, frozen=True, kw_only=True):
    """The register knows no dossier {what}."""

    nl: ClassVar[str] = "Het register kent geen dossier {what}."


class NamedDecisionStruck(Conflict, frozen=True, kw_only=True):
    """Decision {what} was struck from the register; name the one that stays."""

    nl: ClassVar[str] = "Besluit {what} is doorgehaald; noem het besluit dat blijft."


class LinkNeedsTarget(Refusal, frozen=True, kw_only=True):
    """A link goes to one stream of this register (`to`) or to one address outside it (`at`): name exactly one of the two."""

    nl: ClassVar[str] = (
        "Een verwijzing gaat naar één plek in dit register (`to`) of naar één adres daarbuiten (`at`): noem precies een van beide."
    )


class LinksToItself(Refusal, frozen=True, kw_only=True):
    """A decision cannot refer to itself."""

    nl: ClassVar[str] = "Een besluit kan niet naar zichzelf verwijzen."


class UnknownTheme(Unknown, frozen=True, kw_only=True):
    """The register knows no theme {what}."""

    nl: ClassVar[str] = "Het register kent geen thema {what}."


class AlreadyThemed(Conflict, frozen=True, kw_only=True):
    """This decision can be found under theme {what} already."""

    nl: ClassVar[str] = "Dit besluit staat al onder thema {what}."


class UnknownMeeting(Unknown, frozen=True, kw_only=True):
    """The register knows no meeting {what}."""

    nl: ClassVar[str] = "Het register kent geen vergadering {what}."


class NotOnTheAgenda(Unknown, frozen=True, kw_only=True):
    """That meeting has no agenda item {what}; place the item on its agenda first."""

    nl: ClassVar[str] = "Die vergadering heeft geen agendapunt {what}; zet het punt eerst op de agenda."


class AlreadyPlaced(Conflict, frozen=True, kw_only=True):
    """This decision stands under that agenda item already."""

    nl: ClassVar[str] = "Dit besluit staat al bij dat agendapunt."


class PartTaken(Conflict, frozen=True, kw_only=True):
    """Part {what} exists already; amend it to give it a next version."""

    nl: ClassVar[str] = "Onderdeel {what} bestaat al; wijzig het om het een volgende versie te geven."


class UnknownPart(Unknown, frozen=True, kw_only=True):
    """The decision has no part {what} in that version."""

    nl: ClassVar[str] = "Het besluit heeft geen onderdeel {what} in die versie."


class NotTheNextVersion(Conflict, frozen=True, kw_only=True):
    """The next version of this part is {what}."""

    nl: ClassVar[str] = "De volgende versie van dit onderdeel is {what}."


class NothingAmended(Refusal, frozen=True, kw_only=True):
    """An amendment gives a part a new title, a new text, or both."""

    nl: ClassVar[str] = "Een wijziging geeft een onderdeel een nieuwe titel, een nieuwe tekst, of beide."


class ListWritten(Conflict, frozen=True, kw_only=True):
    """The list {what} of this decision was written already; a mistake in it is corrected."""

    nl: ClassVar[str] = "De lijst {what} van dit besluit is al vastgelegd; een fout erin wordt gecorrigeerd."


class ListIsCountedOn(Conflict, frozen=True, kw_only=True):
    """Somebody is counted on the list {what}; correct what it says, it cannot be taken away."""

    nl: ClassVar[str] = "Op de lijst {what} wordt al iemand geteld; corrigeer wat zij zegt, zij kan niet weg."


class MembersOrCount(Refusal, frozen=True, kw_only=True):
    """A list names its members, gives their number, or both; the number is not smaller than the names."""

    nl: ClassVar[str] = (
        "Een lijst noemt de leden, geeft hun aantal, of allebei; het aantal is niet kleiner dan de namen."
    )


class NamedTwice(Refusal, frozen=True, kw_only=True):
    """{what} is named twice."""

    nl: ClassVar[str] = "{what} wordt twee keer genoemd."


class BallotTaken(Conflict, frozen=True, kw_only=True):
    """Ballot {what} was recorded already."""

    nl: ClassVar[str] = "Stemming {what} is al vastgelegd."


class UnknownBallot(Unknown, frozen=True, kw_only=True):
    """This decision has no ballot {what}; record the ballot first."""

    nl: ClassVar[str] = "Dit besluit heeft geen stemming {what}; leg eerst de stemming vast."


class BallotHasNoNames(Refusal, frozen=True, kw_only=True):
    """A ballot that is secret, on persons, or recorded without names has totals and no names."""

    nl: ClassVar[str] = (
        "Een stemming die geheim is, over personen gaat of zonder namen is vastgelegd heeft totalen en geen namen."
    )


class VoterTwice(Conflict, frozen=True, kw_only=True):
    """{what} has voted in this ballot already."""

    nl: ClassVar[str] = "{what} heeft in deze stemming al gestemd."


class NotOnTheList(Conflict, frozen=True, kw_only=True):
    """{what} is not on this decision's list; only who is on the list votes or is counted."""

    nl: ClassVar[str] = "{what} staat niet op de lijst van dit besluit; alleen wie op de lijst staat stemt of telt mee."


class UnknownOption(Unknown, frozen=True, kw_only=True):
    """The ballot has no option {what}."""

    nl: ClassVar[str] = "De stemming heeft geen keuze {what}."


class SplitNeedsDivided(Refusal, frozen=True, kw_only=True):
    """A split is written for a divided group only."""

    nl: ClassVar[str] = "Een verdeling wordt alleen geschreven bij een verdeelde groep."


class OutcomeNeedsMember(Refusal, frozen=True, kw_only=True):
    """Where each member decides, an outcome names the member (`decides`), or gives a total (`count`)."""

    nl: ClassVar[str] = (
        "Waar elk lid zelf besluit, noemt een uitkomst het lid (`decides`) of geeft zij een totaal (`count`)."
    )


class DecidedByBody(Refusal, frozen=True, kw_only=True):
    """This decision is decided by a body; its outcome names no member and no total."""

    nl: ClassVar[str] = "Dit besluit neemt een gremium; de uitkomst noemt geen lid en geen totaal."


class OutcomeStands(Conflict, frozen=True, kw_only=True):
    """An outcome stands already; it changes only by correction."""

    nl: ClassVar[str] = "Er staat al een uitkomst; die verandert alleen door een correctie."


class CourseNeedsVerb(Refusal, frozen=True, kw_only=True):
    """Only an outcome adopted, agreed or signed sets the course."""

    nl: ClassVar[str] = "Alleen een uitkomst vastgesteld, ingestemd of ondertekend bepaalt de koers."


class NothingToConfirm(Conflict, frozen=True, kw_only=True):
    """Everything up to entry {what} was confirmed already, or needs no confirmation."""

    nl: ClassVar[str] = "Alles tot en met vastlegging {what} is al bevestigd, of behoeft geen bevestiging."


class OwnEntry(NoAuthority, frozen=True, kw_only=True):
    """Nobody confirms their own entry: {what} was recorded by this account; let a colleague confirm it."""

    nl: ClassVar[str] = (
        "Niemand bevestigt de eigen vastlegging: {what} is met dit account vastgelegd; laat een collega bevestigen."
    )


class DuplicateNeedsSee(Refusal, frozen=True, kw_only=True):
    """A duplicate says which decision stays (`see`)."""

    nl: ClassVar[str] = "Een dubbel besluit zegt welk besluit blijft (`see`)."


class VoiceNeedsName(Refusal, frozen=True, kw_only=True):
    """An own statement names who made it, a joint one its signatories or their sub-region, a statement for others whom it spoke for."""

    nl: ClassVar[str] = (
        "Een eigen uitspraak noemt wie haar deed, een gezamenlijke de ondertekenaars of hun deelregio, een uitspraak namens anderen voor wie is gesproken."
    )


class OutsideHasNoSeat(Refusal, frozen=True, kw_only=True):
    """Who speaks from outside has no seat and takes no position: name parties, no members."""

    nl: ClassVar[str] = "Wie van buiten spreekt heeft geen zetel en neemt geen positie in: noem partijen, geen leden."


class VanuitSpeaksForOne(Refusal, frozen=True, kw_only=True):
    """Who speaks from a group binds nobody else: name the speaker's own member alone."""

    nl: ClassVar[str] = "Wie vanuit een groep spreekt bindt niemand anders: noem alleen het eigen lid van de spreker."
