"""`register export` as a person and as a program meet it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from api.cli import main
from tests.api.edge import Edge
from tests.exchange.reading import Export

Run = Callable[..., Result]


@pytest.fixture
def run(edge: Edge, proposed: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command beside the register, on its database."""
    assert proposed
    monkeypatch.setenv("REGISTER_DATABASE_URL", edge.logins.owner)
    monkeypatch.setenv("REGISTER_DATA_DIR", str(data_dir))
    return lambda *arguments: CliRunner().invoke(main, ["export", *map(str, arguments)])


def test_a_person_is_told_where_it_is_and_what_is_not_in_it(run: Run, told: Export, tmp_path: Path) -> None:
    done = run(tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert f"up to entry {told.manifest['position']}" in done.output
    assert "manifest.json says which" in done.output
    assert Export(tmp_path / "out").files() == told.files()


def test_a_program_is_told_the_manifest(run: Run, tmp_path: Path) -> None:
    done = run(tmp_path / "out", "--json", "--valid-on", "2021-12-31")
    assert done.exit_code == 0, done.output
    manifest = Export(tmp_path / "out").manifest
    assert msgspec.json.decode(done.stdout) == manifest
    assert manifest["validOn"] == "2021-12-31"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--valid-on", "gisteren"], "register: validOn: "),
        (["--known-at", "2026-13-01", "--valid-on", "x"], "register: validOn: "),
    ],
)
def test_a_day_that_cannot_be_read_is_refused(run: Run, tmp_path: Path, arguments: list[str], sentence: str) -> None:
    done = run(tmp_path / "out", *arguments)
    assert done.exit_code == 1
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    done = run(tmp_path)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"register: {tmp_path} is not empty; name a folder that is not there yet, or that is empty\n"
