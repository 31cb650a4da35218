"""What the shipped history says, as the example of each kind of write; `make generate` gathers it anew."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

import msgspec

from api.history import History
from api.writes import WRITES

FILE: Final = Path(__file__).parent / "examples.json"
LONGEST: Final = 1000
"""Characters of an example; of a fact that is always longer, the shortest is taken."""
_NAMED: Final = re.compile(r"\{([a-z0-9-]+)(#seq)?\}")


@cache
def examples() -> dict[str, dict[str, Any]]:
    """A body for each type of fact that the shipped history records, by that type."""
    found: dict[str, dict[str, Any]] = msgspec.json.decode(FILE.read_bytes())
    return found


def gathered() -> str:
    """The content of the file: of each type the line that says most and is not too long, of the first region that has one."""
    chosen = _chosen("gmr") | _chosen("mra")
    return msgspec.json.format(msgspec.json.encode(chosen, order="sorted"), indent=1).decode() + "\n"


def _chosen(region: str) -> dict[str, Any]:
    """Ids are made from the names in the history, since a register gives its own when it is told."""
    streams: dict[str, str] = {}
    numbers: dict[str, int] = {}
    counted: Counter[str] = Counter()
    found: dict[str, list[Any]] = {}
    for line in History(region).lines():
        named = _NAMED.search(line.post)
        streams[line.name] = stream = streams[named[1]] if named else line.name
        counted[stream] += 1
        numbers[line.name] = counted[stream]
        write = next(each for each in WRITES if re.fullmatch(re.sub(r"\{[a-z]+\}", "[^/]+", each.path), line.post))
        found.setdefault(write.fact.TYPE, []).append(_filled(line.body, streams, numbers))
    return {name: _telling(bodies) for name, bodies in found.items()}


def _telling(bodies: list[Any]) -> Any:  # noqa: ANN401  # any JSON
    short = [body for body in bodies if len(msgspec.json.encode(body)) <= LONGEST]
    if short:
        return max(short, key=lambda body: len(msgspec.json.encode(body)))
    return min(bodies, key=lambda body: len(msgspec.json.encode(body)))


def _filled(value: Any, streams: dict[str, str], numbers: dict[str, int]) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(value, dict):
        return {name: _filled(inner, streams, numbers) for name, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, streams, numbers) for inner in value]
    if not isinstance(value, str):
        return value
    whole = _NAMED.fullmatch(value)
    if whole is not None and whole[2]:
        return numbers[whole[1]]
    return _NAMED.sub(lambda named: str(uuid5(NAMESPACE_URL, streams[named[1]])), value)
