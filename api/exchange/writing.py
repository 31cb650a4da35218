"""Writes the files of an export: into a folder beside its place, which takes that place when all is on disk."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import msgspec

from api.exchange.cells import Value, cell


class NotEmpty(Exception):
    """There is something where the export is to be; the message says what to do."""


class Written(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One file of an export."""

    name: str
    rows: int
    bytes: int
    sha256: str


@contextmanager
def in_place_of(target: Path) -> Iterator[Path]:
    """A new folder to write in, that becomes `target` when the block ends well.

    If we die before, `target` is as it was, and a folder that begins with a point stays beside it, to be thrown away.
    """
    _refuse(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.parent / f".{target.name}.{uuid4().hex[:8]}"
    draft.mkdir()
    try:
        yield draft
        for folder in (*(each for each in sorted(draft.rglob("*")) if each.is_dir()), draft):
            _to_disk(folder)
        try:
            draft.rename(target)
        except OSError:
            _refuse(target)  # somebody filled it meanwhile
            raise
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    _to_disk(target.parent)


def _refuse(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        msg = f"{target} is no folder; name one that is not there yet, or that is empty"
        raise NotEmpty(msg)
    if target.is_dir() and any(target.iterdir()):
        msg = f"{target} is not empty; name a folder that is not there yet, or that is empty"
        raise NotEmpty(msg)


def write_table(folder: Path, name: str, columns: Sequence[str], lines: Iterable[Sequence[Value]]) -> Written:
    """A table: RFC 4180 with CRLF at the end of each line, UTF-8 without a mark before it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    rows = 0
    for rows, line in enumerate(lines, start=1):  # noqa: B007  # the last number is how many there were
        writer.writerow([cell(value) for value in line])
    return _write(folder, f"{name}.csv", text.getvalue().encode(), rows)


def write_json(folder: Path, name: str, value: object, rows: int) -> Written:
    """A file of JSON that people can read too, its keys in one order."""
    encoded = msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=1)
    return _write(folder, name, encoded + b"\n", rows)


def _write(folder: Path, name: str, content: bytes, rows: int) -> Written:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Written(name=name, rows=rows, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())


def _to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
