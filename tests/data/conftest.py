"""The shipped histories, each told once to a register in memory."""

from __future__ import annotations

import pytest

from tests.data.told import Told, told


@pytest.fixture(scope="session")
def mra() -> Told:
    return told("mra")


@pytest.fixture(scope="session")
def gmr() -> Told:
    return told("gmr")
