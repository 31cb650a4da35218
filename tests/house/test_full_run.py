"""The full run is not green when the browser tests did not run."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

RAN = '<testcase classname="tests.browser.test_pages" name="test_it"/>'
SKIPPED = '<testcase classname="tests.browser.test_pages" name="test_it"><skipped message="no Chromium"/></testcase>'
OTHER = '<testcase classname="tests.store.test_embedded" name="test_it"/>'


@pytest.mark.parametrize(
    ("cases", "code", "said"),
    [
        (RAN + OTHER, 0, ""),
        (RAN + SKIPPED, 1, "skipped: tests.browser.test_pages.test_it: no Chromium\n"),
        (OTHER, 1, "no test of tests.browser was run\n"),
    ],
    ids=["all ran", "one skipped", "none there"],
)
def test_browser_tests_must_have_run(tmp_path: Path, cases: str, code: int, said: str) -> None:
    report = tmp_path / "all.xml"
    report.write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>")
    told = subprocess.run(
        [sys.executable, ROOT / ".ci" / "browser_ran.py", report],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stderr) == (code, said)


def test_the_report_of_pytest_names_tests_by_their_folder(tmp_path: Path) -> None:
    report = tmp_path / "one.xml"
    one = "tests/house/test_full_run.py::test_the_script_of_the_full_run_is_sound"
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", one],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert 'classname="tests.house.test_full_run"' in report.read_text()


def test_the_script_of_the_full_run_is_sound() -> None:
    script = ROOT / ".ci" / "run"
    subprocess.run(["bash", "-n", script], check=True)
    assert script.stat().st_mode & 0o111
