"""What is remembered of a request beside its entries: a keyed digest by which it is known again, with marks that tell whether it is as it was.

Neither the digest nor the account follows from an entry, so only a mark can tell that somebody changed them in the database. A mark is
keyed with the secret of the register, which lies outside the database.
"""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID, uuid5

DIGEST = 32
MARK = 16
MARKED = DIGEST + 2 * MARK


def remembered(secret: bytes, cause: UUID, account: str | None, content: bytes) -> bytes:
    """What is kept of a request under its key: a digest of what was asked, a mark of that, and a mark of who asked."""
    digest = hmac.digest(secret, content, hashlib.sha256)
    return digest + _mark(secret, b"request", cause, digest) + _of_account(secret, cause, account)


def misremembered(  # noqa: PLR0911, PLR0913  # one answer a fault; what is kept of a command
    secret: bytes | None, register: UUID, cause: UUID, kept: bytes | None, account: str | None, *, old: bool
) -> str:
    """Why what is kept of a command is not what was kept at first, empty when it is; `old` commands may have been forgotten in part.

    Without the secret only the form can be looked at.
    """
    if not kept:
        return "" if account is None else "names an account, and nothing is left by which to know that it asked this"
    if account is None and any(
        cause == uuid5(register, before + name) for name in _names(kept) for before in ("", OFTEN)
    ):
        return ""
    if len(kept) != MARKED:
        return "keeps of its request what the register does not write"
    if secret is None:
        return ""
    digest, mark, whose = kept[:DIGEST], kept[DIGEST:-MARK], kept[-MARK:]
    if not hmac.compare_digest(mark, _mark(secret, b"request", cause, digest)):
        return "keeps another digest of its request than was kept at first"
    if hmac.compare_digest(whose, _of_account(secret, cause, account)):
        return ""
    if account is None and old:
        return ""
    return "names another account than the one that asked"


OFTEN = "mandate.granted "
"""What stands before the name of the command that grants the first administrator its mandate."""


def _names(kept: bytes) -> tuple[str, ...]:
    """The name by which the register itself knows its own commands; see register.opening."""
    return (kept.decode("ascii"),) if kept.isascii() else ()


def _of_account(secret: bytes, cause: UUID, account: str | None) -> bytes:
    return _mark(secret, b"account", cause, b"" if account is None else b"=" + account.encode())


def _mark(secret: bytes, what: bytes, cause: UUID, said: bytes) -> bytes:
    return hmac.digest(secret, what + b"\0" + cause.bytes + said, hashlib.sha256)[:MARK]
