"""An export is there whole or not at all, and never over something else."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from api.exchange.writing import NotEmpty, in_place_of, write_json, write_table
from tests.exchange.reading import Export


def test_a_new_or_empty_folder_is_taken(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for target in (empty, tmp_path / "deep" / "new"):
        with in_place_of(target) as draft:
            write_json(draft, "a/b.json", {"z": 1, "a": "é"}, 1)
            assert not target.exists() or not list(target.iterdir())
        assert (target / "a" / "b.json").read_text("utf-8") == '{\n "a": "é",\n "z": 1\n}\n'
        assert [each.name for each in target.parent.iterdir() if each.name.startswith(".")] == []


def test_a_folder_that_holds_something_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for target in (tmp_path, tmp_path / "mine.txt"):
        with pytest.raises(NotEmpty, match=r"name (a folder|one) that is not there yet"), in_place_of(target):
            pytest.fail("it was taken")
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> None:
        with in_place_of(tmp_path / "out") as draft:
            write_table(draft, "bodies", ("a",), [("b",)])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_filled_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    target = tmp_path / "out"

    def overtaken() -> None:
        with in_place_of(target):
            target.mkdir()
            (target / "theirs").write_text("theirs")

    with pytest.raises(NotEmpty):
        overtaken()
    assert [each.name for each in tmp_path.rglob("*")] == ["out", "theirs"]


def test_the_manifest_has_the_digest_of_every_other_file(told: Export) -> None:
    files = told.files()
    listed = {each["name"]: each for each in told.manifest["files"]}
    assert {*listed, "manifest.json"} == set(files)
    for name, each in listed.items():
        assert each["sha256"] == hashlib.sha256(files[name]).hexdigest()
        assert each["bytes"] == len(files[name])
        rows = told.popolo(name[7:-5]) if name.startswith("popolo/") else told.table(name[:-4])
        assert each["rows"] == len(rows)
    assert told.manifest["missed" if "missed" in told.manifest else "format"] in ([], 1)
