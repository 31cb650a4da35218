"""The files of an export in Popolo, one a class."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from api.exchange.gathering import Gathered
from api.exchange.popolo import acts, organizations
from api.exchange.popolo.words import Json

FILES: Mapping[str, Callable[[Gathered], Iterator[Json]]] = {
    "events": acts.events,
    "memberships": organizations.memberships,
    "motions": acts.motions,
    "organizations": organizations.organizations,
    "posts": organizations.posts,
    "vote_events": acts.vote_events,
}


def objects(file: str, told: Gathered) -> list[Json]:
    """The objects of a file, always in the same order."""
    return sorted(FILES[file](told), key=lambda each: str(each["id"]))
