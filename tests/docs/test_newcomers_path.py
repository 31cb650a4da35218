"""docs/newcomers-path.md can be walked: its addresses say what it says, and its commands record and show."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest

from api.commands import invitation, loaded
from api.demo import Serving
from api.history import History, counted
from tests.api.conftest import edge
from tests.api.edge import PASSWORD, Edge

__all__ = ["edge"]

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "newcomers-path.md").read_text(encoding="utf-8")
BLOCKS = [(found["kind"], found["body"]) for found in re.finditer(r"(?ms)^```(?P<kind>\w+)\n(?P<body>.*?)^```$", PAGE)]
WAYS = re.findall(r"(?m)^\| `(/[^`]*)` \| \d \| (.+) \|$", PAGE)


@pytest.mark.parametrize(("address", "read"), WAYS)
def test_each_way_leads_to_what_is_said_to_be_read_there(edge: Edge, address: str, read: str) -> None:
    answer = httpx.get(edge.url + address)
    assert answer.status_code == 200
    assert read in re.sub(r"</?(?:mark|span|a)\b[^>]*>", "", answer.text)


def test_there_are_ways() -> None:
    assert {"/", "/leden/gm0377", "/zoeken?q=Bloemendaal"} <= {address for address, _ in WAYS}


def test_the_terminal_says_what_the_page_shows() -> None:
    (_, shown), *_ = [block for block in BLOCKS if block[0] == "text"]
    history = History("mra")
    accounts = [account.account for account in history.accounts("2026-01-01")]
    members = sorted((account for account in accounts if account[:2] in {"gm", "pv", "so"}), key=accounts.index)
    serving = Serving(
        address="http://127.0.0.1:8000", region="Metropoolregio Amsterdam", password="…", accounts=tuple(accounts),  # noqa: S106  # of nobody
        data_dir="…", writes_as="", reads_as="",
    )  # fmt: skip
    assert members[0] == "gm0034"
    lines = history.lines()
    assert shown.splitlines() == [*invitation(serving), *loaded(len(lines), counted(lines))]


@pytest.mark.skipif(not shutil.which("curl"), reason="no curl on this machine")
def test_its_commands_record_a_position_and_show_it_on_two_pages(edge: Edge) -> None:
    start, *others = [body for kind, body in BLOCKS if kind == "sh"]
    assert start == "make demo\n"
    before = edge.size()
    done = subprocess.run(
        ["sh", "-eu", "-c", "".join(others)],
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "REGISTER": edge.url, "PASSWORD": PASSWORD},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert edge.size() > before, done.stdout
    assert [int(number) > 0 for number in done.stdout.splitlines()[-2:]] == [True, True], done.stdout


def test_the_readme_leads_there_and_to_the_port_that_can_be_chosen() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(docs/newcomers-path.md)" in readme
    assert "`REGISTER_PORT=8001 make demo`" in readme
    assert "`REGISTER_PORT=8001 make demo`" in PAGE
