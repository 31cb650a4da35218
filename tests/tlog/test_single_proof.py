"""One proof and the bytes of its entry are checked by the stand-alone verifier, and whatever else is in either is found."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from register import verify
from register.publishing.files import Files
from register.publishing.proving import Prover
from tests.tlog.published import KEYS, Texts, publish

SIZE, POSITION = 300, 270
TEXTS = Texts(SIZE)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """What somebody saved of one entry."""
    publish(tmp_path / "log", TEXTS.entries)
    proof = Prover.newest(Files(tmp_path / "log")).proof(POSITION)
    (tmp_path / f"{POSITION}.tlog-proof").write_bytes(proof.raw)
    (tmp_path / f"{POSITION}.json").write_bytes(TEXTS.entries[POSITION])
    return tmp_path


def looked(kept: Path, *arguments: str) -> int:
    return verify.main([str(kept / f"{POSITION}.tlog-proof"), *arguments, *(f"--key={key}" for key in KEYS)])


def test_a_proof_shows_that_the_entry_stands_in_the_signed_log(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert looked(kept) == looked(kept, str(kept / f"{POSITION}.json")) == 0
    said = capsys.readouterr().out
    assert f"entry {POSITION} stands in it with exactly these bytes" in said
    assert "signed by register.example.nl/log (Ed25519), register.example.nl/log (ML-DSA-44)" in said


def test_another_entry_is_named(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (kept / "other.json").write_bytes(TEXTS.entries[POSITION - 1])
    assert looked(kept, str(kept / "other.json")) == 1
    said = capsys.readouterr().out
    assert f"WRONG  {POSITION}.tlog-proof, entry {POSITION}: does not show that other.json stands there" in said
    assert "exactly these bytes" not in said


def test_every_changed_byte_of_a_proof_and_of_its_entry_is_found(kept: Path) -> None:
    for name in (f"{POSITION}.tlog-proof", f"{POSITION}.json"):
        path = kept / name
        raw = path.read_bytes()
        for at in range(0, len(raw), 7):
            path.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
            assert looked(kept) == 1, (name, at)
        path.write_bytes(raw)
    assert looked(kept) == 0


def test_a_file_that_is_no_proof_or_is_not_there_is_told(kept: Path) -> None:
    assert verify.main([str(kept / "none.tlog-proof")]) == 2
    (kept / f"{POSITION}.tlog-proof").write_text("no proof\n")
    assert looked(kept) == 1
    with pytest.raises(SystemExit):
        verify.main([str(kept / "log"), str(kept / f"{POSITION}.json")])


def test_it_needs_nothing_of_the_register(kept: Path) -> None:
    alone = kept / "verify.py"
    shutil.copy(Path(verify.__file__), alone)
    command = [sys.executable, "-I", str(alone), f"{POSITION}.tlog-proof", f"{POSITION}.json"]
    done = subprocess.run(
        [*command, *(f"--key={key}" for key in KEYS)], capture_output=True, text=True, check=False, cwd=kept
    )
    assert done.returncode == 0, done.stdout + done.stderr
