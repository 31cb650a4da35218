"""The part of the command line that is about the published log: its keys, and checking it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TextIO

import click

from api import log_keys, proving, verifying
from api.console import Console
from api.given import DATA_DIR, JSON, REGISTER, settings_of


@click.group()
def keys() -> None:
    """Make, show or replace the keys that sign the published log."""


@keys.command()
@REGISTER
@DATA_DIR
@JSON
def make(region: str, data_dir: Path | None, *, as_json: bool) -> None:
    """Make the keys of the log that REGISTER_LOG_ORIGIN names, before its register is served for the first time."""
    with Console(as_json=as_json) as console:
        log_keys.make(settings_of(None, None, data_dir), region, console)


@keys.command()
@REGISTER
@DATA_DIR
@JSON
def show(region: str, data_dir: Path | None, *, as_json: bool) -> None:
    """Show the public keys, to be told to others where the register cannot change them."""
    with Console(as_json=as_json) as console:
        log_keys.show(settings_of(None, None, data_dir), region, console)


@keys.command()
@click.option("--finish", is_flag=True, help="End the overlap: the older keys no longer sign, and are destroyed.")
@REGISTER
@DATA_DIR
@JSON
def rotate(region: str, data_dir: Path | None, *, finish: bool, as_json: bool) -> None:
    """Have new keys sign beside those there are; a running register does so with its next checkpoint."""
    with Console(as_json=as_json) as console:
        log_keys.rotate(settings_of(None, None, data_dir), region, console, finish=finish)


@click.command()
@click.argument("log", metavar="[DIR|URL]", required=False)
@click.option(
    "--key", "must", multiple=True, metavar="VKEY", help="A key that must have signed; without any, the register's own."
)
@click.option(
    "--known", multiple=True, metavar="VKEY", help="A key that may have signed, before or after it was replaced."
)
@click.option(
    "--policy",
    type=click.File(encoding="ascii"),
    help="A file of keys that must have signed, and of witnesses, as it lies beside a log.",
)
@click.option("--rules", is_flag=True, help="Decide every command again, on exactly the log before it.")
@click.option(
    "--api", metavar="URL", help="Where the register answers; else the place that the log's address is below."
)
@click.option(
    "--sample", type=click.IntRange(0), default=1000, show_default=True, help="Ask so many addresses at most; 0 is all."
)
@REGISTER
@DATA_DIR
@JSON
def verify(  # noqa: PLR0913  # what can be asked
    log: str | None,
    must: tuple[str, ...],
    known: tuple[str, ...],
    region: str,
    data_dir: Path | None,
    *,
    policy: TextIO | None,
    rules: bool,
    api: str | None,
    sample: int,
    as_json: bool,
) -> None:
    """Read every byte of a published log, and hold all that its register has and answers against it: our own, or that of DIR or URL."""
    settings = settings_of(None, None, data_dir)
    if api is not None and re.match(r"https?://", api) is None:
        msg = "--api is an address that begins with http:// or https://"
        raise click.UsageError(msg)
    wanted = verifying.Wanted(log, must, known, rules, api, sample, policy.read() if policy else "")
    with Console(as_json=as_json) as console:
        sound = verifying.verify(settings, region, wanted, console)
    sys.exit(0 if sound else 1)


@click.command()
@click.argument("what", metavar="[POSITION|DECISION-ID]", required=False)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; the entry comes beside its proof.",
)
@click.option(
    "--from", "source", metavar="URL|DIR", help="The published log to take it from; without one, the register's own."
)
@click.option(
    "--check",
    "kept",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Check a proof that was kept, instead of making one.",
)
@click.option(
    "--entry",
    type=click.Path(dir_okay=False, path_type=Path),
    help="With --check: the bytes of the entry (the file beside the proof that ends in .json).",
)
@click.option(
    "--key", "must", multiple=True, metavar="VKEY", help="A key that must have signed; without any, the register's own."
)
@click.option(
    "--known", multiple=True, metavar="VKEY", help="A key that may have signed, before or after it was replaced."
)
@REGISTER
@DATA_DIR
@JSON
def proof(  # noqa: PLR0913  # what can be asked
    *,
    what: str | None,
    out: Path | None,
    source: str | None,
    kept: Path | None,
    entry: Path | None,
    must: tuple[str, ...],
    known: tuple[str, ...],
    region: str,
    data_dir: Path | None,
    as_json: bool,
) -> None:
    """Write the proof that an entry, or everything in a decision, stands in the published log; it is checked before it is written."""
    if (what is None) == (kept is None):
        msg = "name the position of an entry or the id of a decision, or a file to --check"
        raise click.UsageError(msg)
    settings = settings_of(None, None, data_dir)
    wanted = proving.Wanted(what or "", source, must, known, out)
    with Console(as_json=as_json) as console:
        if kept is not None:
            sound = proving.check(settings, region, kept, entry, wanted, console)
        else:
            sound = proving.prove(settings, region, wanted, console)
    sys.exit(0 if sound else 1)
