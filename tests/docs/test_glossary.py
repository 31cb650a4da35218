"""docs/glossary.md knows every fact and every refusal by its class, once, and no class that there is not."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import register
from register.refusals import Refusal
from register.vocabulary import FACTS

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "glossary.md").read_text(encoding="utf-8")
ENTRIES = re.findall(r"^### (.+)\n((?:(?!#).+\n?)+)", PAGE, re.MULTILINE)


def refusals(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every rule of the register, wherever it is written down."""
    for rule in of.__subclasses__():
        if rule.__module__.startswith("register."):
            yield rule
        yield from refusals(rule)


def listed(word: str) -> list[str]:
    """The classes that stand in the lines that begin with a word."""
    lines = re.findall(rf"^{word}: (.+)$", PAGE, re.MULTILINE)
    return [name for line in lines for name in re.findall(r"`(\w+)`", line)]


def everything() -> set[str]:
    for module in pkgutil.walk_packages(register.__path__, "register."):
        if ".store" not in module.name:
            importlib.import_module(module.name)
    return {rule.__name__ for rule in refusals()}


@pytest.mark.parametrize("word", ["Facts", "Refused"])
def test_every_class_stands_there_once_and_no_other(word: str) -> None:
    there_are = {fact.__name__ for fact in FACTS.values()} if word == "Facts" else everything()
    named = Counter(listed(word))
    assert [name for name, times in named.items() if times > 1] == []
    assert there_are - set(named) == set(), f"words are missing for these classes of {word!r}"
    assert set(named) - there_are == set(), "there are no such classes any more"


def test_an_entry_is_a_word_in_both_languages_with_what_it_means() -> None:
    words = [word for word, _ in ENTRIES]
    assert len(words) > 60
    assert [word for word in words if word.count(" · ") != 1] == []
    assert len(set(words)) == len(words)
    for word, body in ENTRIES:
        said = [line for line in body.splitlines() if not line.startswith(("Facts: ", "Refused: "))]
        assert said, f"{word} has no meaning"
        assert all(line.endswith(".") for line in body.splitlines()), word
