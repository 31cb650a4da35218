"""The language of a text is what its writer says, or the register's; never that in which an answer is wanted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.edge import Edge

TITLE: dict[str, Any] = {
    "title": "Een titel",
    "decidedBy": {"each": "member"},
    "kind": "agreement",
    "class": "not-stated",
}


def language_of_title(edge: Edge, headers: dict[str, str], body: dict[str, Any]) -> str:
    answer = edge.post("redactie", "/decisions", body, headers=headers)
    entry = edge.read(f"/events/{answer.json()['position']}/entry")
    return str(entry["data"]["title"]["lang"])


@pytest.mark.parametrize("headers", [{}, {"Accept-Language": "en"}])
def test_a_text_is_in_the_registers_language_unless_it_says_otherwise(edge: Edge, headers: dict[str, str]) -> None:
    assert language_of_title(edge, headers, TITLE) == "nl"


def test_a_body_in_another_language_says_so_once(edge: Edge) -> None:
    assert language_of_title(edge, {"Content-Language": "fy"}, TITLE) == "fy"


def test_a_text_says_its_own_language_before_all(edge: Edge) -> None:
    body = {**TITLE, "title": {"text": "A title", "lang": "en"}}
    assert language_of_title(edge, {"Content-Language": "fy"}, body) == "en"
