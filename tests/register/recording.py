"""A small region on a real database, for tests that record through the whole write side."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from uuid import UUID, uuid4

from register.charter.facts import Region, RegisterOpened
from register.decisions.facts import DecidedBy, DecisionProposed
from register.decisions.standing import PositionRecorded
from register.fact import Fact
from register.governance.facts import BodyEstablished, MandateGranted, MemberAdmitted
from register.opening import first_administrator, open_register
from register.register import Charter, Recorded, Register, Request, running
from register.sealing import seal
from register.store.roles import Logins
from register.values import Sealed, Stance, Voice
from register.world import Actor

MEMBERS = tuple(f"gm{number:04}" for number in range(1, 36))


def opened() -> RegisterOpened:
    """A register of its own for a test."""
    return RegisterOpened(
        id=str(uuid4()),
        format=1,
        hash="sha-256",
        region=Region(code="proef", name="Proefregio"),
        time_zone="Europe/Amsterdam",
        lang="nl",
        contact="Secretaris",
        vocabulary="A" * 43,
    )


class Clerk:
    """Records in a register for whoever is asked, with seals that it can open."""

    def __init__(self, register: Register, mandates: dict[str, str]) -> None:
        self.register = register
        self.mandates = mandates
        self._disclosures: dict[str, str] = {}

    def text(self, said: str) -> Sealed:
        """A sealed text whose opening goes along with the next request."""
        sealed, disclosure = seal(said, lang="nl", words="summary")
        self._disclosures[sealed.sd[0]] = disclosure
        return sealed

    async def record(self, who: str, stream: UUID, *facts: Fact, key: UUID | None = None) -> Recorded:
        """Record facts for an account."""
        return await self.register.record(
            Request(
                cause=key or uuid4(),
                actor=Actor(account=who, mandates=(self.mandates[who],)),
                stream=stream,
                facts=facts,
                disclosures=self._disclosures,
                request_hash=sha256(repr(facts).encode()).digest(),
            )
        )

    async def decision(self) -> UUID:
        """A decision of the assembly, proposed by its clerk."""
        stream = uuid4()
        proposed = DecisionProposed(
            title=self.text("Meerjarenbegroting"),
            decided_by=DecidedBy(body="av"),
            kind="decision",
            class_="organisation-and-frameworks",
        )
        await self.record("clerk", stream, proposed)
        return stream

    def position(self, member: str, stance: Stance, reason: str | None = None) -> PositionRecorded:
        """A member's own position on the whole."""
        return PositionRecorded(
            member=member,
            stance=stance,
            voice=Voice(as_="own", layer="seat"),
            reason=self.text(reason) if reason else None,
        )


@asynccontextmanager
async def region(logins: Logins) -> AsyncIterator[Clerk]:
    """An assembly with 35 members, each with a representative, and a clerk."""
    fact = opened()
    charter = Charter.of(fact)
    async with running(logins.app, charter) as register:
        await open_register(register, fact)
        administrator = await first_administrator(register, "2020-01-01")
        clerk = Clerk(register, {"administrator": administrator, "clerk": str(uuid4())})
        facts: list[Fact] = [
            BodyEstablished(
                code="av", name="Vergadering", kind="assembly", force="course", seats="every-member", from_="2020"
            ),
            MandateGranted(mandate=clerk.mandates["clerk"], role="clerk", for_="av", from_="2020"),
        ]
        for member in MEMBERS:
            clerk.mandates[member] = str(uuid4())
            facts.append(MemberAdmitted(member=member, name=f"Gemeente {member}", kind="municipality", from_="2017"))
            facts.append(
                MandateGranted(mandate=clerk.mandates[member], role="representative", for_=member, from_="2020")
            )
        await clerk.record("administrator", register.governance, *facts)
        yield clerk


@asynccontextmanager
async def another_process(logins: Logins, clerk: Clerk) -> AsyncIterator[Clerk]:
    """The same register from a second writer with its own connections, as another server would have it."""
    async with running(logins.app, clerk.register.charter) as register:
        yield Clerk(register, clerk.mandates)
