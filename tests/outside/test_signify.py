"""The Ed25519 signature of a checkpoint, wrapped as OpenBSD has it, is one of exactly the text of the note."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.outside.large import Large, other_byte

PROGRAM = shutil.which("signify-openbsd")
pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="signify is not installed; on Debian: apt-get install signify-openbsd"
)
NUMBER = b"register"
"""Eight bytes by which signify finds the key of a signature."""


def wrapped(where: Path, large: Large) -> tuple[bytes, bytes]:
    """Write the key; the text of the note and the bytes of its first signature."""
    key = base64.b64decode(large.classic.split("+", 2)[2])[1:]
    (where / "key.pub").write_bytes(_file(NUMBER + key))
    text, _, lines = (large.log / "checkpoint").read_bytes().rpartition(b"\n\n")
    line = lines.splitlines()[0]
    return text + b"\n", base64.b64decode(line.rpartition(b" ")[2])[4:]


def accepted(where: Path, text: bytes, signature: bytes) -> tuple[bool, str]:
    (where / "text").write_bytes(text)
    (where / "text.sig").write_bytes(_file(NUMBER + signature))
    told = subprocess.run(
        [str(PROGRAM), "-V", "-p", where / "key.pub", "-x", where / "text.sig", "-m", where / "text"],
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    return told.returncode == 0, told.stdout + told.stderr


def _file(raw: bytes) -> bytes:
    return b"untrusted comment: of the log\n" + base64.b64encode(b"Ed" + raw) + b"\n"


def test_it_accepts_the_signature_of_the_checkpoint(large: Large, tmp_path: Path) -> None:
    text, signature = wrapped(tmp_path, large)
    assert accepted(tmp_path, text, signature) == (True, "Signature Verified\n")


def test_it_refuses_another_text_and_another_signature(large: Large, tmp_path: Path) -> None:
    text, signature = wrapped(tmp_path, large)
    for at in (0, len(text) // 2, -1):
        taken, said = accepted(tmp_path, other_byte(at)(text), signature)
        assert (taken, "verification failed" in said) == (False, True)
    for at in (0, 31, 40):
        taken, said = accepted(tmp_path, text, other_byte(at)(signature))
        assert (taken, "verification failed" in said) == (False, True)
    assert not accepted(tmp_path, text + b"\n", signature)[0]
