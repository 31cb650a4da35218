"""Signing in and out from a page; the accounts are those of the demo."""

from __future__ import annotations

from typing import Any

from litestar import Response
from litestar.datastructures import Cookie
from litestar.response import Redirect

from api.pages import views
from api.pages.forms import Typed, one
from api.pages.frame import address
from api.pages.record import TOKEN
from api.pages.site import Asking, Site, frame_of, shown
from api.problems import Problem
from api.sign_in import COOKIE, SignIn, cookie, own_form
from projections.governance import query as governance


class AccountChoice(views.View, frozen=True, kw_only=True):
    """An account to sign in with."""

    account: str
    name: str


class SignInPage(views.View, frozen=True, kw_only=True):
    """What templates/sign_in.html shows."""

    members: tuple[AccountChoice, ...]
    others: tuple[AccountChoice, ...]
    chosen: str
    back: str
    fault: str | None = None


def way_back(wanted: str) -> str:
    """Where to go after signing in: a page of this register, never another site."""
    return wanted if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) else "/vastleggen"


def _sign_in(site: Site) -> SignIn:
    if site.parts.sign_in is None:
        raise Problem(404, "sign-in-off")
    return site.parts.sign_in


async def ask(site: Site, asking: Asking) -> Response[Any]:
    """The form to sign in with."""
    page = await _page(_sign_in(site), asking, asking.query.get("lid", ""), way_back(asking.query.get("naar", "")))
    return shown("sign_in.html", page, frame_of(asking, "aanmelden"))


async def _page(sign_in: SignIn, asking: Asking, chosen: str, back: str, fault: str | None = None) -> SignInPage:
    accounts = list(sign_in.accounts)
    representing = {
        account.account: account.grants[0].for_
        for account in accounts
        if account.grants and account.grants[0].role == "representative"
    }
    names = await governance.names(asking.conn, set(representing.values()), asking.at)
    members = [AccountChoice(account=account, name=names.get(code, code)) for account, code in representing.items()]
    others = [
        AccountChoice(account=each.account, name=each.name) for each in accounts if each.account not in representing
    ]
    return SignInPage(
        members=tuple(sorted(members, key=lambda each: each.name)),
        others=tuple(others),
        chosen=chosen,
        back=back,
        fault=fault,
    )


async def enter(site: Site, asking: Asking, typed: Typed) -> Response[Any]:
    """Sign in and go on; the form again when account and password do not belong together."""
    sign_in = _sign_in(site)
    back = way_back(one(typed, "naar"))
    account = sign_in.known(one(typed, "account"), one(typed, "wachtwoord"))
    if account is None:
        frame = frame_of(asking, "aanmelden")
        fault = frame.says.say("Dit wachtwoord hoort niet bij dit account.")
        return shown("sign_in.html", await _page(sign_in, asking, one(typed, "account"), back, fault), frame, 422)
    answer = Redirect(back, status_code=303)
    answer.set_cookie(Cookie(**cookie(sign_in.start(account))))  # type: ignore[arg-type]  # the edge says how its cookie is set
    return answer


async def leave(site: Site, asking: Asking, typed: Typed) -> Response[Any]:
    """Sign out, when the form is one of this session."""
    session = site.session(asking.request)
    if session is not None:
        if not own_form(session, one(typed, TOKEN)):
            raise Problem(403, "form-token")
        _sign_in(site).end(session.token)
    answer = Redirect(address(asking.lang, "/"), status_code=303)
    answer.delete_cookie(COOKIE)
    return answer
