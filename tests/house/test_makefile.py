"""The words of the Makefile: each explained, each there, and the same in README."""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
WORDS = ["demo", "test", "setup", "lint", "types", "docs", "generate", "bench", "clean", "lock"]


def targets() -> set[str]:
    return set(re.findall(r"(?m)^([a-z][a-z-]*):", MAKEFILE))


def test_every_word_is_there_explained_and_phony() -> None:
    explained = set(re.findall(r"(?m)^([a-z][a-z-]*):.*## \w", MAKEFILE))
    phony = re.search(r"(?m)^\.PHONY: (.*)$", MAKEFILE)
    assert phony is not None
    assert set(WORDS) <= targets()
    assert targets() == explained == set(phony.group(1).split())


def test_make_alone_prints_them() -> None:
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "MFLAGS"}
    printed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True, env=alone).stdout
    assert {line.split()[1] for line in printed.splitlines()} == targets()


def test_every_command_of_the_readme_is_a_word_of_the_makefile() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z-]+)", readme))
    assert {"demo", "test"} <= named <= targets()


def test_the_full_run_calls_the_test_command_of_the_readme() -> None:
    assert re.search(r"(?m)^\s*make test\b", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
