"""The shipped history of a region, told to the register as anyone would: line by line, over HTTP, by the accounts that it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import msgspec

from api.accounts import Account, Accounts, Grant
from api.writes import WRITES, Write

_NAMED = re.compile(r"\{([a-z0-9-]+)(#seq)?\}")
SHIPPED = Path(__file__).resolve().parent.parent / "data"


class HistoryRefused(Exception):
    """A line of the history was not recorded; the message says which, and why."""


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"as_": "as"}):
    """One request; `{name}` in its address or body stands for what the line of that name made."""

    name: str
    as_: str
    post: str
    body: dict[str, Any]


class Made(msgspec.Struct, frozen=True):
    """What a line made: the entry of its fact."""

    id: str
    seq: int
    type: str
    position: int


class Answered(msgspec.Struct, frozen=True):
    """The answer to a request."""

    status: int
    body: bytes


Ask = Callable[[str, str, str, bytes | None, UUID | None], Answered]
"""Account, method, path, body and Idempotency-Key; the transport is whoever asks."""


class _Entries(msgspec.Struct, frozen=True):
    events: tuple[Made, ...]


class _Refused(msgspec.Struct, frozen=True):
    detail: str
    errors: tuple[dict[str, str], ...] = ()


class _Granted(msgspec.Struct, frozen=True):
    mandate: str


class _Entry(msgspec.Struct, frozen=True):
    data: _Granted


class History:
    """The files of one region: its charter, its accounts and its lines."""

    def __init__(self, region: str, root: Path = SHIPPED) -> None:
        """Read `root/region`; raises FileNotFoundError when this region is not shipped."""
        self._folder = root / region
        self.charter = self._folder / "charter.json"
        if not self.charter.exists():
            raise FileNotFoundError(self.charter)

    def lines(self) -> tuple[Line, ...]:
        """Every request, in order."""
        return tuple(
            msgspec.json.decode(raw, type=Line)
            for path in sorted(self._folder.glob("*.jsonl"))
            for raw in path.read_bytes().splitlines()
        )

    def accounts(self, since: str) -> tuple[Account, ...]:
        """The accounts with the mandates that each is to have from a day on."""
        raw = (self._folder / "accounts.json").read_bytes()
        return tuple(
            Account(
                account=name,
                name=name,
                grants=tuple(msgspec.convert({**grant, "from": since}, Grant) for grant in grants),
            )
            for name, grants in msgspec.json.decode(raw, type=dict[str, list[dict[str, str]]]).items()
        )

    def digest(self) -> str:
        """What tells this history from another version of it."""
        found = sha256()
        for path in sorted(self._folder.iterdir()):
            found.update(path.name.encode() + b"\0" + path.read_bytes())
        return found.hexdigest()


COUNTED = {
    "meeting.planned": "meetings",
    "dossier.opened": "dossiers",
    "decision.proposed": "decisions",
    "vote.held": "ballots",
    "position.recorded": "positions",
    "minority-standpoint.recorded": "standpoints",
    "view.received": "views",
    "advice.given": "advice",
    "undertaking.given": "undertakings",
}


def counted(lines: tuple[Line, ...]) -> dict[str, int]:
    """What a history tells of, in the order of `COUNTED`, and how many pieces of evidence it gives."""
    types = [_write(line).fact.TYPE for line in lines]
    evidence = sum(len(line.body.get("evidence", ())) for line in lines)
    return {**{word: types.count(name) for name, word in COUNTED.items()}, "evidence": evidence}


class Telling:
    """One telling of a history. Each line has its own key, so telling again goes on where an earlier one stopped."""

    def __init__(self, register: UUID, accounts: Accounts, administrator: str, ask: Ask) -> None:
        """Tell it to `register` through `ask`; `administrator` is the account that grants the others their mandates."""
        self.register, self._accounts, self._administrator, self._ask = register, accounts, administrator, ask
        self.made: dict[str, Made] = {}
        """What each line made, by its name."""

    def tell(self, lines: tuple[Line, ...]) -> Iterator[Line]:
        """Record each line, and give it when it is recorded; raises HistoryRefused."""
        for line in lines:
            self.grant(line.as_)
            address = self._filled(line.post, in_path=True)
            body = msgspec.json.encode(self._filled(line.body))
            key = uuid5(self.register, f"history {line.name}")
            made = self._post(line.as_, str(address), body, key, f"line {line.name}")
            self.made[line.name] = next(each for each in reversed(made) if each.type == _write(line).fact.TYPE)
            yield line

    def grant(self, account: str) -> None:
        """Grant an account what it is still to have; its key was on disk before, so a second try grants nothing twice."""
        found = self._accounts.get(account)
        for grant in found.pending if found is not None else ():
            said = {"role": grant.role, "for": grant.for_, "from": grant.from_}
            body = msgspec.json.encode({**said, "body": grant.body} if grant.body else said)
            made = self._post(self._administrator, "/mandates", body, UUID(grant.key), f"mandate of {account}")
            answered = self._ask(self._administrator, "GET", f"/events/{made[-1].position}/entry", None, None)
            entry = msgspec.json.decode(answered.body, type=_Entry)
            self._accounts.granted(account, grant.key, entry.data.mandate)

    def _post(self, account: str, path: str, body: bytes, key: UUID, what: str) -> tuple[Made, ...]:
        answered = self._ask(account, "POST", path, body, key)
        if answered.status == 422:  # noqa: PLR2004  # the same key with other content
            raise HistoryRefused(
                f"{what}: this register was told another version of the history; start with an empty data directory"
            )
        if answered.status != 201:  # noqa: PLR2004  # recorded, now or before
            refused = msgspec.json.decode(answered.body, type=_Refused)
            reasons = "; ".join(f"{error.get('field', '')} {error['message']}".strip() for error in refused.errors)
            raise HistoryRefused(f"{what} was not recorded ({answered.status}): {reasons or refused.detail}")
        return msgspec.json.decode(answered.body, type=_Entries).events

    def _filled(self, value: Any, *, in_path: bool = False) -> Any:  # noqa: ANN401  # any JSON value, as it came
        """The same value with what the named lines made in place of their names."""
        if isinstance(value, dict):
            return {name: self._filled(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._filled(inner) for inner in value]
        if not isinstance(value, str):
            return value
        whole = _NAMED.fullmatch(value)
        if whole is not None and whole[2]:
            return self.made[whole[1]].seq
        return _NAMED.sub(lambda found: self._address(found[1], in_path=in_path), value)

    def _address(self, name: str, *, in_path: bool) -> str:
        """A stream by its id; a fact inside a stream, in the path of a request, by `{id}.{seq}`."""
        made = self.made[name]
        opens = made.type in {"decision.proposed", "meeting.planned", "dossier.opened"}
        return made.id if opens or not in_path else f"{made.id}.{made.seq}"


def _write(line: Line) -> Write:
    return next(write for write in WRITES if re.fullmatch(re.sub(r"\{[a-z]+\}", "[^/]+", write.path), line.post))
