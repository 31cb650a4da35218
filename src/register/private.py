"""Files that only the user who runs the register may read: secrets and accounts, in the data directory."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

SECRET_BYTES = 32


def read_private(path: Path) -> bytes | None:
    """The content of a file, None when there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def write_private(path: Path, content: bytes) -> None:
    """Put a file in place as a whole: written beside, flushed to disk, renamed. If we die here, the old one is still there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def secret(path: Path) -> bytes:
    """The random secret kept in a file; made when there is none. Two processes that start at once end up with the same one."""
    while (found := read_private(path)) is None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        write_private(beside, secrets.token_bytes(SECRET_BYTES))
        try:
            # A link fails when the name is taken, so the first one wins.
            os.link(beside, path)
        except FileExistsError:
            continue
        finally:
            beside.unlink()
    return found
