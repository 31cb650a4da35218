"""Texts come back from a backup behind their seals, and a text that was withdrawn never does, however old the copy."""

from __future__ import annotations

import json
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from random import Random
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from register.store.roles import prepare, role_name
from tests.projections.histories import History
from tests.projections.telling import Teller
from tests.restoring.region import Kept, openings, withdraw


def test_all_texts_come_back_behind_their_seals(kept: Kept, empty: Kept) -> None:
    kept.publish()
    backup = kept.data_dir / "backup"
    said = kept.told("backup", str(backup))
    rows = kept.rows()
    assert (said["entries"], said["published"]) == (len(rows["log.events"]), len(rows["log.events"]))
    assert said["texts"] == len(rows["log.openings"]) > 200
    restored = empty.told("restore", str(backup), "--from-log", str(backup / "log"))
    assert (restored["textsAdded"], restored["textsMissing"]) == (said["texts"], 0)
    assert empty.rows()["log.openings"] == rows["log.openings"]
    assert empty.told("restore", str(backup), "--from-log", str(backup / "log"))["textsAdded"] == 0
    empty.publish()
    assert empty.told("verify")["texts"] == said["texts"]


def test_a_backup_is_checked_by_the_tools_that_everybody_has(kept: Kept) -> None:
    backup = kept.data_dir / "backup"
    kept.told("backup", str(backup))
    subprocess.run(["sha256sum", "--strict", "--check", "SHA256SUMS"], cwd=backup, check=True, capture_output=True)
    assert backup.stat().st_mode & 0o077 == 0
    assert {path.name for path in backup.iterdir()} == {"SHA256SUMS", "log", "manifest.json", "openings.jsonl"}
    assert "keys" not in {path.name for path in backup.rglob("*")}
    assert "is not empty" in kept.refused("backup", str(backup))


def test_the_log_in_a_backup_ends_at_its_checkpoint_though_more_is_being_written(kept: Kept) -> None:
    files = kept.log
    (files / "tile" / "entries" / "009").write_bytes(b"of a checkpoint that is not signed yet")
    (files / "checkpoints" / "99999").write_bytes(b"one that came meanwhile")
    said = kept.told("backup", str(kept.data_dir / "backup"))
    assert said["published"] < said["entries"]
    assert kept.register("verify", str(kept.data_dir / "backup" / "log")).exit_code == 0


def test_a_log_that_is_damaged_is_not_backed_up(kept: Kept) -> None:
    path = kept.log / "tile" / "0" / "000"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert "tile/0/000" in kept.refused("backup", str(kept.data_dir / "backup"))
    assert not (kept.data_dir / "backup").exists()
    assert not list(kept.data_dir.glob(".backup*"))


def test_a_withdrawn_text_stays_out_however_old_the_backup_is(teller: Teller, kept: Kept, empty: Kept) -> None:
    backup = kept.data_dir / "backup"
    kept.told("backup", str(backup))
    before = openings(kept)
    gone = withdraw(teller, 5)
    kept.publish()
    assert gone < before
    held = (backup / "openings.jsonl").read_text()
    assert all(f'"field":"{field}","seq":{seq},"stream":"{stream}"' in held for stream, seq, field in gone)
    said = empty.told("restore", str(backup), "--from-log", str(kept.log))
    assert (said["textsWithheld"], said["textsMissing"]) == (5, 0)
    assert openings(empty) == before - gone


def test_an_older_dump_gets_the_entries_and_loses_the_texts_that_they_withdraw(teller: Teller, kept: Kept) -> None:
    kept.publish()
    rows = kept.rows()
    size = len(rows["log.events"])
    gone = withdraw(teller, 5)
    kept.publish()
    left = openings(kept)
    kept.cut(size)
    with psycopg.connect(kept.logins.owner) as owner:
        for row in rows["log.openings"]:
            owner.execute("INSERT INTO log.openings VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING", row)
    assert openings(kept) == left | gone
    said = kept.told("restore", "--from-log", str(kept.log))
    assert (said["entriesAdded"], said["textsWithheld"]) == (5, 5)
    assert openings(kept) == left


def test_texts_that_are_newer_than_the_backup_are_told_by_stream(teller: Teller, kept: Kept, empty: Kept) -> None:
    backup = kept.data_dir / "backup"
    kept.told("backup", str(backup))
    before = openings(kept)
    History(Random(9), streams=2).tell(Newer(teller), 30)
    kept.publish()
    newer = openings(kept) - before
    assert newer
    said = empty.told("restore", str(backup), "--from-log", str(kept.log))
    assert said["textsMissing"] == len(newer)
    assert {each["stream"]: each["texts"] for each in said["missing"]} == {
        stream: sum(place[0] == stream for place in newer) for stream in {place[0] for place in newer}
    }
    assert said["textsAdded"] == len(before)


