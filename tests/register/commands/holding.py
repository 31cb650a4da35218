"""What holds after every command that was recorded, whatever it was."""

from __future__ import annotations

from collections import Counter

import msgspec

from register import stored
from register.decider import Said, State, evolve
from register.decisions.facts import VotesRecorded
from register.decisions.state import Decision
from register.history import CORRECTIONS, effective


def holds_after(before: State, after: State, said: tuple[Said, ...], entries: tuple[bytes, ...]) -> None:
    """Hold the state after a command against what was before it, against its own history, and against its bytes."""
    grew(before, after, said)
    assert folded(after) == after, "the state is not what its history comes to"
    if any(each.fact.TYPE in CORRECTIONS for each in said):
        replaced(after)
    for each, raw in zip(said, entries, strict=True):
        assert stored.decode(raw).data == each.fact
    if isinstance(after, Decision):
        counted_once(after)
        one_place_each(after)


def grew(before: State, after: State, said: tuple[Said, ...]) -> None:
    """The history is what it was, with what was said behind it, numbered on."""
    assert after.history[: len(before.history)] == before.history
    new = after.history[len(before.history) :]
    assert tuple(entry.fact for entry in new) == tuple(each.fact for each in said)
    assert [entry.seq for entry in after.history] == list(range(1, len(after.history) + 1))
    assert len({(entry.cause, entry.day) for entry in new}) == 1


def folded(state: State) -> State:
    """What the history of a state comes to, from nothing."""
    fresh: State = type(state)()
    for entry in state.history:
        fresh = evolve(fresh, entry)
    return fresh


def replaced(after: State) -> None:
    """What holds after a correction is the history with the entry replaced in its place, and without any correction."""
    fresh: State = type(after)()
    for entry in effective(after.history):
        if entry.fact.TYPE not in CORRECTIONS:
            fresh = evolve(fresh, entry)
    assert msgspec.structs.replace(fresh, history=()) == msgspec.structs.replace(after, history=())


def counted_once(state: Decision) -> None:
    """Nobody is counted twice in a ballot, and whoever is counted was asked."""
    votes: Counter[tuple[int, str]] = Counter()
    for entry in effective(state.history):
        if isinstance(entry.fact, VotesRecorded):
            votes.update((entry.fact.ballot, vote.voter) for vote in entry.fact.votes)
    assert not [vote for vote, times in votes.items() if times > 1]
    listed = state.lists.get("voters")
    assert listed is None or {voter for _, voter in votes} <= listed


def one_place_each(state: Decision) -> None:
    """A member has at most one position in force in a layer and on a part, and is on the list of those for whom it was meant."""
    keys = Counter(position.key for position in state.positions.values() if position.key and not position.withdrawn)
    assert not [key for key, times in keys.items() if times > 1]
    listed = state.lists.get("course-for")
    assert listed is None or {member for member, _, _ in keys} <= listed
