"""Loaded by schemathesis, in a process of its own: what a schema cannot tell it of this interface.

Nothing here makes the server look better than it is. What is sent stays within the description, or outside it where that
was meant; and of all that is found, two kinds of finding are set aside, by name and for a reason.
"""

from __future__ import annotations

import atexit
import json
import os
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any
from urllib.request import urlopen
from uuid import uuid4

import schemathesis
from hypothesis import strategies as st
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.core.parameters import ParameterLocation
from schemathesis.openapi.checks import RejectedPositiveData

from register.refusals import Refusal

ADDRESS = os.environ["FUZZED_REGISTER"]
"""The interface of a register that may be written to."""
PASSWORD = os.environ["FUZZED_PASSWORD"]
TALLY = Path(os.environ["FUZZED_TALLY"])
"""Where to say how many requests there were, by kind."""
CHANCE = Random(os.environ["FUZZED_SEED"])  # repeatable on purpose
OFTEN = 0.9
"""How often a code or an id is one that the register knows: a random one never is, and the rules behind it would not be met."""

TODAY = datetime.now(UTC).date()
DAYS = st.dates(TODAY.replace(year=2017, month=1, day=1), TODAY).map(str)
SPANS = st.tuples(DAYS, DAYS).filter(lambda two: two[0] < two[1]).map("/".join)
VAGUE = st.one_of(DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]))
# A pattern tells days from other strings, but not that 2021-02-30 is none, and not that a span runs forwards.
schemathesis.openapi.format("civil-days", st.one_of(DAYS, DAYS, VAGUE, SPANS))


def rules(refusal: type[Refusal] = Refusal) -> Iterator[str]:
    """The code of every rule by which the register refuses."""
    yield refusal().code
    for narrower in refusal.__subclasses__():
        yield from rules(narrower)


import_module("register.decider")  # which brings every rule along
# Beside the rules of writing: a period in a question that ends before it begins, which no schema can say either.
RULES = frozenset({*rules(), "not-a-period"})


@schemathesis.hook
def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:  # noqa: ANN401, ARG001  # as the tool calls it
    """Set aside the two findings in which the check, and not the server, is wrong; everything else stays a finding."""
    match failure:
        case RejectedPositiveData():
            return not refused_by_a_rule(response)
        case AcceptedNegativeData():
            # What is wrong in itself was also too large to be read to its end; 413 is a refusal, but not one that the check knows.
            return int(response.status_code) != HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        case _:
            return True


def refused_by_a_rule(response: Any) -> bool:  # noqa: ANN401  # a response of the tool
    """Tell whether a request within the description was refused by the register itself.

    The check holds that what a description allows is accepted. Here it may also be refused by what was recorded before (no
    such member, decided already), by the day (later than today), or by fields that contradict each other in a way that no
    schema can say; such an answer is 400 and has the code of its rule. A decision that an earlier request struck is 410.
    A 400 with any other code is a fault of the description or of the server.
    """
    if response.status_code == HTTPStatus.GONE:
        return True
    return (
        response.status_code == HTTPStatus.BAD_REQUEST
        and {error["code"] for error in response.json()["errors"]} <= RULES
    )


@schemathesis.auth(refresh_interval=None)
class Account:
    """Signs in as who may do what is asked: governance is the administrator's, confirming is a second reader's."""

    def get(self, case: Any, context: Any) -> str:  # noqa: ANN401, ARG002  # as the tool calls it
        path = case.operation.path
        if path.endswith("/confirmations"):
            return "tweede-lezer"
        ours = r"/(bodies|members|parties|subregions|seats|mandates|rules|themes|governance)"
        return "beheer" if re.match(ours, path) else "redactie"

    def set(self, case: Any, data: str, context: Any) -> None:  # noqa: ANN401, ARG002  # as above
        case.headers["Authorization"] = "Basic " + b64encode(f"{data}:{PASSWORD}".encode()).decode()


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:  # noqa: ANN401, ARG001  # as the tool calls it
    """Name things that exist, and give each request a key of its own: `a new one for each fact` is more than a format says."""
    for location, component in (case.meta.components if case.meta else {}).items():
        if not component.mode.is_positive:
            continue
        if location == ParameterLocation.HEADER and "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = str(uuid4())
        elif location == ParameterLocation.PATH:
            case.path_parameters = in_address(case.operation.path, case.path_parameters)
        elif location == ParameterLocation.BODY and isinstance(case.body, dict):
            case.body = meant(case.body)


def in_address(path: str, given: dict[str, Any]) -> dict[str, Any]:
    """The parameters of an address, often of one that exists."""
    known = existing().get(path.split("/")[1] + "/", ())
    return {name: one_of(known, value) for name, value in given.items()}


def meant(value: Any, name: str = "") -> Any:  # noqa: ANN401  # any JSON
    """A body with codes and ids that the register knows, wherever a field is of that kind."""
    if isinstance(value, dict):
        return {key: meant(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        told = [meant(inner, name) for inner in value]
        return list(dict.fromkeys(told)) if all(isinstance(each, str) for each in told) else told
    return one_of(existing().get(name, ()), value) if isinstance(value, str) else value


def one_of(known: Any, value: Any) -> Any:  # noqa: ANN401  # codes or ids
    return CHANCE.choice(known) if known and CHANCE.random() < OFTEN else value


@cache
def existing() -> dict[str, list[str]]:
    """What the register knows, by the field of a body that names it, and by the first word of an address with a slash."""
    members, bodies = (items(f"/{what}", "code") for what in ("members", "bodies"))
    decisions, meetings = items("/decisions", "id"), items("/meetings", "id")
    subregions, parties = items("/subregions", "code"), items("/parties", "code")
    positions = [
        f"{each['stream']}.{each['seq']}" for id_ in decisions for each in asked(f"/decisions/{id_}/positions")
    ]
    fields = {
        **dict.fromkeys(("member", "members", "into", "decides", "dissent", "present"), members),
        **dict.fromkeys(("body", "by"), bodies),
        **dict.fromkeys(("decision", "to", "see", "basis", "because"), decisions),
        **dict.fromkeys(("voter", "parties", "movers"), parties),
        "subregion": subregions,
        "meeting": meetings,
    }
    places = {
        "members/": members,
        "bodies/": bodies,
        "subregions/": subregions,
        "decisions/": decisions,
        "meetings/": meetings,
        "openings/": decisions,
        "positions/": positions,
        "minority-standpoints/": items("/minority-standpoints", "id"),
    }
    return fields | places


def items(path: str, name: str) -> list[str]:
    return [str(each[name]) for each in asked(path)]


def asked(path: str) -> list[dict[str, Any]]:
    with urlopen(f"{ADDRESS}{path}?pageSize=500") as answer:  # noqa: S310  # our own server
        found: list[dict[str, Any]] = json.load(answer)["items"]
    return found


COUNTED: Counter[str] = Counter()


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:  # noqa: ANN401, ARG001  # as the tool calls it
    """Count what was asked and how it was answered."""
    meant_well = "positive" if case.meta and case.meta.generation.mode.is_positive else "negative"
    COUNTED[f"{meant_well} {case.operation.method.upper()} {response.status_code}"] += 1


atexit.register(lambda: TALLY.write_text(json.dumps(COUNTED), encoding="utf-8"))
