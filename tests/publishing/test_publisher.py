"""Publishing beside a running register: one of many does it, soon after an entry, and it says why when it does not."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from time import monotonic

import psycopg

from register.publishing.keys import finish, make_keys, read_keys, rotate
from register.publishing.publisher import Publisher
from register.publishing.witnessed import witnessed
from register.publishing.witnesses import DEADLINE, Witnesses
from register.store.roles import Logins
from register.verify import Files, Log
from tests.publishing.recorded import ORIGIN, found_in, record, size_of
from tests.publishing.witnessing import OurWitness, always, policy, served, slow
from tests.tlog.published import Texts

TEXTS = Texts(60)


def publisher(
    logins: Logins, where: Path, origin: str | None = ORIGIN, witnesses: Witnesses | None = None
) -> Publisher:
    return Publisher(logins.app, where, origin=origin, otherwise="127.0.0.1/mra/log", witnesses=witnesses)


async def until(done: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = monotonic() + seconds
    while not done():
        assert monotonic() < deadline, "it did not come"
        await asyncio.sleep(0.02)


async def test_an_entry_is_published_soon_after_it_was_recorded(logins: Logins, tmp_path: Path) -> None:
    async with publisher(logins, tmp_path):
        for end in (1, 2, 3):
            await record(logins, TEXTS, end - 1, end)
            await until(lambda: size_of(tmp_path) == end, 3)  # noqa: B023  # waited for before the next one
    assert found_in(tmp_path) == []


async def test_of_two_at_once_one_publishes_and_the_other_takes_over(logins: Logins, tmp_path: Path) -> None:
    """Over one directory and over two: the locks of the directory and of the database hold each other's."""
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(publisher(logins, tmp_path / "a"))
        await record(logins, TEXTS, 0, 5)
        await until(lambda: size_of(tmp_path / "a") == 5)
        await stack.enter_async_context(publisher(logins, tmp_path / "a"))
        await stack.enter_async_context(publisher(logins, tmp_path / "b"))
        for end in range(6, 26):
            await record(logins, TEXTS, end - 1, end)
        await until(lambda: size_of(tmp_path / "a") == 25)
        assert not (tmp_path / "b" / "log").exists()
        await first.__aexit__(None, None, None)
        await record(logins, TEXTS, 25, 26)
        # Where the keys of the log are not, nobody goes on with it: the lock comes to who has them.
        await until(lambda: size_of(tmp_path / "a") == 26, 15)
    assert not (tmp_path / "b" / "log").exists()
    with psycopg.connect(logins.owner) as connection:
        rows = connection.execute("SELECT size FROM log.checkpoints ORDER BY size").fetchall()
    sizes = [size for (size,) in rows]
    assert len(set(sizes)) == len(sizes)
    assert found_in(tmp_path / "a") == []


async def test_a_directory_that_is_taken_away_while_it_runs_is_written_again_whole(
    logins: Logins, tmp_path: Path
) -> None:
    """Also when nothing more is recorded; never a checkpoint without the files that it speaks of."""
    async with publisher(logins, tmp_path):
        await record(logins, TEXTS, 0, 10)
        await until(lambda: size_of(tmp_path) == 10)
        shutil.rmtree(tmp_path / "log")
        await until(lambda: size_of(tmp_path) == 10)
        assert found_in(tmp_path) == []
        shutil.rmtree(tmp_path / "log")
        await record(logins, TEXTS, 10, 20)
        await until(lambda: size_of(tmp_path) == 20)
        assert found_in(tmp_path) == []


