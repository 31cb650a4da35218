"""The keys of the log: made once, for their owner's eyes only, and replaced with an overlap that loses nobody."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from register.publishing.keys import finish, make_keys, read_keys, rotate
from register.publishing.refusing import KeysRefused
from register.tlog.checkpoints import Checkpoint
from tests.publishing.recorded import ORIGIN

TEXT = Checkpoint(ORIGIN, 7, bytes(32)).text


def test_keys_are_made_once_and_read_by_their_owner_only(tmp_path: Path) -> None:
    directory = tmp_path / "keys"
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: make_keys(directory, ORIGIN), range(4)))
    assert {keys.pairs for keys in made} == {made[0].pairs}
    assert read_keys(directory) == made[0]
    (file,) = directory.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700


def test_a_note_is_signed_by_both_keys_and_by_no_stranger(tmp_path: Path) -> None:
    keys = make_keys(tmp_path / "keys", ORIGIN)
    other = make_keys(tmp_path / "other", ORIGIN)
    raw = keys.sign(TEXT, 1_795_000_000).raw
    assert keys.signed(raw) == keys.current
    assert other.signed(raw) == ()
    assert keys.signed(raw.replace(b"\n7\n", b"\n8\n")) == ()
    assert [line.split("+")[0] for line in keys.told().splitlines()] == [f"log {ORIGIN}"] * 2 + ["quorum none"]


def test_two_pairs_sign_until_the_newer_one_has_signed(tmp_path: Path) -> None:
    before = make_keys(tmp_path, ORIGIN)
    old_note = before.sign(TEXT, 1).raw
    both = rotate(tmp_path)
    assert both.pairs[0] == before.pairs[0]
    assert len(both.current) == 4
    with pytest.raises(KeysRefused, match="two pairs"):
        rotate(tmp_path)
    for unsigned in (None, old_note):
        with pytest.raises(KeysRefused, match="have not signed"):
            finish(tmp_path, unsigned)
    note = both.sign(TEXT, 2).raw
    assert both.signed(note) == both.current
    after = finish(tmp_path, note)
    assert after.pairs == both.pairs[1:]
    assert after.former == before.current
    assert after.signed(old_note) == before.current
    with pytest.raises(KeysRefused, match="no overlap"):
        finish(tmp_path, note)
    assert len(rotate(tmp_path).pairs) == 2


def test_files_that_hold_no_keys_are_refused(tmp_path: Path) -> None:
    assert read_keys(tmp_path / "nothing") is None
    with pytest.raises(KeysRefused, match="there are no keys"):
        rotate(tmp_path / "nothing")
    with pytest.raises(KeysRefused, match="cannot be the name"):
        make_keys(tmp_path / "nothing", "a name")
    make_keys(tmp_path, ORIGIN)
    path = tmp_path / "log-1.key"
    whole = path.read_bytes()
    for raw in (b"", whole[:-9], whole.replace(b"register", b"registry"), b"\xff"):
        path.write_bytes(raw)
        with pytest.raises(KeysRefused, match="does not hold"):
            read_keys(tmp_path)
    path.write_bytes(whole)
    make_keys(tmp_path / "other", "other.example.nl/log")
    (tmp_path / "other" / "log-1.key").rename(tmp_path / "log-2.key")
    with pytest.raises(KeysRefused, match="different names"):
        read_keys(tmp_path)
