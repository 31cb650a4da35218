"""The part of the command line that is about losing nothing: backups, and bringing a register back."""

from __future__ import annotations

from pathlib import Path

import click

from api import backing_up, restoring
from api.console import Console
from api.given import DATA_DIR, JSON, REGISTER, settings_of

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@REGISTER
@DATA_DIR
@JSON
def backup(folder: Path, region: str, data_dir: Path | None, *, as_json: bool) -> None:
    """Write the texts and the published log into DIR, which must be new or empty; it may run beside a running register."""
    settings = settings_of(None, None, data_dir)
    with Console(as_json=as_json) as console:
        backing_up.back_up(settings, region, folder, console)


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=FOLDER)
@click.option(
    "--from-log",
    "log",
    metavar="DIR|URL",
    help="The published log, the newest copy there is; without it the register's own.",
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
def restore(  # noqa: PLR0913, PLR0917  # what can be asked
    folder: Path | None,
    log: str | None,
    must: tuple[str, ...],
    known: tuple[str, ...],
    region: str,
    data_dir: Path | None,
    *,
    as_json: bool,
) -> None:
    """Bring a register back from its published log, with the texts of the backup in DIR but for those that are withdrawn."""
    if folder is None and log is None:
        raise click.UsageError("name the folder of a backup, or the published log with --from-log")
    settings = settings_of(None, None, data_dir)
    with Console(as_json=as_json) as console:
        restoring.restore(settings, region, restoring.Wanted(log, folder, must, known), console)
