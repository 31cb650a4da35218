"""The whole document: who answers for the interface, where it is, what it offers, and what its operations share."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import msgspec

from api.description import answers, asks
from api.description.answered import told_schemas
from api.description.operations import TAGS, paths
from api.description.sent import sent_schemas
from api.description.wording import said, worded
from api.outgoing import API_VERSION
from api.posting import BASE

Json = dict[str, Any]

TITLE: Final = "Decision register"
INTRODUCTION: Final = """Who joins the course of a region, who departs from it, and why.

Everything can be read without signing in; what is recorded is an entry that is never changed afterwards.

Every answer from 400 up is application/problem+json with everything that is wrong with the request at once.

Every read takes two clocks: `validOn`, the day that it is about, and `knownAt`, what the register knew by then.

Every address answers HEAD as well as GET; ask again with `If-None-Match` and an answer that did not change is 304.

Sentences are in Dutch, or in English with `Accept-Language: en`."""


class About(msgspec.Struct, frozen=True):
    """Who answers for the register, and where it is reached."""

    contact: str
    """The function that answers for it, never a person."""
    email: str
    host: str


@lru_cache(16)
def document(about: About, lang: str = "nl") -> bytes:
    """The document in Dutch or English."""
    contact = {"name": about.contact, "email": about.email, "url": f"https://{about.host}/"}
    licence = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {
                "title": said(TITLE, lang),
                "version": API_VERSION,
                "description": said(INTRODUCTION, lang),
                "contact": contact,
                "license": licence,
            },
            "servers": [{"url": f"https://{about.host}{BASE}"}],
            **_described(lang),
        }
    )


@lru_cache(2)
def _described(lang: str) -> Json:
    """What is the same for whoever asks."""
    shared = {
        "schemas": dict(sorted((told_schemas() | sent_schemas()).items())),
        "parameters": asks.of_write(),
        "headers": answers.headers(),
        "responses": answers.problems(),
        "securitySchemes": {
            "account": {"type": "http", "scheme": "basic", "description": "An account with a mandate."}
        },
    }
    tags = [{"name": name} for name in dict.fromkeys(TAGS.values())]
    described: Json = worded({"tags": tags, "paths": paths(), "components": shared}, lang)
    return described
