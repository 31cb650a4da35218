"""What was withdrawn is nowhere any more: not in any file, not at any known time, and every proof holds as before."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from typing import Any

import httpx
import psycopg
import pytest

from tests.erasure.conftest import Alone
from tests.erasure.planting import PIECE, Planted, files_with, plant, withdraw

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


def test_every_page_and_answer_withholds_them_at_every_known_time(alone: Alone, planted: list[Planted]) -> None:
    last = alone.edge.size() - 1
    everywhere = sorted({address for text in planted for address in addresses(text)})
    for at in (None, "2026-01-01", *known_times(alone, (last // 2, last - 12, last))):
        for address in everywhere:
            answer = httpx.get(alone.edge.url + asked(address, at), timeout=30, follow_redirects=True)
            told = [text for text in planted if text.text[PIECE : 2 * PIECE - 8] in answer.text]
            assert told == [], (address, at)
    assert alone.edge.read(f"/decisions/{planted[0].stream}")["proposed"]["title"]["withheld"] == "avg-17"
    assert httpx.get(f"{alone.edge.url}/afgeschermd", timeout=30).text.count('<tr id="regel-') == len(planted)


def asked(address: str, at: str | None) -> str:
    if at is None:
        return address
    return f"{address}{'&' if '?' in address else '?'}knownAt={at}"


def known_times(alone: Alone, positions: tuple[int, ...]) -> list[str]:
    with psycopg.connect(alone.server.dsn) as owner:
        rows = owner.execute("SELECT known FROM log.events WHERE position = ANY (%s)", (list(positions),)).fetchall()
    return [f"{known:%Y-%m-%dT%H:%M:%S.%f}Z" for (known,) in rows]


def addresses(text: Planted) -> tuple[str, ...]:
    """What tells of the decision, member and governance in which they stood, and what looks for them."""
    api, pages = f"/api/v1/decisions/{text.stream}", f"/besluiten/{text.stream}"
    found = f"?q={text.text.split()[0][:PIECE]}"
    return (
        *(api + below for below in ("", "/positions", "/history", "/difference")),
        *(lang + pages + below for lang in ("", "/en") for below in ("", "/stap", "/verschil")),
        f"/openings/{text.stream}",
        "/api/v1/members/gm0363",
        "/leden/gm0363",
        "/raad/gm0363-raad",
        "/besluiten",
        f"/api/v1/search{found}&waar=all",
    )


def test_every_proof_holds_as_before(alone: Alone) -> None:
    (checked,) = register(alone, "verify")
    assert (checked["wrong"], checked["unpublished"]) == (0, 0)
    outside = (sys.executable, "-I", str(alone.files / "log" / "verify.py"), str(alone.files / "log"))
    policy = ("--policy", str(alone.files / "log" / "policy"))
    ran = subprocess.run((*outside, *policy), capture_output=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stdout.decode() + ran.stderr.decode()


def test_built_anew_the_read_models_do_not_have_them_either(alone: Alone, planted: list[Planted]) -> None:
    built = register(alone, "rebuild")[-1]
    assert "texts" in built["names"]
    with psycopg.connect(alone.server.dsn) as owner:
        assert owner.execute("SELECT count(*) FROM read.gaps").fetchone() == (0,)
        rows = owner.execute("SELECT text, withheld FROM read.texts WHERE withheld IS NOT NULL").fetchall()
    assert rows == [(None, "avg-17")] * len(planted)
    assert files_with([piece for text in planted for piece in text.pieces()], alone.files) == set()


def test_killed_anywhere_it_is_run_again_and_finds_the_rest(alone: Alone) -> None:
    rng = random.Random(SEED + 1)
    texts = plant(alone.edge, rng)
    for text in texts:
        withdraw(alone.edge, text)
    pieces = [piece for text in texts for piece in text.pieces()]
    assert files_with(pieces, alone.files)
    program = (sys.executable, "-m", "api", "erase", "--finish", "--data-dir", str(alone.data_dir), "--json")
    for _ in range(6):
        running = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.8, 3.0))
        running.kill()
        said = running.communicate(timeout=60)[0].decode()
        print(f"killed after {said.count('rewritten')} of 4 steps")  # noqa: T201  # where it died
    assert register(alone, "erase", "--finish")[-1]["remains"] == []
    assert files_with(pieces, alone.files) == set()
