"""Fail unless at least three tools of others judged the published log: each took it, and each refused one that was changed."""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

TOOLS = {
    "tlog-scales": "test_log",
    "Go sumdb": "test_go",
    "openssl ts": "test_stamp",
    "signify-openbsd": "test_signify",
    "aics-tlog": "test_aics",
    "aics-witness": "test_witness",
}
"""The tests that each tool is asked in."""
HERE = Path(__file__).parents[1] / "tests" / "outside"
WHERE = "tests.outside."
LEAST = 3
ACCEPTS, REFUSES = "test_it_accepts", "test_it_refuses"


def ran(cases: list[ET.Element], module: str) -> bool:
    """Tell whether a tool was asked and answered as it should: every test of it ran, and some of both kinds are among them."""
    own = [case for case in cases if case.get("classname") == WHERE + module]
    names = [case.get("name") or "" for case in own]
    sound = not any(case.find(fault) is not None for case in own for fault in ("skipped", "failure", "error"))
    return sound and all(any(name.startswith(kind) for name in names) for kind in (ACCEPTS, REFUSES))


def told(report: Path) -> tuple[int, str]:
    """How many tools ran, and the line that says so."""
    cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 - the report is our own
    there = {tool: module for tool, module in TOOLS.items() if (HERE / f"{module}.py").exists()}
    names = [tool for tool, module in there.items() if ran(cases, module)]
    return len(names), f"outside tools ran {len(names)} of {len(there)}: {', '.join(names) or 'none'}"


if __name__ == "__main__":
    number, line = told(Path(sys.argv[1]))
    sys.stdout.write(line + "\n")
    sys.exit(number < LEAST)
