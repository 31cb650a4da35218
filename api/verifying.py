"""What `register verify` does: a published log is read as a whole, by the program that is given to everybody, and compared."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from api.comparing import Wrong, compared
from api.console import Console
from api.house import data_dir_of, database
from api.settings import Settings
from register import verify as outside
from register.publishing.keys import Keys, read_keys
from register.publishing.publisher import Home
from register.publishing.refusing import PublishingRefused

TRIES = 5
"""How often a log is read at most: what is wrong is wrong again, what only came while it was read is not."""
PAUSE = 1.0
SHOWN = 20
"""Findings that are told one by one."""


class Checked(msgspec.Struct, frozen=True, rename="camel"):
    """What was looked at, and how much of it is wrong."""

    entries: int
    root: str
    signed_by: tuple[str, ...]
    files: int
    checkpoints: int
    rows: int
    """Rows of the database that were held against the log; 0 when no database is at hand."""
    texts: int
    unpublished: int
    wrong: int


class Wanted(msgspec.Struct, frozen=True):
    """Which log, and whose signatures it must or may have."""

    log: str | None
    must: Sequence[str]
    known: Sequence[str]


def verify(settings: Settings, region: str, wanted: Wanted, console: Console) -> bool:
    """Check a log from outside, and hold the database against it when it is our own; True when nothing is wrong."""
    home = Home(data_dir_of(settings, region))
    keys = read_keys(home.keys)
    must, known = (list(wanted.must), list(wanted.known)) if wanted.must else _own(keys)
    log = _grown(wanted.log or str(home.log), must, known, home, console)
    wrong = [Wrong(each.file, each.reason, each.entry) for each in log.report.findings]
    rows = unpublished = 0
    if wanted.log is None:
        with database(settings, data_dir_of(settings, region)) as logins:
            held = compared(logins.app, log, console)
        wrong += held.wrong
        rows, unpublished = held.rows, held.unpublished
    wrong.sort(key=lambda each: (each.entry is None, each.entry or 0))
    report = log.report
    checked = Checked(
        entries=report.size,
        root=report.root,
        signed_by=tuple(report.signed_by),
        files=report.files,
        checkpoints=report.checkpoints,
        rows=rows,
        texts=report.openings,
        unpublished=unpublished,
        wrong=len(wrong),
    )
    for each in wrong[:SHOWN]:
        at = "" if each.entry is None else f", entry {each.entry}"
        console.tell(each, f"WRONG {each.where}{at}: {each.reason}")
    console.tell(checked, *_sentences(checked))
    return not wrong


def _sentences(checked: Checked) -> tuple[str, ...]:
    who = ", ".join(checked.signed_by) or "nobody whose key is known here, so it is not shown whose log this is"
    return (
        f"{checked.entries} entries, root {checked.root}, signed by {who}.",
        f"Every byte was read of {checked.files} files with {checked.checkpoints} checkpoints.",
        f"{checked.rows} rows and {checked.texts} texts of the database were held against them.",
        *([f"{checked.unpublished} entries are not published yet."] if checked.unpublished else []),
        f"{checked.wrong} things are wrong." if checked.wrong else "Nothing is wrong.",
    )


def _own(keys: Keys | None) -> tuple[list[str], list[str]]:
    """Who must have signed our log, and who may have: newer keys only with the next checkpoint, former ones long ago."""
    if keys is None:
        return [], []
    oldest, *newer = keys.pairs
    others = [*(key for pair in newer for key in pair.keys), *keys.former]
    return [key.vkey for key in oldest.keys], [key.vkey for key in others]


def _grown(where: str, must: list[str], known: list[str], home: Home, console: Console) -> outside.Log:
    """A log that was looked at as a whole; again when something was found, since files that are new belong to nothing yet."""
    address = re.match(r"https?://", where)
    if not address and not (Path(where) / "checkpoint").is_file():
        start = "; start the register, which publishes it" if Path(where) == home.log else ""
        msg = f"no log is published in {where}{start}"
        raise PublishingRefused(msg)
    left, before = TRIES, list[outside.Finding]()
    while True:
        files = outside.Address(where) if address else outside.Files(Path(where))
        log = outside.Log(files, must, known=known)
        log.each = _progress(console, log.report)
        found = log.run().findings
        left -= 1
        if not found or found == before or left == 0:
            return log
        before = found
        time.sleep(PAUSE)


def _progress(console: Console, report: outside.Report) -> Callable[[int, bytes], None]:
    def each(number: int, _: bytes) -> None:
        if number % 1000 == 0 or number + 1 == report.size:
            console.progress("verify", number + 1, report.size)

    return each
