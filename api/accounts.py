"""Who may sign in, and which mandates an account holds: kept outside the log, in a file that only this user can read.

The log knows mandates and never an account; this file is the other half.
A grant is written here before it is asked for, with the key that it will be asked with. If we die in between, the
next start asks again with the same key, and the register grants it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import uuid4

import msgspec

from register.governance.facts import Role
from register.private import read_private, write_private


class Grant(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    rename="camel",
    forbid_unknown_fields=True,
):
    """One mandate of an account: as what, for whom; `mandate` is absent until the register granted it."""

    role: Role
    for_: str = msgspec.field(name="for")
    body: str | None = None
    from_: str = msgspec.field(name="from")
    key: str = msgspec.field(default_factory=lambda: str(uuid4()))
    mandate: str | None = None

    def says(self, other: Grant) -> bool:
        """Tell whether two grants are for the same thing."""
        return (self.role, self.for_, self.body) == (other.role, other.for_, other.body)


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may sign in, by name, and what the pages call it."""

    account: str
    name: str
    grants: tuple[Grant, ...] = ()

    @property
    def mandates(self) -> tuple[str, ...]:
        """The ids under which this account may record, as far as they were granted."""
        return tuple(grant.mandate for grant in self.grants if grant.mandate is not None)

    @property
    def pending(self) -> tuple[Grant, ...]:
        """What this account is to be granted and was not yet."""
        return tuple(grant for grant in self.grants if grant.mandate is None)


class Accounts:
    """The accounts of one process; every change is on disk before it counts."""

    def __init__(self, path: Path) -> None:
        """Read the file if it is there."""
        self._path = path
        raw = read_private(path)
        found = msgspec.json.decode(raw, type=list[Account]) if raw else []
        self._accounts = {account.account: account for account in found}

    def __iter__(self) -> Iterator[Account]:
        """Every account, in the order in which they were added."""
        return iter(tuple(self._accounts.values()))

    def get(self, account: str) -> Account | None:
        """The account of that name."""
        return self._accounts.get(account)

    def named(self, account: str) -> Account:
        """The account of that name, which must be there."""
        return self._accounts[account]

    def ensure(self, wanted: Iterable[Account]) -> None:
        """Have these accounts with at least these grants; what was granted before is kept."""
        merged = dict(self._accounts)
        for account in wanted:
            before = merged.get(account.account)
            kept = before.grants if before else ()
            new = tuple(grant for grant in account.grants if not any(grant.says(old) for old in kept))
            merged[account.account] = msgspec.structs.replace(account, grants=(*kept, *new))
        if merged != self._accounts:
            self._keep(merged)

    def granted(self, account: str, key: str, mandate: str) -> Account:
        """Note that the register granted what was asked with `key`, and give the account as it is now."""
        before = self._accounts[account]
        grants = tuple(
            msgspec.structs.replace(grant, mandate=mandate) if grant.key == key else grant for grant in before.grants
        )
        after = msgspec.structs.replace(before, grants=grants)
        self._keep({**self._accounts, account: after})
        return after

    def _keep(self, accounts: dict[str, Account]) -> None:
        write_private(self._path, msgspec.json.format(msgspec.json.encode(list(accounts.values()))))
        self._accounts = accounts
