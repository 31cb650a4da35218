"""Reads the shipped history as the HTTP writes would: which fact a line asks for, on which stream, with its texts sealed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import inspect

from register.decisions import facts as d
from register.decisions import standing as s
from register.fact import Fact, Instead
from register.governance import facts as g
from register.sealing import seal
from register.values import Sealed
from register.vocabulary import fact_type
from register.writing import is_written

MRA = Path(__file__).parents[2] / "data" / "mra"

ROUTES: dict[str, tuple[type[Fact], str | None]] = {
    "/bodies": (g.BodyEstablished, None),
    "/bodies/*/dissolution": (g.BodyDissolved, "body"),
    "/members": (g.MemberAdmitted, None),
    "/members/*/merger": (g.MemberMerged, "member"),
    "/members/*/succession-plans": (g.SuccessionPlanned, "member"),
    "/parties": (g.PartyNamed, None),
    "/subregions": (g.SubregionEstablished, None),
    "/subregions/*/members": (g.SubregionJoined, "subregion"),
    "/decisions": (d.DecisionProposed, None),
    "/decisions/*/parts": (d.PartAdded, None),
    "/decisions/*/ballots": (d.VoteHeld, None),
    "/decisions/*/votes": (d.VotesRecorded, None),
    "/decisions/*/outcome": (d.OutcomeRecorded, None),
    "/decisions/*/justifications": (d.JustificationGiven, None),
    "/decisions/*/remarks": (d.RemarkRecorded, None),
    "/decisions/*/positions": (s.PositionRecorded, None),
    "/decisions/*/minority-standpoints": (s.MinorityStandpointRecorded, None),
    "/decisions/*/corrections": (d.DecisionCorrected, None),
    "/decisions/*/confirmations": (d.DecisionConfirmed, None),
    "/positions/*/withdrawal": (s.PositionWithdrawn, "position"),
    "/minority-standpoints/*/answers": (s.MinorityStandpointAnswered, "standpoint"),
}
"""The writes that the history uses: the fact each records, and the field that the path fills."""

NAMED = re.compile(r"\{([a-z0-9-]+)(#seq)?\}")


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"as_": "as"}):
    """One request: its name, the account that makes it, the path and the body."""

    name: str
    as_: str
    post: str
    body: dict[str, Any]

    def names(self) -> set[str]:
        """The lines that must have been recorded before this one."""
        return {name for name, _ in NAMED.findall(self.post + msgspec.json.encode(self.body).decode())}


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that says in whose words it is; a bare string is a summary in Dutch."""

    text: str
    words: Literal["quoted", "summary", "translated"] = "summary"
    lang: Literal["nl", "en"] = "nl"


class Place(msgspec.Struct, frozen=True):
    """Where a line was recorded."""

    stream: str
    seq: int


class Asked(msgspec.Struct, frozen=True):
    """The fact that a line asks for; `stream` is None for governance and for a decision that is still to be proposed."""

    fact: Fact
    stream: str | None


def files() -> tuple[Path, ...]:
    """The files of requests, in the order in which they are told."""
    return tuple(sorted(MRA.glob("*.jsonl")))


def lines() -> tuple[Line, ...]:
    """Every request, in order."""
    return tuple(msgspec.json.decode(raw, type=Line) for path in files() for raw in path.read_bytes().splitlines())


def accounts() -> dict[str, list[dict[str, str]]]:
    """The accounts that record, each with what its mandates are for."""
    return msgspec.json.decode((MRA / "accounts.json").read_bytes(), type=dict[str, list[dict[str, str]]])


def asked(line: Line, made: dict[str, Place]) -> Asked:
    """The fact of a line, read by its own struct; raises when a path, field, code form or placeholder is not right."""
    kind, field = route(line)
    body = resolved(line.body, made)
    stream = None
    if (found := NAMED.search(line.post)) is not None:
        stream = made[found[1]].stream
        if field is not None:
            body[field] = made[found[1]].seq
    elif field is not None:
        body[field] = line.post.split("/")[2]
    return Asked(msgspec.convert(sealed(body, inspect.type_info(kind)), kind), stream)


def route(line: Line) -> tuple[type[Fact], str | None]:
    """What the path of a line records."""
    head, *rest = line.post.strip("/").split("/")
    return ROUTES["/".join(["", head, *(["*", *rest[1:]] if rest else [])])]


def resolved(value: Any, made: dict[str, Place]) -> Any:  # noqa: ANN401  # any JSON value, as it came
    """The same value with each `{line}` replaced by its stream and each `{line#seq}` by its number there."""
    if isinstance(value, dict):
        return {name: resolved(inner, made) for name, inner in value.items()}
    if isinstance(value, list):
        return [resolved(inner, made) for inner in value]
    if isinstance(value, str) and (found := NAMED.fullmatch(value)) is not None:
        return made[found[1]].seq if found[2] else made[found[1]].stream
    return value


def sealed(value: Any, info: inspect.Type) -> Any:  # noqa: ANN401, PLR0911  # any JSON value, as it came; one arm a kind of type
    """The same value with a seal wherever its type has one."""
    match info:
        case inspect.Metadata(type=inner):
            return sealed(value, inner)
        case inspect.StructType(cls=cls) if cls is Sealed:
            return msgspec.to_builtins(_sealed(value))
        case inspect.StructType(cls=cls) if cls is Instead:
            kind = fact_type(value["type"], value["v"])
            assert kind is not None
            return {**value, "data": sealed(value["data"], inspect.type_info(kind))}
        case inspect.StructType(fields=fields):
            types = {field.encode_name: field.type for field in fields}
            return {name: sealed(inner, types[name]) if name in types else inner for name, inner in value.items()}
        case inspect.VarTupleType(item_type=item):
            return [sealed(inner, item) for inner in value]
        case inspect.UnionType(types=types):
            return sealed(value, _chosen(value, types))
        case _:
            return value


def _chosen(value: Any, types: tuple[inspect.Type, ...]) -> inspect.Type:  # noqa: ANN401  # any JSON value, as it came
    """The one of several types that a value is written in: a bare string stays in clear where its field allows that."""
    bare = [each.type if isinstance(each, inspect.Metadata) else each for each in types]
    if isinstance(value, str) and any(isinstance(each, (inspect.StrType, inspect.LiteralType)) for each in bare):
        return inspect.StrType()
    of_value = (inspect.VarTupleType,) if isinstance(value, list) else (inspect.StructType,)
    return next((each for each in bare if isinstance(each, of_value)), inspect.AnyType())


def _sealed(value: object) -> Sealed:
    text = Text(value) if isinstance(value, str) else msgspec.convert(value, Text)
    assert is_written(text.text)
    return seal(text.text, lang=text.lang, words=text.words)[0]


def texts(line: Line) -> Iterator[str]:
    """Every text of a line that a reader will see, without addresses."""
    yield from _texts(line.body)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in {"title", "question", "text", "reason", "alternative", "grounds", "note"} and isinstance(
                inner, str
            ):
                yield inner
            else:
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def evidence_of(line: Line) -> list[dict[str, Any]]:
    """What a line rests on, the payload of a correction included."""
    own: list[dict[str, Any]] = line.body.get("evidence", [])
    instead: list[dict[str, Any]] = line.body.get("instead", {}).get("data", {}).get("evidence", [])
    return own + instead
