"""Registers to restore: one that told a random history and published it, and one that is empty."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from register.store.roles import Logins
from tests.databases import fresh_register
from tests.projections.histories import History
from tests.projections.telling import Teller
from tests.restoring.region import Kept


@pytest.fixture
def teller(logins: Logins) -> Teller:
    """A teller whose log has its first entry."""
    made = Teller(logins)
    made.open_register()
    return made


@pytest.fixture
def kept(teller: Teller, tmp_path: Path) -> Kept:
    """Some 300 entries with their texts, published as it grew; the last of them are not published."""
    history, made = History(Random(5)), Kept(teller.logins, tmp_path / "first")
    for entries in (40, 215, 5, 45):
        history.tell(teller, entries)
        made.change("SELECT log.recall_commands()")
        made.publish()
    history.tell(teller, 10)
    made.change("SELECT log.recall_commands()")
    return made


@pytest.fixture
def empty(server: str, kept: Kept, tmp_path: Path) -> Iterator[Kept]:
    """An empty database beside it, with a copy of its keys."""
    data_dir = tmp_path / "second"
    with fresh_register(server, data_dir) as logins:
        shutil.copytree(kept.data_dir / "keys", data_dir / "keys")
        yield Kept(logins, data_dir)
