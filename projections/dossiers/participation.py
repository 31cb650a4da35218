"""What each rung of the participation ladder asks of whom, and when; the rungs are the same in every region."""

from __future__ import annotations

from typing import Literal

from projections.row import Told

Asks = Literal["assignment", "view-on-account", "opinion", "resolution", "advice", "own-decision", "powers"]
AskedOf = Literal["each-council", "councillors", "meeting-of-councillors", "committee-of-councillors", "region"]
AskedWhen = Literal["beforehand", "afterwards", "on-the-way", "before-the-decision", "at-the-decision"]


class Ask(Told, frozen=True, kw_only=True):
    """What a rung, from 1 to 7, asks; of whom; and at which time on the way of a dossier."""

    step: int
    asks: Asks
    of: AskedOf
    when: AskedWhen


LADDER: tuple[Ask, ...] = (
    Ask(step=1, asks="assignment", of="each-council", when="beforehand"),
    Ask(step=2, asks="view-on-account", of="each-council", when="afterwards"),
    Ask(step=3, asks="opinion", of="councillors", when="on-the-way"),
    Ask(step=4, asks="resolution", of="meeting-of-councillors", when="on-the-way"),
    Ask(step=5, asks="advice", of="committee-of-councillors", when="before-the-decision"),
    Ask(step=6, asks="own-decision", of="each-council", when="at-the-decision"),
    Ask(step=7, asks="powers", of="region", when="at-the-decision"),
)


def asked_on(step: int | None) -> Ask | None:
    """What a rung asks; nothing where none was chosen."""
    return LADDER[step - 1] if step is not None else None
