"""A witness that is dead, late or back again holds nobody up, and without a quorum nothing newer is shown where that is wanted."""

from __future__ import annotations

from pathlib import Path

from register.publishing.files import Files
from register.publishing.witnesses import Witnesses
from register.store.roles import Logins
from tests.publishing.asked import TEXTS, publish, signed_by
from tests.publishing.recorded import publication, record
from tests.publishing.test_publication import tree
from tests.publishing.witnessing import PATIENT, OurWitness, always, policy, slow


async def test_one_that_is_dead_is_not_waited_for_each_time(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness]
) -> None:
    pair[0].behave = slow(0.5)
    clock = [0.0]
    asked = Witnesses(policy(1, *pair), deadline=0.2, clock=lambda: clock[0])
    async with asked, publication(logins, tmp_path, witnesses=asked) as ours:
        await ours.resume()
        for end in range(1, 11):
            await record(logins, TEXTS, end - 1, end)
            assert await ours.step()
        assert len(pair[0].asked) == 1
        assert len(pair[1].asked) >= 10
        for passed, count in ((1, 1), (3, 2), (6, 2), (8, 3), (15, 3), (100, 4), (115, 4)):
            clock[0] = float(passed)
            await ours.step()
            assert len(pair[0].asked) == count, passed
        # The pause becomes no longer than five minutes.
        for count in range(5, 15):
            clock[0] += 301
            await ours.step()
            assert len(pair[0].asked) == count


async def test_one_that_comes_back_signs_what_is_shown(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness]
) -> None:
    pair[0].behave = always(503)
    clock = [0.0]
    await record(logins, TEXTS, 0, 5)
    async with Witnesses(policy(2, *pair), deadline=PATIENT, clock=lambda: clock[0]) as asked:
        async with publication(logins, tmp_path, witnesses=asked) as ours:
            await ours.resume()
            assert await ours.step()
            assert signed_by(tmp_path, asked) == {"press"}
            pair[0].behave = lambda _: None
            assert not await ours.step()
            assert signed_by(tmp_path, asked) == {"press"}
            clock[0] = 10.0
            assert not await ours.step()
            assert signed_by(tmp_path, asked) == {"archive", "press"}
            first = (tmp_path / "log" / "checkpoints" / "5").read_bytes()
            assert signed_by(tmp_path, asked, "checkpoints/5") == {"press"}
        await publish(logins, tmp_path, asked)
        assert signed_by(tmp_path, asked) == {"archive", "press"}
        assert (tmp_path / "log" / "checkpoints" / "5").read_bytes() == first


async def test_nothing_newer_is_shown_without_a_quorum_where_that_is_wanted(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness]
) -> None:
    clock = [0.0]
    await record(logins, TEXTS, 0, 5)
    async with Witnesses(policy(2, *pair), deadline=PATIENT, wait=True, clock=lambda: clock[0]) as asked:
        assert await publish(logins, tmp_path, asked) == 0
        before = tree(tmp_path / "log")
        pair[1].behave = always(500)
        await record(logins, TEXTS, 5, 290)
        assert await publish(logins, tmp_path, asked) == 290
        await record(logins, TEXTS, 290, 300)
        clock[0] = 10.0
        assert await publish(logins, tmp_path, asked) == 290
        assert tree(tmp_path / "log") == before
        pair[1].behave = lambda _: None
        clock[0] = 20.0
        assert await publish(logins, tmp_path, asked) == 0
        assert signed_by(tmp_path, asked) == {"archive", "press"}
    assert sorted(Files(tmp_path / "log").names("checkpoints")) == [f"checkpoints/{size}" for size in (290, 300, 5)]
