"""The screen for a whole meeting: what is on record of it already, and what a clerk is asked besides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from api.pages import views
from api.pages.forms import Choice, Field

VOTES = ("for", "against", "abstained")
"""The choices of which minutes state a number."""
LINES = 2
"""So many lines are there at first for what members said."""


class Line(views.View, frozen=True, kw_only=True):
    """One thing that one member said: who, what, of which part, why."""

    label: str
    fields: tuple[Field, ...]


class Told(views.View, frozen=True, kw_only=True):
    """An entry of the meeting or of a decision in one sentence, and whether a second account has yet to confirm it."""

    sentence: str
    entry: int
    unconfirmed: bool = False
    text: views.Said | None = None
    sources: tuple[views.Source, ...] = ()


class Asked(views.View, frozen=True, kw_only=True):
    """A decision on the agenda: what is on record, what came of it, how was voted, what members said."""

    id: str
    name: str
    link: views.Link
    number: str | None
    parties: bool
    """Whether groups in a council speak here, and not members."""
    recorded: tuple[Told, ...]
    title: tuple[Field, ...]
    """What a decision is to be called that is not on record yet; `placed` is where it stands on the agenda."""
    placed: tuple[str, str | None]
    outcome: tuple[Field, ...]
    vote: tuple[Field, ...]
    lines: tuple[Line, ...]
    sets: tuple[tuple[str, int], ...]
    """The version of each part that an outcome would set."""

    @property
    def spoken(self) -> bool:
        """Whether something was filled in of what members said, or is wrong there."""
        blank_lines = len(self.lines) <= LINES
        return not blank_lines or any(each.value or each.faults for line in self.lines for each in line.fields)

    @property
    def voted(self) -> bool:
        """Whether something was filled in of a vote, or is wrong there."""
        return any(each.value or each.faults for each in self.vote)


class Screen(views.View, frozen=True, kw_only=True):
    """What templates/record_meeting.html shows."""

    id: str
    title: str
    about: views.Link
    lead: str
    action: str
    key: str
    body: str
    day: str
    """The day on which it was held, once that is on record."""
    people: tuple[tuple[str, str], ...]
    """Who may be there and speak, by code and name."""
    held: tuple[Field, ...]
    attendance: tuple[Field, ...]
    source: tuple[Field, ...]
    recorded: tuple[Told, ...]
    decisions: tuple[Asked, ...]
    differences: tuple[Field, ...] = ()
    faults: tuple[str, ...] = ()
    notice: str = ""

    @property
    def common(self) -> tuple[Field, ...]:
        """The questions whose answers every fact of the meeting has: its day and the source."""
        return (*self.held[:1], *self.source)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every question, in the order of the page."""
        return tuple(_fields(self))

    @property
    def wrong(self) -> int:
        """How much is wrong in all."""
        return len(self.faults) + sum(len(each.faults) for each in self.fields)


def changed(screen: Screen, change: Callable[[Field], Field]) -> Screen:
    """The same screen with each question changed."""
    made: Screen = _changed(screen, change)
    return made


def _changed(view: Any, change: Callable[[Field], Field]) -> Any:  # noqa: ANN401  # a view, and whatever views are made of
    match view:
        case Field():
            return change(view)
        case tuple():
            return tuple(_changed(each, change) for each in view)
        case views.View():
            inner = {name: _changed(getattr(view, name), change) for name in view.__struct_fields__}
            return msgspec.structs.replace(view, **inner)
        case _:
            return view


def _fields(view: Any) -> Iterator[Field]:  # noqa: ANN401  # as above
    match view:
        case Field():
            yield view
        case tuple():
            for each in view:
                yield from _fields(each)
        case views.View():
            for name in view.__struct_fields__:
                yield from _fields(getattr(view, name))
        case _:
            return


def named(fields: Sequence[Field], ending: str) -> Field | None:
    """The question with that name, or with that ending of its name."""
    return next((each for each in fields if each.name == ending or each.name.endswith("-" + ending)), None)


def blank(label: str) -> Choice:
    """No answer."""
    return Choice(value="", label=label)
