"""A log that is published while witnesses are asked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from register.publishing.files import Files
from register.publishing.witnesses import Witnesses
from register.store.roles import Logins
from register.tlog.notes import Note
from register.tlog.witnessing import cosigners
from tests.publishing.recorded import publication
from tests.tlog.published import Texts

TEXTS = Texts(300)


def signed_by(where: Path, asked: Witnesses, name: str = "checkpoint") -> set[str]:
    raw = Files(where / "log").read(name)
    return set(cosigners(Note.read(raw), asked.policy.witnesses)) if raw else set()


async def publish(logins: Logins, where: Path, asked: Witnesses, now: datetime | None = None) -> int:
    """One run over all there is; the size that waits for witnesses."""
    async with publication(logins, where, now=now, witnesses=asked) as ours:
        await ours.resume()
        while await ours.step():
            pass
        return ours.waiting
