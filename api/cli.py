"""The command line: what a person or a script can ask of the register from a terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import msgspec
from psycopg import OperationalError

from api import commands
from api.console import Console
from api.exchange import command as exchange
from api.settings import Settings, SettingsRefused, read_settings


class Told(click.Group):
    """Commands that say what went wrong in one sentence and end with 1; a fault of the program keeps its traceback."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # as click has it
        """Run a command."""
        try:
            return super().invoke(ctx)
        except (*commands.FAULTS, *exchange.FAULTS, SettingsRefused) as fault:
            sentence = str(fault)
        except OperationalError as fault:
            sentence = f"the database does not answer: {str(fault).strip().splitlines()[0]}"
        except msgspec.MsgspecError as fault:
            sentence = f"a file cannot be read: {fault}"
        except PermissionError as fault:
            sentence = f"{fault.filename} may not be used by this user; choose another --data-dir"
        except KeyboardInterrupt:
            sys.exit(130)
        click.echo(f"register: {sentence}", err=True)
        sys.exit(1)


def _settings(host: str | None, port: int | None, data_dir: Path | None) -> Settings:
    """The settings of the environment, with what the command line says in their place."""
    given = {"host": host, "port": port, "data_dir": data_dir.absolute() if data_dir else None}
    return msgspec.structs.replace(
        read_settings(), **{name: value for name, value in given.items() if value is not None}
    )


HOST = click.option("--host", metavar="ADDRESS", help="Where to listen (REGISTER_HOST, 127.0.0.1).")
PORT = click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on, 0 for any (REGISTER_PORT, 8000).")
DATA_DIR = click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where this process keeps its own files (REGISTER_DATA_DIR).",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, one object a line.")
REGISTER = click.option("--register", "region", default="mra", show_default=True, help="Region, by its code.")


@click.group(cls=Told)
@click.version_option(package_name="decision-register", prog_name="register")
def main() -> None:
    """Who joins the course of a region, who departs from it, and why."""


@main.command()
@REGISTER
@PORT
@HOST
@DATA_DIR
@JSON
def demo(region: str, port: int | None, host: str | None, data_dir: Path | None, *, as_json: bool) -> None:
    """Serve the real history of a region on this machine, with accounts to try."""
    settings = _settings(host, port, data_dir)
    with Console(as_json=as_json) as console:
        commands.demo(settings, region, console)


@main.command()
@PORT
@HOST
@DATA_DIR
@JSON
def serve(port: int | None, host: str | None, data_dir: Path | None, *, as_json: bool) -> None:
    """Serve the register of REGISTER_DATABASE_URL, to be read; nobody can sign in yet."""
    settings = _settings(host, port, data_dir)
    with Console(as_json=as_json) as console:
        commands.serve(settings, console)


@main.command()
@click.option(
    "--charter",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The charter, a JSON file.",
)
@DATA_DIR
@JSON
def init(charter: Path, data_dir: Path | None, *, as_json: bool) -> None:
    """Open a register in an empty database."""
    settings = _settings(None, None, data_dir)
    with Console(as_json=as_json) as console:
        commands.init(settings, charter, console)


@main.command()
@click.argument("name", required=False)
@REGISTER
@DATA_DIR
@JSON
def rebuild(name: str | None, region: str, data_dir: Path | None, *, as_json: bool) -> None:
    """Make the read models anew from the log: all of them, or the one that is NAMEd."""
    settings = _settings(None, None, data_dir)
    with Console(as_json=as_json) as console:
        commands.rebuild(settings, region, name, console)


@main.command()
@REGISTER
@DATA_DIR
@JSON
def doctor(region: str, data_dir: Path | None, *, as_json: bool) -> None:
    """Look at the database, the roles, the log and the read models, and say what is wrong."""
    settings = _settings(None, None, data_dir)
    with Console(as_json=as_json) as console:
        well = commands.doctor(settings, region, console)
    sys.exit(0 if well else 1)


@main.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--valid-on", metavar="DAY", help="Tell what holds on this day (today).")
@click.option("--known-at", metavar="MOMENT", help="Tell what was known then: a moment, or the end of a day (now).")
@REGISTER
@DATA_DIR
@JSON
def export(  # noqa: PLR0913  # what can be asked
    folder: Path, valid_on: str | None, known_at: str | None, region: str, data_dir: Path | None, *, as_json: bool
) -> None:
    """Write the register as tables and as Popolo into DIR, which must be new or empty."""
    settings = _settings(None, None, data_dir)
    with Console(as_json=as_json) as console:
        exchange.run_export(settings, region, folder, console, {"validOn": valid_on, "knownAt": known_at})
