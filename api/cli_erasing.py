"""The part of the command line that is about texts that may no longer be shown."""

from __future__ import annotations

from pathlib import Path

import click

from api import erasing
from api.console import Console
from api.given import DATA_DIR, JSON, REGISTER, settings_of


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
