"""Every type has one class, one schema, a bound on its length, and no place where a person could write in clear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator, meta
from msgspec import inspect

from register import values
from register.fact import KINDS, Fact
from register.schemas import body_schema, entry_schema, schema_files, schemas_digest, vocabulary
from register.stored import MAX_ENTRY
from register.values import Sealed, is_civil
from register.vocabulary import FACTS, fact_type, replaceable
from register.wellformed import breaches
from tests.register.making import TYPES, facts

ALL = TYPES
NAMED = pytest.mark.parametrize("fact", ALL, ids=lambda fact: f"{fact.TYPE}.v{fact.V}")
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

CLEAR_FORMS = {
    values.CODE,
    values.UUID_FORM,
    values.ADDRESS_FORM,
    values.WHEN_FORM,
    values.REFERENCE_FORM,
    values.LETTER_FORM,
    values.PAGE_FORM,
    values.MOMENT_FORM,
    values.CLOCK_FORM,
    values.SHARE_FORM,
    values.MONTH_DAY_FORM,
    values.LANGUAGE_FORM,
    r"^[A-Za-z0-9_-]{43}$",  # a digest
    r"^[a-z0-9.-]{1,200}(?:/[a-z0-9./-]{0,100})?$",  # the origin of a log
    r"^[A-Z][A-Za-z_-]{1,30}(?:/[A-Z][A-Za-z_-]{1,30}){1,2}$",  # a time zone
    r"^[a-z][A-Za-z0-9]*(?:[.][A-Za-z0-9]+){0,7}$",  # a field of an entry
    r"^[a-z0-9][a-z0-9.-]{0,63}$",  # a legal ground
    r"^https://[A-Za-z0-9.-]{1,100}/[A-Za-z0-9./_-]{1,200}$",  # an identifier of an organisation
    r"^[a-z][a-z.-]{2,63}$",  # a type
}
"""The forms of class P. A new one is weighed here first: could a person's name, or a sentence, be written in it?"""

PUBLIC_NAMES = {
    "register.opened region.name",
    "register.opened contact",
    "body.established name",
    "body.renamed name",
    "member.admitted name",
    "member.renamed name",
    "party.named name",
    "subregion.established name",
}
"""The only places where a free name stands in clear: names of public organisations, and the function that can be asked."""

PRIVATE = ["Jan de Vries", "jan@voorbeeld.nl", "06 12 34 56 78", "Kerkstraat 1a", "Dit is een zin.", "jdevries_1", "é"]


def strings(kind: Any, path: str) -> Iterator[tuple[str, str | None]]:  # noqa: ANN401  # any type of msgspec
    """Every string in clear that a type can hold, with its form; what is in a seal is not in clear."""
    match kind:
        case inspect.Metadata(type=inner) | inspect.VarTupleType(item_type=inner):
            yield from strings(inner, path)
        case inspect.UnionType(types=types):
            for one in types:
                yield from strings(one, path)
        case inspect.StructType(cls=cls) if cls is not Sealed:
            for field in kind.fields:
                yield from strings(field.type, f"{path}.{field.encode_name}".lstrip("."))
        case inspect.StrType(pattern=pattern):
            yield path, pattern
        case inspect.DictType():
            assert path == "instead.data", "the payload of a correction is read by its own type"
        case _:
            seal = isinstance(kind, inspect.StructType)
            plain = (inspect.LiteralType, inspect.IntType, inspect.BoolType, inspect.NoneType)
            assert seal or isinstance(kind, plain), f"{path} has no class: {kind}"


@NAMED
def test_a_string_is_an_enumeration_a_form_a_public_name_or_sealed(fact: type[Fact]) -> None:
    for path, form in strings(inspect.type_info(fact), ""):
        if form == values.NAME_FORM:
            assert f"{fact.TYPE} {path}" in PUBLIC_NAMES
        else:
            assert form in CLEAR_FORMS, f"{fact.TYPE} {path} can hold anything: {form}"


@pytest.mark.parametrize("text", PRIVATE)
def test_no_form_takes_what_belongs_in_a_sealed_field(text: str) -> None:
    assert [form for form in CLEAR_FORMS if re.search(form, text)] == []


@NAMED
def test_a_stored_name_says_what_happened_in_one_kind_of_stream(fact: type[Fact]) -> None:
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*[.][a-z]+(?:-[a-z]+)*", fact.TYPE)
    assert fact.KIND in KINDS
    assert fact.V >= 1
    assert (fact.__doc__ or "").strip()
    assert fact.__mro__[1].__name__ in {"Fact", "DatedFact"}, "no fact inherits from another"


def test_no_name_means_two_things() -> None:
    assert len({fact.__name__ for fact in ALL}) == len(ALL)
    assert fact_type("position.recorded", 1) is FACTS["position.recorded", 1]
    assert fact_type("position.recorded", 2) is None


def test_a_correction_replaces_what_is_no_correction_in_its_own_kind_of_stream() -> None:
    for fact in ALL:
        if not fact.TYPE.endswith(".corrected"):
            continue
        for name in replaceable(fact):
            other = fact_type(name, 1)
            assert other is not None
            assert fact.KIND == other.KIND
            assert not name.endswith(".corrected")
    assert "position.recorded" in replaceable(FACTS["decision.corrected", 1])
    assert "undertaking.given" in replaceable(FACTS["decision.corrected", 1])
    assert "dossier.opened" not in replaceable(FACTS["decision.corrected", 1])


