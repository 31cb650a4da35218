"""What anybody can keep of an entry or a decision, and check without the register."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from register.tlog.checkpoints import Checkpoint
from register.tlog.notes import Note
from register.tlog.proofs import Proof
from register.verify import Files, Log, proven
from tests.api.edge import Edge
from tests.api.test_published import caught_up


def keys(edge: Edge) -> list[str]:
    policy = httpx.get(f"{edge.url}/log/policy").text
    return [line.removeprefix("log ") for line in policy.splitlines() if line.startswith("log ")]


@pytest.mark.parametrize("position", [0, 1, 7, -1])
def test_an_entry_is_proven_by_a_file_of_its_own(edge: Edge, position: int) -> None:
    position %= caught_up(edge)
    answer = edge.get(f"/events/{position}/proof")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{position}.tlog-proof"'
    proof = Proof.read(answer.content)
    log = Checkpoint.read(Note.read(proof.checkpoint).text)
    entry = edge.get(f"/events/{position}/entry").content
    under = (log.size, log.root, proof.checkpoint)
    assert proven(answer.content, position, entry, under)
    assert not proven(answer.content, position, entry + b" ", under)
    assert not proven(answer.content, position + 1, entry, under)
    assert not proven(answer.content.replace(b"@v1", b"@v2"), position, entry, under)


def test_what_was_recorded_just_now_is_proven_as_soon_as_it_is_published(edge: Edge) -> None:
    body = {"code": "bewezen", "name": "Bewezen"}
    position = edge.record("beheer", "/themes", body)["position"]
    answer = edge.get(f"/events/{position}/proof")
    assert answer.status_code == 200, answer.text
    assert Proof.read(answer.content).index == position


def test_what_is_not_there_cannot_be_proven(edge: Edge) -> None:
    size = caught_up(edge)
    assert edge.get(f"/events/{size}/proof").status_code == 404
    assert edge.get("/events/first/proof").status_code == 404
    assert edge.get("/decisions/00000000-0000-4000-8000-000000000000/proof").status_code == 404
    meeting = edge.read("/meetings")["items"][0]["id"]
    assert edge.get(f"/decisions/{meeting}/proof").status_code == 404
    assert edge.client.get("/events/0/proof", headers={"Accept": "application/json"}).status_code == 406


@pytest.fixture
def archive(edge: Edge, tmp_path: Path) -> Path:
    """The archive of a decision with texts, as somebody saved it."""
    caught_up(edge)
    answer = edge.get(f"/decisions/{edge.made['samenwerkingsafspraken']}/proof")
    assert answer.status_code == 200
    path = tmp_path / "decision.zip"
    path.write_bytes(answer.content)
    return path


def found_in(path: Path, edge: Edge) -> list[str]:
    return [finding.file for finding in Log(Files(Path()), keys(edge)).archive(path).findings]


def test_an_archive_is_sound_and_holds_every_entry_and_text_of_its_decision(edge: Edge, archive: Path) -> None:
    log = Log(Files(Path()), keys(edge))
    report = log.archive(archive)
    assert report.findings == []
    id_ = edge.made["samenwerkingsafspraken"]
    assert log.streams == {id_: edge.read(f"/decisions/{id_}/events")["total"]}
    assert report.openings == len(edge.get(f"/openings/{id_}").text.splitlines()) > 3


def test_the_verifier_in_the_archive_checks_the_archive(edge: Edge, archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as held:
        held.extract("verify.py", tmp_path)
    command = [sys.executable, "-I", "verify.py", archive.name, *(f"--key={key}" for key in keys(edge))]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 findings" in done.stdout
    (tmp_path / "none.zip").write_bytes(b"no archive")
    done = subprocess.run([*command[:3], "none.zip"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")


def spoiled(archive: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """The archive with one file changed, or left out when nothing is left of it."""
    with zipfile.ZipFile(archive) as held:
        content = {each: held.read(each) for each in held.namelist()}
    content[name] = change(content.get(name, b""))
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as made:
        for each, bytes_ in content.items():
            if bytes_:
                made.writestr(each, bytes_)
    path = archive.with_name("spoiled.zip")
    path.write_bytes(raw.getvalue())
    return path


def test_whatever_is_changed_in_an_archive_is_named(edge: Edge, archive: Path) -> None:
    with zipfile.ZipFile(archive) as held:
        names = held.namelist()
    entries = [name for name in names if name.endswith(".json")]
    proofs = [name for name in names if name.endswith(".tlog-proof")]
    first = entries[0].replace(".json", ".tlog-proof")
    for name in (entries[0], entries[-1], proofs[0], proofs[-1], "checkpoint"):
        # A letter in the middle: of an entry, of a hash, of a signature.
        found = found_in(spoiled(archive, name, lambda raw: raw.replace(raw[150:151], b"#", 1)), edge)
        assert name in found or name.replace(".json", ".tlog-proof") in found, (name, found)
    assert "openings.jsonl:1" in found_in(
        spoiled(archive, "openings.jsonl", lambda raw: raw.replace(b"W", b"X", 1)), edge
    )
    assert first in found_in(spoiled(archive, first, lambda _: b""), edge)
    assert found_in(spoiled(archive, entries[0], lambda _: b""), edge)
    assert found_in(spoiled(archive, "checkpoint", lambda _: b""), edge) == ["checkpoint"]
    assert found_in(spoiled(archive, "more.txt", lambda _: b"more"), edge) == ["more.txt"]
    # A text that is withheld is no finding.
    assert found_in(spoiled(archive, "openings.jsonl", lambda _: b""), edge) == []
