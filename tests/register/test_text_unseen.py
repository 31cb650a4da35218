"""Rules never see a text: they know that it is there, and no answer and no state depends on what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from typing import Any

import hypothesis
import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from register.refusals import EntryTooLong, Refusal, Refused
from register.register import Asked
from register.values import Sealed
from tests.register.commands.stepping import step
from tests.register.commands.town import Tally, Town
from tests.register.example import Example
from tests.register.lines import Body
from tests.register.refusal_examples import EXAMPLES
from tests.register.rules import reading_lines
from tests.register.rules.reading_lines import Teller, region
from tests.register.rules.saying import SEALING, said, seal_of, sealed
from tests.register.rules.told import Told

SEAL = re.compile(rb'\{"_sd":\["[A-Za-z0-9_-]{43}"\],"lang":"[A-Za-z-]+","words":"[a-z]+"\}')

SALTS = count()
LONG = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
"""A history is long on purpose."""


class Opaque(Sealed, frozen=True):
    """A seal of which nothing can be looked at but that it is there."""

    def __getattribute__(self, name: str) -> object:
        if name in {"sd", "lang", "words"}:
            msg = f"a rule looked at `{name}` of a text"
            raise AssertionError(msg)
        return super().__getattribute__(name)


def hidden(value: Any) -> Any:  # noqa: ANN401  # any value of a fact
    """The same fact with every seal made opaque."""
    if isinstance(value, Sealed):
        return Opaque(sd=value.sd, lang=value.lang, words=value.words)
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(
            value, **{name: hidden(getattr(value, name)) for name in value.__struct_fields__}
        )
    return tuple(hidden(each) for each in value) if isinstance(value, tuple) else value


def another(told: Body) -> Sealed:
    """The seal of another text, in another language and in other words; the same text twice has two seals, as in a real register."""
    return Sealed(sd=seal_of(told, salt=f"{next(SALTS)} ").sd, lang="fy-NL", words="quoted")


@contextmanager
def sealing(by: Callable[[Body], Sealed]) -> Iterator[None]:
    token = SEALING.set(by)
    try:
        yield
    finally:
        SEALING.reset(token)


@pytest.fixture(scope="module")
def base() -> Told:
    return region()


@pytest.fixture
def rules_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fact comes with opaque seals, and no entry is written: recording looks at seals, and may."""
    monkeypatch.setattr(reading_lines, "said", lambda kind, body: hidden(said(kind, body)))
    monkeypatch.setattr(Asked, "_written", lambda *_: ((), ()))


def test_an_opaque_seal_cannot_be_looked_at() -> None:
    with pytest.raises(AssertionError, match="looked at `sd`"):
        _ = hidden(sealed("Te duur.")).sd


@pytest.mark.usefixtures("rules_only")
@pytest.mark.parametrize(
    "example", [each for each in EXAMPLES if each.rule is not EntryTooLong], ids=lambda each: each.code
)
def test_a_rule_says_no_without_looking_at_any_text(example: Example, base: Told) -> None:
    teller = Teller(base.copy())
    for line in example.given:
        teller.tell(line)
    with pytest.raises(Refused) as refused:
        teller.tell(example.asked)
    assert example.rule in {type(refusal) for refusal in refused.value.refusals}


@cache
def sealed_by(by: Callable[[Body], Sealed]) -> Told:
    with sealing(by):
        return region()


def answers(seeds: list[int], by: Callable[[Body], Sealed]) -> list[tuple[Refusal | bytes, ...]]:
    """What the register answers to a history whose texts are sealed in this way: its refusals, or its entries without their seals."""
    town = Town(sealed_by(by).copy(), Tally())
    with sealing(by):
        for seed in seeds:
            step(town, seed)
    return [
        tuple(SEAL.sub(b"sealed", each) if isinstance(each, bytes) else each for each in answer)
        for answer in town.answers
    ]


@settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=LONG)
@hypothesis.given(st.lists(st.integers(0, 2**32 - 1), min_size=60, max_size=100))
def test_with_other_texts_every_command_gets_the_same_answer(seeds: list[int]) -> None:
    assert answers(seeds, seal_of) == answers(seeds, another)


def test_the_answers_that_were_compared_are_of_different_texts() -> None:
    assert sealed("Te duur.") != another({"text": "Te duur."})
    assert any(
        b"sealed" in each for answer in answers(list(range(60)), another) for each in answer if isinstance(each, bytes)
    )
