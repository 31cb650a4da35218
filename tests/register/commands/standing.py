"""What a hand may ask about where members stand so that, most of the time, the register says yes."""

from __future__ import annotations

from typing import Any

from tests.register.commands.deciding import DISSENT, REPRESENTED, Here, keeper, kept, somewhere, sourced, speaking
from tests.register.commands.governing import Asking
from tests.register.commands.town import Ask, Town
from tests.register.rules.saying import fact


def _free(town: Town) -> tuple[Here, str, str, str | None]:
    """A member, layer and part on which it has no position."""
    stream, state = somewhere(town)
    listed = state.lists.get("course-for") or frozenset(town.members())
    part = town.some([None, *state.parts])
    layer = town.some(["executive", "council", "not-stated"])
    free = [code for code in sorted(set(town.members()) & listed) if state.in_force((code, layer, part)) is None]  # type: ignore[arg-type]  # one of the layers
    return (stream, state), town.some(free), layer, part


def position_recorded(town: Town) -> Ask:
    here, member, layer, part = _free(town)
    stance = town.some(["joins", "undecided", *DISSENT])
    voice: dict[str, Any] = {
        "as": "own",
        **({"layer": layer} if layer != "not-stated" else town.maybe(layer="not-stated")),
    }
    why = {"reason": "Te duur."} if stance in DISSENT else {}
    told = {
        "member": member,
        "stance": stance,
        "voice": voice,
        **why,
        **({"part": part} if part else {}),
        **town.maybe(on=f"{town.today}"),
        **sourced(town),
    }
    who = member if member in REPRESENTED else keeper(town, here[1])
    return Ask(who, here[0], fact("position.recorded", **told))


def position_on_behalf(town: Town) -> Ask:
    return kept(
        town, somewhere(town), "position.recorded", stance="joins", voice={"as": "namens", "subregion": "ijmond"}
    )


def position_unexplained(town: Town) -> Ask:
    here, member, layer, part = _free(town)
    told = {
        "member": member,
        "stance": "departs",
        "voice": {"as": "own", "layer": layer},
        "reasonMissing": "not-found",
        **({"part": part} if part else {}),
    }
    return kept(town, here, "position.recorded", **told)


def _position(town: Town, *, explained: bool | None = None) -> tuple[Here, int]:
    found = [
        ((key, state), seq)
        for key, state in town.decisions()
        for seq, position in state.positions.items()
        if not position.withdrawn and explained in {None, position.explained}
    ]
    return town.some(found)


def position_explained(town: Town) -> Ask:
    here, seq = _position(town, explained=False)
    return kept(town, here, "position.explained", position=seq, reason="Te duur.")


def position_revised(town: Town) -> Ask:
    here, seq = _position(town)
    stance = town.some(["joins", "undecided", *DISSENT])
    return kept(
        town,
        here,
        "position.revised",
        position=seq,
        stance=stance,
        reason="Toch anders.",
        **town.maybe(on=f"{town.today}"),
    )


def position_withdrawn(town: Town) -> Ask:
    here, seq = _position(town)
    others = [str(key) for key, _ in town.decisions()]
    return kept(town, here, "position.withdrawn", position=seq, **town.maybe(because=town.some(others)))


def standpoint_recorded(town: Town) -> Ask:
    stream, state = somewhere(town)
    listed = state.lists.get("course-for") or frozenset(town.members())
    members = sorted(set(town.members()) & listed)
    town.rng.shuffle(members)
    voices: list[dict[str, Any]] = [{"as": "namens", "subregion": "ijmond"}]
    if members:
        voices += [{"as": "joint", "members": members[:2]}, {"as": "own", "members": members[:1]}]
    told = {
        "voice": {**town.some(voices), "layer": "executive"},
        "text": "Platforms kiezen hun voorzitter.",
        **(town.maybe(parts=[town.some(state.parts)]) if state.parts else {}),
    }
    return kept(town, (stream, state), "minority-standpoint.recorded", **told, **town.maybe(on=f"{town.today}"))


def _standpoint(town: Town) -> tuple[Here, int]:
    found = [
        ((key, state), seq)
        for key, state in town.decisions()
        for seq, each in state.standpoints.items()
        if not each.withdrawn
    ]
    return town.some(found)


def standpoint_amended(town: Town) -> Ask:
    here, seq = _standpoint(town)
    return kept(town, here, "minority-standpoint.amended", standpoint=seq, text="Anders gezegd.")


def standpoint_withdrawn(town: Town) -> Ask:
    here, seq = _standpoint(town)
    return kept(town, here, "minority-standpoint.withdrawn", standpoint=seq)


def standpoint_joined(town: Town) -> Ask:
    here, seq = _standpoint(town)
    listed = here[1].lists.get("course-for") or frozenset(town.members())
    member = town.some(sorted(set(town.members()) & listed - here[1].standpoints[seq].holders))
    who = member if member in REPRESENTED else keeper(town, here[1])
    return Ask(who, here[0], fact("minority-standpoint.joined", standpoint=seq, member=member))


def standpoint_left(town: Town) -> Ask:
    held = [
        ((key, state), seq)
        for key, state in town.decisions()
        for seq, each in state.standpoints.items()
        if each.holders and not each.withdrawn
    ]
    here, seq = town.some(held)
    return kept(
        town, here, "minority-standpoint.left", standpoint=seq, member=town.some(here[1].standpoints[seq].holders)
    )


def standpoint_answered(town: Town) -> Ask:
    here, seq = _standpoint(town)
    return kept(
        town, here, "minority-standpoint.answered", standpoint=seq, voice=speaking(town), text="De provincie besluit."
    )


def standpoint_weighed(town: Town) -> Ask:
    here, seq = _standpoint(town)
    why = town.some([{"reason": "Afgewogen."}, {"reasonMissing": "not-given"}])
    parts = [{"part": part, "n": versions[1]} for part, versions in here[1].parts.items()]
    return kept(
        town,
        here,
        "minority-standpoint.weighed",
        standpoint=seq,
        outcome="noted",
        by="mra-bestuur",
        **why,
        **(town.maybe(landed=town.some(parts)) if parts else {}),
    )


STANDING: tuple[Asking, ...] = (
    position_recorded, position_recorded, position_recorded, position_on_behalf, position_unexplained,
    position_unexplained, position_explained, position_explained, position_revised, position_withdrawn,
    standpoint_recorded, standpoint_recorded, standpoint_recorded, standpoint_recorded, standpoint_left,
    standpoint_amended, standpoint_withdrawn, standpoint_joined, standpoint_joined, standpoint_left,
    standpoint_left, standpoint_answered, standpoint_weighed, standpoint_weighed, standpoint_amended,
    standpoint_answered, standpoint_answered, position_revised, position_explained, position_explained, standpoint_weighed, standpoint_amended,
)  # fmt: skip
