"""Reads an export as a stranger would: from its files alone."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import msgspec

from api.exchange.cells import unguarded

Row = dict[str, str]


class Export:
    """One exported folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def raw(self, table: str) -> bytes:
        return (self.folder / f"{table}.csv").read_bytes()

    def table(self, table: str) -> list[Row]:
        with (self.folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return [{name: unguarded(cell) for name, cell in row.items()} for row in csv.DictReader(file, strict=True)]

    def of(self, table: str, **wanted: str) -> list[Row]:
        return [row for row in self.table(table) if wanted.items() <= row.items()]

    def popolo(self, file: str) -> list[dict[str, Any]]:
        return msgspec.json.decode((self.folder / "popolo" / f"{file}.json").read_bytes(), type=list[dict[str, Any]])

    @property
    def manifest(self) -> Any:  # noqa: ANN401  # any JSON
        return msgspec.json.decode((self.folder / "manifest.json").read_bytes())

    def lost(self, what: str, field: str | None = None) -> int:
        found = [each for each in self.manifest["cannotCarry"] if (each["what"], each.get("field")) == (what, field)]
        return sum(each["count"] for each in found)

    def files(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.folder)): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()
        }
