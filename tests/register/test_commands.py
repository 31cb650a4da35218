"""Long random histories: half of what random hands ask is recorded, every fact and every rule comes up, and what must hold does."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.writes import WRITES
from tests.register.commands.stepping import step
from tests.register.commands.town import Tally, Town
from tests.register.refusal_examples import rules
from tests.register.rules.reading_lines import region

OFTEN = 100
LONG = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
"""A history is long on purpose."""
TABLE = Path(__file__).parents[2] / "build" / "commands.txt"
WRITTEN = {write.fact.TYPE for write in WRITES} | {"register.opened"}


def test_half_of_what_is_asked_is_recorded_and_every_fact_and_rule_comes_up_often() -> None:
    base, tally = region(), Tally()

    @settings(max_examples=3000, deadline=None, derandomize=True, database=None, suppress_health_check=LONG)
    @given(st.lists(st.integers(0, 2**32 - 1), min_size=70, max_size=110))
    def whatever_is_asked_what_must_hold_does(seeds: list[int]) -> None:
        town = Town(base.copy(), tally)
        for seed in seeds:
            step(town, seed)

    whatever_is_asked_what_must_hold_does()
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(tally.table(), encoding="utf-8")
    print(tally.table())  # noqa: T201  # shown with -s, and when it fails
    assert tally.accepted >= tally.asked / 2
    assert {name: tally.recorded[name] for name in WRITTEN if tally.recorded[name] < OFTEN} == {}
    codes = {rule().code for rule in rules()}
    assert {code: tally.refused[code] for code in codes if tally.refused[code] < OFTEN} == {}
