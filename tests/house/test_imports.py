"""The contracts on imports forget no module, are kept, and break when they should."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def lint_imports(where: Path) -> "subprocess.CompletedProcess[str]":
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-logo", "--no-cache"],
        cwd=where,
        env=os.environ | {"PYTHONPATH": f"{where / 'src'}{os.pathsep}{where}"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_read_model_stands_apart() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (apart,) = (set(one["modules"]) for one in contracts if one["id"] == "apart")
    folders = (path.parent.name for path in (ROOT / "projections").glob("*/__init__.py"))
    assert apart == {f"projections.{name}" for name in folders}


def test_the_contracts_are_kept() -> None:
    told = lint_imports(ROOT)
    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("src/register/values.py", "import projections", "Imports point"),
        ("projections/__init__.py", "import api", "Imports point"),
        ("src/register/values.py", "import psycopg", "The rules do no I/O"),
        ("src/register/sealing.py", "import register.store", "Only what opens"),
        ("projections/history/__init__.py", "import projections.course", "Read models know"),
        ("projections/course/query.py", "import projections.course.projector", "What asks"),
    ],
)
def test_an_import_that_is_not_allowed_breaks_its_contract(
    tmp_path: Path, module: str, line: str, contract: str
) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in ("src/register", "projections", "api"):
        only_python = shutil.ignore_patterns("__pycache__", "*.sql", "static", "templates")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=only_python)
    (tmp_path / "projections" / "course" / "projector.py").touch()
    with (tmp_path / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    told = lint_imports(tmp_path)
    assert told.returncode == 1
    broken = [text for text in told.stdout.splitlines() if " BROKEN" in text]
    assert [text for text in broken if text.startswith(contract)], told.stdout
