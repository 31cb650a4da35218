"""Reads the shipped history as the HTTP writes would: which fact a line asks for, on which stream, with its texts sealed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from api.writes import WRITES, Write
from register.fact import Fact
from register.intake import read_body

SHIPPED = Path(__file__).parents[2] / "data"
REGIONS = ("gmr", "mra")

NAMED = re.compile(r"\{([a-z0-9-]+)(#seq)?\}")


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"as_": "as"}):
    """One request: its name, the account that makes it, the path and the body."""

    name: str
    as_: str
    post: str
    body: dict[str, Any]

    def names(self) -> set[str]:
        """The lines that must have been recorded before this one."""
        return {name for name, _ in NAMED.findall(self.post + msgspec.json.encode(self.body).decode())}


class Place(msgspec.Struct, frozen=True):
    """Where a line was recorded."""

    stream: str
    seq: int


class Asked(msgspec.Struct, frozen=True):
    """The fact that a line asks for; `stream` is None for governance, and for a decision, dossier or meeting that is still to begin."""

    fact: Fact
    stream: str | None


def files(region: str) -> tuple[Path, ...]:
    """The files of requests of a region, in the order in which they are told."""
    return tuple(sorted((SHIPPED / region).glob("*.jsonl")))


@cache
def lines(region: str) -> tuple[Line, ...]:
    """Every request of a region, in order."""
    return tuple(
        msgspec.json.decode(raw, type=Line) for path in files(region) for raw in path.read_bytes().splitlines()
    )


def accounts(region: str) -> dict[str, list[dict[str, str]]]:
    """The accounts that record, each with what its mandates are for."""
    raw = (SHIPPED / region / "accounts.json").read_bytes()
    return msgspec.json.decode(raw, type=dict[str, list[dict[str, str]]])


def asked(line: Line, made: dict[str, Place]) -> Asked:
    """The fact of a line as the register would read it; raises when a path, field, code form or placeholder is not right."""
    write, given = route(line)
    place = made[named[1]] if (named := NAMED.fullmatch(given)) is not None else None
    fixed: dict[str, object] = {}
    if write.names is not None:
        fixed = {write.names: place.seq if place is not None else given}
    raw = msgspec.json.encode(resolved(line.body, made))
    fact = read_body(raw, write.fact, fixed, "nl").fact
    return Asked(fact, place.stream if place is not None else None)


def route(line: Line) -> tuple[Write, str]:
    """The write that a line asks for, and what stands in its address (empty when nothing does)."""
    for write in WRITES:
        form = re.sub(r"\{[a-z]+\}", "([^/]+)", write.path)
        if (found := re.fullmatch(form, line.post)) is not None:
            return write, found[1] if found.groups() else ""
    raise LookupError(line.post)


def resolved(value: Any, made: dict[str, Place]) -> Any:  # noqa: ANN401  # any JSON value, as it came
    """The same value with each `{line}` replaced by its stream and each `{line#seq}` by its number there."""
    if isinstance(value, dict):
        return {name: resolved(inner, made) for name, inner in value.items()}
    if isinstance(value, list):
        return [resolved(inner, made) for inner in value]
    if isinstance(value, str) and (found := NAMED.fullmatch(value)) is not None:
        return made[found[1]].seq if found[2] else made[found[1]].stream
    return value


def texts(line: Line) -> Iterator[str]:
    """Every text of a line that a reader will see, without addresses."""
    yield from _texts(line.body)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in {"title", "question", "text", "reason", "alternative", "grounds", "note"} and isinstance(
                inner, str
            ):
                yield inner
            else:
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def evidence_of(line: Line) -> list[dict[str, Any]]:
    """What a line rests on, the payload of a correction included."""
    own: list[dict[str, Any]] = line.body.get("evidence", [])
    instead: list[dict[str, Any]] = line.body.get("instead", {}).get("data", {}).get("evidence", [])
    return own + instead
