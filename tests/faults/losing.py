"""Writes of publishing that fail: lost, or done and reported as failed."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import psycopg

from register.publishing.files import Files
from register.publishing.ledger import Kept, Ledger, Said
from register.publishing.publication import Publication
from register.store.roles import Logins
from tests.faults.breaking import LOST, UNHEARD


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
    """A database of which one write fails."""

    fate: Fate

    async def keep(self, kept: Kept) -> None:
        await self._done(super().keep(kept))

    async def say(self, said: Said) -> None:
        await self._done(super().say(said))

    async def _done(self, write: Coroutine[Any, Any, None]) -> None:
        if self.fate.strikes(LOST):
            write.close()
            raise psycopg.OperationalError
        await write
        if self.fate.strikes(UNHEARD):
            raise psycopg.OperationalError


def breaks(ours: Publication, fate: Fate) -> None:
    """Have one write of a publication fail."""
    ledger = BreakingLedger(ours.ledger._connection)  # noqa: SLF001  # the same connection, which holds the lock
    ledger.fate = fate
    ours.ledger = ours._showing.ledger = ledger  # noqa: SLF001  # of both that write to it
    ours.files = ours._showing.files = BreakingFiles(ours.files.root, fate)  # noqa: SLF001  # as above


def forgotten(logins: Logins) -> None:
    """An empty log again, as only somebody with all rights can have it."""
    with psycopg.connect(logins.owner, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("TRUNCATE log.checkpoints, log.events, log.commands, log.openings CASCADE")
        connection.execute("UPDATE log.head SET next = 0, known = NULL")
