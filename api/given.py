"""What every command can be given: the options that commands share, and the settings with those options in their place."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from api.settings import Settings, read_settings


def settings_of(host: str | None, port: int | None, data_dir: Path | None) -> Settings:
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
