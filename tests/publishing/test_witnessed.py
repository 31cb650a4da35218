"""Witnesses sign what is published: what each answers is handled, none holds the others up, and none is believed unchecked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import psycopg
import pytest
from tlog_scales.signing import Vkey, VkeySet
from tlog_scales.tlog import Checkpoint as TheirCheckpoint

from api.checking.bookkeeping import bookkeeping
from api.checking.cosigned import cosigned
from register.publishing.files import Files
from register.publishing.keys import finish, make_keys, rotate
from register.publishing.refusing import PublishingRefused
from register.publishing.showing import FRESH
from register.publishing.witnesses import Witnesses
from register.store.roles import Logins
from register.tlog.notes import Note
from register.tlog.policies import Policy, Witness
from register.tlog.witnessing import cosigners
from register.verify import Files as Looked
from register.verify import Log, policy_of
from tests.publishing.recorded import ORIGIN, found_in, publication, record
from tests.publishing.test_publication import changed, tree
from tests.publishing.witnessing import OurWitness, always, policy, served, slow
from tests.tlog.published import Texts

TEXTS = Texts(300)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[OurWitness, OurWitness]]:
    """Two witnesses that know the log and its keys."""
    keys = lambda: make_keys(tmp_path / "keys", ORIGIN).current  # noqa: E731  # asked anew each time
    first, second = OurWitness("archive", keys), OurWitness("press", keys)
    with served(first, second):
        yield first, second


def signed_by(where: Path, asked: Witnesses, name: str = "checkpoint") -> set[str]:
    raw = Files(where / "log").read(name)
    return set(cosigners(Note.read(raw), asked.policy.witnesses)) if raw else set()


async def publish(logins: Logins, where: Path, asked: Witnesses, now: datetime | None = None) -> int:
    """One run over all there is; the size that waits for witnesses."""
    async with publication(logins, where, now=now, witnesses=asked) as ours:
        await ours.resume()
        while await ours.step():
            pass
        return ours.waiting


async def test_each_checkpoint_is_signed_by_all(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness]
) -> None:
    async with Witnesses(policy(2, *pair)) as asked:
        for first, end in ((0, 1), (1, 200), (200, 300)):
            await record(logins, TEXTS, first, end)
            await publish(logins, tmp_path, asked)
            assert (
                signed_by(tmp_path, asked) == signed_by(tmp_path, asked, f"checkpoints/{end}") == {"archive", "press"}
            )
    assert (pair[0].size, pair[1].size) == (300, 300)
    told = (tmp_path / "log" / "policy").read_text()
    assert told == make_keys(tmp_path / "keys", ORIGIN).told(asked.policy.text)
    assert told.endswith("group enough 2 archive press\nquorum enough\n")


async def test_a_lost_directory_is_written_again_with_what_witnesses_signed(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness]
) -> None:
    async with Witnesses(policy(2, *pair)) as asked:
        for first, end in ((0, 7), (7, 20)):
            await record(logins, TEXTS, first, end)
            await publish(logins, tmp_path, asked)
        before = tree(tmp_path / "log")
        (tmp_path / "log").rename(tmp_path / "lost")
        await publish(logins, tmp_path, asked)
    assert tree(tmp_path / "log") == before


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (always(404), "does not know this log"),
        (always(403), "does not take the signature"),
        (always(400), "could not make anything"),
        (always(429), "too often"),
        (always(500, b"x" * 100), "it answered 500"),
        (always(302), "it answered 302"),
        (always(200), "no signature"),
        (always(200, b"\xff"), "no signature"),
        (always(200, b"hello\n"), "no signature"),
        (always(200, b"x" * 100_000), "longer than"),
        (always(409), "does not say which"),
        (always(409, b"many\n", "text/x.tlog.size"), "does not say which"),
        (always(409, b"0\n", "text/x.tlog.size"), "contradicts itself"),
        (always(409, "\u0663\n".encode(), "text/x.tlog.size"), "does not say which"),
        (slow(1.0), "within 0.4 seconds"),
    ],
)
async def test_what_one_answers_is_remembered_and_the_other_signs(
    logins: Logins,
    tmp_path: Path,
    pair: tuple[OurWitness, OurWitness],
    answer: object,
    reason: str,
) -> None:
    pair[0].behave = answer  # type: ignore[assignment]  # each of them gives an answer, or waits and leaves it to the honest one
    await record(logins, TEXTS, 0, 5)
    began = monotonic()
    async with Witnesses(policy(2, *pair), deadline=0.4) as asked:
        await publish(logins, tmp_path, asked)
        assert monotonic() - began < 3
        assert signed_by(tmp_path, asked) == {"press"}
        assert reason in asked.reason("archive")
        assert asked.reason("press") == ""


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (lambda w, text: w.signatures(text + "more\n"), "not one of this checkpoint"),
        (lambda w, text: OurWitness(w.name, w.log).signatures(text), "key that is known"),
        (lambda w, text: OurWitness("other", w.log).signatures(text), "key that is known"),
        (lambda w, text: w.signatures(text, 0), "clock"),
        (lambda w, text: w.signatures(text, (1 << 63) - 1), "clock"),
    ],
    ids=["another text", "another key", "another name", "1970", "the far future"],
)
async def test_a_signature_that_is_not_right_is_not_used(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness], lines: object, reason: str
) -> None:
    liar = pair[0]

    def lie(body: bytes) -> tuple[int, str, bytes]:
        note = Note.read(body.partition(b"\n\n")[2])
        return 200, "text/plain", "".join(line.line for line in lines(liar, note.text)).encode()  # type: ignore[operator]  # as above

    liar.behave = lie
    await record(logins, TEXTS, 0, 5)
    async with Witnesses(policy(2, *pair)) as asked:
        await publish(logins, tmp_path, asked)
        assert reason in asked.reason("archive")
    raw = (tmp_path / "log" / "checkpoint").read_text()
    assert "archive" not in raw
    assert "press" in raw


async def test_lines_of_others_are_left_out(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness]
) -> None:
    """A witness signs with two keys, of which one is in the policy; and somebody adds a line of a stranger."""
    await record(logins, TEXTS, 0, 5)
    async with Witnesses(policy(1, pair[0])) as asked:
        await publish(logins, tmp_path, asked)
    note = Note.read((tmp_path / "log" / "checkpoint").read_bytes())
    assert [line.name for line in note.signatures] == [ORIGIN, ORIGIN, "archive"]


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
    async with Witnesses(policy(2, *pair), clock=lambda: clock[0]) as asked:
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
    async with Witnesses(policy(2, *pair), wait=True, clock=lambda: clock[0]) as asked:
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


async def test_a_log_without_news_is_signed_again_every_hour_over_the_same_root(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness]
) -> None:
    await record(logins, TEXTS, 0, 5)
    path = tmp_path / "log" / "checkpoint"
    async with Witnesses(policy(2, *pair)) as asked:
        await publish(logins, tmp_path, asked, NOW)
        first = path.read_bytes()
        await publish(logins, tmp_path, asked, NOW + FRESH - timedelta(seconds=1))
        assert path.read_bytes() == first
        pair[0].behave = always(500)
        await publish(logins, tmp_path, asked, NOW + FRESH)
        again = Note.read(path.read_bytes())
        assert again.raw != first
        assert again.text == Note.read(first).text
        assert signed_by(tmp_path, asked) == {"archive", "press"}, "what one signed before still holds"
        assert (tmp_path / "log" / "checkpoints" / "5").read_bytes() == first
        await record(logins, TEXTS, 5, 6)
        await publish(logins, tmp_path, asked, NOW)
    with psycopg.connect(logins.owner) as connection:
        rows = connection.execute(
            "SELECT size, at FROM log.checkpoints UNION ALL SELECT size, at FROM log.cosigned ORDER BY size, at"
        ).fetchall()
    assert rows == [(5, NOW), (5, NOW), (5, NOW + FRESH), (6, NOW + FRESH), (6, NOW + FRESH)]


async def test_a_log_without_witnesses_is_signed_again_every_hour_as_well(logins: Logins, tmp_path: Path) -> None:
    await record(logins, TEXTS, 0, 5)
    async with Witnesses() as nobody:
        await publish(logins, tmp_path, nobody, NOW)
        first = tree(tmp_path / "log")
        rotate(tmp_path / "keys")
        await publish(logins, tmp_path, nobody, NOW + FRESH)
        assert found_in(tmp_path) == []
        # The newer keys have signed, so the older ones can go, although nothing was recorded.
        finish(tmp_path / "keys", (tmp_path / "log" / "checkpoint").read_bytes())
        await publish(logins, tmp_path, nobody, NOW + 2 * FRESH)
    last = tree(tmp_path / "log")
    assert {name for name in first if first[name] != last[name]} == {"checkpoint", "policy"}


async def test_what_was_signed_again_after_the_database_was_copied_is_kept_again(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness]
) -> None:
    """The same entries, so no other log: a database of an hour ago goes on, and shows nothing older than what was shown."""
    await record(logins, TEXTS, 0, 5)
    path = tmp_path / "log" / "checkpoint"
    async with Witnesses(policy(2, *pair)) as asked:
        await publish(logins, tmp_path, asked, NOW)
        await publish(logins, tmp_path, asked, NOW + FRESH)
        shown = path.read_bytes()
        changed(logins, "DELETE FROM log.cosigned WHERE kind = 'again'")
        await publish(logins, tmp_path, asked, NOW)
        assert path.read_bytes() == shown
        await publish(logins, tmp_path, asked, NOW + 2 * FRESH)
        assert path.read_bytes() != shown
    with psycopg.connect(logins.owner) as connection:
        rows = connection.execute("SELECT number, kind, at FROM log.cosigned ORDER BY number").fetchall()
    assert rows == [(0, "shown", NOW), (1, "again", NOW + FRESH), (2, "again", NOW + 2 * FRESH)]


def older(logins: Logins, size: int) -> None:
    """The database as it was in a backup, and the files with it."""
    with psycopg.connect(logins.owner, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in (
            "DELETE FROM log.events WHERE position >= %s",
            "DELETE FROM log.commands WHERE first >= %s",
            "DELETE FROM log.cosigned WHERE size > %s",
            "DELETE FROM log.checkpoints WHERE size > %s",
            "UPDATE log.head SET next = %s",
        ):
            connection.execute(statement, (size,))
        connection.execute("DELETE FROM log.openings")


@pytest.mark.parametrize("left", [0, 5])
async def test_a_database_of_an_older_backup_is_refused_by_what_a_witness_saw(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness], left: int
) -> None:
    """Directory and database were both put back, so that nothing here can tell."""
    async with Witnesses(policy(1, *pair)) as asked:
        for first, end in ((0, 5), (5, 30)):
            await record(logins, TEXTS, first, end)
            await publish(logins, tmp_path, asked)
        await asyncio.to_thread(older, logins, left)
        (tmp_path / "log").rename(tmp_path / "put away")
        await record(logins, Texts(40), left, 40)
        before = len(rows(logins))
        for _ in range(2):
            async with Witnesses(policy(1, *pair)) as anew:
                with pytest.raises(PublishingRefused, match="saw 30 entries of it, and"):
                    await publish(logins, tmp_path, anew)
                # And it stays so for as long as this process lives, also when that one no longer answers.
                pair[0].behave = pair[1].behave = always(500)
                with pytest.raises(PublishingRefused, match="older backup"):
                    await publish(logins, tmp_path, anew)
                pair[0].behave = pair[1].behave = lambda _: None
    assert len(rows(logins)) == before, "nothing was signed"
    assert not (tmp_path / "log" / "checkpoint").exists()


def rows(logins: Logins) -> list[tuple[object, ...]]:
    with psycopg.connect(logins.owner) as connection:
        return connection.execute("SELECT size FROM log.checkpoints").fetchall()


@pytest.mark.parametrize("answer", [None, always(409)], ids=["as specified", "409 without a size"])
async def test_another_log_of_the_same_size_is_refused(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness], answer: object
) -> None:
    await record(logins, TEXTS, 0, 5)
    async with Witnesses(policy(1, *pair)) as asked:
        await publish(logins, tmp_path, asked)
        pair[0].root = b"another root of that size, surely"[:32]
        if answer is not None:
            # Some programs answer a fork so, and tell their size only to who says that it is nothing.
            pair[0].behave = lambda body: None if body.startswith(b"old 0") else (409, "text/plain", b"")
        await record(logins, TEXTS, 5, 6)
        async with Witnesses(policy(1, *pair)) as anew:
            with pytest.raises(PublishingRefused, match="the witness archive saw another log"):
                await publish(logins, tmp_path, anew)
    assert rows(logins) == [(5,)]


async def test_a_witness_with_two_keys_is_asked_once_and_others_take_both(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness]
) -> None:
    classic, lasting = pair[0].keys
    both = Policy((Witness("classic", classic, pair[0].url), Witness("lasting", lasting, pair[0].url)), (), "lasting")
    await record(logins, TEXTS, 0, 5)
    async with Witnesses(both) as asked:
        await publish(logins, tmp_path, asked)
    assert len(pair[0].asked) == 2, "before the first signature, and for it"
    theirs = TheirCheckpoint.from_text((tmp_path / "log" / "checkpoint").read_text())
    valid = VkeySet(Vkey.from_string(classic.vkey), Vkey.from_string(lasting.vkey)).verify(theirs.signatures, theirs)
    assert {(vkey.name, vkey.sig_type) for vkey, _ in valid} == {("archive", 4), ("archive", 6)}


async def test_the_database_takes_no_note_over_anything_but_the_last_checkpoint(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness]
) -> None:
    async with Witnesses(policy(1, *pair)) as asked:
        for first, end in ((0, 5), (5, 9)):
            await record(logins, TEXTS, first, end)
            await publish(logins, tmp_path, asked)
    row = "SELECT size, number, kind, note, at FROM log.cosigned WHERE size = 9"
    with psycopg.connect(logins.app, autocommit=True) as connection:
        for size, number, kind, ago, note in (
            (9, 1, "shown", 0, "note"),
            (9, 1, "waiting", 0, "note"),
            (9, 0, "again", 0, "note"),
            (9, 2, "again", 0, "note"),
            (9, 1, "again", 1, "note"),
            (5, 1, "again", 0, "note"),
            (9, 1, "again", 0, "overlay(note placing 'x' from 3)"),
            (9, 1, "again", 0, "'register.example.nl/log'::bytea"),
        ):
            with pytest.raises((psycopg.errors.RestrictViolation, psycopg.errors.UniqueViolation)):
                connection.execute(
                    f"INSERT INTO log.cosigned SELECT %s, %s, %s, {note}, at - %s * interval '1 s' FROM ({row}) r".encode(),  # noqa: S608  # the cases are above
                    (size, number, kind, ago),
                )
        done = connection.execute(f"INSERT INTO log.cosigned SELECT 9, 1, 'again', note, at FROM ({row}) r".encode())  # noqa: S608  # as above
        assert done.rowcount == 1


async def test_every_changed_row_of_what_was_signed_is_named(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness]
) -> None:
    async with Witnesses(policy(1, *pair)) as asked:
        for hours, (first, end) in enumerate(((0, 5), (5, 9))):
            await record(logins, TEXTS, first, end)
            await publish(logins, tmp_path, asked, NOW + 2 * hours * FRESH)
            await publish(logins, tmp_path, asked, NOW + (2 * hours + 1) * FRESH)
        wanted = policy_of(asked.policy.text.encode())
    log = Log(
        Looked(tmp_path / "log"), [key.vkey for key in make_keys(tmp_path / "keys", ORIGIN).current], policy=wanted
    )
    assert log.run().findings == []
    with psycopg.connect(logins.owner) as connection:
        connection.execute("SET session_replication_role = replica")
        assert [*cosigned(connection, log)] == []
        for size, number, change, column in (
            (5, 0, "note = overlay(note placing 'x' from 40)", "note"),
            (5, 1, "note = overlay(note placing 'x' from octet_length(note) - 9)", "note"),
            (9, 1, "note = (SELECT note FROM log.cosigned WHERE size = 5 AND number = 0)", "note"),
            (9, 0, "kind = 'waiting'", None),
            (9, 0, "kind = 'again'", None),
            (9, 1, "kind = 'waiting'", "kind"),
            (5, 1, "number = 2", "number"),
            (9, 1, "at = at + interval '1 s'", "at"),
            (9, 0, "at = at - interval '1 s'", "at"),
        ):
            with connection.transaction(force_rollback=True):
                changed = f"UPDATE log.cosigned SET {change} WHERE size = %s AND number = %s"  # noqa: S608  # the cases are above
                connection.execute(changed.encode(), (size, number))
                found = [*cosigned(connection, log), *bookkeeping(connection, log, None).wrong]
                assert found, change
                if column is not None:
                    assert any((each.where, each.column) == ("log.cosigned", column) for each in found), change
        with connection.transaction(force_rollback=True):
            connection.execute("DELETE FROM log.cosigned WHERE size = 9 AND number = 1")
            assert any(each.where == "checkpoint" for each in cosigned(connection, log))
