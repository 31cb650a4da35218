"""A backup that is not as it was written is refused in one sentence, whatever is wrong with it, and the database stays as it was."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

from tests.restoring.region import Kept, openings
from tests.restoring.test_texts import resealed

MANIFESTS: tuple[dict[str, object], ...] = (
    {"root": "zz"},
    {"root": "\u00e9"},
    {"entries": -1},
    {"published": -1},
    {"texts": "many"},
    {"at": "yesterday"},
    {"format": 2},
    {"more": True},
)
LINES = (
    b"\xff\xfe",
    b"",
    b"[]",
    b'{"d":"a","field":"title","seq":1}',
    b'{"d":"\\u0000","field":"title","seq":1,"stream":"{stream}"}',
    b'{"d":"\\ud800","field":"title","seq":1,"stream":"{stream}"}',
    b'{"d":"a","field":"title","seq":-1,"stream":"{stream}"}',
    b'{"d":"' + b"a" * 3_000_000 + b'","field":"title","seq":1,"stream":"{stream}"}',
    b"[" * 100_000,
)


def test_a_manifest_that_says_what_cannot_be_is_refused(kept: Kept, empty: Kept) -> None:
    backup = kept.data_dir / "backup"
    kept.told("backup", str(backup))
    manifest = json.loads((backup / "manifest.json").read_text())
    for changed in MANIFESTS:
        resealed(backup, "manifest.json", json.dumps(manifest | changed).encode())
        said = empty.refused("restore", str(backup), "--from-log", str(kept.log))
        assert "manifest.json of the backup cannot be read" in said
        assert len(said.splitlines()) == 1


def test_a_line_that_is_no_text_is_refused_by_its_number(kept: Kept, empty: Kept) -> None:
    backup = kept.data_dir / "backup"
    kept.told("backup", str(backup))
    raw = (backup / "openings.jsonl").read_bytes()
    stream, number = json.loads(raw.splitlines()[0])["stream"], len(raw.splitlines()) + 1
    for line in LINES:
        resealed(backup, "openings.jsonl", raw + line.replace(b"{stream}", stream.encode()) + b"\n")
        said = empty.refused("restore", str(backup), "--from-log", str(kept.log))
        assert f"openings.jsonl:{number} of the backup" in said
        assert (len(said.splitlines()), len(said) < 500) == (1, True)


def test_a_line_twice_stores_a_text_once_and_one_of_nowhere_is_told(kept: Kept, empty: Kept) -> None:
    backup = kept.data_dir / "backup"
    kept.publish()
    texts = kept.told("backup", str(backup))["texts"]
    raw = (backup / "openings.jsonl").read_bytes()
    other = b'{"d":"a","field":"title","seq":1,"stream":"nowhere"}\n'
    resealed(backup, "openings.jsonl", raw + raw.splitlines(keepends=True)[0] + other)
    said = empty.told("restore", str(backup), "--from-log", str(kept.log))
    assert (said["textsAdded"], said["textsBeyond"], said["textsMissing"]) == (texts, 1, 0)
    assert openings(empty) == openings(kept)


def test_what_is_no_file_in_a_backup_is_refused(kept: Kept, empty: Kept) -> None:
    backup = kept.data_dir / "backup"
    kept.told("backup", str(backup))
    extra = backup / "extra"
    for to in (backup / "log", Path("nowhere"), None):
        extra.symlink_to(to) if to else os.mkfifo(extra)
        said = empty.refused("restore", str(backup), "--from-log", str(kept.log))
        assert "extra of the backup is no part of it" in said
        extra.unlink()


def test_digests_that_say_nothing_are_refused(kept: Kept, empty: Kept) -> None:
    backup = kept.data_dir / "backup"
    kept.told("backup", str(backup))
    for raw in (b"", b"\xff\n", b"no digests\n", (backup / "SHA256SUMS").read_bytes()[:-30]):
        (backup / "SHA256SUMS").write_bytes(raw)
        said = empty.refused("restore", str(backup), "--from-log", str(kept.log))
        assert " of the backup is no" in said
        assert len(said.splitlines()) == 1


def test_a_disk_that_is_full_is_told_and_leaves_no_half_backup(kept: Kept) -> None:
    def little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    environment = {**os.environ, "REGISTER_DATABASE_URL": kept.logins.owner, "REGISTER_DATA_DIR": str(kept.data_dir)}
    command = [sys.executable, "-m", "api", "backup", str(kept.data_dir / "backup")]
    ran = subprocess.run(
        command, env=environment, capture_output=True, preexec_fn=little, check=False, timeout=60
    )  # no thread runs here
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert ran.stderr.decode().startswith("register: the disk takes no more")
    assert len(ran.stderr.splitlines()) == 1
    assert not list(kept.data_dir.glob("*backup*"))
