"""A report: its period, and for each kind of fact the list and how many there are; a number is never without its list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, get_args

from projections.row import Text, Told
from register.values import ReasonMissing

Kind = Literal[
    "decided", "position-taken", "position-changed", "position-withdrawn", "departed", "spoken-for", "minority-standpoint",
    "view-given", "view-not-given", "advice", "undertaking", "missing",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
Fact = Literal[
    "outcome", "position", "minority-standpoint", "view", "invitation", "advice", "undertaking", "gap",
]  # fmt: skip
Of = Literal["member", "council", "body", "region"]
"""A council is a body too: that of a member."""


class Done(Told, frozen=True, kw_only=True):
    """What a body did with something that was brought in, or what became of a promise; `position` is the entry that tells it."""

    what: str
    position: int
    by: str | None = None
    on: str | None = None
    reason: Text | None = None


class Item(Told, frozen=True, kw_only=True):
    """One fact, told by the entry at `position`.

    `fact` is what it is a fact of, `what` its outcome, stance or state; `by` the body or party that decides or speaks, or the layer of the member; `members` are those for whom it counts, `spoken_for` those for whom somebody else spoke,
    who are shown and never counted. `text` is the reason or the words, `reason_missing` why there is none.
    """

    fact: Fact
    what: str
    position: int
    decision: str | None = None
    title: Text | None = None
    address: str | None = None
    on: str | None = None
    day: date | None = None
    by: str | None = None
    members: tuple[str, ...] = ()
    spoken_for: tuple[str, ...] = ()
    part: str | None = None
    text: Text | None = None
    reason_missing: ReasonMissing | None = None
    n: int = 1
    done: tuple[Done, ...] = ()


class Section(Told, frozen=True, kw_only=True):
    """All facts of one kind: `n` is how many there are, `by_what` how many of each state or outcome."""

    kind: Kind
    n: int
    by_what: Mapping[str, int]
    items: tuple[Item, ...] = ()


class Report(Told, frozen=True, kw_only=True):
    """What happened from `first` until `last`, both included, as it stood on that last day; `code` is absent for the whole region."""

    of: Of
    first: date
    last: date
    sections: tuple[Section, ...]
    code: str | None = None
