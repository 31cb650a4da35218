"""What goes wrong: somebody else asks, a word is changed, a command is asked again or in another place; or a known mistake is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid5

import msgspec

from register.fact import Fact
from tests.register.commands.town import Ask, NothingToChooseError, Town
from tests.register.example import Example
from tests.register.lines import MANDATE, Line
from tests.register.refusal_examples import EXAMPLES
from tests.register.region import ACCOUNTS
from tests.register.rules.reading_lines import Teller
from tests.register.rules.saying import said
from tests.register.rules.told import CHARTER

Mistake = Callable[[Town, Ask], Ask]
WORDS: tuple[Any, ...] = (
    "nobody", "gm0363", "gm0457", "gm0362-raad", "mra-av", "pv27-ps-g1", "ijmond", "wonen", "2016-01-01", "2022-03-24", "2026-11-22", "2099",
    1, 2, 7, 999, "11111111-1111-4111-8111-111111111111", "departs", "joins", "duplicate", "namens", "outside", "vanuit", "secret", "adopted", "noted",
)  # fmt: skip


def by_another(town: Town, ask: Ask) -> Ask:
    return msgspec.structs.replace(ask, who=town.some(sorted(ACCOUNTS)))


def elsewhere(town: Town, ask: Ask) -> Ask:
    """In the stream of something else, or of nothing."""
    return msgspec.structs.replace(ask, stream=town.some([town.new_stream(), *town.told.states]))


def again(town: Town, ask: Ask) -> Ask:
    return town.last or ask


def with_another_word(town: Town, ask: Ask) -> Ask:
    """One value somewhere in the fact is another one; what no type can read is not asked."""
    told = msgspec.to_builtins(ask.fact)
    places = list(_places(told))
    holder, key = town.some(places)
    if town.rng.random() < 0.2:  # a chance
        del holder[key]
    else:
        holder[key] = town.some([word for word in WORDS if type(word) is type(holder[key])] or WORDS)
    try:
        fact: Fact = said(type(ask.fact), told)
    except (msgspec.ValidationError, TypeError, KeyError, AttributeError):
        return by_another(town, ask)
    return msgspec.structs.replace(ask, fact=fact)


def _places(value: Any) -> Any:  # noqa: ANN401  # any JSON
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(pairs):
        if isinstance(inner, (dict, list)):
            if "_sd" not in inner:
                yield from _places(inner)
        else:
            yield value, key


MISTAKES: tuple[Mistake, ...] = (by_another, elsewhere, again, with_another_word, with_another_word, with_another_word)


def mistaken(town: Town, ask: Ask) -> Ask:
    """The same command with something wrong in it, mostly."""
    return town.some(MISTAKES)(town, ask)


def known_mistake(town: Town, number: int) -> None:
    """Tell an example of a refusal as it goes in this register, with codes of its own; each line of it is a command."""
    example = _told_here(EXAMPLES[number % len(EXAMPLES)], town)
    teller = _Asking(town)
    for line in (*example.given, example.asked):
        try:
            if not teller.ask(line):
                return
        except (KeyError, NothingToChooseError):
            return  # a line before it was refused, so there is nothing that this one speaks of


class _Asking(Teller):
    """Tells lines as commands of a town."""

    def __init__(self, town: Town) -> None:
        super().__init__(town.told)
        self._town = town

    def ask(self, line: Line) -> bool:
        target = self.target(line)
        recorded = self._town.ask(Ask(line.as_, target.stream, target.fact))
        if recorded:
            self.remember(line, target)
        return recorded


def _told_here(example: Example, town: Town) -> Example:
    """The example with codes that no other telling of it used."""
    own, mandate = town.fresh("vb"), str(uuid5(CHARTER.id, town.fresh("mandate")))
    raw = (
        msgspec.json.encode([example.given, example.asked]).decode().replace("vb-", f"{own}-").replace(MANDATE, mandate)
    )
    given, asked = msgspec.json.decode(raw, type=tuple[tuple[Line, ...], Line])
    return msgspec.structs.replace(example, given=given, asked=asked)
