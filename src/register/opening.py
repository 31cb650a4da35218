"""How a register begins: it is opened for a region, and the first administrator gets a mandate. Both are done once.

If we die between the two, the next start does the second: each has a command id that follows from the register's id.
"""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4, uuid5

import msgspec
from psycopg import AsyncConnection

from register import stored
from register.charter.facts import Region, RegisterOpened, VocabularyPublished
from register.charter.rules import Charter, evolve
from register.fact import Fact
from register.governance.facts import MandateGranted
from register.history import Recorded
from register.register import Register, Request
from register.schemas import schemas_digest
from register.store.reading import Reader
from register.values import Id
from register.world import REGISTER


class CharterFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What an operator decides before a register is opened; `id` only to open a register again under the id it had."""

    region: Region
    time_zone: str
    lang: str
    contact: str
    id: Id | None = None


def opened_by(file: Path) -> RegisterOpened:
    """The first fact of a register, from a charter file; raises msgspec.ValidationError with the place of what is wrong."""
    charter = msgspec.json.decode(file.read_bytes(), type=CharterFile)
    said = {
        "id": charter.id or str(uuid4()),
        "format": 1,
        "hash": "sha-256",
        "region": msgspec.to_builtins(charter.region),
        "timeZone": charter.time_zone,
        "lang": charter.lang,
        "contact": charter.contact,
        "vocabulary": schemas_digest(),
    }
    return msgspec.convert(said, RegisterOpened)


async def already_opened(connection: AsyncConnection) -> RegisterOpened | None:
    """How the register of a log was opened, as that was corrected since; None when the log is empty."""
    row = await Reader(connection).entry(0)
    if row is None:
        return None
    state = Charter()
    for each in await Reader(connection).stream(row.stream):
        envelope = stored.trusted(each.entry)
        entry = Recorded(
            seq=envelope.seq,
            fact=envelope.data,
            by=envelope.by,
            for_=envelope.for_,
            cause=envelope.cause,
            day=envelope.time.date(),
        )
        state = evolve(state, entry)
    return state.opened


async def open_register(register: Register, opened: RegisterOpened) -> None:
    """Write the first entry, and the types known today when they are others; done again, it writes nothing."""
    await _recorded(register, "register.opened", opened)
    if opened.vocabulary != (digest := schemas_digest()):
        await _recorded(register, f"vocabulary.published {digest}", VocabularyPublished(vocabulary=digest))


async def _recorded(register: Register, name: str, fact: Fact) -> None:
    """Record a fact of the register itself under a command id that follows from its name."""
    cause = uuid5(register.id, name)
    await register.record(
        Request(cause=cause, actor=REGISTER, stream=register.id, facts=(fact,), request_hash=name.encode())
    )


async def first_administrator(register: Register, since: str) -> str:
    """Grant the mandate that grants all others, from a day on; its id follows from the register, so that a second start finds it."""
    mandate = str(uuid5(register.id, "first administrator"))
    granted = MandateGranted(mandate=mandate, role="administrator", for_=register.charter.region, from_=since)
    await register.record(
        Request(
            cause=uuid5(register.id, "mandate.granted first administrator"),
            actor=REGISTER,
            stream=register.governance,
            facts=(granted,),
            request_hash=b"first administrator",
        )
    )
    return mandate
