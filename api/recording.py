"""One fact from a request into the log, the same for programs and pages: read, decided, stored, and there to be read again."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

import msgspec
import structlog

from api.accounts import Account
from api.problems import Problem
from api.writes import Write
from projections.follow import Follower
from register.fact import Fact
from register.governance.facts import MandateGranted
from register.intake import Intake, read_body
from register.marking import remembered
from register.register import Charter, Recorded, Register, Request
from register.sealing import opened
from register.values import CODE, LANGUAGE_FORM, UUID_FORM, Sealed
from register.world import Actor

WRITE_SECONDS = 10.0
READ_SECONDS = 5.0
"""How long an answer waits for the read models; after that it is given all the same, since the fact is stored."""
_ENTRY = re.compile(rf"({UUID_FORM[1:-1]})\.([1-9][0-9]{{0,9}})")
log = structlog.get_logger(__name__)


class Event(msgspec.Struct, frozen=True):
    """One entry that was written: its stream, its number there, its position in the log and its type."""

    id: str
    seq: int
    position: int
    type: str


class Done(msgspec.Struct, frozen=True):
    """What a request wrote; `asked` is the entry of the fact that was asked for, the others came with it."""

    events: tuple[Event, ...]
    asked: Event
    repeated: bool


class Recording:
    """The write side of the edge; the follower tells when the read models show what was written."""

    def __init__(self, register: Register, follower: Follower, secret: bytes) -> None:
        """Record in `register`; `secret` keys the hashes by which a repeated request is known."""
        self._register, self._follower, self._secret = register, follower, secret

    async def record(  # noqa: PLR0913  # a request has this many parts
        self,
        account: Account,
        write: Write,
        address: Mapping[str, str],
        raw: bytes,
        key: UUID,
        *,
        lang: str | None,
    ) -> Done:
        """Record the fact in `raw` for an account; raises Problem, Refused, BodyRefused, or what the store raises."""
        stream, fixed = self._target(write, address)
        intake = read_body(raw, write.fact, fixed, self._language(lang))
        request = Request(
            cause=key,
            actor=Actor(account=account.account, mandates=account.mandates),
            stream=stream or self._new_stream(intake.fact, intake.disclosures),
            facts=(intake.fact,),
            disclosures=intake.disclosures,
            request_hash=self._kept(account, write, address, raw, key),
        )
        return _done(await self._recorded(request), write)

    async def record_together(
        self, account: Account, stream: UUID, said: Sequence[Intake], raw: bytes, key: UUID
    ) -> Recorded:
        """Record several facts of one stream, all or none; `raw` is all that was asked, by which a repeated request is known.

        Raises Refused, or what the store raises.
        """
        asked = msgspec.json.encode([account.account, str(stream)])
        request = Request(
            cause=key,
            actor=Actor(account=account.account, mandates=account.mandates),
            stream=stream,
            facts=tuple(each.fact for each in said),
            disclosures={digest: text for each in said for digest, text in each.disclosures.items()},
            request_hash=remembered(self._secret, key, account.account, asked + b"\0" + raw),
        )
        return await self._recorded(request)

    @property
    def charter(self) -> Charter:
        """What was fixed when the register was opened."""
        return self._register.charter

    async def _recorded(self, request: Request) -> Recorded:
        recorded = await self._register.record(request, deadline=WRITE_SECONDS)
        await self._seen(recorded.positions[-1])
        return recorded

    def _language(self, lang: str | None) -> str:
        """The language of texts that do not say their own: the one given when it is a tag of the format, else the register's."""
        return lang if lang is not None and re.fullmatch(LANGUAGE_FORM, lang) else self._register.charter.lang

    def _target(self, write: Write, address: Mapping[str, str]) -> tuple[UUID | None, dict[str, object]]:
        """The stream that an address names, and the fields that it fills; raises a 404 Problem for what cannot be an address."""
        given = [address[name] for name in write.parameters]
        match write.place:
            case "new":
                return None, {}
            case "register":
                return self._register.charter.id, {}
            case "governance":
                return self._register.charter.governance, _filled(write, given)
            case "stream":
                return UUID(matched(UUID_FORM, given[0])), {}
            case "entry":
                stream, seq = entry_address(given[0])
                return stream, {write.names or "": seq}

    def _new_stream(self, fact: Fact, disclosures: Mapping[str, str]) -> UUID:
        """The id of a new stream: from its source key when it has one, so that importing again finds it; else random."""
        source: Sealed | None = getattr(fact, "source", None)
        if source is None:
            return uuid4()
        return self._register.charter.sourced(opened(source, disclosures[source.sd[0]]))

    def _kept(self, account: Account, write: Write, address: Mapping[str, str], raw: bytes, key: UUID) -> bytes:
        """What tells two requests with one key apart; keyed, so that a short text cannot be guessed from it."""
        said = msgspec.json.encode([account.account, write.path, sorted(address.items())])
        return remembered(self._secret, key, account.account, said + b"\0" + raw)

    async def _seen(self, position: int) -> None:
        """Wait until the read models show a position, so that the writer reads its own fact.

        If we die or give up here nothing is lost: the fact is stored, and the same key gets the same answer.
        """
        if not await self._follower.reached(position, asyncio.get_running_loop().time() + READ_SECONDS):
            log.warning("read_models_late", position=position)


def _filled(write: Write, given: list[str]) -> dict[str, object]:
    match write.names:
        case None:
            return {"mandate": str(uuid4())} if write.fact is MandateGranted else {}
        case "seat":
            return {"seat": int(matched("[1-9][0-9]{0,9}", given[0]))}
        case "mandate":
            return {"mandate": matched(UUID_FORM, given[0])}
        case name:
            return {name: matched(CODE, given[0])}


def entry_address(raw: str) -> tuple[UUID, int]:
    """The stream and number of `{id}.{seq}`; raises a 404 Problem for anything else."""
    found = _ENTRY.fullmatch(raw)
    if found is None:
        raise Problem(404, "not-found")
    return UUID(found[1]), int(found[2])


def matched(form: str, given: str) -> str:
    """What is given, when it has the form of an address here; raises a 404 Problem when it does not."""
    if re.fullmatch(form, given) is None:
        raise Problem(404, "not-found")
    return given


def _done(recorded: Recorded, write: Write) -> Done:
    stream = str(recorded.stream)
    events = tuple(
        Event(stream, seq, position, fact.TYPE)
        for seq, position, fact in zip(recorded.seqs, recorded.positions, recorded.facts, strict=True)
    )
    # What comes with a fact is written before it, so the last of its type is the one that was asked for.
    asked = next(event for event in reversed(events) if event.type == write.fact.TYPE)
    return Done(events, asked, recorded.repeated)
