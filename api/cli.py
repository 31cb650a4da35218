"""The command line: what a person or a script can ask of the register from a terminal."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import Any

import click
import msgspec
from psycopg import OperationalError

from api import commands, verifying
from api.cli_backup import backup, restore
from api.cli_erasing import erase, withdraw
from api.cli_log import keys, proof, verify
from api.console import Console
from api.exchange import command as exchange
from api.given import DATA_DIR, HOST, JSON, PORT, REGISTER, settings_of
from api.logs import quiet_logs
from api.settings import SettingsRefused

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""What a system says when there is no room left, for this user or for one file."""


class Told(click.Group):
    """Commands that say what went wrong in one sentence and end with 1; a fault of the program keeps its traceback."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # as click has it
        """Run a command."""
        quiet_logs()
        try:
            return super().invoke(ctx)
        except (*commands.FAULTS, *exchange.FAULTS, *verifying.FAULTS, SettingsRefused) as fault:
            sentence = str(fault)
        except OperationalError as fault:
            sentence = f"the database does not answer: {str(fault).strip().splitlines()[0]}"
        except msgspec.MsgspecError as fault:
            sentence = f"a file cannot be read: {fault}"
        except PermissionError as fault:
            sentence = f"{fault.filename} may not be used by this user; choose another --data-dir"
        except OSError as fault:
            if fault.errno not in FULL:
                raise
            sentence = f"the disk takes no more: {fault.strerror}; make room, and run this again"
        except KeyboardInterrupt:
            sys.exit(130)
        click.echo(f"register: {sentence}", err=True)
        sys.exit(1)


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
    settings = settings_of(host, port, data_dir)
    with Console(as_json=as_json) as console:
        commands.demo(settings, region, console)


@main.command()
@PORT
@HOST
@DATA_DIR
@JSON
def serve(port: int | None, host: str | None, data_dir: Path | None, *, as_json: bool) -> None:
    """Serve the register of REGISTER_DATABASE_URL, to be read; nobody can sign in yet."""
    settings = settings_of(host, port, data_dir)
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
    settings = settings_of(None, None, data_dir)
    with Console(as_json=as_json) as console:
        commands.init(settings, charter, console)


@main.command()
@click.argument("name", required=False)
@REGISTER
@DATA_DIR
@JSON
def rebuild(name: str | None, region: str, data_dir: Path | None, *, as_json: bool) -> None:
    """Make the read models anew from the log: all of them, or the one that is NAMEd."""
    settings = settings_of(None, None, data_dir)
    with Console(as_json=as_json) as console:
        commands.rebuild(settings, region, name, console)


@main.command()
@REGISTER
@DATA_DIR
@JSON
def doctor(region: str, data_dir: Path | None, *, as_json: bool) -> None:
    """Look at the database, the roles, the log and the read models, and say what is wrong."""
    settings = settings_of(None, None, data_dir)
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
    settings = settings_of(None, None, data_dir)
    with Console(as_json=as_json) as console:
        exchange.run_export(settings, region, folder, console, {"validOn": valid_on, "knownAt": known_at})


main.add_command(backup)
main.add_command(restore)
main.add_command(keys)
main.add_command(verify)
main.add_command(proof)
main.add_command(erase)
main.add_command(withdraw)
