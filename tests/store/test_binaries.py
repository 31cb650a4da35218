"""Which PostgreSQL is used, and what is said when there is none."""

from pathlib import Path

import pytest

from register.store import binaries
from register.store.binaries import NoPostgres, find_binaries, major


def programs(directory: Path, version: str) -> Path:
    """Programs that only tell their version, as a broken or old installation would."""
    directory.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        program = directory / name
        program.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
        program.chmod(0o755)
    return directory


@pytest.mark.parametrize(("version", "found"), [("15.18 (Debian 15.18-0+deb12u1)", 15), ("18.6", 18), ("19beta1", 19)])
def test_the_major_version_is_read(tmp_path: Path, version: str, found: int) -> None:
    assert major(programs(tmp_path / "bin", version)) == found


@pytest.mark.parametrize("version", ["14.13", "9.6.24", "unknown"])
def test_what_is_too_old_is_not_used(tmp_path: Path, version: str) -> None:
    assert major(programs(tmp_path / "bin", version)) is None


def test_programs_that_do_not_run_are_not_used(tmp_path: Path) -> None:
    directory = programs(tmp_path / "bin", "18.6")
    (directory / "postgres").write_text("#!/bin/sh\nexit 127\n")
    assert major(directory) is None
    (directory / "postgres").unlink()
    assert major(directory) is None


def test_the_named_directory_is_used_before_all_others(tmp_path: Path) -> None:
    named = programs(tmp_path / "bin", "16.4")
    assert find_binaries({"REGISTER_PG_BIN": str(named)}) == named


def test_a_named_directory_without_programs_is_refused_and_not_passed_by(tmp_path: Path) -> None:
    with pytest.raises(NoPostgres, match=f"REGISTER_PG_BIN is {tmp_path}, but"):
        find_binaries({"REGISTER_PG_BIN": str(tmp_path)})


def test_the_programs_of_the_machine_are_found_newest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("9.6", "15.2", "17.1"):
        programs(tmp_path / version.partition(".")[0] / "bin", version)
    monkeypatch.setattr(binaries, "PACKAGES", ())
    monkeypatch.setattr(binaries, "MACHINE", ((str(tmp_path), "*/bin"),))
    monkeypatch.setenv("PATH", "")
    assert find_binaries({}) == tmp_path / "17" / "bin"


def test_with_none_at_all_the_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "PACKAGES", ())
    monkeypatch.setattr(binaries, "MACHINE", ())
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoPostgres, match=r"extra `embedded`.*REGISTER_DATABASE_URL"):
        find_binaries({})
