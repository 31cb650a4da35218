"""One round of stamping in a process of its own, which is killed at a given point: nothing of it can tidy up."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from register.publishing.files import Files
from register.publishing.stamping import Stamping
from register.publishing.timestamps import Authorities, Stamp

POINTS = ("answered", "kept", "half written", "written")
"""After the answer was checked, after it is in the database, while its file is written, and after it has its name."""


def die() -> None:
    """The hardest end that there is."""
    os.kill(os.getpid(), signal.SIGKILL)


class DyingFiles(Files):
    """A file is written beside the log, and takes its name when it is whole."""

    point = ""

    def put(self, name: str, raw: bytes) -> bool:
        if self.point == "kept":
            die()
        if self.point == "half written":
            part = self.root.with_name(self.root.name + ".part")
            part.mkdir(exist_ok=True)
            (part / "half").write_bytes(raw[: len(raw) // 2])
            die()
        done = super().put(name, raw)
        die()
        return done


class DyingStamping(Stamping):
    """A round that does not end."""

    point = ""

    async def _keep(self, stamp: Stamp) -> None:
        if self.point == "answered":
            die()
        await super()._keep(stamp)


async def main(conninfo: str, log: Path, url: str, root: Path, point: str) -> None:
    """Until the end."""
    files = DyingFiles(log)
    ours = DyingStamping(conninfo, files, Authorities.read((url,), root))
    files.point = ours.point = point
    await ours.resume()
    await ours.round()


if __name__ == "__main__":
    _, conninfo, log, url, root, point = sys.argv
    asyncio.run(main(conninfo, Path(log), url, Path(root), point))
