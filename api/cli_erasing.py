"""The part of the command line that is about texts that may no longer be shown."""

from __future__ import annotations

from pathlib import Path

import click

from api import erasing, withdrawing
from api.console import Console
from api.given import DATA_DIR, JSON, REGISTER, settings_of
from api.problems import Problem
from api.recording import entry_address

ENTRY = "{id}.{seq}"


@click.command()
@click.argument("entry", metavar="ENTRY")
@click.argument("field")
@click.option("--ground", required=True, help="Code of the legal ground, such as avg-17.")
@click.option("--authority", required=True, help="Code of the body or member that answers for it.")
@click.option("--on", "day", metavar="DAY", help="The day of the decision to withdraw it (today).")
@click.option(
    "--instead",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the text, its private part blacked out.",
)
@REGISTER
@DATA_DIR
@JSON
def withdraw(  # noqa: PLR0913  # what can be asked
    *,
    entry: str,
    field: str,
    ground: str,
    authority: str,
    day: str | None,
    instead: Path | None,
    region: str,
    data_dir: Path | None,
    as_json: bool,
) -> None:
    """Withdraw the text in FIELD of ENTRY, which is {id}.{seq}, and tell where the same words stand too."""
    stream, seq = _entry(entry)
    text = _text(instead) if instead else None
    asked = withdrawing.Asked(stream, seq, field, ground, authority, day, text)
    settings = settings_of(None, None, data_dir)
    with Console(as_json=as_json) as console:
        withdrawing.withdraw(settings, region, asked, console)


def _entry(given: str) -> tuple[str, int]:
    try:
        stream, seq = entry_address(given)
    except Problem as fault:
        msg = f"{given} is not the address of an entry, {ENTRY}"
        raise click.BadParameter(msg) from fault
    return str(stream), seq


def _text(path: Path) -> str:
    """What is to be shown. A file without text is a mistake, and what is withdrawn for want of it would not come back."""
    try:
        text = path.read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:
        msg = f"{path} is no text in UTF-8"
        raise click.BadParameter(msg, param_hint="--instead") from None
    if not text:
        msg = f"{path} is empty; leave --instead away when nothing is to be shown"
        raise click.BadParameter(msg, param_hint="--instead")
    return text


@click.command()
@click.option("--finish", is_flag=True, help="Write what was withdrawn out of the files of the database.")
@REGISTER
@DATA_DIR
@JSON
def erase(region: str, data_dir: Path | None, *, finish: bool, as_json: bool) -> None:
    """Tell how many texts were withdrawn; with --finish, see that no file of the database holds them any more."""
    settings = settings_of(None, None, data_dir)
    with Console(as_json=as_json) as console:
        erasing.erase(settings, region, console, finish=finish)
