"""One text has one form, and nothing in it hides."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.writing import composed, forbidden_in, is_written

HIDDEN = [
    *range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0),
    0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A),
    0xD800, 0xDBFF, 0xDC00, 0xDFFF,
]  # fmt: skip


@pytest.mark.parametrize("point", HIDDEN, ids=lambda point: f"U+{point:04X}")
def test_a_character_that_hides_is_named(point: int) -> None:
    assert forbidden_in(f"a{chr(point)}b") == f"U+{point:04X}"
    assert not is_written(f"a{chr(point)}b")


@pytest.mark.parametrize(
    "text", ["regel\nregel", "caf\u00e9", "\u2019s-Hertogenbosch", "😀", "\u00a0", "\U000e0041", "ﷺ"]
)
def test_what_a_reader_can_see_is_kept(text: str) -> None:
    assert forbidden_in(text) is None
    assert is_written(text)


def test_what_is_typed_becomes_what_is_read() -> None:
    assert composed("cafe\u0301\r\nop\rde hoek") == "caf\u00e9\nop\nde hoek"
    assert not is_written("cafe\u0301")


@given(st.text())
def test_composing_is_final(text: str) -> None:
    """What is composed has one form; only a forbidden character keeps it from being written."""
    once = composed(text)
    assert composed(once) == once
    assert is_written(once) == (forbidden_in(once) is None)
    if is_written(once):
        assert unicodedata.is_normalized("NFC", once)


def test_a_few_marks_on_a_letter_are_language_and_a_tower_of_them_is_not() -> None:
    assert is_written(composed("a\u0323\u0302\u0301" + "\u0308" * 27))
    assert forbidden_in("a" + "\u0301" * 30) is None
    assert forbidden_in("a" + "\u0301" * 31) == "U+0301"
    assert forbidden_in(("a" + "\u0301" * 30) * 2) is None
    tower = "a" + "\u0301\u0323" * 100_000
    assert composed(tower) == tower, "it is not put in order: that would take minutes"
    assert not is_written(tower)
