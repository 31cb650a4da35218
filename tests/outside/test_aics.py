"""Another reader of logs, in a Python of its own: aics-tlog takes the checkpoint, each proof, each growth and every tile.

It wants Python 3.12; `make .tools/outside/.installed` puts it beside the checkout where there is one.
"""

from __future__ import annotations

import json
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.outside.large import SIZE, SIZES, TAMPERED, Large

ROOT = Path(__file__).parents[2]
BIN = ROOT / ".tools" / "outside" / "bin"
pytestmark = pytest.mark.skipif(
    not (BIN / "aics-tlog").exists(),
    reason="aics-tlog is not installed; with Python 3.12 at hand `make .tools/outside/.installed` does",
)
ORIGIN = "register.example.nl/log"
EVERYTHING = """
import sys
from aics_tlog import FileSystemTileReader, checkpoint, note
from aics_tlog.verified import audit_tiles
from pathlib import Path
said, _ = checkpoint.checkpoint_from_note((Path(sys.argv[1]) / "checkpoint").read_bytes())
print(audit_tiles(FileSystemTileReader(sys.argv[1]), said.size, said.root))
"""


def asked(log: Path, key: str, *what: str | Path) -> tuple[int, dict[str, Any]]:
    """Its exit code and what it tells."""
    told = subprocess.run(
        [BIN / "aics-tlog", *what, "--tiles", log, "--log-key", key, "--origin", ORIGIN],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    return told.returncode, json.loads(told.stdout) if told.stdout.startswith("{") else {"error": told.stderr}


def audited(log: Path) -> subprocess.CompletedProcess[str]:
    """Every tile and every bundle, which it does for who asks its library."""
    command: list[str | Path] = [BIN / "python", "-c", EVERYTHING, log]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_it_accepts_the_checkpoint_and_every_tile_and_bundle(large: Large) -> None:
    code, said = asked(large.log, large.classic, "verify-checkpoint")
    assert (code, said["size"], said["log_ok"], said["tiles_ok"]) == (0, SIZE, True, True)
    told = audited(large.log)
    assert told.returncode == 0, told.stderr
    assert f"size={SIZE}, tiles=277, bundles=274" in told.stdout


@pytest.mark.parametrize("position", [0, 255, 256, 65_535, 65_536, SIZE - 1])
def test_it_accepts_the_proof_of_an_entry(large: Large, position: int) -> None:
    code, said = asked(large.log, large.classic, "verify-inclusion", "--index", str(position))
    assert (code, said["ok"]) == (0, True)
    assert said["entry_sha256"] == sha256(large.entries[position]).hexdigest()


def test_it_accepts_that_the_log_continues_each_earlier_checkpoint(large: Large) -> None:
    for size in SIZES:
        old = large.log / "checkpoints" / str(size)
        code, said = asked(large.log, large.classic, "verify-consistency", "--old-checkpoint", old)
        assert (code, said["ok"], said["old_size"]) == (0, True, size)


@pytest.mark.parametrize("what", TAMPERED)
def test_it_refuses_a_log_in_which_one_thing_was_changed(large: Large, tmp_path: Path, what: str) -> None:
    name, change = TAMPERED[what]
    log = large.but(tmp_path / "log", name, change)
    if name.startswith("tile/"):
        told = audited(log)
        assert told.returncode != 0
        assert "TileVerificationError" in told.stderr
    else:
        old = log / "checkpoints" / "530"
        code, said = asked(log, large.classic, "verify-consistency", "--old-checkpoint", old)
        assert (code != 0, said.get("ok", False)) == (True, False)
