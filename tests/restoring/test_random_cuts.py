"""Random histories that are cut at random places come back whole, whatever of them was kept where."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random

import pytest

from register.verify import Files, Log
from tests.databases import fresh_register
from tests.projections.histories import History
from tests.projections.telling import Teller
from tests.restoring.region import Kept, openings, withdraw


@pytest.mark.parametrize("seed", range(4))
def test_a_history_cut_anywhere_comes_back_whole(server: str, teller: Teller, tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    history, first = History(random), Kept(teller.logins, tmp_path / "first")
    backup = tmp_path / "backup"
    copies: list[Path] = []
    withdrawn: set[tuple[str, int, str]] = set()
    for step in range(5):
        history.tell(teller, random.randrange(1, 50))
        if random.random() < 0.7:
            withdrawn |= withdraw(teller, random.randrange(3))
        first.change("SELECT log.recall_commands()")
        first.publish()
        copies.append(tmp_path / f"log{step}")
        shutil.copytree(first.log, copies[-1])
        if not backup.exists() and (step == 3 or random.random() < 0.4):
            first.told("backup", str(backup))
    was = first.rows()
    lines = map(json.loads, (backup / "openings.jsonl").read_text().splitlines())
    backed = {(line["stream"], line["seq"], line["field"]) for line in lines}
    with fresh_register(server, tmp_path / "second") as logins:
        second = Kept(logins, tmp_path / "second")
        shutil.copytree(first.data_dir / "keys", second.data_dir / "keys")
        # First from an older copy of the log, then cut at any entry, within a command too, as no dump would, and then whole.
        second.told("restore", "--from-log", str(random.choice(copies)))
        size = Log(Files(copies[-1]), []).run().size
        second.cut(random.randrange(len(second.every("log.events")) + 1))
        second.change("DELETE FROM log.commands", "SELECT log.recall_commands()", "DELETE FROM log.openings")
        said = second.told("restore", str(backup), "--from-log", str(copies[-1]))
        now = second.rows()
        assert size == said["entries"] == len(was["log.events"])
        for table in ("log.events", "log.commands"):
            assert now[table] == was[table], table
        assert now["log.head"][0][1:] == was["log.head"][0][1:]
        assert openings(second) == backed - withdrawn
        assert openings(second) <= openings(first)
        assert said["textsMissing"] == len(openings(first) - openings(second))
        second.publish()
        assert Log(Files(second.log), []).run().findings == []
