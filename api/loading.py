"""Telling the shipped history beside the server: a caller as any other, in a thread of its own."""

from __future__ import annotations

import base64
import http.client
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import msgspec

from api.accounts import Accounts
from api.history import Answered, History, HistoryRefused, Telling, counted
from api.posting import BASE
from register.private import read_private, write_private


class Loading(msgspec.Struct, frozen=True):
    """How far the history is told; what it tells of is counted when it is told."""

    done: int
    total: int
    counted: dict[str, int] = {}


TellLoading = Callable[[Loading], None]


class _Loaded(msgspec.Struct, frozen=True):
    """Which history was told to which register, to the end."""

    register: str
    history: str


class Caller:
    """A caller of the register over HTTP, as any other would be; used by one thread."""

    def __init__(self, host: str, port: int, password: str) -> None:
        """Call a register on this machine with the password of its demo accounts."""
        self._connection = http.client.HTTPConnection(host, port, timeout=60)
        self._password = password

    def __call__(self, account: str, method: str, path: str, body: bytes | None, key: UUID | None) -> Answered:
        """Ask once; a connection that was closed in the meantime is opened again by the library."""
        credentials = base64.b64encode(f"{account}:{self._password}".encode()).decode("ascii")
        headers = {"Authorization": f"Basic {credentials}", "Accept-Language": "en"}
        if key is not None:
            headers |= {"Content-Type": "application/json", "Idempotency-Key": str(key)}
        self._connection.request(method, BASE + path, body, headers)
        answer = self._connection.getresponse()
        return Answered(answer.status, answer.read())

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


class Loader:
    """Tells the history in a thread beside the server, unless this register was told all of it before."""

    def __init__(self, history: History, telling: Telling, accounts: Accounts, note: Path, tell: TellLoading) -> None:
        """Load a history through `telling`; `note` is the file that remembers when all of it was told."""
        self._history, self._telling, self._accounts, self._tell = history, telling, accounts, tell
        self._note = note
        self._loaded = _Loaded(str(telling.register), history.digest())
        self._stopping = False

    def stop(self) -> None:
        """Let the thread end after the line that it is at."""
        self._stopping = True

    def load(self) -> None:
        """Tell every line, then grant every account what it is still to have; raises HistoryRefused."""
        lines = self._history.lines()
        total = len(lines)
        if self._is_loaded():
            self._tell(Loading(total, total, counted(lines)))
            return
        self._tell(Loading(0, total))
        try:
            for done, _ in enumerate(self._telling.tell(lines), 1):
                if self._stopping:
                    return
                if done < total:
                    self._tell(Loading(done, total))
            for account in self._accounts:
                self._telling.grant(account.account)
        except OSError as fault:
            if self._stopping:
                return
            msg = f"the server did not answer while the history was told: {fault}"
            raise HistoryRefused(msg) from fault
        write_private(self._note, msgspec.json.encode(self._loaded))
        self._tell(Loading(total, total, counted(lines)))

    def _is_loaded(self) -> bool:
        raw = read_private(self._note)
        try:
            return raw is not None and msgspec.json.decode(raw, type=_Loaded) == self._loaded
        except msgspec.MsgspecError:
            return False
