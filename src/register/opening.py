"""How a register begins: it is opened for a region, and the first administrator gets a mandate. Both are done once.

If we die between the two, the next start does the second: each has a command id that follows from the register's id.
"""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4, uuid5

import msgspec
from psycopg import AsyncConnection

from register import stored
from register.charter.facts import Region, RegisterOpened
from register.governance.facts import MandateGranted
from register.register import Recorded, Register, Request
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
    """The first fact of the log, None when the log is empty."""
    row = await Reader(connection).entry(0)
    if row is None:
        return None
    fact = stored.trusted(row.entry).data
    assert isinstance(fact, RegisterOpened)  # noqa: S101  # nothing else can be first: see the rules of the charter
    return fact


async def open_register(register: Register, opened: RegisterOpened) -> Recorded:
    """Write the first entry; opened again with the same fact, it answers the same."""
    return await register.record(
        Request(
            cause=uuid5(register.id, "register.opened"),
            actor=REGISTER,
            stream=register.id,
            facts=(opened,),
            request_hash=b"register.opened",
        )
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
