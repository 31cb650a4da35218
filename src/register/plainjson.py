"""From bytes to a tree of plain values, strictly: what two readers could read differently is refused."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from typing import Any, Final, cast

from register.faults import BodyRefused, Fault, fault

DEEPEST: Final = 16
"""No fact nests deeper: correction, payload, votes, vote, split."""
GREATEST_DIGITS: Final = 17
"""A longer number is beyond every bound; it is not worth its arithmetic."""

MOST_DIGITS: Final = 40
"""Of a number that is written with a point or an exponent."""

_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_BRACKETS = re.compile(r"[\[{]|[\]}]")


def read_json(raw: bytes, limit: int) -> dict[str, Any]:
    """The object that a body holds; raises BodyRefused when it is too large, no UTF-8, no JSON, or ambiguous.

    A number with a fraction is given back as 0.5, which no field accepts; 12.0 is 12, as it is to JSON Schema and to clients.
    """
    if len(raw) > limit:
        raise BodyRefused((fault("", "body-too-large", str(limit)),))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BodyRefused((fault("", "not-utf-8"),)) from None
    if _depth(text) > DEEPEST:
        raise BodyRefused((fault("", "nested-too-deep", str(DEEPEST)),))
    twice: list[str] = []
    try:
        tree = json.loads(
            text,
            object_pairs_hook=lambda pairs: _object(pairs, twice),
            parse_constant=_no_number,
            parse_float=_decimal,
            parse_int=_whole,
        )
    except json.JSONDecodeError as broken:
        line, column = broken.lineno, broken.colno
        place = (f"regel {line}, teken {column}", f"line {line}, character {column}")
        raise BodyRefused((fault("", "syntax", place),)) from None
    except _NoNumber as broken:
        raise BodyRefused((fault("", "syntax", str(broken)),)) from None
    if twice:
        raise BodyRefused(tuple(_doubled(twice)))
    if not isinstance(tree, dict):
        raise BodyRefused((fault("", "not-an-object"),))
    return cast("dict[str, Any]", tree)


class _NoNumber(Exception):  # never leaves this file
    """NaN or Infinity, which Python reads and JSON does not know."""


def _no_number(name: str) -> float:
    raise _NoNumber(name)


def _whole(digits: str) -> int:
    return int(digits) if len(digits) <= GREATEST_DIGITS else 10**GREATEST_DIGITS


def _decimal(digits: str) -> float:
    """The whole number that a decimal one is; one half for any that is none, or whose arithmetic is not worth it."""
    if len(digits) > MOST_DIGITS:
        return 0.5
    value = Decimal(digits)
    if abs(value.adjusted()) > GREATEST_DIGITS or value != value.to_integral_value():
        return 0.5
    return int(value)


def _object(pairs: list[tuple[str, Any]], twice: list[str]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) != len(pairs):
        twice.extend(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
    return tree


def _doubled(names: list[str]) -> list[Fault]:
    return [fault(name, "duplicate-key") for name in dict.fromkeys(names)][:20]


def _depth(text: str) -> int:
    depth = deepest = 0
    for bracket in _BRACKETS.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest
