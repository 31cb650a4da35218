"""Which streams the rules have to read for a fact: its own, the region's governance, and every stream that it names."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from register.charter.facts import DisclosureWithdrawn, WithdrawnText
from register.decisions import facts as d
from register.decisions import standing as s
from register.dossiers.facts import DossierStruck
from register.fact import Fact, Instead
from register.history import replacement
from register.meetings.facts import MeetingStruck


def named_in(fact: Fact) -> Iterator[UUID]:
    """The other streams that a fact names; whether they exist is for the rules to say."""
    match fact:
        case d.DecisionProposed(links=links) | d.DecisionLinked(links=links):
            for link in links or ():
                yield from _stream(link.to)
            yield from _stream(getattr(fact, "dossier", None))
        case d.DecisionPlaced(meeting=meeting):
            yield from _stream(meeting)
        case d.PartAdded(continues=continues):
            for origin in continues or ():
                yield from _stream(origin.decision)
        case (
            s.PositionRecorded(basis=address) | s.PositionRevised(basis=address) | s.PositionWithdrawn(because=address)
        ):
            yield from _stream(address)
        case (
            DisclosureWithdrawn(of=WithdrawnText(id=address))
            | d.DecisionStruck(see=address)
            | MeetingStruck(see=address)
            | DossierStruck(see=address)
        ):
            yield from _stream(address)
        case d.DecisionCorrected(instead=Instead() as instead):
            try:
                yield from named_in(replacement(instead))
            except (KeyError, ValueError):
                return  # a payload that cannot be read is refused by its own rule
        case _:
            return


def _stream(address: str | None) -> Iterator[UUID]:
    """The stream of an address `{id}` or `{id}.{seq}`."""
    if address is not None:
        yield UUID(address.partition(".")[0])
