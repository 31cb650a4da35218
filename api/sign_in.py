"""Signing in to the demo: fixed accounts, one password that is printed at start; HTTP Basic for programs, a session for pages.

Sessions live in the memory of this process and end with it. Nothing of this is for real use: `register demo` is the
only command that makes a `SignIn`, and only when it listens on this machine alone.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hmac import compare_digest

import msgspec

from api.accounts import Account, Accounts
from api.problems import Problem

COOKIE = "register-session"
LIFETIME = timedelta(hours=8)
MOST_SESSIONS = 1000
CHALLENGE = {"WWW-Authenticate": 'Basic realm="register", charset="UTF-8"'}


class Session(msgspec.Struct, frozen=True):
    """One signed-in browser: what its cookie holds, what its forms hold, who it is, until when."""

    token: str
    form_token: str
    account: str
    until: datetime


class SignIn:
    """Who is asking; `None` in its place means that nobody can sign in here."""

    def __init__(
        self,
        accounts: Accounts,
        password: str,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Let each of the accounts in with the one password."""
        self.accounts = accounts
        self._password, self._now = password.encode(), now
        self._sessions: dict[str, Session] = {}

    def known(self, account: str, password: str) -> Account | None:
        """The account when the password is right; takes the same time for a wrong one and an unknown account."""
        right = compare_digest(password.encode("utf-8", "surrogatepass"), self._password)
        found = self.accounts.get(account)
        return found if right else None

    def basic(self, authorization: str | None) -> Account:
        """The account of an Authorization header; raises a 401 Problem without one that is right."""
        if authorization is None:
            raise Problem(401, "sign-in", headers=CHALLENGE)
        scheme, _, encoded = authorization.partition(" ")
        try:
            name, colon, password = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
        except ValueError:  # no base64, or no text in it
            name = colon = password = ""
        found = self.known(name, password) if scheme.lower() == "basic" and colon else None
        if found is None:
            raise Problem(401, "wrong-password", headers=CHALLENGE)
        return found

    def start(self, account: Account) -> Session:
        """A new session for an account; its `token` goes into the cookie."""
        now = self._now()
        alive = [session for session in self._sessions.values() if session.until > now]
        # The oldest make room: a loop of sign-ins cannot fill the memory.
        self._sessions = {session.token: session for session in alive[-MOST_SESSIONS + 1 :]}
        session = Session(secrets.token_urlsafe(32), secrets.token_urlsafe(32), account.account, now + LIFETIME)
        self._sessions[session.token] = session
        return session

    def session(self, token: str | None) -> Session | None:
        """The session of a cookie, while it lasts."""
        found = self._sessions.get(token or "")
        return found if found is not None and found.until > self._now() else None

    def end(self, token: str | None) -> None:
        """Forget a session."""
        self._sessions.pop(token or "", None)

    def account_of(self, session: Session) -> Account:
        """The account of a session, with the mandates that it has now."""
        found = self.accounts.get(session.account)
        if found is None:
            raise Problem(401, "sign-in", headers=CHALLENGE)
        return found


def own_form(session: Session, form_token: str | None) -> bool:
    """Tell whether a form was made for this session, and not by another site."""
    return compare_digest((form_token or "").encode("utf-8", "surrogatepass"), session.form_token.encode())


def cookie(session: Session) -> dict[str, object]:
    """How the session's cookie is set: no script reads it and no other site sends it. Loopback has no TLS, so not `secure`."""
    return {
        "key": COOKIE,
        "value": session.token,
        "httponly": True,
        "samesite": "strict",
        "path": "/",
        "max_age": int(LIFETIME.total_seconds()),
    }
