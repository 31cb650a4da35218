"""A seal says that a text was given and lets it be proved; without the opening it says nothing."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.decisions.facts import DecisionCorrected
from register.decisions.standing import PositionRecorded
from register.fact import Instead
from register.sealing import BrokenSealError, digest_of, disclosed, opened, seal, seals_in
from register.values import MAX_TEXT, Evidence, Sealed, Voice
from tests.register.making import texts

SALT = bytes(range(32))


def hand_made(*claim: str) -> tuple[Sealed, str]:
    """A seal over anything, as somebody else might have made it."""
    raw = json.dumps(claim, ensure_ascii=False, separators=(",", ":")).encode()
    disclosure = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    digest = base64.urlsafe_b64encode(hashlib.sha256(disclosure.encode()).digest()).rstrip(b"=").decode()
    return Sealed(sd=(digest,), lang="nl", words="quoted"), disclosure


@given(texts())
def test_a_text_comes_back_from_its_disclosure(text: str) -> None:
    sealed, disclosure = seal(text, lang="nl", words="quoted")
    assert opened(sealed, disclosure) == text
    assert sealed.sd == (digest_of(disclosure),)


def test_the_form_is_that_of_a_selective_disclosure() -> None:
    """Worked out by hand, from the salt 00 01 … 1f and the text `ja`."""
    disclosure = disclosed("ja", SALT)
    assert base64.urlsafe_b64decode(disclosure + "=" * (-len(disclosure) % 4)) == (
        b'["AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8","text","ja"]'
    )
    assert digest_of(disclosure) == base64.urlsafe_b64encode(hashlib.sha256(disclosure.encode()).digest()).decode()[:43]
    assert digest_of(disclosure) == "d9ow41yRmgCSuk_qVU22Vb0s4kk_kExg05mQTZJQgxw"


def test_the_same_text_sealed_twice_looks_different() -> None:
    one, _ = seal("ja", lang="nl", words="quoted")
    other, _ = seal("ja", lang="nl", words="quoted")
    assert one.sd != other.sd


@given(texts(), texts())
def test_another_opening_is_refused(text: str, other: str) -> None:
    sealed, _ = seal(text, lang="nl", words="quoted")
    _, foreign = seal(other, lang="nl", words="quoted")
    with pytest.raises(BrokenSealError):
        opened(sealed, foreign)


@given(st.data())
def test_one_changed_character_of_an_opening_is_refused(data: st.DataObject) -> None:
    sealed, disclosure = seal("de kust is niet overal dezelfde", lang="nl", words="quoted")
    at = data.draw(st.integers(0, len(disclosure) - 1))
    char = data.draw(st.characters().filter(lambda one: one != disclosure[at]))
    with pytest.raises(BrokenSealError):
        opened(sealed, disclosure[:at] + char + disclosure[at + 1 :])


@given(st.text())
def test_anything_else_is_no_opening(noise: str) -> None:
    sealed, _ = seal("ja", lang="nl", words="quoted")
    with pytest.raises(BrokenSealError):
        opened(sealed, noise)


GOOD_SALT = base64.urlsafe_b64encode(SALT).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param((GOOD_SALT[:-2], "text", "ja"), id="a short salt"),
        pytest.param((GOOD_SALT + "AA", "text", "ja"), id="a long salt"),
        pytest.param((GOOD_SALT + "=", "text", "ja"), id="a padded salt"),
        pytest.param((GOOD_SALT[:-1] + "9", "text", "ja"), id="a salt in a second way of writing it"),
        pytest.param((GOOD_SALT, "name", "ja"), id="another claim"),
        pytest.param((GOOD_SALT, "text", ""), id="no text"),
        pytest.param((GOOD_SALT, "text", "a\u202eb"), id="a text that hides"),
        pytest.param((GOOD_SALT, "text"), id="two parts"),
        pytest.param((GOOD_SALT, "text", "ja", "nee"), id="four parts"),
    ],
)
def test_what_fits_its_digest_but_is_no_text_of_ours_is_refused(claim: tuple[str, ...]) -> None:
    with pytest.raises(BrokenSealError):
        opened(*hand_made(*claim))


def test_what_was_normal_when_it_was_sealed_stays_readable() -> None:
    """A later Unicode may order these marks otherwise; the digest says that this is the text."""
    sealed, disclosure = hand_made(GOOD_SALT, "text", "e\u0301")
    assert opened(sealed, disclosure) == "e\u0301"


@pytest.mark.parametrize("text", ["", "  ", "\n", "a\0", "a\tb", "e\u0301", "\ud800", "x" * (MAX_TEXT + 1)])
def test_what_is_not_written_is_not_sealed(text: str) -> None:
    with pytest.raises(ValueError, match="not blank"):
        seal(text, lang="nl", words="quoted")


def test_every_seal_is_found_with_the_field_in_which_it_stands() -> None:
    reason, at, title = (seal(text, lang="nl", words="quoted")[0] for text in ("reason", "at", "title"))
    position = PositionRecorded(
        stance="departs",
        voice=Voice(as_="own"),
        reason=reason,
        evidence=(Evidence(grade="press"), Evidence(grade="letter", at=at)),
    )
    assert dict(seals_in(position)) == {"reason": reason, "evidence.1.at": at}
    written = {"_sd": list(title.sd), "lang": "nl", "words": "quoted"}
    corrected = DecisionCorrected(
        corrects=1,
        kind="clerical",
        grounds=reason,
        instead=Instead(type="decision.linked", v=1, data={"links": [{"rel": "about", "at": written}]}),
    )
    assert dict(seals_in(corrected)) == {"grounds": reason, "instead.data.links.0.at": title}
