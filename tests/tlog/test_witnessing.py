"""What a witness answers is understood or declined with a reason, whatever bytes come; and no signature is taken unchecked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from register.tlog.checkpoints import Checkpoint
from register.tlog.cosigning import cosign, cosign_ml_dsa, ed25519_key, ml_dsa_key
from register.tlog.notes import COSIGNED_ED25519, Note, Signature
from register.tlog.policies import Witness
from register.tlog.witnessing import (
    REASONS,
    SIZE,
    Answer,
    Cosigned,
    Declined,
    Knows,
    cosigners,
    meaning,
    of_log,
    question,
    with_lines,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
AT = int(NOW.timestamp())
TEXT = Checkpoint("register.example.nl/log", 300, bytes(32)).text
CLASSIC, LASTING = Ed25519PrivateKey.from_private_bytes(b"w" * 32), MLDSA44PrivateKey.from_seed_bytes(b"w" * 32)
NAME = "witness.example.org"
WITNESSES = (
    Witness("classic", ed25519_key(NAME, CLASSIC, COSIGNED_ED25519)),
    Witness("lasting", ml_dsa_key(NAME, LASTING)),
)
LINES = (cosign(TEXT, NAME, CLASSIC, AT), cosign_ml_dsa(TEXT, NAME, LASTING, AT))


def said(status: int, body: bytes = b"", media_type: str = "text/plain", old: int = 200) -> Cosigned | Knows | Declined:
    return meaning(Answer(status, media_type, body), old, TEXT, WITNESSES, NOW)


def body(*lines: Signature) -> bytes:
    return "".join(line.line for line in lines).encode()


def test_a_question_is_the_old_size_the_hashes_and_the_note() -> None:
    assert question(0, [], b"note") == b"old 0\n\nnote"
    assert question(7, [bytes(32), b"\xff" * 32], b"note").decode() == (f"old 7\n{'A' * 43}=\n{'/' * 42}8=\n\nnote")


def test_both_kinds_of_signature_are_taken() -> None:
    assert said(200, body(*LINES)) == Cosigned(LINES)
    note = Note(TEXT, LINES)
    assert cosigners(note, WITNESSES) == {"classic": NOW, "lasting": NOW}


def test_only_lines_by_keys_that_are_expected_are_taken() -> None:
    stranger = cosign(TEXT, "stranger.example.org", Ed25519PrivateKey.generate(), AT)
    assert said(200, body(stranger, LINES[0])) == Cosigned(LINES[:1])
    assert isinstance(said(200, body(stranger)), Declined)


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("at", [0, 3, 11, 40, -1])
def test_a_signature_with_one_other_byte_is_declined(number: int, at: int) -> None:
    line = LINES[number]
    raw = bytearray(line.signature)
    raw[at] ^= 1
    changed = Signature(line.name, line.id, bytes(raw))
    assert isinstance(said(200, body(changed)), Declined)
    assert isinstance(said(200, body(changed, LINES[1 - number])), Declined), "one that lies once is not believed twice"
    assert cosigners(Note(TEXT, (changed,)), WITNESSES) == {}


def test_each_refusal_has_a_reason_of_its_own() -> None:
    found = [said(status) for status in (404, 403, 400, 422, 429, 500, 0, 999)]
    reasons = {each.reason for each in found if isinstance(each, Declined)}
    assert len(reasons) == len(found)
    assert set(REASONS.values()) < reasons


def test_what_follows_on_nothing_cannot_be_another_log() -> None:
    assert said(422, old=200) == Declined(REASONS[422], forked=True)
    assert said(422, old=0) == Declined(REASONS[422], forked=False)


@pytest.mark.parametrize(
    ("raw", "media_type", "size"),
    [
        (b"7\n", SIZE, 7),
        (b"0", SIZE, 0),
        (b"", SIZE, None),
        (b"007\n", SIZE, None),
        (b"-7\n", SIZE, None),
        (b"7\n7\n", SIZE, None),
        (b"9" * 19, SIZE, None),
        (b"7\n", "text/html", None),
    ],
)
def test_a_size_is_a_number_or_not_told(raw: bytes, media_type: str, size: int | None) -> None:
    assert said(409, raw, media_type) == Knows(size)


@given(
    st.integers(0, 999) | st.sampled_from([200, 409, 422]),
    st.binary(max_size=200) | st.text(max_size=100).map(lambda text: ("\u2014 " + text + "\n").encode()),
    st.sampled_from(["text/plain", SIZE, ""]),
)
def test_any_answer_is_understood_without_a_signature_that_nobody_made(status: int, raw: bytes, kind: str) -> None:
    assert not isinstance(said(status, raw, kind), Cosigned)


@given(st.lists(st.sampled_from([LINES[0], LINES[1], cosign(TEXT, NAME, CLASSIC, AT + 60)]), max_size=6))
def test_of_one_key_the_later_signature_stays(lines: list[Signature]) -> None:
    own = Signature("register.example.nl/log", b"1234", b"signature")
    note = with_lines(Note(TEXT, (own,)), lines)
    assert len({(line.name, line.id) for line in note.signatures}) == len(note.signatures)
    assert of_log(note, "register.example.nl/log").signatures == (own,)
    last = {line.id: line for line in lines}
    assert set(note.signatures) == {own, *last.values()}
