"""Every type of fact by its public name, and the JSON Schema of each: as it is stored, and as a person sends it.

`python -m register.vocabulary` writes the schemas again; the test of the documentation refuses what is not fresh.
"""

from __future__ import annotations

import base64
import hashlib
import sys
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

import msgspec

from register.charter.facts import CharterFact
from register.decisions import facts as decisions
from register.decisions.standing import PositionFact, StandpointFact
from register.fact import Fact
from register.governance.facts import GovernanceFact
from register.meetings.facts import MeetingFact
from register.values import MAX_TEXT, Words

Schema = dict[str, Any]

DecisionFact = (
    decisions.DecisionProposed
    | decisions.DecisionLinked
    | decisions.DecisionThemed
    | decisions.DecisionPlaced
    | decisions.PartAdded
    | decisions.PartAmended
    | decisions.PartiesListed
    | decisions.VoteHeld
    | decisions.VotesRecorded
    | decisions.OutcomeRecorded
    | decisions.JustificationGiven
    | decisions.RemarkRecorded
    | PositionFact
    | StandpointFact
    | decisions.EvidenceAdded
    | decisions.DecisionConfirmed
    | decisions.DecisionCorrected
    | decisions.DecisionStruck
)
"""Everything that can happen in the stream of a decision."""

FACTS: dict[tuple[str, int], type[Fact]] = {
    (fact.TYPE, fact.V): fact
    for union in (CharterFact, GovernanceFact, MeetingFact, DecisionFact)
    for fact in get_args(union)
}
"""The types that the register writes, by stored name and version."""

CORRECTIONS: Final = frozenset(name for name, _ in FACTS if name.endswith(".corrected"))
"""The types that put another payload in the place of an earlier one; they are never that payload themselves."""

WHOLE: Final[dict[str, Schema]] = {
    "DecidedBy": {"minProperties": 1, "maxProperties": 1},
    "Tally": {"minProperties": 1},
    "Link": {"oneOf": [{"required": ["to"]}, {"required": ["at"]}]},
    "PartiesListed": {"anyOf": [{"required": ["members"]}, {"required": ["count"]}]},
}
"""What must hold of an object as a whole, by the name of its class; `wellformed` says the same of facts."""


def fact_type(name: str, version: int) -> type[Fact] | None:
    """The class that reads a stored name in a version, or None when this register does not know it."""
    return FACTS.get((name, version))


def replaceable(fact: type[Fact]) -> tuple[str, ...]:
    """The types that may stand in the `instead` of a correction of this class: those of its kind of stream."""
    return tuple(sorted({name for (name, _), other in FACTS.items() if other.KIND == fact.KIND} - CORRECTIONS))


@cache
def entry_schema(fact: type[Fact]) -> Schema:
    """The JSON Schema (draft 2020-12) of `data` in a stored entry of this type."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{fact.TYPE}.v{fact.V}.json",
        **_generated(fact),
    }


@cache
def body_schema(fact: type[Fact]) -> Schema:
    """The JSON Schema of the same fact as a person sends it: each sealed field is a text, or an object with `text`, `lang` and `words`."""
    schema = _generated(fact)
    schema["$defs"] = {name: _text() if name == "Sealed" else _opened(inner) for name, inner in schema["$defs"].items()}
    if "Instead" in schema["$defs"]:
        schema["$defs"]["Instead"]["required"] = ["data", "type"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{fact.TYPE}.v{fact.V}.body.json",
        **schema,
    }


def schemas_digest() -> str:
    """What `register.opened` says of the vocabulary: base64url SHA-256 over all entry schemas, in order of their names."""
    schemas = {f"{name}.v{version}": entry_schema(fact) for (name, version), fact in FACTS.items()}
    raw = msgspec.json.encode(schemas, order="sorted")
    return base64.urlsafe_b64encode(hashlib.sha256(raw).digest()).rstrip(b"=").decode("ascii")


def _generated(fact: type[Fact]) -> Schema:
    raw = msgspec.json.schema(fact)
    defs = {name: _present(inner) for name, inner in raw["$defs"].items()}
    for name, inner in defs.items():
        inner.update(WHOLE.get(name, {}))
    if "Instead" in defs:
        defs["Instead"]["properties"]["type"] = {"enum": list(replaceable(fact))}
    return {"$ref": raw["$ref"], "$defs": defs}


def _present(schema: Any) -> Any:  # noqa: ANN401  # any JSON
    """Absence is no value: an optional field may be left out, and is never null."""
    if isinstance(schema, list):
        return [_present(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: _present(inner) for name, inner in schema.items() if name != "default"}
    choices = [inner for inner in kept.get("anyOf", ()) if inner != {"type": "null"}]
    if len(choices) == 1:
        del kept["anyOf"]
        return {**choices[0], **kept}
    return {**kept, "anyOf": choices} if choices else kept


def _text() -> Schema:
    return {
        "description": "A text, in the language of the register; or a text with its own language and whose words it is.",
        "type": ["string", "object"],
        "minLength": 1,
        "maxLength": MAX_TEXT,
        "properties": {
            "text": {"type": "string", "minLength": 1, "maxLength": MAX_TEXT},
            "lang": _generated(decisions.DecisionLinked)["$defs"]["Sealed"]["properties"]["lang"],
            "words": {"enum": sorted(get_args(Words))},
        },
        "required": ["text"],
        "additionalProperties": False,
    }


def _opened(schema: Any) -> Any:  # noqa: ANN401  # any JSON
    """A field that is sealed or a public name: a string is the name in clear, an object is sealed."""
    if isinstance(schema, list):
        return [_opened(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    choices = schema.get("anyOf", ())
    if {"$ref": "#/$defs/Sealed"} in choices:
        (name,) = (choice for choice in choices if "$ref" not in choice)
        return {**_text(), **name, "type": ["string", "object"]}
    return {name: _opened(inner) for name, inner in schema.items()}


def write_schemas(folder: Path) -> None:
    """Write the schemas of all types into a folder, one file each; a file of a type that is no longer there is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    files = schema_files()
    for stale in {path.name for path in folder.glob("*.json")} - set(files):
        (folder / stale).unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def schema_files() -> dict[str, str]:
    """The published schemas: name of the file and its text."""
    return {
        schema["$id"]: msgspec.json.format(msgspec.json.encode(schema, order="deterministic"), indent=2).decode() + "\n"
        for fact in FACTS.values()
        for schema in (entry_schema(fact), body_schema(fact))
    }


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/schemas"))
