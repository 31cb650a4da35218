"""Pictures of every page, in both languages and at both widths: `python -m tests.browser.screenshots DIRECTORY`.

With `--url` and `--password` of a demo that runs it takes that one, else it starts one of its own.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from tests.browser.chromium import Demo, browser, demo
from tests.browser.stops import Stop, arrived, stops

WIDTHS = (1280, 390)


def signed_in(chromium: Browser, at: Demo, account: str | None, width: int) -> BrowserContext:
    """A window of a width, signed in when an account is given."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, locale="nl-NL")
    if account is not None:
        page = context.new_page()
        page.goto(f"{at.address}/aanmelden?lid={account}")
        page.select_option("#account", account)
        page.fill("#wachtwoord", at.password)
        page.click("main button")
        page.wait_for_url("**/vastleggen")
        page.close()
    return context


def take(chromium: Browser, at: Demo, target: Path, only: str) -> list[Path]:
    """Take every picture."""
    target.mkdir(parents=True, exist_ok=True)
    wanted = [stop for stop in stops(at) if only in stop.name]
    taken: list[Path] = []
    for width in WIDTHS:
        for account in sorted({stop.account for stop in wanted}, key=str):
            context = signed_in(chromium, at, account, width)
            taken += [
                _picture(context, at, stop, lang, target / f"{stop.name}-{lang}-{width}.png")
                for stop in wanted
                if stop.account == account
                for lang in ("nl", "en")
            ]
            context.close()
    return taken


def _picture(context: BrowserContext, at: Demo, stop: Stop, lang: str, path: Path) -> Path:
    page = context.new_page()
    arrived(page, at, stop, lang)
    page.screenshot(path=path, full_page=True)
    page.close()
    return path


def main(arguments: list[str]) -> None:
    """Take the pictures and say where they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--url")
    parser.add_argument("--password", default="")
    parser.add_argument("--only", default="", help="a part of the names of the pages to take")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        running = nullcontext(Demo(asked.url, asked.password)) if asked.url else demo(Path(scratch))
        with running as at, browser() as chromium:
            taken = take(chromium, at, asked.directory, asked.only)
    sys.stdout.write(f"{len(taken)} pictures in {asked.directory}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