class Newer(Teller):
    """Tells into the same log, about streams that are new."""

    def __init__(self, teller: Teller) -> None:
        self.__dict__ = teller.__dict__

    def tell(self, where: str, *facts: object, **how: object) -> int:
        return super().tell(where[:-1] + ("0" if where[-1] != "0" else "1"), *facts, **how)  # type: ignore[arg-type]  # as they come


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("openings.jsonl", "is not what it was"),
        ("manifest.json", "is not what it was"),
        ("log/checkpoint", "is not what it was"),
    ],
)
def test_a_backup_that_was_tampered_with_is_refused_with_the_file_that_is_wrong(
    kept: Kept, empty: Kept, name: str, how: str
) -> None:
    backup = kept.data_dir / "backup"
    kept.told("backup", str(backup))
    path, random = backup / name, Random(name)
    raw = path.read_bytes()
    at = random.randrange(len(raw))
    path.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
    assert f"register: {name} of the backup {how}" in empty.refused("restore", str(backup), "--from-log", str(kept.log))
    path.unlink()
    assert f"{name} of the backup is missing" in empty.refused("restore", str(backup), "--from-log", str(kept.log))
    path.write_bytes(raw)
    (backup / "extra").write_bytes(b"")
    assert "extra of the backup is no part of it" in empty.refused("restore", str(backup), "--from-log", str(kept.log))


def test_a_text_that_opens_no_seal_is_refused_before_anything_is_restored(kept: Kept, empty: Kept) -> None:
    backup = kept.data_dir / "backup"
    kept.told("backup", str(backup))
    lines = (backup / "openings.jsonl").read_text().splitlines(keepends=True)
    first, other = json.loads(lines[7]), json.loads(lines[8])
    lines[7] = json.dumps(first | {"d": other["d"]}) + "\n"
    resealed(backup, "openings.jsonl", "".join(lines).encode())
    said = empty.refused("restore", str(backup), "--from-log", str(kept.log))
    assert f"openings.jsonl:8 of the backup does not open field {first['field']} of entry {first['seq']}" in said


def test_a_backup_of_another_register_or_of_another_history_is_refused(kept: Kept, empty: Kept) -> None:
    backup = kept.data_dir / "backup"
    kept.told("backup", str(backup))
    manifest = json.loads((backup / "manifest.json").read_text())
    for changed, reason in (
        ({"register": "00000000-0000-4000-8000-00000000ffff"}, "is of the register 00000000"),
        ({"entries": 5}, "root over the first 5 differs"),
        ({"published": 10_000}, "name the newest that there is"),
    ):
        resealed(backup, "manifest.json", json.dumps(manifest | changed).encode())
        assert reason in empty.refused("restore", str(backup), "--from-log", str(kept.log))


def test_what_is_no_backup_is_told(kept: Kept, empty: Kept, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    assert "is no backup" in empty.refused("restore", str(tmp_path / "nothing"), "--from-log", str(kept.log))
    kept.told("backup", str(tmp_path / "backup"))
    said = empty.refused("restore", str(tmp_path / "backup"))
    assert "only when no newer one is left" in said
    assert "nothing to back up" in empty.refused("backup", str(tmp_path / "other"))
    shutil.copytree(kept.log, empty.log)
    assert empty.told("restore", str(tmp_path / "backup"))["textsAdded"] > 0


def resealed(backup: Path, name: str, raw: bytes) -> None:
    """Change a file of a backup together with its digest."""
    (backup / name).write_bytes(raw)
    sums = (backup / "SHA256SUMS").read_text().splitlines()
    lines = [f"{sha256(raw).hexdigest()}  {name}" if line.endswith(f"  {name}") else line for line in sums]
    (backup / "SHA256SUMS").write_text("\n".join(lines) + "\n")


def test_an_owner_that_is_no_superuser_restores_too(teller: Teller, kept: Kept, server: str, tmp_path: Path) -> None:
    backup = kept.data_dir / "backup"
    kept.told("backup", str(backup))
    gone = withdraw(teller, 2)
    kept.publish()
    name = f"theirs_{uuid4().hex[:8]}"
    role = sql.Identifier(name)
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD 'theirs'").format(role))
        owner.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))
        try:
            theirs = make_conninfo(server, user=name, password="theirs", dbname=name)  # noqa: S106  # of this test only
            other = Kept(prepare(theirs, tmp_path / "second"), tmp_path / "second")
            shutil.copytree(kept.data_dir / "keys", other.data_dir / "keys")
            said = other.told("restore", str(backup), "--from-log", str(kept.log))
            assert (said["textsWithheld"], said["textsMissing"]) == (2, 0)
            assert openings(other) == openings(kept)
            assert not openings(other) & gone
        finally:
            owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(role))
            for purpose in ("app", "projections", "eraser"):
                owner.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role_name(purpose, name))))
            owner.execute(sql.SQL("DROP ROLE {}").format(role))
