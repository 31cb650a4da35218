"""Make the files of a PostgreSQL cluster, whole or not at all."""

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from register.store.binaries import NoPostgres, major
from register.store.programs import run

OWNER = "postgres"


def ensure_cluster(cluster: Path, bin_dir: Path) -> None:
    """Make the cluster if there is none, under a lock: it clears what a killed attempt left."""
    written_by = _version(cluster)
    if written_by is None:
        _make(cluster, bin_dir)
    elif written_by != major(bin_dir):
        raise NoPostgres(
            f"the data in {cluster} was written by PostgreSQL {written_by}, the programs in "
            f"{bin_dir} are {major(bin_dir)}: set REGISTER_PG_BIN to programs of {written_by}"
        )


def _make(cluster: Path, bin_dir: Path) -> None:
    prefix = f"{cluster.name}-new-"
    _clear(cluster.parent, prefix)
    attempt = Path(tempfile.mkdtemp(prefix=prefix, dir=cluster.parent))
    try:
        made = attempt / "cluster"
        options = {
            "pgdata": made,
            "username": OWNER,
            "auth": "trust",  # whoever reaches the socket is its owner: see EmbeddedPostgres
            "encoding": "UTF8",
            "locale": "C",
            "lc-ctype": _ctype(),
        }
        words = [f"--{name}={value}" for name, value in options.items()]
        run(bin_dir / "initdb", *words, "--no-sync", "--no-instructions", where=cluster.parent)
        # Dying here leaves only the attempt, which the next call clears.
        os.sync()
        made.rename(cluster)
        # Dying here leaves a whole cluster, not yet surely on the disk: the next line makes sure.
        _sync_directory(cluster.parent)
    finally:
        # All of them: what a killed attempt left may have been written to while it was cleared the first time.
        _clear(cluster.parent, prefix)


def _clear(directory: Path, prefix: str) -> None:
    for left in directory.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)


def _version(cluster: Path) -> int | None:
    with contextlib.suppress(FileNotFoundError):
        return int((cluster / "PG_VERSION").read_text(encoding="ascii"))
    return None


def _ctype() -> str:
    # Letters fold as in Unicode (É is é) while the order stays that of the bytes, on every machine.
    return "C.UTF-8" if sys.platform == "linux" else "UTF-8"


def _sync_directory(directory: Path) -> None:
    opened = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
