"""What cannot happen to a meeting."""

from __future__ import annotations

from typing import ClassVar

from register.refusals import Conflict, Refusal, Unknown


class AlreadyPlanned(Conflict, frozen=True, kw_only=True):
    """This meeting was planned already; move it to another day instead."""

    nl: ClassVar[str] = "Deze vergadering is al gepland; verplaats haar naar een andere dag."


class NotPlanned(Unknown, frozen=True, kw_only=True):
    """The register knows no such meeting; plan it first."""

    nl: ClassVar[str] = "Het register kent deze vergadering niet; plan haar eerst."


class AlreadyHeld(Conflict, frozen=True, kw_only=True):
    """This meeting was held already."""

    nl: ClassVar[str] = "Deze vergadering is al gehouden."


class Cancelled(Conflict, frozen=True, kw_only=True):
    """This meeting was cancelled."""

    nl: ClassVar[str] = "Deze vergadering is afgelast."


class MeetingStruck(Conflict, frozen=True, kw_only=True):
    """This meeting was struck from the register; nothing can be added to it."""

    nl: ClassVar[str] = "Deze vergadering is doorgehaald; er kan niets aan worden toegevoegd."


class DuplicateMeetingNeedsSee(Refusal, frozen=True, kw_only=True):
    """A duplicate says which meeting stays (`see`)."""

    nl: ClassVar[str] = "Een dubbele vergadering zegt welke vergadering blijft (`see`)."


class PresentAndAbsent(Refusal, frozen=True, kw_only=True):
    """{what} is named twice among the present and the absent."""

    nl: ClassVar[str] = "{what} staat twee keer bij de aanwezigen en afwezigen."


class ItemTaken(Conflict, frozen=True, kw_only=True):
    """Agenda item {what} is taken already."""

    nl: ClassVar[str] = "Agendapunt {what} bestaat al."


class UnknownItem(Unknown, frozen=True, kw_only=True):
    """This meeting has no agenda item {what}."""

    nl: ClassVar[str] = "Deze vergadering heeft geen agendapunt {what}."


class PaperNeedsAddress(Refusal, frozen=True, kw_only=True):
    """A public paper says where it can be read; a missing one has no address."""

    nl: ClassVar[str] = "Een openbaar stuk zegt waar het te lezen is; een ontbrekend stuk heeft geen adres."
