"""With witnesses every write fails twice over as well, and every question to one: the next run finishes, and nothing is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from api.checking.cosigned import cosigned
from register.publishing.keys import make_keys
from register.publishing.showing import FRESH
from register.publishing.witnesses import Witnesses
from register.store.roles import Logins
from register.tlog.hashing import EMPTY
from register.tlog.notes import Key
from register.verify import Files as Looked
from register.verify import Log, policy_of
from tests.faults.breaking import LOST, UNHEARD
from tests.faults.losing import Broken, Fate, breaks, forgotten
from tests.publishing.recorded import ORIGIN, publication, record
from tests.publishing.witnessing import OurWitness, Reply, policy, served
from tests.tlog.published import Texts

TEXTS = Texts(40)
FIRST, THEN, LAST = 10, 30, 40
START = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Run:
    """Runs over one directory, with two witnesses of which both are a quorum."""

    def __init__(self, logins: Logins) -> None:
        self.logins, self.wait, self.where = logins, False, Path()
        self.witnesses = OurWitness("archive", self.keys), OurWitness("press", self.keys)

    def keys(self) -> tuple[Key, ...]:
        return make_keys(self.where / "keys", ORIGIN).current

    def begin(self, where: Path) -> None:
        """Everything anew, what the witnesses know as well."""
        forgotten(self.logins)
        self.where = where
        for each in self.witnesses:
            each.size, each.root = 0, EMPTY

    async def go(self, now: datetime, fate: Fate | None = None) -> None:
        """Publish what there is, and then let an hour pass in which nothing comes."""
        self.witnesses[0].behave = questions(self.witnesses[0], fate) if fate is not None else lambda _: None
        moment = [now]
        asked = Witnesses(policy(2, *self.witnesses), wait=self.wait)
        async with asked, publication(self.logins, self.where, now=lambda: moment[0], witnesses=asked) as ours:
            if fate is not None:
                breaks(ours, fate)
            await ours.resume()
            while await ours.step():
                pass
            moment[0] += FRESH
            await ours.step()

    def found(self) -> list[object]:
        """What is wrong with the files, or with what the database kept of the signatures."""
        wanted = policy_of(policy(2, *self.witnesses).text.encode())
        log = Log(Looked(self.where / "log"), [key.vkey for key in self.keys()], policy=wanted)
        found = list[object](log.run().findings)
        with psycopg.connect(self.logins.app) as connection:
            found += cosigned(connection, log)
        assert log.report.size == LAST
        assert len(log.report.cosigned_by) == 2
        return found


def questions(witness: OurWitness, fate: Fate) -> Callable[[bytes], Reply | None]:
    """A question that does not arrive, or is answered and the answer does not come back."""

    def behave(body: bytes) -> Reply | None:
        if fate.strikes(LOST):
            return 503, "text/plain", b""
        answer = witness.honest(body)
        return (502, "text/plain", b"") if fate.strikes(UNHEARD) else answer

    return behave


@pytest.fixture
def run(logins: Logins) -> Iterator[Run]:
    """Both witnesses answer on ports of their own."""
    made = Run(logins)
    with served(*made.witnesses):
        yield made


@pytest.mark.parametrize("wait", [False, True], ids=["publish", "wait"])
@pytest.mark.parametrize("fate", [LOST, UNHEARD])
async def test_the_next_run_finishes_what_a_failed_write_or_question_left(
    run: Run, tmp_path: Path, fate: str, *, wait: bool
) -> None:
    run.wait = wait
    at = 0
    while True:
        at += 1
        run.begin(tmp_path / str(at))
        await record(run.logins, TEXTS, 0, FIRST)
        await run.go(START)
        await record(run.logins, TEXTS, FIRST, THEN)
        struck = Fate(at, fate)
        with suppress(Broken, psycopg.OperationalError):
            await run.go(START + 2 * FRESH, struck)
        if struck.met < at:
            break
        # What was shown by then is shown again, whatever comes next.
        before = (run.where / "log" / "checkpoint").read_bytes()
        await record(run.logins, TEXTS, THEN, LAST)
        await run.go(START + 4 * FRESH)
        assert run.found() == [], f"write {at}, {fate}"
        said = kept(run.logins)
        assert before in said, f"write {at}, {fate}: what was shown was not kept"
    assert at > 11, (
        "the checkpoint, questions at the start, then and after an hour, what was signed twice, bundle, tile and files"
    )


def kept(logins: Logins) -> set[bytes]:
    """Every note that was ever kept."""
    with psycopg.connect(logins.owner) as connection:
        rows = connection.execute("SELECT note FROM log.checkpoints UNION SELECT note FROM log.cosigned").fetchall()
    return {bytes(note) for (note,) in rows}
