"""Who speaks, of what: rules that every utterance in a decision meets."""

from __future__ import annotations

from collections.abc import Iterator

from register.decisions import facts as f
from register.decisions import refusals as no
from register.decisions.state import Decision
from register.refusals import Refusal, UnknownBody, UnknownEntry, UnknownMember, UnknownParty, UnknownSubregion
from register.values import Voice
from register.world import World


def voice_holds(voice: Voice, world: World, *, named: bool = False) -> Iterator[Refusal]:  # noqa: C901  # one line a rule
    """A voice names who it must, and only whom the register knows; `named` when the fact itself names the member."""
    governance = world.governance
    members, parties = voice.members or (), voice.parties or ()
    if voice.as_ == "outside" and members:
        yield no.OutsideHasNoSeat(field="voice.members")
    if voice.as_ == "vanuit" and len(members) > 1:
        yield no.VanuitSpeaksForOne(field="voice.members")
    anybody = bool(members or parties or named) or (
        voice.as_ in {"joint", "namens"} and bool(voice.subregion or voice.body)
    )
    if not anybody:
        yield no.VoiceNeedsName(field="voice")
    for place, codes in (("members", members), ("dissent", voice.dissent or ())):
        for index, code in enumerate(codes):
            if code not in governance.members:
                yield UnknownMember(field=f"voice.{place}.{index}", what=code)
            if code in codes[:index]:
                yield no.NamedTwice(field=f"voice.{place}.{index}", what=code)
    for index, code in enumerate(parties):
        if code in parties[:index]:
            yield no.NamedTwice(field=f"voice.parties.{index}", what=code)
        if not governance.knows(code) and code not in governance.bodies:
            yield UnknownParty(field=f"voice.parties.{index}", what=code)
    if voice.subregion is not None and voice.subregion not in governance.subregions:
        yield UnknownSubregion(field="voice.subregion", what=voice.subregion)
    if voice.body is not None and voice.body not in governance.bodies:
        yield UnknownBody(field="voice.body", what=voice.body)


def remark_recorded(fact: f.RemarkRecorded, state: Decision, world: World) -> Iterator[Refusal]:
    """A remark says whose it is, and speaks of a part that exists."""
    yield from voice_holds(fact.voice, world)
    if fact.part is not None and fact.part not in state.parts:
        yield no.UnknownPart(field="part", what=fact.part)


def known_parts(parts: tuple[str, ...] | None, field: str, state: Decision) -> Iterator[Refusal]:
    """Every part that is named exists in this decision."""
    for index, part in enumerate(parts or ()):
        if part not in state.parts:
            yield no.UnknownPart(field=f"{field}.{index}", what=part)


def known_entry(seq: int | None, field: str, state: Decision) -> Iterator[Refusal]:
    """An entry that is spoken of exists in this stream."""
    if seq is not None and state.entry(seq) is None:
        yield UnknownEntry(field=field, what=str(seq))


def known_decision(address: str, field: str, world: World) -> Iterator[Refusal]:
    """A decision that another one rests on exists, and was not struck."""
    decision = world.at(address)
    if not isinstance(decision, Decision) or decision.proposed is None:
        yield no.UnknownDecision(field=field, what=address)
    elif decision.struck:
        yield no.NamedDecisionStruck(field=field, what=address)
