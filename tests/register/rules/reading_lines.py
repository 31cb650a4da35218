"""Tells lines to a register in memory: which stream and which fact a path and a body stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import msgspec

from api.writes import WRITES, Write
from register.charter.facts import RegisterOpened
from register.decider import Said
from register.decisions.facts import DecisionProposed, RemarkRecorded
from register.dossiers.facts import DossierOpened
from register.fact import Fact
from register.governance.facts import MandateGranted
from register.meetings.facts import MeetingPlanned
from register.values import Evidence, Voice
from tests.register.lines import OPENED, Body, Line
from tests.register.region import ACCOUNTS, REGION
from tests.register.rules.saying import fact, said, sealed
from tests.register.rules.told import CHARTER, TODAY, Told

TOO_LONG = RemarkRecorded(
    voice=Voice(as_="own", members=("gm0363",)), text=sealed("Vaag."), evidence=(Evidence(grade="minutes"),) * 5000
)
"""Longer than any body says it, so it is made without one."""

NAMED = re.compile(r"\{([a-z0-9-]+)(#seq)?\}")


class Made(msgspec.Struct, frozen=True):
    """What a line made: in which stream, under which number; `id` is what a path or a body calls it by."""

    stream: UUID
    seq: int
    id: str


class Target(msgspec.Struct, frozen=True):
    """What a line asks for: a fact in a stream; `kind` and `body` say the same as they were sent."""

    stream: UUID
    kind: type[Fact]
    body: Body
    fixed: Body = {}

    @property
    def fact(self) -> Fact:
        """The fact, its texts sealed."""
        return (
            TOO_LONG if self.kind is type(TOO_LONG) and not self.body else said(self.kind, {**self.body, **self.fixed})
        )


class Teller:
    """Tells lines one after the other, and remembers what each made."""

    def __init__(self, told: Told) -> None:
        """Lines are told to `told`."""
        self.told = told
        self.made: dict[str, Made] = {}

    def tell(self, line: Line, *, today: date = TODAY) -> tuple[Said, ...]:
        """Decide a line on a day; raises Refused when a rule forbids it."""
        target = self.target(line)
        recorded = self.told.record(line.as_, target.stream, target.fact, today=today)
        self.remember(line, target)
        return recorded

    def remember(self, line: Line, target: Target) -> None:
        """Keep what a line made under its name; its entry is the last of its stream."""
        if line.name:
            named = str(target.body.get("mandate") or target.fixed.get("mandate") or target.stream)
            self.made[line.name] = Made(target.stream, len(self.told.history(target.stream)), named)

    def target(self, line: Line) -> Target:
        """Where a line is to be recorded, and what."""
        body = self._resolved(line.body)
        if line.post.startswith("("):
            return self._unreachable(line, body)
        write, given = _matching(line.post)
        given = [self._parameter(each, write) for each in given]
        match write.place:
            case "register":
                return Target(CHARTER.id, write.fact, body)
            case "governance":
                fixed: Body = {write.names: int(given[0]) if write.names == "seat" else given[0]} if write.names else {}
                if write.fact is MandateGranted and "mandate" not in body:
                    fixed = {"mandate": str(uuid5(CHARTER.id, f"mandate {self.told.commands}"))}
                return Target(CHARTER.governance, write.fact, body, fixed)
            case "new":
                return Target(uuid5(CHARTER.id, f"stream {self.told.commands}"), write.fact, body)
            case "stream":
                return Target(UUID(given[0]), write.fact, body)
            case "entry":
                stream, _, seq = given[0].partition(".")
                return Target(UUID(stream), write.fact, body, {write.names or "": int(seq)})

    def _unreachable(self, line: Line, body: Body) -> Target:
        """A write that no path leads to: the opening of a register, a second beginning of a stream, a fact of any length."""
        name, _, of = line.post.strip("()").partition(" ")
        if name == "register":
            stream = self.made[of].stream if of else uuid5(CHARTER.id, f"register {self.told.commands}")
            return Target(stream, RegisterOpened, body)
        kinds: dict[str, type[Fact]] = {
            "meeting": MeetingPlanned,
            "dossier": DossierOpened,
            "decision": DecisionProposed,
            "long": RemarkRecorded,
        }
        return Target(self.made[of].stream, kinds[name], body)

    def _parameter(self, given: str, write: Write) -> str:
        found = NAMED.search(given)
        if found is None:
            return given
        made = self.made[found[1]]
        if found[2]:
            return str(made.seq)
        rest = given[found.end() :]
        return made.id + (rest or (f".{made.seq}" if write.place == "entry" else ""))

    def _resolved(self, value: Any) -> Any:  # noqa: ANN401  # any JSON
        if isinstance(value, dict):
            return {name: self._resolved(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._resolved(inner) for inner in value]
        if isinstance(value, str) and (found := NAMED.match(value)) is not None:
            made = self.made[found[1]]
            return made.seq if found[2] else made.id + value[found.end() :]
        return value


def _matching(post: str) -> tuple[Write, list[str]]:
    """The write whose path this is, with the values of its parameters."""
    parts = post.split("/")
    for write in WRITES:
        wanted = write.path.split("/")
        if len(wanted) == len(parts) and all(
            one.startswith("{") or one == other for one, other in zip(wanted, parts, strict=True)
        ):
            return write, [other for one, other in zip(wanted, parts, strict=True) if one.startswith("{")]
    raise LookupError(post)


def region() -> Told:
    """The region of the examples, with the mandates of its accounts."""
    told = Told()
    told.record("register", CHARTER.id, fact("register.opened", **OPENED))
    told.grant("administrator", "administrator", "mra", from_="2017-01-01")
    teller = Teller(told)
    for line in REGION:
        teller.tell(line)
    for account, mandates in ACCOUNTS.items():
        for mandate in mandates:
            if account != "administrator":
                told.grant(account, mandate["role"], mandate["for"], from_=mandate["from"])
    return told


def shipped(file: Path, as_: str) -> Iterator[Line]:
    """The lines of a file of requests, all of them made by one account."""
    for raw in file.read_bytes().splitlines():
        yield msgspec.structs.replace(msgspec.json.decode(raw, type=Line), as_=as_)
