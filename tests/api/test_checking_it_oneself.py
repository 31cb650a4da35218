"""The commands that a reader is given are run as they stand on the page, in both languages, and `register proof` gives what they check."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from register.tlog.cosigning import ed25519_key
from tests.api.edge import Edge
from tests.api.test_proofs import keys
from tests.api.test_published import caught_up

PIP = """#!/bin/sh
# Stands in for what fetches from outside: what it is asked for is what is used here already.
test "$*" = "install cryptography" && exec python -c "import cryptography"
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """An empty directory, beside the programs that a reader has."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "python").symlink_to(sys.executable)
    (programs / "pip").write_text(PIP)
    (programs / "pip").chmod(0o755)
    (tmp_path / "desk").mkdir()
    return tmp_path / "desk"


def run(desk: Path, command: str) -> subprocess.CompletedProcess[str]:
    """A line as somebody types it."""
    path = f"{desk.parent / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    shell, environment = ["sh", "-c", command], {"PATH": path, "HOME": str(desk.parent)}
    return subprocess.run(shell, cwd=desk, env=environment, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.parametrize(("path", "archive"), [("/verificatie", "besluit.zip"), ("/en/verificatie", "decision.zip")])
def test_every_command_on_the_page_does_what_it_says(edge: Edge, desk: Path, path: str, archive: str) -> None:
    size = caught_up(edge)
    page = httpx.get(edge.url + path, follow_redirects=True)
    assert page.status_code == 200
    blocks = re.findall(r'<pre class="fixed commands">(.*?)</pre>', page.text, re.DOTALL)
    lines = [line for block in blocks for line in html.unescape(block).splitlines()]
    assert len(lines) == 11
    decision = edge.made["samenwerkingsafspraken"]
    (desk / archive).write_bytes(edge.get(f"/decisions/{decision}/proof").content)
    said: list[str] = []
    for line in lines:
        done = run(desk, line)
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        said.append(done.stdout)
    checked = [each for line, each in zip(lines, said, strict=True) if line.startswith("python ")]
    assert len(checked) == 4
    assert all(f"{size} entries" in each and " 0 findings" in each for each in checked)
    assert "1 earlier checkpoints" in checked[1]
    assert "entry 0 stands in it" in checked[3]
    assert lines[-1].startswith("register verify ")
    assert "Nothing is wrong." in said[-1]


def prove(edge: Edge, desk: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `register proof` where the data of the register lies."""
    publisher = edge.home.publisher
    own = {"REGISTER_DATABASE_URL": edge.logins.owner, "REGISTER_DATA_DIR": str(publisher.home.log.parent)}
    command = [sys.executable, "-m", "api", "proof", *arguments]
    environment = {**{k: v for k, v in os.environ.items() if not k.startswith("REGISTER_")}, **own}
    return subprocess.run(command, cwd=desk, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def checking(edge: Edge, desk: Path) -> str:
    """How the verifier that lies beside the log is run on what was written."""
    caught_up(edge)
    for name in ("verify.py", "policy"):
        (desk / name).write_bytes(httpx.get(f"{edge.url}/log/{name}").content)
    return "python verify.py {} --policy policy"


@pytest.mark.parametrize("source", [(), ("--from", "{url}/log")], ids=["own", "address"])
def test_the_proof_of_an_entry_and_of_a_decision_are_written_and_hold(
    edge: Edge, desk: Path, checking: str, source: tuple[str, ...]
) -> None:
    source = tuple(each.format(url=edge.url) for each in source)
    decision = edge.made["samenwerkingsafspraken"]
    for what, name in (("7", "7.tlog-proof"), (decision, f"{decision}.zip")):
        done = prove(edge, desk, what, *source)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "signed by 127.0.0.1/mra/log (Ed25519)" in done.stdout
        assert run(desk, checking.format(name)).returncode == 0
        again = prove(edge, desk, "--check", name)
        assert (again.returncode, "Written" in again.stdout) == (0, False), again.stdout
    assert (desk / "7.json").read_bytes() == edge.get("/events/7/entry").content
    assert sorted(each.name for each in desk.iterdir()) == sorted(
        ["7.json", "7.tlog-proof", f"{decision}.zip", "policy", "verify.py"]
    )


def test_a_proof_goes_where_it_is_asked_for(edge: Edge, desk: Path, checking: str) -> None:
    done = prove(edge, desk, "0", "--out", str(desk / "first.tlog-proof"), "--json")
    told = json.loads(done.stdout)
    assert told["files"] == [str(desk / "first.tlog-proof"), str(desk / "first.json")]
    assert (told["entry"], told["wrong"]) == (0, 0)
    assert run(desk, checking.format("first.tlog-proof first.json")).returncode == 0


def test_what_was_changed_proves_nothing(edge: Edge, desk: Path, checking: str) -> None:
    assert prove(edge, desk, "3").returncode == 0
    (desk / "3.json").write_bytes((desk / "3.json").read_bytes() + b" ")
    done = prove(edge, desk, "--check", "3.tlog-proof")
    assert done.returncode == 1
    assert "WRONG 3.tlog-proof, entry 3: does not show that 3.json stands there under the checkpoint" in done.stdout
    assert "It proves nothing." in done.stdout
    assert run(desk, checking.format("3.tlog-proof 3.json")).returncode == 1


def test_what_does_not_hold_is_not_written(edge: Edge, desk: Path) -> None:
    """A key that somebody holds against the log did not sign it."""
    caught_up(edge)
    stranger = ed25519_key("stranger.example.org", Ed25519PrivateKey.generate()).vkey
    ours = [f"--known={key}" for key in keys(edge)]
    done = prove(edge, desk, "3", "--key", stranger, *ours)
    assert done.returncode == 1
    assert "WRONG checkpoint: is not signed by stranger.example.org (Ed25519)" in done.stdout
    assert "Nothing is written." in done.stdout
    assert list(desk.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("first",), "neither the position of an entry, such as 12, nor the id of a decision"),
        (("99999999",), "entry 99999999 is not in the log that is published in"),
        (("3", "--out", "three.zip"), "a proof of an entry is a file that ends in .tlog-proof"),
        (("3", "--from", "nowhere"), "entry 3 is not in the log that is published in nowhere"),
        (("3", "--from", "http://127.0.0.1:9/log"), "cannot be read"),
        (("00000000-0000-4000-8000-000000000000",), "there is no decision"),
        (("00000000-0000-4000-8000-000000000000", "--from", "."), "the texts of a decision are not in the files"),
        (("--check", "none.tlog-proof"), "is not there; a proof is checked with the bytes of its entry"),
        (("--check", "none.txt"), "none.txt is no proof"),
        ((), "name the position of an entry or the id of a decision, or a file to --check"),
    ],
)  # fmt: skip
def test_what_cannot_be_proven_is_told_in_a_sentence(
    edge: Edge, desk: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    caught_up(edge)
    done = prove(edge, desk, *arguments)
    assert done.returncode != 0
    assert sentence in done.stderr, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert list(desk.iterdir()) == []
