"""Every write of publishing fails twice over: lost, and done but reported as failed. The next run finishes, and nothing is found."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from register.publishing import resuming
from register.publishing.files import Files
from register.publishing.resuming import AGAIN
from register.store.roles import Logins
from tests.faults.breaking import LOST, UNHEARD
from tests.faults.losing import Broken, Fate, breaks, forgotten
from tests.publishing.recorded import found_in, publication, publish, record, size_of
from tests.tlog.published import Texts

TEXTS = Texts(540)
FIRST, THEN, LAST = 250, 530, 540
"""Sizes: published before the fault, to be published when it strikes, and there when the next run begins."""


async def run(logins: Logins, where: Path, fate: Fate) -> None:
    """One run in which a write fails."""
    async with publication(logins, where) as ours:
        breaks(ours, fate)
        await ours.resume()
        while await ours.step():
            pass


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
