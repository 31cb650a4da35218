"""Whatever is changed behind the register's back is found, and its place is named; `make tamper` tries a thousand bytes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tamper.trials import Trials, told_register

SEED = 20261121
BYTES, EACH = 117, 3


@pytest.fixture(scope="module")
def trials(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trials]:
    directory = tmp_path_factory.mktemp("tampered")
    with told_register(server, directory) as logins:
        made = Trials(logins, directory, SEED)
        yield made
        made.close()


def test_nothing_is_found_on_an_untouched_register(trials: Trials) -> None:
    assert trials.look() == []


def test_a_changed_byte_is_found_and_its_file_or_row_is_named(trials: Trials) -> None:
    trials.run("one byte", trials.one_byte, BYTES)
    assert trials.tallies["one byte"].missed == []
    assert {"entries", "log.events"} <= set(trials.places)


def test_what_is_removed_added_swapped_or_cut_short_is_found_and_named(trials: Trials) -> None:
    for kind, make in trials.kinds().items():
        trials.run(kind, make, EACH)
    assert {kind: tally.missed for kind, tally in trials.tallies.items() if tally.missed} == {}
    assert trials.look() == []
