"""What is answered: the headers of each kind of answer, and each problem that an operation can end in."""

from __future__ import annotations

from typing import Any, Final

from api.decision_reads import StruckProblem
from api.description.answered import answered
from api.outgoing import API_VERSION
from api.problems import MEDIA_TYPE, ProblemDocument
from api.sentences import TITLES
from register.values import MAX_SAFE_INTEGER

Json = dict[str, Any]

HERE: Final = "#/components/headers/"
SHOWN: Final = 200
"""Characters of a header that says something about an answer."""


def headers() -> dict[str, Json]:
    """Every header by its name, with what it says."""
    number = {"type": "integer", "minimum": -1, "maximum": MAX_SAFE_INTEGER}
    text = {"type": "string", "minLength": 1, "maxLength": SHOWN}
    return {
        "API-Version": _header(
            "The version of this interface.", {**text, "pattern": r"^\d+\.\d+\.\d+$", "examples": [API_VERSION]}
        ),
        "X-Request-Id": _header("The id of this request in the log of the server.", text),
        "Access-Control-Allow-Origin": _header("Every page of every site may read it.", {"const": "*"}),
        "Log-Position": _header("The last log entry that the answer reflects; -1 when there is none.", number),
        "ETag": _header(
            "The position with a digest of what else the answer depends on; ask again with If-None-Match and get 304. "
            "Absent when the request says who is asking.",
            text,
            always=False,
        ),
        "Cache-Control": _header("Whether the answer may be kept, and for how long.", text),
        "Link": _header(
            "In a list its first, prev, next and last page, in the change feed what comes next (RFC 8288).",
            {"type": "string", "minLength": 1, "maxLength": 10_000},
            always=False,
        ),
        "Location": _header("Where what was recorded can be read.", {**text, "format": "uri-reference"}),
        "Content-Language": _header("The language of the sentences in it.", {"enum": ["nl", "en"]}),
        "Allow": _header("The methods that this address knows.", text),
        "Retry-After": _header("After how many seconds it is worth trying again.", {"type": "integer", "minimum": 1}),
        "WWW-Authenticate": _header("How to sign in.", text),
    }


def _header(meaning: str, schema: Json, *, always: bool = True) -> Json:
    return {"description": meaning, "required": always, "schema": schema}


def told(*names: str) -> Json:
    """References to some headers, with those that every answer has."""
    return {
        name: {"$ref": HERE + name} for name in ("API-Version", "X-Request-Id", "Access-Control-Allow-Origin", *names)
    }


READ: Final = ("Log-Position", "ETag")
OF_PROBLEM: Final[dict[int, tuple[str, ...]]] = {
    401: ("WWW-Authenticate",),
    405: ("Allow",),
    503: ("Retry-After",),
}
"""Headers that one problem has besides those of all problems."""


def problems() -> dict[str, Json]:
    """Every problem by its status; RFC 9457."""
    return {str(status): _problem(status) for status in TITLES}


def _problem(status: int) -> Json:
    schema = answered(StruckProblem if status == 410 else ProblemDocument)  # noqa: PLR2004  # the status of what was struck
    return {
        "description": TITLES[status][1],
        "headers": told("Cache-Control", "Content-Language", *OF_PROBLEM.get(status, ())),
        "content": {MEDIA_TYPE: {"schema": schema}},
    }


def ending_in(*statuses: int) -> dict[str, Json]:
    """References to the problems in which an operation can end."""
    return {str(status): {"$ref": f"#/components/responses/{status}"} for status in sorted(statuses)}
