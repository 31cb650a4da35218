"""Signing in to the demo: one password, sessions that end, forms that belong to one session, mandates that outlive a crash."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.accounts import Account, Accounts, Grant
from api.problems import Problem
from api.sign_in import LIFETIME, MOST_SESSIONS, SignIn, cookie, own_form
from register.private import read_private, secret, write_private

MANDATE = "7e0f2a52-4d0a-4d9d-9d0c-2f6f1a0b7c11"


def grant(member: str = "gm0363") -> Grant:
    return Grant(role="representative", for_=member, body="mra-av", from_="2026-01-01")


def account(*grants: Grant, name: str = "gm0363") -> Account:
    return Account(account=name, name=name, grants=grants)


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    found = Accounts(tmp_path / "accounts.json")
    found.ensure([account(grant())])
    return found


class Now:
    """A clock that is told what time it is."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def test_the_right_password_of_a_known_account_lets_in(accounts: Accounts) -> None:
    sign_in = SignIn(accounts, "right")
    assert sign_in.basic(basic("gm0363", "right")).account == "gm0363"
    assert sign_in.basic(basic("gm0363", "right").replace("Basic", "bAsIc")).account == "gm0363"


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Basic",
        "Basic \xff",
        "Bearer x",
        basic("gm0363", "wrong"),
        basic("nobody", "right"),
        basic("gm0363", ""),
    ],
)
def test_anything_else_does_not(accounts: Accounts, header: str | None) -> None:
    with pytest.raises(Problem) as refused:
        SignIn(accounts, "right").basic(header)
    assert refused.value.status == 401
    assert refused.value.headers["WWW-Authenticate"].startswith("Basic ")


def test_a_session_lasts_for_a_working_day_and_ends_when_it_is_told_to(accounts: Accounts) -> None:
    now = Now()
    sign_in = SignIn(accounts, "right", now)
    session = sign_in.start(accounts.named("gm0363"))
    assert sign_in.session(session.token) == session
    assert sign_in.account_of(session).account == "gm0363"
    now.time += LIFETIME
    assert sign_in.session(session.token) is None
    other = sign_in.start(accounts.named("gm0363"))
    sign_in.end(other.token)
    assert sign_in.session(other.token) is None
    assert sign_in.session(None) is None
    assert sign_in.session("made up") is None


def test_no_number_of_sessions_fills_the_memory(accounts: Accounts) -> None:
    sign_in = SignIn(accounts, "right", Now())
    first = sign_in.start(accounts.named("gm0363"))
    *_, last = [sign_in.start(accounts.named("gm0363")) for _ in range(MOST_SESSIONS)]
    assert sign_in.session(first.token) is None
    assert sign_in.session(last.token) == last


def test_a_form_belongs_to_one_session(accounts: Accounts) -> None:
    sign_in = SignIn(accounts, "right")
    mine, other = sign_in.start(accounts.named("gm0363")), sign_in.start(accounts.named("gm0363"))
    assert own_form(mine, mine.form_token)
    for token in (other.form_token, mine.token, "", None, "\ud800"):
        assert not own_form(mine, token)


def test_no_script_and_no_other_site_gets_the_cookie(accounts: Accounts) -> None:
    told = cookie(SignIn(accounts, "right").start(accounts.named("gm0363")))
    assert (told["httponly"], told["samesite"], told["path"]) == (True, "strict", "/")
    assert told["max_age"] == timedelta(hours=8).total_seconds()


def test_a_grant_is_on_disk_with_its_key_before_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "accounts.json"
    first = Accounts(path)
    first.ensure([account(grant())])
    [pending] = first.named("gm0363").pending
    # We die here, and start again.
    second = Accounts(path)
    second.ensure([account(grant())])
    assert [each.key for each in second.named("gm0363").pending] == [pending.key]
    second.granted("gm0363", pending.key, MANDATE)
    third = Accounts(path)
    third.ensure([account(grant())])
    assert third.named("gm0363").mandates == (MANDATE,)
    assert third.named("gm0363").pending == ()


def test_a_further_grant_is_added_to_those_there_are(tmp_path: Path) -> None:
    found = Accounts(tmp_path / "accounts.json")
    found.ensure([account(grant())])
    found.granted("gm0363", found.named("gm0363").grants[0].key, MANDATE)
    found.ensure([account(grant(), grant("gm0362")), account(name="redactie")])
    assert found.named("gm0363").mandates == (MANDATE,)
    assert [each.for_ for each in found.named("gm0363").pending] == ["gm0362"]
    assert [each.account for each in found] == ["gm0363", "redactie"]


def test_a_private_file_is_for_its_user_and_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    assert read_private(path) is None
    write_private(path, b"one")
    write_private(path, b"two")
    assert read_private(path) == b"two"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["file"]


def test_a_secret_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "request.key"
    made = secret(path)
    assert len(made) == 32
    assert secret(path) == made
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["request.key"]
