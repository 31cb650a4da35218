"""Each address with its operations: what is asked there, and in what it can end."""

from __future__ import annotations

import re
from inspect import getdoc
from typing import Any, Final

from api.description import answers, asks
from api.description.answered import answered, listed
from api.events import LINES, Entry, Feed, OpeningLine
from api.keys import KEYS, KNOWN_AT, PAGE, PAGE_SIZE_KEY, VALID_ON
from api.posting import Recorded
from api.proofs import ARCHIVE, PROOF
from api.reading import Read
from api.reads import READS
from api.writes import WRITES, Write

Json = dict[str, Any]

TAGS: Final = {
    "decisions": "What was decided",
    "positions": "Where members stand",
    "minority-standpoints": "Where members stand",
    "course": "Where members stand",
    "worklists": "Where members stand",
    "members": "The region",
    "bodies": "The region",
    "parties": "The region",
    "subregions": "The region",
    "seats": "The region",
    "mandates": "The region",
    "rules": "The region",
    "themes": "The region",
    "governance": "The region",
    "meetings": "Meetings",
    "dossiers": "What comes when",
    "forward-agenda": "What comes when",
    "views": "Who is heard",
    "advice": "Who is heard",
    "undertakings": "Who is heard",
    "search": "Words and gaps",
    "completeness": "Words and gaps",
    "accountability": "Words and gaps",
    "register": "The log",
    "events": "The log",
    "openings": "The log",
    "openapi.json": "This document",
}
"""Under which heading an address stands, by its first word."""
OF_ALL: Final = (400, 406, 421, 500, 503)
OF_WRITES: Final = (401, 403, 409, 413, 415, 422)


def paths() -> dict[str, Json]:
    """Every address below the version, with its operations by method."""
    told: dict[str, Json] = {}
    for read in READS:
        told.setdefault(read.path, {})["get"] = _read(read)
    for write in WRITES:
        told.setdefault(write.path, {})["post"] = _write(write)
    return told | {path: {"get": operation} for path, operation in _others().items()}


def _others() -> dict[str, Json]:
    """What is read besides the read models: the log itself, its texts, and this document."""
    feed = _get("/events", "Every entry in the order in which it was stored.", {"schema": answered(Feed)}, "Link")
    feed["parameters"] = asks.in_query([KEYS["after"], KEYS["limit"]])
    entry = {"schema": answered(Entry)}
    openapi = _get("/openapi.json", "This document.", {"schema": {"type": "object"}})
    openapi["responses"]["200"]["headers"] = answers.told("Cache-Control", "Content-Language")
    del openapi["responses"]["304"]
    return {
        "/events": feed,
        "/events/{position}/entry": _get(
            "/events/{position}/entry", "The bytes of one entry as they are stored.", entry
        ),
        "/events/{position}/proof": _get(
            "/events/{position}/proof",
            "The proof that an entry stands in the published log, as a file to keep (tlog-proof).",
            {"schema": {"type": "string", "contentMediaType": PROOF}},
            media_type=PROOF,
        ),
        "/decisions/{id}/proof": _get(
            "/decisions/{id}/proof",
            "Everything in a decision with its proofs, as an archive that verify.py checks.",
            {"schema": {"type": "string", "contentMediaType": ARCHIVE}},
            media_type=ARCHIVE,
        ),
        "/openings/{id}": _get(
            "/openings/{id}",
            "The texts that are sealed in a stream, as JSON lines.",
            {"schema": {"type": "string", "contentMediaType": LINES, "contentSchema": answered(OpeningLine)}},
            media_type=LINES,
        ),
        "/openapi.json": openapi,
    }


def _read(read: Read) -> Json:
    schema = listed(read.answers) if read.listed else answered(read.answers)
    told = _get(read.path, read.meaning, {"schema": schema}, *(("Link",) if read.listed else ()))
    pages = [PAGE, PAGE_SIZE_KEY] if read.listed else []
    told["parameters"] += asks.in_query([*(KEYS[name] for name in read.keys), VALID_ON, KNOWN_AT, *pages])
    if read.path.startswith(("/decisions/{id}", "/dossiers/{id}", "/meetings/{id}")):
        told["responses"] |= answers.ending_in(410)
    return told


def _get(path: str, meaning: str, content: Json, *headers: str, media_type: str = "application/json") -> Json:
    parameters = asks.in_path(path)
    return {
        **_named("get", path, meaning),
        "parameters": parameters,
        "responses": {
            "200": {
                "description": meaning,
                "headers": answers.told("Cache-Control", *answers.READ, *headers),
                "content": {media_type: content},
            },
            "304": {
                "description": "Nothing changed since the answer with this ETag.",
                "headers": answers.told("Cache-Control", "ETag"),
            },
            **answers.ending_in(*OF_ALL, *((404,) if parameters else ())),
        },
        "security": [],
    }


def _write(write: Write) -> Json:
    meaning, _, more = (getdoc(write.fact) or write.fact.TYPE).partition("\n\n")
    parameters = asks.in_path(write.path)
    shared = [{"$ref": f"#/components/parameters/{name}"} for name in asks.of_write()]
    return {
        **_named("post", write.path, meaning),
        **({"description": more} if more else {}),
        "parameters": [*parameters, *shared],
        "requestBody": asks.body(write),
        "responses": {
            "201": {
                "description": "Recorded, now or by an earlier request with this key.",
                "headers": answers.told("Cache-Control", "Location", "Log-Position"),
                "content": {"application/json": {"schema": answered(Recorded)}},
            },
            **answers.ending_in(*OF_ALL, *OF_WRITES, *((404,) if parameters else ())),
        },
        "security": [{"account": []}],
    }


def _named(method: str, path: str, meaning: str) -> Json:
    """What tells an operation from the others: `GET /decisions/{id}/votes` is getDecisionsByIdVotes."""
    words = path.replace("{", "by-").replace("}", "").replace(".", "-")
    name = method + "".join(word.capitalize() for word in re.findall(r"[a-z]+", words))
    return {"operationId": name, "tags": [TAGS[path.split("/")[1]]], "summary": meaning}
