"""A long log in little time: decisions with all their entries, each made once by the register and then told again under other ids.

Every entry is one that the register could have written, in canonical form and in its place in its stream, and each of its seals
is that of a text of its own. The same number of entries is the same bytes every time.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID, uuid5

import msgspec

from projections.texts.projector import seals
from register import stored
from register.charter.facts import RegisterOpened
from register.fact import Fact
from register.governance import facts as g
from register.sealing import disclosed
from tests.bench.rebuild import GOVERNANCE, MEMBERS, REGISTER, Texts, decision
from tests.register.lines import OPENED

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
AT_ONCE = 20
"""Decisions that run beside each other."""
SHAPES = 40
"""Decisions that are made by the register; every further one is one of these under another id, with other seals."""
CAUSE, HERE = "00000000-0000-4000-8000-00000000000c", "00000000-0000-4000-8000-00000000000d"


class Opening(msgspec.Struct, frozen=True):
    """What opens a seal of an entry."""

    field: str
    disclosure: str


class Made(msgspec.Struct, frozen=True):
    """One entry, with what the log keeps beside its bytes."""

    stream: str
    cause: str
    seq: int
    kind: str
    type: str
    time: str
    raw: bytes
    openings: tuple[Opening, ...] = ()


class Shape:
    """An entry with places for its command, its seals, its stream and its time, in the order in which they stand in it."""

    def __init__(self, seq: int, fact: Fact, openings: dict[str, str]) -> None:
        envelope = stored.Envelope(by="import", cause=CAUSE, for_="mra-av", id=HERE, seq=seq, time=BEGIN, data=fact)
        raw = stored.encode(envelope).replace(b"%", b"%%")
        texts = {sealed.sd[0]: (field, openings[sealed.sd[0]]) for field, sealed in seals(fact)}
        # The order in the bytes is that of the sorted names: the command, then what is said with its seals, then the stream.
        found = [digest for digest in re.findall(r'"_sd":\["([^"]{43})"\]', raw.decode()) if digest in texts]
        self.fields = [texts[digest][0] for digest in found]
        self.words = [msgspec.json.decode(_decoded(texts[digest][1]))[2] for digest in found]
        for each in (CAUSE, HERE, "2026-01-01T00:00:00.000000Z", *found):
            raw = raw.replace(each.encode(), b"%b")
        self.raw, self.seq, self.kind, self.type = raw, seq, fact.KIND, fact.TYPE

    def made(self, number: int, stream: str, count: int) -> Made:
        """The entry at a position of the log, in a stream of its own."""
        cause, time = f"{number:08x}-0000-4000-9000-000000000000", _time(number)
        told = [disclosed(words, _salt(number, at)) for at, words in enumerate(self.words)]
        digests = [base64.urlsafe_b64encode(hashlib.sha256(each.encode()).digest())[:43] for each in told]
        raw = self.raw % (cause.encode(), *digests, stream.encode(), time.encode())
        openings = tuple(map(Opening, self.fields, told))
        return Made(stream, cause, count, self.kind, self.type, time, raw, openings)


def _decoded(disclosure: str) -> bytes:
    return base64.urlsafe_b64decode(disclosure + "=" * (-len(disclosure) % 4))


def _salt(number: int, at: int) -> bytes:
    return hashlib.sha256(b"%d.%d" % (number, at)).digest()


def _time(number: int) -> str:
    return (BEGIN + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%S.000000Z")


def log(count: int) -> Iterator[Made]:
    """So many entries: a register is opened, its members are admitted, and from then on decisions are taken."""
    random, texts = Random(1), Texts()
    yield _opened()
    members: list[Fact] = []
    for code in MEMBERS:
        members.append(g.MemberAdmitted(member=code, name=f"Gemeente {code}", kind="municipality", from_="2017"))
        members.append(g.SubregionJoined(member=code, subregion=f"regio{random.randrange(7)}", from_="2017"))
    for number, fact in enumerate(members[: count - 1], 1):
        yield Shape(number, fact, {}).made(number, GOVERNANCE, number)
    shapes = [
        [Shape(seq, fact, texts.openings) for seq, fact in enumerate(decision(random, texts, number), 1)]
        for number in range(1, SHAPES + 1)
    ]
    running: list[tuple[str, list[Shape], int]] = []
    began = 0
    for number in range(1 + len(members), count):
        if len(running) < AT_ONCE:
            began += 1
            running.append((str(UUID(int=uuid5(REGISTER, "decisions").int + began)), shapes[began % SHAPES], 0))
        at = int(random.random() * len(running))
        stream, shape, done = running[at]
        yield shape[done].made(number, stream, done + 1)
        running[at] = (stream, shape, done + 1)
        if done + 1 == len(shape):
            running.pop(at)


def _opened() -> Made:
    fact = msgspec.convert(OPENED, RegisterOpened)
    cause = f"{0:08x}-0000-4000-9000-000000000000"
    envelope = stored.Envelope(by="register", cause=cause, for_="mra", id=fact.id, seq=1, time=BEGIN, data=fact)
    return Made(fact.id, cause, 1, fact.KIND, fact.TYPE, _time(0), stored.encode(envelope))
