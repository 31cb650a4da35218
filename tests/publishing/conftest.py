"""Two witnesses on ports of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from register.publishing.keys import make_keys
from tests.publishing.recorded import ORIGIN
from tests.publishing.witnessing import OurWitness, served


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[OurWitness, OurWitness]]:
    """Two witnesses that know the log and its keys."""
    keys = lambda: make_keys(tmp_path / "keys", ORIGIN).current  # noqa: E731  # asked anew each time
    first, second = OurWitness("archive", keys), OurWitness("press", keys)
    with served(first, second):
        yield first, second
