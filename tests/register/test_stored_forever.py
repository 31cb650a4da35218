"""Every version of every type that was ever written is still read, to the same fact, and written to the same bytes.

The files of tests/stored/ are never changed after they were added; the history of this repository is asked.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from register.stored import decode, encode, newest, trusted
from register.vocabulary import FACTS
from tests.register import stored_literals, stored_literals_heard
from tests.register.stored_literals import said

ROOT = Path(__file__).parents[2]
STORED = ROOT / "tests" / "stored"
SAID = stored_literals.SAID | stored_literals_heard.SAID
NAMES = sorted(path.stem for path in STORED.glob("*.json"))


def git(root: Path, *arguments: str) -> str:
    """What git says of a checkout, also when it belongs to somebody else."""
    command = ["git", "-c", f"safe.directory={root}", "-c", "core.quotePath=off", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout


def test_every_type_that_is_written_has_its_example() -> None:
    assert {f"{name}.v{version}" for name, version in FACTS} <= set(NAMES)
    assert set(NAMES) == set(SAID)


@pytest.mark.parametrize("name", NAMES)
def test_an_example_says_what_it_said(name: str) -> None:
    raw = (STORED / f"{name}.json").read_bytes()
    expected = said(SAID[name])
    assert decode(raw) == trusted(raw) == expected
    kind, _, version = name.rpartition(".v")
    if newest(SAID[name]) is SAID[name]:
        assert encode(expected) == raw
        assert (kind, int(version)) == (expected.data.TYPE, expected.data.V)


@pytest.mark.parametrize("name", NAMES)
def test_an_example_has_every_field_that_its_type_can_have(name: str) -> None:
    fact = SAID[name]
    assert [field for field in fact.__struct_fields__ if getattr(fact, field) is None] == []


def changed_afterwards(root: Path) -> list[str]:
    """Each change or removal of an example after it was added: in the history, with its commit, and in the checkout."""
    shown = ("--name-status", "--no-renames", "--diff-filter=MDT")
    found: list[str] = []
    commit = ""
    for line in git(root, "log", "--format=commit %h", "-m", *shown, "--", "tests/stored").splitlines():
        if line.startswith("commit "):
            commit = line.removeprefix("commit ")
        elif line:
            found.append(f"{commit} {line}")
    return found + git(root, "diff", *shown, "HEAD", "--", "tests/stored").splitlines()


NO_HISTORY = not (ROOT / ".git").exists() or not shutil.which("git")


@pytest.mark.skipif(NO_HISTORY, reason="the history of this repository is not here")
def test_no_example_was_ever_changed() -> None:
    assert changed_afterwards(ROOT) == []


@pytest.mark.skipif(not shutil.which("git"), reason="there is no git")
def test_a_changed_a_removed_and_a_moved_example_would_be_found(tmp_path: Path) -> None:
    folder = tmp_path / "tests" / "stored"
    folder.mkdir(parents=True)

    def commit() -> None:
        git(tmp_path, "add", "--all")
        who = ("-c", "user.name=nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgSign=false")
        git(tmp_path, *who, "commit", "--quiet", "--message=x")

    git(tmp_path, "init", "--quiet")
    for name in "abc":
        (folder / f"{name}.v1.json").write_text(f'{{"{name}":1}}')
    commit()
    (folder / "d.v1.json").write_text('{"a":1}')
    commit()
    assert changed_afterwards(tmp_path) == []
    (folder / "a.v1.json").write_text('{"a":2}')
    assert [line.split("\t")[1] for line in changed_afterwards(tmp_path)] == ["tests/stored/a.v1.json"]
    commit()
    (folder / "a.v1.json").write_text('{"a":1}')
    (folder / "b.v1.json").unlink()
    (folder / "c.v1.json").rename(folder / "c.v2.json")
    commit()
    found = [tuple(line.split()[1:]) for line in changed_afterwards(tmp_path)]
    assert sorted(found) == [
        ("D", "tests/stored/b.v1.json"),
        ("D", "tests/stored/c.v1.json"),
        ("M", "tests/stored/a.v1.json"),
        ("M", "tests/stored/a.v1.json"),
    ]
