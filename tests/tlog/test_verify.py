"""The verifier accepts what was published, and names the file of whatever is not as it was."""

from __future__ import annotations

import ast
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from register import verify
from register.tlog.cosigning import cosign, ed25519_key
from register.tlog.notes import COSIGNED_ED25519, Note
from register.tlog.policy_file import read_policy
from register.tlog.witnessing import with_lines
from register.verify import Files, Finding, Log, openings
from tests.tlog.published import GOVERNANCE, KEYS, Texts, publish

SIZE = 300
SEED = 20261121
CHANGES = 200


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log that was published at five sizes, with its texts beside it."""
    folder = tmp_path_factory.mktemp("published")
    texts = Texts(SIZE)
    publish(folder / "log", texts.entries, 1, 200, 256, 280, SIZE)
    (folder / "openings").mkdir()
    (folder / "openings" / f"{GOVERNANCE}.jsonl").write_bytes(b"".join(line + b"\n" for line in texts.openings))
    return folder


def found_in(folder: Path) -> list[Finding]:
    log = Log(Files(folder / "log"), list(KEYS))
    report = log.run()
    return [*report.findings, *openings(folder / "openings", log)]


@pytest.fixture
def copy(published: Path, tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(published, tmp_path / "copy")
    return iter([tmp_path / "copy"])


def test_a_checkpoint_that_was_kept_is_one_of_the_log_or_is_named(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = [argument for key in KEYS for argument in ("--key", key)]
    log, own = str(published / "log"), tmp_path / "checkpoint"
    own.write_bytes((published / "log" / "checkpoints" / "200").read_bytes())
    assert verify.main([log, *keys, "--kept", str(own)]) == 0
    assert "6 earlier checkpoints" in capsys.readouterr().out
    other = Texts(SIZE + 1).entries
    publish(tmp_path / "fork", other[:200][::-1])
    publish(tmp_path / "longer", other)
    for fork, reason in (("fork/checkpoints/200", "another root"), ("longer/checkpoint", "at that size")):
        own.write_bytes((tmp_path / fork).read_bytes())
        assert verify.main([log, *keys, "--kept", str(own)]) == 1
        told = capsys.readouterr().out
        assert (str(own) in told, reason in told, "1 findings" in told) == (True, True, True), told
    own.write_bytes(b"nothing")
    assert verify.main([log, *keys, "--kept", str(own)]) == 1
    with pytest.raises(SystemExit):
        verify.main(["one.zip", *keys, "--kept", str(own)])


def test_nothing_is_found_in_what_was_published(published: Path) -> None:
    log = Log(Files(published / "log"), list(KEYS))
    report = log.run()
    assert report.findings == list(openings(published / "openings", log)) == []
    assert (report.size, report.checkpoints, report.openings) == (SIZE, 5, SIZE - 1)
    assert report.signed_by == ["register.example.nl/log (Ed25519)", "register.example.nl/log (ML-DSA-44)"]


def test_every_changed_byte_is_found_and_its_file_is_named(published: Path, tmp_path: Path) -> None:
    """Offsets are uniform over all bytes of all files; a file is put back before the next is changed."""
    folder = tmp_path / "copy"
    shutil.copytree(published, folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sizes = [path.stat().st_size for path in files]
    rng = random.Random(SEED)  # which bytes are changed is told by its seed
    kinds: Counter[str] = Counter()
    for _ in range(CHANGES):
        (path,) = rng.choices(files, sizes)
        raw = path.read_bytes()
        at = rng.randrange(len(raw))
        path.write_bytes(raw[:at] + bytes([raw[at] ^ rng.randrange(1, 256)]) + raw[at + 1 :])
        name = path.relative_to(folder).as_posix().partition("/")[2]
        findings = found_in(folder)
        path.write_bytes(raw)
        assert findings, f"{name} was changed at byte {at}, and nothing was found"
        assert any(_named(name, finding) for finding in findings), (name, at, findings[:3])
        kinds[name.partition("/")[0]] += 1
    print(f"seed {SEED}: {dict(kinds)}")  # noqa: T201  # shown with -s


def _named(name: str, finding: Finding) -> bool:
    """A finding names the file, or for texts its line; a changed entry is seen in the tile over it as well."""
    return finding.file == name or finding.file.startswith(f"{name}:")


@pytest.mark.parametrize(
    "name", ["checkpoint", "tile/0/000", "tile/entries/001.p/44", "tile/1/000.p/1", "tile/0/001.p/44"]
)
def test_a_missing_file_is_named(copy: Iterator[Path], name: str) -> None:
    folder = next(copy)
    (folder / "log" / name).unlink()
    assert any(finding.file == name and "missing" in finding.reason for finding in found_in(folder))


@pytest.mark.parametrize(
    "name", ["tile/entries/003", "tile/0/000.p/9", "tile/2/000.p/1", "checkpoints/300", "stranger", ".hidden"]
)
def test_a_file_too_many_is_named(copy: Iterator[Path], name: str) -> None:
    folder = next(copy)
    path = folder / "log" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    assert any(finding.file == name for finding in found_in(folder))


def test_a_file_cut_short_is_named(copy: Iterator[Path]) -> None:
    folder = next(copy)
    for name in ("tile/entries/000", "tile/0/000", "checkpoints/200"):
        path = folder / "log" / name
        raw = path.read_bytes()
        path.write_bytes(raw[:-1])
        assert any(finding.file == name for finding in found_in(folder))
        path.write_bytes(raw)


def test_two_entries_that_changed_places_are_named(tmp_path: Path) -> None:
    entries = Texts(20).entries
    publish(tmp_path / "log", [*entries[:7], entries[8], entries[7], *entries[9:]])
    found = Log(Files(tmp_path / "log"), list(KEYS)).run().findings
    assert (found[0].file, found[0].entry) == ("tile/entries/000.p/20", 7)
    assert "of its stream" in found[0].reason


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (b'"v":1', b'"v":1.0', "whole number"),
        (b'"v":1', b'"v": 1', "canonical"),
        (b'"by":', b'"by":"x","by":', "twice"),
        (b'"v":1', b'"v":1,"w":1', "fields"),
        (b'00Z"', b'00z"', "time"),
    ],
)
def test_a_log_that_was_signed_over_an_entry_in_another_form_is_found(
    tmp_path: Path, before: bytes, after: bytes, reason: str
) -> None:
    """Its operator can sign anything; one form for one fact is checked all the same."""
    entries = Texts(5).entries
    publish(tmp_path / "log", [*entries[:4], entries[4].replace(before, after, 1)])
    (finding,) = Log(Files(tmp_path / "log"), list(KEYS)).run().findings
    assert finding.entry == 4
    assert reason in finding.reason


def test_a_withheld_text_is_no_finding_and_another_text_is(copy: Iterator[Path]) -> None:
    folder = next(copy)
    path = folder / "openings" / f"{GOVERNANCE}.jsonl"
    first, second, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([second, *rest]))
    assert found_in(folder) == []
    path.write_bytes(b"".join([first, second.replace(b'"seq":2', b'"seq":3'), *rest]))
    assert [finding.file for finding in found_in(folder)] == [f"{GOVERNANCE}.jsonl:2"]


def test_a_key_that_did_not_sign_is_named(published: Path) -> None:
    stranger = ed25519_key("stranger.example.org", Ed25519PrivateKey.generate()).vkey
    (finding,) = Log(Files(published / "log"), [*KEYS, stranger]).run().findings
    assert finding.reason == "is not signed by stranger.example.org (Ed25519)"


def test_a_signature_that_no_given_key_explains_is_named(published: Path) -> None:
    key = ed25519_key("stranger.example.org", Ed25519PrivateKey.generate()).vkey
    (finding,) = Log(Files(published / "log"), [key]).run().findings
    assert finding.reason == "a signature of register.example.nl/log is by a key that was not given"


def test_it_runs_by_itself_as_one_file(published: Path, tmp_path: Path) -> None:
    alone = tmp_path / "verify.py"
    shutil.copy(Path(verify.__file__), alone)
    command = [sys.executable, "-I", str(alone), str(published / "log"), "--openings", str(published / "openings")]
    done = subprocess.run(
        [*command, *(f"--key={key}" for key in KEYS)], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert f"{SIZE} entries" in done.stdout
    assert "0 findings" in done.stdout


def test_keys_can_stand_in_a_file(published: Path, tmp_path: Path) -> None:
    policy = tmp_path / "policy"
    policy.write_text("".join(f"log {key}\n" for key in KEYS) + "quorum none\n")
    assert verify.main([str(published / "log"), "--policy", str(policy)]) == 0
    policy.write_text(f"log {ed25519_key('register.example.nl/log', Ed25519PrivateKey.generate()).vkey}\n")
    assert verify.main([str(published / "log"), "--policy", str(policy)]) == 1
    assert verify.main([str(published / "log"), "--policy", str(tmp_path / "none")]) == 2


WITNESSES = {name: Ed25519PrivateKey.generate() for name in ("archive", "press", "court")}


def policed(quorum: str = "two", lines: str = "group two 2 archive press court") -> str:
    """The keys of the log, three witnesses, and a quorum."""
    named = {name: ed25519_key(name, key, COSIGNED_ED25519).vkey for name, key in WITNESSES.items()}
    told = [*(f"log {key}" for key in KEYS), *(f"witness {name} {vkey}" for name, vkey in named.items())]
    return "\n".join(["# who is to have seen it", "", *told, lines, f"quorum {quorum}", ""])


def cosigned(path: Path, *names: str, at: int = 1_795_000_000) -> None:
    """Witnesses sign a checkpoint that is there."""
    note = Note.read(path.read_bytes())
    path.write_bytes(with_lines(note, [cosign(note.text, name, WITNESSES[name], at) for name in names]).raw)


@pytest.mark.parametrize(
    ("names", "quorum", "sound"),
    [
        (("archive", "press"), "two", True),
        (("archive", "press", "court"), "two", True),
        (("court",), "two", False),
        ((), "two", False),
        ((), "none", True),
        (("court",), "court", True),
        (("press",), "court", False),
    ],
)
def test_witnesses_are_counted_against_the_quorum(
    copy: Iterator[Path], capsys: pytest.CaptureFixture[str], names: tuple[str, ...], quorum: str, *, sound: bool
) -> None:
    """The checkpoints of before have no witnesses, and stay acceptable."""
    log = next(copy) / "log"
    policy = log.parent / "policy"
    policy.write_text(policed(quorum))
    cosigned(log / "checkpoint", *names)
    assert verify.main([str(log), "--policy", str(policy)]) == (0 if sound else 1)
    told = capsys.readouterr().out
    assert all(f"{name} (2026-11-18 11:06 UTC)" in told for name in names)
    assert (f"below the quorum {quorum}" in told) is not sound


def test_a_signature_of_a_witness_that_is_not_right_is_named(copy: Iterator[Path]) -> None:
    log = next(copy) / "log"
    policy = verify.policy_of(policed().encode())
    cosigned(log / "checkpoint", "archive", "press", "court")
    for kept in ("checkpoint", "checkpoints/200"):
        raw = (log / kept).read_bytes()
        cosigned(log / kept, "archive")
        sound = (log / kept).read_bytes()
        assert Log(Files(log), list(KEYS), policy=policy).run().findings == []
        other = cosign("other\n1\n", "archive", WITNESSES["archive"], 5)
        (log / kept).write_bytes(with_lines(Note.read(sound), [other]).raw)
        findings = Log(Files(log), list(KEYS), policy=policy).run().findings
        assert Finding(kept, "the signature of archive is not one of this text") in findings
        (log / kept).write_bytes(raw)


@pytest.mark.parametrize(
    "lines",
    [
        "group two 4 archive press court",
        "group two 0 archive",
        "group two 2 archive stranger",
        "group archive 1 press",
        "group two any",
        "witness none x+y+z",
        "witness w x",
        "quorum two",
        "strange",
        "group two 2 archive press\nquorum two",
    ],
)
def test_a_policy_that_cannot_be_used_is_told(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: str
) -> None:
    policy = tmp_path / "policy"
    policy.write_text(policed(lines=lines))
    assert verify.main([str(published / "log"), "--policy", str(policy)]) == 2
    assert "policy" in capsys.readouterr().err


def test_both_readers_of_a_policy_agree() -> None:
    """The verifier shares no code with the register, and counts as it does."""
    text = policed("all", "group two 2 archive press\ngroup all all two court")
    ours = read_policy("\n".join(line for line in text.split("\n") if not line.startswith("log ")).encode())
    theirs = verify.policy_of(text.encode())
    for count in range(4):
        for seen in combinations(WITNESSES, count):
            assert ours.met(seen) == theirs.met(set(seen)) == (count == 3)
    assert verify.policy_of(ours.text.encode()).met(set(WITNESSES))


def test_it_shares_no_code_with_what_writes_the_log() -> None:
    tree = ast.parse(Path(verify.__file__).read_text(encoding="utf-8"))
    named = [each.module or "" for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)]
    named += [name.name for each in ast.walk(tree) if isinstance(each, ast.Import) for name in each.names]
    own = {"register", "projections", "api", "tests"}
    assert {name.partition(".")[0] for name in named} & own == set()
    assert {name.partition(".")[0] for name in named} - set(sys.stdlib_module_names) == {"cryptography"}
