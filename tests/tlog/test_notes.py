"""Notes, checkpoints, cosignatures and proofs: the published vector, and every way in which one of them can be wrong."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from register.tlog.checkpoints import Checkpoint
from register.tlog.cosigning import cosign, cosign_ml_dsa, ed25519_key, ml_dsa_key, sign, time_of, verifier
from register.tlog.hashing import EMPTY
from register.tlog.notes import COSIGNED_ED25519, Key, NotANoteError, Note, Verifies, signed, signed_by
from register.tlog.proofs import Proof

# The example of the specification of signed notes.
VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SIGNATURE = "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
TEXT = "This is an example message.\n"
PUBLISHED = f"{TEXT}\n\u2014 example.com/foo {SIGNATURE}\n".encode()

ORIGIN = "register.example.nl/log"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(32))
WITNESS = Ed25519PrivateKey.from_private_bytes(b"w" * 32)
POST_QUANTUM = MLDSA44PrivateKey.from_seed_bytes(b"p" * 32)
LOG = Checkpoint(ORIGIN, 70_000, bytes(range(32)))
KEYS = (
    ed25519_key(ORIGIN, PRIVATE),
    ml_dsa_key(ORIGIN, POST_QUANTUM),
    ed25519_key("witness.example.org", WITNESS, COSIGNED_ED25519),
)


def checked(*keys: Key) -> dict[Key, Verifies]:
    return {key: verifier(key) for key in keys}


def whole() -> Note:
    signatures = (
        sign(LOG.text, ORIGIN, PRIVATE),
        cosign_ml_dsa(LOG.text, ORIGIN, POST_QUANTUM, 1_795_000_000),
        cosign(LOG.text, "witness.example.org", WITNESS, 1_795_000_001),
    )
    return signed(LOG.text, signatures)


def test_the_published_note_is_signed_by_its_key_and_written_again_byte_for_byte() -> None:
    key, note = Key.read(VKEY), Note.read(PUBLISHED)
    assert key.vkey == VKEY
    assert signed_by(note, checked(key)) == (key,)
    assert note.raw == PUBLISHED


def test_a_published_note_with_another_text_is_refused() -> None:
    note = Note.read(PUBLISHED.replace(b"example message", b"Example message"))
    with pytest.raises(NotANoteError, match=r"example\.com/foo"):
        signed_by(note, checked(Key.read(VKEY)))


def test_a_checkpoint_is_signed_by_both_keys_of_the_log_and_by_a_witness() -> None:
    note = Note.read(whole().raw)
    assert Checkpoint.read(note.text) == LOG
    assert signed_by(note, checked(*KEYS)) == KEYS
    assert time_of(note.signatures[2].signature) == 1_795_000_001
    assert [len(each.signature) for each in note.signatures] == [64, 8 + 2420, 8 + 64]


def test_a_signature_of_an_unknown_key_is_passed_over_and_proves_nothing() -> None:
    stranger = ed25519_key("stranger", Ed25519PrivateKey.generate())
    assert signed_by(whole(), checked(stranger)) == ()


@given(st.data())
def test_no_byte_of_a_signed_checkpoint_can_be_another(data: st.DataObject) -> None:
    raw = whole().raw
    at = data.draw(st.integers(0, len(raw) - 1))
    other = raw[:at] + bytes([raw[at] ^ data.draw(st.integers(1, 255))]) + raw[at + 1 :]
    try:
        accepted = signed_by(Note.read(other), checked(*KEYS))
    except NotANoteError:
        return
    assert accepted != KEYS


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no signature\n",
        PUBLISHED[:-1],
        PUBLISHED.replace(b"\n\n", b"\n"),
        PUBLISHED.replace("\u2014 ".encode(), b"- "),
        PUBLISHED.replace(b"=\n", b"\n"),
        PUBLISHED.replace(b"\n", b"\r\n"),
        b"\xff" + PUBLISHED,
        PUBLISHED.replace(b"foo Uw2Q", b"foo  Uw2Q"),
        PUBLISHED + "\u2014 x AAAA\n".encode(),
        PUBLISHED + "\u2014 x AAAAAAAA\n".encode() * 100,
    ],
)
def test_what_is_no_note_is_refused(raw: bytes) -> None:
    with pytest.raises(NotANoteError):
        Note.read(raw)


@pytest.mark.parametrize(
    "vkey", ["", "name", "name+00000000+AQ==", VKEY.replace("530d903a", "530d903b"), "a b+1+AQ==", "n+1+*"]
)
def test_what_is_no_key_is_refused(vkey: str) -> None:
    with pytest.raises(NotANoteError):
        Key.read(vkey)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n1\n",
        f"{ORIGIN}\n01\n{base64.b64encode(EMPTY).decode()}\n",
        f"{ORIGIN}\n-1\n{base64.b64encode(EMPTY).decode()}\n",
        f"{ORIGIN}\n1\nAAAA\n",
        f"{ORIGIN}\n1\n!\n",
        f"a b\n1\n{base64.b64encode(EMPTY).decode()}\n",
        f"{ORIGIN}\n1\n{base64.b64encode(EMPTY).decode()}",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NotANoteError):
        Checkpoint.read(text)


def test_a_line_that_others_add_to_a_checkpoint_is_passed_over() -> None:
    assert Checkpoint.read(LOG.text + "more\n") == LOG


def test_a_text_without_its_line_feed_is_not_signed() -> None:
    with pytest.raises(ValueError, match="line feed"):
        signed("text", ())


def test_a_kind_of_key_that_is_not_known_verifies_nothing() -> None:
    with pytest.raises(NotANoteError, match="not known"):
        verifier(Key("name", 0x02, b"x"))


@given(index=st.integers(0, 2**40), hashes=st.lists(st.binary(min_size=32, max_size=32), max_size=63))
def test_a_proof_comes_back_from_its_file(index: int, hashes: list[bytes]) -> None:
    proof = Proof(index, tuple(hashes), whole().raw)
    assert Proof.read(proof.raw) == proof


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"c2sp.org/tlog-proof@v1\nindex 1\n",
        b"c2sp.org/tlog-proof@v2\nindex 1\n\nx",
        b"c2sp.org/tlog-proof@v1\nindex 01\n\nx",
        b"c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nx",
        b"c2sp.org/tlog-proof@v1\nindex 1\n*\n\nx",
        b"c2sp.org/tlog-proof@v1\nindex 1\n\xff\n\nx",
    ],
)
def test_what_is_no_proof_is_refused(raw: bytes) -> None:
    with pytest.raises(NotANoteError):
        Proof.read(raw)
