"""The full run is not green when the browser tests did not run, or too few tools of others judged the published log."""

import re
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


def judged(
    folder: Path, *modules: str, how: str = "", kinds: tuple[str, ...] = ("accepts", "refuses")
) -> tuple[int, str]:
    """What is said of a report in which these tests of tools ran, each with `how` inside."""
    cases = [
        f'<testcase classname="tests.outside.{module}" name="test_it_{kind}_it">{how}</testcase>'
        for module in modules
        for kind in kinds
    ]
    report = folder / "all.xml"
    report.write_text(f"<testsuites><testsuite>{''.join(cases)}{OTHER}</testsuite></testsuites>")
    told = subprocess.run(
        [sys.executable, ROOT / ".ci" / "outside_ran.py", report], capture_output=True, text=True, check=False
    )
    return told.returncode, told.stdout


def test_three_tools_of_others_must_have_taken_the_log_and_refused_a_changed_one(tmp_path: Path) -> None:
    three = ("test_log", "test_go", "test_stamp")
    code, said = judged(tmp_path, *three)
    assert code == 0
    assert re.fullmatch(r"outside tools ran 3 of [56]: tlog-scales, Go sumdb, openssl ts\n", said)
    code, said = judged(tmp_path, *three[:2])
    assert (code, said.startswith("outside tools ran 2 of ")) == (1, True)
    for how in ("<skipped/>", "<failure/>", "<error/>"):
        assert judged(tmp_path, *three, how=how)[0] == 1
    for kind in ("accepts", "refuses"):
        code, said = judged(tmp_path, *three, kinds=(kind,))
        assert (code, said.endswith(": none\n")) == (1, True)


def test_each_tool_of_others_is_asked_for_both_answers() -> None:
    for module in ("test_log", "test_go", "test_stamp", "test_signify", "test_aics", "test_witness"):
        text = (ROOT / "tests" / "outside" / f"{module}.py").read_text(encoding="utf-8")
        assert "def test_it_accepts" in text
        assert "def test_it_refuses" in text


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
