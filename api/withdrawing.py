"""What `register withdraw` does: one text is withdrawn in the name of the register, and where the same words stand too is told."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from datetime import datetime
from uuid import uuid5

import msgspec
from psycopg import AsyncConnection

from api.console import Console
from api.house import NotOpened, data_dir_of, database
from api.settings import Settings
from projections.follow import Follower
from projections.texts.copies import Copy, copies
from register.charter.facts import DisclosureWithdrawn
from register.charter.withdrawing import AlreadyWithdrawn
from register.intake import Intake, read_fields
from register.opening import already_opened
from register.private import secret
from register.refusals import Refused
from register.register import Charter, Request, running
from register.store.appending import SameKeyOtherContent
from register.store.reading import Reader
from register.store.roles import Logins
from register.world import REGISTER

CATCHING_UP = 60.0
"""Seconds that the read models may take to come to the last entry; what is withdrawn is withdrawn all the same."""


class Asked(msgspec.Struct, frozen=True):
    """What is to be withdrawn, as it was typed; `on` is today when it is not said."""

    id: str
    seq: int
    field: str
    ground: str
    authority: str
    on: str | None
    instead: str | None


class Withdrawn(msgspec.Struct, frozen=True, rename="camel"):
    """The entry that withdraws it, and where the same words still stand."""

    position: int
    repeated: bool
    same_words: tuple[Copy, ...]


def withdraw(settings: Settings, region: str, asked: Asked, console: Console) -> None:
    """Withdraw one text; asked again, the same entry is told."""
    data_dir = data_dir_of(settings, region)
    with database(settings, data_dir) as logins:
        done = asyncio.run(_withdraw(logins, asked, secret(data_dir / "request.key")))
    console.tell(
        done,
        f"{asked.field} of {asked.id}.{asked.seq} is withdrawn by entry {done.position}.",
        *(f"The same words stand in {each.field} of {each.id}.{each.seq}." for each in done.same_words),
        "Its words go out of the files of the database with `register erase --finish`.",
    )


async def _withdraw(logins: Logins, asked: Asked, key: bytes) -> Withdrawn:
    async with await AsyncConnection.connect(logins.projections, autocommit=True) as conn:
        opened = await already_opened(conn)
        if opened is None:
            msg = "this database holds no register yet, so there is nothing to withdraw"
            raise NotOpened(msg)
        charter = Charter.of(opened)
        said = _said(asked, charter)
        async with (
            Follower(logins.projections, charter.time_zone) as follower,
            running(logins.app, charter) as register,
        ):
            last, until = (await Reader(conn).head()).size - 1, asyncio.get_running_loop().time() + CATCHING_UP
            await follower.reached(last, until)
            # Asked before: afterwards nobody can tell which words they were.
            same = await copies(conn, asked.id, asked.seq, asked.field)
            try:
                recorded = await register.record(_request(asked, said, charter, key))
            except SameKeyOtherContent:
                # The place is the key: it was withdrawn by this command before, with something else said of it.
                raise Refused((AlreadyWithdrawn(field="of", what=f"{asked.id}.{asked.seq}"),)) from None
            await follower.reached(recorded.first_position, until)
    return Withdrawn(recorded.first_position, recorded.repeated, same)


def _said(asked: Asked, charter: Charter) -> Intake:
    """The fact with its text sealed; raises BodyRefused with every fault."""
    fields: dict[str, object] = {
        "of": {"id": asked.id, "seq": asked.seq, "field": asked.field},
        "ground": asked.ground,
        "authority": asked.authority,
        "on": asked.on or datetime.now(charter.time_zone).date().isoformat(),
    }
    return read_fields(
        fields | ({"instead": asked.instead} if asked.instead else {}), DisclosureWithdrawn, {}, charter.lang
    )


def _request(asked: Asked, said: Intake, charter: Charter, key: bytes) -> Request:
    """Its command id follows from the place, so that asking twice withdraws once; `key` keeps its hash from being guessed."""
    return Request(
        cause=uuid5(charter.id, f"disclosure.withdrawn {asked.id} {asked.seq} {asked.field}"),
        actor=REGISTER,
        stream=charter.id,
        facts=(said.fact,),
        disclosures=said.disclosures,
        request_hash=hmac.digest(key, msgspec.json.encode(asked), hashlib.sha256),
    )
