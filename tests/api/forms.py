"""A form of a page as a browser without scripts has it: what stands in it, what is filled in, and sending it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import httpx
from justhtml import JustHTML

from tests.api.edge import PASSWORD, Edge

Fields = dict[str, list[str]]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@contextmanager
def signed_in(edge: Edge, account: str) -> Iterator[httpx.Client]:
    """A browser in which an account is signed in."""
    with httpx.Client(base_url=edge.url, timeout=30) as browser:
        answer = browser.post("/aanmelden", data={"account": account, "wachtwoord": PASSWORD})
        assert answer.status_code == 303, answer.text
        yield browser


def _of(node: Any, name: str) -> str | None:  # noqa: ANN401  # a node of the parser
    value = (node.attrs or {}).get(name)
    return None if value is None else str(value)


def form_in(html: str) -> Fields:
    """What the form of a page would send as it stands."""
    page = JustHTML(html, sanitize=False)
    found: Fields = {}
    for node in page.query("form.form input, form.form select, form.form textarea"):
        name = _of(node, "name")
        kind = _of(node, "type")
        if name is None or (kind in {"radio", "checkbox"} and _of(node, "checked") is None):
            continue
        if node.name == "select":
            options = node.query("option")
            chosen = next((each for each in options if _of(each, "selected") is not None), options[0])
            found.setdefault(name, []).append(_of(chosen, "value") or "")
        elif node.name == "textarea":
            found.setdefault(name, []).append(node.to_text())
        else:
            found.setdefault(name, []).append(_of(node, "value") or "")
    return found


def send(browser: httpx.Client, path: str, fields: Fields) -> httpx.Response:
    """Send a form."""
    return browser.post(path, content=urlencode(fields, doseq=True), headers=FORM)
