"""The root that sixty lines of nobody's library compute is the root that a tool of others computes."""

from __future__ import annotations

import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from tlog_scales.writer import TilesWriter

from tests.outside.root import entries_in, root

SCRIPT = Path(__file__).with_name("root.py")


def theirs(entries: list[bytes], folder: Path) -> bytes:
    """The root of the same entries, from a log of tiles written by tlog-scales."""
    log = TilesWriter.create(folder, "example.org/register")
    for entry in entries:
        log.add_leaf(entry)
    log.commit([])
    return bytes(log.reader.calculate_root_hash())


def run(path: Path) -> str:
    """What the script prints, run as an outsider runs it: without this project, and without anything installed."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), str(path)], capture_output=True, text=True, check=True, cwd="/"
    ).stdout


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 255, 256, 257, 700])
def test_the_root_is_that_of_a_tool_of_others(size: int, tmp_path: Path) -> None:
    entries = [b'{"seq":%d}' % number for number in range(size)]
    assert root(entries) == theirs(entries, tmp_path / "log")


@pytest.mark.parametrize("log", ["mra", "gmr", "voorbeeld"])
def test_the_root_of_the_entries_on_the_page_of_the_format_is_theirs_too(log: str, tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "format.md").read_text(encoding="utf-8")
    blocks = re.findall(rf"^```jsonl {log}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    entries = [line for block in blocks for line in entries_in(block.encode())]
    assert len(entries) > 20
    assert root(entries) == theirs(entries, tmp_path / "log")
    assert f"`{root(entries).hex()}`" in page


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert root([]).hex() == sha256(b"").hexdigest()


def test_the_roots_of_the_standard_vectors() -> None:
    """The eight entries with which implementations of RFC 6962 are compared, and the roots that they have in common."""
    entries = [bytes.fromhex(one) for one in ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]]
    entries.append(bytes(range(0x60, 0x70)))
    assert root(entries[:1]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert root(entries[:3]).hex() == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
    assert root(entries).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_the_script_needs_nothing_and_takes_lines(tmp_path: Path) -> None:
    path = tmp_path / "entries.jsonl"
    path.write_bytes(b"a\nb\nc\n")
    assert run(path) == f"3 {root([b'a', b'b', b'c']).hex()}\n"
    path.write_bytes(b"a\nb\nc")
    assert run(path) == f"3 {root([b'a', b'b', b'c']).hex()}\n"
    path.write_bytes(b"")
    assert run(path) == f"0 {sha256(b'').hexdigest()}\n"


def test_an_entry_changed_left_out_doubled_or_moved_gives_another_root() -> None:
    entries = [b"a", b"b", b"c", b"d", b"e"]
    others = [
        entries[:-1],
        [*entries, b"e"],
        entries[::-1],
        [b"A", *entries[1:]],
        [entries[1], entries[0], *entries[2:]],
    ]
    assert root(entries) not in {root(other) for other in others}


def test_it_is_short_enough_to_be_read_and_leans_on_nothing() -> None:
    lines = SCRIPT.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 60
    imported = {line.split()[1].partition(".")[0] for line in lines if line.startswith(("import ", "from "))}
    assert imported <= sys.stdlib_module_names


def test_a_file_is_its_lines() -> None:
    assert entries_in(b"") == []
    assert entries_in(b"a\n") == entries_in(b"a") == [b"a"]
    assert entries_in(b"a\n\n") == [b"a", b""]
