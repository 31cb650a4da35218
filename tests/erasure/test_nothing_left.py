"""What was withdrawn is nowhere any more: not in any file, not at any known time, and every proof holds as before."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from typing import Any

import psycopg
import pytest

from tests.erasure.conftest import Alone
from tests.erasure.planting import Planted, files_with, plant, withdraw

SEED = 20261122


def register(alone: Alone, *arguments: str) -> list[dict[str, Any]]:
    """Run a command in a process of its own, beside the register that runs; its answers."""
    program = (sys.executable, "-m", "api", *arguments, "--data-dir", str(alone.data_dir), "--json")
    ran = subprocess.run(program, capture_output=True, timeout=180, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.fixture(scope="module")
def planted(alone: Alone) -> list[Planted]:
    """Ten texts, of which the statistics of the database and the log of its server know too."""
    texts = plant(alone.edge, random.Random(SEED))
    with psycopg.connect(alone.server.dsn, autocommit=True) as owner:
        for table in ("log.openings", "read.texts"):
            owner.execute(f"ANALYZE {table}".encode())
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            owner.execute(f"SELECT '{texts[0].text}'::integer".encode())
        owner.execute("CHECKPOINT")
    return texts


def test_a_withdrawn_text_is_in_no_file_any_more(alone: Alone, planted: list[Planted]) -> None:
    before = {text.text[:12]: files_with(text.pieces(), alone.files) for text in planted}
    for name, files in before.items():
        print(f"before: {name}…: {sorted(files)}")  # noqa: T201  # where it was
        assert any("/pg_wal/" in file for file in files)
        assert sum("/base/" in file for file in files) >= 2
    everywhere = set().union(*before.values())
    assert "postgres.log" in everywhere
    for text in planted:
        withdraw(alone.edge, text)
    assert files_with(planted[0].pieces(), alone.files)
    answers = register(alone, "erase", "--finish")
    print(*answers, sep="\n")  # noqa: T201  # what was done
    assert answers[-1] == {"withdrawn": len(planted), "remains": []}
    assert {text.text[:12]: files_with(text.pieces(), alone.files) for text in planted} == {
        text.text[:12]: set() for text in planted
    }
