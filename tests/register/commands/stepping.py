"""One step of a random history: the same seed in the same register asks the same."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from tests.register.commands.deciding import DECIDING
from tests.register.commands.erring import known_mistake, mistaken
from tests.register.commands.following import FOLLOWING
from tests.register.commands.governing import GOVERNING, MEETING
from tests.register.commands.hearing import HEARING
from tests.register.commands.standing import STANDING
from tests.register.commands.town import NothingToChooseError, Town

KNOWN_MISTAKE, MISTAKEN, NEXT_DAY = 0.26, 0.40, 0.05
"""How often an example of a refusal is told, how often (with that) something else goes wrong, and how often a day passes."""


def step(town: Town, seed: int) -> None:
    """One command, or a known mistake with what comes before it; a seed that comes twice does not ask the same twice."""
    town.rng = Random(f"{seed} {town.told.commands}")
    if town.rng.random() < NEXT_DAY:
        town.today += timedelta(days=town.rng.randint(1, 40))
    kind = town.rng.random()
    if kind < KNOWN_MISTAKE:
        known_mistake(town, town.rng.randrange(2**16))
        return
    askings = town.rng.choices((DECIDING, STANDING, GOVERNING, MEETING, HEARING, FOLLOWING), (4, 4, 3, 2, 4, 3))[0]
    try:
        ask = town.rng.choice(askings)(town)
        town.ask(mistaken(town, ask) if kind < MISTAKEN else ask)
    except NothingToChooseError:
        return  # nothing is there yet to which this could happen
