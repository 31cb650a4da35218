"""Witnesses sign what is published: what each answers is handled, none holds the others up, and none is believed unchecked."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import pytest
from tlog_scales.signing import Vkey, VkeySet
from tlog_scales.tlog import Checkpoint as TheirCheckpoint

from register.publishing.keys import make_keys
from register.publishing.witnesses import Witnesses
from register.store.roles import Logins
from register.tlog.notes import Note
from register.tlog.policies import Policy, Witness
from tests.publishing.asked import TEXTS, publish, signed_by
from tests.publishing.recorded import ORIGIN, record
from tests.publishing.test_publication import tree
from tests.publishing.witnessing import PATIENT, OurWitness, always, policy, slow


async def test_each_checkpoint_is_signed_by_all(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness]
) -> None:
    async with Witnesses(policy(2, *pair), deadline=PATIENT) as asked:
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
    async with Witnesses(policy(2, *pair), deadline=PATIENT) as asked:
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
    async with Witnesses(policy(2, *pair), deadline=PATIENT) as asked:
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
    async with Witnesses(policy(1, pair[0]), deadline=PATIENT) as asked:
        await publish(logins, tmp_path, asked)
    note = Note.read((tmp_path / "log" / "checkpoint").read_bytes())
    assert [line.name for line in note.signatures] == [ORIGIN, ORIGIN, "archive"]


async def test_a_witness_with_two_keys_is_asked_once_and_others_take_both(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness]
) -> None:
    classic, lasting = pair[0].keys
    both = Policy((Witness("classic", classic, pair[0].url), Witness("lasting", lasting, pair[0].url)), (), "lasting")
    await record(logins, TEXTS, 0, 5)
    async with Witnesses(both, deadline=PATIENT) as asked:
        await publish(logins, tmp_path, asked)
    assert len(pair[0].asked) == 2, "before the first signature, and for it"
    theirs = TheirCheckpoint.from_text((tmp_path / "log" / "checkpoint").read_text())
    valid = VkeySet(Vkey.from_string(classic.vkey), Vkey.from_string(lasting.vkey)).verify(theirs.signatures, theirs)
    assert {(vkey.name, vkey.sig_type) for vkey, _ in valid} == {("archive", 4), ("archive", 6)}
