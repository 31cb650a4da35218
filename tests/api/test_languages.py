"""A caller is answered in Dutch unless it asks for English."""

import pytest

from api.languages import spoken
from api.sentences import SENTENCES, TITLES


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        (None, "nl"),
        ("", "nl"),
        ("en", "en"),
        ("EN-gb, nl;q=0.5", "en"),
        ("en;q=0.4, nl;q=0.9", "nl"),
        ("fr, de;q=0.9", "nl"),
        ("en;q=x", "nl"),
        ("en;q=0", "nl"),
        (";;;,,,", "nl"),
    ],
)
def test_the_language_with_the_greatest_weight_is_spoken(header: str | None, lang: str) -> None:
    assert spoken(header) == lang


def test_every_sentence_has_both_languages_and_the_same_places_to_fill() -> None:
    for dutch, english in (*SENTENCES.values(), *TITLES.values()):
        assert dutch
        assert english
        assert dutch != english
        assert ("{what}" in dutch) == ("{what}" in english)
