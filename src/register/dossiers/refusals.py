"""What cannot happen to a dossier."""

from __future__ import annotations

from typing import ClassVar

from register.refusals import Conflict, Refusal, Unknown


class DossierAlreadyOpened(Conflict, frozen=True, kw_only=True):
    """This dossier was opened already; give it another title instead."""

    nl: ClassVar[str] = "Dit dossier is al geopend; geef het een andere titel."


class DossierNotOpened(Unknown, frozen=True, kw_only=True):
    """The register knows no such dossier; open it first."""

    nl: ClassVar[str] = "Het register kent dit dossier niet; open het eerst."


class DossierStruck(Conflict, frozen=True, kw_only=True):
    """This dossier was struck from the register; nothing can be added to it."""

    nl: ClassVar[str] = "Dit dossier is doorgehaald; er kan niets aan worden toegevoegd."


class DossierIsClosed(Conflict, frozen=True, kw_only=True):
    """This dossier was closed; what was recorded of it can still be corrected."""

    nl: ClassVar[str] = "Dit dossier is gesloten; wat erin staat is nog wel te corrigeren."


class VersionTaken(Conflict, frozen=True, kw_only=True):
    """Version {what} of this document was published already; correct that entry if it is wrong."""

    nl: ClassVar[str] = (
        "Versie {what} van dit document is al gepubliceerd; corrigeer die vastlegging als zij niet klopt."
    )


class EditionTaken(Conflict, frozen=True, kw_only=True):
    """Edition {what} of this document appeared already; correct that entry if it is wrong."""

    nl: ClassVar[str] = "Editie {what} van dit document is al verschenen; corrigeer die vastlegging als zij niet klopt."


class StepTwice(Refusal, frozen=True, kw_only=True):
    """Step {what} stands in the route twice; number each step once."""

    nl: ClassVar[str] = "Stap {what} staat twee keer in de route; nummer elke stap één keer."


class UnknownStep(Unknown, frozen=True, kw_only=True):
    """The route as it is planned now has no step {what}; plan it first."""

    nl: ClassVar[str] = "De route zoals die nu is gepland heeft geen stap {what}; plan die eerst."


class StepReachedBefore(Conflict, frozen=True, kw_only=True):
    """Step {what} was reached already; correct that entry if its day is wrong."""

    nl: ClassVar[str] = "Stap {what} is al bereikt; corrigeer die vastlegging als de dag niet klopt."


class ReachedStepStays(Conflict, frozen=True, kw_only=True):
    """Step {what} was reached and stays in the route."""

    nl: ClassVar[str] = "Stap {what} is bereikt en blijft in de route."


class AlreadyOnStep(Conflict, frozen=True, kw_only=True):
    """Councils take part in this dossier on step {what} already."""

    nl: ClassVar[str] = "Raden doen in dit dossier al mee op trede {what}."


class DuplicateDossierNeedsSee(Refusal, frozen=True, kw_only=True):
    """A duplicate says which dossier stays (`see`)."""

    nl: ClassVar[str] = "Een dubbel dossier zegt welk dossier blijft (`see`)."