def longest(schema: Any, defs: Any, payload: int) -> int:  # noqa: ANN401, PLR0911  # any JSON, one case a keyword
    """The most bytes that a value of a schema takes; a name may have three for each character."""
    if "$ref" in schema:
        return longest(defs[schema["$ref"].rpartition("/")[2]], defs, payload)
    if "enum" in schema or "const" in schema:
        return max(len(str(one)) for one in schema.get("enum", [schema.get("const")])) + 2
    if "type" not in schema:
        return max(longest(one, defs, payload) for one in schema["anyOf"])
    match schema["type"]:
        case "string":
            return int(schema["maxLength"]) * (3 if schema.get("pattern") == values.NAME_FORM else 1) + 2
        case "integer":
            return len(str(schema["maximum"]))
        case "boolean":
            return 5
        case "array":
            return 2 + int(schema["maxItems"]) * (longest(schema["items"], defs, payload) + 1)
        case "object" if "properties" in schema:
            fields = schema["properties"].items()
            return 2 + sum(len(name) + 4 + longest(inner, defs, payload) for name, inner in fields)
        case _:
            return payload


def test_the_longest_fact_of_every_type_fits_in_an_entry() -> None:
    """So nothing that was accepted can be too long to store, nor too long to correct."""

    def length(fact: type[Fact], payload: int = 0) -> int:
        schema = entry_schema(fact)
        return longest(schema, schema["$defs"], payload)

    envelope = 2 * 64 + 3 * 40 + 2 * 64 + 200
    plain = {fact: length(fact) for fact in ALL if not fact.TYPE.endswith(".corrected")}
    corrections = {
        fact: length(fact, max(size for other, size in plain.items() if other.KIND == fact.KIND))
        for fact in ALL
        if fact not in plain
    }
    assert {f.TYPE: n for f, n in (plain | corrections).items() if n + envelope > MAX_ENTRY} == {}
    assert max(corrections.values()) > MAX_ENTRY // 2, "the measure measures something"


@NAMED
def test_the_schemas_are_schemas_and_bound_everything(fact: type[Fact]) -> None:
    for schema in (entry_schema(fact), body_schema(fact)):
        meta.validate(schema)
        for part in _parts(schema):
            assert part.get("default", 1) is not None
            assert part.get("type") != "null"
            if "properties" in part and "type" in part:
                assert part["additionalProperties"] is False
            if part.get("type") == "array":
                assert part["minItems"] == 1
                assert part["maxItems"] <= 500
            if "string" in (part.get("type") or ()):
                assert part["maxLength"] <= values.MAX_TEXT


def _parts(schema: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  # any JSON
    if isinstance(schema, dict):
        yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for inner in schema:
            yield from _parts(inner)


def _validator(fact: type[Fact]) -> Draft202012Validator:
    schema: Any = entry_schema(fact)
    return Draft202012Validator(schema, formats={"civil-days": is_civil}, validate_formats=True)


@NAMED
@settings(max_examples=12, suppress_health_check=QUIET)
@given(data=st.data())
def test_a_fact_is_valid_under_the_schema_of_its_type(fact: type[Fact], data: st.DataObject) -> None:
    tree = msgspec.json.decode(msgspec.json.encode(data.draw(facts(fact))))
    assert _validator(fact).is_valid(tree)


SPOILT: list[Any] = [None, "", [], {}, 0, -1, 2**53, "x y", "2021-02-30", True, ["a", "a"], "Jan", [{}], {"_sd": []}]


@settings(max_examples=400, suppress_health_check=QUIET)
@given(data=st.data())
def test_the_schema_and_the_reader_say_the_same_of_a_fact_with_one_value_spoilt(data: st.DataObject) -> None:
    """Whoever validates with the published schema finds what the register finds."""
    fact = data.draw(st.sampled_from([one for one in ALL if not one.TYPE.endswith(".corrected")]))
    tree = msgspec.json.decode(msgspec.json.encode(data.draw(facts(fact))))
    places = list(_places(tree))
    holder, step = data.draw(st.sampled_from(places)) if places else (tree, "extra")
    if data.draw(st.booleans()) and isinstance(holder, dict):
        holder.pop(step, None)
    else:
        holder[step] = data.draw(st.sampled_from(SPOILT))
    try:
        read = msgspec.convert(tree, fact)
        empty = msgspec.json.encode(read, order="sorted") != msgspec.json.encode(tree, order="sorted")
        sound = not empty and not list(breaches(read))
    except msgspec.ValidationError:
        sound = False
    assert _validator(fact).is_valid(tree) == sound, tree


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401  # any JSON
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, inner in steps:
        yield tree, step
        yield from _places(inner)


def test_the_digest_is_over_the_published_file_and_not_over_its_explanations() -> None:
    assert schema_files()["vocabulary.json"].encode() == vocabulary()
    assert b"description" not in vocabulary()
    names = list(msgspec.json.decode(vocabulary()))
    assert names == sorted(f"{name}.v{version}" for name, version in FACTS)
    assert re.fullmatch(values.UUID_FORM, schemas_digest()) is None
    assert len(schemas_digest()) == 43
