"""The libraries of the Go project (sumdb/note, sumdb/tlog) read the published log: `referee.go` asks them for everything they know."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.outside.large import SIZE, SIZES, TAMPERED, Large

HERE = Path(__file__).parent
SOURCES = Path("/usr/share/gocode")
"""Where Debian keeps the sources of Go libraries."""

pytestmark = pytest.mark.skipif(
    shutil.which("go") is None or not (SOURCES / "src" / "golang.org" / "x" / "mod" / "sumdb").is_dir(),
    reason="Go and its sumdb are not installed; on Debian: apt-get install golang-go golang-golang-x-mod-dev",
)


@pytest.fixture(scope="module")
def referee(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, made from its source and the libraries on this machine; no network."""
    where = tmp_path_factory.mktemp("referee")
    made = {"GO111MODULE": "off", "GOPATH": str(SOURCES), "GOPROXY": "off", "GOFLAGS": "", "CGO_ENABLED": "0"}
    subprocess.run(
        ["go", "build", "-o", where / "referee", HERE / "referee.go"],
        env={**os.environ, **made, "GOCACHE": str(where / "cache")},
        check=True,
        timeout=300,
    )
    return where / "referee"


def judged(referee: Path, log: Path, key: str) -> tuple[int, str]:
    told = subprocess.run([referee, log, key], capture_output=True, text=True, check=False, timeout=120)
    return told.returncode, told.stdout + told.stderr


def test_it_accepts_every_entry_proof_and_growth_of_a_log_with_partial_tiles_at_every_level(
    referee: Path, large: Large
) -> None:
    code, said = judged(referee, large.log, large.classic)
    assert code == 0, said
    growths = len(SIZES) * (len(SIZES) - 1) // 2
    assert f"entries {SIZE}, " in said
    assert f"checkpoints {len(SIZES)}, growths proven {growths}, partial tiles 0:112 1:17 2:1\n" in said
    proven = int(said.partition("proven ")[2].partition(",")[0])
    assert proven > 900


@pytest.mark.parametrize("what", TAMPERED)
def test_it_refuses_a_log_in_which_one_thing_was_changed(
    referee: Path, large: Large, tmp_path: Path, what: str
) -> None:
    code, said = judged(referee, large.but(tmp_path / "log", *TAMPERED[what]), large.classic)
    assert code == 1
    assert re.search("signature|invalid|inconsistent|not the one|do not lead", said), said


def test_it_refuses_the_log_under_the_key_of_another(referee: Path, large: Large, tmp_path: Path) -> None:
    _, id_, coded = large.classic.split("+", 2)
    other = large.but(tmp_path / "log", "checkpoint", lambda raw: raw.replace(b"register", b"registry"))
    assert judged(referee, other, large.classic)[0] == 1
    assert judged(referee, large.log, f"registry.example.nl/log+{id_}+{coded}") == (
        1,
        "the key: invalid verifier hash\n",
    )
