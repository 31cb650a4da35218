"""What cannot be recorded of views, advice and undertakings."""

from __future__ import annotations

from typing import ClassVar

from register.refusals import Conflict, Refusal, Unknown


class UnknownView(Unknown, frozen=True, kw_only=True):
    """Entry {what} of this decision is no view."""

    nl: ClassVar[str] = "Vastlegging {what} van dit besluit is geen zienswijze."


class UnknownInvitation(Unknown, frozen=True, kw_only=True):
    """Entry {what} of this decision invites nobody to give a view."""

    nl: ClassVar[str] = "Vastlegging {what} van dit besluit nodigt niemand uit voor een zienswijze."


class NotInvited(Conflict, frozen=True, kw_only=True):
    """{what} was not asked for a view; record the invitation first."""

    nl: ClassVar[str] = "{what} is niet om een zienswijze gevraagd; leg eerst de uitnodiging vast."


class DeclinedBefore(Conflict, frozen=True, kw_only=True):
    """{what} let know before that it gives no view."""

    nl: ClassVar[str] = "{what} liet al weten geen zienswijze te geven."


class TermStillRuns(Conflict, frozen=True, kw_only=True):
    """The term of this invitation has not ended: a view of {what} can still come in."""

    nl: ClassVar[str] = "De termijn van deze uitnodiging is niet voorbij: een zienswijze van {what} kan nog komen."


class ViewWasReceived(Conflict, frozen=True, kw_only=True):
    """A view of {what} was received within the term."""

    nl: ClassVar[str] = "Er is binnen de termijn een zienswijze van {what} ontvangen."


class MissedBefore(Conflict, frozen=True, kw_only=True):
    """That {what} gave no view in this term is recorded already."""

    nl: ClassVar[str] = "Dat {what} in deze termijn geen zienswijze gaf staat al vast."


class ItemTwice(Refusal, frozen=True, kw_only=True):
    """Item {what} stands in this view twice; number each item once."""

    nl: ClassVar[str] = "Punt {what} staat twee keer in deze zienswijze; nummer elk punt één keer."


class ItemNeedsGist(Refusal, frozen=True, kw_only=True):
    """The view has no item {what}; say what it asks (`gist`) with the answer."""

    nl: ClassVar[str] = "De zienswijze heeft geen punt {what}; zeg bij het antwoord wat het vraagt (`gist`)."


class ItemAnswered(Conflict, frozen=True, kw_only=True):
    """The same body answered this already ({what}); correct that entry, or name the body that answers now."""

    nl: ClassVar[str] = (
        "Hetzelfde gremium heeft dit al beantwoord ({what}); corrigeer die vastlegging, of noem het gremium dat nu antwoordt."
    )


class AnswerNeedsReason(Refusal, frozen=True, kw_only=True):
    """An answer says why, or that the source gives no reason (`reasonMissing`); one of the two."""

    nl: ClassVar[str] = "Een antwoord zegt waarom, of dat de bron geen reden geeft (`reasonMissing`); een van beide."


class NotTheirView(Conflict, frozen=True, kw_only=True):
    """{what} did not take part in the joint view that this one adds to."""

    nl: ClassVar[str] = "{what} deed niet mee aan de gezamenlijke zienswijze waar deze op aanvult."


class UnknownRequest(Unknown, frozen=True, kw_only=True):
    """Entry {what} of this decision asks for no advice."""

    nl: ClassVar[str] = "Vastlegging {what} van dit besluit vraagt geen advies."


class AdviceOfAnother(Conflict, frozen=True, kw_only=True):
    """The advice was asked of {what}; advice of somebody else is unasked: leave `request` out."""

    nl: ClassVar[str] = "Het advies is gevraagd aan {what}; advies van een ander is ongevraagd: laat `request` weg."


class UnknownAdvice(Unknown, frozen=True, kw_only=True):
    """Entry {what} of this decision is no advice."""

    nl: ClassVar[str] = "Vastlegging {what} van dit besluit is geen advies."


class MoreAnswersThanAsked(Refusal, frozen=True, kw_only=True):
    """A poll cannot have more answers than people who were asked, which were {what}."""

    nl: ClassVar[str] = "Een peiling kan niet meer antwoorden hebben dan ondervraagden; dat waren er {what}."


class UnknownUndertaking(Unknown, frozen=True, kw_only=True):
    """Entry {what} of this decision is no undertaking."""

    nl: ClassVar[str] = "Vastlegging {what} van dit besluit is geen toezegging."


class UndertakingWasClosed(Conflict, frozen=True, kw_only=True):
    """Undertaking {what} was closed already."""

    nl: ClassVar[str] = "Toezegging {what} is al afgedaan."


class BeforeTheUndertaking(Conflict, frozen=True, kw_only=True):
    """{what} is before the undertaking was given."""

    nl: ClassVar[str] = "{what} is voordat de toezegging werd gedaan."


class BeforeTheView(Conflict, frozen=True, kw_only=True):
    """{what} is before what is answered was received."""

    nl: ClassVar[str] = "{what} is voordat binnenkwam wat hier wordt beantwoord."
