"""The witnesses of a log: all are asked at once, what each answered last is remembered, and one that fails is left alone a while."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from time import monotonic
from types import TracebackType
from typing import Self

import httpx
import msgspec
import structlog

from register.publishing.asking import NoAnswer, client, post
from register.publishing.refusing import PublishingRefused
from register.tlog.notes import Signature
from register.tlog.policies import Policy, Witness
from register.tlog.witnessing import Cosigned, Declined, Knows, meaning, question

log = structlog.get_logger(__name__)

DEADLINE = 2.0
"""Seconds that a checkpoint waits for witnesses, all of them together, since they are asked at the same time."""
TURNS = 3
"""Questions to one witness about one checkpoint: at what size it guesses, at the size that it says, and once more."""
SOONEST, LATEST = 2.0, 300.0
"""Seconds that a witness which failed is not asked: twice as many each time."""


class Subject(msgspec.Struct, frozen=True):
    """What is to be signed: the checkpoint with the signatures of the log, and what leads there from smaller sizes."""

    text: str
    raw: bytes
    size: int
    prove: Callable[[int], list[bytes]]
    """The hashes from a smaller size; called in a thread, since they may have to be read from files."""


class Place(msgspec.Struct):
    """One address, and what is remembered of it. A witness with two keys at one address is asked once."""

    url: str
    witnesses: tuple[Witness, ...]
    size: int | None = None
    """How long the log was when it signed last, or said."""
    signed: bool = False
    """Whether it signed when it was asked last."""
    reason: str = ""
    against: str = ""
    """Why nothing may be signed as long as it stands by what it said: it saw more of this log, or another one."""
    failures: int = 0
    not_before: float = 0.0

    @property
    def name(self) -> str:
        """Who it is, in a sentence."""
        return " and ".join(each.name for each in self.witnesses)


class Witnesses:
    """Lives as long as the process; use it with `async with`, which costs nothing when there are none."""

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        wait: bool = False,
        deadline: float = DEADLINE,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`wait` when nothing is to be shown without a quorum."""
        self.policy = policy or Policy()
        self.wait = wait
        urls = dict.fromkeys(each.url for each in self.policy.witnesses if each.url)
        self.places = tuple(Place(url, self._at(url)) for url in urls)
        self._deadline, self._clock = deadline, clock
        self._http: httpx.AsyncClient | None = None
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        if self.places:
            self._http = await self._open.enter_async_context(client())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.aclose()

    def _at(self, url: str) -> tuple[Witness, ...]:
        return tuple(each for each in self.policy.witnesses if each.url == url)

    def reason(self, name: str) -> str:
        """Why a witness did not sign when it was asked last; empty when it did, or was not asked yet."""
        return next((place.reason for place in self.places if any(each.name == name for each in place.witnesses)), "")

    def signed_last(self, name: str) -> bool:
        """Tell whether a witness signed when it was asked last."""
        return any(place.signed for place in self.places if any(each.name == name for each in place.witnesses))

    def due(self, signed: Collection[str] = ()) -> list[Place]:
        """Those that may be asked now and have not signed yet with each of their keys."""
        now = self._clock()
        return [
            place
            for place in self.places
            if place.against or (place.not_before <= now and any(each.name not in signed for each in place.witnesses))
        ]

    async def ask(self, subject: Subject, places: Collection[Place], *, guess: int = 0) -> list[Signature]:
        """What they sign; PublishingRefused when one of them saw more of this log than there is, or another log."""
        answers = await asyncio.gather(*(self._heard(place, subject, guess) for place in places))
        for place in places:
            if place.against:
                raise PublishingRefused(place.against)
        return [line for lines in answers for line in lines]

    async def _heard(self, place: Place, subject: Subject, guess: int) -> tuple[Signature, ...]:
        """Ask one of them, and remember how it went; a reason never holds what the other side wrote."""
        try:
            async with asyncio.timeout(self._deadline):
                outcome = await self._asked(place, subject, guess if place.size is None else place.size)
        except TimeoutError:
            outcome = Declined(f"it did not answer within {self._deadline:g} seconds")
        except NoAnswer as fault:
            outcome = Declined(str(fault))
        else:
            if subject.size == 0 and isinstance(outcome, Declined) and not outcome.forked:
                # Some do not sign a log without entries; that says nothing about the first that has some.
                return ()
        match outcome:
            case Cosigned(signatures):
                place.size, place.reason, place.against = subject.size, "", ""
                place.failures, place.not_before, place.signed = 0, 0.0, subject.size > 0
                return signatures
            case Declined():
                self._failed(place, outcome)
                return ()

    async def _asked(self, place: Place, subject: Subject, old: int) -> Cosigned | Declined:
        tried: set[int] = set()
        for _ in range(TURNS):
            outcome = await self._turn(place, subject, old)
            if not isinstance(outcome, Knows):
                return outcome
            tried.add(old)
            if outcome.size is None and 0 in tried:
                break
            old = outcome.size or 0
            if old > subject.size:
                return Declined(_ahead(old, subject.size), forked=True)
            place.size = outcome.size
            if old in tried:
                # It does not take this size from us, and says that this is what it saw.
                return Declined("it contradicts itself about the size that it saw", forked=0 < old == subject.size)
        return Declined("it saw another size of the log, and does not say which")

    async def _turn(self, place: Place, subject: Subject, old: int) -> Cosigned | Knows | Declined:
        assert self._http is not None, "witnesses are asked inside `async with`"  # noqa: S101  # a fault of ours
        hashes = await asyncio.to_thread(subject.prove, old) if 0 < old < subject.size else []
        body = question(old, hashes, subject.raw)
        answer = await post(self._http, place.url, body, self._deadline)
        return meaning(answer, old, subject.text, place.witnesses, datetime.now(UTC))

    def _failed(self, place: Place, declined: Declined) -> None:
        if place.reason != declined.reason:
            log.warning("witness_did_not_sign", witness=place.name, reason=declined.reason)
        place.reason, place.signed = declined.reason, False
        place.not_before = self._clock() + min(SOONEST * 2**place.failures, LATEST)
        place.failures = min(place.failures + 1, 16)
        if declined.forked:
            place.against = f"the witness {place.name} saw another log under this name: {declined.reason}; {MEND}"


MEND = (
    "the database may be of an older backup. Restore the entries that are published; when it is the witness that errs, "
    "take it out of the file that REGISTER_LOG_WITNESSES names"
)


def _ahead(theirs: int, ours: int) -> str:
    return f"it saw {theirs} entries of it, and {ours} were published here"
