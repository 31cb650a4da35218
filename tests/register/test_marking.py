"""What is remembered of a request cannot be changed without its secret, and either part of it can be forgotten by itself."""

from __future__ import annotations

from uuid import UUID, uuid5

import pytest

from register.marking import MARKED, misremembered, remembered

SECRET, OTHER = b"s" * 32, b"o" * 32
REGISTER = UUID(int=1)
CAUSE, ELSEWHERE = UUID(int=2), UUID(int=3)
KEPT = remembered(SECRET, CAUSE, "griffier", b"what was asked")


def fault(  # what is remembered of a command
    kept: bytes | None = KEPT,
    account: str | None = "griffier",
    *,
    cause: UUID = CAUSE,
    secret: bytes | None = SECRET,
    old: bool = False,
) -> str:
    return misremembered(secret, REGISTER, cause, kept, account, old=old)


def test_what_was_kept_is_what_was_kept() -> None:
    assert len(KEPT) == MARKED
    assert fault() == ""
    assert fault(remembered(SECRET, CAUSE, None, b"x"), None) == ""


@pytest.mark.parametrize("at", range(MARKED))
def test_each_byte_of_it_is_held_by_a_mark(at: int) -> None:
    assert fault(KEPT[:at] + bytes([KEPT[at] ^ 1]) + KEPT[at + 1 :])


def test_another_account_another_command_and_another_secret_are_found() -> None:
    assert fault(account="iemand anders") == "names another account than the one that asked"
    assert fault(account="") == "names another account than the one that asked"
    assert fault(cause=ELSEWHERE)
    assert fault(secret=OTHER)
    assert fault(KEPT[:-1])


def test_an_account_is_forgotten_after_thirty_days_and_not_before() -> None:
    assert fault(account=None)
    assert fault(account=None, old=True) == ""
    assert fault(None, None) == fault(b"", None) == ""
    assert "nothing is left" in fault(None, "griffier", old=True)


def test_without_the_secret_only_the_form_is_looked_at() -> None:
    assert fault(secret=None, account="iemand anders") == ""
    assert fault(b"short", secret=None)


def test_the_register_knows_its_own_commands_by_their_names() -> None:
    named = uuid5(REGISTER, "register.opened")
    assert fault(b"register.opened", None, cause=named) == ""
    assert fault(b"register.opened", "griffier", cause=named)
    assert fault(b"register.closed", None, cause=named)
    granted = uuid5(REGISTER, "mandate.granted first administrator")
    assert fault(b"first administrator", None, cause=granted) == ""
