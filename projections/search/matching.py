"""How words are matched: letters without accents, hyphens between numbers as spaces, Dutch endings off; in SQL and for snippets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import LiteralString

from projections.search.row import Piece

# Each letter becomes one letter, so that what is marked in the folded text stands at the same place in the text itself.
FOLD: LiteralString = (
    "regexp_replace(translate({text},"
    " 'ÀÁÂÃÄÅàáâãäåÈÉÊËèéêëÌÍÎÏìíîïÒÓÔÕÖòóôõöÙÚÛÜùúûüÇçÑñ–—‘’“”…·',"  # noqa: RUF001  # the letters that are folded
    " 'AAAAAAaaaaaaEEEEeeeeIIIIiiiiOOOOOoooooUUUUuuuuCcNn||||||||'),"
    " '([0-9])-(?=[0-9])', '\\1|', 'g')"
)
"""The form in which texts and questions are compared; also for a server whose language knows ASCII only."""


def folded(text: LiteralString) -> LiteralString:
    """The expression for the form in which a text is compared."""
    return FOLD.replace("{text}", text)


def stems(text: LiteralString) -> LiteralString:
    """The expression for the words of a text without their Dutch endings; projections/texts/schema.sql has an index on it."""
    return f"to_tsvector('dutch', {folded(text)})"


def words(text: LiteralString) -> LiteralString:
    """The expression for the words of a name as they are."""
    return f"to_tsvector('simple', {folded(text)})"


# Words as people type them in a search box; the last one may be the beginning of a word.
ASKED: LiteralString = f"""
    SELECT
        regexp_replace(websearch_to_tsquery('dutch', {folded("%(q)s")})::text, '''$', ''':*')::tsquery AS stems,
        regexp_replace(websearch_to_tsquery('simple', {folded("%(q)s")})::text, '''$', ''':*')::tsquery AS words,
        lower({folded("%(q)s")}) AS plain
"""

# A text is found when none of its openings was withdrawn, and by the words of the text that took its place when one was.
OPEN: LiteralString = f"""
    SELECT t.digest, ts_rank_cd({stems("coalesce(t.text, '')")}, asked.stems, 1) AS rank
    FROM asked, read.texts t WHERE {stems("coalesce(t.text, '')")} @@ asked.stems
"""  # noqa: S608  # literals only
SAID: LiteralString = """
    SELECT o.digest, max(o.rank) AS rank FROM open o
    WHERE NOT EXISTS (SELECT FROM read.texts w WHERE w.digest = o.digest AND w.withheld IS NOT NULL)
    GROUP BY o.digest
    UNION ALL
    SELECT w.digest, max(o.rank) FROM open o JOIN read.texts w ON w.instead = o.digest AND w.withheld IS NOT NULL
    GROUP BY w.digest
"""

START, STOP = "\x02", "\x03"
"""Around what is marked; no text can hold them."""
MARKED: LiteralString = (
    f"ts_headline({{config}}, {folded('{text}')}, {{query}},"
    " 'HighlightAll=true, StartSel=\"' || chr(2) || '\", StopSel=\"' || chr(3) || '\"')"
)

AROUND = 90
"""So many letters stand before the first mark in a snippet."""
LONGEST = 280


def snippet(text: str, marked: str) -> tuple[Piece, ...]:
    """The part of a text around its first mark, with its marks; `marked` is its folded form with START and STOP in it."""
    spans: Sequence[tuple[int, int]] = _spans(marked)
    if len(marked) - marked.count(START) - marked.count(STOP) != len(text):
        spans = ()
    begin, end = _window(text, spans[0][0] if spans else 0)
    pieces: list[Piece] = []
    at = begin
    for first, last in spans:
        if last <= begin or first >= end:
            continue
        pieces += [Piece(text=text[at:first]), Piece(text=text[first : min(last, end)], mark=True)]
        at = min(last, end)
    pieces.append(Piece(text=text[at:end]))
    if begin:
        pieces.insert(0, Piece(text="… "))
    if end < len(text):
        pieces.append(Piece(text=" …"))
    return tuple(each for each in pieces if each.text)


def _spans(marked: str) -> Sequence[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = 0
    for plain, hit in re.findall(f"([^{START}]*)(?:{START}([^{STOP}]*){STOP})?", marked):
        at += len(plain)
        if hit:
            spans.append((at, at + len(hit)))
        at += len(hit)
    return spans


def _window(text: str, first: int) -> tuple[int, int]:
    """From where to where a snippet goes: whole words around its first mark."""
    begin = max(0, first - AROUND)
    if begin:
        begin = text.rfind(" ", 0, begin + 1) + 1
    end = min(len(text), begin + LONGEST)
    if end < len(text):
        end = max(text.rfind(" ", begin, end), first + 1)
    return begin, end
