"""Which pages there are, and what they show, for tests that read them as a visitor does."""

from __future__ import annotations

import re

import httpx

from tests.api.edge import Edge

ENTRY = re.compile(r'data-entry="(\d+)"')
LINK = re.compile(r'href="(/[^"#?]*(?:\?page=[0-9]+)?)"')
PUBLIC = re.compile(
    r"^(?:/en)?(?:/|/koers|/leden(?:/[a-z0-9.-]+)?|/besluiten(?:/[0-9a-f-]{36}|\?page=[0-9]+)?|/standpunten|/onverklaard|/vergaderingen(?:/[0-9a-f-]{36})?|/gremia(?:/[a-z0-9.-]+)?|/dossiers(?:/[0-9a-f-]{36})?|/termijnagenda|/verantwoording)$"
)


def read(edge: Edge, path: str) -> str:
    """A page as a visitor gets it, which must be there."""
    answer = httpx.get(edge.url + path, timeout=30)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return answer.text


def public_pages(edge: Edge) -> dict[str, str]:
    """Every page that can be reached by links from the home page, in Dutch and English, with what it says."""
    found: dict[str, str] = {}
    waiting = ["/", "/en"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found[path] = read(edge, path)
        waiting += [link for link in LINK.findall(found[path]) if PUBLIC.match(link) and link not in found]
    return found
