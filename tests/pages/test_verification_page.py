"""The page on checking says how old the last checkpoint is, what still waits, and why nothing is published when that is so."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import pytest

from api.pages.speech import rendered, speech
from api.pages.verification import Published, VerificationPage, ago, lately, page
from register.publishing.ledger import Kept
from register.publishing.witnessed import Witnessed, WitnessTold
from register.tlog.witnessing import REASONS
from tests.pages.samples import NOW, frame
from tests.tlog.published import KEYS

POLICY = "".join(f"log {key}\n" for key in KEYS) + "log nonsense\nquorum none\n"


def kept(size: int, age: timedelta) -> Kept:
    return Kept(size, bytes(range(32)), b"note", NOW - age)


def told(found: Published, lang: Literal["nl", "en"] = "nl") -> VerificationPage:
    return page(found, frame(lang), NOW, "https://register.example.nl")


@pytest.mark.parametrize(
    ("age", "nl", "en"),
    [
        (timedelta(seconds=-3), "minder dan een minuut geleden", "less than a minute ago"),
        (timedelta(seconds=61), "1 minuut geleden", "1 minute ago"),
        (timedelta(minutes=59), "59 minuten geleden", "59 minutes ago"),
        (timedelta(hours=2), "2 uur geleden", "2 hours ago"),
        (timedelta(days=1), "1 dag geleden", "1 day ago"),
        (timedelta(days=400), "400 dagen geleden", "400 days ago"),
    ],
)
def test_an_age_is_said_in_its_largest_unit(age: timedelta, nl: str, en: str) -> None:
    assert (ago(age, speech("nl")), ago(age, speech("en"))) == (nl, en)


def test_it_says_what_is_published_and_what_waits() -> None:
    found = told(Published(1236, [kept(1234, timedelta(minutes=5)), kept(7, timedelta(days=3))], POLICY))
    assert found.answer.startswith("1.234 regels zijn ondertekend")
    assert found.more == "Het laatste controlepunt is van 5 minuten geleden. 2 regels wachten nog op publicatie."
    assert [line.href for line in found.checkpoints] == ["/log/checkpoints/1234", "/log/checkpoints/7"]
    assert [key.kind for key in found.keys] == ["Ed25519", "ML-DSA-44"]
    assert [key.vkey for key in found.keys] == list(KEYS)
    quiet = told(Published(7, [kept(7, timedelta(days=3))]), "en")
    assert quiet.more == "The last checkpoint was signed 3 days ago. Nothing was recorded since."


def test_before_the_first_checkpoint_there_is_nothing_to_check() -> None:
    found = told(Published(3, []), "en")
    assert (found.answer, found.more) == ("Nothing is published yet, so there is nothing to check yet.", "")


def test_why_nothing_is_published_stands_on_the_page() -> None:
    found = told(Published(3, [], refused="the database has 20 entries, and 30 were published"))
    html = rendered("verification.html", "nl", {"frame": frame(), "page": found})
    assert "Er wordt nu niets gepubliceerd." in html
    assert "the database has 20 entries" in html


SIGNED = WitnessTold("archive", cosigned_at=NOW)
FAILED = WitnessTold("press", not_because="it cannot be reached")


@pytest.mark.parametrize(
    ("witnesses", "quorum", "says", "says_not"),
    [
        ((), True, "Nog geen getuige van buiten", "Getuige</th>"),
        ((SIGNED, FAILED), True, "zagen dit logboek en geen ander", "Te weinig getuigen"),
        ((SIGNED, FAILED), False, "Te weinig getuigen tekenden", "zagen dit logboek en geen ander"),
        ((FAILED,), True, "Te weinig getuigen tekenden", "zagen dit logboek en geen ander"),
    ],
)
def test_what_witnesses_show_is_said_and_no_more(
    witnesses: tuple[WitnessTold, ...], says: str, says_not: str, *, quorum: bool
) -> None:
    found = told(Published(7, [kept(7, timedelta())], witnessed=Witnessed(witnesses, quorum)))
    html = rendered("verification.html", "nl", {"frame": frame(), "page": found})
    assert says in html
    assert says_not not in html


def test_each_witness_is_told_with_when_it_signed_and_why_it_did_not() -> None:
    found = told(Published(7, [kept(7, timedelta())], witnessed=Witnessed((SIGNED, FAILED))), "en")
    assert [(line.name, bool(line.when), line.last) for line in found.witnesses] == [
        ("archive", True, "signed"),
        ("press", False, "cannot be reached"),
    ]
    waits = told(Published(7, [], refused="the checkpoint of 7 entries is signed", waiting=7))
    assert waits.waiting == "Het controlepunt van 7 regels is ondertekend, en wacht op meer getuigen."
    assert waits.refused == ""


def test_every_reason_has_a_sentence_of_its_own() -> None:
    sentences = {lately(WitnessTold("w", not_because=reason), speech("nl")) for reason in REASONS.values()}
    assert len(sentences) == len(REASONS)
    other = WitnessTold("w", not_because="it answered 500")
    assert lately(other, speech("en")) == "gave an answer that the register can do nothing with"
    assert lately(WitnessTold("w"), speech("en")) == "not asked yet"
    assert lately(WitnessTold("w", signed_last=True), speech("en")) == "signed"
