"""After the read models were made anew from the log, every page has the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import httpx

from tests.browser.chromium import Demo
from tests.browser.stops import address, stops

NO_READ_MODEL = "verificatie"
"""The page that tells of no read model, and of how long ago something was."""


def pages(demo: Demo) -> dict[str, bytes]:
    """Every page that anyone may see, in both languages."""
    return {
        f"{stop.name} {lang}": httpx.get(address(demo, stop, lang)).content
        for stop in stops(demo)
        if stop.account is None and stop.name != NO_READ_MODEL
        for lang in ("nl", "en")
    }


def test_rebuilt_read_models_give_the_same_pages(demo: Demo) -> None:
    before = pages(demo)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("REGISTER_")}
    program = Path(sys.executable).with_name("register")
    command = [str(program), "rebuild", "--data-dir", str(demo.data_dir)]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=300)
    after = pages(demo)
    assert [name for name, page in before.items() if after[name] != page] == []
    assert len(before) > 30
