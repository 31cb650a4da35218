"""One question to somebody outside over HTTP: what comes back is bounded in time and in bytes, whatever the other side does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import httpx

from register.tlog.witnessing import Answer

MOST_BYTES = 65_536
"""Bytes of an answer that are read; twenty signatures with ML-DSA-44 are as long, and ten time stamps."""
LONGEST = 30.0
FORM = {"Content-Type": "text/plain; charset=utf-8", "Accept-Encoding": "identity"}


class NoAnswer(Exception):
    """Nothing that can be read came back in time; the message says why, in one sentence."""


def client() -> httpx.AsyncClient:
    """What asks; it follows nobody to another address. Each question has a deadline of its own, sooner than this one."""
    return httpx.AsyncClient(follow_redirects=False, timeout=LONGEST, headers={"User-Agent": "decision-register"})


async def post(http: httpx.AsyncClient, url: str, body: bytes, deadline: float) -> Answer:
    """The answer of a witness; NoAnswer when none came within so many seconds."""
    return await posted(http, f"{url.rstrip('/')}/add-checkpoint", body, FORM, deadline)


async def posted(http: httpx.AsyncClient, url: str, body: bytes, form: Mapping[str, str], deadline: float) -> Answer:
    """What comes back when a body is sent; NoAnswer when nothing did within so many seconds."""
    try:
        async with (
            asyncio.timeout(deadline),
            http.stream("POST", url, content=body, headers=form) as answer,
        ):
            held = b""
            # Raw bytes, so that nothing small unpacks into something large.
            async for part in answer.aiter_raw():
                held += part
                if len(held) > MOST_BYTES:
                    msg = f"its answer is longer than {MOST_BYTES} bytes"
                    raise NoAnswer(msg)
            media_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            return Answer(answer.status_code, media_type, held)
    except TimeoutError:
        msg = "it did not answer in time"
    except httpx.ConnectError:
        msg = "it cannot be reached"
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
        msg = "it broke off, or does not speak HTTP"
    raise NoAnswer(msg)
