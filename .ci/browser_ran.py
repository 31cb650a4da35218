"""Fail unless the report of a test run has browser tests and every one of them really ran."""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

WHERE = "tests.browser"


def faults(report: Path) -> list[str]:
    """What is wrong with the report, one sentence each; nothing when all browser tests ran."""
    cases = [
        case
        for case in ET.parse(report).iter("testcase")  # noqa: S314 - the report is our own
        if (case.get("classname") or "").startswith(WHERE)
    ]
    if not cases:
        return [f"no test of {WHERE} was run"]
    return [
        f"skipped: {case.get('classname')}.{case.get('name')}: {skipped.get('message')}"
        for case in cases
        for skipped in case.iter("skipped")
    ]


if __name__ == "__main__":
    found = faults(Path(sys.argv[1]))
    if found:
        sys.exit("\n".join(found))