async def test_keys_are_replaced_while_it_runs_and_every_checkpoint_stays_sound(logins: Logins, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    async with publisher(logins, tmp_path):
        await record(logins, TEXTS, 0, 1)
        await until(lambda: size_of(tmp_path) == 1)
        rotate(keys)
        await record(logins, TEXTS, 1, 2)
        await until(lambda: size_of(tmp_path) == 2)
        assert found_in(tmp_path) == []
        finish(keys, (tmp_path / "log" / "checkpoint").read_bytes())
        await record(logins, TEXTS, 2, 3)
        await until(lambda: size_of(tmp_path) == 3)
    now = read_keys(keys)
    assert now is not None
    log = Log(Files(tmp_path / "log"), [key.vkey for key in now.current], known=[key.vkey for key in now.former])
    assert log.run().findings == []
    assert (tmp_path / "log" / "policy").read_text() == now.told()
    # Without the former keys, whoever signed the first checkpoint is a stranger.
    strange = Log(Files(tmp_path / "log"), [key.vkey for key in now.current]).run().findings
    assert {"checkpoints/1", "checkpoints/2"} <= {finding.file for finding in strange}


async def test_keys_that_vanish_while_it_runs_are_not_replaced_by_others(logins: Logins, tmp_path: Path) -> None:
    async with publisher(logins, tmp_path) as ours:
        await record(logins, TEXTS, 0, 1)
        await until(lambda: size_of(tmp_path) == 1)
        (tmp_path / "keys" / "log-1.key").rename(tmp_path / "kept")
        await record(logins, TEXTS, 1, 2)
        await until(lambda: "put them back" in ours.refused)
        assert not list((tmp_path / "keys").glob("log-*"))
        make_keys(tmp_path / "keys", ORIGIN)
    async with publisher(logins, tmp_path) as strange:
        await until(lambda: "not those that signed" in strange.refused)
    (tmp_path / "kept").replace(tmp_path / "keys" / "log-1.key")
    async with publisher(logins, tmp_path):
        await until(lambda: size_of(tmp_path) == 2)
    assert found_in(tmp_path) == []


async def test_a_disk_that_cannot_be_written_is_told_and_tried_again(logins: Logins, tmp_path: Path) -> None:
    (tmp_path / "log.part").write_text("in the way")
    async with publisher(logins, tmp_path) as ours:
        await record(logins, TEXTS, 0, 1)
        await until(lambda: "interrupted" in ours.refused)
        (tmp_path / "log.part").unlink()
        await until(lambda: size_of(tmp_path) == 1)
        await until(lambda: not ours.refused)
    assert found_in(tmp_path) == []


async def test_why_nothing_is_published_is_told(logins: Logins, tmp_path: Path) -> None:
    async with publisher(logins, tmp_path):
        await record(logins, TEXTS, 0, 1)
        await until(lambda: size_of(tmp_path) == 1)
    async with publisher(logins, tmp_path, "other.example.nl/log") as other:
        await until(lambda: "a log keeps its name" in other.refused)
    (tmp_path / "keys" / "log-1.key").rename(tmp_path / "kept")
    async with publisher(logins, tmp_path) as lost:
        await until(lambda: "put them back" in lost.refused)
    (tmp_path / "kept").rename(tmp_path / "keys" / "log-1.key")
    async with publisher(logins, tmp_path, None):
        await record(logins, TEXTS, 1, 2)
        await until(lambda: size_of(tmp_path) == 2)


async def test_a_slow_witness_holds_publishing_up_once_and_no_longer_than_its_deadline(
    logins: Logins, tmp_path: Path
) -> None:
    keys = lambda: make_keys(tmp_path / "keys", ORIGIN).current  # noqa: E731  # asked anew each time
    fast, late = OurWitness("fast", keys), OurWitness("late", keys)
    late.behave = slow(4 * DEADLINE)
    took: list[float] = []
    with served(fast, late):
        async with publisher(logins, tmp_path, witnesses=Witnesses(policy(1, fast, late))) as ours:
            for end in range(1, 13):
                began = monotonic()
                await record(logins, TEXTS, end - 1, end)
                await until(lambda: size_of(tmp_path) == end, 8)  # noqa: B023  # waited for before the next one
                took.append(monotonic() - began)
            told = witnessed((tmp_path / "log" / "checkpoint").read_bytes(), ours.witnesses)
    assert (told.quorum, [bool(each.cosigned_at) for each in told.witnesses]) == (True, [True, False])
    assert "within 2 seconds" in told.witnesses[1].not_because
    # It was asked before the first signature, and again after two seconds, four, eight: not at each checkpoint.
    assert len(late.asked) <= 4
    assert sum(seconds > DEADLINE / 2 for seconds in took) <= 4, took
    assert max(took) < 2 * DEADLINE + 2, took


async def test_what_waits_for_a_quorum_is_told_until_enough_have_signed(logins: Logins, tmp_path: Path) -> None:
    witness = OurWitness("archive", lambda: make_keys(tmp_path / "keys", ORIGIN).current)
    with served(witness):
        asked = Witnesses(policy(1, witness), wait=True)
        async with publisher(logins, tmp_path, witnesses=asked) as ours:
            await record(logins, TEXTS, 0, 1)
            await until(lambda: size_of(tmp_path) == 1)
            witness.behave = always(503)
            await record(logins, TEXTS, 1, 2)
            await until(lambda: ours.waiting == 2)
            assert "the checkpoint of 2 entries is signed, and waits" in ours.refused
            assert size_of(tmp_path) == 1
            witness.behave = lambda _: None
            await until(lambda: size_of(tmp_path) == 2)
            await until(lambda: not ours.refused)
