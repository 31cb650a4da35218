"""A register with entries that the verifier understands, and its log published from the outside or step by step."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec

from register.publishing.files import Files
from register.publishing.keys import make_keys
from register.publishing.ledger import Ledger
from register.publishing.publication import Publication
from register.publishing.witnesses import Witnesses
from register.store.appending import Append, Entry
from register.store.line import connect
from register.store.recorder import Recorder
from register.store.roles import Logins
from register.stored import trusted
from register.verify import Files as Looked
from register.verify import Finding, Log
from tests.tlog.published import Texts

ORIGIN = "register.example.nl/log"


async def record(logins: Logins, texts: Texts, first: int, end: int) -> None:
    """Store entries first..end-1 of a text, by the way that every entry goes."""
    recorder = Recorder(logins.app)
    await recorder.append([_append(raw) for raw in texts.entries[first:end]])
    await recorder.close()


def _append(raw: bytes) -> Append:
    said = trusted(raw)
    place = msgspec.json.decode(raw)
    stream, cause = UUID(said.id), UUID(said.cause)
    entry = Entry(stream, place["stream"], said.seq, place["type"], 1, said.time, cause, raw)
    return Append(cause, said.time, (entry,), {stream: said.seq - 1})


@asynccontextmanager
async def publication(
    logins: Logins,
    where: Path,
    files: Files | None = None,
    now: datetime | Callable[[], datetime] | None = None,
    witnesses: Witnesses | None = None,
) -> AsyncGenerator[Publication]:
    """The publication of a register, holding the lock; it has not looked at anything yet."""
    connection = await connect(logins.app)
    try:
        ledger = Ledger(connection)
        assert await ledger.alone()
        keys = where / "keys"
        yield Publication(
            ledger,
            files or Files(where / "log"),
            lambda: make_keys(keys, ORIGIN),
            (lambda: now) if isinstance(now, datetime) else now,
            witnesses,
        )
    finally:
        await connection.close()


async def publish(logins: Logins, where: Path) -> None:
    """One run: resume, and go on until there is nothing more."""
    async with publication(logins, where) as ours:
        await ours.resume()
        while await ours.step():
            pass


def found_in(where: Path) -> list[Finding]:
    """What the verifier finds in a published log, with the keys that signed it."""
    keys = make_keys(where / "keys", ORIGIN)
    return Log(Looked(where / "log"), [key.vkey for key in keys.current]).run().findings


def size_of(where: Path) -> int:
    """How many entries are published."""
    return Log(Looked(where / "log"), []).run().size
