"""What is asked: the parameters in an address, in a query and in a header, each with its bounds, and the body of a write."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from api.description.examples import examples
from api.description.sent import body_of
from api.keys import Key
from api.writes import Write
from register.values import CODE, LANGUAGE_FORM, UUID_FORM

Json = dict[str, Any]

UUID: Final = {"type": "string", "pattern": UUID_FORM, "minLength": 36, "maxLength": 36}
IN_ADDRESS: Final[dict[str, tuple[str, Json]]] = {
    "id": ("The id of a decision, a dossier, a meeting or another stream, or of a mandate.", UUID),
    "code": ("The code of a member, a body or a sub-region.", {"type": "string", "pattern": CODE, "maxLength": 64}),
    "seq": ("The number of the entry that assigned the seat.", {"type": "integer", "minimum": 1, "maximum": 9_999_999_999}),
    "address": (
        "An entry in a decision: the id of the decision, a dot and the number of the entry.",
        {"type": "string", "pattern": rf"{UUID_FORM[:-1]}[.][1-9][0-9]{{0,9}}$", "maxLength": 47},
    ),
    "position": ("The place of the entry in the log, from 0.", {"type": "integer", "minimum": 0, "maximum": 10**15}),
}  # fmt: skip
CODES: Final = {"members": "gm0363", "bodies": "mra-av", "subregions": "ijmond"}
"""A code of the shipped history, by the first word of an address."""


def in_path(path: str) -> list[Json]:
    """The parameters of an address."""
    told = []
    for name in re.findall(r"\{([a-z]+)\}", path):
        meaning, schema = IN_ADDRESS[name]
        parameter = {"name": name, "in": "path", "required": True, "description": meaning, "schema": schema}
        if name == "code":
            parameter["example"] = CODES[path.split("/")[1]]
        told.append(parameter)
    return told


def in_query(keys: Iterable[Key]) -> list[Json]:
    """The keys of a query; a key that is not named here is refused."""
    return [
        {"name": key.name, "in": "query", "required": False, "description": key.meaning, "schema": key.schema}
        for key in keys
    ]


def of_write() -> dict[str, Json]:
    """The headers that a write takes, by the name under which every write refers to them."""
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "A UUID, a new one for each fact; the same request again gets the same answer.",
        "schema": {"type": "string", "format": "uuid", "minLength": 36, "maxLength": 36},
    }
    language = {
        "name": "Content-Language",
        "in": "header",
        "required": False,
        "description": "The language of the texts in the body that do not say their own; without it that of the register.",
        "schema": {"type": "string", "pattern": LANGUAGE_FORM, "maxLength": 11},
    }
    return {"IdempotencyKey": key, "ContentLanguage": language}


def body(write: Write) -> Json:
    """The body of a write, with what the shipped history says there."""
    content: Json = {"schema": body_of(write)}
    if (shipped := examples().get(write.fact.TYPE)) is not None:
        content["example"] = {name: value for name, value in shipped.items() if name not in write.filled}
    return {"required": True, "content": {"application/json": content}}
