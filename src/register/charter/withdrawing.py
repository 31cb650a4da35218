"""What may be withdrawn: one text, at the place where it was sealed, once, by somebody the region knows. Rules never see the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from register.charter.facts import DisclosureWithdrawn, WithdrawnText
from register.history import Recorded
from register.refusals import Conflict, NotYetHappened, Refusal, Unknown
from register.sealing import seals_in
from register.values import first_day
from register.world import World


class NothingThere(Unknown, frozen=True, kw_only=True):
    """The register has no entry {what}; look up the entry in which the text stands."""

    nl: ClassVar[str] = "Het register heeft geen vastlegging {what}; zoek de vastlegging op waarin de tekst staat."


class NoTextThere(Unknown, frozen=True, kw_only=True):
    """That entry has no text in field {what}; name a field of it that is sealed."""

    nl: ClassVar[str] = "Die vastlegging heeft geen tekst in veld {what}; noem een veld ervan dat verzegeld is."


class AlreadyWithdrawn(Conflict, frozen=True, kw_only=True):
    """The text of {what} was withdrawn before; what was withdrawn does not come back."""

    nl: ClassVar[str] = "De tekst van {what} is al eerder afgeschermd; wat is afgeschermd komt niet terug."


class UnknownAuthority(Unknown, frozen=True, kw_only=True):
    """The register knows no body or member with code {what} that could withdraw a text."""

    nl: ClassVar[str] = "Het register kent geen gremium of lid met code {what} dat een tekst kan afschermen."


def withdrawal_holds(
    fact: DisclosureWithdrawn, stream: str, history: tuple[Recorded, ...], world: World
) -> Iterator[Refusal]:
    """Every reason why a text cannot be withdrawn; `stream` and `history` are those of the register itself."""
    yield from _text_stands(fact.of, history if fact.of.id == stream else _of(fact.of.id, world))
    if any(isinstance(entry.fact, DisclosureWithdrawn) and entry.fact.of == fact.of for entry in history):
        yield AlreadyWithdrawn(field="of", what=_named(fact.of))
    governance = world.governance
    if fact.authority not in {world.region, *governance.bodies, *governance.members}:
        yield UnknownAuthority(field="authority", what=fact.authority)
    if first_day(fact.on) > world.today:
        yield NotYetHappened(field="on", what=fact.on)


def _text_stands(of: WithdrawnText, history: Iterable[Recorded]) -> Iterator[Refusal]:
    """Where it was recorded, whatever was corrected since: a corrected text can be read as long as it is not withdrawn."""
    entry = next((entry for entry in history if entry.seq == of.seq), None)
    if entry is None:
        yield NothingThere(field="of", what=_named(of))
    elif all(field != of.field for field, _ in seals_in(entry.fact)):
        yield NoTextThere(field="of.field", what=of.field)


def _of(stream: str, world: World) -> tuple[Recorded, ...]:
    return getattr(world.streams.get(stream), "history", ())


def _named(of: WithdrawnText) -> str:
    return f"{of.id}.{of.seq}"
