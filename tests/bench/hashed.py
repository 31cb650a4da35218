"""What is done with the entries of a log in memory: hashed, grown into tiles and bundles, written as files, decoded, checked."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

from register import stored, verify
from register.publishing.files import Files
from register.publishing.growth import Growth
from register.publishing.publication import MOST
from tests.bench.entries import Made

Steps = Callable[[Growth], None]


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def floor(entries: Sequence[bytes]) -> bytes:
    """The root of a log as plain Python comes to it: a hash for each entry, and one for each pair, level by level."""
    row = [hashlib.sha256(b"\0" + entry).digest() for entry in entries]
    while len(row) > 1:
        row = [hashlib.sha256(b"\1" + row[at] + row[at + 1]).digest() for at in range(0, len(row) - 1, 2)] + (
            row[-1:] if len(row) % 2 else []
        )
    return row[0]


def grown(entries: Sequence[bytes]) -> bytes:
    """The root with all tiles and bundles, made as a publisher makes them: step by step."""
    growth = Growth()
    for _ in _steps(growth, entries):
        for _, raw in growth.files():
            assert raw
        growth.settle()
    return growth.edge.root()


def written(entries: Sequence[bytes], where: Path, *, surely: bool) -> tuple[float, int, int]:
    """Seconds to write the files alone, how many there are and their bytes; `surely`: each is on the disk before the next."""
    growth, files, spent, count, size = Growth(), Files(where), 0.0, 0, 0
    with nullcontext() if surely else patch.object(os, "fsync"):
        for _ in _steps(growth, entries):
            made = list(growth.files())
            spent += seconds(lambda made=made: [files.turn(tile.path, raw) for tile, raw in made])  # type: ignore[misc]  # the default is the list
            count, size = count + len(made), size + sum(len(raw) for _, raw in made)
            growth.settle()
    return spent, count, size


def _steps(growth: Growth, entries: Sequence[bytes], page: int = 2048) -> Iterator[None]:
    for first in range(0, len(entries), MOST):
        end = min(first + MOST, len(entries))
        for at in range(first, end, page):
            growth.take(entries[at : min(at + page, end)])
        yield


def decoded(entries: Sequence[bytes]) -> None:
    """Every entry as the fact that it is, as a replay reads it."""
    for raw in entries:
        stored.trusted(raw)


def in_form(entries: Sequence[bytes]) -> verify.Log:
    """Every entry is in canonical form and in its place, as verify.py looks at it."""
    log = verify.Log(verify.Files(Path()), [])
    for number, raw in enumerate(entries):
        log.entry("", number, raw)
    assert not log.report.findings
    return log


def lines_of(made: Sequence[Made]) -> dict[str, list[str]]:
    """The texts of each stream, as they are published."""
    told: dict[str, list[str]] = {}
    for each in made:
        for opening in each.openings:
            said = {"d": opening.disclosure, "field": opening.field, "seq": each.seq}
            line = json.dumps(said, separators=(",", ":"))
            told.setdefault(each.stream, []).append(line)
    return told


def opened(log: verify.Log, told: dict[str, list[str]]) -> None:
    """Every text opens the seal of its entry, as verify.py looks at it."""
    for stream, lines in told.items():
        assert not list(verify.texts(lines, stream, stream, log))
