"""Every write of publishing fails twice over: lost, and done but reported as failed. The next run finishes, and nothing is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from register.publishing import resuming
from register.publishing.files import Files
from register.publishing.ledger import Kept, Ledger
from register.publishing.resuming import AGAIN
from register.store.roles import Logins
from tests.faults.breaking import LOST, UNHEARD
from tests.publishing.recorded import found_in, publication, publish, record, size_of
from tests.tlog.published import Texts

TEXTS = Texts(540)
FIRST, THEN, LAST = 250, 530, 540
"""Sizes: published before the fault, to be published when it strikes, and there when the next run begins."""


class Broken(OSError):
    """The disk said no."""


class Fate:
    """Writes are counted; the one at `at` meets `fate`."""

    def __init__(self, at: int, fate: str) -> None:
        self.at, self.fate, self.met = at, fate, 0

    def strikes(self, when: str) -> bool:
        """Tell whether this write fails here: before it was done, or after."""
        if when == LOST:
            self.met += 1
        return self.met == self.at and self.fate == when


class BreakingFiles(Files):
    """Files of which one write or removal fails."""

    def __init__(self, root: Path, fate: Fate) -> None:
        super().__init__(root)
        self.fate = fate

    def replace(self, name: str, raw: bytes) -> None:
        self._done(lambda: super(BreakingFiles, self).replace(name, raw))

    def remove(self, name: str) -> None:
        self._done(lambda: super(BreakingFiles, self).remove(name))

    def _done(self, write: Callable[[], None]) -> None:
        if self.fate.strikes(LOST):
            raise Broken
        write()
        if self.fate.strikes(UNHEARD):
            raise Broken


class BreakingLedger(Ledger):
    """A database of which the one write is among those that fail."""

    fate: Fate

    async def keep(self, kept: Kept) -> None:
        if self.fate.strikes(LOST):
            raise psycopg.OperationalError
        await super().keep(kept)
        if self.fate.strikes(UNHEARD):
            raise psycopg.OperationalError


async def run(logins: Logins, where: Path, fate: Fate) -> None:
    """One run in which a write fails."""
    async with publication(logins, where, BreakingFiles(where / "log", fate)) as ours:
        ledger = BreakingLedger(ours.ledger._connection)  # noqa: SLF001  # the same connection, which holds the lock
        ledger.fate = fate
        ours.ledger = ours._showing.ledger = ledger  # noqa: SLF001  # of both that write to it
        await ours.resume()
        while await ours.step():
            pass


def forgotten(logins: Logins) -> None:
    """An empty log again, as only somebody with all rights can have it."""
    with psycopg.connect(logins.owner, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("TRUNCATE log.cosigned, log.checkpoints, log.events, log.commands, log.openings")
        connection.execute("UPDATE log.head SET next = 0, known = NULL")


@pytest.mark.parametrize("again", [AGAIN, 20], ids=["over all of it", "from its edge"])
@pytest.mark.parametrize("fate", [LOST, UNHEARD])
async def test_the_next_run_finishes_what_a_failed_write_left(
    logins: Logins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fate: str, again: int
) -> None:
    monkeypatch.setattr(resuming, "AGAIN", again)
    at = 0
    while True:
        at += 1
        where = tmp_path / str(at)
        await record(logins, TEXTS, 0, FIRST)
        await publish(logins, where)
        # A step that broke off at a size that no checkpoint ever has: what it laid is to be swept away as well.
        Files(where / "log").replace("tile/entries/001.p/4", b"of a broken step")
        await record(logins, TEXTS, FIRST, THEN)
        struck = Fate(at, fate)
        try:
            await run(logins, where, struck)
        except (Broken, psycopg.OperationalError):
            pass
        else:
            break
        await record(logins, TEXTS, THEN, LAST)
        await publish(logins, where)
        assert found_in(where) == [], f"write {at}, {fate}"
        assert size_of(where) == LAST
        forgotten(logins)
    assert struck.met == at - 1
    assert at > 9, "bundles, tiles, the database, both checkpoints and what was swept"
